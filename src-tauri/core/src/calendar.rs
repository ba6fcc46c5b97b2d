//! Months, statistical years and the other periods that ledgers and returns are kept by.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

mod period;

pub use period::{Period, UnionYear};

/// Writes a day as sentences and papers have it: 2026年10月5日.
pub fn chinese_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// One month of the Gregorian calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// Makes a month from a year (1 to 9999) and a month of the year (1 to 12); anything else is none.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month);
        real.then_some(Self { year, month })
    }

    /// Gives the month a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Gives the year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Gives the month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// Gives the first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Gives the last day: 28th to 31st.
    pub fn last_day(self) -> NaiveDate {
        (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(self.year, self.month, day)).unwrap_or_default()
    }

    /// Says whether a day lies in the month.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }

    /// Counts months since January of year 0, so that months can index an array or be subtracted.
    pub fn ordinal(self) -> i32 {
        self.year * 12 + self.month.cast_signed() - 1
    }

    /// Gives the month that lies `months` later (earlier where negative), held within the years 1 to 9999.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let ordinal = self.ordinal().saturating_add(months).clamp(12, 9999 * 12 + 11);
        Self { year: ordinal.div_euclid(12), month: ordinal.rem_euclid(12).cast_unsigned() + 1 }
    }

    /// Gives the next month.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// Gives the month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// Gives the month's Chinese name: 2026年10月.
    pub fn label(self) -> String {
        format!("{}年{}月", self.year, self.month)
    }

    /// Reads a month as people write it: 2026-10, 2026-1, 2026/10, 2026.10, 202610 or 2026年10月.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix('月').unwrap_or(text);
        let parts = text.split_once(['-', '/', '.', '年']).or_else(|| if text.len() == 6 { text.split_at_checked(4) } else { None });
        let (year, month) = parts?;
        Self::new(digits(year.trim(), 4..=4)?, digits(month.trim(), 1..=2)?.cast_unsigned())
    }
}

/// Reads a bare number of so many digits: no sign, no blank.
fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let bare = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if bare { text.parse().ok() } else { None }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A text that names no month or no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPeriod;

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("这不是一个期间。月份请写成 2026-10 或 2026年10月，季度 2026-Q3，半年 2026-H1，年度 2026，工会统计年度 2026-U。")
    }
}

impl std::error::Error for NotAPeriod {}

/// Reads a month as `Month::parse` does.
impl FromStr for Month {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        Self::parse(text).ok_or(NotAPeriod)
    }
}

/// Counts the full years of age on a day; a child of 29 February has its birthday on 1 March of common years. Negative before birth.
pub fn age(birth: NaiveDate, day: NaiveDate) -> i32 {
    day.year() - birth.year() - i32::from((day.month(), day.day()) < (birth.month(), birth.day()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_read_in_every_common_spelling() {
        for text in ["2026-10", " 2026-10 ", "2026/10", "2026.10", "202610", "2026年10月", "2026 年 10 月"] {
            assert_eq!(Month::parse(text), Month::new(2026, 10), "{text} is October 2026");
        }
        assert_eq!(month("2026-1"), month("2026年01月"), "a leading zero does not matter");
        for text in ["", "2026", "2026-13", "2026-00", "0000-01", "26-10", "2026-+1", "2026-10-01", "二〇二六年十月", "20261"] {
            assert_eq!(Month::parse(text), None, "{text} is no month");
        }
    }

    #[test]
    fn february_ends_as_leap_years_say() {
        assert_eq!(month("2024-02").last_day(), day("2024-02-29"), "2024 is a leap year");
        assert_eq!(month("2026-02").last_day(), day("2026-02-28"), "2026 is a common year");
        assert_eq!(month("2000-02").last_day(), day("2000-02-29"), "2000 is a leap year by the rule of 400");
        assert_eq!(month("1900-02").last_day(), day("1900-02-28"), "1900 is a common year by the rule of 100");
    }

    #[test]
    fn age_grows_on_the_birthday() {
        assert_eq!(age(day("2000-10-02"), day("2026-10-01")), 25, "the day before the birthday");
        assert_eq!(age(day("2000-10-01"), day("2026-10-01")), 26, "on the birthday");
        assert_eq!(age(day("2000-02-29"), day("2026-02-28")), 25, "born on 29 February, not yet a year older on the 28th");
        assert_eq!(age(day("2000-02-29"), day("2026-03-01")), 26, "born on 29 February, a year older on 1 March");
    }

    proptest! {
        #[test]
        fn moving_a_month_and_back_changes_nothing(year in 1900i32..2200, of_year in 1u32..=12, by in -1200i32..1200) {
            let month = Month::new(year, of_year).unwrap();
            prop_assert_eq!(month.plus(by).plus(-by), month, "there and back");
            prop_assert_eq!(month.plus(by).ordinal() - month.ordinal(), by, "the distance is what was asked for");
            prop_assert_eq!(month.next().first_day().pred_opt(), Some(month.last_day()), "no day lies between two months");
            prop_assert_eq!(month.to_string().parse(), Ok(month), "what is written reads back");
            prop_assert_eq!(Month::parse(&month.label()), Some(month), "the Chinese name reads back");
        }
    }
}
