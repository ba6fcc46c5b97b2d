//! Drawn, filled, read back; what was changed afterwards is named by its cell.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::report::task::{Block, Cell, Column, Cycle, Draw, Each, Holds, Kind, Late, Table};
use crate::report::workbook::grid::{Grid, Held};
use crate::sheet::look::look;

fn text(grid: &Grid, at: &str) -> String {
    let at = place(at);
    grid.cells.get(&(at.row, at.column)).map(Held::text).unwrap_or_default()
}

#[test]
fn a_drawn_blank_has_the_parts_of_an_official_form() {
    let bytes = blank(&task()).expect("drawn");
    assert_eq!(bytes, blank(&task()).expect("drawn again"), "the same task gives the same bytes");
    let (grids, _) = Grid::all(&bytes, "空白表").expect("readable");
    let form = &grids[0];
    for (at, wanted) in [
        ("A1", "工会统1表"),
        ("A2", "基层工会会员报表"),
        ("A4", "填报单位："),
        ("E4", "计量单位：人"),
        ("A5", "指标名称"),
        ("B5", "计量单位"),
        ("C5", "行次"),
        ("D5", "合计"),
        ("E5", "女"),
        ("A6", "期初会员"),
        ("B6", "人"),
        ("C9", "4"),
        ("A10", "志愿服务时长"),
        ("B10", "小时"),
        ("A12", "填表说明：期末会员＝期初会员＋本期增加－本期减少。"),
    ] {
        assert_eq!(text(form, at), wanted, "{at}");
    }
    assert!(text(form, "A13").contains("填表人："), "somebody signs it");
    let looks = look(&bytes, "空白表").expect("an xlsx");
    let cell = |row: u32, column: u16| &looks[0].cells[&(row, column)];
    assert_eq!(cell(9, 4).formula.as_deref(), Some("=D6+D7-D8"), "a sum that adds up is a formula");
    assert!(cell(6, 4).framed && !cell(4, 1).framed, "the table is framed, the line above it is not");
    assert_eq!(looks[1].cells[&(7, 7)].formula.as_deref(), Some("=E7*2"), "a block's formula goes down with its rows");
    assert_eq!(text(&grids[1], "G4"), "会员数翻倍", "a block has its headings");
}

#[test]
fn a_total_of_distinct_people_is_drawn_as_a_value_and_marked() {
    let mut task = task();
    task.tables[0].cells =
        vec![Cell { at: place("C6"), label: "服务人数".into(), holds: Holds::Formula("=C4+C5".into()), kind: Kind::Distinct }];
    task.tables.truncate(1);
    let looks = look(&blank(&task).expect("drawn"), "空白表").expect("an xlsx");
    assert_eq!(looks[0].cells[&(6, 3)].formula, None, "nobody may add distinct people up");
    assert_eq!(looks[0].cells[&(6, 1)].text, "服务人数（去重）", "and the form says so");
}

#[test]
fn a_filled_blank_keeps_its_formulas_with_the_values_beside_them() {
    let filled = fill(&task(), &blank(&task()).expect("drawn"), &values(), &facts).expect("filled");
    assert_eq!(read(&task(), &filled).expect("read"), values(), "what went in comes out");
    let looks = look(&filled, "报表").expect("an xlsx");
    let cell = |sheet: usize, row: u32, column: u16| looks[sheet].cells[&(row, column)].clone();
    assert_eq!((cell(0, 9, 4).formula.as_deref(), cell(0, 9, 4).text.as_str()), (Some("=D6+D7-D8"), "109"), "a formula and its value");
    assert_eq!((cell(1, 6, 7).formula.as_deref(), cell(1, 6, 7).text.as_str()), (Some("=E6*2"), "98"), "in a block too");
    assert_eq!(cell(1, 7, 5).formula.as_deref(), Some("=SUM(E5:E6)"), "a sum over the rows follows their number");
    assert_eq!(cell(1, 5, 4).text, "企业", "a code is spelt as the drop-down has it");
    assert_eq!(cell(0, 4, 1).text, "填报单位：城关镇总工会", "the form's own words are completed");
    assert!(cell(0, 13, 1).text.contains("填表人：李红"), "the signatures too: {}", cell(0, 13, 1).text);
    assert_eq!(cell(0, 10, 4).text, "12.5", "minutes are shown as hours");
}

#[test]
fn a_changed_value_is_named_by_its_cell_and_nothing_else_is() {
    let task = task();
    let sealed = values();
    assert!(changed(&task, &sealed, &sealed).is_empty(), "nothing changed");
    let mut found = sealed.clone();
    found.sheets[0].cells.insert(place("E7"), Value::Int(50));
    found.sheets[0].cells.insert(place("D9"), Value::Blank);
    found.sheets[1].lines[1].values[4] = Value::Text("四十九".into());
    found.sheets[1].cells.insert(place("E10"), Value::Int(1));
    let changes = changed(&task, &sealed, &found);
    let told: Vec<_> =
        changes.iter().map(|change| (change.sheet.as_str(), change.at.as_str(), change.sealed.as_str(), change.found.as_str())).collect();
    assert_eq!(
        told,
        [("会员", "E7", "5", "50"), ("单位明细", "E7", "109", "1"), ("单位明细", "E6", "49", "四十九")],
        "each by its place in the file; a result that was not saved is no change"
    );
    found = sealed.clone();
    found.sheets[1].lines.pop();
    assert_eq!(changed(&task, &sealed, &found).len(), 6, "a row that is gone is all of its cells, its formula apart");
}

