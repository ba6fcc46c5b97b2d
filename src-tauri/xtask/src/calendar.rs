//! The day and the month by the clock of the offices.

use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in China's time, as the demo office needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    year: u64,
    month: u64,
    day: u64,
    second: u64,
}

impl Moment {
    /// Reads the machine's clock.
    pub fn now() -> Self {
        // A clock before 1970 is a clock that was never set; the first day serves as well as any other then.
        Self::at(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()))
    }

    /// Gives the moment at so many seconds after 1970-01-01 00:00 UTC; all of China keeps UTC+8 and no summer time.
    fn at(unix: u64) -> Self {
        let second = unix + 8 * 3600;
        let (year, month, day) = civil(second / 86_400);
        Self { year, month, day, second: second % 86_400 }
    }

    /// Writes the moment as a folder's name: `20261103-091502`.
    pub fn stamp(self) -> String {
        let (hour, minute, second) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        format!("{:04}{:02}{:02}-{hour:02}{minute:02}{second:02}", self.year, self.month, self.day)
    }

    /// Writes the month before this one: `2026-10`.
    pub fn last_month(self) -> String {
        let (year, month) = if self.month == 1 { (self.year - 1, 12) } else { (self.year, self.month - 1) };
        format!("{year:04}-{month:02}")
    }
}

/// Gives the year, month and day of the Gregorian calendar for a count of days after 1970-01-01.
fn civil(days: u64) -> (u64, u64, u64) {
    // Counted from 0000-03-01, every 400 years have 146,097 days and the leap day ends its year (H. Hinnant, civil_from_days).
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (11_017, (2000, 3, 1)), (20_758, (2026, 11, 1))] {
            assert_eq!(civil(days), date, "day {days} after 1970-01-01");
        }
    }

    #[test]
    fn the_month_turns_at_midnight_in_china() {
        let midnight = 20_758 * 86_400 - 8 * 3600;
        assert_eq!(Moment::at(midnight - 1).last_month(), "2026-09", "the last second of October is still October");
        assert_eq!(Moment::at(midnight).last_month(), "2026-10", "the first second of November is November");
        assert_eq!(Moment::at(midnight + 3_661).stamp(), "20261101-010101", "the stamp is China's time");
    }

    #[test]
    fn the_month_before_january_is_last_years_december() {
        assert_eq!(Moment { year: 2027, month: 1, day: 31, second: 0 }.last_month(), "2026-12", "the year goes back too");
    }
}
