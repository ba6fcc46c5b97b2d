//! One cell's XML, and the text in it.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::error::{Error, Refusal};
use crate::sheet::place::{CellRef, column_name};
use crate::sheet::read::Epoch;
use crate::{Result, error};

/// What is written into a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Out<'a> {
    /// Text; it is never taken for a formula. Empty text leaves the cell empty.
    Text(&'a str),
    /// A whole number; one of more than 15 digits is written as text, so that no digit is lost.
    Int(i64),
    /// A number; one that is not finite is refused.
    Number(f64),
    /// A day, in the form the column's [`DayForm`] says.
    Day(NaiveDate),
    /// The result of the blank's formula, which stays and has it beside it; a plain number where the blank has no formula there.
    Result(f64),
    /// The same for a formula whose result is a text.
    ResultText(&'a str),
    /// Nothing: the cell keeps its style.
    Empty,
}

impl Out<'_> {
    /// Says whether it is a formula's result that can be written beside the formula.
    pub(super) fn is_result(&self) -> bool {
        matches!(self, Self::Result(value) if value.is_finite()) || matches!(self, Self::ResultText(_))
    }
}

/// How days are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayForm {
    /// As a real date, shown by the cell's own number format; days before 1900 as `yyyy-MM-dd` text.
    Real,
    /// As text in a pattern of `yyyy`, `MM`, `M`, `dd`, `d` and other characters, such as `yyyy/MM/dd` or `yyyy年M月d日`.
    Text(Cow<'static, str>),
}

impl Default for DayForm {
    fn default() -> Self {
        Self::Text(Cow::Borrowed("yyyy-MM-dd"))
    }
}

/// Writes a day in a pattern of `yyyy`, `MM`, `M`, `dd`, `d`; other characters stand for themselves.
pub fn day_text(day: NaiveDate, pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 4);
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(character).len();
        let (word, after) = rest.split_at_checked(run).unwrap_or((rest, ""));
        // Writing to a String cannot fail.
        let _ = match word {
            "yyyy" => write!(out, "{:04}", day.year()),
            "MM" => write!(out, "{:02}", day.month()),
            "M" => write!(out, "{}", day.month()),
            "dd" => write!(out, "{:02}", day.day()),
            "d" => write!(out, "{}", day.day()),
            other => write!(out, "{other}"),
        };
        rest = after;
    }
    out
}

/// The characters a cell can hold at most, in UTF-16 units (Excel's limit).
const LONGEST_TEXT: usize = 32_767;
/// Whole numbers up to this are kept to the last digit.
const LARGEST_WHOLE: u64 = 999_999_999_999_999;

/// The names of a sheet's elements, with the prefix its blank uses.
#[derive(Debug, Clone)]
pub(super) struct Names {
    text_begin: Vec<u8>,
    text_end: Vec<u8>,
    preserved_begin: Vec<u8>,
    number_begin: Vec<u8>,
    number_end: Vec<u8>,
    epoch: Epoch,
}

