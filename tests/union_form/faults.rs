//! Each fault of a row, with its way out.

use unionbook_core::error::Weight;
use unionbook_core::sheet::import::Choice;

use super::{Desk, credit, row};
use crate::dump::dump;
use crate::units::found;
use unionbook_core::units::UnitLevel;

/// What is said of a sheet's rows: for each faulty one its number and its errors.
fn said(desk: &Desk, rows: &[String]) -> Vec<(u32, String)> {
    let seen = desk.look(&desk.sheet(rows));
    let errors = seen.faults.iter().map(|row| {
        let words: Vec<_> = row.faults.iter().filter(|fault| fault.weight == Weight::Error).collect();
        assert!(words.iter().all(|fault| !fault.hint.is_empty() || fault.field.contains("code")), "each with a way out: {words:?}");
        (row.row, words.iter().map(|fault| format!("{}：{}（{}）", fault.label, fault.message, fault.hint)).collect::<Vec<_>>().join("；"))
    });
    let errors: Vec<_> = errors.filter(|(_, words)| !words.is_empty()).collect();
    assert_eq!(seen.counts.faulty as usize, errors.len(), "a row is faulty where something is said of it: {:?}", seen.faults);
    errors
}

#[track_caller]
fn one(desk: &Desk, cells: &[(&str, &str)], words: &[&str]) {
    let told = said(desk, &[row(cells)]);
    assert_eq!(told.len(), 1, "the row is faulty: {cells:?}");
    for word in words {
        assert!(told[0].1.contains(word), "“{word}” is said of {cells:?}: {}", told[0].1);
    }
}

#[test]
fn every_fault_of_a_row_is_said_with_the_way_out() {
    let desk = Desk::new();
    let town = ("上级工会", "第T工会");
    one(&desk, &[town, ("职工人数", "5")], &["工会名称：没有填写"]);
    one(&desk, &[("工会名称", "甲厂工会")], &["上级工会：没有填写", "在导入时指定组织"]);
    one(&desk, &[("工会名称", "甲厂工会"), ("上级工会", "没有的工会")], &["找不到“没有的工会”", "先登记"]);
    one(&desk, &[("工会名称", "甲厂工会"), ("上级工会", "甲厂工会")], &["填的是自己"]);
    let wrong = credit(1).replace(credit(1).chars().last().expect("a check character"), "?");
    one(&desk, &[("工会名称", "甲厂工会"), town, ("工会法人", &wrong)], &["统一社会信用代码"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("单位法人", "91350100M000100Y44")], &["单位统一社会信用代码", "校验码"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("建会日期", "2026/02/30")], &["建会日期", "2026/02/30"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("建会日期", "2027/01/01")], &["建会日期在今天之后"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("基层工会类型", "火星工会")], &["基层工会类型", "火星工会"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("单位所属行业", "炼丹业")], &["所属行业", "炼丹业"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("职工人数", "很多")], &["职工人数", "很多"]);
    one(&desk, &[("工会名称", "甲厂工会"), town, ("职工人数", "-5")], &["职工人数", "负数"]);
    one(&desk, &[("工会名称", "甲".repeat(101).as_str()), town], &["工会名称"]);
}

#[test]
fn a_place_that_nobody_knows_is_a_warning() {
    let desk = Desk::new();
    let seen = desk.look(&desk.sheet(&[row(&[("工会名称", "甲厂工会"), ("上级工会", "第T工会"), ("单位所在政区", "蓬莱仙岛")])]));
    assert_eq!((seen.counts.new, seen.counts.warned, seen.counts.faulty), (1, 1, 0), "the union is taken: {:?}", seen.faults);
}

#[test]
fn dummy_rows_are_refused_in_one_sentence_and_the_others_taken() {
    let desk = Desk::new();
    let dummy = ["11"; 17].join("\t");
    let rows = [dummy.clone(), dummy, row(&[("工会名称", "甲厂工会"), ("上级工会", "第T工会")])];
    let told = said(&desk, &rows);
    assert_eq!(told.len(), 2, "both dummies: {told:?}");
    assert!(
        told.iter().all(|(_, words)| words.contains("示例行（“11”）") && words.matches('：').count() == 1),
        "one sentence each: {told:?}"
    );
    assert_eq!(desk.take(&desk.sheet(&rows), Choice::Skip), 1, "the real one is taken");
}

