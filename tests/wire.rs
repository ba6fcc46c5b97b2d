//! The wire: every record's commands, by name, with JSON in and out.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use unionbook_core::Error;
use unionbook_core::api::{dispatch, dispatch_watched, generate, unwatched};
use unionbook_core::modules::Registry;
use unionbook_core::record::{Id, Money};
use unionbook_core::store::{Step, Store};

use crate::cards::{self, Card, Mark, Pair};
use crate::dump::dump;
use crate::plain_record::{self, Note};
use crate::source_text::root;
use crate::world::World;

const NUMBER: &str = "00000019900101001X";

fn office() -> (World, Store) {
    let world = World::with([plain_record::module(), cards::module()]);
    let store = world.create();
    (world, store)
}

fn call(store: &Store, command: &str, payload: Json) -> Json {
    dispatch(store, command, payload).unwrap_or_else(|error| panic!("{command} is done: {error}"))
}

fn refusal(store: &Store, command: &str, payload: Json) -> Error {
    dispatch(store, command, payload).expect_err("the command must refuse this")
}

fn note(store: &Store, title: &str) -> i64 {
    let saved = call(store, "record.save", json!({ "record": "note", "values": { "title": title } }));
    saved["value"]["id"].as_i64().expect("a new note has an id")
}

/// A card with a line of its ledger and a link: made by an act, since the generic save must not.
fn card(store: &Store, of: i64) -> i64 {
    let made = store.write(Step::new("制卡"), |tx| {
        let card = Card {
            id: Id::NEW,
            note: Id::new(of),
            number: Some(NUMBER.into()),
            fee: Some(Money(500)),
            day: None,
            open: true,
            state: Some(1),
        };
        let id = tx.add(&card)?;
        tx.add(&Mark { id: Id::NEW, card: id })?;
        tx.link(&Pair { note: Id::new(of), card: id, weight: None })?;
        Ok(id.get())
    });
    made.expect("a card is made").value
}

#[test]
fn an_unknown_command_record_field_or_payload_is_wrong_usage() {
    let (_world, store) = office();
    let wrong = [
        ("note.fly", json!({})),
        ("record.list", json!({ "record": "nothing" })),
        ("record.list", json!({})),
        ("record.list", json!({ "record": "note", "colour": 1 })),
        ("record.list", json!({ "record": "note", "order": ["title; DROP TABLE note"] })),
        ("record.list", json!({ "record": "note", "filters": [{ "field": "1=1", "op": "is", "value": 1 }] })),
        ("record.save", json!({ "record": "note", "values": { "colour": "red" } })),
        ("record.get", json!({ "record": "pair", "id": 1 })),
    ];
    for (command, payload) in wrong {
        let error = refusal(&store, command, payload.clone());
        assert_eq!(error.report().code, "usage", "{command} {payload} is not known: {error}");
    }
    let error = refusal(&store, "record.get", json!({ "record": "note" }));
    assert!(error.to_string().contains("缺少“id”"), "what is missing is named in Chinese: {error}");
}

#[test]
fn a_row_is_saved_read_changed_in_part_and_its_past_is_told() {
    let (_world, store) = office();
    let first = note(&store, "甲");
    let saved = call(&store, "record.save", json!({ "record": "note", "values": { "title": " 乙 ", "weight": "1,000", "after": first } }));
    assert_eq!(saved["tables"], json!(["note"]), "the screen learns which table to fetch again: {saved}");
    let id = saved["value"]["id"].clone();
    let changed = call(&store, "record.save", json!({ "record": "note", "id": id, "values": { "weight": 7 } }));
    assert!(changed["step"].is_i64(), "a change is a step: {changed}");
    let same = call(&store, "record.save", json!({ "record": "note", "id": id, "values": { "weight": 7 } }));
    assert_eq!(same["step"], Json::Null, "what changes nothing is no step: {same}");
    let found = call(&store, "record.get", json!({ "record": "note", "id": id }));
    assert_eq!(found["row"], json!({ "id": id, "title": "乙", "serial": null, "weight": 7, "after": first }), "fields not given stay");
    assert_eq!(found["refs"]["note"][first.to_string()], "甲", "what it refers to is called by its name");
    let past = call(&store, "record.history", json!({ "record": "note", "id": id }));
    let told: Vec<_> = past.as_array().expect("a list").iter().map(|past| (past["name"].as_str(), past["what"].as_str())).collect();
    assert_eq!(told, [(Some("新增便条"), Some("came")), (Some("修改便条"), Some("changed"))], "steps are named after the record");
    assert_eq!(past[1]["changes"], json!([{ "field": "weight", "label": "重量", "from": "1000", "to": "7" }]), "from what to what");
}