#[test]
fn a_blank_in_the_package_is_taken_as_it_is() {
    use base64::Engine as _;
    let drawn = blank(&task()).expect("drawn");
    let mut task = task();
    task.blank = Some(base64::engine::general_purpose::STANDARD.encode(&drawn));
    assert_eq!(blank(&task).expect("given"), drawn, "to the byte");
    task.blank = Some("不是".into());
    assert!(blank(&task).is_err(), "what is no base64 is refused");
    assert!(read(&task_without_sheet(), &drawn).is_err(), "a workbook without the sheet is refused");
}

fn task_without_sheet() -> Task {
    let mut task = task();
    task.tables[0].sheet = "别的".into();
    task
}

/// A task of single cells at any places, and a block below them.
fn any_task() -> impl Strategy<Value = Task> {
    let kind = prop::sample::select(vec![Kind::Count, Kind::Distinct, Kind::Minutes, Kind::Money, Kind::Rate, Kind::Text]);
    let cells = prop::collection::btree_map((5u32..9, 2u16..7), (kind.clone(), any::<bool>()), 1..8);
    let columns = prop::collection::vec((kind, any::<bool>()), 1..5);
    (cells, columns, 1u32..4, any::<bool>(), any::<bool>()).prop_map(|(cells, columns, reserved, note, sum)| {
        let holds = |formula: bool| if formula { Holds::Formula("=1+1".into()) } else { Holds::Typed };
        let mut cells: Vec<Cell> = cells
            .into_iter()
            .map(|((row, column), (kind, formula))| Cell {
                at: Place::new(column, row),
                label: format!("格{row}·列{column}"),
                holds: holds(formula),
                kind,
            })
            .collect();
        let block = Block {
            header_row: 11,
            first_row: 12,
            reserved,
            note_row: note.then_some(13 + reserved),
            each: Each::Typed,
            columns: (1..)
                .zip(columns)
                .map(|(at, (kind, formula))| Column {
                    at: Place::letters(at),
                    label: format!("栏{at}"),
                    holds: holds(formula && at > 1),
                    kind,
                    values: Vec::new(),
                })
                .collect(),
        };
        if sum {
            cells.push(Cell { at: Place::new(2, 12 + reserved), label: "下面一格".into(), holds: Holds::Typed, kind: Kind::Count });
        }
        let table = Table { sheet: "表".into(), cells, block: Some(block), draw: Draw::default() };
        Task {
            key: "any".into(),
            version: 1,
            title: "任意".into(),
            source: String::new(),
            periods: vec![Cycle::Month],
            due: 1,
            late: Late::default(),
            tables: vec![table],
            checks: Vec::new(),
            blank: None,
        }
    })
}

fn any_value(kind: Kind) -> BoxedStrategy<Value> {
    if kind == Kind::Text {
        "[ =+甲乙a-c\n&<]{0,6}丙".prop_map(Value::Text).boxed()
    } else {
        prop_oneof![Just(Value::Blank), (-9_000_000i64..9_000_000).prop_map(Value::Int), (0i64..9_000_000_000_000).prop_map(Value::Int)]
            .boxed()
    }
}

fn any_return() -> impl Strategy<Value = (Task, Values)> {
    any_task().prop_flat_map(|task| {
        let table = &task.tables[0];
        let cells: Vec<_> = table.cells.iter().map(|cell| (Just(cell.at), any_value(cell.kind))).collect();
        let kinds: Vec<Kind> = table.block.iter().flat_map(|block| &block.columns).map(|column| column.kind).collect();
        let line = kinds.iter().map(|kind| any_value(*kind)).collect::<Vec<_>>().prop_map(|values| Line { key: String::new(), values });
        // A row of nothing cannot be told from none.
        let line = line.prop_filter("holds something", |line| line.values.iter().any(|value| *value != Value::Blank));
        (Just(task.clone()), cells, prop::collection::vec(line, 0..9)).prop_map(|(task, cells, lines)| {
            let cells: BTreeMap<Place, Value> = cells.into_iter().collect();
            (task, Values { sheets: vec![Sheet { cells, lines }] })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_filled_in_is_read_back((task, values) in any_return()) {
        let filled = fill(&task, &blank(&task).expect("drawn"), &values, &facts).expect("filled");
        let found = read(&task, &filled).expect("read");
        prop_assert!(changed(&task, &values, &found).is_empty(), "{:?}", changed(&task, &values, &found));
        // A formula for which nothing was computed is left to the spreadsheet.
        prop_assert_eq!(found, values, "what went in comes out");
    }
}
