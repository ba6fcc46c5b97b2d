//! Files good and bad, as offices have them.

use std::io::{Cursor, Write};

use chrono::{NaiveDate, NaiveTime};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::Error;

const RELS: &str =
    r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// Puts a workbook together from one sheet's XML and further parts.
fn workbook(sheet: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let book = r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr/><x:sheets><x:sheet name="名册 &amp; 表" sheetId="3" r:id="rId7"/></x:sheets></x:workbook>"#;
    let links = r#"<Relationships><Relationship Id="rId7" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/other.xml"/>
        <Relationship Id="rId8" Type="http://x/styles" Target="styles.xml"/><Relationship Id="rId9" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let mut parts =
        vec![("_rels/.rels", RELS), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", links), ("xl/worksheets/other.xml", sheet)];
    parts.retain(|(name, _)| !further.iter().any(|(other, _)| other == name));
    parts.extend(further);
    packed(&parts)
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><dimension ref=\"A1\"/><sheetData>{rows}</sheetData></worksheet>")
}

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        path
    }

    fn open(&self, name: &str, bytes: &[u8]) -> Result<Source> {
        open(&self.file(name, bytes), &ReadOptions::default())
    }
}

/// All cells of the first sheet, as `row:column=what`.
fn cells(source: &mut Source) -> Result<Vec<String>> {
    let mut cells = Vec::new();
    source.rows(0, |row| {
        cells.extend(row.cells().map(|cell| format!("{}:{}={}", row.number, cell.column, show(&cell.value))));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(cells)
}

fn show(value: &CellValue<'_>) -> String {
    match value {
        CellValue::Text(text) => format!("'{text}'"),
        CellValue::Number { written, .. } => (*written).to_owned(),
        CellValue::Error(error) => (*error).to_owned(),
        CellValue::Uncomputed => "?".into(),
        CellValue::Garbled => "!".into(),
        other => other.text().into_owned(),
    }
}

fn read(bytes: &[u8]) -> Result<Vec<String>> {
    cells(&mut Desk::new().open("名册.xlsx", bytes)?)
}

fn refusal<T>(outcome: Result<T>) -> String {
    match outcome {
        Err(Error::Sheet(refusal)) => {
            assert!(!refusal.hint.is_empty() && refusal.message.ends_with('。'), "a refusal is a sentence with a way out: {refusal:?}");
            refusal.message
        }
        Err(other) => panic!("another error: {other:?}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[test]
fn the_end_of_a_cell_that_never_began_is_no_cell() {
    let desk = Desk::new();
    let spoilt =
        "<row r=\"2\"><v>5</v></c><c r=\"B2\"><v>6</v></c></row><row r=\"3\"><c r=\"A3\"><v>7</v></row><row r=\"4\"><v>8</v></c></row>";
    let mut source = desk.open("坏.xlsx", &workbook(&sheet(spoilt), &[])).expect("it opens");
    let found = cells(&mut source).expect("it is read");
    assert!(found.contains(&"2:2=6".to_owned()), "the cell beside it is read: {found:?}");
    assert!(found.iter().all(|cell| !cell.contains(":0=")), "and none stands in no column: {found:?}");
}

#[test]
fn every_way_to_store_a_cell_is_read() {
    let rows = r#"<x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c><x:c r="C2" t="inlineStr"><x:is><x:r><x:t>富</x:t></x:r><x:r><x:t xml:space="preserve"> 文</x:t></x:r><x:rPh><x:t>ふ</x:t></x:rPh></x:is></x:c>
        <x:c r="D2"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="E2" t="str"><x:f>A1</x:f><x:v>结&amp;果</x:v></x:c><x:c r="F2" t="b"><x:v>1</x:v></x:c><x:c r="G2" t="e"><x:f>B9</x:f><x:v>#REF!</x:v></x:c>
        <x:c r="H2" s="1"><x:v>45296</x:v></x:c><x:c r="I2" s="1"><x:v>45296.5</x:v></x:c><x:c r="J2" s="1"><x:v>0.25</x:v></x:c><x:c r="K2" s="1"><x:v>20240105</x:v></x:c><x:c r="L2" t="d"><x:v>2024-01-05T00:00:00Z</x:v></x:c>
        <x:c r="M2"><x:f>SUM(A1)</x:f><x:v></x:v></x:c><x:c r="N2" t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c r="O2" t="s"><x:v>0</x:v></x:c><x:c r="P2" s="1"/><x:c r="Q2"><x:v>1.10105194912310E+17</x:v></x:c></x:row>"#;
    let sheet = format!(
        "<x:worksheet><x:sheetData><x:row r=\"1\"/>{rows}</x:sheetData><x:mergeCells><x:mergeCell ref=\"A2:B2\"/></x:mergeCells></x:worksheet>"
    );
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let strings = "<sst><si><t></t></si><si><t>共_x000D_享</t></si></sst>";
    let desk = Desk::new();
    let mut source =
        desk.open("a", &workbook(&sheet, &[("xl/styles.xml", styles), ("xl/sharedStrings.xml", strings)])).expect("a sound workbook");
    assert_eq!(source.sheets(), [SheetName { name: "名册 & 表".into(), hidden: false }], "found by relation, whatever its file is called");
    let wanted = [
        "2:1='共\r享'",
        "2:3='富 文'",
        "2:4=2",
        "2:5='结&果'",
        "2:6=TRUE",
        "2:7=#REF!",
        "2:8=2024-01-05",
        "2:9=2024-01-05 12:00:00",
        "2:10=06:00:00",
        "2:11=20240105",
        "2:12=2024-01-05",
        "2:13=?",
        "2:17=1.10105194912310E+17",
    ];
    assert_eq!(cells(&mut source).expect("sound rows"), wanted, "each kind, and nothing for what is empty");
    assert_eq!(source.merges(0).expect("known by now"), [Area::parse("A2:B2").expect("an area")], "merges come with the rows");
}

#[test]
fn cells_without_places_follow_one_another() {
    let sheet = sheet(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r=\"5\"><c r=\"C5\"><v>5</v></c><c><v>6</v></c></row><row><c t=\"inlineStr\"><is><t>七</t></is></c></row>",
    );
    assert_eq!(read(&workbook(&sheet, &[])).expect("sound"), ["1:1=1", "1:3=3", "5:3=5", "5:4=6", "6:1='七'"], "missing places count on");
}

#[test]
fn the_year_1904_system_is_honoured() {
    let book = r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="rId7"/></sheets></workbook>"#;
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy/m/d;@"/></numFmts><cellXfs><xf numFmtId="180"/><xf numFmtId="180"/></cellXfs></styleSheet>"#;
    let bytes = workbook(&sheet("<row><c s=\"1\"><v>43834</v></c></row>"), &[("xl/workbook.xml", book), ("xl/styles.xml", styles)]);
    assert_eq!(read(&bytes).expect("sound"), ["1:1=2024-01-05"], "counted from 1904");
}

#[test]
fn what_our_writers_library_writes_is_read_back() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy\"年\"m\"月\"");
    page.write(0, 0, "姓名𠮷<&>\"'")
        .and_then(|page| page.write(1, 1, 13_800_000_001_f64))
        .and_then(|page| page.write(2, 2, true))
        .expect("written");
    page.write_with_format(3, 3, rust_xlsxwriter::ExcelDateTime::from_ymd(1999, 12, 31).expect("a day"), &format).expect("written");
    book.add_worksheet().set_name("藏").expect("a name").set_hidden(true);
    let desk = Desk::new();
    let mut source = desk.open("a.csv", &book.save_to_buffer().expect("saved")).expect("content decides, not the name");
    assert_eq!(source.format(), Format::Xlsx, "a workbook called .csv is a workbook");
    assert_eq!(source.sheets().iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true], "hidden sheets are known");
    assert_eq!(
        cells(&mut source).expect("sound"),
        ["1:1='姓名𠮷<&>\"''", "2:2=13800000001", "3:3=TRUE", "4:4=1999-12-31"],
        "values survive"
    );
    let late = NaiveDate::from_ymd_opt(1999, 12, 31).expect("a day").and_time(NaiveTime::MIN);
    source
        .rows(0, |row| Ok(if row.get(4) == Some(CellValue::Date(late)) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }))
        .expect("read again");
}

#[test]
fn the_binary_format_of_excel_97_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/excel-97.xls");
    let mut source = open(&path, &ReadOptions::default()).expect("an old workbook");
    assert_eq!(
        source.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect::<Vec<_>>(),
        [("名册", false), ("字典", true)],
        "both sheets"
    );
    let wanted = [
        "1:1='附件'",
        "2:1='会员名册'",
        "4:1='姓名'",
        "4:2='出生日期'",
        "4:3='证件号码'",
        "4:4='电话'",
        "5:1='张三'",
        "5:2=1990-01-31",
        "5:3='000000199001310013'",
        "5:4=13800000001",
        "7:1='李四'",
        "7:3=1.5",
        "7:4=TRUE",
    ];
    assert_eq!(cells(&mut source).expect("sound"), wanted, "rows keep their numbers past empty ones");
    assert_eq!(source.merges(0).expect("merges"), [Area::parse("A2:D2").expect("an area")], "merges too");
}