#[test]
fn undo_and_redo_take_the_latest_step_back_and_forth() {
    let (_world, store) = office();
    let id = note(&store, "甲");
    let undone = call(&store, "step.undo", Json::Null);
    assert_eq!(undone["value"], "新增便条", "what was undone is named");
    assert!(matches!(refusal(&store, "record.get", json!({ "record": "note", "id": id })), Error::Gone(_)), "the note is gone");
    call(&store, "step.redo", json!({}));
    call(&store, "record.get", json!({ "record": "note", "id": id }));
    let line = call(&store, "step.timeline", json!({ "limit": 2 }));
    let states: Vec<_> = line.as_array().expect("a list").iter().map(|line| line["state"].as_str()).collect();
    assert_eq!(states, [Some("redo"), Some("undo")], "newest first, as many as asked: {line}");
}

#[test]
fn secrets_are_masked_unless_asked_for_and_a_masked_one_sent_back_changes_nothing() {
    let (_world, store) = office();
    let id = card(&store, note(&store, "甲"));
    let masked = "000***********001X";
    let found = call(&store, "record.get", json!({ "record": "card", "id": id }));
    assert_eq!(found["row"]["number"], masked, "a row is shown masked");
    let listed = call(&store, "record.list", json!({ "record": "card" }));
    assert_eq!(listed["rows"][0]["number"], masked, "a list, too");
    let open = call(&store, "record.get", json!({ "record": "card", "id": id, "reveal": true }));
    assert_eq!(open["row"]["number"], NUMBER, "asked for, it is shown");
    let saved = call(&store, "record.save", json!({ "record": "card", "id": id, "values": { "number": masked, "open": false } }));
    assert!(saved["step"].is_i64(), "the rest was saved");
    let open = call(&store, "record.get", json!({ "record": "card", "id": id, "reveal": true }));
    assert_eq!(open["row"]["number"], NUMBER, "the mask did not become the number");
    call(&store, "record.save", json!({ "record": "card", "id": id, "values": { "number": "00000019900101002X" } }));
    let past = call(&store, "record.history", json!({ "record": "card", "id": id }));
    let text = past.to_string();
    assert!(text.contains(masked) && !text.contains(NUMBER), "the past is masked as well: {text}");
    let guess = json!({ "record": "card", "filters": [{ "field": "number", "op": "contains", "value": "1990" }] });
    assert!(matches!(refusal(&store, "record.list", guess), Error::Refused(_)), "nor is a secret found out piece by piece");
}

#[test]
fn faults_name_their_fields_and_nothing_is_written() {
    let (_world, store) = office();
    let id = card(&store, note(&store, "甲"));
    let cases = [
        (json!({ "record": "note", "values": { "weight": "很重" } }), vec!["title", "weight"]),
        (
            json!({ "record": "note", "values": { "title": "这个标题太长太长太长太长太长太长太长太长太长", "after": 99 } }),
            vec!["after", "title"],
        ),
        (json!({ "record": "card", "id": id, "values": { "day": "2026-02-30" } }), vec!["day"]),
        (json!({ "record": "card", "id": id, "values": { "fee": -1 } }), vec!["fee"]),
        (json!({ "record": "card", "id": id, "values": { "state": 2 } }), vec!["state"]),
    ];
    for (payload, fields) in cases {
        let report = refusal(&store, "record.save", payload.clone()).report();
        assert_eq!(report.code, "faults", "{payload} has faults: {}", report.message);
        let mut named: Vec<_> = report.faults.iter().map(|fault| fault.field.as_ref()).collect();
        named.sort_unstable();
        assert_eq!(named, fields, "each at its field: {payload}");
    }
    let timeline = call(&store, "step.timeline", json!({}));
    assert_eq!(timeline.as_array().map(Vec::len), Some(2), "only the two first steps were done: {timeline}");
    let emptied = call(&store, "record.save", json!({ "record": "card", "id": id, "values": { "number": null } }));
    assert_eq!(emptied["value"]["warnings"][0]["field"], "number", "a warning is told though the row was taken: {emptied}");
}

