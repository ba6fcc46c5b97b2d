//! Values as people write and read them in forms and sheets.

use chrono::NaiveDate;

use super::{Cell, CodeList, Kind, Value};
use crate::decimal::Decimal;
use crate::{minutes, money, terms};

/// Reads a value from a form's or a sheet's text, already trimmed and narrowed; refuses with a Chinese half sentence.
/// A reference is read as its number: only the store knows names.
pub fn parse(kind: Kind, text: &str) -> Result<Cell, String> {
    let int = |found: Option<i64>, what: &str| found.map(Cell::Int).ok_or_else(|| format!("“{text}”{what}"));
    match kind {
        Kind::Text => Ok(Cell::Text(text.to_owned())),
        Kind::Int | Kind::Ref(_) | Kind::Entered => int(whole(text), "不是整数"),
        Kind::Bool => int(yes_no(text), "应填“是”或“否”"),
        Kind::Terms(list) => terms_of(list, text),
        Kind::Day => day(text).map(|day| day.to_cell()).ok_or_else(|| format!("“{text}”不是有效的日期")),
        Kind::Money => money::parse(text, money::Unit::Yuan).map(Cell::Int).map_err(|fault| fault.to_string()),
        Kind::Minutes => minutes::parse(text).map(Cell::Int).map_err(|fault| fault.to_string()),
        Kind::Degrees => int(Decimal::parse(text).and_then(|degrees| degrees.times_rounded(1_000_000)), "不是经纬度"),
        Kind::Code(list) => int(code(list, text), &format!("不在选项里，应为：{}", labels(list))),
        Kind::Term(list) => term(list, text),
    }
}

/// Writes a value for people: labels for codes and terms, yuan for money, hours for minutes. A reference shows its number.
pub fn show(kind: Kind, cell: &Cell) -> String {
    match (kind, cell) {
        (_, Cell::Null) => String::new(),
        (Kind::Term(list), Cell::Text(code)) => name_of(list, code),
        (Kind::Terms(list), Cell::Text(codes)) => names_of(list, codes),
        (_, Cell::Text(text)) => text.clone(),
        (Kind::Money, Cell::Int(fen)) => money::yuan(*fen),
        (Kind::Minutes, Cell::Int(length)) => minutes::hours(*length),
        (Kind::Degrees, Cell::Int(micro)) => degrees(*micro),
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
        let near = terms.similar(text).join("、");
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

/// Several entries are stored as their codes between bars, `|a|b|`, so that one of them is found by `%|a|%`.
fn terms_of(list: &str, text: &str) -> Result<Cell, String> {
    let parts = text.split(['|', '、', ',', '，', ';', '；', '/']).map(str::trim).filter(|part| !part.is_empty());
    let codes = parts.map(|part| term(list, part)).collect::<Result<Vec<_>, _>>()?;
    let codes: Vec<&str> = codes.iter().filter_map(Cell::text).collect();
    Ok(if codes.is_empty() { Cell::Null } else { Cell::Text(format!("|{}|", codes.join("|"))) })
}

fn names_of(list: &str, codes: &str) -> String {
    codes.split('|').filter(|code| !code.is_empty()).map(|code| name_of(list, code)).collect::<Vec<_>>().join("、")
}

/// Millionths of a degree as a decimal number.
fn degrees(micro: i64) -> String {
    format!("{}{}.{:06}", if micro < 0 { "-" } else { "" }, (micro / 1_000_000).abs(), (micro % 1_000_000).abs())
}

fn code(list: &CodeList, text: &str) -> Option<i64> {
    list.entries.iter().find(|entry| entry.is_called(text)).map(|entry| entry.code)
}

fn labels(list: &CodeList) -> String {
    list.entries.iter().map(|entry| entry.label).collect::<Vec<_>>().join("、")
}
