//! The one form of what people type: pure functions, no noun, no clock.

use chrono::NaiveDate;

use super::read::{CellValue, Epoch};
pub use crate::text::line as text;

/// How exactly a day was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month; the day is its first.
    Month,
}

/// A day that was read, and how exactly it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// How exactly it was given.
    pub precision: Precision,
}

impl Day {
    fn new(year: i32, month: u32, day: Option<u32>) -> Option<Self> {
        let precision = if day.is_some() { Precision::Day } else { Precision::Month };
        let date = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))?;
        (1900..=2199).contains(&year).then_some(Self { date, precision })
    }
}

/// Reads a day from a cell: a date, a serial number, digits such as 20240105, or any text [`date_text`] takes.
pub fn date(value: &CellValue<'_>) -> Option<Day> {
    match *value {
        CellValue::Date(moment) => Day::new_from(moment.date()),
        CellValue::Number { value, .. } if value.fract() == 0.0 && value >= 100_000.0 => date_text(&format!("{value}")),
        CellValue::Number { value, .. } => serial(value),
        CellValue::Text(text) => date_text(text),
        _ => None,
    }
}

impl Day {
    fn new_from(date: NaiveDate) -> Option<Self> {
        use chrono::Datelike;
        Self::new(date.year(), date.month(), Some(date.day()))
    }
}

fn serial(value: f64) -> Option<Day> {
    match Epoch::Year1900.moment(value)? {
        // Below 1910 it is far likelier a count or a year than a day.
        CellValue::Date(moment) if value >= 3654.0 => Day::new_from(moment.date()),
        _ => None,
    }
}

/// Reads a day as people write it: `2024/01/05`, `2024-1-5`, `2024.1.5`, `20240105`, `2024年1月5日`, each with or
/// without a time after it; `2024-01`, `2024年1月` and `202401` to the month; `45296` as a serial number.
///
/// Years have four digits, 1900 to 2199; days that no calendar has, days before months and two-digit years are no
/// dates (GB/T 7408).
pub fn date_text(raw: &str) -> Option<Day> {
    let plain = text(raw);
    if plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(&plain);
    }
    let (year, rest) = number_before(&plain, 4)?;
    let (mark, rest) = first(rest.trim_start())?;
    let (month, rest) = number_before(rest.trim_start(), 2)?;
    let (year, rest) = (i32::try_from(year).ok()?, rest.trim_start());
    match mark {
        '年' => {
            let rest = rest.strip_prefix('月')?.trim_start();
            if rest.is_empty() { Day::new(year, month, None) } else { last_part(year, month, rest, "日号") }
        }
        '/' | '-' | '.' if rest.is_empty() => Day::new(year, month, None),
        '/' | '-' | '.' => last_part(year, month, rest.strip_prefix(mark)?.trim_start(), ""),
        _ => None,
    }
}

fn digits(plain: &str) -> Option<Day> {
    let part = |from: usize, to: usize| plain.get(from..to)?.parse::<u32>().ok();
    let year = || i32::try_from(part(0, 4)?).ok();
    match plain.len() {
        8 => Day::new(year()?, part(4, 6)?, Some(part(6, 8)?)),
        6 => Day::new(year()?, part(4, 6)?, None),
        5 => serial(plain.parse().ok()?),
        _ => None,
    }
}

fn last_part(year: i32, month: u32, rest: &str, marks: &str) -> Option<Day> {
    let (day, rest) = number_before(rest, 2)?;
    let marked = rest.trim_start().trim_start_matches(|mark| marks.contains(mark));
    if !is_time(marked) {
        return None;
    }
    // `2024-01-051` and `2024-01-05x` are no days: a time stands apart or after a T.
    let apart = rest.is_empty() || marked.len() < rest.len() || marked.starts_with('T');
    apart.then(|| Day::new(year, month, Some(day))).flatten()
}

/// Says whether nothing follows the day but a time: `08:30`, `T08:30:00.000Z`, `8:30:00+08:00`.
fn is_time(rest: &str) -> bool {
    let time = rest.trim().trim_start_matches('T').trim_end_matches('Z');
    let time = time.split(['+', '.']).next().unwrap_or_default();
    let parts: Vec<&str> = time.split(':').collect();
    let limits = [23, 59, 59];
    let sound = |(part, limit): (&&str, u32)| part.len() <= 2 && part.parse::<u32>().is_ok_and(|part| part <= limit);
    time.is_empty() || (2..=3).contains(&parts.len()) && parts.iter().zip(limits).all(sound)
}

fn number_before(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length)?;
    let fits = if most == 4 { length == 4 } else { (1..=most).contains(&length) };
    fits.then(|| number.parse().ok())?.map(|number| (number, rest))
}

