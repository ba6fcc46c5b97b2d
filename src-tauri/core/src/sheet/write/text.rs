//! Text sheets out: csv and tsv, readable by the spreadsheets of Chinese offices.
//!
//! UTF-8 carries a byte order mark, since a Chinese Excel takes text without one for GBK. Where an upstream demands
//! GBK, characters it does not have (`䶮`, `𠅤` in names) are listed and nothing is written: a `?` in a name is worse
//! than no file.

use std::io::Write;

use encoding_rs::{EncoderResult, GB18030, GBK};

use crate::Result;
use crate::error::{Error, Refusal};
use crate::sheet::place::column_name;

use super::cell::{DayForm, Out, day_text};
use super::grid::Cells;
use super::target::lost;

/// How a text sheet's characters are stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8 with a byte order mark.
    #[default]
    Utf8,
    /// GB 18030-2022: every character there is.
    Gb18030,
    /// GBK: refuses what it does not have.
    Gbk,
}

/// How a text sheet is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextPlan {
    /// The encoding.
    pub encoding: TextEncoding,
    /// Whether tabs separate the cells, not commas.
    pub tabs: bool,
    /// How days are written; real dates are written as `yyyy-MM-dd`.
    pub day: DayForm,
}

/// Writes a text sheet; `rows` writes one row at each call and says whether it did. Gives the number of rows.
pub fn write_text<W: Write>(mut out: W, plan: &TextPlan, mut rows: impl FnMut(&mut LineWriter<'_>) -> Result<bool>) -> Result<u32> {
    let mut line = LineWriter { plan, number: 0, column: 0, bytes: Vec::new(), begun: 0, strangers: Strangers::default() };
    if plan.encoding == TextEncoding::Utf8 {
        line.bytes.extend_from_slice(b"\xEF\xBB\xBF");
    }
    loop {
        line.begin();
        if !rows(&mut line)? {
            line.cancel();
            break;
        }
        line.bytes.extend_from_slice(b"\r\n");
        if line.bytes.len() > 64 << 10 {
            out.write_all(&line.bytes).map_err(lost)?;
            line.bytes.clear();
        }
    }
    line.strangers.refuse()?;
    out.write_all(&line.bytes).and_then(|()| out.flush()).map_err(lost)?;
    Ok(line.number)
}

/// Writes the cells of one row after another.
pub struct LineWriter<'a> {
    plan: &'a TextPlan,
    number: u32,
    column: u16,
    bytes: Vec<u8>,
    begun: usize,
    strangers: Strangers,
}

impl LineWriter<'_> {
    fn begin(&mut self) {
        self.number += 1;
        self.column = 0;
        self.begun = self.bytes.len();
    }

    fn cancel(&mut self) {
        self.number -= 1;
        self.bytes.truncate(self.begun);
    }

    fn text(&mut self, text: &str) {
        let separator = if self.plan.tabs { '\t' } else { ',' };
        let guard = if is_formula(text) { "'" } else { "" };
        let quoted = text.contains([separator, '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ');
        if quoted {
            let inner = text.replace('"', "\"\"");
            self.encode(&["\"", guard, &inner, "\""].concat());
        } else if guard.is_empty() {
            self.encode(text);
        } else {
            self.encode(&[guard, text].concat());
        }
    }

    fn encode(&mut self, text: &str) {
        let encoding = match self.plan.encoding {
            TextEncoding::Utf8 => return self.bytes.extend_from_slice(text.as_bytes()),
            TextEncoding::Gb18030 => GB18030,
            TextEncoding::Gbk => GBK,
        };
        if text.is_ascii() {
            return self.bytes.extend_from_slice(text.as_bytes());
        }
        let (mut encoder, mut code) = (encoding.new_encoder(), [0; 8]);
        for character in text.chars() {
            let (outcome, _, length) = encoder.encode_from_utf8_without_replacement(character.encode_utf8(&mut [0; 4]), &mut code, false);
            let bytes = code.get(..length).unwrap_or_default();
            if outcome == EncoderResult::InputEmpty && !(encoding == GBK && added_later(bytes)) {
                self.bytes.extend_from_slice(bytes);
            } else {
                self.strangers.add(self.number, self.column, character);
            }
        }
    }
}

