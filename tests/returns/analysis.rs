//! Frozen returns side by side: the task's numbers, cross tables, and the briefing.

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::Store;

use super::again::{TASK, task};
use super::{at, compute, explain, freeze, view};
use crate::full_office::{FullOffice, call};
use crate::office_tools::openpyxl;
use crate::papers::pages;
use crate::world::World;

/// Computes a month's return and types a number into it.
fn typed(store: &Store, unit: i64, period: &str, label: &str, number: i64) -> Json {
    let id = compute(store, "members", unit, period);
    call(store, "return.type_in", json!({ "id": id, "at": at(&view(store, &id), label), "value": number }));
    explain(store, &id, "测试台账里只登记了一部分职工");
    id
}

fn address(store: &Store, label: &str) -> String {
    let numbers = call(store, "task.numbers", json!({ "key": "members", "version": null }));
    let found = numbers.as_array().expect("a list").iter().find(|number| number["label"] == label).cloned();
    found.unwrap_or_else(|| panic!("{label} is a number"))["at"].as_str().expect("an address").to_owned()
}

/// A number that is typed: it adds up over months.
const PERSONS: &str = "表1!B2";

/// Freezes a return of the test's own task that says so many.
fn sent(store: &Store, unit: i64, period: &str, persons: i64) {
    let id = compute(store, TASK, unit, period);
    call(store, "return.type_in", json!({ "id": id, "at": PERSONS, "value": persons }));
    freeze(store, &id);
}

fn own_task(store: &Store) {
    call(store, "task.add", json!({ "task": task() }));
}

fn pivot(store: &Store, office: &FullOffice, down: &str, across: &str, at: &[&str]) -> Json {
    let (unit, period) = (office.id("town"), "2026-10");
    call(
        store,
        "return.pivot",
        json!({ "task": TASK, "unit": unit, "period": period, "many": 3, "at": at, "down": down, "across": across, "all": false }),
    )
}

fn values(cells: &Json) -> Vec<Option<i64>> {
    cells.as_array().expect("cells").iter().map(|cell| cell["value"].as_i64()).collect()
}

/// The names of the unions directly below the town, as the board has them.
fn below(store: &Store, office: &FullOffice) -> Vec<(i64, String)> {
    let board = call(store, "return.board", json!({ "task": "members", "unit": office.id("town"), "period": "2026-10", "all": false }));
    let lines = board["lines"].as_array().expect("lines").iter().filter(|line| line["level"] == 1);
    lines.map(|line| (line["unit"].as_i64().expect("an id"), line["name"].as_str().expect("a name").to_owned())).collect()
}

#[test]
fn every_single_number_of_a_task_is_listed_with_its_measure_and_whether_it_sums() {
    let world = World::new();
    let store = world.create();
    let numbers = call(&store, "task.numbers", json!({ "key": "members", "version": null }));
    let of = |label: &str| {
        let found = numbers.as_array().expect("a list").iter().find(|number| number["label"] == label);
        let number = found.unwrap_or_else(|| panic!("{label} is a number"));
        (number["measure"].as_str().expect("a text").to_owned(), number["sums"] == true)
    };
    assert_eq!(of("本期入会"), ("人".to_owned(), true), "what happened within a month adds up over a year");
    assert_eq!(of("期末会员数"), ("人".to_owned(), false), "what stood at its end does not, and is counted in what it sums");
    assert_eq!(of("期末工会组织数"), ("个".to_owned(), false), "unions are things");
    assert_eq!(of("本期收缴会费（元）"), ("元".to_owned(), true), "money");
}

