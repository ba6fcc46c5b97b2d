//! What each role may do: every command, by every role, and the lines behind the commands.

use serde_json::json;
use unionbook_core::Error;
use unionbook_core::api::dispatch;
use unionbook_core::commands::{COMMANDS, DESK};
use unionbook_core::desk::{Desk, Place};
use unionbook_core::people::Person;
use unionbook_core::store::{Cost, Role, Secret, Step, Store, timeline};

use super::{add, id_of, open_as};
use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::world::World;

const ROLES: [(&str, Role); 4] = [("甲管理", Role::Admin), ("乙经办", Role::Clerk), ("丙审核", Role::Auditor), ("丁查阅", Role::Reader)];

/// An office with an account of each role.
fn staffed() -> World {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    ROLES.iter().for_each(|(name, role)| add(&store, name, *role));
    world
}

/// Everything in the file, and how many steps led there.
fn stands(store: &Store) -> (String, usize) {
    (dump(store), store.read(|db| timeline(db, None, 100_000)).expect("the steps").len())
}

#[test]
fn every_command_is_refused_to_every_role_that_lacks_its_right_and_changes_nothing() {
    let world = staffed();
    let mut refused = 0;
    for (name, role) in ROLES {
        let store = open_as(&world, name);
        let before = stands(&store);
        for command in COMMANDS.iter().filter(|command| !role.may(command.right)) {
            let done = dispatch(&store, command.name, json!({}));
            let Err(Error::Forbidden(said)) = &done else { panic!("{} by {name}: {done:?}", command.name) };
            assert!(said.message.contains(command.label) && said.hint.contains("甲管理"), "what and whom to ask: {said:?}");
            refused += 1;
        }
        assert_eq!(stands(&store), before, "{name} changed nothing");
    }
    assert!(refused > 100, "many commands are not for everybody: {refused}");
}

#[test]
fn no_command_is_refused_to_a_role_that_has_its_right() {
    let world = staffed();
    for (name, role) in ROLES {
        let store = open_as(&world, name);
        for command in COMMANDS.iter().filter(|command| role.may(command.right)) {
            // What undoes the latest step may meet somebody else's; what else it lacks, the command says.
            if ["step.undo", "step.redo"].contains(&command.name) {
                continue;
            }
            let done = dispatch(&store, command.name, json!({}));
            assert!(!matches!(done, Err(Error::Forbidden(_))), "{} by {name}: {done:?}", command.name);
        }
    }
}

#[test]
fn another_role_holds_at_once_in_a_program_that_has_the_file_open() {
    let world = staffed();
    let open: Vec<(Store, &str)> = ROLES.into_iter().map(|(name, _)| (open_as(&world, name), name)).collect();
    let secret = Secret::Account("经办人甲".into(), crate::world::PASSWORD.into());
    let first = Store::open(&world.file(), &secret, world.access()).expect("opened");
    let others: Vec<_> = open.iter().map(|(store, name)| (store, *name, id_of(&first, name).get())).collect();
    for (role, word) in [(Role::Reader, "reader"), (Role::Auditor, "auditor"), (Role::Clerk, "clerk")] {
        others.iter().for_each(|(_, _, id)| drop(call(&first, "account.change", json!({ "id": id, "role": word }))));
        for (store, name, _) in &others {
            for command in COMMANDS.iter().filter(|command| !role.may(command.right)) {
                let done = dispatch(store, command.name, json!({}));
                assert!(matches!(done, Err(Error::Forbidden(_))), "{} by {name}, who is {word} now: {done:?}", command.name);
            }
            let new = unionbook_core::store::NewAccount { name: "后门".into(), role: Role::Admin, password: "后门的密码".into() };
            assert!(matches!(store.add_account(&new), Err(Error::Forbidden(_))), "nor behind the commands, by {name} as {word}");
        }
    }
    others.iter().for_each(|(_, _, id)| drop(call(&first, "account.remove", json!({ "id": id }))));
    for (store, name, _) in &others {
        for command in COMMANDS.iter().filter(|command| command.right != unionbook_core::store::Right::Anyone) {
            let done = dispatch(store, command.name, json!({}));
            let Err(Error::Forbidden(said)) = &done else { panic!("{} by {name}, who was removed: {done:?}", command.name) };
            assert!(said.message.contains("已经停用"), "{said:?}");
        }
    }
}

