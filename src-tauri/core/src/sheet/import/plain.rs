//! Bringing in a plain record, with or without the natural person behind it.
//!
//! Where a record's key is a reference (a volunteer is a person), the sheet's columns are those of both, and the row
//! behind the reference is found by its own key, changed or made new along with the record.

use std::collections::{HashMap, HashSet};

use super::draft::{Column, Draft};
use super::parent::{Behind, Parent, same_word, tidied, with_defaults};
use super::{Choice, Difference, Intake, State, Tidier, Verdict};
use crate::error::{Fault, Faults, Result, Weight};
use crate::modules::{Entry, Registry};
use crate::record::{Cell, Field, Kind, Table, mask, show};
use crate::sheet::layout::Layout;
use crate::store::{Db, Key, Now, Tx};

/// Stands for the id of a row that comes with the same file.
const COMING: i64 = -1;

/// The heading of the hidden column by which our own export finds its records again.
pub const KEY_HEADING: &str = "记录编号";

/// The whole heading of it in sheets of this file: ids of two files are alike, so what it stands over says whose they are.
pub fn key_heading(db: &Db<'_>) -> Result<String> {
    Ok(format!("{KEY_HEADING}{}", db.origin()?))
}

/// A record, and what is looked up for it.
pub struct Plain {
    entry: Entry,
    layout: Option<Layout>,
    /// The natural person behind it, with the field that points there.
    behind: Option<(&'static str, Parent)>,
    /// Where its own fields begin among the columns.
    from: usize,
    /// The ids of all rows by their key.
    by_key: HashMap<Vec<Cell>, i64>,
    /// Keys met in this file, with their rows.
    met: HashMap<Vec<Cell>, u32>,
    /// Names of rows that references may point at, by field.
    names: HashMap<&'static str, HashMap<String, Option<i64>>>,
    /// Names that rows further up in this file give: a row may point at one that comes with it.
    announced: HashSet<String>,
    /// What every row gets in its unit field where the sheet has none.
    unit: Option<i64>,
    /// What the row that was judged last means, until it is taken.
    judged: Option<Understood>,
}

/// A draft that was understood: the row behind it, its own cells, and what is known.
struct Understood {
    behind: Option<Behind>,
    known: Option<(i64, Vec<Cell>)>,
    whole: Vec<Cell>,
}

impl Plain {
    /// Brings in a record; rows without a unit of their own get `unit`.
    pub fn new(registry: &Registry, entry: Entry, layout: Option<Layout>, unit: Option<i64>) -> Self {
        let behind = behind(registry, entry.table).map(|(field, parent)| (field, Parent::new(parent, 1, layout.clone())));
        let from = 1 + behind.as_ref().map_or(0, |(_, parent)| parent.table().fields.len());
        let (by_key, met, names, announced) = (HashMap::new(), HashMap::new(), HashMap::new(), HashSet::new());
        Self { entry, layout, behind, from, by_key, met, names, announced, unit, judged: None }
    }

    /// The row behind the record, with the field that points there.
    pub fn behind(&self) -> Option<(&'static str, Entry)> {
        self.behind.as_ref().map(|(field, parent)| (*field, parent.entry()))
    }

    fn table(&self) -> &'static Table {
        self.entry.table
    }

