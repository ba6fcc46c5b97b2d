//! The unions as a tree, with their members.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::present;
use crate::error::Result;
use crate::record::{Id, Wire};
use crate::store::Db;
use crate::units::{Tree, Unit, UnitLevel};

/// Asks for the tree.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct TreeOf {
    /// The day as of which the tree stands; today where none is given. Members are always counted as of today.
    pub day: Option<NaiveDate>,
}

/// A union in the tree.
#[derive(Debug, Serialize, Wire)]
pub struct TreeLine {
    /// The union.
    pub id: Id<Unit>,
    /// The union above.
    pub parent: Option<Id<Unit>>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: UnitLevel,
    /// Whether it did not exist on the day.
    pub closed: bool,
    /// Its own members, the retained among them.
    pub members: i64,
    /// Its members with those of all unions below it.
    pub all: i64,
}

/// Gives every union of the tree, each before those below it.
pub fn tree(db: &Db<'_>, ask: &TreeOf) -> Result<Vec<TreeLine>> {
    let (tree, own) = (Tree::on(db, ask.day.unwrap_or(db.now().today))?, present(db)?);
    let mut all: Vec<i64> = tree.ids().map(|id| own.get(&id.get()).copied().unwrap_or(0)).collect();
    let members = all.clone();
    tree.roll_up(&mut all, |sum, part| *sum += part);
    let sql = "SELECT id, code, name FROM unit";
    let mut named: std::collections::HashMap<i64, (String, String)> =
        db.rows(sql, [], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.into_iter().collect();
    let lines = tree.ids().zip(members.into_iter().zip(all)).enumerate().map(|(place, (id, (members, all)))| {
        let (code, name) = named.remove(&id.get()).unwrap_or_default();
        let parent = tree.parent(place).and_then(|above| tree.id(above));
        let level = tree.level(place).unwrap_or(UnitLevel::Grassroots);
        TreeLine { id, parent, code, name, level, closed: !tree.is_open(place), members, all }
    });
    Ok(lines.collect())
}
