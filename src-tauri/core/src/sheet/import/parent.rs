//! The row behind a record, found by its own key: the natural person of a member or volunteer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Tidier;
use super::draft::{Column, Draft};
use crate::error::{Faults, Result};
use crate::modules::Entry;
use crate::record::{Cell, Table};
use crate::sheet::layout::Layout;
use crate::store::{Db, Key, Now, Tx, check_references, check_shapes};

/// Rows of a file past which all keys are read at once rather than looked up one by one.
const MANY: u64 = 20_000;

/// Finds, changes and makes the rows of a table with one text key, from a stretch of a draft's columns.
pub struct Parent {
    entry: Entry,
    from: usize,
    layout: Option<Layout>,
    /// Keys of all rows, hashed; a hit is verified against the row.
    all: Option<HashMap<u64, i64>>,
    met: HashMap<u64, u32>,
}

/// What is known of the row behind a draft, and what the draft makes of it.
#[derive(Debug, Clone)]
pub struct Behind {
    /// The row's id, where it is there already.
    pub id: Option<i64>,
    /// What is known of it.
    pub known: Vec<Cell>,
    /// What it will be.
    pub whole: Vec<Cell>,
}

impl Behind {
    /// Says whether something about it changes.
    pub fn changes(&self) -> bool {
        self.id.is_some() && self.known != self.whole
    }
}

impl Parent {
    /// Reads the record's fields from the draft's columns that begin at `from`.
    pub fn new(entry: Entry, from: usize, layout: Option<Layout>) -> Self {
        Self { entry, from, layout, all: None, met: HashMap::new() }
    }

    /// The record.
    pub fn entry(&self) -> Entry {
        self.entry
    }

    /// The record's table.
    pub fn table(&self) -> &'static Table {
        self.entry.table
    }

    /// The columns of its fields.
    pub fn columns(&self) -> impl Iterator<Item = Column> + use<> {
        self.entry.table.fields.iter().map(Column::of)
    }

    /// Where a field stands in the draft.
    pub fn column(&self, field: &str) -> usize {
        self.from + self.table().position(field).unwrap_or(0)
    }

    /// Makes ready for about `rows` rows.
    pub fn prepare(&mut self, db: &Db<'_>, rows: u64) -> Result<()> {
        self.met.clear();
        self.all = None;
        if rows > MANY {
            let (name, key) = (self.table().name, self.key());
            let mut statement = db.connection().prepare(&format!("SELECT {key}, id FROM {name} WHERE {key} IS NOT NULL"))?;
            let mut found = statement.query([])?;
            let all = self.all.insert(HashMap::new());
            while let Some(row) = found.next()? {
                all.insert(hashed(row.get_ref(0)?.as_str().unwrap_or_default()), row.get(1)?);
            }
        }
        Ok(())
    }

    fn key(&self) -> &'static str {
        self.table().key.first().copied().unwrap_or("id")
    }

    /// Gives a draft's fields their stored form, which asks nothing of the store: it is done where the sheet is read.
    pub fn tidier(&self, now: Now) -> Tidier {
        let (entry, from) = (self.entry, self.from);
        Box::new(move |draft| {
            let given = draft.cells.get(from..from + entry.table.fields.len()).unwrap_or_default();
            draft.tidy = shaped(&entry, now, with_defaults(entry.table, given), &mut draft.faults)?;
            Ok(())
        })
    }

    /// Finds the row that a draft in its stored form means. Adds what is wrong to the draft.
    pub fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Option<Behind>> {
        let (table, at) = (self.table(), self.table().position(self.key()).unwrap_or(0));
        let Some(tidy) = draft.tidy.take().filter(|_| !draft.faults.refuse()) else { return Ok(None) };
        check_references(db, table, &tidy, &mut draft.faults)?;
        let given = draft.cells.get(self.from..self.from + table.fields.len()).unwrap_or_default();
        let key = tidy.get(at).and_then(Cell::text).map(str::to_owned);
        let Some(key) = key else { return Ok(Some(Behind { id: None, known: Vec::new(), whole: tidy })) };
        if let Some(first) = self.met.insert(hashed(&key), draft.row).filter(|first| *first != draft.row) {
            let field = table.fields.get(at).map_or(("", ""), |field| (field.name, field.label));
            draft.faults.error(field.0, field.1, format!("与第 {first} 行重复"), "请核对是否同一个人，只保留一行");
        }
        let known = self.find(db, &key)?;
        Ok(Some(match known {
            Some((id, known)) => {
                let whole = self.over(&known, given, &tidy);
                Behind { id: Some(id), known, whole }
            }
            None => Behind { id: None, known: Vec::new(), whole: tidy },
        }))
    }

    fn find(&self, db: &Db<'_>, key: &str) -> Result<Option<(i64, Vec<Cell>)>> {
        let (table, name) = (self.table(), self.key());
        let id = match &self.all {
            Some(all) => all.get(&hashed(key)).copied(),
            None => db.one(&format!("SELECT id FROM {} WHERE {name} = ?1", table.name), [key])?,
        };
        let Some(id) = id else { return Ok(None) };
        let known = db.cells(table, Key::Id(id))?;
        Ok(known
            .filter(|known| table.position(name).and_then(|at| known.get(at)).and_then(Cell::text) == Some(key))
            .map(|known| (id, known)))
    }

    /// What is known, with what the sheet says over it. An empty cell wipes nothing out, and a blank's coarser word does not
    /// replace the finer one that it was written for.
    fn over(&self, known: &[Cell], given: &[Cell], tidy: &[Cell]) -> Vec<Cell> {
        let cells = self.table().fields.iter().zip(known.iter().zip(given.iter().zip(tidy)));
        let keep = |(field, (known, (given, tidy))): (&crate::record::Field, (&Cell, (&Cell, &Cell)))| {
            let derived = given.is_null() && !known.is_null();
            if derived || same_word(self.layout.as_ref(), field.name, field.kind, known, tidy) { known.clone() } else { tidy.clone() }
        };
        cells.map(keep).collect()
    }

    /// Stores what the draft makes of the row, and gives its id.
    pub fn take(&self, tx: &Tx<'_>, behind: &Behind) -> Result<i64> {
        match behind.id {
            None => tx.insert_cells(self.table(), &behind.whole).map(Key::first),
            Some(id) => {
                if behind.changes() {
                    tx.update(self.table(), Key::Id(id), &behind.whole)?;
                }
                Ok(id)
            }
        }
    }
}

