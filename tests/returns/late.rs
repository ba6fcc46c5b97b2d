//! Facts that are entered after their period's return was sent, counted in the next one.

use serde_json::{Value as Json, json};
use unionbook_core::store::Store;

use super::{at, explain, freeze, value, view};
use crate::full_office::{FullOffice, call};
use crate::people::number;
use crate::world::World;

/// The members' return with late facts counted in the next period.
fn counted_later(store: &Store) {
    let mut package = call(store, "task.get", json!({ "key": "members", "version": null }));
    package["key"] = "later".into();
    package["late"] = "next_period".into();
    call(store, "task.add", json!({ "task": package }));
}

fn joined(store: &Store, unit: i64, person: &str, n: u16, day: &str) {
    let id = number("1990-03-03", n);
    let person =
        call(store, "record.save", json!({ "record": "person", "values": { "name": person, "id_kind": "resident", "id_number": id } }));
    call(store, "members.join", json!({ "person": person["value"]["id"], "unit": unit, "day": day, "profile": {} }));
}

#[test]
fn what_is_entered_after_a_return_was_sent_is_counted_once_in_the_next_where_the_task_says_so() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    counted_later(&store);
    let unit = office.id("a");
    let compute = |period: &str| super::compute(&store, "later", unit, period);
    let send = |id: &Json| {
        explain(&store, id, "测试台账里只登记了一部分职工");
        freeze(&store, id);
    };
    let new = |id: &Json| value(&view(&store, id), "本期入会").as_i64().expect("a number");
    let september = compute("2026-09");
    let then = new(&september);
    send(&september);
    let october = new(&compute("2026-10"));
    joined(&store, unit, "迟录甲", 771, "2026-09-20");
    joined(&store, unit, "迟录乙", 772, "2026-09-21");
    let id = compute("2026-10");
    assert_eq!(new(&id), october + 2, "the two of September are counted in October");
    let source = call(&store, "return.behind", json!({ "id": id, "at": at(&view(&store, &id), "本期入会") }));
    assert_eq!(
        (&source["late"][0]["name"], &source["late"][0]["amount"]),
        (&json!("补计2026年9月"), &json!(2)),
        "and the number says so: {source}"
    );
    assert_eq!(new(&september), then, "September stays as it was sent");
    send(&id);
    let seen = call(&store, "return.view", json!({ "id": id, "today": true }));
    assert_eq!(seen["differs"], json!([]), "today it would say the same");
    joined(&store, unit, "迟录丙", 773, "2026-09-22");
    assert_eq!(new(&compute("2026-11")), 1, "the third goes into November, those of October are not counted again");
    call(&store, "return.correct", json!({ "id": september, "reason": "补报九月二十二日入会的一人" }));
    let corrected = compute("2026-09");
    assert_eq!(new(&corrected), then + 1, "a correction takes what no other return has taken along");
    send(&corrected);
    assert_eq!(new(&compute("2026-11")), 0, "then nothing is left for November");
}
