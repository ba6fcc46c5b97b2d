//! Accounts, roles and keys: who opens a file, what they may do in it, and what becomes of old keys.

mod keys;
mod rights;

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use unionbook_core::Error;
use unionbook_core::store::{Account, NewAccount, Right, Role, Secret, Sidecar, Store, timeline};

use crate::full_office::call;
use crate::source_text::root;
use crate::world::{PASSWORD, World};

/// The names and roles of a file's accounts.
fn roles(store: &Store) -> Vec<(String, Role)> {
    store.accounts().expect("the accounts").into_iter().map(|(account, _)| (account.name, account.role)).collect()
}

fn id_of(store: &Store, name: &str) -> unionbook_core::record::Id<Account> {
    let accounts = store.accounts().expect("the accounts");
    accounts.into_iter().find(|(account, _)| account.name == name).expect("an account of this name").0.id
}

/// Adds an account whose password is its name and a word more.
pub fn add(store: &Store, name: &str, role: Role) {
    store.add_account(&NewAccount { name: name.into(), role, password: password(name) }).expect("an account is added");
}

fn password(name: &str) -> String {
    format!("{name}的密码")
}

fn try_open(world: &World, name: &str, password: &str) -> Result<Store, Error> {
    Store::open(&world.file(), &Secret::Account(name.into(), password.into()), world.access())
}

/// Opens the file as one of its accounts.
pub fn open_as(world: &World, name: &str) -> Store {
    try_open(world, name, &password(name)).expect("the account opens the file")
}

fn steps(store: &Store) -> Vec<String> {
    store.read(|db| timeline(db, None, 100)).expect("the steps").into_iter().map(|line| line.name).collect()
}

#[test]
fn a_new_file_has_one_admin_who_is_its_clerk() {
    let world = World::new();
    let store = world.create();
    assert_eq!(roles(&store), [("经办人甲".into(), Role::Admin)], "the clerk may do all");
    assert_eq!((store.clerk(), store.may(Right::Manage)), ("经办人甲", true), "and works at once");
    assert_eq!(steps(&store), [] as [&str; 0], "it is no step: nobody could have done it");
    drop(store);
    assert_eq!(world.open().clerk(), "经办人甲", "the only account need not be named");
}

#[test]
fn each_account_opens_the_file_by_its_own_password_and_its_steps_bear_its_name() {
    let world = World::new();
    let store = world.create();
    add(&store, "李四", Role::Clerk);
    add(&store, "王五", Role::Reader);
    drop(store);
    assert_eq!(Sidecar::read(&world.file()).expect("keys").names(), ["经办人甲", "李四", "王五"], "the names can be offered");
    let unnamed = Store::open(&world.file(), &Secret::Password(PASSWORD.into()), world.access());
    assert!(unnamed.is_err_and(|error| error.to_string().contains("经办人甲、李四、王五")), "with several, one is named");
    assert!(matches!(try_open(&world, "李四", PASSWORD), Err(Error::Locked(_))), "another's password does not open it");
    let store = open_as(&world, "李四");
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "新来的" } }));
    let line = store.read(|db| timeline(db, None, 1)).expect("a step").remove(0);
    assert_eq!((line.name.as_str(), line.clerk.as_str()), ("新增人员", "李四"), "the journal names the account");
}

#[test]
fn every_act_on_accounts_is_a_step_that_stays() {
    let world = World::new();
    let store = world.create();
    add(&store, "李四", Role::Clerk);
    let id = id_of(&store, "李四").get();
    call(&store, "account.change", json!({ "id": id, "role": "auditor", "name": " 李  四 " }));
    call(&store, "account.reset", json!({ "id": id, "password": "另外一个密码" }));
    call(&store, "account.remove", json!({ "id": id }));
    assert_eq!(steps(&store), ["停用账号：李 四", "重设密码：李 四", "修改账号：李四", "新增账号：李四（经办）"], "each is told");
    let undone = store.undo(None).expect_err("an account is not brought back by an undo");
    assert!(undone.to_string().contains("不能撤销"), "it is said: {undone}");
    let history = call(&store, "record.history", json!({ "record": "account", "id": id }));
    assert_eq!(history.as_array().map(Vec::len), Some(3), "and the account's own history has them: {history}");
    for ask in [json!({ "record": "account", "ids": [id] }), json!({ "record": "account", "ids": [id], "dependants": true })] {
        assert!(unionbook_core::api::dispatch(&store, "record.remove", ask).is_err(), "no list removes an account");
    }
    let saved =
        unionbook_core::api::dispatch(&store, "record.save", json!({ "record": "account", "id": id, "values": { "role": "admin" } }));
    assert!(saved.is_err(), "no form makes an admin");
}