    fn pointer(&self) -> Option<&'static str> {
        self.behind.as_ref().map(|(field, _)| *field)
    }

    /// The fields' cells of a draft, references resolved and defaults filled in.
    fn cells(&self, draft: &mut Draft) -> Vec<Cell> {
        let table = self.table();
        let mut cells: Vec<Cell> = draft.cells.get(self.from..).unwrap_or_default().to_vec();
        for (field, cell) in table.fields.iter().zip(&mut cells) {
            match (field.kind, &*cell) {
                _ if Some(field.name) == self.pointer() => *cell = Cell::Int(0),
                (Kind::Ref(_), Cell::Text(text)) => *cell = self.resolve(field.name, field.label, text, &mut draft.faults),
                (Kind::Ref(_), Cell::Null) if field.name == table.unit => *cell = self.unit.map_or(Cell::Null, Cell::Int),
                _ => {}
            }
        }
        cells
    }

    /// Understands a draft: finds the row behind it and the record that it means.
    fn understand(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Option<Understood>> {
        let table = self.table();
        let given = self.cells(draft);
        let behind = match &mut self.behind {
            None => None,
            Some((_, parent)) => match parent.judge(db, draft)? {
                None => return Ok(None),
                behind => behind,
            },
        };
        let mut cells = with_defaults(table, &given);
        if let Some(place) = self.pointer().and_then(|field| table.position(field)).and_then(|at| cells.get_mut(at)) {
            *place = behind.as_ref().and_then(|behind| behind.id).map_or(Cell::Int(0), Cell::Int);
        }
        if draft.faults.refuse() {
            return Ok(None);
        }
        let key = self.key(&cells);
        let hidden = draft.cells.first().and_then(Cell::int);
        let target = hidden.or_else(|| self.by_key.get(&key).copied());
        let known = target.map(|id| db.cells(table, Key::Id(id))).transpose()?.flatten();
        let whole = match &known {
            Some(known) => self.over(known, &given, &cells),
            None => cells,
        };
        self.twice(key, draft);
        let whole = tidied(db, &self.entry, whole, &mut draft.faults)?;
        Ok(whole.map(|whole| Understood { behind, known: target.zip(known), whole }))
    }

    /// What is known, with what the sheet says over it; an empty cell wipes nothing out.
    fn over(&self, known: &[Cell], given: &[Cell], cells: &[Cell]) -> Vec<Cell> {
        let all = self.table().fields.iter().zip(known.iter().zip(given.iter().zip(cells)));
        let keep = |(field, (known, (given, cell))): (&Field, (&Cell, (&Cell, &Cell)))| {
            let pointer = Some(field.name) == self.pointer();
            let silent = given.is_null() || pointer;
            if silent || same_word(self.layout.as_ref(), field.name, field.kind, known, cell) { known.clone() } else { cell.clone() }
        };
        all.map(keep).collect()
    }

    fn twice(&mut self, key: Vec<Cell>, draft: &mut Draft) {
        let blank = key.is_empty() || key.iter().any(|cell| cell.is_null() || *cell == Cell::Int(0));
        if let Some(first) = (!blank).then(|| self.met.insert(key, draft.row)).flatten() {
            draft.faults.error("", "整行", format!("与第 {first} 行重复"), "请只保留一行");
        }
    }

    fn resolve(&self, field: &'static str, label: &'static str, text: &str, faults: &mut Faults) -> Cell {
        match self.names.get(field).and_then(|names| names.get(text)) {
            Some(Some(id)) => Cell::Int(*id),
            Some(None) => {
                faults.error(field, label, format!("有不止一条记录叫“{}”", told(text)), "请改填它的编号");
                Cell::Null
            }
            None if self.announced.contains(text) => Cell::Int(COMING),
            None => {
                faults.error(
                    field,
                    label,
                    format!("找不到“{}”", told(text)),
                    "请先登记它（同一张表里，上级要排在下级前面），或改填它的编号",
                );
                Cell::Null
            }
        }
    }

    fn key(&self, cells: &[Cell]) -> Vec<Cell> {
        let table = self.table();
        table.key.iter().filter_map(|name| table.position(name).and_then(|at| cells.get(at)).cloned()).collect()
    }
}

impl Intake for Plain {
    fn columns(&self) -> Vec<Column> {
        let id = Column::named("id", KEY_HEADING, Kind::Int);
        let own = self.table().fields;
        let points = |field: &Field| Some(field.name) == self.pointer();
        let shadowed = |label: &str| own.iter().any(|field| field.label == label && !points(field));
        let above = self.behind.iter().flat_map(|(_, parent)| parent.columns());
        let above = above.map(|column| Column { label: if shadowed(column.label) { "" } else { column.label }, ..column });
        let given = |field: &Field| self.unit.is_some() && field.name == self.table().unit;
        let rest = own.iter().map(|field| match Column::of(field) {
            // The row behind is found by its own columns; a document is no column.
            column if points(field) || field.is_document() => Column { label: "", required: false, ..column },
            column => Column { required: column.required && !given(field), ..column },
        });
        std::iter::once(id).chain(above).chain(rest).collect()
    }

    fn prepare(&mut self, db: &Db<'_>, rows: u64) -> Result<()> {
        let table = self.table();
        self.met.clear();
        self.announced.clear();
        self.by_key = keys(db, table)?;
        for field in table.fields.iter().filter(|field| Some(field.name) != self.behind.as_ref().map(|(field, _)| *field)) {
            if let Kind::Ref(parent) = field.kind {
                self.names.insert(field.name, names(db, parent)?);
            }
        }
        self.behind.as_mut().map_or(Ok(()), |(_, parent)| parent.prepare(db, rows))
    }

    fn tidier(&self, now: Now) -> Option<Tidier> {
        self.behind.as_ref().map(|(_, parent)| parent.tidier(now))
    }

    fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        self.judged = self.understand(db, draft)?;
        let Some(Understood { behind, known, whole }) = &self.judged else { return Ok(Verdict::Faulty) };
        (self.entry.check)(db, known.as_ref().map_or(0, |(id, _)| *id), whole, &mut draft.faults)?;
        if draft.faults.refuse() {
            return Ok(Verdict::Faulty);
        }
        let Some((_, before)) = known else {
            let called: Vec<String> = self.called(whole).collect();
            self.announced.extend(called);
            return Ok(Verdict::New);
        };
        let mut changes = behind.iter().flat_map(|behind| self.differences_behind(behind)).collect::<Vec<_>>();
        changes.extend(differences(self.table(), before, whole));
        Ok(if changes.is_empty() { Verdict::Same } else { Verdict::Changed(changes) })
    }

    fn take(&mut self, tx: &Tx<'_>, _draft: &Draft, _state: State, _choice: Choice) -> Result<()> {
        let Some(Understood { behind, known, mut whole }) = self.judged.take() else { return Ok(()) };
        if let (Some((field, parent)), Some(behind)) = (&self.behind, &behind) {
            let id = parent.take(tx, behind)?;
            if let Some(place) = self.table().position(field).and_then(|at| whole.get_mut(at)) {
                *place = Cell::Int(id);
            }
        }
        match known {
            None => {
                let id = tx.insert_cells(self.table(), &whole)?.first();
                self.came(&whole, id);
                Ok(())
            }
            Some((id, known)) if known != whole => tx.update(self.table(), Key::Id(id), &whole),
            Some(_) => Ok(()),
        }
    }

    fn tables(&self) -> Vec<&'static str> {
        self.behind.iter().map(|(_, parent)| parent.table().name).chain([self.table().name]).collect()
    }
}

impl Plain {
    /// The names that a row goes by.
    fn called(&self, whole: &[Cell]) -> impl Iterator<Item = String> + use<'_> {
        let table = self.table();
        let names = table.fields.iter().zip(whole.to_vec()).filter(|(field, _)| field.search || table.key == [field.name]);
        names.filter_map(|(_, cell)| cell.text().map(str::to_owned))
    }

    /// From now on rows may point at the one that came.
    fn came(&mut self, whole: &[Cell], id: i64) {
        let called: Vec<String> = self.called(whole).collect();
        let own = self.table();
        for field in own.fields.iter().filter(|field| field.kind == Kind::Ref(own.name)) {
            let names = self.names.entry(field.name).or_default();
            called.iter().for_each(|name| {
                names.insert(name.clone(), Some(id));
            });
        }
    }

    fn differences_behind(&self, behind: &Behind) -> Vec<Difference> {
        match &self.behind {
            Some((_, parent)) if behind.changes() => differences(parent.table(), &behind.known, &behind.whole),
            _ => Vec::new(),
        }
    }
}

/// The record whose row is the one behind: the key is a single reference to a record with a single text key.
pub(in crate::sheet) fn behind(registry: &Registry, table: &Table) -> Option<(&'static str, Entry)> {
    let [key] = table.key else { return None };
    let Some(Kind::Ref(parent)) = table.field(key).map(|field| field.kind) else { return None };
    let entry = *registry.entry(parent)?;
    matches!(entry.table.key, [own] if entry.table.field(own).is_some_and(|field| field.kind == Kind::Text)).then_some((*key, entry))
}

/// What differs, for people; secrets masked.
pub fn differences(table: &Table, known: &[Cell], whole: &[Cell]) -> Vec<Difference> {
    let pairs = table.fields.iter().zip(known.iter().zip(whole)).filter(|(_, (before, after))| before != after);
    let tell = |field: &Field, cell: &Cell| if field.secret { mask(&show(field.kind, cell)) } else { show(field.kind, cell) };
    pairs
        .map(|(field, (before, after))| Difference { label: field.label, before: tell(field, before), after: tell(field, after) })
        .collect()
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

/// The ids of a table's rows by what sheets call them: their key, their searched names where those are unique, and the key of the
/// row behind them (a member goes by the person's id-number).
fn names(db: &Db<'_>, parent: &str) -> Result<HashMap<String, Option<i64>>> {
    let Some(entry) = db.registry().entry(parent) else { return Ok(HashMap::new()) };
    let single = if let [key] = entry.table.key { Some(*key) } else { None };
    let mut columns: Vec<&str> = entry.table.searched().map(|field| field.name).collect();
    columns.extend(single.filter(|key| entry.table.field(key).is_some_and(|field| field.kind == Kind::Text)));
    let mut queries: Vec<String> =
        columns.into_iter().map(|column| format!("SELECT id, {column} FROM {parent} WHERE {column} IS NOT NULL")).collect();
    if let Some((pointer, behind)) = behind(db.registry(), entry.table) {
        let (above, key) = (behind.table.name, behind.table.key.first().copied().unwrap_or("id"));
        queries.push(format!("SELECT t.id, b.{key} FROM {parent} t JOIN {above} b ON b.id = t.{pointer} WHERE b.{key} IS NOT NULL"));
    }
    let mut found: HashMap<String, Option<i64>> = HashMap::new();
    for sql in queries {
        for (id, name) in db.rows(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
            found.entry(name).and_modify(|known| *known = known.filter(|known| *known == id)).or_insert(Some(id));
        }
    }
    Ok(found)
}

/// What a fault says of a name: where it may be a person's number, not all of it.
fn told(name: &str) -> String {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if digits > 6 { mask(name) } else { name.to_owned() }
}

/// A fault of a whole row that leaves the choice to the clerk.
pub fn conflict(message: String, hint: &str) -> Fault {
    Fault { field: "".into(), label: "整行".into(), weight: Weight::Warning, message, hint: hint.into() }
}
