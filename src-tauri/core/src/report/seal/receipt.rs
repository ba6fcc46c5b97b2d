//! The receipt (回执) that the receiving office gives back: a workbook that people open, and the sender's program reads.

use chrono::{DateTime, FixedOffset};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::envelope::{Kind, Sealed};
use super::key::SeatKey;
use super::{Found, Opened, open, seal_into};
use crate::error::{Error, Refusal, Result};
use crate::record::Wire;

/// Hours by which China's time is ahead.
const AHEAD_SECONDS: i32 = 8 * 3600;

/// What became of a return at the office above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The form of this receipt; [`Receipt::FORMAT`] in what is written now.
    pub format: u32,
    /// The code of the unit whose return it was.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The task's word.
    pub task: String,
    /// What the return is called: 基层工会组织和会员月报.
    pub title: String,
    /// The period's key.
    pub period: String,
    /// The version of the return.
    pub no: u32,
    /// The digest of the manifest that was received.
    pub manifest: Digest,
    /// Whether the return was taken.
    pub taken: bool,
    /// Why not, or what was noticed, place by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Who received it: the office's name, and a person's where it is known.
    pub by: String,
    /// When, in unix seconds.
    pub at: i64,
    /// The fingerprint of the seat that received it.
    pub seat: String,
}

/// One thing that is wrong, or was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReceiptReason")]
pub struct Reason {
    /// Where: a sheet and a cell, a row; empty for the return as a whole.
    pub place: String,
    /// What, a full sentence.
    pub reason: String,
}

impl Receipt {
    /// The form that this program writes, and the newest that it reads.
    pub const FORMAT: u32 = 1;

    /// Draws the workbook, with the signed receipt in its hidden sheet.
    pub fn seal(&self, key: &SeatKey) -> Result<Vec<u8>> {
        let drawn = self.draw().map_err(|source| Error::Bug(format!("the receipt's workbook: {source}")))?;
        seal_into(&drawn, self, key)
    }

    fn draw(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_timestamp(self.at.clamp(0, 4_000_000_000))?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let sheet = workbook.add_worksheet().set_name("接收回执")?;
        for (column, width) in [(0, 24.0), (1, 16.0), (2, 80.0)] {
            sheet.set_column_width(column, width)?;
        }
        let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
        sheet.merge_range(0, 0, 0, 2, &format!("{}接收回执", self.title), &title)?;
        let below = self.facts(sheet)?;
        self.rows(sheet, below + 1)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        workbook.save_to_buffer()
    }

    /// Writes what it is about; gives the first free row.
    fn facts(&self, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        let outcome = if self.taken { "已接收" } else { "已退回，请改正后重新上报" };
        let facts = [
            ("上报单位", format!("{}（{}）", self.name, self.unit)),
            ("报表期间", self.period.clone()),
            ("报表版次", format!("第 {} 版", self.no)),
            ("接收结果", outcome.to_owned()),
            ("接收单位", self.by.clone()),
            ("接收时间", shown(self.at)),
            ("收件方指纹", self.seat.clone()),
            ("上报清单摘要", self.manifest.to_string()),
        ];
        let label = Format::new().set_bold().set_border(FormatBorder::Thin);
        let value = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Left);
        let mut row = 1;
        for (word, text) in facts {
            sheet.write_string_with_format(row, 0, word, &label)?;
            sheet.merge_range(row, 1, row, 2, &text, &value)?;
            row += 1;
        }
        Ok(row)
    }

    fn rows(&self, sheet: &mut Worksheet, from: u32) -> Result<(), XlsxError> {
        let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
        let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        for (column, word) in (0..).zip(["位置", "是否导入成功", "错误原因"]) {
            sheet.write_string_with_format(from, column, word, &head)?;
        }
        let whole = [Reason { place: String::new(), reason: String::new() }];
        let reasons = if self.reasons.is_empty() { whole.as_slice() } else { &self.reasons };
        for (row, reason) in (from + 1..).zip(reasons) {
            let place = if reason.place.is_empty() { "整张报表" } else { &reason.place };
            for (column, text) in (0..).zip([place, if self.taken { "是" } else { "否" }, &reason.reason]) {
                sheet.write_string_with_format(row, column, clipped(text), &cell)?;
            }
        }
        Ok(())
    }
}

