//! Returns: from records to what a union above accepts.

mod again;
mod analysis;
mod exchange;
mod late;
mod shipped;
mod usual;
mod whole;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::Store;

use crate::full_office::{FullOffice, call};
use crate::world::World;

/// Every task that is shipped.
const SHIPPED: [&str; 9] = [
    "members",
    "new-employment",
    "volunteers",
    "stations",
    "activities",
    "member-roster",
    "unit-roster",
    "volunteer-roster",
    "station-roster",
];

fn compute(store: &Store, task: &str, unit: i64, period: &str) -> Json {
    call(store, "return.compute", json!({ "task": task, "unit": unit, "period": period }))["value"].clone()
}

fn view(store: &Store, id: &Json) -> Json {
    call(store, "return.view", json!({ "id": id }))
}

/// Explains whatever wants an explanation.
fn explain(store: &Store, id: &Json, text: &str) {
    let audit = view(store, id)["audit"].clone();
    for broken in audit["broken"].as_array().expect("a list").iter().filter(|broken| broken["weight"] == "explain") {
        call(store, "return.explain", json!({ "id": id, "check": broken["check"], "line": broken["line"], "text": text }));
    }
}

/// Audits a return and freezes it, without a file.
fn freeze(store: &Store, id: &Json) {
    let audit = view(store, id)["audit"].clone();
    assert_eq!(audit["must"], 0, "nothing is wrong with it: {audit}");
    call(store, "return.audit", json!({ "id": id }));
    call(store, "return.send", json!({ "id": id, "path": null }));
}

#[test]
fn every_shipped_task_holds_together_and_is_computed_for_every_cycle() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    for task in SHIPPED {
        let package = call(&store, "task.get", json!({ "key": task }));
        assert_eq!(call(&store, "task.check", json!({ "task": package })), json!([]), "{task} holds together");
        for period in ["2026-10", "2026-Q3", "2026", "2026-U"] {
            let seen = view(&store, &compute(&store, task, office.id("town"), period));
            assert_eq!(seen["audit"]["must"], 0, "{task} {period}: nothing is wrong with it: {}", seen["audit"]);
        }
    }
}

#[test]
fn an_unknown_task_or_a_period_it_is_not_asked_for_is_refused() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let refused = |task: &str, period: &str| {
        let payload = json!({ "task": task, "unit": office.id("town"), "period": period });
        dispatch(&store, "return.compute", payload).expect_err("refused").to_string()
    };
    assert!(refused("nothing", "2026-10").contains("没有代号"), "an unknown task");
    assert!(refused("members", "2026-H1").contains("不按这样的期间报送"), "half a year");
    assert!(refused("members", "2026-13").contains("不是期间"), "no period");
}

/// The address of a cell of the first table by its label.
pub fn at(seen: &Json, label: &str) -> String {
    let cells = seen["task"]["tables"][0]["cells"].as_array().expect("cells");
    let cell = cells.iter().find(|cell| cell["label"] == label).unwrap_or_else(|| panic!("a cell {label}"));
    format!("表1!{}", cell["at"].as_str().expect("a place"))
}

/// The value of a cell of the first table by its label.
pub fn value(seen: &Json, label: &str) -> Json {
    let address = at(seen, label);
    seen["content"]["values"]["sheets"][0]["cells"][address.trim_start_matches("表1!")].clone()
}

#[test]
fn what_was_typed_is_marked_stays_and_shows_the_computed_value() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let id = compute(&store, "members", office.id("town"), "2026-10");
    let seen = view(&store, &id);
    let (staff, closing) = (at(&seen, "职工人数"), value(&seen, "期末会员数"));
    call(&store, "return.type_in", json!({ "id": id, "at": staff, "value": 500 }));
    let seen = view(&store, &id);
    assert_eq!(value(&seen, "职工人数"), 500, "the typed value counts");
    assert_eq!(seen["content"]["typed"][&staff], 120, "the computed one stands beside it");
    assert_eq!(
        view(&store, &compute(&store, "members", office.id("town"), "2026-10"))["content"]["typed"][&staff],
        120,
        "computing keeps it"
    );
    let refused =
        dispatch(&store, "return.type_in", json!({ "id": id, "at": at(&seen, "期末会员数"), "value": 9 })).expect_err("a formula");
    assert!(refused.to_string().contains("由公式得出"), "{refused}");
    call(&store, "return.type_in", json!({ "id": id, "at": staff, "value": null }));
    let seen = view(&store, &id);
    assert_eq!((value(&seen, "职工人数"), seen["content"]["typed"].clone()), (json!(120), json!({})), "nothing typed gives it back");
    assert_eq!(value(&seen, "期末会员数"), closing, "the rest is as it was");
}

