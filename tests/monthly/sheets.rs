//! The workbook as a file: formulas that come to the values beside them, whoever computes them; the look on paper.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use unionbook_core::monthly::{Book, LineKind, compute, write};
use unionbook_core::record::Id;

use super::ops::{Op, Town};
use super::period;
use crate::office_tools::{openpyxl, pdf_pages, soffice_convert};

struct Desk {
    town: Town,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { town: Town::of(&Op::fixed()), folder: tempfile::tempdir().expect("a folder") }
    }

    fn book(&self, key: &str, depth: usize) -> Book {
        compute(&self.town.store, self.town.units()[0], period(key), depth).expect("a workbook")
    }

    fn file(&self, book: &Book) -> PathBuf {
        let path = self.folder.path().join("月报.xlsx");
        write(book, &path).expect("the workbook is written");
        path
    }
}

fn open(path: &Path) -> Xlsx<std::io::BufReader<std::fs::File>> {
    open_workbook(path).expect("a workbook")
}

fn number(range: &Range<Data>, row: u32, column: u32) -> f64 {
    match range.get_value((row, column)) {
        Some(Data::Float(value)) => *value,
        Some(Data::Int(value)) => *value as f64,
        _ => 0.0,
    }
}

/// Computes the three forms of formula that the workbook has, from the values in the cells.
fn computed(formula: &str, values: &Range<Data>) -> f64 {
    let formula = formula.trim_start_matches('=').replace('$', "");
    if let Some(area) = formula.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')) {
        return area_of(area).map(|(row, column)| number(values, row, column)).sum();
    }
    if let Some(rest) = formula.strip_prefix("SUMIF(").and_then(|rest| rest.strip_suffix(')')) {
        let [tests, wanted, area] = rest.split(',').collect::<Vec<_>>().try_into().expect("three arguments");
        let wanted: f64 = wanted.parse().expect("a number");
        let pairs = area_of(tests).zip(area_of(area));
        return pairs
            .filter(|((row, column), _)| number(values, *row, *column) == wanted)
            .map(|(_, (row, column))| number(values, row, column))
            .sum();
    }
    let signed = formula.replace('-', "+-");
    signed
        .split('+')
        .filter(|term| !term.is_empty())
        .map(|term| term.strip_prefix('-').map_or(1.0, |_| -1.0) * at(term.trim_start_matches('-'), values))
        .sum()
}

fn at(cell: &str, values: &Range<Data>) -> f64 {
    let (row, column) = place_of(cell);
    number(values, row, column)
}

fn place_of(cell: &str) -> (u32, u32) {
    let digits = cell.find(|letter: char| letter.is_ascii_digit()).expect("a row");
    let column = cell[..digits].bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (cell[digits..].parse::<u32>().expect("a row") - 1, column - 1)
}

fn area_of(area: &str) -> impl Iterator<Item = (u32, u32)> + use<> {
    let (first, last) = area.split_once(':').expect("an area");
    let ((top, column), (bottom, _)) = (place_of(first), place_of(last));
    (top..=bottom).map(move |row| (row, column))
}

#[test]
fn additive_totals_are_formulas_with_their_value_and_totals_of_people_are_values() {
    let desk = Desk::new();
    for (key, depth) in [("2026-10", 1), ("2026", 1), ("2026", 2), ("2026", 9)] {
        let book = desk.book(key, depth);
        let mut file = open(&desk.file(&book));
        for sheet in &book.sheets {
            let (values, formulas) =
                (file.worksheet_range(sheet.name).expect("values"), file.worksheet_formula(sheet.name).expect("formulas"));
            let formula = |row: u32, column: u32| formulas.get_value((row, column)).filter(|text| !text.is_empty());
            for (line, row) in book.lines.iter().zip(5..) {
                for (index, column) in (2..).zip(&sheet.columns) {
                    let place = format!("{key} to {depth}: {} {} row {row}", sheet.name, column.label);
                    let shown = sheet.cell(row as usize - 5, index as usize - 2) as f64 / column.measure.divisor() as f64;
                    assert!((number(&values, row, index) - shown).abs() < 1e-9, "{place}: the value is the number");
                    let sums = line.block.is_some() || !column.across.is_empty();
                    assert_eq!(formula(row, index).is_some(), column.additive && sums, "{place}: a formula where rows or columns add up");
                    let again = formula(row, index).map_or(shown, |text| computed(text, &values));
                    assert!((again - shown).abs() < 1e-6, "{place}: {:?} comes to {again}, not {shown}", formula(row, index));
                }
            }
        }
    }
}

#[test]
fn libreoffice_comes_to_the_same_values() {
    let desk = Desk::new();
    let book = desk.book("2026", 9);
    let path = desk.file(&book);
    let again = soffice_convert(&path, "xlsx", &desk.folder.path().join("重算")).expect("LibreOffice recalculates");
    let (mut ours, mut theirs) = (open(&path), open(&again));
    for name in ["封面", "组织和会员", "志愿服务", "服务站点", "活动"] {
        let (ours, theirs) = (ours.worksheet_range(name).expect("ours"), theirs.worksheet_range(name).expect("theirs"));
        let end = ours.end().expect("cells");
        for (row, column) in (0..=end.0).flat_map(|row| (0..=end.1).map(move |column| (row, column))) {
            let (left, right) = (number(&ours, row, column), number(&theirs, row, column));
            assert!((left - right).abs() < 1e-6, "{name} row {row} column {column}: {left} became {right}");
        }
    }
}