fn first(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    Some((characters.next()?, characters.as_str()))
}

/// Reads a number as people write it: full-width digits, a sign, `,` between thousands, `￥` before or `元` after it.
pub fn number(raw: &str) -> Option<f64> {
    let plain = bare_number(raw)?;
    let sound = plain.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    plain.parse::<f64>().ok().filter(|value| sound && value.is_finite())
}

fn bare_number(raw: &str) -> Option<String> {
    let plain = text(raw);
    let plain = plain.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim().replace('，', ",");
    let whole = plain.split('.').next().unwrap_or_default().trim_start_matches(['+', '-']);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().len();
    let grouped = groups.next().is_none() || (1..=3).contains(&first) && whole.split(',').skip(1).all(|group| group.len() == 3);
    grouped.then(|| plain.replace(',', ""))
}

/// Reads a decimal number exactly, as a whole number of its 10^-`places`: `scaled("1,234.5", 2)` is 123450 (money in fen).
///
/// Digits beyond `places` must be zeros, unless there are more than 15 in all: then they are a spreadsheet's rounding
/// noise and are rounded away.
pub fn scaled(raw: &str, places: u32) -> Option<i64> {
    let plain = bare_number(raw)?;
    let plain = if plain.contains(['e', 'E']) { format!("{}", number(&plain)?) } else { plain };
    let (minus, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (kept, beyond) = fraction.split_at_checked(places as usize).unwrap_or((fraction, ""));
    if beyond.bytes().any(|byte| byte != b'0') && digits.trim_start_matches('0').len() <= 15 {
        return None;
    }
    let padding = 10_i64.checked_pow(places - u32::try_from(kept.len()).ok()?)?;
    let units: i64 =
        [whole, kept].concat().parse::<i64>().or_else(|fault| if whole.is_empty() && kept.is_empty() { Ok(0) } else { Err(fault) }).ok()?;
    let rounded = units.checked_mul(padding)?.checked_add(i64::from(beyond.starts_with(['5', '6', '7', '8', '9'])))?;
    Some(if minus { -rounded } else { rounded })
}

/// Reads a yes or no as lists write it: 是 否, 有 无, √ ×, 1 0, Y N, TRUE FALSE; `None` for anything else.
pub fn yes_no(raw: &str) -> Option<bool> {
    match text(raw).to_ascii_lowercase().as_str() {
        "是" | "有" | "对" | "√" | "✓" | "✔" | "☑" | "1" | "y" | "yes" | "t" | "true" => Some(true),
        "否" | "无" | "不是" | "没有" | "×" | "✗" | "✘" | "x" | "0" | "n" | "no" | "f" | "false" => Some(false),
        _ => None,
    }
}

/// Gives a column heading the form in which headings are compared: without blanks, line breaks, stars, a closing
/// colon and hints how to fill the column (`（格式：yyyy/MM/dd）`, `填写“是”或“否”`, `（必填）`).
pub fn header(raw: &str) -> String {
    let narrow = text(raw).replace('（', "(").replace('）', ")").replace(['【', '［'], "(").replace(['】', '］'], ")").replace('：', ":");
    let solid: String = narrow.chars().filter(|character| !character.is_whitespace() && !matches!(character, '*' | '★' | '※')).collect();
    let mut plain = String::with_capacity(solid.len());
    without_brackets(&solid, &mut plain, is_hint);
    if let Some(at) = plain.find("填写").filter(|at| *at > 0) {
        plain.truncate(at);
    }
    plain.trim_end_matches(':').to_lowercase()
}

/// Gives a heading without anything in brackets: the second chance where [`header`] finds no equal.
pub fn bare_header(raw: &str) -> String {
    let mut plain = String::new();
    without_brackets(&header(raw), &mut plain, |_| true);
    plain
}

fn without_brackets(solid: &str, into: &mut String, drop: impl Fn(&str) -> bool) {
    let mut rest = solid;
    while let Some((before, after)) = rest.split_once('(') {
        into.push_str(before);
        let Some((inside, left)) = after.split_once(')') else {
            into.push('(');
            rest = after;
            continue;
        };
        if !drop(inside) {
            into.extend(["(", inside, ")"]);
        }
        rest = left;
    }
    into.push_str(rest);
}

fn is_hint(inside: &str) -> bool {
    let lower = inside.to_lowercase();
    ["格式", "填写", "填", "如", "例", "请", "可空", "可不", "下拉", "单选", "多选", "注"].iter().any(|word| lower.starts_with(word))
        || ["yyyy", "必填", "选填", "必选", "下拉"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests;