#[test]
fn a_check_that_does_not_hold_stands_in_the_way_until_it_is_mended_or_explained() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let id = compute(&store, "members", office.id("town"), "2026-10");
    let audit = |store: &Store| call(store, "return.audit", json!({ "id": id }))["value"].clone();
    let seen = view(&store, &id);
    call(&store, "return.type_in", json!({ "id": id, "at": at(&seen, "其中：女会员"), "value": 900 }));
    let broken = audit(&store);
    assert_eq!(
        (broken["passed"].clone(), broken["must"].as_u64()),
        (json!(false), Some(2)),
        "over all members, and not the sum of its column: {broken}"
    );
    let out = world.folder.path().join("上报.xlsx");
    let refused = dispatch(&store, "return.send", json!({ "id": id, "path": out })).expect_err("it may not go up");
    assert!(refused.to_string().contains("没有通过审核") && !out.exists(), "and nothing was written: {refused}");
    call(&store, "return.type_in", json!({ "id": id, "at": at(&seen, "其中：女会员"), "value": null }));
    call(&store, "return.type_in", json!({ "id": id, "at": at(&seen, "职工人数"), "value": 1 }));
    assert_eq!(audit(&store)["unexplained"], 1, "fewer employees than members wants an explanation");
    let explain = |text: &str| dispatch(&store, "return.explain", json!({ "id": id, "check": "staff", "line": null, "text": text }));
    assert!(explain("情况属实").expect_err("that says nothing").to_string().contains("等于没有说"), "refused");
    explain("退休会员较多，职工人数只统计在岗的").expect("that says something");
    assert_eq!(audit(&store)["passed"], true, "and then it passes");
}

#[test]
fn what_was_sent_never_changes_and_is_corrected_by_another_version() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let unit = office.id("town");
    let id = compute(&store, "members", unit, "2026-10");
    let out = |name: &str| world.folder.path().join(name);
    call(&store, "return.audit", json!({ "id": id }));
    let first = call(&store, "return.send", json!({ "id": id, "path": out("一.xlsx") }));
    let undone = dispatch(&store, "step.undo", json!({ "step": first["step"] })).expect_err("freezing stays");
    assert!(undone.to_string().contains("不能撤销"), "{undone}");
    for (command, more) in [("return.audit", json!({})), ("return.type_in", json!({ "at": "表1!D21", "value": 1 }))] {
        let mut payload = more;
        payload["id"] = id.clone();
        assert!(dispatch(&store, command, payload).expect_err(command).to_string().contains("不再改变"), "{command} is refused");
    }
    let again =
        dispatch(&store, "return.compute", json!({ "task": "members", "unit": unit, "period": "2026-10" })).expect_err("nor computed");
    assert!(again.to_string().contains("更正"), "the refusal names the way: {again}");
    let join = json!({ "person": office.person("nobody"), "unit": office.id("b"), "day": "2026-10-30" });
    call(&store, "members.join", join);
    let seen = call(&store, "return.view", json!({ "id": id, "today": true }));
    assert!(seen["differs"].as_array().is_some_and(|differs| !differs.is_empty()), "today it would say something else");
    call(&store, "return.send", json!({ "id": id, "path": out("一再印.xlsx") }));
    let (one, reprinted) = (std::fs::read(out("一.xlsx")).expect("a file"), std::fs::read(out("一再印.xlsx")).expect("a file"));
    assert!(one == reprinted, "what was issued is reprinted byte for byte");
    let next = call(&store, "return.correct", json!({ "id": id, "reason": "漏录10月30日入会的1人" }))["value"].clone();
    compute(&store, "members", unit, "2026-10");
    call(&store, "return.audit", json!({ "id": next }));
    call(&store, "return.send", json!({ "id": next, "path": out("二.xlsx") }));
    assert_eq!(view(&store, &id)["state"], "superseded", "the first is marked as corrected");
    assert_eq!(view(&store, &next)["no"], 2, "by the second version");
}

#[test]
fn the_opening_of_a_month_is_what_the_last_frozen_return_closed_with() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let unit = office.id("town");
    let september = compute(&store, "members", unit, "2026-09");
    call(&store, "return.audit", json!({ "id": september }));
    call(&store, "return.send", json!({ "id": september, "path": null }));
    let closed = value(&view(&store, &september), "期末会员数");
    call(&store, "members.join", json!({ "person": office.person("nobody"), "unit": office.id("b"), "day": "2026-09-30" }));
    let october = compute(&store, "members", unit, "2026-10");
    let seen = view(&store, &october);
    assert_eq!(value(&seen, "期初会员数"), closed, "though the records say one more by now");
    let broken: Vec<&str> =
        seen["audit"]["broken"].as_array().expect("a list").iter().filter_map(|broken| broken["check"].as_str()).collect();
    assert_eq!(broken, ["ledger"], "and the difference wants an explanation or a correction");
}