#[test]
fn the_desk_s_commands_ask_for_their_rights_too() {
    let world = staffed();
    let (folder, registry) = (world.folder.path().to_owned(), world.registry.clone());
    let clock = world.access().clock;
    let desk =
        Desk::new(Place { folder: folder.join("设置"), documents: folder, registry, clock, user: "某某".into(), cost: Cost::LEAST });
    for (name, role) in ROLES {
        let opening = json!({ "path": world.file(), "account": name, "password": format!("{name}的密码") });
        let state = desk.rpc("desk.open", opening, None).unwrap_or_else(|error| panic!("{name} opens it: {error}"));
        assert_eq!(state["office"]["clerk"], name, "the account is the clerk");
        let rights = state["office"]["rights"].as_array().expect("rights").len();
        assert_eq!(rights, unionbook_core::store::Right::ALL.iter().filter(|right| role.may(**right)).count(), "the screen is told them");
        for command in DESK.iter().filter(|command| !["desk.close", "desk.state"].contains(&command.name)) {
            let done = desk.rpc(command.name, json!({}), None);
            assert_eq!(matches!(done, Err(Error::Forbidden(_))), !role.may(command.right), "{} by {name}: {done:?}", command.name);
        }
    }
}

#[test]
fn the_same_act_for_many_needs_the_act_s_own_right() {
    let world = staffed();
    let store = open_as(&world, "丙审核");
    let before = stands(&store);
    let many = dispatch(&store, "step.together", json!({ "command": "members.leave", "payloads": [{}] }));
    assert!(matches!(&many, Err(Error::Forbidden(said)) if said.message.contains("办理退会")), "the act is named: {many:?}");
    assert_eq!(stands(&store), before, "nothing was done");
}

#[test]
fn who_only_reads_writes_nothing_by_any_way() {
    let world = staffed();
    let store = open_as(&world, "丁查阅");
    let before = stands(&store);
    let written = store.write(Step::new("绕过命令"), |tx| tx.add(&Person::named("不该有")));
    assert!(matches!(written, Err(Error::Forbidden(_))), "the store itself refuses: {written:?}");
    assert!(store.undo(None).is_err() && store.redo().is_err(), "undo is writing, too");
    assert_eq!(stands(&store), before, "nothing was done");
}

#[test]
fn one_s_own_steps_are_one_s_own_to_take_back_and_everybody_s_are_the_admin_s() {
    let world = staffed();
    let save = |store: &Store, name: &str| call(store, "record.save", json!({ "record": "person", "values": { "name": name } }));
    let store = open_as(&world, "乙经办");
    save(&store, "一位");
    call(&store, "step.undo", json!({}));
    call(&store, "step.redo", json!({}));
    drop(store);
    let admin = open_as(&world, "甲管理");
    let step = save(&admin, "二位")["step"].clone();
    drop(admin);
    let store = open_as(&world, "乙经办");
    let refused = dispatch(&store, "step.undo", json!({ "step": step })).expect_err("another's step");
    assert!(matches!(&refused, Error::Forbidden(said) if said.message.contains("甲管理")), "it says whose it is: {refused}");
    let own = save(&store, "三位")["step"].clone();
    drop(store);
    let admin = open_as(&world, "甲管理");
    call(&admin, "step.undo", json!({ "step": own }));
    let names = call(&admin, "record.list", json!({ "record": "person", "search": "三位" }));
    assert_eq!(names["rows"], json!([]), "an admin takes back anybody's");
}
