//! Values as people write and read them in forms and sheets.

use chrono::NaiveDate;

use super::{Cell, CodeList, Kind, Value};
use crate::terms;

/// Reads a value from a form's or a sheet's text, already trimmed and narrowed; refuses with a Chinese half sentence.
/// A reference is read as its number: only the store knows names.
pub fn parse(kind: Kind, text: &str) -> Result<Cell, String> {
    let int = |found: Option<i64>, what: &str| found.map(Cell::Int).ok_or_else(|| format!("“{text}”{what}"));
    match kind {
        Kind::Text => Ok(Cell::Text(text.to_owned())),
        Kind::Int | Kind::Ref(_) | Kind::Entered => int(whole(text), "不是整数"),
        Kind::Bool => int(yes_no(text), "应填“是”或“否”"),
        Kind::Day => day(text).map(|day| day.to_cell()).ok_or_else(|| format!("“{text}”不是有效的日期")),
        Kind::Money => int(scaled(text, 2), "不是金额（元）"),
        Kind::Minutes => int(scaled(text, 2).map(|hours| hours * 60 / 100), "不是时长（小时）"),
        Kind::Degrees => int(scaled(text, 6), "不是经纬度"),
        Kind::Code(list) => int(code(list, text), &format!("不在选项里，应为：{}", labels(list))),
        Kind::Term(list) => term(list, text),
    }
}

/// Writes a value for people: labels for codes and terms, yuan for money, hours for minutes. A reference shows its number.
pub fn show(kind: Kind, cell: &Cell) -> String {
    match (kind, cell) {
        (_, Cell::Null) => String::new(),
        (Kind::Term(list), Cell::Text(code)) => name_of(list, code),
        (_, Cell::Text(text)) => text.clone(),
        (Kind::Money, Cell::Int(fen)) => unscaled(*fen, 2),
        (Kind::Degrees, Cell::Int(micro)) => unscaled(*micro, 6),
        (_, Cell::Int(value)) => kind.code_label(cell).map_or_else(|| value.to_string(), str::to_owned),
    }
}

fn name_of(list: &str, code: &str) -> String {
    let entry = terms::list(list).and_then(|list| list.find(code));
    entry.map_or_else(|| code.to_owned(), |entry| entry.name.to_owned())
}

fn term(list: &str, text: &str) -> Result<Cell, String> {
    let Some(terms) = terms::list(list) else { return Err(format!("没有代码表“{list}”")) };
    let found = terms.find_name(text).or_else(|| terms.find(text));
    found.map(|entry| Cell::Text(entry.code.to_owned())).ok_or_else(|| {
        let near = terms.similar(text).iter().map(|entry| entry.name.to_owned()).collect::<Vec<_>>().join("、");
        format!("“{text}”不在“{}”代码表里{}", terms.label, if near.is_empty() { String::new() } else { format!("，是否应为：{near}") })
    })
}

fn whole(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|letter| *letter != ',').collect();
    digits.strip_suffix(".0").unwrap_or(&digits).parse().ok()
}

fn yes_no(text: &str) -> Option<i64> {
    match text {
        "是" | "有" | "√" | "1" | "Y" | "y" | "true" => Some(1),
        "否" | "无" | "×" | "0" | "N" | "n" | "false" => Some(0),
        _ => None,
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// `12.5` with two places is 1250; more places than that are refused.
fn scaled(text: &str, places: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || part.len() > places || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<places$}").parse::<i64>().ok().map(|value| sign * value)
}

fn unscaled(value: i64, places: usize) -> String {
    let scale = 10_i64.pow(u32::try_from(places).unwrap_or(0));
    format!("{}{}.{:0places$}", if value < 0 { "-" } else { "" }, (value / scale).abs(), (value % scale).abs())
}

fn code(list: &CodeList, text: &str) -> Option<i64> {
    list.entries.iter().find(|entry| entry.label == text || entry.word == text).map(|entry| entry.code)
}

fn labels(list: &CodeList) -> String {
    list.entries.iter().map(|entry| entry.label).collect::<Vec<_>>().join("、")
}