/// Says whether a blank has the same word for two values.
pub fn same_word(layout: Option<&Layout>, field: &str, kind: crate::record::Kind, a: &Cell, b: &Cell) -> bool {
    layout
        .and_then(|layout| layout.column(field))
        .is_some_and(|column| !column.values.is_empty() && column.written(kind, a) == column.written(kind, b))
}

/// Gives cells their stored form; `None` where a required field is empty or breaks a rule of its own.
pub fn tidied(db: &Db<'_>, entry: &Entry, cells: Vec<Cell>, faults: &mut Faults) -> Result<Option<Vec<Cell>>> {
    let Some(cells) = shaped(entry, db.now(), cells, faults)? else { return Ok(None) };
    check_references(db, entry.table, &cells, faults)?;
    Ok((!faults.refuse()).then_some(cells))
}

/// Does as [`tidied`], but does not look whether the rows are there that the cells refer to.
fn shaped(entry: &Entry, now: Now, cells: Vec<Cell>, faults: &mut Faults) -> Result<Option<Vec<Cell>>> {
    for (field, _) in entry.table.fields.iter().zip(&cells).filter(|(field, cell)| field.required && cell.is_null()) {
        faults.error(field.name, field.label, "没有填写", "请补填");
    }
    if faults.refuse() {
        return Ok(None);
    }
    let cells = (entry.tidy)(now, cells, faults)?;
    check_shapes(entry.table, &cells, faults);
    Ok((!faults.refuse()).then_some(cells))
}

/// Required texts that the sheet lacks are empty until they are tidied. Required codes and yes-or-no fields that the sheet lacks take their first entry: the unknown, the ordinary, the no.
pub fn with_defaults(table: &Table, given: &[Cell]) -> Vec<Cell> {
    use crate::record::Kind;
    let fill = |(field, cell): (&crate::record::Field, &Cell)| match (field.kind, cell) {
        (Kind::Code(list), Cell::Null) if field.required => list.entries.first().map_or(Cell::Null, |entry| Cell::Int(entry.code)),
        (Kind::Bool | Kind::Entered, Cell::Null) if field.required => Cell::Int(0),
        (Kind::Text, Cell::Null) if field.required => Cell::Text(String::new()),
        _ => cell.clone(),
    };
    table.fields.iter().zip(given).map(fill).collect()
}

fn hashed(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
