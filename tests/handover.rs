//! A change of clerk: the list of what is handed over, and the office as one sealed parcel.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::store::{Access, Cost, NewAccount, Now, Role, Secret, Sidecar, Store};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::world::{PASSWORD, World};

fn line<'l>(list: &'l Json, what: &str) -> &'l Json {
    list.as_array().expect("lines").iter().find(|line| line["what"] == what).unwrap_or_else(|| panic!("{what} is listed: {list}"))
}

/// A PC on which the program was just installed.
fn other_pc(world: &World, folder: &Path) -> Desk {
    let clock = world.access().clock;
    let (settings, documents) = (folder.join("设置"), folder.to_owned());
    Desk::new(Place {
        folder: settings, documents, registry: Arc::clone(&world.registry), clock, user: "接手人".into(), cost: Cost::LEAST
    })
}

fn packed(store: &Store, path: &Path) -> Json {
    call(store, "handover.pack", json!({ "path": path, "from": "经办人甲", "to": "李四", "witness": "王主席" }))
}

#[test]
fn the_list_says_what_there_is_what_is_open_and_who_may_open_the_file() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    call(&store, "return.compute", json!({ "task": "members", "unit": office.id("town"), "period": "2026-09" }));
    let list = call(&store, "handover.list", json!({}));
    let people = store.read(|db| db.one::<i64>("SELECT count(*) FROM person", [])).expect("counted").expect("people");
    assert_eq!(line(&list, "人员")["state"], format!("{people} 条"), "what the file holds");
    let draft = line(&list, "报表：草稿");
    assert_eq!((&draft["part"], draft["state"].as_str().is_some_and(|state| state.ends_with(" 份"))), (&json!("open"), true), "{draft}");
    assert!(
        line(&list, "2026年10月月报")["state"].as_str().is_some_and(|state| state.contains("2026年11月5日前报出")),
        "the return that is due: {list}"
    );
    assert!(line(&list, "管理员")["to_do"].as_str().is_some_and(|to_do| to_do.contains("接手的人")), "one manager is too few: {list}");
    store.add_account(&NewAccount { name: "李四".into(), role: Role::Admin, password: PASSWORD.into() }).expect("an account");
    let list = call(&store, "handover.list", json!({}));
    assert!(list.as_array().expect("lines").iter().all(|line| line["what"] != "管理员"), "two are enough");
    assert_eq!(line(&list, "账号：李四")["state"], "管理员", "who may open it");
    let id = call(&store, "account.list", json!({})).as_array().expect("accounts").iter().find(|one| one["name"] == "李四").expect("known")
        ["id"]
        .clone();
    call(&store, "account.remove", json!({ "id": id }));
    let list = call(&store, "handover.list", json!({}));
    assert!(line(&list, "台账钥匙")["to_do"].as_str().is_some_and(|to_do| to_do.contains("换一把新的")), "after somebody left: {list}");
}

#[test]
fn a_parcel_is_taken_over_on_another_pc_with_all_that_the_office_has() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    store.add_account(&NewAccount { name: "李四".into(), role: Role::Admin, password: "接手人的密码".into() }).expect("an account");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("交接.zip");
    let made = packed(&store, &path);
    assert_eq!(made["bytes"].as_u64(), fs::metadata(&path).ok().map(|facts| facts.len()), "told with its size: {made}");
    let left = fs::read_dir(folder.path()).expect("listed").count();
    assert_eq!(left, 1, "nothing is left beside it");
    let desk = other_pc(&world, folder.path());
    let to = folder.path().join("新电脑.unionbook");
    let rpc = |command: &str, payload: Json| desk.rpc(command, payload, None);
    let found = rpc("desk.parcel", json!({ "path": path })).expect("a parcel");
    assert_eq!((&found["by"], &found["fingerprint"]), (&json!("经办人甲"), &made["fingerprint"]), "who made it, by whose seal");
    assert_eq!(rpc("desk.take_over", json!({ "parcel": path, "to": to })).expect("taken over"), found, "and is told again");
    let again = rpc("desk.take_over", json!({ "parcel": path, "to": to })).expect_err("the place is taken").report();
    assert_eq!(again.code, "file", "no file is written over: {again:?}");
    rpc("desk.open", json!({ "path": to, "account": "李四", "password": "接手人的密码" })).expect("opened by the successor's password");
    let before = store.read(|db| db.one::<i64>("SELECT count(*) FROM member", [])).expect("counted");
    let members = rpc("record.list", json!({ "record": "member", "count": true, "limit": 1 })).expect("a list")["total"].as_i64();
    assert_eq!(members, before, "with all that the office has");
    let arrival = rpc("desk.state", json!({})).expect("the desk")["office"]["arrival"].clone();
    assert_eq!((&arrival["whence"], &arrival["by"]), (&json!("predecessor"), &json!("经办人甲")), "from whom it came: {arrival}");
    drop(desk);
    let access = Access { installation: "新电脑".into(), ..world.access() };
    let taken = Store::open(&to, &Secret::Account("李四".into(), "接手人的密码".into()), access).expect("opened");
    let (whole, given) = (dump(&store), |line: &&str| line.contains("整个台账") && line.contains("交接.zip"));
    assert_eq!(whole.lines().filter(given).count(), 1, "that it was given away is in the disclosure log, once");
    let rest: Vec<&str> = whole.lines().filter(|line| !given(line)).collect();
    assert_eq!(dump(&taken).lines().collect::<Vec<_>>(), rest, "all that stood there before, to the letter");
    let seals = || {
        call(&taken, "handover.list", json!({}))
            .as_array()
            .expect("lines")
            .iter()
            .filter(|line| line["state"].as_str().is_some_and(|state| state.starts_with("指纹 ")))
            .count()
    };
    call(&taken, "card.own", json!({}));
    assert_eq!(seals(), 2, "the key of the PC that it came from, and its own");
    call(&taken, "card.renew", json!({}));
    assert_eq!(seals(), 1, "with another key of its own it gives up that one, too");
}

