//! Removing rows of any record, and what depends on them.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::payload::{RecordName, RowKey};
use crate::error::{Error, Faults, Refusal, Result, refused};
use crate::record::{Cell, Field, Kind, Table, Wire};
use crate::store::{Db, Key, Step, Store, Tx, Written};

/// Rows to remove.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// The record.
    pub record: RecordName,
    /// The rows.
    pub ids: Vec<RowKey>,
    /// Whether the rows that cannot be without them go along, and other references to them are emptied.
    #[serde(default)]
    pub dependants: bool,
}

/// What was removed.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Wire)]
pub struct Removed {
    /// How many rows went, by table.
    pub removed: BTreeMap<&'static str, usize>,
    /// How many references to them were emptied, by table.
    pub emptied: BTreeMap<&'static str, usize>,
}

/// Removes rows as one step; refuses, naming what refers to them, unless dependants are to go along.
pub fn remove(store: &Store, ask: &Remove) -> Result<Written<Removed>> {
    let table = ask.record.table(store.registry())?;
    if table.view || table.is_ledger() {
        let message = format!("“{}”由办理业务产生，不能单独删除。", table.label);
        return refused(message, "如办错了，请撤销办理它的那一步操作。");
    }
    store.write(Step::new(format!("删除{}", table.label)), |tx| remove_rows(tx, table, ask))
}

fn remove_rows(tx: &Tx<'_>, table: &'static Table, ask: &Remove) -> Result<Removed> {
    let keys = ask.ids.iter().map(|id| id.of(table)).collect::<Result<Vec<_>>>()?;
    let mut doomed = Doomed::default();
    for key in &keys {
        if tx.cells(table, *key)?.is_none() {
            return Err(Error::Gone(format!("这条“{}”记录", table.label)));
        }
        doomed.add(tx, table, *key)?;
    }
    doomed.settle();
    let asked: HashSet<_> = keys.iter().map(|key| (table.name, *key)).collect();
    if !ask.dependants && (doomed.rows.len() > asked.len() || !doomed.emptied.is_empty()) {
        return doomed.refuse(table, &asked);
    }
    doomed.carry_out(tx)
}

/// Rows that go, each after what depends on it, and references that are emptied.
#[derive(Default)]
struct Doomed {
    rows: Vec<(&'static Table, Key)>,
    seen: HashSet<(&'static str, Key)>,
    emptied: Vec<Emptied>,
    /// References among rows that go, emptied because what they point at goes first.
    loosened: Vec<Emptied>,
}

/// A reference that a row can be without, and the row that it points at.
struct Emptied {
    table: &'static Table,
    key: Key,
    field: &'static Field,
    to: (&'static str, Key),
}

impl Doomed {
    fn add(&mut self, db: &Db<'_>, table: &'static Table, key: Key) -> Result<()> {
        if !self.seen.insert((table.name, key)) {
            return Ok(());
        }
        if let Key::Id(id) = key {
            for (child, field) in children(db, table) {
                for found in db.referring(child, field, id)? {
                    if field.required {
                        self.add(db, child, found)?;
                    } else {
                        self.emptied.push(Emptied { table: child, key: found, field, to: (table.name, key) });
                    }
                }
            }
        }
        self.rows.push((table, key));
        Ok(())
    }

    /// A row that goes needs no reference emptied, unless it goes after what it points at.
    fn settle(&mut self) {
        let places: HashMap<(&str, Key), usize> = self.rows.iter().zip(0..).map(|((table, key), at)| ((table.name, *key), at)).collect();
        let place = |row: (&'static str, Key)| places.get(&row).copied();
        let (going, staying): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.emptied).into_iter().partition(|emptied| place((emptied.table.name, emptied.key)).is_some());
        self.emptied = staying;
        self.loosened = going.into_iter().filter(|emptied| place((emptied.table.name, emptied.key)) > place(emptied.to)).collect();
    }

    fn refuse(&self, table: &Table, asked: &HashSet<(&'static str, Key)>) -> Result<Removed> {
        let rows = self.rows.iter().filter(|(table, key)| !asked.contains(&(table.name, *key)));
        let went = counted(rows.map(|(table, _)| *table), "条", "");
        let kept = counted(self.emptied.iter().map(|emptied| emptied.table), "条", "（仅清空引用）");
        let named = went.into_iter().chain(kept).collect::<Vec<_>>().join("、");
        refused(
            format!("还有记录引用着要删除的“{}”：{named}。没有删除任何内容。", table.label),
            "请先处理这些记录；如确要连同它们一起删除，请选择“连同下属记录一起删除”，之后仍可撤销。",
        )
    }

    fn carry_out(&self, tx: &Tx<'_>) -> Result<Removed> {
        let mut told = Removed::default();
        for Emptied { table, key, field, .. } in self.loosened.iter().chain(&self.emptied) {
            tx.patch(table, *key, &[(field.name, Cell::Null)])?;
        }
        for Emptied { table, key, field, .. } in &self.emptied {
            *told.emptied.entry(table.name).or_default() += 1;
            still_sound(tx, table, *key, field)?;
        }
        for (table, key) in &self.rows {
            tx.delete(table, *key)?;
            *told.removed.entry(table.name).or_default() += 1;
        }
        Ok(told)
    }
}

/// Every field that may point at a row of the table.
pub(super) fn children(db: &Db<'_>, table: &Table) -> Vec<(&'static Table, &'static Field)> {
    let tables = db.registry().tables().filter(|child| !child.view);
    tables
        .flat_map(|child| child.fields.iter().filter(|field| field.kind == Kind::Ref(table.name)).map(move |field| (child, field)))
        .collect()
}

/// A row whose reference was emptied must still keep its record's rules.
fn still_sound(tx: &Tx<'_>, table: &'static Table, key: Key, field: &Field) -> Result<()> {
    let (Some(cells), Some(entry)) = (tx.cells(table, key)?, tx.registry().entry(table.name)) else { return Ok(()) };
    let mut faults = Faults::default();
    (entry.check)(tx, key.first(), &cells, &mut faults)?;
    match faults.0.iter().find(|fault| fault.weight == crate::error::Weight::Error) {
        None => Ok(()),
        Some(fault) => Err(Error::Refused(Refusal::new(
            format!("删除后，一条“{}”将没有“{}”，不合规定：{}。没有删除任何内容。", table.label, field.label, fault.message),
            "请先处理这条记录；已有业务往来的，请用停用、撤销建制等业务办理，不要删除。",
        ))),
    }
}

/// Counts rows by their table, in the order met: `3 条“便条”`.
fn counted(tables: impl Iterator<Item = &'static Table>, measure: &str, note: &str) -> Vec<String> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for table in tables {
        match counts.iter_mut().find(|(label, _)| *label == table.label) {
            Some((_, count)) => *count += 1,
            None => counts.push((table.label, 1)),
        }
    }
    counts.into_iter().map(|(label, count)| format!("{count} {measure}“{label}”{note}")).collect()
}
