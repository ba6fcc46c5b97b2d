//! Days: arithmetic that stays within the calendar.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::random::Random;
use crate::record::Entered;

/// Gives the day so many days later, or earlier where negative.
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

/// Gives the same day so many years later; 28 February where it is none.
pub fn years_after(day: NaiveDate, years: i32) -> NaiveDate {
    let year = day.year() + years;
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(day)
}

/// Picks a day between two, both included; the first where they are the wrong way round.
pub fn between(random: &mut Random, first: NaiveDate, last: NaiveDate) -> NaiveDate {
    let days = (last - first).num_days().max(0);
    plus(first, random.within(0, days))
}

/// The moment at which a fact of a day was entered: that day within office hours (UTC+8).
pub fn entered(day: NaiveDate) -> Entered {
    let number = i64::from(day.num_days_from_ce());
    let midnight = (number - 719_163) * 86_400 - 8 * 3_600;
    Entered(midnight + 9 * 3_600 + number * 7_919 % (8 * 3_600))
}