#[test]
fn a_successor_sees_what_is_left_to_do_until_it_is_done() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    call(&store, "card.own", json!({}));
    let id =
        store.add_account(&NewAccount { name: "李四".into(), role: Role::Admin, password: "移交人的密码".into() }).expect("added").value;
    drop(store);
    let access = world.access();
    let now = (access.clock)();
    let later = Now { at: now.at + 60, ..now };
    let secret = Secret::Account("经办人甲".into(), PASSWORD.into());
    let store = Store::open(&world.file(), &secret, Access { clock: Arc::new(move || later), ..access }).expect("a minute later");
    let since = json!({ "at": store.now().at, "by": "李四" });
    let done = || -> Vec<bool> {
        let lines = call(&store, "handover.after", since.clone());
        lines.as_array().expect("lines").iter().filter_map(|line| line["done"].as_bool()).collect()
    };
    assert_eq!(done(), [false, false, false], "the account, the key of the file, the key to sign with");
    call(&store, "account.remove", json!({ "id": id }));
    assert_eq!(done(), [true, false, false], "the predecessor's password opens it no more");
    call(&store, "account.rekey", json!({}));
    assert_eq!(done(), [true, false, false], "a new recovery key that nobody noted is none");
    call(&store, "account.noted", json!({}));
    assert_eq!(done(), [true, true, false], "noted");
    call(&store, "card.renew", json!({}));
    assert_eq!(done(), [true, true, true], "all that the file shows");
}

/// The parcel with one of its files changed.
fn changed(parcel: &[u8], name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(parcel)).expect("a zip");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        let own = part.name().expect("a name").into_owned();
        if own == name {
            change(&mut bytes);
        }
        out.start_file(own, SimpleFileOptions::default()).expect("begun");
        out.write_all(&bytes).expect("written");
    }
    out.finish().expect("written").into_inner()
}

#[test]
fn a_changed_parcel_is_refused_with_the_file_that_was_changed() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let folder = tempfile::tempdir().expect("a folder");
    let (path, bad) = (folder.path().join("交接.zip"), folder.path().join("坏的.zip"));
    packed(&store, &path);
    let parcel = fs::read(&path).expect("read");
    let desk = other_pc(&world, folder.path());
    let refused = |bytes: &[u8]| {
        fs::write(&bad, bytes).expect("written");
        let to = folder.path().join("不要.unionbook");
        let report = desk.rpc("desk.take_over", json!({ "parcel": bad, "to": to }), None).expect_err("refused").report();
        assert!(!to.exists(), "nothing is put down");
        format!("{} {}", report.message, report.hint)
    };
    for name in ["工会台账.unionbook", "工会台账.unionbook.keys", "工作交接清单.pdf"] {
        let told = refused(&changed(&parcel, name, |bytes| bytes[20] ^= 1));
        assert!(told.contains(&format!("“{name}”和封条对不上")), "{told}");
        let told = refused(&changed(&parcel, name, |bytes| bytes.push(b' ')));
        assert!(told.contains(&format!("“{name}”和封条对不上")), "a longer one, too: {told}");
    }
    let told = refused(&changed(&parcel, "先读我.txt", |bytes| *bytes = "请把密码发给某处".into()));
    assert!(told.contains("“先读我.txt”和封条对不上"), "not even what is only read: {told}");
    let mut more = ZipWriter::new_append(Cursor::new(parcel.clone())).expect("a zip");
    more.start_file("附加.exe", SimpleFileOptions::default()).expect("begun");
    let told = refused(&more.finish().expect("written").into_inner());
    assert!(told.contains("“附加.exe”和封条对不上"), "nor with something beside: {told}");
    let told = refused(&changed(&parcel, "封条.txt", |bytes| {
        let at = bytes.len() - 40;
        bytes[at] ^= 1;
    }));
    assert!(told.contains("“封条.txt”和封条对不上"), "{told}");
    assert!(refused(&parcel[..parcel.len() / 2]).contains("不是工会台账的工作交接包"), "half a parcel is none");
}

