//! Quarters, halves and years, of the calendar and of the unions' statistics.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::{Month, NotAPeriod, digits};

/// A statistical year of the unions, from 1 October of the year before to 30 September of the year it is named by
/// (全国工会统计调查制度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnionYear(i32);

impl UnionYear {
    /// Makes the statistical year that ends on 30 September of `year` (2 to 9999).
    pub fn new(year: i32) -> Option<Self> {
        (2..=9999).contains(&year).then_some(Self(year))
    }

    /// Gives the statistical year a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() + i32::from(day.month() >= 10))
    }

    /// Gives the year it ends in and is named by.
    pub fn year(self) -> i32 {
        self.0
    }

    fn first_month(self) -> Month {
        Month { year: self.0 - 1, month: 10 }
    }
}

/// A stretch of whole months that a ledger or return covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// One month.
    Month(Month),
    /// Three months of a calendar year, by the first of them (January, April, July or October).
    Quarter(Month),
    /// Six months of a calendar year, by the first of them (January or July).
    HalfYear(Month),
    /// A calendar year, by its January.
    Year(Month),
    /// A statistical year of the unions, October to September.
    UnionYear(UnionYear),
}

impl Period {
    /// Makes a quarter, 1 to 4, of a year.
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        let first = (1..=4).contains(&quarter).then(|| quarter * 3 - 2)?;
        Month::new(year, first).map(Self::Quarter)
    }

    /// Makes a half, 1 or 2, of a year.
    pub fn half_year(year: i32, half: u32) -> Option<Self> {
        let first = (1..=2).contains(&half).then(|| half * 6 - 5)?;
        Month::new(year, first).map(Self::HalfYear)
    }

    /// Makes a calendar year.
    pub fn year(year: i32) -> Option<Self> {
        Month::new(year, 1).map(Self::Year)
    }

    /// Gives the first month.
    pub fn first_month(self) -> Month {
        match self {
            Self::Month(month) | Self::Quarter(month) | Self::HalfYear(month) | Self::Year(month) => month,
            Self::UnionYear(year) => year.first_month(),
        }
    }

    /// Gives the number of months: 1, 3, 6 or 12.
    pub fn length(self) -> i32 {
        match self {
            Self::Month(_) => 1,
            Self::Quarter(_) => 3,
            Self::HalfYear(_) => 6,
            Self::Year(_) | Self::UnionYear(_) => 12,
        }
    }

    /// Gives the last month.
    pub fn last_month(self) -> Month {
        self.first_month().plus(self.length() - 1)
    }

    /// Gives the first day.
    pub fn from(self) -> NaiveDate {
        self.first_month().first_day()
    }

    /// Gives the last day, which still belongs to the period.
    pub fn to(self) -> NaiveDate {
        self.last_month().last_day()
    }

    /// Says whether a day lies in the period.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from()..=self.to()).contains(&day)
    }

    /// Gives the months in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let first = self.first_month();
        (0..self.length()).map(move |at| first.plus(at))
    }

    /// Gives the period of the same kind just before (环比).
    #[must_use]
    pub fn previous(self) -> Self {
        self.shifted(-self.length())
    }

    /// Gives the period of the same kind just after.
    #[must_use]
    pub fn next(self) -> Self {
        self.shifted(self.length())
    }

    /// Gives the period of the same kind a year before (同比).
    #[must_use]
    pub fn year_before(self) -> Self {
        self.shifted(-12)
    }

    fn shifted(self, months: i32) -> Self {
        match self {
            Self::Month(month) => Self::Month(month.plus(months)),
            Self::Quarter(month) => Self::Quarter(month.plus(months)),
            Self::HalfYear(month) => Self::HalfYear(month.plus(months)),
            Self::Year(month) => Self::Year(month.plus(months)),
            Self::UnionYear(UnionYear(year)) => Self::UnionYear(UnionYear((year + months / 12).clamp(2, 9999))),
        }
    }

    /// Gives the period's Chinese name: 2026年10月, 2026年第三季度, 2026年上半年, 2026年, 2026年工会统计年度.
    pub fn label(self) -> String {
        let year = self.last_month().year();
        match self {
            Self::Month(month) => month.label(),
            Self::Quarter(month) => format!("{year}年第{}季度", ["一", "二", "三", "四"].get(quarter_at(month)).unwrap_or(&"")),
            Self::HalfYear(month) => format!("{year}年{}半年", if month.month() == 1 { "上" } else { "下" }),
            Self::Year(_) => format!("{year}年"),
            Self::UnionYear(_) => format!("{year}年工会统计年度"),
        }
    }
}

/// Counts a month's quarter from 0.
fn quarter_at(month: Month) -> usize {
    month.month().saturating_sub(1) as usize / 3
}