#[test]
fn a_number_taken_by_another_row_is_a_fault_of_its_field() {
    let (_world, store) = office();
    call(&store, "record.save", json!({ "record": "note", "values": { "title": "甲", "serial": "7" } }));
    let report = refusal(&store, "record.save", json!({ "record": "note", "values": { "title": "乙", "serial": "7" } })).report();
    assert_eq!((report.code, report.faults[0].field.as_ref()), ("faults", "serial"), "the key is taken");
    assert!(report.faults[0].message.contains("甲"), "by the note that is named: {}", report.faults[0].message);
    let (first, second) = (card(&store, note(&store, "丙")), note(&store, "丁"));
    let other = Card { id: Id::NEW, note: Id::new(second), number: None, fee: None, day: None, open: false, state: None };
    let other = store.write(Step::new("制卡"), |tx| tx.add(&other)).expect("a second card").value.get();
    assert_ne!(first, other, "two cards");
    let report = refusal(&store, "record.save", json!({ "record": "card", "id": other, "values": { "number": NUMBER } })).report();
    assert_eq!((report.code, report.faults[0].field.as_ref()), ("faults", "number"), "a unique index is a rule, too: {}", report.message);
}

#[test]
fn what_acts_keep_is_not_saved_or_removed_by_itself() {
    let (_world, store) = office();
    let of = note(&store, "甲");
    let id = card(&store, of);
    let new = refusal(&store, "record.save", json!({ "record": "card", "values": { "note": of } }));
    assert!(matches!(new, Error::Refused(_)), "a new card comes by an act");
    let line = refusal(&store, "record.save", json!({ "record": "mark", "values": { "card": id } }));
    assert!(matches!(line, Error::Refused(_)), "so does a line of the ledger");
    let mark = call(&store, "record.list", json!({ "record": "mark" }))["rows"][0]["id"].clone();
    let alone = refusal(&store, "record.remove", json!({ "record": "mark", "ids": [mark], "dependants": true }));
    assert!(matches!(alone, Error::Refused(_)), "and it goes only with its card");
}

/// Every row of every table, as the wire shows them.
fn everything(store: &Store) -> Vec<Json> {
    ["note", "card", "mark", "pair"]
        .map(|record| call(store, "record.list", json!({ "record": record, "reveal": true }))["rows"].clone())
        .into()
}

#[test]
fn a_removal_names_what_depends_on_it_takes_it_along_when_asked_and_one_undo_brings_all_back() {
    let (_world, store) = office();
    let first = note(&store, "甲");
    let after = call(&store, "record.save", json!({ "record": "note", "values": { "title": "乙", "after": first } }));
    let id = card(&store, first);
    let full = everything(&store);
    let refused = refusal(&store, "record.remove", json!({ "record": "note", "ids": [first] }));
    let text = refused.to_string();
    assert!(matches!(refused, Error::Refused(_)), "others refer to it");
    assert!(
        ["1 条“卡片”", "1 条“卡片记录”", "1 条“搭配”", "1 条“便条”（仅清空引用）"].iter().all(|part| text.contains(part)),
        "all are named: {text}"
    );
    assert_eq!(everything(&store), full, "nothing was touched");
    let gone = call(&store, "record.remove", json!({ "record": "note", "ids": [first], "dependants": true }));
    assert_eq!(gone["value"]["removed"], json!({ "card": 1, "mark": 1, "note": 1, "pair": 1 }), "what must go along went along");
    assert_eq!(gone["value"]["emptied"], json!({ "note": 1 }), "what can be without it stays");
    let left = call(&store, "record.get", json!({ "record": "note", "id": after["value"]["id"] }));
    assert_eq!(left["row"]["after"], Json::Null, "with its reference emptied");
    assert!(matches!(refusal(&store, "record.get", json!({ "record": "card", "id": id })), Error::Gone(_)), "the card is gone");
    call(&store, "step.undo", json!({}));
    assert_eq!(everything(&store), full, "one undo brings everything back");
    let pair = call(&store, "record.remove", json!({ "record": "pair", "ids": [[first, id]] }));
    assert_eq!(pair["value"]["removed"], json!({ "pair": 1 }), "a link is removed by its two ends");
}

