//! Blanks filled: compared part by part, and read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use chrono::NaiveDate;
use proptest::prelude::*;
use zip::ZipArchive;

use super::*;
use crate::error::Error;
use crate::sheet::fixture::{packed, roster_blank, roster_parts};
use crate::sheet::place::CellRef;
use crate::sheet::read::{self, ReadOptions};

const ROSTER: Table = Table { first_row: 5, reserved: 9, note_row: Some(14) };

fn plan<'a>(cells: &'a [(CellRef, Out<'a>)]) -> FillPlan<'a> {
    FillPlan { sheet: SheetPick::Index(0), table: Some(ROSTER), cells, day: DayForm::Text("yyyy/MM/dd".into()), days: &[] }
}

/// Fills a blank with rows of two cells each: a number and a text.
fn filled(blank: &[u8], plan: &FillPlan<'_>, count: u32) -> crate::Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let mut left = 1..=count;
    let written = fill(Cursor::new(blank), &mut out, plan, |row| {
        let Some(number) = left.next() else { return Ok(false) };
        row.push(Out::Int(i64::from(number)))?;
        row.put(3, Out::Text("男"))?;
        Ok(true)
    })?;
    assert_eq!(written.rows, count, "every row is counted");
    Ok(out.into_inner())
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let read = |index| {
        let mut entry = zip.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        (entry.name().expect("a name").into_owned(), text)
    };
    (0..parts_count(bytes)).map(read).collect()
}

fn parts_count(bytes: &[u8]) -> usize {
    ZipArchive::new(Cursor::new(bytes)).expect("a zip").len()
}

/// The texts of a workbook's sheet, by cell.
fn texts(bytes: &[u8], sheet: usize) -> BTreeMap<(u32, u16), String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let mut cells = BTreeMap::new();
    let mut source = read::open(file.path(), &ReadOptions::default()).expect("readable");
    source
        .rows(sheet, |row| {
            cells.extend(row.cells().map(|cell| ((row.number, cell.column), cell.value.text().into_owned())));
            Ok(ControlFlow::Continue(()))
        })
        .expect("sound rows");
    cells
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn outside_rows(sheet: &str) -> (String, String) {
    let (before, rest) = sheet.split_once("<sheetData>").expect("rows begin");
    let (_, after) = rest.split_once("</sheetData>").expect("rows end");
    (before.to_owned(), after.to_owned())
}

/// What the roster must say around its rows once it has `now` of them (of nine reserved).
fn expected_around(now: u32) -> (String, String) {
    let blank: BTreeMap<String, String> = roster_parts().into_iter().collect();
    let (before, after) = outside_rows(&blank[SHEET]);
    let (end, note) = (4 + now, 5 + now);
    let below = |from: u32| from + now - 9;
    let reserved = |column: char| if now == 1 { format!("{column}5\"") } else { format!("{column}5:{column}{end}\"") };
    let mut after = after.replace("A14:T14", &format!("A{note}:T{note}"));
    for column in ["C", "F", "I", "N", "T"] {
        after = after.replace(&format!("{column}15:{column}63354"), &format!("{column}{}:{column}{}", below(15), below(63_354)));
    }
    after = after.replace("G15:", &format!("G{}:", below(15))).replace("E15:", &format!("E{}:", below(15)));
    for column in ['C', 'F', 'G', 'I', 'N', 'T'] {
        after = after.replace(&format!("{column}5:{column}13\""), &reserved(column));
    }
    after = after.replace("E5:E13<", &reserved('E').replace('"', "<"));
    (before.replace("A1:T14", &format!("A1:T{note}")), after)
}

#[test]
fn a_roster_filled_with_any_number_of_rows_moves_its_note_and_nothing_else() {
    let blank = roster_blank();
    let old: BTreeMap<String, String> = roster_parts().into_iter().collect();
    for count in [0, 1, 9, 10, 100_000] {
        let now = count.max(1);
        let bytes = filled(&blank, &plan(&[]), count).expect("a filled roster");
        let new = parts(&bytes);
        assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "no part comes or goes ({count} rows)");
        for (name, text) in &old {
            let wanted = match name.as_str() {
                SHEET => continue,
                "xl/workbook.xml" => text.replace("$T$14", &format!("$T${}", now + 5)),
                "xl/drawings/drawing1.xml" => text.replace("<xdr:row>13<", &format!("<xdr:row>{}<", now + 4)),
                _ => text.clone(),
            };
            assert_eq!(new[name], wanted, "{name} with {count} rows");
        }
        assert_eq!(outside_rows(&new[SHEET]), expected_around(now), "around {count} rows");
        let cells = texts(&bytes, 0);
        let mut wanted = texts(&blank, 0);
        let note = wanted.remove(&(14, 1)).expect("the blank has a note");
        wanted.insert((now + 5, 1), note);
        wanted.extend((1..=count).flat_map(|row| [((row + 4, 1), row.to_string()), ((row + 4, 3), "男".to_owned())]));
        assert_eq!(cells, wanted, "what is read back with {count} rows");
    }
}

#[test]
fn rows_of_data_look_like_the_first_reserved_row() {
    let new = parts(&filled(&roster_blank(), &plan(&[]), 12).expect("a filled roster"));
    for row in 5..=16 {
        let begin = format!(
            "<row r=\"{row}\" spans=\"1:20\" s=\"1\" customFormat=\"1\" ht=\"19.95\" customHeight=\"1\"><c r=\"A{row}\" s=\"4\"><v>{}</v></c><c r=\"B{row}\" s=\"4\"/>",
            row - 4
        );
        assert!(new[SHEET].contains(&begin), "row {row} has the height, the attributes and the styles of row 5");
        assert!(new[SHEET].contains(&format!("<c r=\"T{row}\" s=\"4\"/></row>")), "and all of its cells");
    }
    assert!(
        new[SHEET].contains(
            "<row r=\"17\" spans=\"1:20\" ht=\"82.05\" customHeight=\"1\"><c r=\"A17\" s=\"6\" t=\"s\"><v>24</v></c><c r=\"B17\" s=\"6\"/>"
        ),
        "the note keeps its own"
    );
}

#[test]
fn rows_above_the_table_stay_to_the_byte_but_for_the_cells_filled() {
    let cells = [
        (CellRef::new(1, 3), Out::Text("填表单位（盖章）：<某>工会")),
        (CellRef::new(2, 14), Out::Int(7)),
        (CellRef::new(3, 1), Out::Text("=x")),
    ];
    let old: BTreeMap<String, String> = roster_parts().into_iter().collect();
    let new = parts(&filled(&roster_blank(), &plan(&cells), 2).expect("a filled roster"));
    let head = |sheet: &str| {
        sheet
            .split_once("<sheetData>")
            .and_then(|(_, rows)| rows.split_once("<row r=\"5\""))
            .map(|(head, _)| head.to_owned())
            .expect("a head")
    };
    let wanted = head(&old[SHEET])
        .replace(
            "<c r=\"A3\" s=\"3\" t=\"s\"><v>22</v></c>",
            "<c r=\"A3\" s=\"3\" t=\"inlineStr\"><is><t>填表单位（盖章）：&lt;某&gt;工会</t></is></c>",
        )
        .replace("<v>20</v></c></row>", "<v>20</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>=x</t></is></c></row>");
    assert_eq!(head(&new[SHEET]), wanted, "three cells are filled, the rest is copied");
    assert!(new[SHEET].contains("<c r=\"B7\" s=\"6\"><v>7</v></c>"), "a cell of the note row moves with it");
}

#[test]
fn a_blank_that_is_not_the_layouts_is_refused() {
    let blank = roster_blank();
    let refused = |plan: &FillPlan<'_>| match filled(&blank, plan, 1) {
        Err(Error::Sheet(refusal)) => refusal.message,
        other => panic!("must be refused: {other:?}"),
    };
    assert!(refused(&FillPlan { sheet: SheetPick::Name("会员"), ..plan(&[]) }).contains("工作表"), "another sheet");
    let note = Table { note_row: Some(20), ..ROSTER };
    assert!(refused(&FillPlan { table: Some(note), ..plan(&[]) }).contains("第 20 行"), "no note there");
    let inside = [(CellRef::new(1, 6), Out::Empty)];
    assert!(matches!(filled(&blank, &plan(&inside), 1), Err(Error::Usage(_))), "a single cell within the table is the layout's mistake");
}