#[test]
fn a_cross_table_says_what_each_return_says_and_what_they_come_to() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let unions = below(&store, &office);
    assert!(unions.len() > 1, "several unions stand below the town: {unions:?}");
    own_task(&store);
    let mut expected = Vec::new();
    for (n, (unit, _)) in unions.iter().enumerate() {
        for (m, period) in ["2026-09", "2026-10"].into_iter().enumerate() {
            let persons = 10 + 10 * n as i64 + m as i64;
            // The last union's October stays a draft, and says nothing.
            if n + 1 < unions.len() || m == 0 {
                sent(&store, *unit, period, persons);
                expected.push((n, m, persons));
            } else {
                let draft = compute(&store, TASK, *unit, period);
                call(&store, "return.type_in", json!({ "id": draft, "at": PERSONS, "value": persons }));
            }
        }
    }
    let table = pivot(&store, &office, "units", "periods", &[PERSONS]);
    assert_eq!(
        table["heads"].as_array().map(Vec::len),
        Some(4),
        "August to October and their sum, for typed numbers add up: {}",
        table["heads"]
    );
    for (n, (_, name)) in unions.iter().enumerate() {
        let line = table["lines"].as_array().expect("lines").iter().find(|line| line["label"] == **name).expect("each union has a line");
        let of = |month: usize| expected.iter().find(|(union, m, _)| (*union, *m) == (n, month)).map(|(_, _, persons)| *persons);
        let (september, october) = (of(0), of(1));
        let sum = september.map(|september| september + october.unwrap_or(0));
        assert_eq!(values(&line["cells"]), [None, september, october, sum], "{name}: what its returns say, drafts apart");
    }
    let month = |m: usize| expected.iter().filter(|(_, of, _)| *of == m).map(|(_, _, persons)| persons).sum::<i64>();
    assert_eq!(values(&table["sums"]), [None, Some(month(0)), Some(month(1)), Some(month(0) + month(1))], "the unions directly below");
    let turned = pivot(&store, &office, "periods", "units", &[PERSONS]);
    let october = values(&turned["lines"][2]["cells"]);
    assert_eq!(october.last(), Some(&Some(month(1))), "the same table turned has the same sums");
    let numbers = pivot(&store, &office, "numbers", "units", &[PERSONS]);
    assert_eq!(values(&numbers["lines"][0]["cells"]), october, "and so has one of a single period");
    let refused = json!({ "task": TASK, "unit": office.id("town"), "period": "2026-10", "many": 3, "at": [PERSONS], "down": "units", "across": "units" });
    assert!(dispatch(&store, "return.pivot", refused).is_err(), "the same down and across is no table");
}

#[test]
fn a_cross_table_as_a_workbook_holds_the_same_numbers() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    own_task(&store);
    sent(&store, office.id("town"), "2026-09", 12);
    sent(&store, office.id("town"), "2026-10", 30);
    let path = world.folder.path().join("透视表.xlsx");
    let of = json!({ "task": TASK, "unit": office.id("town"), "period": "2026-10", "many": 2, "at": [PERSONS], "down": "units", "across": "periods", "path": path });
    call(&store, "return.write_pivot", of);
    let read = openpyxl(&path, &[]).expect("openpyxl opens it without repair");
    let cells = &read["sheets"][0]["cells"];
    let row = [&cells["A3"], &cells["B3"], &cells["C3"], &cells["D3"]];
    assert_eq!(row, [&json!("测试街道总工会"), &json!(12), &json!(30), &json!(42)], "September, October and their sum: {cells}");
}

#[test]
fn a_briefing_says_how_the_numbers_stand_and_moved_and_who_has_not_sent() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let path = world.folder.path().join("简报.pdf");
    let ask =
        json!({ "task": "members", "unit": office.id("town"), "period": "2026-10", "at": [address(&store, "职工人数")], "path": path });
    let refused = dispatch(&store, "return.brief", ask.clone()).expect_err("nothing was sent yet");
    assert!(refused.to_string().contains("还没有封存") && !path.exists(), "and nothing is written: {refused}");
    for (period, staff) in [("2025-10", 4), ("2026-09", 2), ("2026-10", 1)] {
        freeze(&store, &typed(&store, office.id("town"), period, "职工人数", staff));
    }
    let written = call(&store, "return.brief", ask);
    assert_eq!(written["undrawn"], 0, "every letter is drawn");
    let said = pages(&path).concat();
    for words in [
        "2026年10月基层工会组织和会员情况简报",
        "职工人数1人，比上期减少1人（−50.0%），比去年同期减少3人（−75.0%）",
        "一、总体情况",
        "二、变化情况",
        "报送情况",
        "还没有报的",
        "测试台账里只登记了一部分职工",
    ] {
        assert!(said.contains(words), "the briefing says {words}: {said}");
    }
}