/// Writes the period's key: 2026-10, 2026-Q3, 2026-H1, 2026, and 2026-U for a statistical year.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.last_month().year();
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Quarter(month) => write!(f, "{year:04}-Q{}", quarter_at(*month) + 1),
            Self::HalfYear(month) => write!(f, "{year:04}-H{}", 1 + month.month() / 7),
            Self::Year(_) => write!(f, "{year:04}"),
            Self::UnionYear(_) => write!(f, "{year:04}-U"),
        }
    }
}

/// Reads a period's key or its Chinese name, and a month as `Month::parse` does.
impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let text = text.trim();
        Month::parse(text).map(Self::Month).or_else(|| longer_period(text)).ok_or(NotAPeriod)
    }
}

fn longer_period(text: &str) -> Option<Period> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = digits(year, 4..=4)?;
    match rest.trim_start_matches(['-', '年']) {
        "" | "度" => Period::year(year),
        "U" | "u" | "工会统计年度" => UnionYear::new(year).map(Period::UnionYear),
        "Q1" | "q1" | "第一季度" | "一季度" => Period::quarter(year, 1),
        "Q2" | "q2" | "第二季度" | "二季度" => Period::quarter(year, 2),
        "Q3" | "q3" | "第三季度" | "三季度" => Period::quarter(year, 3),
        "Q4" | "q4" | "第四季度" | "四季度" => Period::quarter(year, 4),
        "H1" | "h1" | "上半年" => Period::half_year(year, 1),
        "H2" | "h2" | "下半年" => Period::half_year(year, 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_statistical_year_runs_from_october_to_september() {
        assert_eq!(UnionYear::of(day("2025-09-30")).year(), 2025, "the last day of the statistical year 2025");
        assert_eq!(UnionYear::of(day("2025-10-01")).year(), 2026, "the first day of the statistical year 2026");
        let period = Period::UnionYear(UnionYear::of(day("2026-01-01")));
        assert_eq!((period.from(), period.to()), (day("2025-10-01"), day("2026-09-30")), "its first and last day");
    }

    #[test]
    fn a_period_has_a_chinese_name_and_a_key() {
        let cases = [
            ("2026-10", "2026年10月", "2026-10-01", "2026-10-31"),
            ("2026-Q1", "2026年第一季度", "2026-01-01", "2026-03-31"),
            ("2026-Q4", "2026年第四季度", "2026-10-01", "2026-12-31"),
            ("2026-H1", "2026年上半年", "2026-01-01", "2026-06-30"),
            ("2026-H2", "2026年下半年", "2026-07-01", "2026-12-31"),
            ("2026", "2026年", "2026-01-01", "2026-12-31"),
            ("2026-U", "2026年工会统计年度", "2025-10-01", "2026-09-30"),
        ];
        for (key, label, from, to) in cases {
            let period: Period = key.parse().unwrap();
            assert_eq!(period.to_string(), key, "the key reads back");
            assert_eq!(period.label(), label, "the name of {key}");
            assert_eq!(label.parse(), Ok(period), "the name {label} reads back too");
            assert_eq!((period.from(), period.to()), (day(from), day(to)), "the days of {key}");
            assert_eq!(i32::try_from(period.months().count()), Ok(period.length()), "the months of {key}");
        }
        for text in ["", "2026-Q5", "2026-H3", "2026-X", "年"] {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text} is no period");
        }
        assert_eq!(Period::quarter(2026, u32::MAX), None, "no such quarter");
    }

    #[test]
    fn the_period_before_and_the_year_before_are_of_the_same_kind() {
        let of = |text: &str| text.parse::<Period>().unwrap();
        assert_eq!(of("2026-01").previous(), of("2025-12"), "the month before January");
        assert_eq!(of("2026-Q1").previous(), of("2025-Q4"), "the quarter before the first");
        assert_eq!(of("2026-U").previous(), of("2025-U"), "the statistical year before");
        assert_eq!(of("2026-02").year_before(), of("2025-02"), "the same month a year before");
    }

    proptest! {
        #[test]
        fn every_day_lies_in_exactly_one_period_of_a_kind(offset in 0i64..80_000) {
            let date = day("1950-01-01") + chrono::Duration::days(offset);
            let month = Month::of(date);
            let quarter = Period::quarter(month.year(), month.month().div_ceil(3)).unwrap();
            let half = Period::half_year(month.year(), month.month().div_ceil(6)).unwrap();
            let year = Period::year(month.year()).unwrap();
            for period in [Period::Month(month), quarter, half, year, Period::UnionYear(UnionYear::of(date))] {
                prop_assert!(period.contains(date), "{} holds {}", period, date);
                prop_assert!(!period.previous().contains(date), "the one before {} does not", period);
                prop_assert_eq!(period.previous().to().succ_opt(), Some(period.from()), "no gap before {}", period);
            }
        }
    }
}