#[test]
fn a_blank_of_another_format_is_refused() {
    for (bytes, said) in [(&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], ".xls"), (b"PK\x03\x04", "损坏"), (b"", "损坏")] {
        match filled(bytes, &plan(&[]), 1) {
            Err(Error::Sheet(refusal)) => assert!(refusal.message.contains(said), "{}", refusal.message),
            other => panic!("must be refused: {other:?}"),
        }
    }
}

#[test]
fn a_failure_of_the_source_of_rows_is_handed_on() {
    let mut out = Cursor::new(Vec::new());
    let outcome = fill(Cursor::new(roster_blank()), &mut out, &plan(&[]), |_| Err(Error::Stopped));
    assert!(matches!(outcome, Err(Error::Stopped)), "the export was stopped");
    let outcome = fill(Cursor::new(roster_blank()), &mut out, &plan(&[]), |row| {
        row.put(3, Out::Int(1))?;
        row.put(3, Out::Int(2))?;
        Ok(true)
    });
    assert!(matches!(outcome, Err(Error::Usage(_))), "cells go from left to right");
}

#[test]
fn more_rows_than_a_sheet_has_are_refused() {
    let mut out = Cursor::new(Vec::new());
    let outcome = fill(Cursor::new(roster_blank()), &mut out, &plan(&[]), |_| Ok(true));
    let Err(Error::Sheet(refusal)) = outcome else { panic!("must be refused") };
    assert!(refusal.message.contains("1048576"), "{}", refusal.message);
}