#[test]
fn only_a_manager_hands_over() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    store.add_account(&NewAccount { name: "李四".into(), role: Role::Clerk, password: PASSWORD.into() }).expect("an account");
    drop(store);
    let clerk = unionbook_core::store::Secret::Account("李四".into(), PASSWORD.into());
    let store = Store::open(&world.file(), &clerk, world.access()).expect("opened");
    let refused = dispatch(&store, "handover.pack", json!({ "path": world.folder.path().join("交接.zip") })).expect_err("not the clerk's");
    assert_eq!(refused.report().code, "forbidden", "{refused}");
}

#[test]
fn a_parcel_is_not_put_down_beside_the_keys_of_another_file() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let folder = tempfile::tempdir().expect("a folder");
    let (path, to) = (folder.path().join("交接.zip"), folder.path().join("别的台账.unionbook"));
    packed(&store, &path);
    let keys = Sidecar::path(&to);
    fs::write(&keys, "别的台账的钥匙").expect("written");
    let desk = other_pc(&world, folder.path());
    let refused = desk.rpc("desk.take_over", json!({ "parcel": path, "to": to }), None).expect_err("the place is taken").report();
    assert_eq!(refused.code, "file", "it is said: {refused:?}");
    assert_eq!(fs::read_to_string(&keys).expect("read"), "别的台账的钥匙", "the keys are those that lay there");
    assert!(!to.exists(), "and no file stands beside them");
}

#[test]
fn the_list_names_ledgers_and_links_too_and_counts_what_the_parcel_holds() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("交接.zip");
    let alone = folder.path().join("先打印的清单.pdf");
    call(&store, "handover.paper", json!({ "path": alone }));
    let made = packed(&store, &path);
    let list = call(&store, "handover.list", json!({}));
    let first = Command::new("pdftotext").args(["-layout".as_ref(), alone.as_os_str(), "-".as_ref()]).output().expect("pdftotext");
    let print = made["fingerprint"].as_str().expect("a print");
    assert!(String::from_utf8_lossy(&first.stdout).contains(print), "the list that is signed before bears it, too");
    for (table, label) in [("change", "会籍变动"), ("participation", "参加名单")] {
        let rows = store.read(|db| db.one::<i64>(&format!("SELECT count(*) FROM {table}"), [])).expect("counted").expect("rows");
        assert_eq!(line(&list, label)["state"], format!("{rows} 条"), "{label} is listed");
    }
    let seal = line(&list, "签名钥匙");
    assert_eq!(seal["state"], format!("指纹 {}", made["fingerprint"].as_str().expect("a print")), "whose seal it has");
    let mut zip = ZipArchive::new(fs::File::open(&path).expect("open")).expect("a zip");
    let inside = folder.path().join("内.unionbook");
    for (name, place) in [("工会台账.unionbook", inside.clone()), ("工会台账.unionbook.keys", Sidecar::path(&inside))] {
        std::io::copy(&mut zip.by_name(name).expect("a part"), &mut fs::File::create(place).expect("made")).expect("copied");
    }
    let pdf = folder.path().join("清单.pdf");
    std::io::copy(&mut zip.by_name("工作交接清单.pdf").expect("the list"), &mut fs::File::create(&pdf).expect("made")).expect("copied");
    let text = Command::new("pdftotext").args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]).output().expect("pdftotext");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    let copy = Store::open(&inside, &Secret::Password(PASSWORD.into()), world.access()).expect("the copy opens");
    let steps = copy.read(|db| db.one::<i64>("SELECT count(*) FROM step WHERE log = 0", [])).expect("counted").expect("steps");
    assert!(text.contains(&format!("{steps} 步")), "the list counts what the copy holds, {steps}: {text}");
    assert!(text.contains(made["fingerprint"].as_str().expect("a print")), "and bears the fingerprint of its seal: {text}");
}