/// Says whether a two-byte code got its character only with later editions of GB 18030: who reads GBK as Windows does
/// (code page 936) takes it for none or for a private one.
fn added_later(code: &[u8]) -> bool {
    matches!(code, [0xFE, 0x50..=0xA0] | [0xA6, 0xD9..=0xDF | 0xEC | 0xED | 0xF3 | 0xFE] | [0xA8, 0xBC | 0xBF] | [0xA9, 0x89..=0x95])
}

impl Cells for LineWriter<'_> {
    fn push(&mut self, value: Out<'_>) -> Result<()> {
        if self.column > 0 {
            self.bytes.push(if self.plan.tabs { b'\t' } else { b',' });
        }
        self.column += 1;
        match value {
            Out::Empty => {}
            Out::Text(text) | Out::ResultText(text) => self.text(text),
            Out::Int(value) => self.bytes.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
            Out::Number(value) | Out::Result(value) if !value.is_finite() => {
                let place = format!("第 {} 行 {} 列", self.number, column_name(self.column));
                return Err(Error::Sheet(Refusal::new(format!("{place}的数值无法写入表格：它不是有限的数。"), "请检查这一项的计算来源。")));
            }
            Out::Number(value) | Out::Result(value) => {
                let mut buffer = ryu::Buffer::new();
                let digits = buffer.format_finite(value);
                self.bytes.extend_from_slice(digits.strip_suffix(".0").unwrap_or(digits).as_bytes());
            }
            Out::Day(day) => match &self.plan.day {
                DayForm::Real => self.text(&day_text(day, "yyyy-MM-dd")),
                DayForm::Text(pattern) => self.text(&day_text(day, pattern)),
            },
        }
        Ok(())
    }
}