/// A blank with formulas, a chart, a table of its own, remarks and a calculation chain.
fn computing_parts() -> Vec<(String, String)> {
    let sheet = r#"<worksheet xmlns="m" xmlns:r="r"><dimension ref="A1:D6"/><sheetData><row r="1"><c r="A1"><f>SUM(C3:C4)</f><v>99</v></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3" s="2"/><c r="B3"/><c r="C3"/><c r="D3"><f t="shared" ref="D3:D4" si="0">C3*$A$6/SUM(C$3:C$4)</f><v>5</v></c></row><row r="4"><c r="A4"/><c r="D4"><f t="shared" si="0"/><v>5</v></c></row><row r="5"><c r="A5"><v>2</v></c><c r="C5" t="str"><f>C4&amp;SUM(C3:C4)</f><v>old</v></c></row><row r="6"><c r="A6"><v>3</v></c></row></sheetData><mergeCells count="3"><mergeCell ref="A3:B3"/><mergeCell ref="A4:B4"/><mergeCell ref="A6:B6"/></mergeCells><tableParts count="1"><tablePart r:id="rId2"/></tableParts></worksheet>"#;
    let other = r#"<worksheet xmlns="m"><sheetData><row r="1"><c r="A1"><f>甲!A6+A6</f><v>7</v></c></row></sheetData></worksheet>"#;
    let chain = r#"<calcChain><c r="A1" i="1"/></calcChain>"#;
    let relation = |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>");
    let parts = [
        ("[Content_Types].xml", "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"w\"/><Override PartName=\"/xl/calcChain.xml\" ContentType=\"c\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships>{}</Relationships>", relation("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"甲\" r:id=\"rId1\"/><sheet name=\"乙\" r:id=\"rId2\"/></sheets></workbook>".to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{}{}{}</Relationships>", relation("rId1", "worksheet", "worksheets/a.xml"), relation("rId2", "worksheet", "worksheets/b.xml"), relation("rId3", "calcChain", "calcChain.xml")),
        ),
        ("xl/worksheets/a.xml", sheet.to_owned()),
        ("xl/worksheets/b.xml", other.to_owned()),
        (
            "xl/worksheets/_rels/a.xml.rels",
            format!("<Relationships>{}{}</Relationships>", relation("rId1", "comments", "../comments1.xml"), relation("rId2", "table", "../tables/table1.xml")),
        ),
        ("xl/comments1.xml", "<comments><commentList><comment ref=\"A6\"/></commentList></comments>".to_owned()),
        ("xl/tables/table1.xml", "<table ref=\"A2:D4\"><autoFilter ref=\"A2:D4\"/></table>".to_owned()),
        ("xl/charts/chart1.xml", "<c:chart><c:f>甲!$C$3:$C$4</c:f></c:chart>".to_owned()),
        ("xl/calcChain.xml", chain.to_owned()),
    ];
    parts.map(|(name, text)| (name.to_owned(), text)).into()
}

#[test]
fn formulas_lists_charts_and_remarks_follow_the_rows() {
    let table = Table { first_row: 3, reserved: 2, note_row: Some(5) };
    let blank = packed(&computing_parts());
    let new = parts(&filled(&blank, &FillPlan { table: Some(table), ..plan(&[]) }, 4).expect("filled"));
    let rows: String = (3..=6)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"2\"><v>{}</v></c><c r=\"B{row}\"/><c r=\"C{row}\" t=\"inlineStr\"><is><t>男</t></is></c><c r=\"D{row}\"><f>C{row}*$A$8/SUM(C$3:C$6)</f></c></row>", row - 2))
        .collect();
    assert!(new["xl/worksheets/a.xml"].contains(&rows), "each row has its own formula: {}", new["xl/worksheets/a.xml"]);
    assert!(new["xl/worksheets/a.xml"].contains("<c r=\"A1\"><f>SUM(C3:C6)</f></c>"), "the sum grows and its old result is gone");
    assert!(new["xl/worksheets/a.xml"].contains("<c r=\"C7\"><f>C4&amp;SUM(C3:C6)</f></c>"), "below the table too");
    assert!(new["xl/worksheets/a.xml"].contains("<mergeCells count=\"5\"><mergeCell ref=\"A8:B8\"/><mergeCell ref=\"A3:B3\"/><mergeCell ref=\"A4:B4\"/><mergeCell ref=\"A5:B5\"/><mergeCell ref=\"A6:B6\"/>"), "each row has the merge of the first");
    assert!(new["xl/worksheets/b.xml"].contains("<f>甲!A8+A6</f></c>"), "another sheet follows where it names this one");
    assert_eq!(new["xl/charts/chart1.xml"], "<c:chart><c:f>甲!$C$3:$C$6</c:f></c:chart>", "so does a chart");
    assert_eq!(new["xl/comments1.xml"], "<comments><commentList><comment ref=\"A8\"/></commentList></comments>", "and a remark");
    assert_eq!(new["xl/tables/table1.xml"], "<table ref=\"A2:D6\"><autoFilter ref=\"A2:D6\"/></table>", "and a table");
    assert!(
        new["xl/workbook.xml"].contains("</sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>"),
        "the workbook is calculated when opened"
    );
    assert!(
        !new.contains_key("xl/calcChain.xml")
            && !new["[Content_Types].xml"].contains("calcChain")
            && !new["xl/_rels/workbook.xml.rels"].contains("calcChain"),
        "the chain goes with all that points to it"
    );
}

