//! Every shipped task: each cell by another route, its workbook as it was reviewed, and in the programs that offices open it with.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};
use unionbook_core::calendar::Period;
use unionbook_core::report::task::{Each, Holds, Kind, Task, Value, Values};
use unionbook_core::report::workbook::{changed, read};
use unionbook_core::sheet::export::outlet;
use unionbook_core::store::Store;

use super::{SHIPPED, compute, view};
use crate::full_office::{FullOffice, call};
use crate::monthly::plain::Raw;
use crate::office_tools::{openpyxl, soffice_convert};
use crate::world::World;

const PERIODS: [&str; 4] = ["2026-10", "2026-Q3", "2026", "2026-U"];

fn parsed(seen: &Json) -> (Task, Values) {
    let task = serde_json::from_value(seen["task"].clone()).expect("a task");
    (task, serde_json::from_value(seen["content"]["values"].clone()).expect("values"))
}

/// The number that plain loops over the rows come to.
fn recomputed(raw: &Raw, holds: &Holds, unit: i64, own: bool, period: Period) -> Option<i64> {
    let counted = match holds {
        Holds::Indicator(counted) => counted,
        Holds::Opening(opened) => &opened.first,
        _ => return None,
    };
    let units = if own { [unit].into_iter().collect() } else { raw.under(unit, period.to()) };
    Some(raw.number(&counted.code, counted.part.as_ref(), &units, period))
}

#[test]
fn every_cell_of_every_shipped_task_is_what_plain_loops_over_the_rows_come_to() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let raw = store.read(Raw::read).expect("the rows");
    let (mut looked, mut more) = (0, 0);
    for (task, key) in SHIPPED.iter().flat_map(|task| PERIODS.map(|period| (*task, period))) {
        let period: Period = key.parse().expect("a period");
        let (package, values) = parsed(&view(&store, &compute(&store, task, office.id("town"), key)));
        for (table, sheet) in package.tables.iter().zip(&values.sheets) {
            for cell in &table.cells {
                let Some(number) = recomputed(&raw, &cell.holds, office.id("town"), false, period) else { continue };
                assert_eq!(sheet.cells[&cell.at], Value::Int(number), "{task} {key} {} {}", cell.at, cell.label);
                looked += 1;
                more += i32::from(number != 0);
            }
            let Some(block) = table.block.as_ref().filter(|block| block.each == Each::Units) else { continue };
            for (row, line) in sheet.lines.iter().enumerate() {
                let unit =
                    store.read(|db| db.one::<i64>("SELECT id FROM unit WHERE code = ?1", [&line.key])).expect("asked").expect("a union");
                for (column, value) in block.columns.iter().zip(&line.values) {
                    let Some(number) = recomputed(&raw, &column.holds, unit, row == 0, period) else { continue };
                    assert_eq!(*value, Value::Int(number), "{task} {key} {} {}", line.key, column.label);
                    looked += 1;
                }
            }
        }
    }
    assert!(looked > 1000 && more > 60, "the cells are looked at, and many hold something: {looked}, {more}");
}

/// The names that a plain query finds for a roster, in no order.
fn names(store: &Store, sql: &str) -> BTreeSet<String> {
    store.read(|db| db.rows(sql, [], |row| row.get::<_, String>(0))).expect("asked").into_iter().collect()
}

#[test]
fn every_shipped_roster_has_a_row_for_everyone_and_each_of_its_columns_can_be_filled() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let rosters = [
        ("member-roster", "SELECT p.name FROM member m JOIN person p ON p.id = m.person WHERE m.state <> 3"),
        ("unit-roster", "SELECT name FROM unit WHERE level <> 6 AND closed IS NULL"),
        ("volunteer-roster", "SELECT p.name FROM volunteer v JOIN person p ON p.id = v.person"),
        ("station-roster", "SELECT name FROM station"),
    ];
    for (task, sql) in rosters {
        let (package, values) = parsed(&view(&store, &compute(&store, task, office.id("town"), "2026-10")));
        let block = package.tables[0].block.as_ref().expect("rows");
        let column = |label: &str| block.columns.iter().position(|column| column.label.contains(label)).expect(label);
        let (number, name) = (
            column("序号"),
            column(if task.starts_with("unit") {
                "工会名称"
            } else if task.starts_with("station") {
                "站点名称"
            } else {
                "姓名"
            }),
        );
        let lines = &values.sheets[0].lines;
        let found: BTreeSet<String> = lines.iter().map(|line| line.values[name].show(Kind::Text)).collect();
        assert_eq!(found, names(&store, sql), "{task}: a row for everyone, and nobody else");
        assert!(lines.iter().zip(1..).all(|(line, at)| line.values[number] == Value::Int(at)), "{task}: numbered from 1");
        let outlet = outlet(store.registry(), task.trim_end_matches("-roster"), None).expect("a list that goes out");
        let known: BTreeSet<&str> = outlet.columns().iter().map(|column| column.name).collect();
        for column in &block.columns {
            let Holds::Field(field) = &column.holds else { continue };
            assert!(known.contains(field.as_str()), "{task}: {} is a column of the list, which has {known:?}", column.label);
        }
    }
}

fn golden(task: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("golden/returns/{task}.txt"))
}

/// A workbook's sheets as text: each cell with its value, and its formula where it has one.
fn dumped(told: &Json) -> String {
    let mut text = String::new();
    for sheet in told["sheets"].as_array().expect("sheets") {
        writeln!(text, "# {}", sheet["name"].as_str().expect("a name")).expect("a string");
        for (at, value) in sheet["cells"].as_object().expect("cells") {
            let formula = sheet["formulas"][at].as_str().map(|formula| format!("  {formula}")).unwrap_or_default();
            writeln!(text, "{at}\t{value}{formula}").expect("a string");
        }
    }
    text
}

#[test]
fn the_workbook_of_every_shipped_task_is_the_reviewed_one_and_the_office_programs_agree_with_its_formulas() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let write = std::env::var("UNIONBOOK_GOLDEN").is_ok_and(|wish| wish == "write");
    let mut wrong = Vec::new();
    for task in SHIPPED {
        let id = compute(&store, task, office.id("town"), "2026-10");
        let path = world.folder.path().join(format!("{task}.xlsx"));
        call(&store, "return.write", json!({ "id": id, "path": path }));
        let told = dumped(&openpyxl(&path, &[]).expect("openpyxl opens it without a warning"));
        if write {
            fs::create_dir_all(golden(task).parent().expect("a folder")).expect("made");
            fs::write(golden(task), &told).expect("written");
        }
        let reviewed = fs::read_to_string(golden(task)).unwrap_or_default();
        if told != reviewed {
            wrong.push(format!("{task}: {:?}", told.lines().zip(reviewed.lines()).find(|(now, then)| now != then)));
        }
        let (package, values) = parsed(&call(&store, "return.view", json!({ "id": id, "reveal": true })));
        let again = soffice_convert(&path, "xlsx", &world.folder.path().join("重算")).expect("LibreOffice opens it");
        let found = read(&package, &fs::read(again).expect("saved")).expect("read");
        assert_eq!(changed(&package, &values, &found), [], "{task}: what LibreOffice computes is what we say");
    }
    assert!(
        wrong.is_empty(),
        "the workbooks differ from the reviewed ones; if that is meant, run with UNIONBOOK_GOLDEN=write and review them: {wrong:#?}"
    );
}