/// Says whether a spreadsheet might take the text for a formula when it opens the file (full-width signs count in
/// Chinese editions); what is a plain number is none.
fn is_formula(text: &str) -> bool {
    let signed = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = signed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && signed.bytes().any(|byte| byte.is_ascii_digit());
    !number && text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Characters that the encoding does not have.
#[derive(Default)]
struct Strangers {
    places: Vec<String>,
    count: usize,
}

impl Strangers {
    /// So many are named; the rest is counted.
    const NAMED: usize = 20;

    fn add(&mut self, row: u32, column: u16, character: char) {
        self.count += 1;
        if self.places.len() < Self::NAMED {
            self.places.push(format!("第 {row} 行 {} 列“{character}”", column_name(column)));
        }
    }

    fn refuse(&self) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let more = if self.count > self.places.len() { "等" } else { "" };
        let message = format!("有 {} 个字不在所要求的编码里，没有写出文件：{}{more}。", self.count, self.places.join("、"));
        Err(Error::Sheet(Refusal::new(message, "请改用 UTF-8 或 GB 18030 编码，或按上级认可的写法替换这些字后重新导出。")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::read::{self, ReadOptions};
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn written(plan: &TextPlan, rows: &[&[Out<'_>]]) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut left = rows.iter();
        let count = write_text(&mut bytes, plan, |line| match left.next() {
            Some(row) => row.iter().try_for_each(|value| line.push(*value)).map(|()| true),
            None => Ok(false),
        })?;
        assert_eq!(count as usize, rows.len(), "every row is counted");
        Ok(bytes)
    }

    #[test]
    fn text_is_marked_quoted_and_guarded() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 5).expect("a day");
        let row =
            [Out::Text("姓,名"), Out::Text("说\"好\"\n了"), Out::Int(-3), Out::Number(0.5), Out::Day(day), Out::Empty, Out::Text("-12.5")];
        let bytes = written(
            &TextPlan::default(),
            &[&row, &[Out::Text("=1+1"), Out::Text("+86"), Out::Text("@a"), Out::Text("-a"), Out::Text("＝b")]],
        );
        let wanted = "\u{FEFF}\"姓,名\",\"说\"\"好\"\"\n了\",-3,0.5,2024-01-05,,-12.5\r\n'=1+1,+86,'@a,'-a,'＝b\r\n";
        assert_eq!(String::from_utf8(bytes.expect("writable")).expect("UTF-8"), wanted, "only formulas are guarded, numbers never");
        let tabs = TextPlan { tabs: true, day: DayForm::Text("yyyyMMdd".into()), ..TextPlan::default() };
        let bytes = written(&tabs, &[&[Out::Text("a,b"), Out::Text("\tc"), Out::Day(day)]]).expect("writable");
        assert_eq!(bytes, "\u{FEFF}a,b\t\"'\tc\"\t20240105\r\n".as_bytes(), "tabs separate here");
    }

    #[test]
    fn characters_that_gbk_lacks_are_listed_never_replaced() {
        let gbk = TextPlan { encoding: TextEncoding::Gbk, ..TextPlan::default() };
        let Err(Error::Sheet(refusal)) = written(&gbk, &[&[Out::Text("姓名")], &[Out::Int(1), Out::Text("䶮"), Out::Text("a𠅤")]])
        else {
            panic!("must be refused")
        };
        assert!(refusal.message.contains("第 2 行 B 列“䶮”、第 2 行 C 列“𠅤”"), "{}", refusal.message);
        let many = "䶮".repeat(50);
        let Err(Error::Sheet(refusal)) = written(&gbk, &[&[Out::Text(&many)]]) else { panic!("must be refused") };
        assert!(refusal.message.contains("有 50 个字") && refusal.message.matches("第 1 行").count() == 20, "{}", refusal.message);
        assert_eq!(written(&gbk, &[&[Out::Text("阿·艾")]]).expect("GBK has these"), b"\xB0\xA2\xA1\xA4\xB0\xAC\r\n", "no mark before it");
    }

    #[test]
    fn numbers_without_an_end_are_refused() {
        assert!(matches!(written(&TextPlan::default(), &[&[Out::Number(f64::NAN)]]), Err(Error::Sheet(_))), "no cell holds them");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn text_sheets_come_back_to_the_letter(texts in prop::collection::vec("[a-c,;\"\\n\\t 中䶮𠅤é=-]{0,8}", 2..12), gb in any::<bool>(), tabs in any::<bool>()) {
            let encoding = if gb { TextEncoding::Gb18030 } else { TextEncoding::Utf8 };
            // The heading fixes the separator, as in every real export.
            let row: Vec<Out<'_>> = texts.iter().map(|text| Out::Text(text)).collect();
            let head: Vec<Out<'_>> = texts.iter().map(|_| Out::Text("栏目")).collect();
            let bytes = written(&TextPlan { encoding, tabs, day: DayForm::Real }, &[&head, &head, &head, &head, &head, &head, &head, &head, &row]).expect("writable");
            let file = tempfile::NamedTempFile::new().expect("a file");
            std::fs::write(file.path(), &bytes).expect("written");
            let mut read_back = vec![String::new(); texts.len()];
            read::open(file.path(), &ReadOptions::default()).expect("readable").rows(0, |row| {
                if row.number == 9 {
                    row.cells().for_each(|cell| read_back[usize::from(cell.column) - 1] = cell.value.text().into_owned());
                }
                Ok(ControlFlow::Continue(()))
            }).expect("sound");
            for (text, read) in texts.iter().zip(&read_back) {
                let unguarded = if is_formula(text) { read.strip_prefix('\'').expect("a guard") } else { read };
                prop_assert_eq!(unguarded, text, "each cell");
            }
        }
    }
}
