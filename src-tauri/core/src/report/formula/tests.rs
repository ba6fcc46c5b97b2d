//! Formulas and checks of small tasks, run on returns.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::report::task::{Line, Sheet, Value};

/// A cell as a package writes it.
fn cell(at: &str, holds: serde_json::Value, kind: &str) -> serde_json::Value {
    json!({"at": at, "label": format!("格{at}"), "holds": holds, "kind": kind})
}

fn typed(at: &str) -> serde_json::Value {
    cell(at, json!("typed"), "count")
}

fn formula(at: &str, formula: &str) -> serde_json::Value {
    cell(at, json!({"formula": formula}), "count")
}

fn column(at: &str, holds: serde_json::Value, kind: &str) -> serde_json::Value {
    json!({"at": at, "label": format!("列{at}"), "holds": holds, "kind": kind})
}

fn check(key: &str, formula: &str) -> serde_json::Value {
    json!({"key": key, "weight": "must", "formula": formula, "message": "两个数应当一致。", "hint": "请核对。"})
}

fn task(tables: serde_json::Value, checks: Vec<serde_json::Value>) -> Task {
    let package =
        json!({"key": "t", "version": 1, "title": "t", "source": "", "periods": ["month"], "due": 5, "tables": tables, "checks": checks});
    Task::read(&package.to_string()).unwrap()
}

/// A task of one sheet 会员 with single cells.
fn single(cells: Vec<serde_json::Value>, checks: Vec<serde_json::Value>) -> Task {
    task(json!([{"sheet": "会员", "cells": cells}]), checks)
}

/// A task whose sheet 单位 has a block of two reserved rows from row 3 (A name, B, C, D = formula), a total in row 5, and C1.
fn block(down: &str, total: &str, checks: Vec<serde_json::Value>) -> Task {
    let columns = [
        column("A", json!({"fact": "unit"}), "text"),
        column("B", json!("typed"), "count"),
        column("C", json!("typed"), "count"),
        column("D", json!({"formula": down}), "count"),
    ];
    let block = json!({"header_row": 2, "first_row": 3, "reserved": 2, "each": "units", "columns": columns});
    task(json!([{"sheet": "单位", "cells": [typed("C1"), formula("D5", total)], "block": block}]), checks)
}

fn put(values: &mut Values, sheet: usize, cells: &[(&str, Value)]) {
    values.sheets[sheet].cells.extend(cells.iter().map(|(at, value)| (at.parse().unwrap(), value.clone())));
}

fn numbers(task: &Task, cells: &[(&str, i64)]) -> Values {
    let mut values = Values::none(task);
    let cells: Vec<_> = cells.iter().map(|(at, value)| (*at, Value::Int(*value))).collect();
    put(&mut values, 0, &cells);
    values
}

fn lines(task: &Task, rows: &[(&str, i64, i64)]) -> Values {
    let mut values = Values::none(task);
    let line = |(key, b, c): &(&str, i64, i64)| Line {
        key: (*key).into(),
        values: vec![Value::Text(format!("{key}工会")), Value::Int(*b), Value::Int(*c), Value::Blank],
    };
    values.sheets[0].lines = rows.iter().map(line).collect();
    values
}

fn at(values: &Values, sheet: usize, cell: &str) -> Value {
    values.sheets[sheet].cells[&cell.parse::<Place>().unwrap()].clone()
}

fn flaws(task: &Task) -> Vec<(String, String)> {
    Formulas::of(task).err().unwrap_or_default().into_iter().map(|flaw| (flaw.place, flaw.what)).collect()
}

fn one(formula_text: &str, kind: &str) -> Value {
    let hours = cell("B5", json!("typed"), "minutes");
    let words = cell("B6", json!("typed"), "text");
    let made = cell("B9", json!({"formula": formula_text}), kind);
    let task = single(vec![typed("B1"), typed("B2"), typed("B3"), typed("B4"), hours, words, made], vec![]);
    let mut values = numbers(&task, &[("B1", 10), ("B2", 4), ("B3", -6), ("B5", 90)]);
    put(&mut values, 0, &[("B6", Value::Text("县总".into()))]);
    let mut formulas = Formulas::of(&task).unwrap_or_else(|flaws| panic!("{formula_text}: {flaws:?}"));
    formulas.compute(&mut values);
    at(&values, 0, "B9")
}