#[test]
fn text_sheets_are_read_in_all_their_encodings() {
    let text = "姓名,\"籍贯\n（省）\"\r\n\r\n䶮𠅤,是\r\n";
    let wanted = ["1:1='姓名'", "1:2='籍贯\n（省）'", "3:1='䶮𠅤'", "3:2='是'"];
    let wide = |unit: fn(u16) -> [u8; 2]| format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (format!("\u{FEFF}{text}").into_bytes(), Encoding::Utf8),
        (wide(u16::to_le_bytes), Encoding::Utf16Le),
        (wide(u16::to_be_bytes), Encoding::Utf16Be),
        (encoding_rs::GB18030.encode(text).0.into_owned(), Encoding::Gb18030),
    ] {
        let desk = Desk::new();
        let mut source = desk.open("名册.csv", &bytes).expect("text");
        assert_eq!(source.format(), Format::Text(encoding, ','), "the encoding is found out");
        assert_eq!(cells(&mut source).expect("sound"), wanted, "read as {encoding:?}");
        assert_eq!(source.sheets().first().map(|sheet| sheet.name.as_str()), Some("名册"), "the only sheet is called like the file");
    }
    let desk = Desk::new();
    let mut source = desk.open("a.txt", "甲\t\"1,2,3\"\n乙\t4\n".as_bytes()).expect("text");
    assert_eq!(source.format(), Format::Text(Encoding::Utf8, '\t'), "commas inside quotes do not separate");
    assert_eq!(source.head(0, 1).expect("a preview").len(), 1, "a preview stops");
}