#[test]
fn a_password_that_is_guessed_at_once_is_not_taken_and_one_s_own_is_not_reset() {
    let world = World::new();
    let store = world.create();
    let refused =
        |command: &str, ask: serde_json::Value| unionbook_core::api::dispatch(&store, command, ask).expect_err("refused").to_string();
    for password in ["123456", "zhangwei1985", "13800000000"] {
        let said = refused("account.add", json!({ "name": "张伟", "role": "clerk", "password": password }));
        assert!(said.contains("容易被猜到") && said.contains("一句自己记得住的话"), "{password}: {said}");
    }
    add(&store, "张伟", Role::Clerk);
    let said = refused("account.reset", json!({ "id": id_of(&store, "张伟"), "password": "张伟123456" }));
    assert!(said.contains("容易被猜到"), "nor where it is reset: {said}");
    let own = refused("account.reset", json!({ "id": id_of(&store, "经办人甲"), "password": "另外一个密码" }));
    assert!(own.contains("现在的密码") && own.contains("我的密码"), "who sits down at an open screen does not take it over: {own}");
    assert_eq!(steps(&store), ["新增账号：张伟（经办）"], "nothing was done");
}

#[test]
fn who_changes_their_own_name_goes_on_by_it() {
    let world = World::new();
    let store = world.create();
    let own = id_of(&store, "经办人甲").get();
    call(&store, "account.change", json!({ "id": own, "name": "经办人乙" }));
    assert_eq!(store.clerk(), "经办人乙", "at once");
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "新来的" } }));
    let line = store.read(|db| timeline(db, None, 1)).expect("a step").remove(0);
    assert_eq!(line.clerk, "经办人乙", "and so do the steps");
    call(&store, "account.change", json!({ "id": own, "name": "经办人甲" }));
    assert_eq!((store.clerk(), store.session().role), ("经办人甲", Role::Admin), "as often as they like");
    drop(store);
    assert_eq!(world.open().clerk(), "经办人甲", "the file says the same");
}

#[test]
fn a_removed_account_opens_nothing_not_even_with_an_old_sidecar_and_its_open_session_writes_nothing() {
    let world = World::new();
    let admin = world.create();
    add(&admin, "李四", Role::Clerk);
    let old = fs::read(Sidecar::path(&world.file())).expect("the keys of then");
    let other = open_as(&world, "李四");
    admin.remove_account(id_of(&admin, "李四")).expect("removed");
    let written = unionbook_core::api::dispatch(&other, "record.save", json!({ "record": "person", "values": { "name": "晚了" } }));
    assert!(matches!(written, Err(Error::Forbidden(_))), "who has it open still writes nothing: {written:?}");
    drop((admin, other));
    assert_eq!(Sidecar::read(&world.file()).expect("keys").names(), ["经办人甲"], "its share of the key is gone");
    assert!(try_open(&world, "李四", &password("李四")).is_err(), "it is not known any more");
    fs::write(Sidecar::path(&world.file()), old).expect("put back");
    let refused = try_open(&world, "李四", &password("李四")).map(drop).expect_err("the file itself refuses it");
    assert!(matches!(&refused, Error::Forbidden(refusal) if refusal.message.contains("停用")), "and says why: {refused}");
    drop(try_open(&world, "经办人甲", PASSWORD).expect("the others open it"));
    assert_eq!(Sidecar::read(&world.file()).expect("keys").names(), ["经办人甲"], "and what was put back is taken away again");
}

#[test]
fn the_last_admin_stays_and_nobody_changes_their_own_role() {
    let world = World::new();
    let store = world.create();
    let own = id_of(&store, "经办人甲");
    let refusal = |command: &str, payload| unionbook_core::api::dispatch(&store, command, payload).expect_err("refused").to_string();
    assert!(refusal("account.change", json!({ "id": own, "role": "reader" })).contains("不能自己改"), "one's own role");
    assert!(refusal("account.remove", json!({ "id": own })).contains("自己"), "one's own account");
    add(&store, "李四", Role::Admin);
    drop(store);
    let other = open_as(&world, "李四");
    other.change_account(&unionbook_core::store::AccountChange { id: own, name: None, role: Some(Role::Clerk) }).expect("one of two");
    drop(other);
    let store = Store::open(&world.file(), &Secret::Account("经办人甲".into(), PASSWORD.into()), world.access()).expect("opened");
    assert_eq!(store.session().role, Role::Clerk, "the role of now counts");
    drop(store);
    // The recovery key is nobody's own account: only the rule of the last one is in the way.
    let again = open_as(&world, "李四");
    let key = again.rekey().expect("a new key").value;
    drop(again);
    let recovered = Store::open(&world.file(), &Secret::Recovery(key.print()), world.access()).expect("opened");
    let last = id_of(&recovered, "李四");
    assert!(recovered.remove_account(last).is_err_and(|error| error.to_string().contains("至少要有一位管理员")), "removed");
    let demoted = recovered.change_account(&unionbook_core::store::AccountChange { id: last, name: None, role: Some(Role::Reader) });
    assert!(demoted.is_err_and(|error| error.to_string().contains("至少要有一位管理员")), "demoted");
    assert_eq!(roles(&recovered), [("经办人甲".into(), Role::Clerk), ("李四".into(), Role::Admin)], "nothing changed");
}

