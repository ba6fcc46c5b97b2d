//! Undo and redo: the inverse of a step's journal, applied as a step of its own.
//!
//! A step and what took it back cancel out. What later steps leave standing is in the way of an older one's undo where
//! it touched the same columns, refers to its rows, or took a unique value of a row it had deleted.

use std::collections::{HashMap, HashSet};

use rusqlite::OptionalExtension;

use super::buffer::Key;
use super::journal::{Change, Entry, spoilt};
use super::tx::Tx;
use crate::error::{Error, Result, refused};
use crate::record::{Cell, Table};

/// What an inversion does to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Something new.
    Do = 1,
    /// A step taken back.
    Undo = 2,
    /// A step done again.
    Redo = 3,
}

/// A step whose journal can be inverted: the step itself, or the inversion that stands for it.
#[derive(Debug, Clone)]
pub struct Head {
    /// The step whose entries are inverted.
    pub step: i64,
    /// What people call it.
    pub name: String,
    /// What inverting it is called: 撤销 or 重做.
    verb: &'static str,
}

/// Finds what to invert to undo `step`: the step itself, or its latest redo. Without a step, the latest that stands.
pub fn undoable(tx: &Tx<'_>, step: Option<i64>) -> Result<Head> {
    let latest = "SELECT id FROM step WHERE act <> 2 AND inverted IS NULL AND log = 0 ORDER BY id DESC LIMIT 1";
    let found = match step {
        Some(step) => Some(step),
        None => tx.one::<i64>(latest, [])?,
    };
    let Some(found) = found else { return refused("没有可以撤销的操作。", "") };
    let head = end_of_chain(tx, found)?;
    let sql = "SELECT act, revocable, name FROM step WHERE id = ?1";
    let (act, revocable, name): (i64, bool, String) =
        tx.connection().query_row(sql, [head], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if act == Act::Undo as i64 {
        return refused(format!("“{name}”已经撤销过了。"), "如要恢复它，请用“重做”。");
    }
    if !revocable && is_erased(tx, head)? {
        return erased("撤销", &name);
    }
    if !revocable {
        return refused(format!("“{name}”按规定不能撤销。"), "如有错误，请用更正的方式处理。");
    }
    Ok(Head { step: head, name, verb: "撤销" })
}

/// Finds what to invert to redo: the latest undo that stands, with nothing new done since.
pub fn redoable(tx: &Tx<'_>) -> Result<Head> {
    let sql = "SELECT id, name FROM step WHERE act = 2 AND inverted IS NULL AND id > coalesce((SELECT max(id) FROM step WHERE act = 1 AND log = 0), 0) ORDER BY id DESC";
    let found = tx.connection().query_row(sql, [], |row| Ok(Head { step: row.get(0)?, name: row.get(1)?, verb: "重做" })).optional()?;
    match found {
        Some(head) => Ok(head),
        None => refused("没有可以重做的操作。", "撤销之后若又做了新的操作，就不能再重做。"),
    }
}

fn end_of_chain(tx: &Tx<'_>, step: i64) -> Result<i64> {
    let mut at = step;
    loop {
        let sql = "SELECT inverted FROM step WHERE id = ?1";
        match tx.connection().query_row(sql, [at], |row| row.get::<_, Option<i64>>(0)).optional()? {
            None => return Err(Error::Gone(format!("编号为 {step} 的操作"))),
            Some(None) => return Ok(at),
            Some(Some(next)) => at = next,
        }
    }
}

/// Applies the inverse of a step's entries, last first.
pub fn invert(tx: &Tx<'_>, head: &Head) -> Result<()> {
    if !super::merge::is_merge(tx, head.step)? {
        return inverted(tx, head);
    }
    // What a merge brought refers to one another in any order, and was done before the veils that came with it.
    tx.connection().execute_batch("PRAGMA defer_foreign_keys = ON")?;
    tx.through_veils(|| inverted(tx, head))?;
    match tx.one::<i64>("SELECT count(*) FROM pragma_foreign_key_check", [])?.unwrap_or(0) {
        0 => Ok(()),
        lost => refused(
            format!("不能{}“{}”：之后录入的 {lost} 条记录用到了合并来的内容。", head.verb, head.name),
            "请先撤销之后的操作；或者用合并以前的自动备份恢复。",
        ),
    }
}

fn inverted(tx: &Tx<'_>, head: &Head) -> Result<()> {
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1 ORDER BY j.seq DESC", Entry::COLUMNS);
    in_the_way(tx, head)?;
    tx.bulk_change(&touches(tx, head.step)?, |tx| {
        let mut statement = tx.connection().prepare(&sql)?;
        let mut rows = statement.query([head.step])?;
        while let Some(row) = rows.next()? {
            let Some(entry) = Entry::read(row, tx.registry())? else { continue };
            if entry.is_erased()? {
                return erased(head.verb, &head.name);
            }
            for change in entry.changes()?.into_iter().rev() {
                invert_change(tx, entry.table, &change).map_err(|error| explain(tx, entry.table, &change, head, error))?;
            }
        }
        Ok(())
    })
}

fn erased<T>(verb: &str, name: &str) -> Result<T> {
    let message = format!("不能{verb}“{name}”：这一步里有按规定清除了的个人信息，清除的不能恢复。");
    refused(message, "其余内容如需更正，请直接修改。")
}

/// Whether anything that a step wrote down was erased.
fn is_erased(tx: &Tx<'_>, step: i64) -> Result<bool> {
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1", Entry::COLUMNS);
    let entries = tx.rows(&sql, [step], |row| Entry::read(row, tx.registry()))?;
    entries.into_iter().flatten().try_fold(false, |found, entry| Ok(found || entry.is_erased()?))
}

/// About how many rows of each table a step touched: runs say it by their ends, bodies by their size.
fn touches(tx: &Tx<'_>, step: i64) -> Result<Vec<(&'static Table, i64)>> {
    let sql = "SELECT h.tab, sum(max(j.last - j.key + 1, coalesce(length(j.body), 0) / CASE j.op WHEN 1 THEN 4 ELSE 64 END)) \
               FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1 GROUP BY h.tab";
    let counts = tx.rows(sql, [step], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    Ok(counts.into_iter().filter_map(|(name, rows)| tx.registry().entry(&name).map(|entry| (entry.table, rows))).collect())
}

fn invert_change(tx: &Tx<'_>, table: &'static Table, change: &Change) -> Result<()> {
    match change {
        Change::Came(key) => tx.delete(table, *key),
        Change::Changed(key, columns) => {
            let old: Vec<_> = columns
                .iter()
                .filter(|(name, ..)| table.field(name).is_some())
                .map(|(name, old, _)| (name.as_str(), old.clone()))
                .collect();
            if old.is_empty() { Ok(()) } else { tx.patch(table, *key, &old) }
        }
        Change::Went(key, cells) => {
            let cell = |name: &str| cells.iter().find(|(column, _)| column == name).map(|(_, cell)| cell.clone()).unwrap_or_default();
            let whole: Vec<Cell> = table.fields.iter().map(|field| cell(field.name)).collect();
            tx.insert_as(table, *key, &whole)
        }
    }
}

type Touched = HashMap<&'static str, HashMap<Key, Option<HashSet<String>>>>;
type Runs = HashMap<&'static str, Vec<(i64, i64)>>;

/// Refuses where something that later steps left standing touched what this one did.
fn in_the_way(tx: &Tx<'_>, head: &Head) -> Result<()> {
    let later = standing_after(tx, head.step)?;
    if later.is_empty() {
        return Ok(());
    }
    let (touched, runs) = touched(tx, head.step)?;
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1 ORDER BY j.seq", Entry::COLUMNS);
    let mut statement = tx.connection().prepare(&sql)?;
    for step in later {
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let Some(entry) = Entry::read(row, tx.registry())? else { continue };
            if entry.changes()?.iter().any(|change| clashes(&touched, &runs, entry.table.name, change)) {
                return Err(stands(tx, head, step, "它改动了同一些内容"));
            }
        }
    }
    Ok(())
}

/// The steps after `step` whose effect stands: a step, its undo and its redo form a chain, of which those that came later cancel
/// in pairs, so that the last one counts where their number is odd.
fn standing_after(tx: &Tx<'_>, step: i64) -> Result<Vec<i64>> {
    let links: HashMap<i64, Option<i64>> =
        tx.rows("SELECT id, inverts FROM step WHERE id > ?1", [step], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    let ends = tx.rows("SELECT id FROM step WHERE id > ?1 AND inverted IS NULL ORDER BY id", [step], |row| row.get::<_, i64>(0))?;
    let later =
        |end: &i64| std::iter::successors(Some(*end), |at| links.get(at).copied().flatten().filter(|before| *before > step)).count();
    Ok(ends.into_iter().filter(|end| later(end) % 2 == 1).collect())
}

/// What a step did: rows by key with their columns (all where `None`), and whole runs of rows that came.
fn touched(tx: &Tx<'_>, step: i64) -> Result<(Touched, Runs)> {
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1", Entry::COLUMNS);
    let (mut touched, mut runs) = (Touched::new(), Runs::new());
    let mut statement = tx.connection().prepare(&sql)?;
    let mut rows = statement.query([step])?;
    while let Some(row) = rows.next()? {
        let Some(entry) = Entry::read(row, tx.registry())? else { continue };
        if entry.op as i64 == 1 && !entry.table.link {
            runs.entry(entry.table.name).or_default().push((entry.key, entry.last));
            continue;
        }
        let table = touched.entry(entry.table.name).or_default();
        for change in entry.changes()? {
            match change {
                Change::Changed(key, columns) => {
                    if let Some(names) = table.entry(key).or_insert_with(|| Some(HashSet::new())) {
                        names.extend(columns.into_iter().map(|(name, ..)| name));
                    }
                }
                Change::Came(key) | Change::Went(key, _) => {
                    table.insert(key, None);
                }
            }
        }
    }
    Ok((touched, runs))
}

fn clashes(touched: &Touched, runs: &Runs, table: &str, later: &Change) -> bool {
    let key = later.key();
    if runs.get(table).is_some_and(|runs| runs.iter().any(|(first, last)| (*first..=*last).contains(&key.first()))) {
        return true;
    }
    match (touched.get(table).and_then(|rows| rows.get(&key)), later) {
        (None, _) => false,
        (Some(Some(mine)), Change::Changed(_, theirs)) => theirs.iter().any(|(name, ..)| mine.contains(name)),
        (Some(_), _) => true,
    }
}

fn stands(tx: &Tx<'_>, head: &Head, other: i64, why: &str) -> Error {
    let sql = "SELECT name, strftime('%Y-%m-%d %H:%M', at, 'unixepoch', 'localtime'), revocable FROM step WHERE id = ?1";
    let named = tx.connection().query_row(sql, [other], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?)));
    let (name, at, revocable) = named.unwrap_or_else(|_| ("另一项操作".into(), String::new(), true));
    let way_out = match revocable {
        true => format!("请先撤销第 {other} 步“{name}”，再{}这一步。", head.verb),
        false => format!("第 {other} 步“{name}”按规定不能撤销；如有错误，请用更正的方式处理。"),
    };
    Error::Refused(crate::error::Refusal::new(
        format!("不能{}“{}”：之后的“{name}”（第 {other} 步，{at}）挡住了它，{why}。", head.verb, head.name),
        way_out,
    ))
}

