//! Passwords and keys: changed, reset, recovered, and the file's own key made anew, cut at each of its steps.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use unionbook_core::Error;
use unionbook_core::store::{RecoveryKey, Role, Secret, Sidecar, Store};

use super::{add, id_of, open_as, password, steps, try_open};
use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::stations::wrong;
use crate::trust::child::faults_of;
use crate::world::{PASSWORD, World};

fn by_recovery(world: &World, key: &RecoveryKey) -> Result<Store, Error> {
    Store::open(&world.file(), &Secret::Recovery(key.print()), world.access())
}

#[test]
fn who_only_reads_changes_their_own_password_and_an_admin_resets_a_lost_one() {
    let world = World::new();
    let admin = world.create();
    add(&admin, "丁查阅", Role::Reader);
    let reader = open_as(&world, "丁查阅");
    reader.set_password("自己的新密码").expect("one's own");
    assert!(reader.set_password_of(id_of(&admin, "经办人甲"), "抢来的密码").is_err(), "nobody else's");
    drop(reader);
    assert!(matches!(try_open(&world, "丁查阅", &password("丁查阅")), Err(Error::Locked(_))), "the old one is gone");
    drop(try_open(&world, "丁查阅", "自己的新密码").expect("the new one opens"));
    admin.set_password_of(id_of(&admin, "丁查阅"), "重设的密码").expect("reset");
    assert!(try_open(&world, "丁查阅", "自己的新密码").is_err(), "gone again");
    try_open(&world, "丁查阅", "重设的密码").expect("and the reset one opens");
    assert_eq!(Sidecar::read(&world.file()).expect("keys").rings().len(), 2, "one share for each account");
}

/// The sidecar as it is while a password is being changed: the old ring and the new one.
fn both(old: &[u8], new: &[u8]) -> String {
    let [mut both, new]: [serde_json::Value; 2] = [old, new].map(|bytes| serde_json::from_slice(bytes).expect("JSON"));
    both["accounts"].as_array_mut().expect("rings").extend(new["accounts"].as_array().expect("rings").clone());
    both.to_string()
}

#[test]
fn a_password_that_was_cut_between_sidecar_and_file_is_the_old_one_or_the_new_one() {
    let world = World::new();
    drop(world.create());
    let (old_file, old_keys) = (fs::read(world.file()).expect("read"), fs::read(Sidecar::path(&world.file())).expect("read"));
    let store = world.open();
    store.set_password("新的密码新的").expect("changed");
    drop(store);
    let (new_file, new_keys) = (fs::read(world.file()).expect("read"), fs::read(Sidecar::path(&world.file())).expect("read"));
    for (file, good, gone) in [(&old_file, PASSWORD, "新的密码新的"), (&new_file, "新的密码新的", PASSWORD)] {
        let cut = World::new();
        fs::write(cut.file(), file).expect("written");
        fs::write(Sidecar::path(&cut.file()), both(&old_keys, &new_keys)).expect("written");
        let open = |password: &str| Store::open(&cut.file(), &Secret::Password(password.into()), cut.access()).map(drop);
        assert!(matches!(open(gone), Err(Error::Forbidden(_))), "a ring that the file does not know opens nothing: {:?}", open(gone));
        open(good).expect("the other one opens it");
        assert_eq!(Sidecar::read(&cut.file()).expect("keys").rings().len(), 1, "and the useless ring is taken away");
    }
}

#[test]
fn the_recovery_key_opens_as_an_admin_and_gives_an_account_a_new_password() {
    let world = World::new();
    let (store, recovery) = Store::create(&world.file(), "忘了的密码", world.access()).expect("a file");
    add(&store, "李四", Role::Clerk);
    drop(store);
    let store = by_recovery(&world, &recovery).expect("opened");
    assert_eq!((store.clerk(), store.session().role), ("恢复密钥", Role::Admin), "as an admin, by its own name");
    assert!(store.set_password("不知是谁的密码").is_err(), "of several accounts one is chosen");
    store.set_password_of(id_of(&store, "经办人甲"), "又记住的密码").expect("set");
    drop(store);
    try_open(&world, "经办人甲", "又记住的密码").expect("it opens the file again");
}

