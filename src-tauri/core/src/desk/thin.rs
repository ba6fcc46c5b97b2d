//! Which backups need not be kept any longer: all of today, one a day for 14 days, one a week for 8 weeks, one a month for 12 months.

use std::collections::HashSet;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDateTime, Weekday};

use crate::store::STAMP;

/// How many days one a day is kept, one a week, one a month.
const DAYS: i64 = 14;
const WEEKS: i64 = 8 * 7;
const MONTHS: i64 = LONGEST as i64;
/// The most days that one is kept while newer ones are made.
pub(super) const LONGEST: u64 = 366;

/// When a backup of a file was made, as its name says; `None` for any other file.
pub(super) fn stamp(stem: &str, name: &str) -> Option<NaiveDateTime> {
    stamped(stem, name).map(|(at, _)| at)
}

/// When a backup of a file was made, and what stands behind it in its name: whose it is, a number where two are of the same second.
pub(super) fn stamped<'n>(stem: &str, name: &'n str) -> Option<(NaiveDateTime, &'n str)> {
    let said = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".unionbook")?;
    let (at, behind) = said.split_at_checked(15)?;
    let behind = if behind.is_empty() { behind } else { behind.strip_prefix('-')? };
    Some((NaiveDateTime::parse_from_str(at, STAMP).ok()?, behind))
}

/// What may go of the backups of one file; the newest always stays, and so does one that lies ahead of the clock.
pub(super) fn spare(mut backups: Vec<(NaiveDateTime, PathBuf)>, now: NaiveDateTime) -> Vec<PathBuf> {
    backups.sort_by(|one, other| other.cmp(one));
    let mut seen = HashSet::new();
    let mut goes = |at: NaiveDateTime| {
        let (day, age) = (at.date(), (now.date() - at.date()).num_days());
        // Whether it is the newest of its day, its week, its month; each is asked, so that each is noted.
        let daily = seen.insert(("day", day));
        let weekly = seen.insert(("week", day.week(Weekday::Mon).first_day()));
        let monthly = seen.insert(("month", day.with_day(1).unwrap_or(day)));
        !(age <= 0 || daily && age < DAYS || weekly && age < WEEKS || monthly && age < MONTHS)
    };
    let judged: Vec<(bool, PathBuf)> = backups.into_iter().map(|(at, path)| (goes(at), path)).collect();
    judged.into_iter().skip(1).filter(|(goes, _)| *goes).map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDate};

    use super::*;

    fn noon(day: NaiveDate) -> NaiveDateTime {
        day.and_hms_opt(12, 0, 0).unwrap()
    }

    /// What stays after two years in which the office was backed up every hour of every day, and thinned out each time.
    fn two_years(now: NaiveDateTime) -> Vec<NaiveDateTime> {
        let mut kept: Vec<(NaiveDateTime, PathBuf)> = Vec::new();
        for hour in (0..2 * 366 * 8).rev() {
            let at = now - Duration::hours(3 * hour);
            kept.push((at, PathBuf::from(at.to_string())));
            let gone: HashSet<PathBuf> = spare(kept.clone(), at).into_iter().collect();
            kept.retain(|(_, path)| !gone.contains(path));
        }
        kept.into_iter().map(|(at, _)| at).collect()
    }

    #[test]
    fn after_two_years_there_is_one_of_every_recent_day_week_and_month() {
        let now = noon(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        let kept = two_years(now);
        assert!(kept.len() < 50, "{} are kept of thousands", kept.len());
        assert_eq!(kept.iter().filter(|at| at.date() == now.date()).count(), 5, "all of today");
        for age in 1..DAYS {
            assert!(kept.iter().any(|at| (now.date() - at.date()).num_days() == age), "one of {age} days ago");
        }
        for week in 2..8 {
            assert!(kept.iter().any(|at| ((now.date() - at.date()).num_days() - 7 * week).abs() <= 6), "one of about {week} weeks ago");
        }
        for month in 2..12 {
            assert!(
                kept.iter().any(|at| ((now.date() - at.date()).num_days() - 30 * month).abs() <= 31),
                "one of about {month} months ago"
            );
        }
    }

    #[test]
    fn the_newest_stays_however_old_it_is_and_a_wrong_clock_spares_nothing() {
        let day = |year| noon(NaiveDate::from_ymd_opt(year, 5, 1).unwrap());
        let path = |year: i32| PathBuf::from(year.to_string());
        let found = spare(vec![(day(2010), path(2010)), (day(2011), path(2011))], day(2026));
        assert_eq!(found, [path(2010)], "the newest stays");
        assert_eq!(spare(vec![(day(2026), path(2026)), (day(2027), path(2027))], day(2020)), Vec::<PathBuf>::new(), "ahead of the clock");
    }

    #[test]
    fn only_names_that_the_program_gives_are_its_backups() {
        for name in ["账-20261122-120000.unionbook", "账-20261122-120000-2.unionbook"] {
            assert!(stamp("账", name).is_some(), "{name} is one");
        }
        for name in [
            "账.unionbook",
            "账-20261122-120000.xlsx",
            "账-恢复前.unionbook",
            "别的-20261122-120000.unionbook",
            "账-20261322-120000.unionbook",
        ] {
            assert_eq!(stamp("账", name), None, "{name} is none");
        }
    }
}
