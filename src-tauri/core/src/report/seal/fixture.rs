//! A workbook and a manifest to try seals on.

use std::collections::BTreeMap;

use rust_xlsxwriter::Workbook;

use super::{Attached, Digest, Explained, Manifest, SeatKey, SignedOff, Superseded};
use crate::report::task::{Line, Sheet, Value, Values};

/// A manifest with so many rows of ten values.
pub fn manifest(key: &SeatKey, rows: i64) -> Manifest {
    let row = |row: i64| {
        let name = Value::Text(format!("第{row}工会_\"<&>\u{3000}𠮷\r\n"));
        Line { key: format!("3301060{row:05}"), values: std::iter::once(name).chain((1..10).map(|at| Value::Int(row * at))).collect() }
    };
    let cells = BTreeMap::from(
        [("C2", Value::Int(7)), ("C3", Value::Blank)].map(|(at, value)| (at.parse().unwrap_or_else(|_| unreachable!()), value)),
    );
    Manifest {
        format: Manifest::FORMAT,
        task: "members".into(),
        version: 3,
        package: Digest::of(b"package"),
        unit: "330106001".into(),
        name: "西溪街道总工会".into(),
        period: "2026-10".into(),
        no: 2,
        supersedes: Some(Superseded { no: 1, digest: Some(Digest::of(b"first")), reason: "补报 1 人。".into() }),
        sealed: 1_793_000_000,
        seat: key.public().fingerprint(),
        signers: vec![SignedOff { role: "单位负责人".into(), name: "王敏".into() }],
        explanations: vec![Explained { check: "growth".into(), line: String::new(), text: "新建企业集中入会。".into() }],
        attachments: vec![Attached { name: "附件.pdf".into(), size: 3, digest: Digest::of(b"pdf") }],
        values: Values { sheets: vec![Sheet { cells, lines: (0..rows).map(row).collect() }] },
        note: String::new(),
    }
}

/// A workbook with so many rows of ten cells.
pub fn workbook(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let _ = sheet.set_name("会员").and_then(|sheet| sheet.write_string(0, 0, "单位"));
    for row in 1..=rows {
        let _ = sheet.write_string(row, 0, format!("第{row}工会"));
        for column in 1..10 {
            let _ = sheet.write_number(row, column, f64::from(row) * f64::from(column));
        }
    }
    book.save_to_buffer().unwrap_or_default()
}
