//! What the screen asks besides single records: many rows at once, sums, what is seen sent out, the tree, the first page.

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::world::World;

#[test]
fn many_rows_are_stored_as_one_step_or_not_at_all() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let before = dump(&store);
    let station = office.id("station2");
    let row = |day: &str, count: i64| json!({ "values": { "station": station, "day": day, "visitor": "food", "count": count } });
    let ask = |rows: Json, dry: bool| json!({ "record": "visit", "rows": rows, "dry": dry });
    let wrong = call(&store, "record.edit", ask(json!([row("2026-10-09", 7), row("2026-10-10", -1), row("2026-10-09", 8)]), false));
    assert_eq!((&wrong["value"]["done"], &wrong["step"]), (&json!(0), &json!(null)), "all or none: {wrong}");
    let places: Vec<_> = wrong["value"]["faults"].as_array().expect("faults").iter().map(|row| row["at"].clone()).collect();
    assert_eq!(places, [json!(1), json!(2)], "the negative count and the second row of the same day are told by their places: {wrong}");
    let dry = call(&store, "record.edit", ask(json!([row("2026-10-09", 7)]), true));
    assert_eq!((&dry["value"]["faults"], &dry["step"]), (&json!([]), &json!(null)), "sound, but only judged: {dry}");
    assert_eq!(dump(&store), before, "nothing is written by either");
    let done = call(&store, "record.edit", ask(json!([row("2026-10-09", 7), row("2026-10-10", 8)]), false));
    assert_eq!((&done["value"]["done"], &done["tables"]), (&json!(2), &json!(["visit"])), "both: {done}");
    call(&store, "step.undo", json!({}));
    assert_eq!(dump(&store), before, "and one undo takes both back");
    let ledger = dispatch(&store, "record.edit", json!({ "record": "change", "rows": [{ "id": 1, "values": {} }] }));
    assert!(ledger.expect_err("acts alone write it").to_string().contains("办理业务"), "no way round the acts");
}

#[test]
fn the_sums_under_a_list_are_those_of_its_rows() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let narrowed = [
        json!({}),
        json!({ "unit": office.id("a") }),
        json!({ "search": "消夏" }),
        json!({ "filters": [{ "field": "persons", "op": "at_least", "value": 1 }] }),
        json!({ "search": "健步", "unit": office.id("a"), "filters": [{ "field": "state", "op": "is", "value": "held" }] }),
    ];
    for narrow in narrowed {
        let with = |more: Json| {
            let mut ask = narrow.clone();
            let all = [json!({ "record": "activity" }), more].into_iter().filter_map(|part| part.as_object().cloned()).flatten();
            ask.as_object_mut().expect("an object").extend(all);
            ask
        };
        let rows = call(&store, "record.list", with(json!({ "limit": 1000 })))["rows"].clone();
        let rows = rows.as_array().expect("rows");
        let sum = |field: &str| rows.iter().filter_map(|row| row[field].as_i64()).sum::<i64>();
        let summed = call(&store, "record.sums", with(json!({ "fields": ["persons", "times"] })));
        let wanted = json!({ "count": rows.len(), "sums": { "persons": sum("persons"), "times": sum("times") } });
        assert_eq!(summed, wanted, "the sums of {narrow}");
    }
    let refused = dispatch(&store, "record.sums", json!({ "record": "activity", "fields": ["title"] })).expect_err("no number");
    assert!(refused.to_string().contains("title"), "it is named: {refused}");
}

#[test]
fn what_is_seen_goes_out_as_it_stands_with_secrets_masked() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let path = world.folder.path().join("所见.csv");
    let list = json!({ "columns": ["unit", "person", "state"], "order": ["-joined"], "filters": [{ "field": "state", "op": "is", "value": "active" }] });
    let rows = call(&store, "sheet.export", json!({ "record": "member", "path": path, "unit": office.id("a"), "list": list }));
    let text = std::fs::read_to_string(&path).expect("the file");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "所在工会,人员,会籍状态", "the columns that are seen, in their order");
    assert_eq!(lines.len() as u64 - 1, rows.as_u64().expect("a count"), "a line a row");
    assert!(lines[1..].iter().all(|line| line.contains("在会") && !line.contains("140")), "titles and labels, no ids: {lines:?}");
    let people = world.folder.path().join("人员.csv");
    call(&store, "sheet.export", json!({ "record": "person", "path": people, "list": { "columns": ["name", "id_number"] } }));
    let text = std::fs::read_to_string(&people).expect("the file");
    assert!(text.contains('*') && !text.contains("000000198505050"), "what is masked on the screen stays so: {text}");
}

#[test]
fn the_tree_counts_own_members_and_all_below() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let tree = call(&store, "units.tree", json!({}));
    let lines = tree.as_array().expect("lines");
    let members = call(
        &store,
        "record.list",
        json!({ "record": "member", "filters": [{ "field": "state", "op": "is_not", "value": "gone" }], "count": true }),
    );
    let roots: i64 = lines.iter().filter(|line| line["parent"].is_null()).filter_map(|line| line["all"].as_i64()).sum();
    let own: i64 = lines.iter().filter_map(|line| line["members"].as_i64()).sum();
    assert_eq!((Some(roots), Some(own)), (members["total"].as_i64(), members["total"].as_i64()), "each member once, in either way");
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line["parent"].is_null()) {
        assert!(lines[..place].iter().any(|above| above["id"] == line["parent"]), "the union above comes before: {line}");
    }
}

#[test]
fn the_first_page_tells_what_the_lists_behind_it_show() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let today = call(&store, "home.today", json!({ "due": 31 }));
    assert_eq!((&today["month"], &today["due"]), (&json!("2026-10"), &json!("2026-11-30")), "the last month, due this month: {today}");
    let items = today["items"].as_array().expect("items");
    assert!(items.iter().any(|item| item["key"] == "overdue"), "the planned activity whose day has passed: {today}");
    for item in items {
        let shown = call(&store, "record.list", json!({ "record": item["record"], "filters": item["filters"], "count": true }));
        assert_eq!(shown["total"], item["count"], "{} opens its list", item["label"]);
    }
    let figure = |code: &str| today["figures"].as_array().expect("figures").iter().find(|one| one["code"] == code).cloned().expect("it");
    let tree = call(&store, "units.tree", json!({}));
    let all: i64 = tree.as_array().expect("lines").iter().filter_map(|line| line["members"].as_i64()).sum();
    assert_eq!((&figure("members")["now"], &figure("members")["trend"][5]), (&json!(all), &json!(all)), "as the tree counts them");
    assert_eq!(figure("members")["months"].as_array().map(Vec::len), Some(6), "six months beside it");
    call(&store, "activities.hold", json!({ "activity": office.id("planned"), "day": "2026-10-26" }));
    let after = call(&store, "home.today", json!({}));
    assert!(after["items"].as_array().expect("items").iter().all(|item| item["key"] != "overdue"), "what is seen to is gone: {after}");
}
