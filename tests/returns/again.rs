//! A sum made again says what its parts say now, and keeps what was typed into the sum itself.

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::Store;

use super::{compute, freeze, view};
use crate::full_office::{FullOffice, call};
use crate::world::World;

/// The word of the task.
pub const TASK: &str = "own";

/// A task of a typed number, a typed remark and typed rows.
pub fn task() -> Json {
    let cell = |at: &str, label: &str, kind: &str| json!({ "at": at, "label": label, "holds": "typed", "kind": kind });
    let columns =
        json!([{ "at": "A", "label": "名称", "holds": "typed", "kind": "text" }, { "at": "B", "label": "人数", "holds": "typed" }]);
    let block = json!({ "header_row": 6, "first_row": 7, "reserved": 3, "each": "typed", "columns": columns });
    json!({ "key": TASK, "version": 1, "title": "测试表", "source": "测试", "periods": ["month"], "due": 5,
        "tables": [{ "sheet": "表1", "cells": [cell("B2", "人数", "count"), cell("B3", "情况", "text")], "block": block }] })
}

fn type_in(store: &Store, id: &Json, at: &str, value: Json) {
    call(store, "return.type_in", json!({ "id": id, "at": format!("表1!{at}"), "value": value }));
}

/// Fills a union's return, and freezes it.
fn sent(store: &Store, unit: i64, persons: i64, rows: &[&str]) -> Json {
    let id = compute(store, TASK, unit, "2026-10");
    type_in(store, &id, "B2", json!(persons));
    let rows: Vec<Json> = rows.iter().map(|name| json!([name, 1])).collect();
    call(store, "return.type_rows", json!({ "id": id, "sheet": "表1", "rows": rows }));
    freeze(store, &id);
    id
}

fn sum(store: &Store, unit: i64) -> Json {
    let ask = json!({ "task": TASK, "unit": unit, "period": "2026-10" });
    call(store, "return.consolidate", ask)["value"]["id"].clone()
}

/// The number, the remark, and the names of the rows.
fn says(store: &Store, id: &Json) -> (Json, Json, Vec<String>) {
    let sheet = view(store, id)["content"]["values"]["sheets"][0].clone();
    let names = sheet["lines"].as_array().expect("rows").iter().map(|line| line["values"][0].as_str().unwrap_or_default().to_owned());
    (sheet["cells"]["B2"].clone(), sheet["cells"]["B3"].clone(), names.collect())
}

#[test]
fn a_corrected_part_arrives_in_a_sum_that_was_made_before_and_what_was_typed_there_stays() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    call(&store, "task.add", json!({ "task": task() }));
    let town = office.id("town");
    let first = sent(&store, office.id("a"), 10, &["甲", "乙"]);
    sent(&store, office.id("b"), 5, &["丙"]);
    let total = sum(&store, town);
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        says(&store, &total),
        (json!(15), Json::Null, names(&["甲", "乙", "丙"])),
        "the parts add up, their rows stand below each other"
    );
    type_in(&store, &total, "B3", json!("两家都已核对"));
    let corrected = call(&store, "return.correct", json!({ "id": first, "reason": "漏报了两个人的记录" }))["value"].clone();
    type_in(&store, &corrected, "B2", json!(12));
    call(&store, "return.type_rows", json!({ "id": corrected, "sheet": "表1", "rows": [["甲", 1], ["丁", 1]] }));
    freeze(&store, &corrected);
    assert_eq!(sum(&store, town), total, "it is the same draft");
    assert_eq!(says(&store, &total), (json!(17), json!("两家都已核对"), names(&["甲", "丁", "丙"])), "it says what the parts say now");
    type_in(&store, &total, "B2", json!(20));
    sum(&store, town);
    assert_eq!(says(&store, &total).0, 20, "a number typed over the sum stays");
    assert_eq!(view(&store, &total)["content"]["typed"]["表1!B2"], 17, "with the sum beside it");
    let rows = json!({ "id": total, "sheet": "表1", "rows": [["戊", 1]] });
    let refused = dispatch(&store, "return.type_rows", rows).expect_err("the rows are those of the parts");
    assert!(refused.to_string().contains("来自下级的报表"), "{refused}");
}