#[test]
fn rows_are_the_total_what_is_own_and_the_subordinates_to_the_depth_asked_for() {
    let desk = Desk::new();
    let flat = desk.book("2026-10", 1);
    assert_eq!((flat.lines[0].kind, flat.lines[1].kind), (LineKind::Total, LineKind::Own), "the total, then what is its own");
    assert!(flat.lines[1..].iter().all(|line| line.level == 1 && line.block.is_none()), "direct subordinates only");
    let deep = desk.book("2026-10", 9);
    assert!(deep.lines.len() > flat.lines.len(), "there is more below");
    for (at, line) in deep.lines.iter().enumerate().filter(|(_, line)| line.block.is_some()) {
        let (first, last) = line.block.expect("a block");
        assert_eq!(first, at + 1, "the block follows its row");
        assert_eq!(deep.lines[first].kind, LineKind::Own, "and begins with what is its own");
        assert!(deep.lines[first..=last].iter().all(|below| below.level > line.level), "and is deeper");
    }
    let units: Vec<i64> = deep.lines.iter().filter(|line| line.kind == LineKind::Unit).map(|line| line.unit).collect();
    let once: std::collections::BTreeSet<i64> = units.iter().copied().collect();
    assert_eq!(once.len(), units.len(), "no union has two rows");
    let gone = compute(&desk.town.store, Id::new(999), period("2026-10"), 1);
    assert!(matches!(gone, Err(unionbook_core::Error::Gone(_))), "a union that is not there is said to be gone");
}

#[test]
fn the_sheets_are_set_up_for_paper_and_for_reading() {
    let desk = Desk::new();
    let path = desk.file(&desk.book("2026-10", 2));
    let told = openpyxl(&path, &[]).expect("openpyxl reads it");
    let sheets = told["sheets"].as_array().expect("sheets");
    let names: Vec<_> = sheets.iter().map(|sheet| sheet["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["封面", "组织和会员", "志愿服务", "服务站点", "活动", "指标口径"], "the sheets in their order");
    for sheet in &sheets[1..5] {
        let name = &sheet["name"];
        assert_eq!(sheet["freeze"], "C6", "{name}: headers and labels stay in sight");
        assert_eq!(sheet["print"]["title_rows"], "$1:$5", "{name}: headers on every page");
        assert_eq!(
            (&sheet["print"]["orientation"], sheet["print"]["paper"].as_str().unwrap_or("9")),
            (&"landscape".into(), "9"),
            "{name}: A4 landscape"
        );
        let numbers = sheet["columns"].as_u64().expect("how many columns it has") - 2;
        let pages = (&sheet["print"]["fit_width"], &sheet["print"]["fit_height"]);
        assert_eq!(pages, (&numbers.div_ceil(18).into(), &0.into()), "{name}: {numbers} numbers, at most 18 on the width of a page");
        let signed = sheet["cells"]
            .as_object()
            .expect("cells")
            .values()
            .any(|cell| cell.as_str().is_some_and(|text| text.contains("单位负责人") && text.contains("盖章")));
        assert!(signed, "{name}: a line to sign");
    }
    let marked = |sheet: usize| {
        sheets[sheet]["cells"]
            .as_object()
            .expect("cells")
            .iter()
            .filter(|(at, text)| at.ends_with('4') && text.as_str().is_some_and(|text| text.ends_with("（去重）")))
            .count()
    };
    assert!(marked(2) == 1 && marked(4) >= 1 && marked(1) == 0, "totals of distinct people are marked");
    let pdf = soffice_convert(&path, "pdf", &desk.folder.path().join("打印")).expect("LibreOffice prints it");
    for (width, height) in pdf_pages(&pdf).expect("pages") {
        assert!((width - 842.0).abs() < 1.0 && (height - 595.0).abs() < 1.0, "A4 landscape: {width} x {height}");
    }
}

#[test]
fn the_workbook_of_a_fixed_world_stays_as_it_was_reviewed() {
    let desk = Desk::new();
    let path = desk.file(&desk.book("2026-Q3", 2));
    let mut file = open(&path);
    let mut text = String::new();
    for name in file.sheet_names() {
        let (values, formulas) = (file.worksheet_range(&name).expect("values"), file.worksheet_formula(&name).expect("formulas"));
        let mut cells: BTreeMap<(u32, u32), String> = BTreeMap::new();
        let from = values.start().unwrap_or_default();
        cells.extend(values.used_cells().map(|(row, column, value)| ((row as u32 + from.0, column as u32 + from.1), value.to_string())));
        for ((row, column), value) in &cells {
            let formula = formulas.get_value((*row, *column)).filter(|formula| !formula.is_empty());
            let formula = formula.map_or(String::new(), |formula| format!("  ={formula}"));
            text += &format!("{name} {}{}: {value}{formula}\n", rust_xlsxwriter::column_number_to_name(*column as u16), row + 1);
        }
    }
    golden("monthly.txt", &text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

/// Compares a text with the reviewed one; with `UNIONBOOK_GOLDEN=write` in the environment it becomes the reviewed one.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var_os("UNIONBOOK_GOLDEN").is_some_and(|wish| wish == "write") {
        std::fs::create_dir_all(path.parent().expect("a folder"))
            .and_then(|()| std::fs::write(&path, text))
            .expect("the golden file is written");
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = reviewed.lines().zip(text.lines()).find(|(old, new)| old != new);
    assert!(
        reviewed == text,
        "{} differs from what was reviewed, first at {differs:?}; if that is meant, run with UNIONBOOK_GOLDEN=write and review it",
        path.display()
    );
}
