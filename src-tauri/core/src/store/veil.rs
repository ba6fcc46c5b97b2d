//! The veil (封存): rows that are kept and no longer used. A module says which rows of one table are veiled; all that belongs to them is,
//! too. Veiled rows are left out of lists, searches and exports, are not shown in full, and are not changed; what is counted counts them.
//! Rows that were emptied for good (清除) are in the lists, and are not changed either.

use std::collections::BTreeSet;

use super::buffer::Key;
use super::db::Db;
use super::kin;
use crate::error::{Error, Refusal, Result, refused};
use crate::modules::Registry;
use crate::record::{Cell, Field, Kind, Table};

/// Which rows are veiled.
#[derive(Debug, Clone, Copy)]
pub struct Veil {
    /// The table whose rows are.
    pub root: &'static str,
    /// The table that says so; its own rows are never veiled.
    pub by: &'static str,
    /// Selects the ids of the veiled rows.
    pub sql: &'static str,
    /// Selects the ids of the rows of which nothing is changed: the veiled ones, and those that were emptied.
    pub closed: &'static str,
}

/// Whether a list shows veiled rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Veiled {
    /// It leaves them out.
    #[default]
    Out,
    /// It shows nothing else.
    Only,
}

impl Veil {
    /// The veil that hinders changes.
    pub fn against_changes(&self) -> Self {
        Self { sql: self.closed, ..*self }
    }

    /// Says whether any row is veiled.
    pub fn is_drawn(&self, db: &Db<'_>) -> Result<bool> {
        Ok(db.one::<bool>(&format!("SELECT EXISTS ({})", self.sql), [])?.unwrap_or(false))
    }

    /// Says in SQL whether a row `alias` of a table is veiled; nothing where none can be.
    pub fn condition(&self, registry: &Registry, table: &Table, alias: &str) -> Option<String> {
        let tables = kin::tables(registry, self.root);
        self.within(&tables, table, alias).filter(|_| table.name != self.by)
    }

    fn within(&self, tables: &[(&'static Table, Vec<&'static Field>)], table: &Table, alias: &str) -> Option<String> {
        let (_, fields) = tables.iter().find(|(known, _)| known.name == table.name)?;
        let own = (table.name == self.root).then(|| format!("{alias}.id IN ({})", self.sql));
        let through = fields.iter().filter_map(|field| {
            let Kind::Ref(to) = field.kind else { return None };
            Some(format!("{alias}.{} IN ({})", field.name, self.ids(tables, to)?))
        });
        let parts: Vec<String> = own.into_iter().chain(through).collect();
        (!parts.is_empty()).then(|| format!("({})", parts.join(" OR ")))
    }

    /// Selects the ids of the veiled rows of a table, for statements of others; nothing where it has none.
    pub fn veiled_ids(&self, registry: &Registry, table: &str) -> Option<String> {
        self.ids(&kin::tables(registry, self.root), table).filter(|_| table != self.by)
    }

    /// Selects the ids of the veiled rows of a table.
    fn ids(&self, tables: &[(&'static Table, Vec<&'static Field>)], table: &str) -> Option<String> {
        if table == self.root {
            return Some(self.sql.to_owned());
        }
        let (table, _) = tables.iter().find(|(known, _)| known.name == table)?;
        let alias = format!("v_{}", table.name);
        Some(format!("SELECT {alias}.id FROM {} {alias} WHERE {}", table.name, self.within(tables, table, &alias)?))
    }

