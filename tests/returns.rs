//! Returns: from records to what a union above accepts.

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::Store;

use crate::full_office::{FullOffice, call};
use crate::world::World;

/// Every task that is shipped.
const SHIPPED: [&str; 5] = ["members", "new-employment", "volunteers", "stations", "activities"];

fn compute(store: &Store, task: &str, unit: i64, period: &str) -> Json {
    call(store, "return.compute", json!({ "task": task, "unit": unit, "period": period }))["value"].clone()
}

fn view(store: &Store, id: &Json) -> Json {
    call(store, "return.view", json!({ "id": id }))
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
            let seen = view(&store, &compute(&store, task, office.id("top"), period));
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
        let payload = json!({ "task": task, "unit": office.id("top"), "period": period });
        dispatch(&store, "return.compute", payload).expect_err("refused").to_string()
    };
    assert!(refused("nothing", "2026-10").contains("没有代号"), "an unknown task");
    assert!(refused("members", "2026-H1").contains("不按这样的期间报送"), "half a year");
    assert!(refused("members", "2026-13").contains("不是期间"), "no period");
}
