//! Numbers of the newest frozen returns, by union and period, read in one pass.

use std::collections::HashMap;

use serde::Deserialize;

use super::super::spot::Spot;
use super::super::statement::Return;
use super::super::task_file::TaskFile;
use crate::calendar::Period;
use crate::error::{Error, Refusal, Result};
use crate::record::Id;
use crate::report::task::{Task, Value, Values};
use crate::store::Db;
use crate::units::Unit;

/// What one frozen return says at the addresses that were asked for.
pub(super) struct Said {
    pub id: Id<Return>,
    pub values: Vec<Option<i64>>,
}

/// What frozen returns say.
#[derive(Default)]
pub(super) struct Frozen(HashMap<(i64, String), Said>);

/// Of a return's content only the values; what else stands in it is passed over.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    values: Values,
}

impl Frozen {
    /// Reads what the returns of these unions and periods say at these addresses; a return by a version of the task that has no such
    /// cell says nothing there.
    pub fn read(db: &Db<'_>, task: &str, units: &[Id<Unit>], periods: &[Period], at: &[String]) -> Result<Self> {
        let sql = "SELECT unit, period, id, task, content FROM return WHERE code = ?1 AND state IN (3, 4) \
                   AND unit IN (SELECT value FROM json_each(?2)) AND period IN (SELECT value FROM json_each(?3)) ORDER BY no";
        let (units, periods) = (list(units.iter().map(|unit| unit.get())), list(periods.iter().map(Period::to_string)));
        let mut spots = Spots { db, at, of: HashMap::new() };
        let mut said = Self::default();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, String>(4)?));
        for (unit, period, id, task, content) in db.rows::<(i64, String, i64, i64, String)>(sql, (task, units, periods), row)? {
            // A later version comes after the one before it.
            said.0.insert((unit, period), Said { id: Id::new(id), values: spots.read(task, &content)? });
        }
        Ok(said)
    }

    /// What the return of a union and a period says; nothing where none was frozen.
    pub fn of(&self, unit: Id<Unit>, period: Period) -> Option<&Said> {
        self.0.get(&(unit.get(), period.to_string()))
    }

    /// One of its numbers.
    pub fn value(&self, unit: Id<Unit>, period: Period, number: usize) -> Option<i64> {
        self.of(unit, period)?.values.get(number).copied().flatten()
    }
}

fn list<T: serde::Serialize>(values: impl Iterator<Item = T>) -> String {
    serde_json::to_string(&values.collect::<Vec<_>>()).unwrap_or_default()
}

/// Where the addresses lie, by the package that a return was made by.
struct Spots<'d> {
    db: &'d Db<'d>,
    at: &'d [String],
    of: HashMap<i64, Vec<Option<Spot>>>,
}

impl Spots<'_> {
    fn read(&mut self, task: i64, content: &str) -> Result<Vec<Option<i64>>> {
        if !self.of.contains_key(&task) {
            let package = Task::read(&self.db.get(Id::<TaskFile>::new(task))?.package)?;
            self.of.insert(task, self.at.iter().map(|address| Spot::read(&package, address)).collect());
        }
        let damaged = |_| Error::Damaged(Refusal::new("一份报表的内容读不出来。", "请用“检查”查看台账，必要时从备份恢复。"));
        let Told { values } = serde_json::from_str(content).map_err(damaged)?;
        let value = |spot: &Option<Spot>| spot.as_ref()?.get(&values).and_then(Value::int);
        Ok(self.of.get(&task).map(|spots| spots.iter().map(value).collect()).unwrap_or_default())
    }
}