/// Names the step that made the row which forbids a change.
fn explain(tx: &Tx<'_>, table: &'static Table, change: &Change, head: &Head, error: Error) -> Error {
    let Error::Db(source) = &error else {
        return if matches!(error, Error::Gone(_)) { spoilt() } else { error };
    };
    if source.sqlite_error_code() != Some(rusqlite::ErrorCode::ConstraintViolation) {
        return error;
    }
    let (found, why) = match change {
        Change::Came(key) => (referrer(tx, table, *key), "它的记录引用了要撤销的记录"),
        Change::Changed(..) | Change::Went(..) => (holder(tx, table, change), "它占用了要恢复的记录的编号或证件号"),
    };
    match found {
        Some(step) => stands(tx, head, step, why),
        None => error,
    }
}

/// Finds a row that refers to the given one, and the step in which it came or was last changed.
fn referrer(tx: &Tx<'_>, parent: &Table, key: Key) -> Option<i64> {
    for child in tx.registry().tables().filter(|table| !table.view) {
        for field in child.fields.iter().filter(|field| field.kind == crate::record::Kind::Ref(parent.name)) {
            let columns = child.key_columns().join(", ");
            let sql = format!("SELECT {columns} FROM {} WHERE {} = ?1 LIMIT 1", child.name, field.name);
            let read = |row: &rusqlite::Row<'_>| Key::read(row, child);
            let found = tx.connection().query_row(&sql, [key.first()], read).ok();
            if let Some(step) = found.and_then(|row| super::history::last_step(tx, child, row).ok().flatten()) {
                return Some(step);
            }
        }
    }
    None
}

/// Finds the row that holds a unique value of the one to come back, and the step that gave it that value.
fn holder(tx: &Tx<'_>, table: &'static Table, change: &Change) -> Option<i64> {
    let cells: Vec<(&str, &Cell)> = match change {
        Change::Changed(_, columns) => columns.iter().map(|(name, old, _)| (name.as_str(), old)).collect(),
        Change::Went(_, columns) => columns.iter().map(|(name, cell)| (name.as_str(), cell)).collect(),
        Change::Came(_) => Vec::new(),
    };
    for (name, cell) in cells.into_iter().filter(|(name, cell)| !cell.is_null() && table.field(name).is_some()) {
        let sql = format!("SELECT id FROM {} WHERE {name} = ?1 AND id <> ?2 LIMIT 1", table.name);
        let unique = super::schema::is_unique(tx, table.name, name).unwrap_or(false);
        let found = if unique { tx.connection().query_row(&sql, (cell, change.key().first()), |row| row.get(0)).ok() } else { None };
        if let Some(step) = found.and_then(|id| super::history::last_step(tx, table, Key::Id(id)).ok().flatten()) {
            return Some(step);
        }
    }
    None
}
