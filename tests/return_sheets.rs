//! A return's workbook in the programs that offices open it with.

use std::fs;

use serde_json::Value as Told;
use unionbook_core::report::task::{Fact, Line, Task, Value, Values};
use unionbook_core::report::workbook::{blank, changed, fill, read};

use crate::office_tools::{openpyxl, pdf_pages, soffice_convert};

fn task() -> Task {
    Task::read(include_str!("../src-tauri/core/src/report/workbook/tests/task.json")).expect("a sound package")
}

fn values(task: &Task) -> Values {
    let mut values = Values::none(task);
    let figures = [("D6", 100), ("E6", 30), ("D7", 12), ("E7", 5), ("D8", 3), ("E8", 1), ("D9", 109), ("E9", 34), ("D10", 125)];
    for (at, number) in figures {
        values.sheets[0].cells.insert(at.parse().expect("a place"), Value::Int(number));
    }
    for (number, (name, count)) in (1..).zip([("甲厂工会", 60), ("乙校工会", 49)]) {
        let code = format!("00012{number}");
        let texts = [&code, name, "firm"].map(|text| Value::Text(text.into()));
        let figures = [count, 120_050, count * 2].map(Value::Int);
        let values_of = [Value::Int(number)].into_iter().chain(texts).chain(figures).collect();
        values.sheets[1].lines.push(Line { key: code, values: values_of });
    }
    values.sheets[1].cells.insert("E10".parse().expect("a place"), Value::Int(109));
    values
}

#[test]
fn a_filled_form_is_opened_computed_and_saved_again_without_a_changed_value() {
    let (task, folder) = (task(), tempfile::tempdir().expect("a folder"));
    let sealed = values(&task);
    let facts = |fact: Fact| if fact == Fact::Unit { "城关镇总工会".into() } else { String::new() };
    let filled = fill(&task, &blank(&task).expect("drawn"), &sealed, &facts).expect("filled");
    let path = folder.path().join("报表.xlsx");
    fs::write(&path, &filled).expect("written");
    let told = openpyxl(&path, &[]).expect("openpyxl opens it without a warning");
    let (cells, formulas) = (&told["sheets"][0]["cells"], &told["sheets"][0]["formulas"]);
    assert_eq!((&cells["D9"], &formulas["D9"]), (&Told::from(109), &Told::from("=D6+D7-D8")), "our value lies beside the formula");
    let again = soffice_convert(&path, "xlsx", &folder.path().join("重算")).expect("LibreOffice opens it");
    let found = read(&task, &fs::read(again).expect("saved")).expect("read");
    assert_eq!(changed(&task, &sealed, &found), [], "what LibreOffice computes and saves is what was sealed");
    let pdf = soffice_convert(&path, "pdf", &folder.path().join("打印")).expect("LibreOffice prints it");
    let pages = pdf_pages(&pdf).expect("pages");
    assert_eq!(pages.len(), 2, "a page a sheet: {pages:?}");
    assert!(pages.iter().all(|(width, height)| (width - 595.0).abs() < 1.0 && (height - 842.0).abs() < 1.0), "upright A4: {pages:?}");
}