#[test]
fn bytes_that_are_no_characters_are_told_by_row_and_column() {
    let mut bytes = "姓名,单位\n张三,".as_bytes().to_vec();
    bytes.extend(b"\xE5\xBC,ok\n");
    bytes.extend("李四,甲厂的第一个车间工会小组".as_bytes());
    let garbled = |bytes: &[u8]| cells(&mut Desk::new().open("a.csv", bytes).expect("text")).expect("rows");
    assert!(garbled(&bytes).contains(&"2:2=!".to_owned()), "damage in UTF-8 is not taken for another encoding");
    let mut bytes = encoding_rs::GB18030.encode("姓名,单位\n张三,").0.into_owned();
    bytes.extend(b"\x81\x20,x");
    assert_eq!(garbled(&bytes), ["1:1='姓名'", "1:2='单位'", "2:1='张三'", "2:2=!", "2:3='x'"], "nor is it replaced in GB 18030");
    let mut bytes: Vec<u8> = "\u{FEFF}甲,乙\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.extend([0x00, 0xD8, b',', 0, b'x', 0]);
    assert_eq!(garbled(&bytes), ["1:1='甲'", "1:2='乙'", "2:1=!", "2:2='x'"], "nor half a character in UTF-16");
}

#[test]
fn an_office_may_overrule_the_guess() {
    let desk = Desk::new();
    let path = desk.file("a.csv", "姓名".as_bytes());
    let mut source = open(&path, &ReadOptions { encoding: Some(Encoding::Gb18030), ..ReadOptions::default() }).expect("text");
    assert_eq!(source.format(), Format::Text(Encoding::Gb18030, ','), "what the office says holds");
    assert_ne!(cells(&mut source).expect("rows"), ["1:1='姓名'"], "even where it is wrong");
}

#[test]
fn strangers_are_refused_by_what_they_are() {
    let sound = workbook(&sheet("<row><c><v>1</v></c></row>"), &[]);
    let cut = sound.get(..sound.len() * 2 / 3).expect("a part");
    let mut password = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    password.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let word = packed(&[("_rels/.rels", ""), ("word/document.xml", "<w:document/>")]);
    let table: Vec<u8> = "\u{FEFF}<table><tr><td>1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, said) in [
        (&b""[..], "空文件"),
        (cut, "不完整或已损坏"),
        (&password, "打开密码"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rubbish that is no compound file", "不完整或已损坏"),
        (b"\xEF\xBB\xBF \n<html><table>", "网页"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "网页"),
        (&table, "网页"),
        (b"%PDF-1.7 ...", "不是本软件认识"),
        (b"MZ\x00\x01\x02", "不是本软件认识"),
        (&word, "Word"),
        (&packed(&[("a.xlsx", "x")]), "压缩包"),
        (&packed(&[("mimetype", "x"), ("content.xml", "x")]), ".ods"),
    ] {
        let sentence = refusal(Desk::new().open("名册.xlsx", bytes));
        assert!(sentence.contains(said) && sentence.contains("名册.xlsx"), "`{sentence}` must name the file and say {said}");
    }
    let missing = open(Path::new("/no/such/folder/a.xlsx"), &ReadOptions::default());
    assert!(matches!(missing, Err(Error::File(_))), "a missing file is a matter of files");
    assert!(refusal(open(Desk::new().0.path(), &ReadOptions::default())).contains("文件夹"), "a folder is no file");
}

