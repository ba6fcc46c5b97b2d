//! What a volunteer's hours come to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::star::Scale;
use crate::Result;
use crate::people::Person;
use crate::record::{Id, Minutes, Wire};
use crate::store::Db;

/// Asks for a person's hours.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Wire)]
pub struct TallyOf {
    /// Who.
    pub person: Id<Person>,
    /// The last day that counts; today where none is given.
    pub until: Option<NaiveDate>,
}

/// A person's hours and stars up to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Tally {
    /// All minutes.
    pub minutes: i64,
    /// Of them entered later.
    pub entered_later: i64,
    /// How many activities.
    pub activities: i64,
    /// The day of the first.
    pub first: Option<NaiveDate>,
    /// The day of the last.
    pub last: Option<NaiveDate>,
    /// Minutes by field of service, most first.
    pub areas: Vec<AreaMinutes>,
    /// The stars that the minutes reach by the scale of the day.
    pub stars: i64,
    /// The minutes that the next star lacks; none at the top.
    pub lacks: Option<i64>,
}

/// Minutes of one field of service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct AreaMinutes {
    /// The field's code.
    pub area: String,
    /// The minutes.
    pub minutes: i64,
}

/// One line of service that counts.
struct Line {
    day: NaiveDate,
    area: String,
    minutes: i64,
    later: bool,
}

/// Adds up a person's hours: activities that were held, up to a day.
pub fn tally(db: &Db<'_>, ask: &TallyOf) -> Result<Tally> {
    let until = ask.until.unwrap_or(db.now().today);
    let lines = lines(db, ask.person, until)?;
    let minutes = lines.iter().map(|line| line.minutes).sum();
    let scale = Scale::on(db, until)?;
    Ok(Tally {
        minutes,
        entered_later: lines.iter().filter(|line| line.later).map(|line| line.minutes).sum(),
        activities: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        first: lines.iter().map(|line| line.day).min(),
        last: lines.iter().map(|line| line.day).max(),
        areas: by_area(&lines),
        stars: scale.stars(Minutes(minutes)),
        lacks: scale.next(Minutes(minutes)).map(|rule| rule.minutes.0 - minutes),
    })
}

fn lines(db: &Db<'_>, person: Id<Person>, until: NaiveDate) -> Result<Vec<Line>> {
    let sql = "SELECT a.day, coalesce(a.area, ''), s.minutes, s.source FROM service s CROSS JOIN activity a ON a.id = s.activity \
               WHERE s.person = ?1 AND a.state = 2 AND a.day <= ?2";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)? == 2));
    let rows: Vec<(String, String, i64, bool)> = db.rows(sql, (person.get(), until.to_string()), read)?;
    let line = |(day, area, minutes, later): (String, String, i64, bool)| Some(Line { day: day.parse().ok()?, area, minutes, later });
    Ok(rows.into_iter().filter_map(line).collect())
}

fn by_area(lines: &[Line]) -> Vec<AreaMinutes> {
    let mut areas: Vec<AreaMinutes> = Vec::new();
    for line in lines {
        match areas.iter_mut().find(|known| known.area == line.area) {
            Some(known) => known.minutes += line.minutes,
            None => areas.push(AreaMinutes { area: line.area.clone(), minutes: line.minutes }),
        }
    }
    areas.sort_by(|a, b| b.minutes.cmp(&a.minutes).then_with(|| a.area.cmp(&b.area)));
    areas
}
