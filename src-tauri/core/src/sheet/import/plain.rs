//! Bringing in a plain record, with or without the natural person behind it.
//!
//! Where a record's key is a reference (a volunteer is a person), the sheet's columns are those of both, and the row
//! behind the reference is found by its own key, changed or made new along with the record.

use std::collections::HashMap;

use super::draft::{Column, Draft};
use super::{Choice, Difference, Intake, Mark, State, Verdict};
use crate::error::{Fault, Faults, Result, Weight};
use crate::modules::Entry;
use crate::record::{Cell, Kind, Table, mask, show};
use crate::store::{Db, Key, Tx, check_cells};

/// The heading of the hidden column by which our own export finds its records again.
pub const KEY_HEADING: &str = "记录编号";

/// A record, and what is looked up for it.
pub struct Plain {
    entry: Entry,
    /// The record's own key columns, or the hidden id.
    by_key: HashMap<Vec<Cell>, i64>,
    /// Keys met in this file, with their rows.
    met: HashMap<Vec<Cell>, u32>,
    /// Names of rows that references may point at, by field.
    names: HashMap<&'static str, HashMap<String, Option<i64>>>,
    /// What every row gets in its unit field where the sheet has none.
    unit: Option<i64>,
}

impl Plain {
    /// Brings in a record; rows without a unit of their own get `unit`.
    pub fn new(entry: Entry, unit: Option<i64>) -> Self {
        Self { entry, by_key: HashMap::new(), met: HashMap::new(), names: HashMap::new(), unit }
    }

    fn table(&self) -> &'static Table {
        self.entry.table
    }

    /// The fields' cells of a draft, references resolved and defaults filled in.
    fn cells(&mut self, draft: &mut Draft) -> Vec<Cell> {
        let table = self.table();
        let mut cells: Vec<Cell> = draft.cells.iter().skip(1).cloned().collect();
        for (field, cell) in table.fields.iter().zip(&mut cells) {
            match (field.kind, &*cell) {
                (Kind::Ref(_), Cell::Text(text)) => *cell = self.resolve(field.name, field.label, text, &mut draft.faults),
                (Kind::Ref(_), Cell::Null) if field.name == table.unit => *cell = self.unit.map_or(Cell::Null, Cell::Int),
                (Kind::Bool | Kind::Entered, Cell::Null) if field.required => *cell = Cell::Int(0),
                (Kind::Code(list), Cell::Null) if field.required => {
                    *cell = list.entries.first().map_or(Cell::Null, |entry| Cell::Int(entry.code));
                }
                _ => {}
            }
        }
        cells
    }

    fn resolve(&self, field: &'static str, label: &'static str, text: &str, faults: &mut Faults) -> Cell {
        match self.names.get(field).and_then(|names| names.get(text)) {
            Some(Some(id)) => Cell::Int(*id),
            Some(None) => {
                faults.error(field, label, format!("有不止一条记录叫“{text}”"), "请改填它的编号");
                Cell::Null
            }
            None => {
                faults.error(field, label, format!("找不到“{text}”"), "请先登记它，或改填它的编号");
                Cell::Null
            }
        }
    }

    /// The id that a draft names: the hidden one, or that of its key.
    fn target(&self, draft: &Draft, key: &[Cell]) -> Option<i64> {
        draft.cells.first().and_then(Cell::int).or_else(|| self.by_key.get(key).copied())
    }

    fn key(&self, cells: &[Cell]) -> Vec<Cell> {
        let table = self.table();
        table.key.iter().filter_map(|name| table.position(name).and_then(|at| cells.get(at)).cloned()).collect()
    }
}

impl Intake for Plain {
    fn columns(&self) -> Vec<Column> {
        let id = Column { name: "id", label: KEY_HEADING, aliases: &[], kind: Kind::Int, required: false, secret: false };
        std::iter::once(id).chain(self.table().fields.iter().map(Column::of)).collect()
    }

    fn prepare(&mut self, db: &Db<'_>, _rows: u64) -> Result<()> {
        let table = self.table();
        self.met.clear();
        self.by_key = keys(db, table)?;
        for field in table.fields {
            if let Kind::Ref(parent) = field.kind {
                self.names.insert(field.name, names(db, parent)?);
            }
        }
        Ok(())
    }

    fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        let table = self.table();
        let cells = self.cells(draft);
        if draft.faults.refuse() {
            return Ok(Verdict::Faulty);
        }
        let key = self.key(&cells);
        let target = self.target(draft, &key);
        let known = target.map(|id| db.cells(table, Key::Id(id))).transpose()?.flatten();
        let whole = merged(table, &cells, known.as_deref(), draft);
        let whole = (self.entry.tidy)(db.now(), whole, &mut draft.faults)?;
        check_cells(db, table, &whole, &mut draft.faults)?;
        (self.entry.check)(db, target.unwrap_or(0), &whole, &mut draft.faults)?;
        if let Some(first) = (!key.is_empty() && !key.iter().any(Cell::is_null)).then(|| self.met.insert(key, draft.row)).flatten() {
            draft.faults.error("", "整行", format!("与第 {first} 行重复"), "请只保留一行");
        }
        draft.cells = std::iter::once(Cell::Null).chain(whole.iter().cloned()).collect();
        Ok(match (target.zip(known), draft.faults.refuse()) {
            (_, true) => Verdict::Faulty,
            (None, _) => Verdict::New,
            (Some((id, known)), _) if known == whole => Verdict::Same(id),
            (Some((id, known)), _) => Verdict::Changed(id, differences(table, &known, &whole)),
        })
    }

    fn take(&mut self, tx: &Tx<'_>, draft: &Draft, mark: Mark, _choice: Choice) -> Result<()> {
        let table = self.table();
        let mut draft = draft.clone();
        let cells = self.cells(&mut draft);
        let known = if mark.target == 0 { None } else { tx.cells(table, Key::Id(mark.target))? };
        let whole = merged(table, &cells, known.as_deref(), &draft);
        let whole = (self.entry.tidy)(tx.now(), whole, &mut draft.faults)?;
        match mark.state {
            State::New => tx.insert_cells(table, &whole).map(|_| ()),
            _ => tx.update(table, Key::Id(mark.target), &whole),
        }
    }

    fn tables(&self) -> Vec<&'static str> {
        vec![self.table().name]
    }
}

/// What the sheet says, over what is known: an empty cell never wipes out a fact.
fn merged(table: &Table, cells: &[Cell], known: Option<&[Cell]>, draft: &Draft) -> Vec<Cell> {
    let at = |at: usize| match known.and_then(|known| known.get(at)) {
        Some(known) if !draft.has(at + 1) => known.clone(),
        _ => cells.get(at).cloned().unwrap_or_default(),
    };
    (0..table.fields.len()).map(at).collect()
}

/// What differs, for people; secrets masked.
pub fn differences(table: &Table, known: &[Cell], whole: &[Cell]) -> Vec<Difference> {
    let pairs = table.fields.iter().zip(known.iter().zip(whole)).filter(|(_, (before, after))| before != after);
    let tell = |field: &crate::record::Field, cell: &Cell| if field.secret { mask(&show(field.kind, cell)) } else { show(field.kind, cell) };
    pairs.map(|(field, (before, after))| Difference { label: field.label, before: tell(field, before), after: tell(field, after) }).collect()
}

/// The ids of all rows by their key.
fn keys(db: &Db<'_>, table: &Table) -> Result<HashMap<Vec<Cell>, i64>> {
    if table.key.is_empty() || table.link {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT id, {} FROM {}", table.key.join(", "), table.name);
    let read = |row: &rusqlite::Row<'_>| {
        let key = (1..=table.key.len()).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Cell>>>()?;
        Ok((key, row.get(0)?))
    };
    Ok(db.rows(&sql, [], read)?.into_iter().filter(|(key, _): &(Vec<Cell>, i64)| !key.iter().any(Cell::is_null)).collect())
}

/// The ids of a table's rows by what sheets call them: their key, and their searched names where those are unique.
fn names(db: &Db<'_>, parent: &str) -> Result<HashMap<String, Option<i64>>> {
    let Some(entry) = db.registry().entry(parent) else { return Ok(HashMap::new()) };
    let single = if let [key] = entry.table.key { Some(*key) } else { None };
    let mut columns: Vec<&str> = entry.table.searched().map(|field| field.name).collect();
    columns.extend(single.filter(|key| entry.table.field(key).is_some_and(|field| field.kind == Kind::Text)));
    let mut found: HashMap<String, Option<i64>> = HashMap::new();
    for column in columns {
        let sql = format!("SELECT id, {column} FROM {parent} WHERE {column} IS NOT NULL");
        for (id, name) in db.rows(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
            found.entry(name).and_modify(|known| *known = known.filter(|known| *known == id)).or_insert(Some(id));
        }
    }
    Ok(found)
}

/// A fault of a whole row that leaves the choice to the clerk.
pub fn conflict(message: String, hint: &str) -> Fault {
    Fault { field: "".into(), label: "整行".into(), weight: Weight::Warning, message, hint: hint.into() }
}