#[test]
fn names_that_may_mean_several_unions_are_refused_with_the_ways_out() {
    let desk = Desk::new();
    let other = found(&desk.store, "D", UnitLevel::Town, Some(desk.county));
    for (code, parent) in [("T-1", desk.town), ("D-1", other)] {
        let unit = unionbook_core::units::Unit::named(code, "园区工会", UnitLevel::Grassroots, Some(parent));
        desk.store.write(unionbook_core::store::Step::new("建会"), |tx| unionbook_core::units::open(tx, &unit)).expect("a union");
    }
    one(&desk, &[("工会名称", "甲厂工会"), ("上级工会", "园区工会")], &["有 2 个工会叫“园区工会”", "组织编号", "指定"]);
    assert_eq!(said(&desk, &[row(&[("工会名称", "甲厂工会"), ("上级工会", "D-1")])]), [], "its code tells it");
    let sheet = desk.sheet(&[row(&[("工会名称", "甲厂工会"), ("上级工会", "园区工会")])]);
    assert_eq!(desk.look_in(&sheet, Some(other)).counts.new, 1, "or the office that the sheet is for");
    assert_eq!(said(&desk, &[row(&[("工会名称", "园区工会"), ("上级工会", "第D工会")])]), [], "the union above tells which one is meant");
}

#[test]
fn rows_that_contradict_one_another_are_refused() {
    let desk = Desk::new();
    let told =
        said(&desk, &[row(&[("工会名称", "甲工会"), ("上级工会", "乙工会")]), row(&[("工会名称", "乙工会"), ("上级工会", "甲工会")])]);
    assert!(told.len() == 2 && told.iter().any(|(_, words)| words.contains("绕成了一圈")), "a circle: {told:?}");
    let twice = row(&[("工会名称", "甲工会"), ("上级工会", "第T工会")]);
    let told = said(&desk, &[twice.clone(), twice]);
    assert!(told.len() == 1 && told[0].1.contains("同一个工会"), "the second of two: {told:?}");
    let coded = |name: &str| row(&[("工会名称", name), ("上级工会", "第T工会"), ("工会法人", &credit(3))]);
    let told = said(&desk, &[coded("甲工会"), coded("乙工会")]);
    assert!(told.len() == 1 && told[0].1.contains("同一个工会"), "one credit code is one union: {told:?}");
    let told = said(
        &desk,
        &[
            row(&[("工会名称", "甲工会"), ("上级工会", "乙工会")]),
            row(&[("工会名称", "乙工会"), ("上级工会", "第T工会"), ("建会日期", "某年")]),
            row(&[("工会名称", "丙工会"), ("上级工会", "甲工会")]),
        ],
    );
    assert_eq!(told.len(), 3, "what hangs below a faulty row cannot come without it: {told:?}");
    assert!(told[0].1.contains("那一行有误") && told[2].1.contains("那一行有误"), "and says so: {told:?}");
}

#[test]
fn a_union_cannot_come_under_one_of_a_lower_level_nor_under_its_own_subordinate() {
    let desk = Desk::new();
    found(&desk.store, "G", UnitLevel::Branch, Some(desk.town));
    one(&desk, &[("工会名称", "甲厂工会"), ("上级工会", "第G工会"), ("基层工会类型", "独立基层工会")], &["层级比“甲厂工会”低"]);
    let unit =
        unionbook_core::units::Unit { union_code: Some(credit(9)), ..desk.store.read(|db| db.get(desk.county)).expect("the county") };
    desk.store.write(unionbook_core::store::Step::new("修改"), |tx| tx.save(&unit)).expect("saved");
    one(&desk, &[("工会名称", "第C工会"), ("工会法人", &credit(9)), ("上级工会", "第T工会")], &["自己的下级"]);
}

#[test]
fn a_closed_union_is_not_brought_back_by_a_sheet() {
    let desk = Desk::new();
    let plant = found(&desk.store, "P", UnitLevel::Grassroots, Some(desk.town));
    let unit = unionbook_core::units::Unit { union_code: Some(credit(4)), ..desk.store.read(|db| db.get(plant)).expect("it") };
    let close = unionbook_core::units::Close { unit: plant, day: crate::units::day("2026-05-01"), merged_into: None };
    let closing = unionbook_core::store::Step::new("撤销工会");
    desk.store.write(closing, |tx| tx.save(&unit).and_then(|()| unionbook_core::units::close(tx, &close))).expect("closed");
    let before = dump(&desk.store);
    one(&desk, &[("工会名称", "第P工会"), ("上级工会", "第T工会"), ("工会法人", &credit(4))], &["已于 2026-05-01 撤销"]);
    assert_eq!(
        said(&desk, &[row(&[("工会名称", "第P工会"), ("上级工会", "第T工会"), ("工会法人", &credit(5))])]),
        [],
        "a new one may have its name"
    );
    assert_eq!(dump(&desk.store), before, "looking writes nothing");
}
