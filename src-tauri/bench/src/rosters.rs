//! Rosters to import: any number of people whom no demonstration has, in the columns of form A1.

use std::io::BufWriter;
use std::path::Path;

use chrono::{Days, NaiveDate, NaiveDateTime};
use unionbook_core::demo::roster::COLUMNS;
use unionbook_core::people::id_number::generate;
use unionbook_core::sheet::write::{Book, BookColumn, BookKind, Out, RowWriter, write_book};

use crate::Outcome;
use crate::office::until;

/// The people of the demonstrations were born from 1962 on.
const FIRST: Option<NaiveDate> = NaiveDate::from_ymd_opt(1950, 1, 1);
/// The days before that.
const DAYS: u64 = 365 * 12;
/// The last number of those born on one day.
const PLACES: u64 = 999;

/// Surnames and given names; their products repeat as those of real people do.
const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "欧阳", "梁",
    "宋", "郑",
];
const GIVEN: [&str; 32] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚", "桂英",
    "建国", "玉兰", "志强", "晓东", "文博", "春梅", "家辉", "海燕", "国庆", "雪",
];

/// Writes a workbook with the people from number `from` on; those of different numbers have different id numbers.
pub fn write(path: &Path, from: u64, rows: u64) -> Outcome<()> {
    let columns: Vec<BookColumn<'_>> =
        COLUMNS.iter().map(|label| BookColumn { label, width: 14.0, kind: BookKind::Text, choices: &[] }).collect();
    let made = NaiveDateTime::default();
    let book = Book { sheet: "会员信息", title: Some("工会会员信息采集表"), columns: &columns, made, mark: "", bulk: false };
    let mut people = from..from + rows;
    let file = std::fs::File::create(path)?;
    write_book(BufWriter::new(file), &book, |row| people.next().map_or(Ok(false), |nth| line(row, nth - from + 1, nth).map(|()| true)))?;
    Ok(())
}

fn line(row: &mut RowWriter<'_>, number: u64, nth: u64) -> unionbook_core::Result<()> {
    let day = FIRST.unwrap_or_default().checked_add_days(Days::new(nth % DAYS)).unwrap_or_default();
    let place = 1 + nth / DAYS % PLACES;
    let (given, surname) = (at(&GIVEN, nth / 7), at(&SURNAMES, nth * 31 / 5));
    let id = generate("000000", day, u16::try_from(place).unwrap_or(1)).unwrap_or_default();
    let joined = until().first_day();
    let texts = [
        number.to_string(),
        format!("{surname}{given}{}", at(&GIVEN, nth / 224)),
        if place % 2 == 1 { "男" } else { "女" }.into(),
        day.format("%Y/%m/%d").to_string(),
        "汉族".into(),
        "在岗".into(),
        "居民身份证".into(),
        id,
        at(&["本科", "大专", "中专", "高中"], nth).into(),
        "无".into(),
        format!("167{:08}", nth % 100_000_000),
        at(&["农业户口", "非农业户口"], nth).into(),
        "云岭省".into(),
        "入会".into(),
        joined.checked_add_days(Days::new(nth % 28)).unwrap_or(joined).format("%Y/%m/%d").to_string(),
        String::new(),
        at(&["群众", "中共党员", "群众", "共青团员"], nth).into(),
        "示例有限公司".into(),
        "云岭省".into(),
        at(&["否", "否", "是"], nth).into(),
    ];
    (1..).zip(&texts).try_for_each(|(column, text)| row.put(column, Out::Text(text)))
}

fn at<'w>(words: &[&'w str], nth: u64) -> &'w str {
    usize::try_from(nth).ok().and_then(|nth| words.get(nth % words.len())).copied().unwrap_or_default()
}