#[test]
fn pages_of_any_order_meet_every_row_once() {
    let (_world, store) = office();
    let titles = ["丁", "乙", "乙", "甲", "丙"];
    store
        .write(Step::new("成批"), |tx| {
            (0..60).try_for_each(|at| {
                let weight = (at % 3 > 0).then_some(at % 4);
                tx.add(&Note { weight, ..Note::new(titles[at as usize % 5]) }).map(|_| ())
            })
        })
        .expect("sixty notes");
    for order in [json!([]), json!(["-title", "weight"]), json!(["weight", "-title"]), json!(["-weight"])] {
        let whole = call(&store, "record.list", json!({ "record": "note", "order": order, "limit": 100 }))["rows"].clone();
        let (mut met, mut after) = (Vec::new(), Json::Null);
        loop {
            let page = call(&store, "record.list", json!({ "record": "note", "order": order, "limit": 7, "after": after, "count": true }));
            assert_eq!(page["total"], 60, "the count is that of the whole list");
            met.extend(page["rows"].as_array().expect("rows").iter().cloned());
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let middle = call(&store, "record.list", json!({ "record": "note", "order": order, "limit": 7, "at": 31 }));
        assert_eq!(
            middle["rows"].as_array().map(Vec::as_slice),
            whole.as_array().map(|rows| &rows[31..38]),
            "rows are found by number: {order}"
        );
        let ids: BTreeSet<_> = met.iter().map(|row| row["id"].as_i64()).collect();
        assert_eq!(ids.len(), 60, "every row is met once in the order {order}");
        assert_eq!(Json::Array(met), whole, "in the order of the whole list: {order}");
    }
}

#[test]
fn lists_are_searched_and_filtered() {
    let (_world, store) = office();
    let first = note(&store, "买买提·江");
    note(&store, "买提");
    call(&store, "record.save", json!({ "record": "note", "values": { "title": "戊", "serial": "AB-9", "weight": 3 } }));
    card(&store, first);
    let titles = |ask: Json| -> Vec<String> {
        let page = call(&store, "record.list", ask);
        let rows = page["rows"].as_array().expect("rows").iter().map(|row| row["title"].as_str().unwrap_or("").to_owned());
        rows.collect()
    };
    let searched = |text: &str| titles(json!({ "record": "note", "search": text }));
    assert_eq!(searched("提"), ["买买提·江", "买提"], "one letter");
    assert_eq!(searched("买提江"), ["买买提·江"], "three letters, across the dot");
    assert_eq!(searched("买买买提"), [""; 0], "its pairs are all there, but not in a row");
    assert_eq!(searched("AB-"), ["戊"], "the beginning of the key");
    assert_eq!(searched("·"), [""; 0], "a mark alone finds nothing");
    let filtered =
        |op: &str, value: Json| titles(json!({ "record": "note", "filters": [{ "field": "weight", "op": op, "value": value }] }));
    assert_eq!(filtered("at_least", json!(3)), ["戊"], "compared as numbers");
    assert_eq!(filtered("in", json!([1, 3])), ["戊"], "one of several");
    assert_eq!(filtered("empty", Json::Null).len(), 2, "nothing in it");
    assert_eq!(filtered("is_not", json!(3)).len(), 2, "an empty one is not equal");
    let roles = call(&store, "record.list", json!({ "record": "card", "search": "买买" }));
    assert_eq!(roles["rows"].as_array().map(Vec::len), Some(1), "a card is found by its note: {roles}");
    let unplaced = refusal(&store, "record.list", json!({ "record": "card", "unit": 1 }));
    assert!(matches!(unplaced, Error::Usage(_)), "cards belong to no unit");
}

#[test]
fn the_file_is_described_checked_and_backed_up() {
    let (world, store) = office();
    note(&store, "甲");
    let all = call(&store, "record.describe", json!({}));
    let known: Vec<_> = all.as_array().expect("a list").iter().filter_map(|table| table["name"].as_str()).collect();
    assert_eq!(known, store.registry().tables().map(|table| table.name).collect::<Vec<_>>(), "every record is described");
    let one = call(&store, "record.describe", json!({ "record": "card" }));
    assert_eq!(one[0]["fields"][1]["secret"], true, "a secret is marked as one: {one}");
    let list = call(&store, "term.list", json!({ "list": "ethnic" }));
    assert!(list["entries"].as_array().is_some_and(|entries| entries.len() > 50), "a code list has its entries");
    let findings = call(&store, "store.check", json!({}));
    assert!(findings.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|one| one["wrong"] == 0)), "all is well: {findings}");
    let copy = call(&store, "store.backup", json!({ "folder": world.folder.path().join("备份") }));
    assert!(std::path::Path::new(copy.as_str().expect("a path")).exists(), "the backup lies where it says");
}

