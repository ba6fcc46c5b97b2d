//! Mending what can be made anew from what was entered: copies for sorting and counting, search indexes, SQLite's own indexes.
//!
//! What was entered is never touched, so this is no step. Damaged pages and lost references are no matter of mending: the check says what
//! to do about them.

use rusqlite::Connection;
use serde::Serialize;

use super::account::Right;
use super::check::{Finding, check_open};
use super::{Store, Whole, backup, feed, held};
use crate::error::Result;
use crate::record::{Table, Wire, parent};

/// What was mended, and what is still wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Mended {
    /// What was put right, in plain words, and how many.
    pub mended: Vec<Mend>,
    /// What the check says afterwards, where it is not well.
    pub left: Vec<Finding>,
}

/// One thing that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Mend {
    /// What.
    pub what: String,
    /// How many.
    pub many: i64,
}

impl Store {
    /// Makes anew what can be, all of it or nothing, and checks the file again.
    pub fn mend(&self) -> Result<Mended> {
        self.allow(Right::Manage, "修复台账")?;
        backup::automatic(self)?;
        let mended = self.made_anew()?;
        self.lists.forget();
        let left = check_open(self)?.into_iter().filter(|finding| finding.wrong > 0).collect();
        Ok(Mended { mended, left })
    }

    fn made_anew(&self) -> Result<Vec<Mend>> {
        let connection = held(&self.writer);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let _whole = Whole(&connection);
        let mut mended = Vec::new();
        for table in self.registry().tables().filter(|table| !table.view) {
            mended.extend(copies(&connection, table)?);
            if table.searched().next().is_some() {
                feed::renew(&connection, table)?;
            }
        }
        connection.execute_batch("REINDEX; COMMIT")?;
        Ok(mended)
    }
}

/// Carried and computed columns, where they differ from what they are copies of.
fn copies(connection: &Connection, table: &Table) -> Result<Vec<Mend>> {
    let name = table.name;
    let carried = table.carries.iter().map(|carry| {
        let (own, source) =
            (carry.own, format!("(SELECT p.{} FROM {} p WHERE p.id = {name}.{})", carry.column, parent(table, carry), carry.through));
        (own, source)
    });
    let computed = table.computed.iter().map(|computed| (computed.own, format!("{}({})", computed.function, computed.field)));
    let mut mended = Vec::new();
    for (own, source) in carried.chain(computed) {
        let sql = format!("UPDATE {name} SET {own} = {source} WHERE {own} IS NOT {source}");
        let many = connection.execute(&sql, [])?;
        if many > 0 {
            mended.push(Mend {
                what: format!("“{}”的排序和统计副本", table.label), many: i64::try_from(many).unwrap_or(i64::MAX)
            });
        }
    }
    Ok(mended)
}