#[test]
fn text_beside_an_escaped_character_is_not_taken_for_one() {
    for text in ["_x0AAA\r", "_x0041_", "_x005F_x0041_", "_x0041\u{FFFE}", "_x00_x0041_", "\r_x000D_\r"] {
        let cells = [(CellRef::new(1, 3), Out::Text(text))];
        let bytes = filled(&roster_blank(), &plan(&cells), 1).expect("filled");
        assert_eq!(texts(&bytes, 0).get(&(3, 1)).map(String::as_str), Some(text), "{text:?}");
    }
}

#[test]
fn days_are_written_as_each_column_wants_them() {
    let days = [(2, DayForm::Real)];
    let day = NaiveDate::from_ymd_opt(2024, 1, 5).expect("a day");
    let mut out = Cursor::new(Vec::new());
    let mut rows = 1;
    fill(Cursor::new(roster_blank()), &mut out, &FillPlan { days: &days, ..plan(&[]) }, |row| {
        (1..=3).try_for_each(|_| row.push(Out::Day(day)))?;
        rows -= 1;
        Ok(rows >= 0)
    })
    .expect("filled");
    let cells = texts(&out.into_inner(), 0);
    assert_eq!(
        (cells[&(5, 1)].as_str(), cells[&(5, 2)].as_str(), cells[&(5, 3)].as_str()),
        ("2024/01/05", "45296", "2024/01/05"),
        "text, serial number, text"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_comes_back_to_the_letter(texts_in in prop::collection::vec(any::<String>(), 1..20)) {
        let mut out = Cursor::new(Vec::new());
        let mut left = texts_in.iter();
        fill(Cursor::new(roster_blank()), &mut out, &plan(&[]), |row| {
            let Some(text) = left.next() else { return Ok(false) };
            row.put(2, Out::Text(text))?;
            Ok(true)
        }).expect("filled");
        let cells = texts(&out.into_inner(), 0);
        for (row, text) in (5..).zip(&texts_in) {
            let read = cells.get(&(row, 2)).map_or("", String::as_str);
            prop_assert_eq!(read, text.as_str(), "row {}", row);
        }
    }

    #[test]
    fn text_full_of_marks_comes_back_to_the_letter(text in "[<>&\"'_x0-9A-F\\n\\r\\t\u{1}\u{b}\u{FFFE}\u{FFFF} 𠮷一]{0,40}") {
        let cells = [(CellRef::new(1, 3), Out::Text(&text))];
        let bytes = filled(&roster_blank(), &plan(&cells), 1).expect("filled");
        let cells = texts(&bytes, 0);
        prop_assert_eq!(cells.get(&(3, 1)).map_or("", String::as_str), text.as_str(), "a single cell too");
    }

    #[test]
    fn a_damaged_blank_is_filled_or_refused_but_never_breaks_the_program(part in 0..11_usize, at in any::<prop::sample::Index>(), with in "[<>/\"'&a0:! ]{0,3}", cut in 0..40_usize) {
        let mut damaged = roster_parts();
        let text = &mut damaged[part].1;
        let from = at.index(text.len());
        let from = (0..=from).rev().find(|at| text.is_char_boundary(*at)).expect("the start at least");
        let to = (from + cut..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        text.replace_range(from..to, &with);
        let blank = packed(&damaged);
        if let Ok(bytes) = filled(&blank, &plan(&[]), 3) {
            prop_assert!(parts_count(&bytes) > 0, "a workbook came out");
        }
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &blank).expect("written");
        if let Ok(mut source) = read::open(file.path(), &ReadOptions::default()) {
            let _ = source.rows(0, |_| Ok(ControlFlow::Continue(())));
            let _ = source.merges(0);
        }
    }
}