#[test]
fn the_functions_that_offices_use_work() {
    let count = [
        ("=SUM(B1:B4)", 8),
        ("=B1-B2", 6),
        ("=IF(B1>B2,1,2)", 1),
        ("=IF(AND(B1>0,B2>0),7,8)", 7),
        ("=IF(OR(B1<0,B3<0),7,8)", 7),
        ("=ABS(B3)", 6),
        ("=MAX(B1:B3)", 10),
        ("=MIN(B1:B3)", -6),
        ("=ROUND(B1/B2,0)", 3),
        ("=COUNTIF(B1:B4,\">0\")", 2),
        ("=SUMIF(B1:B4,\">0\")", 14),
        ("=IFERROR(B1/B4,99)", 99),
        ("=B1*50%", 5),
        ("=会员!B1+'会员'!B2", 14),
        ("＝ＳＵＭ（会员！B1：B2）", 14),
        ("=IF(B6=\"县总\",1,0)", 1),
        ("=IF(B6=“县总”,1,0)", 1),
        ("=B4", 0),
        ("=COUNTA(B1:B6)", 5),
        ("=SUMPRODUCT(B1:B2,B1:B2)", 116),
        ("=INT(B5)", 1),
    ];
    for (formula, result) in count {
        assert_eq!(one(formula, "count"), Value::Int(result), "{formula}");
    }
    assert_eq!(one("=B1/B2*100", "rate"), Value::Int(25_000), "a rate has two decimals");
    assert_eq!(one("=B1/3", "rate"), Value::Int(333), "what has more is rounded");
    assert_eq!(one("=B5*2", "minutes"), Value::Int(180), "formulas see hours, values hold minutes");
    assert_eq!(one("=B6&\"工会\"", "text"), Value::Text("县总工会".into()), "texts");
}

#[test]
fn what_is_no_value_of_its_kind_stays_empty() {
    for (formula, kind) in
        [("=B1/B4", "count"), ("=B1/4", "count"), ("=B6", "count"), ("=B6+1", "count"), ("=IF(B1>0,\"\",1)", "count"), ("=B1>0", "count")]
    {
        assert_eq!(one(formula, kind), Value::Blank, "{formula}");
    }
}

#[test]
fn a_task_that_does_not_hold_together_is_refused_with_the_place() {
    let place = "会员!C9";
    let bad = [
        ("=SUM(C1", "括号"),
        ("=C1+", "不完整"),
        ("=C1 C2", "不完整"),
        ("=C7", "没有内容"),
        ("=SUM(E1:F9)", "没有内容"),
        ("=市总!C1", "“市总”"),
        ("=上期!C1", "“上期”"),
        ("=C9+1", "绕回了自己"),
        ("=SUM(C1:C9)", "绕回了自己"),
        ("=SUM(C:C)", "绕回了自己"),
        ("=FOO(C1)", "没有函数“FOO”"),
        ("=合计", "看不懂“合计”"),
        ("=TODAY()", "不能用 TODAY"),
        ("=INDIRECT(\"C1\")", "不能用 INDIRECT"),
        ("=C1:C2", "一串值"),
        ("=#REF!", "看不懂"),
        ("=XFE1", "看不懂"),
    ];
    for (written, says) in bad {
        let found = flaws(&single(vec![typed("C1"), typed("C2"), formula("C9", written)], vec![]));
        assert!(found.iter().any(|(at, what)| at == place && what.contains(says)), "{written} is refused at its place: {found:?}");
    }
}

#[test]
fn a_circle_is_said_once_with_its_way() {
    let task = single(vec![formula("C1", "=C2"), formula("C2", "=C3*2"), formula("C3", "=C1+1"), formula("C4", "=C1")], vec![]);
    let way = "公式绕回了自己：会员!C1 → 会员!C2 → 会员!C3 → 会员!C1";
    assert_eq!(flaws(&task), [("会员!C1".to_owned(), way.to_owned())], "one circle, named from its first cell");
    let task = block("=B3+D$5", "=SUM(D3:D4)", vec![]);
    assert_eq!(flaws(&task).len(), 1, "a column and its total that read each other are a circle");
}

