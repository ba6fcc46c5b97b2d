//! The store: steps, undo, redo, history, refusals.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;
use unionbook_core::Error;
use unionbook_core::record::{Cell, Id, Row};
use unionbook_core::store::{Key, Secret, Sidecar, Step, Store, backup, check, match_of, of_record, restore, timeline};

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::plain_record::{Note, module};
use crate::world::{PASSWORD, World};

fn notes(store: &Store) -> Vec<Note> {
    store.read(|db| db.select::<Note>("ORDER BY id", [])).expect("notes are read")
}

fn found(store: &Store, query: &str) -> Vec<i64> {
    let pattern = match_of(query).expect("something to search for");
    store.read(|db| db.rows("SELECT rowid FROM note_search WHERE note_search MATCH ?1", [pattern], |row| row.get(0))).expect("a search")
}

fn add(store: &Store, note: &Note) -> Id<Note> {
    store.write(Step::new("写便条"), |tx| tx.add(note)).expect("a note is added").value
}

#[test]
fn undo_and_redo_of_any_step_are_exact_and_outlive_a_restart() {
    let world = World::with([module()]);
    let store = world.create();
    let first = add(&store, &Note::new("买提江"));
    let second = store
        .write(Step::new("成批"), |tx| {
            let second = tx.add(&Note { after: Some(first), serial: Some("7".into()), ..Note::new("张伟") })?;
            tx.set(first, &[("weight", Cell::Int(5))])?;
            (0..1000).try_for_each(|_| tx.add(&Note::new("成批")).map(|_| ()))?;
            Ok(second)
        })
        .expect("a batch")
        .value;
    let full = notes(&store);
    drop(store);
    let store = world.open();
    assert_eq!(found(&store, "张"), [second.get()], "the search knows the new note");
    store.undo(None).expect("the batch is undone");
    assert_eq!(notes(&store), [Note { id: first, ..Note::new("买提江") }], "only the first note is left, as it was");
    assert!(found(&store, "张").is_empty(), "the search forgot the note");
    store.redo().expect("the batch is redone");
    assert_eq!(notes(&store), full, "redo brings back the very same rows");
    assert_eq!(found(&store, "张"), [second.get()], "and the search finds it again");
    store.undo(None).expect("undone again");
    store.undo(None).expect("the first note is undone");
    assert!(notes(&store).is_empty(), "nothing is left");
    store.redo().expect("first");
    store.redo().expect("then the batch");
    assert_eq!(notes(&store), full, "two redos bring everything back");
}

#[test]
fn an_older_step_is_undone_unless_a_later_one_stands_in_the_way_and_is_named() {
    let world = World::with([module()]);
    let store = world.create();
    let first = add(&store, &Note::new("甲"));
    let changed = store.write(Step::new("改重量"), |tx| tx.set(first, &[("weight", Cell::Int(1))])).expect("changed");
    let titled = store.write(Step::new("改标题"), |tx| tx.set(first, &[("title", Cell::Text("乙".into()))])).expect("titled");
    store.undo(changed.step).expect("another column was touched later, so this one can go");
    assert_eq!(notes(&store)[0].weight, None, "the weight is as before");
    assert_eq!(notes(&store)[0].title, "乙", "the title stays");
    let refused = store.undo(Some(1)).expect_err("the row was touched later");
    assert!(refused.to_string().contains("改标题"), "the later step is named: {refused}");
    store.undo(titled.step).expect("the later one goes");
    store.undo(Some(1)).expect("then the first");
}

#[test]
fn a_reference_or_a_taken_number_stands_in_the_way() {
    let world = World::with([module()]);
    let store = world.create();
    let first = add(&store, &Note { serial: Some("1".into()), ..Note::new("甲") });
    let pointing = add(&store, &Note { after: Some(first), ..Note::new("指向甲") });
    let refused = store.undo(Some(1)).expect_err("another note points at it");
    assert!(refused.to_string().contains("第 2 步"), "the step that points is named: {refused}");
    store.write(Step::new("清除"), |tx| tx.delete(Note::table(), Key::Id(pointing.get()))).expect("removed");
    let removed = store.write(Step::new("删除甲"), |tx| tx.delete(Note::table(), Key::Id(first.get()))).expect("removed");
    add(&store, &Note { serial: Some("1".into()), ..Note::new("新甲") });
    let refused = store.undo(removed.step).expect_err("its number was taken");
    assert!(refused.to_string().contains("第 5 步"), "the step that took it is named: {refused}");
}