impl Names {
    pub(super) fn new(prefix: &str, epoch: Epoch) -> Self {
        Self {
            text_begin: format!(" t=\"inlineStr\"><{prefix}is><{prefix}t>").into(),
            preserved_begin: format!(" t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">").into(),
            text_end: format!("</{prefix}t></{prefix}is></{prefix}c>").into(),
            number_begin: format!("><{prefix}v>").into(),
            number_end: format!("</{prefix}v></{prefix}c>").into(),
            epoch,
        }
    }

    /// Writes what follows `<c r="…" s="…"`.
    pub(super) fn value(&self, value: Out<'_>, form: &DayForm, place: CellRef, into: &mut Vec<u8>) -> Result<()> {
        match value {
            Out::Text("") | Out::Empty => into.extend_from_slice(b"/>"),
            Out::Text(text) => return self.text(text, place, into),
            Out::Int(value) if value.unsigned_abs() > LARGEST_WHOLE => return self.text(itoa::Buffer::new().format(value), place, into),
            Out::Int(value) => self.number(itoa::Buffer::new().format(value), into),
            Out::ResultText(text) => return self.value(Out::Text(text), form, place, into),
            Out::Number(value) | Out::Result(value) => self.float(value, place, into)?,
            Out::Day(day) => match form {
                DayForm::Text(pattern) => return self.text(&day_text(day, pattern), place, into),
                DayForm::Real => match self.epoch.serial(day) {
                    Some(serial) => self.number(itoa::Buffer::new().format(serial), into),
                    None => return self.text(&day_text(day, "yyyy-MM-dd"), place, into),
                },
            },
        }
        Ok(())
    }

    /// Writes what follows `<c r="…" s="…"` where a formula stays and its result is known; `formula` writes `><f>…</f>`.
    pub(super) fn result(&self, value: Out<'_>, formula: impl FnOnce(&mut Vec<u8>), into: &mut Vec<u8>) {
        let text = if let Out::ResultText(text) = value { Some(text) } else { None };
        into.extend_from_slice(if text.is_some() { b" t=\"str\"" } else { b"" });
        formula(into);
        into.extend_from_slice(self.number_begin.strip_prefix(b">").unwrap_or(&self.number_begin));
        match (value, text) {
            (_, Some(text)) => escape(text, into),
            (Out::Result(value) | Out::Number(value), _) => into.extend_from_slice(digits(value, &mut ryu::Buffer::new()).as_bytes()),
            _ => {}
        }
        into.extend_from_slice(&self.number_end);
    }

    fn number(&self, digits: &str, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.number_begin);
        into.extend_from_slice(digits.as_bytes());
        into.extend_from_slice(&self.number_end);
    }

    fn float(&self, value: f64, place: CellRef, into: &mut Vec<u8>) -> Result<()> {
        if !value.is_finite() {
            return Err(Error::Sheet(Refusal::new(
                format!("{}的数值无法写入表格：它不是有限的数。", said(place)),
                "请检查这一项的计算来源。",
            )));
        }
        self.number(digits(value, &mut ryu::Buffer::new()), into);
        Ok(())
    }

    fn text(&self, text: &str, place: CellRef, into: &mut Vec<u8>) -> Result<()> {
        if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT {
            let message = format!("{}的文字超过 {LONGEST_TEXT} 个字，表格的一个单元格放不下。", said(place));
            return Err(Error::Sheet(error::Refusal::new(message, "请缩短这一项的文字后重新导出。")));
        }
        let spaced = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        let bytes = text.as_bytes();
        let preserve = spaced(bytes.first()) || spaced(bytes.last()) || bytes.contains(&b'\n');
        into.extend_from_slice(if preserve { &self.preserved_begin } else { &self.text_begin });
        escape(text, into);
        into.extend_from_slice(&self.text_end);
        Ok(())
    }
}

/// The digits of a finite number, whole ones without a point.
fn digits(value: f64, buffer: &mut ryu::Buffer) -> &str {
    let digits = buffer.format_finite(value);
    digits.strip_suffix(".0").unwrap_or(digits)
}

/// A cell in the words of a sentence.
fn said(place: CellRef) -> String {
    format!("第 {} 行 {} 列", place.row, column_name(place.column))
}

/// Writes text so that XML and then a spreadsheet read it back to the letter: control characters as `_x0001_`, and
/// what already looks like that with its first underscore escaped (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
pub(super) fn escape(text: &str, into: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| special(*byte)) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        into.extend_from_slice(plain);
        let (mark, after) = from.split_first().unwrap_or((&0, &[]));
        rest = after;
        match mark {
            b'<' => into.extend_from_slice(b"&lt;"),
            b'>' => into.extend_from_slice(b"&gt;"),
            b'&' => into.extend_from_slice(b"&amp;"),
            b'_' if looks_escaped(after) => into.extend_from_slice(b"_x005F_"),
            b'_' | b'\t' | b'\n' => into.push(*mark),
            0xEF if matches!(after, [0xBF, 0xBE | 0xBF, ..]) => {
                let (low, after) = after.split_at_checked(2).unwrap_or((after, &[]));
                into.extend_from_slice(if low.ends_with(&[0xBE]) { b"_xFFFE_" } else { b"_xFFFF_" });
                rest = after;
            }
            0xEF => into.push(0xEF),
            control => into.extend_from_slice(format!("_x{control:04X}_").as_bytes()),
        }
    }
    into.extend_from_slice(rest);
}