#[test]
fn damage_inside_a_workbook_is_said_not_guessed() {
    for rows in [
        "<row><c t=\"s\"><v>9</v></c></row>",
        "<row r=\"0\"><c><v>9</v></c></row>",
        "<row r=\"1048577\"><c><v>9</v></c></row>",
        "<row><c r=\"XFE1\"><v>9</v></c></row>",
        "<row><c t=\"str\"><v>&nope;</v></c></row>",
        "<row><c t=\"str\"><v>1",
    ] {
        let sentence = refusal(read(&workbook(&sheet(rows), &[])));
        assert!(sentence.contains("损坏"), "{rows}: {sentence}");
    }
    let evil = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
    assert!(refusal(read(&workbook(evil, &[]))).contains("损坏"), "no entity is ever defined");
    let mut bytes = workbook(&sheet(&"<row><c t=\"str\"><v>一二三四五六七八九十</v></c></row>".repeat(50)), &[]);
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).take(40).for_each(|byte| *byte ^= 0x55);
    assert!(read(&bytes).is_err(), "flipped bits are noticed");
}

#[test]
fn bombs_stop_at_the_caps_on_what_was_inflated() {
    let desk = Desk::new();
    let caps = |change: fn(&mut Caps)| {
        let mut options = ReadOptions::default();
        change(&mut options.caps);
        options
    };
    let rows = "<row><c t=\"str\"><v>甲甲甲甲</v></c><c><v>1</v></c></row>".repeat(2000);
    let path = desk.file(
        "a.xlsx",
        &workbook(&sheet(&rows), &[("xl/sharedStrings.xml", &format!("<sst>{}</sst>", "<si><t>aaaaaaaaaa</t></si>".repeat(1000)))]),
    );
    for (options, said) in [
        (caps(|caps| caps.sheet = 50_000), "内容"),
        (caps(|caps| caps.cells = 3_999), "单元格数"),
        (caps(|caps| caps.strings = 9_000), "文字总量"),
        (caps(|caps| caps.container = 500), "内容"),
    ] {
        let sentence = refusal(open(&path, &options).and_then(|mut source| cells(&mut source)));
        assert!(sentence.contains(said) && sentence.contains("超出上限"), "{options:?}: {sentence}");
    }
    let all = open(&path, &caps(|caps| caps.cells = 4_000)).and_then(|mut source| cells(&mut source)).expect("just within");
    assert_eq!(all.len(), 4_000, "the caps do not touch what fits");
    let many: Vec<String> = (0..4_001).map(|number| format!("{number}.xml")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refusal(desk.open("b.xlsx", &packed(&many))).contains("部件数"), "thousands of parts are no workbook");
}

#[test]
fn a_caller_stops_the_reading_with_its_own_error() {
    let desk = Desk::new();
    let mut source = desk.open("a.xlsx", &workbook(&sheet(&"<row><c><v>1</v></c></row>".repeat(3)), &[])).expect("sound");
    let mut seen = 0;
    let outcome = source.rows(0, |_| {
        seen += 1;
        if seen == 2 { Err(Error::Stopped) } else { Ok(ControlFlow::Continue(())) }
    });
    assert!(matches!(outcome, Err(Error::Stopped)) && seen == 2, "the caller's error comes back, at once");
    assert!(refusal(source.rows(7, |_| Ok(ControlFlow::Continue(())))).contains("工作表"), "a sheet that is not there is said");
}

#[test]
fn macros_and_links_are_named_and_left_alone() {
    let bytes = workbook(&sheet(""), &[("xl/vbaProject.bin", "x"), ("xl/externalLinks/externalLink1.xml", "<x/>")]);
    let source = Desk::new().open("a.xlsm", &bytes).expect("sound");
    assert_eq!(source.notes().len(), 2, "both are said");
}