#[test]
fn a_new_key_shuts_out_every_old_one_and_asks_for_nobody_s_password() {
    let world = World::new();
    let (store, old) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    FullOffice::enter(&store);
    add(&store, "李四", Role::Clerk);
    add(&store, "王五", Role::Reader);
    store.remove_account(id_of(&store, "王五")).expect("removed");
    let (said, keys) = (dump(&store), fs::read(Sidecar::path(&world.file())).expect("the keys of then"));
    let new = store.rekey().expect("a new key").value;
    assert_eq!(dump(&store), said, "the file says what it said");
    assert_eq!(steps(&store)[0], "更换台账钥匙", "it is a step");
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "接着办" } }));
    assert_eq!(wrong(&store), [], "the store goes on and is sound");
    assert_eq!(call(&store, "account.recovery", json!({})), json!(new.print()), "the new recovery key can be had until it is noted");
    call(&store, "account.noted", json!({}));
    assert_eq!(call(&store, "account.recovery", json!({})), json!(null), "and no longer");
    let after = dump(&store);
    drop(store);
    assert_eq!(left(&world), [] as [&str; 0], "nothing of the old file is left");
    for (name, password) in [("经办人甲", PASSWORD.to_owned()), ("李四", password("李四"))] {
        assert_eq!(dump(&try_open(&world, name, &password).expect("every password goes on")), after, "{name} reads all");
    }
    assert!(by_recovery(&world, &old).is_err(), "the old recovery key opens nothing");
    assert_eq!(dump(&by_recovery(&world, &new).expect("the new one opens")), after, "all of it");
    fs::write(Sidecar::path(&world.file()), keys).expect("put back");
    assert!(try_open(&world, "经办人甲", PASSWORD).is_err(), "and so does an old sidecar");
}

/// What lies in the folder besides the file, its keys and its witness.
fn left(world: &World) -> Vec<String> {
    let names = fs::read_dir(world.folder.path()).expect("listed").map(|entry| entry.expect("an entry").file_name());
    let known = ["测试.unionbook", "测试.unionbook.keys", "测试.unionbook.witness"];
    let mut left: Vec<String> =
        names.map(|name| name.to_string_lossy().into_owned()).filter(|name| !known.contains(&name.as_str())).collect();
    left.sort();
    left
}

#[test]
fn no_new_key_is_made_while_another_program_has_the_file_open() {
    let world = World::new();
    let store = world.create();
    let other = world.open();
    let refused = store.rekey().map(drop);
    assert!(matches!(refused, Err(Error::Busy(_))), "it is busy: {refused:?}");
    for each in [&store, &other] {
        call(each, "record.save", json!({ "record": "person", "values": { "name": "照常" } }));
    }
    drop(other);
    store.rekey().expect("once the other is gone it is made");
}

/// Files by what is added to their names.
const PARTS: [&str; 3] = ["", ".keys", ".witness"];

fn parts(file: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let name = |end: &str| PathBuf::from(format!("{}{end}", file.display()));
    PARTS.iter().filter_map(|end| Some((*end, fs::read(name(end)).ok()?))).collect()
}

/// Puts a folder into the state that a cut after so many of the swap's steps leaves.
fn cut(at: usize, old: &[(&str, Vec<u8>)], new: &[(&str, Vec<u8>)]) -> World {
    let world = World::new();
    let (file, draft, aside) = ("测试.unionbook", ".测试.unionbook.rekey-1", "测试-换钥匙前.unionbook");
    let put = |name: &str, end: &str, from: &[(&str, Vec<u8>)]| {
        if let Some((_, bytes)) = from.iter().find(|(of, _)| *of == end) {
            fs::write(world.folder.path().join(format!("{name}{end}")), bytes).expect("written");
        }
    };
    // Each part of the old file is moved aside, the file itself last; then the new keys and the new file come into place.
    let moved = at.saturating_sub(1);
    for (n, end) in [".witness", ".keys", ""].iter().enumerate() {
        if at < 7 {
            put(if moved > n { aside } else { file }, end, old);
        }
    }
    put(if moved > 3 { file } else { draft }, ".keys", new);
    put(if moved > 4 { file } else { draft }, "", new);
    if at > 0 {
        let plan = json!({ "draft": draft, "keys": true, "aside": aside, "spent": true });
        fs::write(world.folder.path().join(format!("{file}.restoring")), plan.to_string()).expect("written");
    }
    world
}