fn special(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'<' | b'>' | b'&' | b'_' | 0xEF)
}

/// Says whether `x`, four hexadecimal digits and an underscore follow, or something that is itself written with an
/// underscore first.
fn looks_escaped(after: &[u8]) -> bool {
    let [b'x', a, b, c, d, next, ..] = after else { return false };
    [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()) && (*next < b' ' || matches!(next, b'_' | 0xEF))
}

/// Escapes text for an attribute or a formula: only what XML asks for.
pub(super) fn escape_plain(text: &str, into: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'<' => into.extend_from_slice(b"&lt;"),
            b'>' => into.extend_from_slice(b"&gt;"),
            b'&' => into.extend_from_slice(b"&amp;"),
            b'"' => into.extend_from_slice(b"&quot;"),
            byte => into.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: Out<'_>, form: &DayForm) -> Result<String> {
        let mut bytes = Vec::new();
        Names::new("", Epoch::Year1900).value(value, form, CellRef::new(2, 7), &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn values_take_the_plainest_form_that_keeps_them() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 5).expect("a day");
        let old = NaiveDate::from_ymd_opt(1899, 1, 5).expect("a day");
        let slash = DayForm::Text("yyyy/MM/dd".into());
        for (value, form, wanted) in [
            (Out::Text("=1+1"), &slash, " t=\"inlineStr\"><is><t>=1+1</t></is></c>"),
            (Out::Text(" a"), &slash, " t=\"inlineStr\"><is><t xml:space=\"preserve\"> a</t></is></c>"),
            (Out::Text(""), &slash, "/>"),
            (Out::Int(-5), &slash, "><v>-5</v></c>"),
            (Out::Int(110_101_200_001_011_234), &slash, " t=\"inlineStr\"><is><t>110101200001011234</t></is></c>"),
            (Out::Number(0.1), &slash, "><v>0.1</v></c>"),
            (Out::Number(3.0), &slash, "><v>3</v></c>"),
            (Out::Day(day), &slash, " t=\"inlineStr\"><is><t>2024/01/05</t></is></c>"),
            (Out::Day(day), &DayForm::Real, "><v>45296</v></c>"),
            (Out::Day(old), &DayForm::Real, " t=\"inlineStr\"><is><t>1899-01-05</t></is></c>"),
        ] {
            assert_eq!(written(value, form).expect("writable"), wanted, "{value:?}");
        }
    }

    #[test]
    fn what_no_cell_can_hold_is_refused_with_its_place() {
        for value in [Out::Number(f64::NAN), Out::Number(f64::INFINITY), Out::Text(&"字".repeat(32_768))] {
            let Err(Error::Sheet(refusal)) = written(value, &DayForm::Real) else { panic!("must be refused") };
            assert!(refusal.message.contains("第 7 行 B 列"), "{}", refusal.message);
        }
        assert!(written(Out::Text(&"字".repeat(32_767)), &DayForm::Real).is_ok(), "the longest text fits");
    }

    #[test]
    fn day_patterns_are_spelt_out() {
        let day = NaiveDate::from_ymd_opt(2024, 1, 5).expect("a day");
        for (pattern, wanted) in
            [("yyyyMMdd", "20240105"), ("yyyy年M月d日", "2024年1月5日"), ("yyyy-MM", "2024-01"), ("yyyy.MM.dd", "2024.01.05")]
        {
            assert_eq!(day_text(day, pattern), wanted, "{pattern}");
        }
    }
}