#[test]
fn a_check_that_cannot_be_asked_is_refused_with_its_word() {
    let cells = || vec![typed("C1"), typed("C2")];
    let bad = [
        ("=SUM(C1:C2)", "不是一个比较"),
        ("=C1<C2<5", "AND"),
        ("=C1:C2>0", "一串值"),
        ("=C1=市总!C1", "“市总”"),
        ("=C1=C8", "没有内容"),
        ("=C1=上期!C8", "没有内容"),
    ];
    for (written, says) in bad {
        let found = flaws(&single(cells(), vec![check("balance", written)]));
        assert!(found.iter().any(|(at, what)| at == "审核“balance”" && what.contains(says)), "{written}: {found:?}");
    }
    for good in ["=C1=C2", "=C1<=上期!C2*1.5", "=AND(C1>0,C2>0)", "=IF(C1>0,C2>0,TRUE)", "=去年同期_会员!C1<>下级合计!C2"] {
        assert_eq!(flaws(&single(cells(), vec![check("balance", good)])), [], "{good}");
    }
}

#[test]
fn a_broken_check_tells_both_sides_and_its_cells() {
    let task = single(vec![typed("C1"), typed("C2"), typed("C3")], vec![check("balance", "=C3=SUM(C1:C2)")]);
    let mut formulas = Formulas::of(&task).unwrap();
    let values = numbers(&task, &[("C1", 100), ("C2", 20), ("C3", 118)]);
    let broken = formulas.check(&Beside::alone(&values));
    let [broken] = broken.as_slice() else { panic!("one check is broken: {broken:?}") };
    assert_eq!(broken.message, "两个数应当一致：左边是 118，右边是 120，相差 2。", "a sentence with both sides");
    assert_eq!((broken.left.as_str(), broken.op.as_str(), broken.right.as_str()), ("118", "＝", "120"), "and apart");
    let places: Vec<_> = broken.places.iter().map(|spot| (spot.at.to_string(), spot.value.clone())).collect();
    assert_eq!(places, [("C3", "118"), ("C1", "100"), ("C2", "20")].map(|(at, value)| (at.into(), value.into())), "with its cells");
    assert_eq!((broken.weight, broken.hint.as_str(), broken.line), (Weight::Must, "请核对。", None), "and what the task says");
    let values = numbers(&task, &[("C1", 100), ("C2", 20), ("C3", 120)]);
    assert!(formulas.check(&Beside::alone(&values)).is_empty(), "it holds once the number is right");
}

#[test]
fn hours_add_up_without_dust() {
    let hours = |at: &str| cell(at, json!("typed"), "minutes");
    let cells = vec![hours("C1"), hours("C2"), hours("C3")];
    let task = single(cells, vec![check("sum", "=C1+C2=C3"), check("less", "=C1+C2<=C3"), check("product", "=C3*10=3")]);
    let values = numbers(&task, &[("C1", 6), ("C2", 12), ("C3", 18)]);
    assert_eq!(Formulas::of(&task).unwrap().check(&Beside::alone(&values)), [], "0.1 + 0.2 hours are 0.3 hours");
}

#[test]
fn a_check_over_a_formula_that_came_to_nothing_is_broken_with_the_reason() {
    let task = single(vec![typed("C1"), typed("C2"), formula("C3", "=C1/C2")], vec![check("rate", "=C3<=100")]);
    let mut formulas = Formulas::of(&task).unwrap();
    let mut values = numbers(&task, &[("C1", 5), ("C2", 0)]);
    formulas.compute(&mut values);
    let broken = formulas.check(&Beside::alone(&values));
    assert_eq!(broken.len(), 1, "it does not pass because nothing stands there");
    assert_eq!(broken[0].message, "无法判断是否“两个数应当一致”：除数为零。", "and the reason is said");
    let mut values = numbers(&task, &[("C1", 5), ("C2", 2)]);
    formulas.compute(&mut values);
    assert!(formulas.check(&Beside::alone(&values))[0].message.contains("得数不是"), "two and a half people are none");
    let mut values = numbers(&task, &[("C1", 6), ("C2", 2)]);
    formulas.compute(&mut values);
    assert_eq!(formulas.check(&Beside::alone(&values)), [], "and what was wrong before is forgotten");
}

#[test]
fn a_check_that_names_a_return_which_is_not_there_is_left_out() {
    let checks = vec![check("last", "=C1>=上期!C1"), check("below", "=C1=下级合计!C1"), check("year", "=C1>=去年同期!C1*0.5")];
    let task = single(vec![typed("C1")], checks);
    let mut formulas = Formulas::of(&task).unwrap();
    let of = |number| numbers(&task, &[("C1", number)]);
    let (now, less, more) = (of(10), of(9), of(21));
    let keys = |broken: Vec<Broken>| broken.into_iter().map(|broken| broken.check).collect::<Vec<_>>();
    assert!(formulas.check(&Beside::alone(&now)).is_empty(), "the first month has nothing beside it");
    let all = Beside { now: &now, last: Some(&less), year_ago: Some(&more), below: Some(&now) };
    assert_eq!(keys(formulas.check(&all)), ["year"], "each is compared with its own return");
    let all = Beside { last: Some(&more), below: Some(&less), ..Beside::alone(&now) };
    assert_eq!(keys(formulas.check(&all)), ["last", "below"], "and no other");
    let mut old = less.clone();
    old.sheets[0].cells.clear();
    assert!(
        formulas.check(&Beside { last: Some(&old), ..Beside::alone(&less) }).is_empty(),
        "an older version without the cell is no fault"
    );
}