#[test]
fn the_generated_types_are_current() {
    let path = root().join("ui/src/api/generated.ts");
    let written = std::fs::read_to_string(&path).expect("ui/src/api/generated.ts is part of the repository");
    let generated = generate(&Registry::shipped());
    let differs = written.lines().zip(generated.lines()).find(|(old, new)| old != new);
    assert!(written == generated, "run `cargo xtask gen`: first at {differs:?}");
}

#[test]
fn a_sheet_that_changed_since_its_preview_is_refused() {
    let world = World::new();
    let store = world.create();
    let sheet = world.folder.path().join("人员.csv");
    std::fs::write(&sheet, "姓名,性别\n丁一,男\n").expect("a sheet");
    let seen = call(&store, "sheet.preview", json!({ "record": "person", "path": sheet }))["stamp"].clone();
    let ask = json!({ "record": "person", "path": sheet, "seen": seen });
    std::fs::write(&sheet, "姓名,性别\n丁一,男\n丁二,女\n").expect("the sheet again");
    let refused = dispatch(&store, "sheet.import", ask).expect_err("not what was seen");
    assert!(refused.to_string().contains("又被改动过"), "and it is said: {refused}");
    let again = call(&store, "sheet.preview", json!({ "record": "person", "path": sheet }))["stamp"].clone();
    let done = call(&store, "sheet.import", json!({ "record": "person", "path": sheet, "seen": again }));
    assert_eq!(done["value"]["taken"], 2, "what was seen last is taken");
}

#[test]
fn long_work_tells_how_far_it_has_come_and_a_stop_leaves_nothing() {
    let world = World::new();
    let store = world.create();
    let (sheet, errors) = (world.folder.path().join("人员.csv"), world.folder.path().join("有误.xlsx"));
    let rows: String = (0..50).map(|n| format!("丁{},男\n", char::from_u32(0x4e00 + n).expect("a character"))).collect();
    std::fs::write(&sheet, format!("姓名,性别\n{rows}丁误,天\n")).expect("a sheet");
    let ask = json!({ "record": "person", "path": sheet });
    let before = dump(&store);
    let told = std::cell::RefCell::new(Vec::new());
    let stop = |at: (&'static str, u64)| {
        dispatch_watched(&store, "sheet.import", ask.clone(), &|progress| {
            told.borrow_mut().push(progress);
            if (progress.stage, progress.done) == at { Err(Error::Stopped) } else { Ok(()) }
        })
    };
    for at in [("导入", 0), ("导入", 30), ("导入", 49)] {
        assert!(matches!(stop(at), Err(Error::Stopped)), "{at:?}: the work stops and says so");
        assert_eq!(dump(&store), before, "{at:?}: nothing is written");
    }
    told.borrow_mut().clear();
    let done = stop(("", 0)).expect("taken");
    assert_eq!(done["value"]["taken"], 50, "the sound rows: {done}");
    let last = told.borrow().last().copied().expect("progress");
    assert_eq!((last.stage, last.done, last.of), ("导入", 50, None), "told row by row");
    let all = json!({ "record": "person", "path": sheet, "all_or_nothing": true, "errors": errors });
    let none = dispatch_watched(&store, "sheet.import", all, &unwatched).expect("looked at");
    assert_eq!((&none["value"]["taken"], &none["step"]), (&json!(0), &json!(null)), "all or nothing takes nothing, as no step: {none}");
    assert_eq!(none["value"]["returned"], 1, "and gives the faulty row back");
}
