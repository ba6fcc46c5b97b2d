//! The disclosure log: whoever sees or takes out personal data is written down with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::{Access, Now, Role, Secret, Store, timeline};

use crate::accounts::{add, open_as};
use crate::full_office::{FullOffice, call};
use crate::office_tools::openpyxl;
use crate::world::{PASSWORD, World};

fn log(store: &Store) -> Vec<Json> {
    call(store, "record.list", json!({ "record": "disclosure", "limit": 100 }))["rows"].as_array().expect("rows").clone()
}

fn look(store: &Store, person: i64, reveal: bool) -> Json {
    call(store, "record.get", json!({ "record": "person", "id": person, "reveal": reveal }))
}

#[test]
fn a_look_at_a_full_number_is_written_down_once_and_a_masked_one_is_not() {
    let world = World::new();
    let seconds = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&seconds);
    let Access { clock: still, .. } = world.access();
    let moving = move || Now { at: still().at + clock.load(Ordering::Relaxed), ..still() };
    let store = Store::create(&world.file(), PASSWORD, Access { clock: Arc::new(moving), ..world.access() }).expect("a new file").0;
    let office = FullOffice::enter(&store);
    let person = office.person("active");
    assert!(look(&store, person, false)["row"]["id_number"].as_str().is_some_and(|number| number.contains('*')), "it is masked");
    assert_eq!(log(&store), [] as [Json; 0], "a masked number tells nothing");
    look(&store, person, true);
    call(&store, "record.history", json!({ "record": "person", "id": person, "reveal": true }));
    let entries = log(&store);
    assert_eq!(entries.len(), 1, "the form and its history are one look: {entries:?}");
    let entry = &entries[0];
    assert_eq!((&entry["kind"], &entry["clerk"], &entry["record"]), (&json!("shown"), &json!("经办人甲"), &json!("人员")), "who saw what");
    assert!(entry["columns"].as_str().is_some_and(|columns| columns.contains("证件号码")), "in which columns: {entry}");
    assert_eq!(entry["row_key"], json!(person), "of whom");
    seconds.store(601, Ordering::Relaxed);
    look(&store, person, true);
    assert_eq!(log(&store).len(), 2, "ten minutes later it is another look");
    call(&store, "record.list", json!({ "record": "person", "limit": 3, "reveal": true }));
    assert_eq!(log(&store).iter().filter(|entry| entry["people"] == 3).count(), 1, "so is a list of three");
}

#[test]
fn an_export_is_written_down_with_its_columns_number_and_digest_and_bears_who_made_it() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let path = world.folder.path().join("会员.xlsx");
    let many = call(&store, "sheet.export", json!({ "record": "member", "path": path }));
    let entries = log(&store);
    let entry = entries.first().expect("it is written down");
    assert_eq!((&entry["kind"], &entry["people"], &entry["file"]), (&json!("exported"), &many, &json!("会员.xlsx")), "{entry}");
    let digest = blake3::hash(&std::fs::read(&path).expect("the file")).to_hex().to_string();
    assert_eq!(entry["digest"], json!(digest), "the very file can be told by it");
    assert!(entry["columns"].as_str().is_some_and(|columns| columns.contains("证件号码")), "{entry}");
    let sheet = openpyxl(&path, &[]).expect("it opens")["sheets"][0].clone();
    assert!(
        sheet["print"]["mark"].as_str().is_some_and(|mark| mark.contains("经办人甲") && mark.contains("2026-11-01")),
        "each page says at its foot who made it: {}",
        sheet["print"]
    );
    let lost = json!({ "record": "member", "path": world.folder.path().join("没有这个文件夹").join("会员.xlsx") });
    assert!(dispatch(&store, "sheet.export", lost).is_err() && log(&store).len() == 1, "what was not written is not written down");
}

#[test]
fn a_return_that_goes_out_is_written_down_with_the_digest_of_its_file() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let made = call(&store, "return.compute", json!({ "task": "member-roster", "unit": office.id("town"), "period": "2026-10" }));
    let path = world.folder.path().join("名册.xlsx");
    call(&store, "return.write", json!({ "id": made["value"], "path": path }));
    let entry = log(&store).pop().expect("it is written down");
    assert_eq!((&entry["kind"], &entry["file"]), (&json!("sent"), &json!("名册.xlsx")), "{entry}");
    assert!(entry["people"].as_i64().is_some_and(|people| people > 0), "how many people's rows: {entry}");
}

#[test]
fn the_log_is_no_work_stands_in_no_undos_way_and_cannot_be_changed() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let steps = || store.read(|db| timeline(db, None, 1000)).expect("the steps").len();
    let saved = call(&store, "record.save", json!({ "record": "person", "values": { "name": "新来的" } }));
    let before = steps();
    look(&store, office.person("active"), true);
    assert_eq!(steps(), before, "a look is no line of the timeline");
    assert!(call(&store, "step.undo", json!({}))["step"].is_i64(), "and does not stop an undo of the step before it");
    let gone = json!({ "record": "person", "id": saved["value"]["id"] });
    assert!(dispatch(&store, "record.get", gone.clone()).is_err(), "which took the person back");
    look(&store, office.person("payer"), true);
    call(&store, "step.redo", json!({}));
    assert!(dispatch(&store, "record.get", gone).is_ok(), "a look between does not stop a redo either");
    let entry = log(&store)[0]["id"].clone();
    let change = json!({ "record": "disclosure", "id": entry, "values": { "people": 0 } });
    assert!(dispatch(&store, "record.save", change).is_err(), "an entry is not changed");
    assert!(dispatch(&store, "record.remove", json!({ "record": "disclosure", "ids": [entry] })).is_err(), "and not removed");
    assert_eq!(log(&store).len(), 2, "both stand");
}

#[test]
fn one_who_may_only_look_is_written_down_as_well() {
    let world = World::new();
    let store = world.create();
    let person = FullOffice::enter(&store).person("active");
    add(&store, "丁查阅", Role::Reader);
    drop(store);
    let store = open_as(&world, "丁查阅");
    look(&store, person, true);
    assert_eq!(log(&store)[0]["clerk"], json!("丁查阅"), "under their own name");
    drop(store);
    let again = Store::open(&world.file(), &Secret::Account("经办人甲".into(), PASSWORD.into()), world.access()).expect("opened");
    assert_eq!(log(&again).len(), 1, "for others to read");
}
