//! Where files come to lie: nothing that is taken out comes in the place of an office file, and nothing is called saved that went
//! into a file which is not there any more.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::{Role, Secret, Store, backup};

use crate::full_office::FullOffice;
use crate::world::{PASSWORD, World};

/// Commands that write a file, each with what it asks for beside the path.
fn writers() -> Vec<(&'static str, Json)> {
    vec![
        ("sheet.export", json!({ "record": "person" })),
        ("handover.paper", json!({})),
        ("handover.pack", json!({})),
        ("card.own", json!({})),
        ("task.write", json!({ "key": "members" })),
    ]
}

#[test]
fn nothing_that_is_taken_out_takes_the_place_of_the_office_file_or_of_what_belongs_to_it() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let copy = backup(&store, world.folder.path()).expect("a backup");
    let link = world.folder.path().join("清单.csv");
    #[cfg(unix)]
    std::os::unix::fs::symlink(world.file(), &link).expect("a link");
    let with = |end: &str| PathBuf::from(format!("{}{end}", world.file().display()));
    let mut places = ["", ".keys", ".witness", "-wal", "-shm", "-journal", ".restoring"].map(with).to_vec();
    places.extend([copy, link, world.folder.path().join("新的.UNIONBOOK")]);
    for (command, ask) in writers() {
        for place in &places {
            let before = fs::read(place).ok();
            let mut ask = ask.clone();
            ask["path"] = json!(place);
            let said = dispatch(&store, command, ask).expect_err("refused").report();
            // An export asks for an ending that it knows before it looks at the place.
            let is_told = said.message.contains("台账文件") && said.hint.contains("换一个文件名");
            assert!(is_told || (command == "sheet.export" && said.code == "usage"), "{command} at {}: {said:?}", place.display());
            assert_eq!(fs::read(place).ok().map(|bytes| bytes.len()), before.map(|bytes| bytes.len()), "{command}: as it was");
        }
    }
    for (command, mut ask) in writers() {
        ask["path"] = json!(world.folder.path().join(format!("{command}.csv")));
        dispatch(&store, command, ask).unwrap_or_else(|error| panic!("{command} writes elsewhere: {error}"));
    }
    assert_eq!(store.role().expect("there"), Role::Admin, "the file is read on");
}

#[cfg(unix)]
#[test]
fn a_step_is_not_called_saved_where_the_file_was_moved_or_replaced() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let save = || dispatch(&store, "record.save", json!({ "record": "person", "values": { "name": "新来的" } }));
    let people = |store: &Store| store.read(|db| db.one::<i64>("SELECT count(*) FROM person", [])).expect("counted");
    let before = people(&store);
    let aside = world.folder.path().join("移走的.unionbook");
    fs::rename(world.file(), &aside).expect("moved");
    let gone = save().expect_err("the file is not there").report();
    assert!(gone.message.contains("没有保存") && gone.hint.contains("放回去"), "{gone:?}");
    fs::write(world.file(), "别的文件").expect("another");
    assert!(save().expect_err("another file is there").report().message.contains("没有保存"), "nor into nothing");
    fs::rename(&aside, world.file()).expect("put back");
    save().expect("the file that was opened is there again");
    drop(store);
    let store = Store::open(&world.file(), &Secret::Password(PASSWORD.into()), world.access()).expect("opened");
    assert_eq!(people(&store), before.map(|people| people + 1), "what was refused is not there, and what was saved is");
}