#[test]
fn a_new_key_that_was_cut_at_any_step_is_there_whole_or_not_at_all() {
    let world = World::new();
    let (store, old_key) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    FullOffice::enter(&store);
    let said = dump(&store);
    drop(store);
    let old = parts(&world.file());
    let store = world.open();
    let new_key = store.rekey().expect("a new key").value;
    drop(store);
    let new = parts(&world.file());
    for at in 0..=7 {
        let cut = cut(at, &old, &new);
        let store = cut.open();
        assert_eq!(dump(&store), said, "cut {at}: everything is there");
        assert_eq!(wrong(&store), [], "cut {at}: and sound");
        let pending = store.unnoted_recovery().expect("asked");
        assert_eq!(pending, (at > 0).then(|| new_key.print()), "cut {at}: a key that came into use can still be printed");
        drop(store);
        assert_eq!(left(&cut), [] as [&str; 0], "cut {at}: nothing is left over");
        let (now, never) = if at == 0 { (&old_key, &new_key) } else { (&new_key, &old_key) };
        drop(by_recovery(&cut, now).unwrap_or_else(|error| panic!("cut {at}: its recovery key opens it: {error}")));
        assert!(by_recovery(&cut, never).is_err(), "cut {at}: and the other does not");
        assert_eq!(faults_of(&cut.file()), [] as [&str; 0], "cut {at}: SQLCipher finds it sound");
    }
}

#[test]
fn several_programs_that_find_one_plan_carry_it_out_once() {
    let world = World::new();
    let (store, _) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    FullOffice::enter(&store);
    let said = dump(&store);
    drop(store);
    let old = parts(&world.file());
    drop(world.open().rekey().expect("a new key"));
    let new = parts(&world.file());
    for round in 0..12 {
        let cut = cut(1 + round % 6, &old, &new);
        std::thread::scope(|threads| {
            let opening = || match cut.try_open() {
                Ok(_) | Err(Error::Busy(_)) => {}
                Err(error) => panic!("round {round}: it opens or waits: {error:?}"),
            };
            (0..4).for_each(|_| drop(threads.spawn(opening)));
        });
        let store = cut.open();
        assert_eq!(dump(&store), said, "round {round}: everything is there");
        drop(store);
        assert_eq!(left(&cut), [] as [&str; 0], "round {round}: nothing is left over");
    }
}

#[test]
fn a_new_key_that_cannot_come_into_place_leaves_the_program_at_work_with_the_old_one() {
    let world = World::new();
    let (store, old_key) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "以前" } }));
    // What is to be moved aside finds its place taken by a folder.
    let hindrance = world.folder.path().join("测试-重写前.unionbook.witness");
    fs::create_dir_all(hindrance.join("里面")).expect("a folder");
    let refused = store.rekey().map(drop).expect_err("it cannot be moved");
    assert!(matches!(refused, Error::File(_)), "it says that the disk is at fault: {refused:?}");
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "以后" } }));
    let said = dump(&store);
    drop(store);
    assert_eq!(dump(&by_recovery(&world, &old_key).expect("the old recovery key opens it")), said, "nothing is lost");
    fs::remove_dir_all(hindrance).expect("removed");
    world.open().rekey().expect("once nothing hinders it, it is made");
    assert_eq!(left(&world), [] as [&str; 0], "and nothing is left over");
}

#[test]
fn an_older_recovery_key_is_told_as_one_and_not_as_a_damaged_file() {
    let world = World::new();
    let (store, old_key) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    let new_key = store.rekey().expect("a new key").value;
    drop(store);
    let refused = by_recovery(&world, &old_key).map(drop).expect_err("it opens no more").report();
    assert_eq!(refused.code, "locked", "nobody is offered a backup for it: {refused:?}");
    assert!(refused.message.contains("换钥匙以前的") && refused.hint.contains("最近一次换钥匙"), "and it says what it may be: {refused:?}");
    drop(by_recovery(&world, &new_key).expect("the newest opens it"));
}
