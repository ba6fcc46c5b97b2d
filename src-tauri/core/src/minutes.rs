//! Service time: whole minutes in an i64, read from and written to the texts of forms.

use std::fmt;

use crate::decimal::Decimal;
use crate::text::{half_width, invisible};

/// A text that names no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("时长写法无法识别，请写成 2小时30分、2.5（小时）、2:30 或 150分钟。")
    }
}

impl std::error::Error for NotATime {}

/// Reads a length of time as minutes: `2小时30分`, `2:30`, `150分钟`, `2.5小时`, `2个半小时`, `半小时`; a bare number is hours.
///
/// Hours with decimals are rounded to the nearest minute. Refuses negative times and minutes from 60 on beside hours.
pub fn parse(text: &str) -> Result<i64, NotATime> {
    let plain: String =
        text.chars().filter(|&letter| !invisible(letter)).map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase().replace("小时", "时").replace("钟头", "时").replace("分钟", "分");
    clock_face(&plain).or_else(|| words(&plain)).or_else(|| hours_text(&plain)).ok_or(NotATime)
}

/// `2:30`, and `2:30:00` as Excel writes it.
fn clock_face(text: &str) -> Option<i64> {
    let (hours, rest) = text.split_once(':')?;
    let minutes = rest.strip_suffix(":00").or_else(|| rest.strip_suffix(":0")).unwrap_or(rest);
    together(whole(hours)?, whole(minutes)?)
}

/// `2时30分`, `2时30`, `2时`, `30分`, `2个半时`, `2时半`.
fn words(text: &str) -> Option<i64> {
    if let Some((hours, rest)) = text.split_once('时') {
        let base = hours_text(hours)?;
        let more = match rest {
            "" => 0,
            "半" => 30,
            _ => whole(rest.trim_start_matches('零').trim_end_matches('分')).filter(|&minutes| minutes < 60)?,
        };
        return base.checked_add(more);
    }
    text.strip_suffix('分').or_else(|| text.strip_suffix("min")).and_then(whole)
}

/// Hours as a number: `2.5`, `2个`, `2个半`, `半个`, `2h`.
fn hours_text(text: &str) -> Option<i64> {
    let text = text.strip_suffix('h').unwrap_or(text);
    match text.strip_suffix("个半") {
        Some(hours) => whole(hours)?.checked_mul(60)?.checked_add(30),
        None if matches!(text, "半" | "半个") => Some(30),
        None => Decimal::parse(text.trim_end_matches('个'))?.times_rounded(60).filter(|&minutes| minutes >= 0),
    }
}

fn whole(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn together(hours: i64, minutes: i64) -> Option<i64> {
    if minutes < 60 { hours.checked_mul(60)?.checked_add(minutes) } else { None }
}

/// Writes minutes as hours with one decimal, rounded half away from zero: 2.5.
pub fn hours(minutes: i64) -> String {
    let tenths = (i128::from(minutes) + i128::from(minutes.signum()) * 3) / 6;
    let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// Writes minutes in words: 2小时30分, 2小时, 30分, 0分.
pub fn words_of(minutes: i64) -> String {
    let (sign, minutes) = (if minutes < 0 { "-" } else { "" }, minutes.unsigned_abs());
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{sign}{rest}分"),
        (hours, 0) => format!("{sign}{hours}小时"),
        (hours, rest) => format!("{sign}{hours}小时{rest}分"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        let cases = [
            ("2小时30分", 150),
            ("2 小时 30 分钟", 150),
            ("2小时零5分", 125),
            ("2时30", 150),
            ("2.5", 150),
            ("２．５小时", 150),
            ("2.5h", 150),
            ("2:30", 150),
            ("2：30", 150),
            ("02:30:00", 150),
            ("150分钟", 150),
            ("90min", 90),
            ("2个半小时", 150),
            ("2小时半", 150),
            ("半小时", 30),
            ("半个小时", 30),
            ("2个小时", 120),
            ("0.33", 20),
            ("100:00", 6000),
            ("0", 0),
        ];
        for (text, minutes) in cases {
            assert_eq!(parse(text), Ok(minutes), "{text} in minutes");
        }
    }

    #[test]
    fn what_names_no_time_is_refused() {
        for text in [
            "",
            "-1",
            "2:60",
            "2:30:30",
            "1小时90分",
            "两小时",
            "2小时x分",
            "分",
            "小时",
            ":",
            "1.5分",
            "-5分",
            "99999999999999999999",
            "2:3-",
        ] {
            assert_eq!(parse(text), Err(NotATime), "{text} is refused");
        }
    }

    #[test]
    fn hours_round_to_one_decimal() {
        let cases = [
            (0, "0.0"),
            (2, "0.0"),
            (3, "0.1"),
            (6, "0.1"),
            (150, "2.5"),
            (153, "2.6"),
            (-3, "-0.1"),
            (-2, "0.0"),
            (59, "1.0"),
            (i64::MAX, "153722867280912930.1"),
        ];
        for (minutes, text) in cases {
            assert_eq!(hours(minutes), text, "{minutes} minutes");
        }
    }

    proptest! {
        #[test]
        fn a_written_time_reads_back(minutes in 0i64..10_000_000) {
            prop_assert_eq!(parse(&words_of(minutes)), Ok(minutes), "in words");
            prop_assert_eq!(parse(&format!("{}:{:02}", minutes / 60, minutes % 60)), Ok(minutes), "as on a clock");
            let near = parse(&hours(minutes)).unwrap();
            prop_assert!((near - minutes).abs() <= 3, "one decimal of an hour is within three minutes");
            prop_assert!(minutes % 6 != 0 || near == minutes, "and exact for every sixth minute");
        }
    }
}