#[test]
fn checks_reach_across_sheets() {
    let sheet = |name: &str| json!({"sheet": name, "cells": [typed("C1")]});
    let tables = json!([sheet("表（一）"), sheet("2026年 汇总"), sheet("O'Neil")]);
    let mut on = check("last", "=C1=上期!C1");
    on["sheet"] = json!("2026年 汇总");
    let checks = vec![
        check("quoted", "='表（一）'!C1='2026年 汇总'!C1"),
        check("bare", "=表（一）!C1=2026年 汇总!C1"),
        on,
        check("mark", "='O''Neil'!C1=1"),
    ];
    let task = task(tables, checks);
    let mut formulas = Formulas::of(&task).unwrap();
    let of = |numbers: [i64; 3]| {
        let mut values = Values::none(&task);
        numbers.into_iter().enumerate().for_each(|(sheet, number)| put(&mut values, sheet, &[("C1", Value::Int(number))]));
        values
    };
    let (now, last) = (of([5, 6, 1]), of([6, 7, 2]));
    let keys: Vec<_> =
        formulas.check(&Beside { last: Some(&last), ..Beside::alone(&now) }).into_iter().map(|broken| broken.check).collect();
    assert_eq!(keys, ["quoted", "bare", "last"], "names are found with quotes and without, 上期 is the check's own sheet");
    assert_eq!(formulas.check(&Beside::alone(&of([6, 6, 1]))), [], "equal sheets are equal");
}

#[test]
fn a_block_is_checked_row_by_row() {
    let mut rows = check("row", "=C3<=B3");
    rows["rows"] = json!(true);
    let mut last = check("last", "=B3>=上期!B3");
    last["rows"] = json!(true);
    let total = check("total", "=D5=SUM(B3:B4)+SUM(C3:C4)");
    let task = block("=B3+C3", "=SUM(D3:D4)", vec![rows, last, total]);
    let mut formulas = Formulas::of(&task).unwrap();
    for count in [1, 2, 3, 7, 2, 0] {
        let mut now = lines(&task, &[("a", 5, 1), ("b", 5, 6), ("c", 9, 1), ("d", 1, 1), ("e", 1, 1), ("f", 1, 1), ("g", 2, 3)][..count]);
        let last = lines(&task, &[("g", 9, 0), ("c", 10, 0), ("a", 5, 0)]);
        formulas.compute(&mut now);
        let broken = formulas.check(&Beside { last: Some(&last), ..Beside::alone(&now) });
        let told: Vec<_> =
            broken.iter().map(|broken| (broken.check.as_str(), broken.line.unwrap(), broken.places[0].at.to_string())).collect();
        let expected = [("row", 1, "C4"), ("row", 6, "C9"), ("last", 2, "B5"), ("last", 6, "B9")];
        let expected: Vec<_> =
            expected.into_iter().filter(|(_, line, _)| *line < count).map(|(key, line, at)| (key, line, at.to_owned())).collect();
        assert_eq!(told, expected, "{count} rows: rows are compared with last period's of the same key, the total holds");
        if count > 1 {
            assert_eq!(broken[0].message, "第 2 行“b工会”：两个数应当一致：左边是 6，右边是 5，相差 1。", "the row is named");
        }
    }
}

#[test]
fn a_reference_that_would_slip_when_filled_down_is_refused() {
    let slips = flaws(&block("=B3+C1", "=SUM(D3:D4)", vec![]));
    assert!(slips.iter().any(|(at, what)| at == "单位!D列" && what.contains('$')), "C1 would become C2: {slips:?}");
    assert_eq!(flaws(&block("=B3+C$1", "=SUM(D3:D4)", vec![])), [], "with a $ it stays");
}

