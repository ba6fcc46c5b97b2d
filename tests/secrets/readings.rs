//! What a reader may ask, in every way that might show somebody's number.

use std::path::PathBuf;

use serde_json::{Value as Json, json};
use unionbook_core::record::Kind;

use super::{PERIOD, Reader};
use crate::full_office::call;

/// Commands that read a file from outside, and one that tries copies for minutes: nothing of the office is in their answers.
pub const NOT_TRIED: &[&str] = &["task.read", "task.propose", "store.trials"];

type Ask = (&'static str, Json);
type Out = (&'static str, Json, PathBuf);

/// Every reading.
pub fn answers(reader: &Reader) -> Vec<Ask> {
    [lists(reader), rows(reader), books(reader), returns(reader)].concat()
}

/// Every list: by each of its columns up and down, page after page begun, searched, narrowed, of veiled rows.
fn lists(reader: &Reader) -> Vec<Ask> {
    let mut asks = vec![("record.describe", json!({}))];
    for table in reader.tables() {
        let record = table.name;
        asks.push(("record.list", json!({ "record": record, "limit": 1000, "count": true })));
        asks.push(("record.list", json!({ "record": record, "limit": 1000, "veiled": true })));
        asks.push(("record.sums", json!({ "record": record, "fields": [] })));
        // The rows of a link have no number to begin at.
        asks.extend((!table.link).then(|| ("record.list", json!({ "record": record, "at": 0 }))));
        for column in table.shown() {
            for order in [column.name.to_owned(), format!("-{}", column.name)] {
                asks.push(("record.list", json!({ "record": record, "order": [order], "limit": 1 })));
                asks.push(("record.list", json!({ "record": record, "order": [order], "limit": 1, "veiled": true })));
            }
        }
    }
    for search in ["0", "00000", "138", "张", "z"] {
        for record in ["person", "member", "volunteer"] {
            asks.push(("record.list", json!({ "record": record, "search": search, "limit": 1 })));
        }
    }
    asks
}

/// Every row and its history.
fn rows(reader: &Reader) -> Vec<Ask> {
    let mut asks = Vec::new();
    for table in reader.tables().into_iter().filter(|table| !table.link) {
        for veiled in [false, true] {
            let rows = call(&reader.store, "record.list", json!({ "record": table.name, "limit": 1000, "veiled": veiled }));
            for row in rows["rows"].as_array().expect("rows") {
                asks.push(("record.get", json!({ "record": table.name, "id": row["id"] })));
                asks.push(("record.history", json!({ "record": table.name, "id": row["id"] })));
            }
        }
    }
    asks
}

/// What the modules tell.
fn books(reader: &Reader) -> Vec<Ask> {
    let (town, person) = (reader.office.id("town"), reader.office.person("server"));
    let term = reader.tables().into_iter().flat_map(|table| table.fields).find_map(|field| match field.kind {
        Kind::Term(list) => Some(list),
        _ => None,
    });
    let indicators = call(&reader.store, "indicator.list", json!({}));
    let code = &indicators[0]["code"];
    vec![
        ("term.list", json!({ "list": term.expect("a list") })),
        ("step.timeline", json!({})),
        ("store.check", json!({})),
        ("account.list", json!({})),
        ("home.today", json!({})),
        ("handover.list", json!({})),
        ("handover.after", json!({ "at": 0, "by": "谁" })),
        ("units.tree", json!({})),
        ("privacy.standing", json!({ "person": person })),
        ("privacy.standing", json!({ "person": reader.office.person(super::BLOCKED) })),
        ("privacy.due", json!({})),
        ("volunteers.tally", json!({ "person": person })),
        ("monthly.book", json!({ "unit": town, "period": PERIOD })),
        ("monthly.behind", json!({ "unit": town, "own": false, "code": code, "part": null, "period": PERIOD })),
        ("indicator.list", json!({})),
        ("task.list", json!({})),
    ]
}

fn returns(reader: &Reader) -> Vec<Ask> {
    let town = reader.office.id("town");
    let tasks = call(&reader.store, "task.list", json!({}));
    let mut asks = Vec::new();
    for key in tasks.as_array().expect("tasks").iter().map(|task| &task["key"]) {
        let of = json!({ "task": key, "unit": town, "period": PERIOD });
        let task = call(&reader.store, "task.get", json!({ "key": key }));
        asks.push(("task.get", json!({ "key": key })));
        asks.push(("task.form", json!({ "key": key })));
        asks.push(("task.check", json!({ "task": task })));
        asks.push(("task.try", json!({ "task": task, "unit": town, "period": PERIOD })));
        asks.push(("task.numbers", json!({ "key": key })));
        asks.push(("return.find", of.clone()));
        asks.push(("return.board", of));
        asks.push(("return.nodes", json!({ "task": key, "period": PERIOD })));
    }
    for id in reader.rosters.iter().copied().chain([reader.office.id("sent")]) {
        asks.push(("return.view", json!({ "id": id, "today": true })));
    }
    let (at, _) = number(reader);
    asks.push(("return.behind", json!({ "id": reader.office.id("sent"), "at": at })));
    asks.push(("return.series", json!({ "task": "volunteers", "unit": town, "period": PERIOD, "many": 3, "at": [at] })));
    asks.push(("return.pivot", pivot(reader)));
    let deliveries = call(&reader.store, "record.list", json!({ "record": "delivery" }))["rows"].as_array().expect("rows").clone();
    assert!(!deliveries.is_empty(), "a roster came in");
    asks.extend(deliveries.iter().map(|row| ("return.delivery", json!({ "id": row["id"] }))));
    asks
}

/// The address of a number of the task of volunteers.
fn number(reader: &Reader) -> (String, Json) {
    let numbers = call(&reader.store, "task.numbers", json!({ "key": "volunteers" }));
    let first = numbers[0].clone();
    (first["at"].as_str().expect("an address").to_owned(), first)
}

fn pivot(reader: &Reader) -> Json {
    let (at, _) = number(reader);
    json!({ "task": "volunteers", "unit": reader.office.id("town"), "period": PERIOD, "many": 3, "at": [at], "down": "units", "across": "periods" })
}

/// Every command that writes a file, each into one of its own.
pub fn files(reader: &Reader) -> Vec<Out> {
    let mut number = 0;
    let mut outs: Vec<Out> = Vec::new();
    let mut put = |command: &'static str, ending: &str, mut payload: Json| {
        number += 1;
        let path = reader.world.folder.path().join(format!("写出{number}.{ending}"));
        payload["path"] = json!(path);
        outs.push((command, payload, path));
    };
    for table in reader.tables().into_iter().filter(|table| !table.link) {
        let columns: Vec<&str> = table.fields.iter().map(|field| field.name).collect();
        put("sheet.export", "csv", json!({ "record": table.name }));
        put("sheet.export", "xlsx", json!({ "record": table.name }));
        put("sheet.export", "csv", json!({ "record": table.name, "list": { "columns": columns } }));
    }
    let (town, person) = (reader.office.id("town"), reader.office.person("server"));
    for id in &reader.rosters {
        put("return.write", "xlsx", json!({ "id": id }));
    }
    put("return.write_pivot", "xlsx", pivot(reader));
    put("task.write", "xlsx", json!({ "key": "member-roster" }));
    put("monthly.write", "xlsx", json!({ "unit": town, "period": PERIOD }));
    let (at, _) = self::number(reader);
    put("return.brief", "pdf", json!({ "task": "volunteers", "unit": town, "period": "2026-08", "at": [at] }));
    put("handover.paper", "pdf", json!({}));
    put("activities.sign_in_sheet", "pdf", json!({ "activity": reader.office.id("service"), "named": true, "blanks": 1 }));
    put("volunteers.certificate", "pdf", json!({ "people": [person] }));
    put("volunteers.certificate", "pdf", json!({ "people": [person], "reveal": true }));
    let folder = reader.world.folder.path().join("备份文件夹");
    std::fs::create_dir_all(&folder).expect("a folder");
    let marker = folder.join("说明.txt");
    std::fs::write(&marker, "").expect("a file");
    outs.push(("store.backup", json!({ "folder": folder }), marker));
    outs
}
