//! Workbooks that unfold to more than any office has: refused at fixed caps, in little memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value as Json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::desk::Desk;

/// The most memory that reading a sheet may take, in kB.
const MOST: u64 = 400 << 10;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const HEAD: &str = r#"<worksheet><sheetData><row><c t="str"><v>姓名</v></c><c t="str"><v>性别</v></c><c t="str"><v>移动电话</v></c></row>"#;
const END: &str = "</sheetData></worksheet>";

/// A part that says the same thing over and over.
struct Part {
    name: &'static str,
    head: &'static str,
    again: String,
    times: usize,
    end: &'static str,
}

/// Writes a workbook with these parts besides the usual ones.
fn bomb(desk: &Desk, parts: &[Part], empty_parts: usize) {
    let file = BufWriter::new(File::create(desk.path("名册.xlsx")).expect("a file"));
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    for (name, text) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", LINKS)]
    {
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    for part in parts {
        zip.start_file(part.name, options).expect("a part");
        zip.write_all(part.head.as_bytes()).expect("written");
        // Large pieces, so that most of the time goes to the compressor.
        let many = 1 + (1 << 20) / part.again.len();
        let piece = part.again.repeat(many);
        for _ in 0..part.times / many {
            zip.write_all(piece.as_bytes()).expect("written");
        }
        zip.write_all(part.again.repeat(part.times % many).as_bytes()).expect("written");
        zip.write_all(part.end.as_bytes()).expect("written");
    }
    for number in 0..empty_parts {
        zip.start_file(format!("{number}.xml"), options).expect("a part");
    }
    zip.finish().expect("a zip").flush().expect("written");
}

/// Runs the import, watching the most memory that it ever held, in kB.
fn import(desk: &Desk) -> (Option<i32>, Json, u64) {
    let mut command = desk.command(&["import", "a.unionbook", "person", "名册.xlsx", "--json"]);
    // A pipe would be full before anyone read it.
    let said = File::create(desk.path("said.json")).expect("a file");
    let mut child = command.stdout(said).stderr(Stdio::null()).spawn().expect("the program starts");
    let (status, mut most) = (format!("/proc/{}/status", child.id()), 0);
    while child.try_wait().expect("looked at").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let held = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(held.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    let said = fs::read(desk.path("said.json")).expect("its words are read");
    (child.wait().expect("it has ended").code(), serde_json::from_slice(&said).expect("one JSON object"), most)
}

fn refused(parts: &[Part], empty_parts: usize, said: &str) {
    let desk = Desk::with_members();
    let before = desk.everything();
    bomb(&desk, parts, empty_parts);
    let packed = fs::metadata(desk.path("名册.xlsx")).expect("it is there").len();
    let (code, told, most) = import(&desk);
    let message = told["error"]["message"].as_str().unwrap_or_default();
    assert_eq!((code, told["error"]["code"].as_str()), (Some(1), Some("sheet")), "{said}: {told}");
    assert!(message.contains(&format!("解开后的{said}超出上限")) && message.contains("名册.xlsx"), "what is too much of what: {message}");
    assert!(told["error"]["hint"].as_str().is_some_and(|hint| hint.contains("拆成几个较小的文件")), "the way out: {told}");
    assert_eq!(desk.everything(), before, "the file is as it was");
    println!("{said}: {packed} bytes, {most} kB");
    if cfg!(target_os = "linux") {
        assert!((1_000..MOST).contains(&most), "{said}: {most} kB were held at most, of a file of {packed} bytes");
    }
}

#[test]
fn a_sheet_of_two_thousand_million_bytes_is_refused() {
    let blanks = Part { name: "xl/worksheets/sheet1.xml", head: HEAD, again: " ".repeat(4096), times: (2 << 30) / 4096 + 1, end: END };
    refused(&[blanks], 0, "内容");
}

#[test]
fn a_sheet_of_fifty_million_cells_is_refused() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(1_000));
    refused(&[Part { name: "xl/worksheets/sheet1.xml", head: HEAD, again: row, times: 50_001, end: END }], 0, "单元格数");
}

#[test]
fn shared_texts_without_end_are_refused() {
    let text = format!("<si><t>{}</t></si>", "甲".repeat(1_000));
    let texts = Part { name: "xl/sharedStrings.xml", head: "<sst>", again: text, times: 60_000, end: "</sst>" };
    let sheet = Part { name: "xl/worksheets/sheet1.xml", head: HEAD, again: "<row><c><v>1</v></c></row>".into(), times: 1, end: END };
    refused(&[texts, sheet], 0, "文字总量");
}

#[test]
fn short_shared_texts_without_end_are_refused_in_little_memory() {
    let texts = Part { name: "xl/sharedStrings.xml", head: "<sst>", again: "<si><t>a</t></si>".into(), times: 20_000_001, end: "</sst>" };
    let sheet = Part { name: "xl/worksheets/sheet1.xml", head: HEAD, again: "<row><c><v>1</v></c></row>".into(), times: 1, end: END };
    refused(&[texts, sheet], 0, "文字条数");
}

#[test]
fn thousands_of_parts_are_refused() {
    let sheet = Part { name: "xl/worksheets/sheet1.xml", head: HEAD, again: "<row><c><v>1</v></c></row>".into(), times: 1, end: END };
    refused(&[sheet], 4_001, "部件数");
}

#[test]
fn hundreds_of_thousands_of_rows_that_are_all_faulty_are_told_in_little_memory() {
    let desk = Desk::with_members();
    let before = desk.everything();
    let rows = Part {
        name: "xl/worksheets/sheet1.xml",
        head: HEAD,
        again: "<row><c/><c t=\"str\"><v>男</v></c><c/></row>".into(),
        times: 300_000,
        end: END,
    };
    bomb(&desk, &[rows], 0);
    let (code, told, most) = import(&desk);
    assert_eq!((code, told["error"]["code"].as_str()), (Some(1), Some("faulty")), "no row has a name: {}", told["error"]);
    assert_eq!(told["answer"]["value"]["preview"]["counts"]["faulty"], 300_000, "each is counted");
    assert_eq!(desk.everything(), before, "the file is as it was");
    if cfg!(target_os = "linux") {
        assert!((1_000..MOST).contains(&most), "{most} kB were held at most");
    }
}
