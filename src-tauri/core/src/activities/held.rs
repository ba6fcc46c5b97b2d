//! The activities of a period, and who took part in them by name.

use std::collections::HashMap;

use crate::Result;
use crate::report::{Scope, bytes, int, stream};
use crate::store::Db;

/// An activity that was held within a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: i64,
    /// The place of the union that held it.
    pub place: u32,
    /// The place of the union that runs the station where it was held.
    pub station: Option<u32>,
    /// The code of its kind.
    pub kind: String,
    /// The code of its field of voluntary service, where it is one.
    pub area: Option<String>,
    /// How many people it served.
    pub served: i64,
    /// What it cost, in fen.
    pub cost: i64,
    persons: Option<i64>,
    times: Option<i64>,
}

impl Held {
    /// People and person-times by count, each standing for the other where only one is known.
    pub fn counted(&self) -> (i64, i64) {
        let (persons, times) = (self.persons.or(self.times), self.times.or(self.persons));
        (persons.unwrap_or(0), times.unwrap_or(0))
    }
}

/// Reads the activities that were held within a period, in the order of their days.
pub fn held(db: &Db<'_>, scope: &Scope) -> Result<Vec<Held>> {
    let mut found = Vec::new();
    let sql = "SELECT a.id, a.unit, s.unit, a.kind, a.area, a.served, a.cost, a.persons, a.times
               FROM activity a INDEXED BY activity_day LEFT JOIN station s ON s.id = a.station
               WHERE a.state = 2 AND a.day BETWEEN ?1 AND ?2 ORDER BY a.day, a.unit";
    stream(db, sql, [scope.from(), scope.to()], |row| {
        let Some(place) = scope.hierarchy.place(int(row, 1)?) else { return Ok(()) };
        let text = |column| Ok::<_, rusqlite::Error>(String::from_utf8_lossy(bytes(row, column)?).into_owned());
        let (kind, area) = (text(3)?, text(4)?);
        found.push(Held {
            id: int(row, 0)?,
            place,
            station: scope.hierarchy.place(int(row, 2)?),
            kind,
            area: Some(area).filter(|area| !area.is_empty()),
            served: int(row, 5)?,
            cost: int(row, 6)?,
            persons: row.get(7)?,
            times: row.get(8)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Who took part in which activity, by the activity's place among those held; a person once in each.
#[derive(Debug, Default)]
pub struct TookPart(Vec<(u32, i64)>);

impl TookPart {
    /// Adds what a link of activity and person says; `each` is told of every row of an activity held: its place among them, the person
    /// and the value of `column`.
    pub fn read(&mut self, db: &Db<'_>, link: &str, column: &str, held: &[Held], scope: &Scope, mut each: impl FnMut(u32, i64, i64)) -> Result<()> {
        let places: HashMap<i64, u32> = held.iter().map(|activity| activity.id).zip(0..).collect();
        let sql = format!(
            "SELECT l.activity, l.person, l.{column} FROM activity a INDEXED BY activity_day CROSS JOIN {link} l ON l.activity = a.id
             WHERE a.state = 2 AND a.day BETWEEN ?1 AND ?2 ORDER BY a.day, a.unit"
        );
        let mut last = (0, None);
        stream(db, &sql, [scope.from(), scope.to()], |row| {
            let activity = int(row, 0)?;
            if last.0 != activity {
                last = (activity, places.get(&activity).copied());
            }
            let (person, value) = (int(row, 1)?, int(row, 2)?);
            if let Some(at) = last.1 {
                self.0.push((at, person));
                each(at, person, value);
            }
            Ok(())
        })
    }

    /// How many rows were read.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether nobody was named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives each activity's people, each once.
    pub fn each(mut self) -> impl Iterator<Item = (u32, i64)> {
        // Each link came in order, so that this merges rather than sorts.
        self.0.sort();
        self.0.dedup();
        self.0.into_iter()
    }
}