/// As much of a text as a cell holds.
fn clipped(text: &str) -> &str {
    text.char_indices().nth(15_000).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn shown(at: i64) -> String {
    let time = DateTime::from_timestamp(at, 0).zip(FixedOffset::east_opt(AHEAD_SECONDS));
    time.map(|(time, zone)| time.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

impl Sealed for Receipt {
    const KIND: Kind = Kind::Receipt;
    const NEWEST: u32 = Self::FORMAT;
    const NAME: &str = "接收回执";

    fn seat(&self) -> &str {
        &self.seat
    }

    fn format(&self) -> u32 {
        self.format
    }
}

/// Reads a receipt; refuses what is none.
pub fn open_receipt(file: &[u8]) -> Result<Opened<Receipt>> {
    match open(file)? {
        Found::Receipt(receipt) => Ok(*receipt),
        Found::Return(_) => Err(Error::Sheet(Refusal::new("这个文件是上报文件，不是接收回执。", "请在“装入”里打开它。"))),
        Found::Plain => Err(Error::Sheet(Refusal::new("这个文件不是接收回执。", "请选择上级工会发回的回执文件。"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::seal::Outer;
    use crate::report::seal::fixture::{manifest, workbook};
    use crate::report::seal::seal;

    fn receipt(key: &SeatKey) -> Receipt {
        let reasons = [("会员!C6", "期末会员数应为 120，上报为 119。"), ("", "缺少=填表人。")];
        Receipt {
            format: Receipt::FORMAT,
            unit: "330106001".into(),
            name: "西溪街道总工会".into(),
            task: "members".into(),
            title: "基层工会组织和会员月报".into(),
            period: "2026-10".into(),
            no: 2,
            manifest: Digest::of(b"manifest"),
            taken: false,
            reasons: reasons.map(|(place, reason)| Reason { place: place.into(), reason: reason.into() }).into(),
            by: "西湖区总工会 王敏".into(),
            at: 1_793_000_000,
            seat: key.public().fingerprint(),
        }
    }

    #[test]
    fn a_receipt_comes_back_signed_and_whole() {
        let key = SeatKey::random().unwrap();
        for (taken, reasons) in [(false, 2), (true, 0)] {
            let mut sent = receipt(&key);
            (sent.taken, sent.reasons) = (taken, sent.reasons.into_iter().take(reasons).collect());
            let file = sent.seal(&key).unwrap();
            let opened = open_receipt(&file).unwrap();
            assert_eq!((&opened.says, opened.signed, opened.outer), (&sent, true, Outer::Whole), "as it was given");
            assert_eq!(opened.signer, key.public(), "by whom is known");
        }
    }

    #[test]
    fn a_receipt_is_no_return_and_a_return_no_receipt() {
        let key = SeatKey::random().unwrap();
        let sealed = seal(&workbook(2), &manifest(&key, 2), &key).unwrap();
        assert!(open_receipt(&sealed).is_err_and(|fault| fault.to_string().contains("不是接收回执")), "a return");
        assert!(open_receipt(&workbook(2)).is_err_and(|fault| fault.to_string().contains("不是接收回执")), "a plain workbook");
        assert!(matches!(open(&receipt(&key).seal(&key).unwrap()), Ok(Found::Receipt(_))), "a receipt among returns is told apart");
    }

    #[test]
    fn its_time_is_that_of_a_chinese_clock() {
        assert_eq!(shown(1_793_000_000), "2026-10-26 15:33", "eight hours ahead of the world's");
        assert_eq!(shown(i64::MAX), "", "no time is no time");
    }
}