#[test]
fn unlike_values_are_hinted_at() {
    let task = single(vec![typed("C1"), typed("C2")], vec![]);
    let past: Vec<_> = [100, 102, 98, 101, 99, 100].iter().map(|number| numbers(&task, &[("C1", *number), ("C2", 3)])).collect();
    let past: Vec<_> = past.iter().collect();
    let hints = |numbers_now: &[(&str, i64)], past: &[&Values]| outliers(&numbers(&task, numbers_now), past, &task);
    let found = hints(&[("C1", 1_000), ("C2", 3)], &past);
    assert_eq!(found.len(), 1, "one number is unlike the others");
    assert_eq!(found[0].message, "格C1（会员!C1）是 1000，前 6 期通常在 94.81 到 105.19 之间。", "cell, value and range are named");
    assert_eq!(found[0].weight, Weight::Hint, "it is a hint");
    assert!(hints(&[("C1", 105), ("C2", 7)], &past).is_empty(), "within the range, or less than five away");
    assert!(hints(&[("C1", 9_000)], &past[..4]).is_empty(), "four periods say nothing");
    assert!(hints(&[("C2", 8)], &past)[0].message.ends_with("是 8，前 6 期通常都是 3。"), "where it never changed that is said");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn computing_twice_is_computing_once(rows in prop::collection::vec((0i64..500, 0i64..500), 0..9), lone in -50i64..50) {
        let task = block("=IF(B3>C3,B3-C$1,C3)", "=SUM(D3:D4)*2", vec![]);
        let mut formulas = Formulas::of(&task).unwrap();
        let keyed: Vec<_> = rows.iter().map(|(b, c)| ("x", *b, *c)).collect();
        let mut values = lines(&task, &keyed);
        put(&mut values, 0, &[("C1", Value::Int(lone))]);
        formulas.compute(&mut values);
        let once = values.clone();
        formulas.compute(&mut values);
        prop_assert_eq!(&values, &once, "nothing changes the second time");
        let hand: Vec<i64> = rows.iter().map(|(b, c)| if b > c { b - lone } else { *c }).collect();
        let made: Vec<_> = values.sheets[0].lines.iter().map(|line| line.values[3].int().unwrap()).collect();
        prop_assert_eq!(&made, &hand, "each row by hand");
        prop_assert_eq!(at(&values, 0, "D5"), Value::Int(hand.iter().sum::<i64>() * 2), "the total spans every row");
    }

    #[test]
    fn filling_down_is_writing_each_row_out_by_hand(rows in prop::collection::vec((0i64..500, 1i64..500), 2..8)) {
        let down = block("=ROUND(B3/C3*100,0)+SUM(B$3:B3)", "=MAX(D3:D4)", vec![]);
        let keyed: Vec<_> = rows.iter().map(|(b, c)| ("x", *b, *c)).collect();
        let mut filled = lines(&down, &keyed);
        Formulas::of(&down).unwrap().compute(&mut filled);
        let mut cells = Vec::new();
        for row in 3..3 + rows.len() {
            cells.extend([typed(&format!("B{row}")), typed(&format!("C{row}")), formula(&format!("D{row}"), &format!("=ROUND(B{row}/C{row}*100,0)+SUM(B$3:B{row})"))]);
        }
        let written = single(cells, vec![]);
        let mut values = Values::none(&written);
        for (row, (b, c)) in (3..).zip(&rows) {
            put(&mut values, 0, &[(&format!("B{row}"), Value::Int(*b)), (&format!("C{row}"), Value::Int(*c))]);
        }
        Formulas::of(&written).unwrap().compute(&mut values);
        for (row, line) in (3..).zip(&filled.sheets[0].lines) {
            prop_assert_eq!(&line.values[3], &at(&values, 0, &format!("D{row}")), "row {}", row);
        }
    }
}

#[test]
fn sheets_are_told_apart_when_returns_differ_in_size() {
    let task = block("=B3", "=SUM(D3:D4)", vec![]);
    let mut formulas = Formulas::of(&task).unwrap();
    for count in [0_i64, 30, 1, 3, 30] {
        let rows: Vec<_> = (0..count).map(|b| ("x", b, 0)).collect();
        let mut values = lines(&task, &rows);
        formulas.compute(&mut values);
        assert_eq!(at(&values, 0, "D5"), Value::Int(count * (count - 1) / 2), "{count} rows leave nothing behind for the next return");
    }
    let empty = Values { sheets: vec![Sheet::default()] };
    formulas.compute(&mut empty.clone());
    assert!(formulas.check(&Beside::alone(&empty)).is_empty(), "a return without a value is no fault of the engine");
}