#[test]
fn a_name_belongs_to_one_account() {
    let world = World::new();
    let store = world.create();
    for taken in ["经办人甲", "恢复密钥", "  "] {
        let added = store.add_account(&NewAccount { name: taken.into(), role: Role::Clerk, password: "一二三四五六".into() });
        assert!(matches!(added, Err(Error::Faults(_))), "“{taken}” is refused: {added:?}");
    }
    add(&store, "李四", Role::Clerk);
    let refused =
        |name: &str| match store.add_account(&NewAccount { name: name.into(), role: Role::Clerk, password: "一二三四五六".into() }) {
            Err(error @ Error::Faults(_)) => error.to_string(),
            other => panic!("“{}” is refused: {other:?}", name.escape_unicode()),
        };
    add(&store, "A组(2)", Role::Reader);
    assert!(refused("Ａ组（２）").contains("已经有人用了"), "full-width letters look the same");
    for letter in ["\u{200b}", "\u{ad}", "\u{202e}", "\u{fe0f}", "\u{3164}", "\u{e0041}", "\u{7}"] {
        assert!(refused(&format!("李四{letter}")).contains("看不见"), "nobody would see that it is another");
    }
    let id = id_of(&store, "李四");
    store.remove_account(id).expect("removed");
    assert!(refused("李四").contains("停用的账号用过"), "the steps of one who left stay theirs alone");
    add(&store, "李四（二）", Role::Reader);
    let change =
        |name: &str| unionbook_core::store::AccountChange { id: id_of(&store, "李四（二）"), name: Some(name.into()), role: None };
    assert!(store.change_account(&change("李四")).is_err(), "not by another name either");
    store.change_account(&change("李四（二）")).expect("one's own name stays");
    assert_eq!(roles(&store).len(), 3, "nothing else was added");
}

/// A world with the file of the version before accounts.
fn before_accounts() -> World {
    let (world, from) = (World::new(), root().join("tests/fixtures/before-accounts/office.unionbook"));
    fs::copy(&from, world.file()).expect("copied");
    fs::copy(Sidecar::path(&from), Sidecar::path(&world.file())).expect("copied");
    world
}

fn keys(world: &World) -> PathBuf {
    Sidecar::path(&world.file())
}

#[test]
fn a_file_of_before_accounts_opens_as_before_and_its_clerk_becomes_the_admin() {
    let world = before_accounts();
    assert_eq!(Sidecar::read(&world.file()).expect("version 1 is read").names(), [] as [&str; 0], "nobody is named yet");
    let store = world.open();
    assert_eq!(roles(&store), [("经办人甲".into(), Role::Admin)], "the clerk so far");
    drop(store);
    assert_eq!(Sidecar::read(&world.file()).expect("keys").names(), ["经办人甲"], "the sidecar is of the new version");
    assert_eq!(world.open().session().role, Role::Admin, "and the same password goes on");
}

#[test]
fn an_upgrade_that_was_cut_between_file_and_sidecar_goes_on_whichever_was_written() {
    let world = before_accounts();
    let (old_file, old_keys) = (fs::read(world.file()).expect("read"), fs::read(keys(&world)).expect("read"));
    drop(world.open());
    let (new_file, new_keys) = (fs::read(world.file()).expect("read"), fs::read(keys(&world)).expect("read"));
    for (what, file, sidecar) in [("the sidecar alone", &old_file, &new_keys), ("the file alone", &new_file, &old_keys)] {
        let cut = World::new();
        fs::write(cut.file(), file).expect("written");
        fs::write(keys(&cut), sidecar).expect("written");
        let store = cut.open();
        assert_eq!(roles(&store), [("经办人甲".into(), Role::Admin)], "{what} was written");
        drop(store);
        drop(cut.open());
        fs::write(keys(&cut), &old_keys).expect("put back");
        let refused = Store::open(&cut.file(), &Secret::Password(PASSWORD.into()), cut.access()).map(drop);
        assert!(matches!(refused, Err(Error::Forbidden(_))), "once it was seen whole, the old sidecar counts no more: {refused:?}");
    }
}

#[test]
fn a_file_of_before_accounts_that_lost_its_keys_gets_an_admin_by_the_recovery_key() {
    let world = World::new();
    let (store, recovery) = Store::create(&world.file(), PASSWORD, world.access()).expect("a file");
    store
        .write(unionbook_core::store::Step::new("去掉账号"), |tx| {
            tx.connection().execute_batch("DELETE FROM account_seal; DELETE FROM account").map_err(Error::from)
        })
        .expect("as before accounts");
    drop(store);
    fs::remove_file(keys(&world)).expect("lost");
    let store = Store::open(&world.file(), &Secret::Recovery(recovery.print()), world.access()).expect("opened");
    assert_eq!((store.clerk(), roles(&store).len()), ("恢复密钥", 0), "nobody is made up");
    store.set_password("新的密码新的").expect("set");
    assert_eq!(roles(&store), [("经办人甲".into(), Role::Admin)], "the clerk of before");
    drop(store);
    Store::open(&world.file(), &Secret::Password("新的密码新的".into()), world.access()).expect("the new password opens it");
}
