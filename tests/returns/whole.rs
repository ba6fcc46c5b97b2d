//! The parts make up the whole: what the unions below send adds up to what is counted of all at once.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use unionbook_core::report::task::{Holds, Task, Values};
use unionbook_core::store::Store;

use super::{compute, explain, freeze, view};
use crate::full_office::call;
use crate::monthly::ops::{Op, Town};

const PERIOD: &str = "2026-10";

/// Sends a union's return, explaining what wants an explanation.
fn send(store: &Store, unit: i64) {
    let id = compute(store, "members", unit, PERIOD);
    explain(store, &id, "随机生成的世界里就是这样，与台账一致");
    freeze(store, &id);
}

/// The numbers of the single cells that add up.
fn numbers(seen: &Json) -> Vec<(String, i64)> {
    let task: Task = serde_json::from_value(seen["task"].clone()).expect("a task");
    let values: Values = serde_json::from_value(seen["content"]["values"].clone()).expect("values");
    let cells = task.tables[0].cells.iter().filter(|cell| cell.kind.adds() && !matches!(cell.holds, Holds::Typed));
    cells.map(|cell| (cell.label.clone(), values.sheets[0].cells[&cell.at].int().unwrap_or(0))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn consolidated_parts_are_the_computed_whole(ops in Op::several(60)) {
        let town = Town::of(&ops);
        let top = town.units()[0].get();
        let below = call(&town.store, "return.board", json!({ "task": "members", "unit": top, "period": PERIOD }));
        let lines: Vec<&Json> = below["lines"].as_array().expect("lines").iter().filter(|line| line["level"] == 1).collect();
        // A world may close every union below the top; then there are no parts.
        prop_assume!(!lines.is_empty());
        for line in lines {
            send(&town.store, line["unit"].as_i64().expect("a union"));
        }
        let whole = numbers(&view(&town.store, &compute(&town.store, "members", top, PERIOD)));
        let sum = call(&town.store, "return.consolidate", json!({ "task": "members", "unit": top, "period": PERIOD }))["value"].clone();
        prop_assert_eq!(&sum["missing"], &json!([]), "every union below has sent");
        let summed = numbers(&view(&town.store, &sum["id"]));
        prop_assert_eq!(summed, whole, "each number of the sum is the number of the whole");
        prop_assert_eq!(call(&town.store, "return.nodes", json!({ "task": "members", "period": PERIOD })), json!([]), "节点检查 is clean");
    }
}
