//! Numbers that are unlike those of the periods before are hinted at.

use serde_json::{Value as Json, json};
use unionbook_core::store::Store;

use super::{at, compute, explain, freeze, view};
use crate::full_office::{FullOffice, call};
use crate::world::World;

fn outliers(store: &Store, id: &Json) -> Vec<String> {
    let audit = &view(store, id)["audit"];
    let broken = audit["broken"].as_array().expect("a list").iter().filter(|broken| broken["check"] == "outlier");
    broken.map(|broken| broken["message"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Types the headcount into a month's return, and freezes it.
fn month(store: &Store, unit: i64, period: &str, staff: i64) -> Json {
    let id = compute(store, "members", unit, period);
    let seen = view(store, &id);
    call(store, "return.type_in", json!({ "id": id, "at": at(&seen, "职工人数"), "value": staff }));
    explain(store, &id, "测试台账里只登记了一部分职工");
    id
}

#[test]
fn a_number_far_from_the_last_months_is_hinted_at_and_stands_in_nobodys_way() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let unit = office.id("town");
    for (period, staff) in [("2026-04", 118), ("2026-05", 121), ("2026-06", 119), ("2026-07", 120)] {
        freeze(&store, &month(&store, unit, period, staff));
    }
    let usual = month(&store, unit, "2026-08", 1900);
    assert_eq!(outliers(&store, &usual), Vec::<String>::new(), "four months do not say what is usual");
    call(&store, "return.type_in", json!({ "id": usual, "at": at(&view(&store, &usual), "职工人数"), "value": 122 }));
    freeze(&store, &usual);
    let odd = month(&store, unit, "2026-09", 1210);
    let hints = outliers(&store, &odd);
    assert!(hints.iter().any(|hint| hint.contains("职工人数") && hint.contains("1210")), "five do: {hints:?}");
    freeze(&store, &odd);
    assert_eq!(view(&store, &odd)["state"], "sent", "a hint is no obstacle");
    let next = month(&store, unit, "2026-10", 121);
    assert_eq!(outliers(&store, &next), Vec::<String>::new(), "what is as always is not hinted at, one odd month among the last or not");
}
