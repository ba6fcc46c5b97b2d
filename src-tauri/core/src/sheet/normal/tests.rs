//! Forms people type, and forms nobody should.

use std::borrow::Cow;

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Option<(String, Precision)> {
    date_text(text).map(|day| (day.date.to_string(), day.precision))
}

#[test]
fn text_loses_widths_and_blanks_but_keeps_chinese_punctuation() {
    for (raw, wanted) in [
        ("　ＡＢ１２－３ \u{A0}", "AB12-3"),
        ("待（下）岗", "待（下）岗"),
        ("张\u{200B}三\u{FEFF}", "张三"),
        ("出生\n日期", "出生日期"),
        ("No.\r\n1", "No. 1"),
        ("阿不都·艾尼", "阿不都·艾尼"),
        ("\t\u{3000}\n", ""),
        ("𠮷野家\u{1}", "𠮷野家"),
    ] {
        assert_eq!(text(raw), wanted, "{raw:?}");
    }
    assert!(matches!(text(" 张三 "), Cow::Borrowed("张三")), "plain text is not copied");
}

#[test]
fn days_are_read_in_every_form_people_use() {
    for raw in [
        "2024/01/05",
        "2024-1-5",
        "2024.1.5",
        "20240105",
        "2024年1月5日",
        "2024年01月05",
        "２０２４／１／５",
        " 2024 年 1 月 5 日 ",
        "2024-01-05 08:30:00",
        "2024-01-05T08:30:00.000Z",
        "2024/1/5 8:30",
        "45296",
    ] {
        assert_eq!(day(raw), Some(("2024-01-05".into(), Precision::Day)), "{raw}");
    }
    for raw in ["2024-01", "2024/1", "2024.01", "2024年1月", "202401"] {
        assert_eq!(day(raw), Some(("2024-01-01".into(), Precision::Month)), "{raw}");
    }
}

#[test]
fn what_no_calendar_has_is_no_day() {
    for raw in [
        "2023-02-29",
        "2024-13-01",
        "20240230",
        "05/01/2024",
        "24-1-5",
        "2024-1-5-1",
        "2024-01-05x",
        "2024-01-051",
        "2024",
        "",
        "无",
        "2024年",
        "2024-01/05",
        "0000-01-01",
        "2024-01-05 25:00",
        "123456789",
        "１２",
        "1899-12-31",
        "2024-01-05 8点",
    ] {
        assert_eq!(day(raw), None, "{raw} must be refused");
    }
}

#[test]
fn cells_give_days_by_their_kind() {
    let number = |value, written| date(&CellValue::Number { value, written }).map(|day| day.date.to_string());
    assert_eq!(number(45_296.0, "45296").as_deref(), Some("2024-01-05"), "a serial number");
    assert_eq!(number(20_240_105.0, "20240105").as_deref(), Some("2024-01-05"), "eight digits typed as a number");
    assert_eq!(number(2024.0, "2024"), None, "a year alone is no day");
    assert_eq!(number(2024.1, "2024.1"), None, "January or October: nobody can know");
    assert_eq!(date(&CellValue::Bool(true)), None, "a truth is no day");
}

#[test]
fn numbers_are_read_exactly() {
    for (raw, wanted) in [
        ("1,234.5", Some(123_450)),
        ("￥12.30元", Some(1230)),
        ("-0.05", Some(-5)),
        ("１００", Some(10_000)),
        ("1.2E3", Some(120_000)),
        (".5", Some(50)),
    ] {
        assert_eq!(scaled(raw, 2), wanted, "{raw} in fen");
    }
    assert_eq!(scaled("12.300000000000001", 2), Some(1230), "a spreadsheet's rounding noise goes");
    for raw in ["12.345", "1,23", "12万", "", "-", ".", "1.2.3", "inf", "NaN", "99999999999999999999"] {
        assert_eq!(scaled(raw, 2), None, "{raw} must be refused");
    }
    assert_eq!((number("1,234.5"), number("infinity"), number("12%")), (Some(1234.5), None, None), "floats follow the same rules");
}

#[test]
fn yes_and_no_have_many_spellings() {
    assert!(["是", " 有 ", "√", "１", "Y", "TRUE"].iter().all(|raw| yes_no(raw) == Some(true)), "these mean yes");
    assert!(["否", "无", "×", "0", "n", "False"].iter().all(|raw| yes_no(raw) == Some(false)), "these mean no");
    assert!(["", "也许", "2", "是否"].iter().all(|raw| yes_no(raw).is_none()), "these mean neither");
}

#[test]
fn headings_are_compared_without_their_hints() {
    for (raw, wanted) in [
        ("出生日期\n（格式：yyyy/MM/dd）", "出生日期"),
        ("证件号码(填写18位身份证)", "证件号码"),
        ("是否农民工会员 填写“是”或“否”", "是否农民工会员"),
        ("*姓 名：", "姓名"),
        ("统一社会信用代码（工会）", "统一社会信用代码(工会)"),
        ("填写日期", "填写日期"),
        ("金额（元", "金额(元"),
    ] {
        assert_eq!(header(raw), wanted, "{raw:?}");
    }
    assert_eq!(bare_header("金额（元）"), "金额", "the second chance drops every bracket");
}

proptest! {
    #[test]
    fn normal_text_is_normal_already(raw in "[ \\t\\n\\r　Ａ-ｚa-c中（\u{200B}\u{1}𠮷]{0,12}") {
        let once = text(&raw).into_owned();
        prop_assert_eq!(text(&once).into_owned(), once.clone(), "twice gives what once gives: {:?}", raw);
    }

    #[test]
    fn any_text_is_survived(raw in any::<String>()) {
        prop_assert!(text(&raw).len() <= raw.len(), "text never grows");
        let _ = (date_text(&raw), number(&raw), scaled(&raw, 2), yes_no(&raw), header(&raw));
    }

    #[test]
    fn every_day_reads_back_from_every_pattern(offset in 0_u64..109_000, pattern in prop::sample::select(vec!["%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y年%-m月%-d日"])) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|first| first.checked_add_days(chrono::Days::new(offset))).expect("within the calendar");
        prop_assert_eq!(date_text(&day.format(pattern).to_string()).map(|read| read.date), Some(day), "a day survives its writing");
    }
}