#[test]
fn a_step_that_fails_leaves_nothing() {
    let world = World::with([module()]);
    let store = world.create();
    let failed = store.write(Step::new("失败"), |tx| {
        tx.add(&Note::new("写了一半"))?;
        tx.add(&Note::new("这个标题太长太长太长太长太长太长太长太长太长")).map(|_| ())
    });
    assert!(matches!(failed, Err(Error::Faults(_))), "the long title is a fault");
    let kept = store.write(Step::new("吞掉错误"), |tx| {
        tx.add(&Note { serial: Some("1".into()), ..Note::new("一") })?;
        let _ = tx.insert(&Note { serial: Some("1".into()), ..Note::new("二") });
        Ok(())
    });
    assert!(kept.is_err(), "a step one of whose statements failed is not kept");
    assert!(notes(&store).is_empty(), "nothing was kept");
    assert!(store.read(|db| timeline(db, None, 10)).expect("timeline").is_empty(), "and no step was noted");
}

#[test]
fn history_tells_who_changed_what_from_what_to_what() {
    let world = World::with([module()]);
    let store = world.create();
    let note = add(&store, &Note::new("甲"));
    store.write(Step::new("改标题"), |tx| tx.set(note, &[("title", Cell::Text("乙".into()))])).expect("changed");
    store.write(Step::new("成批"), |tx| (0..10).try_for_each(|_| tx.add(&Note::new("丙")).map(|_| ()))).expect("batch");
    let past = store.read(|db| of_record(db, Note::table(), Key::Id(note.get()))).expect("history");
    let told: Vec<_> = past.iter().map(|past| (past.line.name.as_str(), past.what)).collect();
    assert_eq!(told, [("写便条", "came"), ("改标题", "changed")], "both steps are told in order");
    assert_eq!(past[1].columns, [("title".to_owned(), Cell::Text("甲".into()), Cell::Text("乙".into()))], "from and to");
    let in_batch = store.read(|db| of_record(db, Note::table(), Key::Id(note.get() + 5))).expect("history");
    assert_eq!(in_batch.len(), 1, "a row that came in a run has its history");
}

#[test]
fn the_recovery_key_opens_the_file_without_the_sidecar() {
    let world = World::with([module()]);
    let (store, recovery) = Store::create(&world.file(), "密码", world.access()).expect("a file");
    add(&store, &Note::new("还在"));
    drop(store);
    std::fs::remove_file(world.folder.path().join("测试.unionbook.keys")).expect("the sidecar goes");
    let by_password = Store::open(&world.file(), &Secret::Password("密码".into()), world.access());
    assert!(matches!(by_password, Err(Error::Locked(_))), "the password needs the sidecar");
    let store = Store::open(&world.file(), &Secret::Recovery(recovery.print()), world.access()).expect("the recovery key opens it");
    assert_eq!(notes(&store).len(), 1, "and everything is there");
    store.set_password("新密码").expect("a new sidecar");
    drop(store);
    Store::open(&world.file(), &Secret::Password("新密码".into()), world.access()).expect("the new password opens it");
}

#[test]
fn a_search_index_that_the_writer_merged_since_the_last_check_is_no_damage() {
    let world = World::with([module()]);
    let store = world.create();
    for _ in 0..4 {
        (0..20).for_each(|_| {
            add(&store, &Note::new("买提江"));
        });
        // The one spare reader looks each time, and remembers the segments that it saw.
        let wrong: Vec<_> = store.read(check).expect("checked").into_iter().filter(|finding| finding.wrong > 0).collect();
        assert_eq!(wrong, [], "the file is sound");
    }
}

#[test]
fn copies_that_differ_are_found_and_made_anew_and_nothing_that_was_entered_changes() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let found = |store: &Store| {
        call(store, "record.list", json!({ "record": "person", "search": "张伟", "limit": 5 }))["rows"].as_array().expect("rows").len()
    };
    let (before, all) = (dump(&store), found(&store));
    assert!(all > 0, "he is found");
    drop(store);
    let (key, _) = Sidecar::read(&world.file()).and_then(|sidecar| sidecar.open(None, PASSWORD)).expect("its keys");
    let raw = rusqlite::Connection::open(world.file()).expect("opened");
    raw.execute_batch(&key.pragma()).expect("its key");
    raw.execute_batch(
        "UPDATE person SET _pinyin = 'wrong' WHERE id % 2 = 0; INSERT INTO person_search (person_search) VALUES ('delete-all')",
    )
    .expect("spoilt");
    drop(raw);
    let store = world.open();
    let wrong = |store: &Store| {
        call(store, "store.check", json!({}))
            .as_array()
            .expect("findings")
            .iter()
            .map(|one| one["wrong"].as_i64().expect("a number"))
            .sum::<i64>()
    };
    assert!(wrong(&store) > 0, "the check finds it");
    assert_eq!(found(&store), 0, "nobody is found by a name that the index lacks");
    let mended = call(&store, "store.mend", json!({}));
    assert_eq!((mended["mended"][0]["what"].as_str(), &mended["left"]), (Some("“人员”的排序和统计副本"), &json!([])), "told: {mended}");
    assert_eq!((wrong(&store), found(&store)), (0, all), "all is well, and he is found again");
    assert_eq!(dump(&store), before, "to the letter");
}