    /// The row of the root that a row belongs to, where that is veiled.
    pub fn over(&self, db: &Db<'_>, table: &str, key: Key) -> Result<Option<i64>> {
        if table == self.root {
            return db.one(&format!("SELECT ?1 WHERE ?1 IN ({})", self.sql), [key.first()]);
        }
        let tables = kin::tables(db.registry(), self.root);
        let Some((own, fields)) = tables.iter().find(|(known, _)| known.name == table && table != self.by) else { return Ok(None) };
        for field in fields {
            let Kind::Ref(to) = field.kind else { continue };
            let above: Option<i64> = of_row(db, &format!("SELECT {} FROM {} t", field.name, own.name), own, key, "")?;
            if let Some(found) = above.map_or(Ok(None), |above| self.over(db, to, Key::Id(above)))? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Refuses what would be done to a row that is veiled.
    pub fn refuse(&self, db: &Db<'_>, table: &'static Table, key: Key, what: &str) -> Result<()> {
        let Some(condition) = self.condition(db.registry(), table, "t") else { return Ok(()) };
        // One statement says for nearly every row that it is in use.
        let select = format!("SELECT 1 FROM {} t", table.name);
        if of_row(db, &select, table, key, &format!(" AND {condition}"))?.is_none() {
            return Ok(());
        }
        match self.over(db, table.name, key)? {
            Some(root) => self.refusal(db, root, table, what),
            None => Ok(()),
        }
    }

    /// Refuses a row's cells that lead to a veiled row.
    pub fn refuse_cells<'c>(
        &self,
        db: &Db<'_>,
        table: &'static Table,
        cells: impl Iterator<Item = (&'static Field, &'c Cell)>,
    ) -> Result<()> {
        for (field, cell) in cells.filter(|_| table.name != self.by) {
            if let (Kind::Ref(to), Cell::Int(id), true) = (field.kind, cell, field.required)
                && let Some(root) = self.over(db, to, Key::Id(*id))?
            {
                return self.refusal(db, root, table, "不能改动");
            }
        }
        Ok(())
    }

    fn refusal<T>(&self, db: &Db<'_>, root: i64, table: &Table, what: &str) -> Result<T> {
        let name = db.registry().entry(self.root).and_then(|entry| entry.table.searched().next()).map(|field| field.name);
        let sql = name.map(|name| format!("SELECT {name} FROM {} WHERE id = ?1", self.root));
        let called: Option<String> = sql.map_or(Ok(None), |sql| db.one(&sql, [root]))?;
        let is_veiled = db.registry().veil().map_or(Ok(None), |veil| veil.over(db, self.root, Key::Id(root)))?.is_some();
        if !is_veiled {
            return refused(
                format!("这个人的个人信息已经清除，这条“{}”记录{what}。", table.label),
                "清除过的记录只为各期的数保留；新来的人请另建人员。",
            );
        }
        let whose = called.map_or_else(|| "所属的人员".to_owned(), |name| format!("“{name}”"));
        Err(Error::Refused(Refusal::new(
            format!("{whose}已封存，这条“{}”记录{what}。", table.label),
            "封存的个人信息只保存、不使用；确需恢复使用的，请先“解除封存”。",
        )))
    }
}

/// Reads one column of a row `t`, as `select` names it, where it is so that `also`.
fn of_row(db: &Db<'_>, select: &str, table: &Table, key: Key, also: &str) -> Result<Option<i64>> {
    let own: Vec<String> = (1..).zip(table.key_columns()).map(|(at, column)| format!("t.{column} = ?{at}")).collect();
    let sql = format!("{select} WHERE {}{also}", own.join(" AND "));
    match key {
        Key::Id(id) => db.one(&sql, [id]),
        Key::Pair(a, b) => db.one(&sql, [a, b]),
    }
}

/// The row of the veil's root that a row belongs to, where that is veiled.
pub fn veiled_by(db: &Db<'_>, table: &'static Table, key: Key) -> Result<Option<i64>> {
    db.registry().veil().map_or(Ok(None), |veil| veil.over(db, table.name, key))
}

/// The row of the veil's root that a row belongs to, where that was emptied.
pub fn emptied_by(db: &Db<'_>, table: &'static Table, key: Key) -> Result<Option<i64>> {
    let closed = db.registry().veil().map_or(Ok(None), |veil| veil.against_changes().over(db, table.name, key))?;
    Ok(if veiled_by(db, table, key)?.is_some() { None } else { closed })
}

/// Refuses to show a veiled row in full.
pub fn unveiled(db: &Db<'_>, table: &'static Table, key: Key) -> Result<()> {
    match db.registry().veil() {
        Some(veil) => veil.refuse(db, table, key, "不显示完整内容"),
        None => Ok(()),
    }
}

/// Refuses a list of veiled rows that is to be shown in full.
pub fn masked(veiled: Veiled, reveal: bool) -> Result<()> {
    if reveal && veiled == Veiled::Only {
        return refused("已封存的记录不显示完整内容。", "封存的个人信息只保存、不使用；确需恢复使用的，请先“解除封存”。");
    }
    Ok(())
}

/// What the screen must fetch again: all that a veil lies over, where it was drawn or lifted.
pub fn touched(registry: &Registry, mut tables: BTreeSet<&'static str>) -> BTreeSet<&'static str> {
    if let Some(veil) = registry.veil().filter(|veil| tables.contains(veil.by)) {
        tables.extend(kin::tables(registry, veil.root).into_iter().map(|(table, _)| table.name));
    }
    tables
}