#[test]
fn a_backup_is_put_back_where_of_the_file_only_its_log_and_its_witness_are_left() {
    let world = World::new();
    drop(world.create());
    let folder = TempDir::new().expect("a folder");
    let store = world.open();
    let backup = backup(&store, folder.path()).expect("a backup");
    let before = dump(&store);
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "备份以后" } }));
    // As after a power cut: the last step lies in the log alone. Then somebody deletes the file.
    let left: Vec<_> = ["-wal", ".witness"].into_iter().map(|end| PathBuf::from(format!("{}{end}", world.file().display()))).collect();
    let logs: Vec<_> = left.iter().map(|part| fs::read(part).expect("it is there")).collect();
    drop(store);
    fs::remove_file(world.file()).expect("removed");
    left.iter().zip(&logs).for_each(|(part, bytes)| fs::write(part, bytes).expect("written"));
    let aside = restore(&backup, &Secret::Password(PASSWORD.into()), &world.file()).expect("restored");
    assert_eq!(aside, None, "there was no file to set aside");
    let store = world.open();
    assert_eq!(dump(&store), before, "the backup, and nothing of the log that lay there");
    assert_eq!(store.lost_end(), None, "and no alarm");
}

#[test]
fn nothing_is_begun_beside_the_keys_or_the_log_of_a_file_that_is_gone() {
    let world = World::new();
    drop(world.create());
    let keys = Sidecar::path(&world.file());
    fs::rename(world.file(), world.folder.path().join("移走的.unionbook")).expect("moved");
    let before = fs::read(&keys).expect("its keys");
    let refused = Store::create(&world.file(), PASSWORD, world.access()).map(drop).expect_err("refused").to_string();
    assert!(refused.contains(".keys") && refused.contains("已经有同名文件"), "it says what lies there: {refused}");
    assert_eq!(fs::read(&keys).expect("its keys"), before, "and the only keys of the moved file are as they were");
}

#[test]
fn a_backup_is_put_back_over_a_file_whose_transaction_was_cut_off() {
    let world = World::new();
    FullOffice::enter(&world.create());
    let folder = TempDir::new().expect("a folder");
    let store = world.open();
    let backup = backup(&store, folder.path()).expect("a backup");
    let before = dump(&store);
    drop(store);
    // As a power cut in the midst of a change of the whole file leaves it: the journal holds the pages as they were before.
    let journal = world.folder.path().join("测试.unionbook-journal");
    let (key, _) = Sidecar::read(&world.file()).and_then(|sidecar| sidecar.open(None, PASSWORD)).expect("its keys");
    let connection = rusqlite::Connection::open(world.file()).expect("opened");
    connection.execute_batch(&key.pragma()).expect("its key");
    let change =
        "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 2; BEGIN; DELETE FROM journal; CREATE TABLE more AS SELECT * FROM person";
    connection.execute_batch(change).expect("in the midst of it");
    let hot = fs::read(&journal).expect("a journal");
    drop(connection);
    assert!(hot.len() > 4096, "with pages in it");
    fs::write(&journal, hot).expect("as it lay there");
    restore(&backup, &Secret::Password(PASSWORD.into()), &world.file()).expect("restored");
    let store = world.open();
    assert_eq!(dump(&store), before, "the backup, and none of the pages that lay there");
    assert!(store.read(check).expect("checked").iter().all(|found| found.wrong == 0), "and sound");
}

#[test]
fn what_came_to_a_place_since_a_restore_was_cut_off_there_is_not_written_over() {
    let world = World::new();
    drop(world.create());
    let store = world.open();
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "在备份里" } }));
    let folder = TempDir::new().expect("a folder");
    let backup = backup(&store, folder.path()).expect("a backup");
    drop(store);
    let at = |name: &str| folder.path().join(name);
    fs::rename(&backup, at(".新.unionbook.restore-1")).expect("the draft");
    fs::rename(Sidecar::path(&backup), at(".新.unionbook.restore-1.keys")).expect("its keys");
    let plan = json!({ "draft": ".新.unionbook.restore-1", "keys": true, "aside": null });
    fs::write(at("新.unionbook.restoring"), plan.to_string()).expect("the plan");
    let refused = Store::create(&at("新.unionbook"), PASSWORD, world.access()).map(drop).expect_err("a file is to come here").to_string();
    assert!(refused.contains(".restoring"), "it says what lies there: {refused}");
    // Somebody copies a file there by hand.
    for end in ["", ".keys"] {
        fs::copy(format!("{}{end}", world.file().display()), at(&format!("新.unionbook{end}"))).expect("copied");
    }
    drop(Store::open(&at("新.unionbook"), &Secret::Password(PASSWORD.into()), world.access()).expect("the restore is ended"));
    let aside = at("新-恢复前.unionbook");
    drop(Store::open(&aside, &Secret::Password(PASSWORD.into()), world.access()).expect("what lay there is set aside with its keys"));
}
