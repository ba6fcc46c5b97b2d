//! What of a return is masked for who looks at it: secrets in its rosters, as in lists, and the rows of people who were blocked since.
//!
//! A roster's row does not know its row in the book. It is told to be a blocked person's by the key that stands in it, or, where it has
//! none, by the name together with another secret.

use std::collections::HashSet;

use crate::error::Result;
use crate::record::{Cell, ERASED, Field, Kind, Table, mask};
use crate::report::formula::Broken;
use crate::report::task::{Block, Each, Holds, Line, Place, Table as TaskTable, Task, Value, Values};
use crate::sheet::export::outlet;
use crate::store::Db;

/// Stands in the row of somebody whose data are blocked.
pub(super) const BLOCKED: &str = "已封存";

/// What is masked of a task's values.
#[derive(Debug)]
pub(super) struct Masked {
    /// Of each table.
    tables: Vec<Roster>,
    made: Vec<Made>,
    people: Blocked,
}

/// What is masked of a table's rows; nothing where they are no record's.
#[derive(Debug, Default)]
struct Roster {
    /// The places of the columns that hold a secret.
    secrets: Vec<usize>,
    /// The place of each of the fields by which a blocked person is told: the key, the name, the other secrets.
    tell: Option<Tell>,
    /// The places of all columns whose words come from the book.
    own: Vec<usize>,
}

/// What formulas make of a table's values: the places of columns, and of single cells. What somebody typed stays as it is, since the screen
/// sends it back.
#[derive(Debug, Default)]
struct Made {
    columns: Vec<usize>,
    cells: Vec<Place>,
}

impl Made {
    fn of(table: &TaskTable) -> Self {
        let is_made = |holds: &Holds| !matches!(holds, Holds::Typed);
        let columns = table.block.iter().flat_map(|block| block.columns.iter().enumerate());
        let cells = table.cells.iter().filter(|cell| is_made(&cell.holds));
        Self {
            columns: columns.filter(|(_, column)| is_made(&column.holds)).map(|(at, _)| at).collect(),
            cells: cells.map(|cell| cell.at).collect(),
        }
    }
}

#[derive(Debug)]
struct Tell {
    key: Option<usize>,
    name: Option<usize>,
    others: Vec<usize>,
}

/// The blocked people, by their keys, and by names with other secrets.
#[derive(Debug, Default)]
struct Blocked {
    keys: HashSet<String>,
    named: HashSet<(String, String)>,
}

impl Masked {
    /// Reads what is masked of a task's values in this office.
    pub fn of(db: &Db<'_>, task: &Task) -> Result<Self> {
        let roster = |block: &Block| match &block.each {
            Each::Record(record) => Roster::of(db, record, block),
            Each::Units | Each::Typed => Ok(Roster::default()),
        };
        let tables = task.tables.iter().map(|table| table.block.as_ref().map_or_else(|| Ok(Roster::default()), roster));
        let tables = tables.collect::<Result<Vec<_>>>()?;
        let tells = tables.iter().any(|roster| roster.tell.is_some());
        let made = task.tables.iter().map(Made::of).collect();
        Ok(Self { tables, made, people: if tells { Blocked::of(db)? } else { Blocked::default() } })
    }

    /// The labels of the columns that hold secrets, and how many rows have them.
    pub fn secrets<'t>(&self, task: &'t Task, values: &Values) -> (Vec<&'t str>, u64) {
        let rosters = || task.tables.iter().zip(&self.tables).filter_map(|(table, roster)| Some((table.block.as_ref()?, roster)));
        let labels = |(block, roster): (&'t Block, &Roster)| {
            let label = |at: &usize| block.columns.get(*at).map(|column| column.label.as_str());
            roster.secrets.iter().filter_map(label).collect::<Vec<_>>()
        };
        let with_secrets = values.sheets.iter().zip(&self.tables).filter(|(_, roster)| !roster.secrets.is_empty());
        (rosters().flat_map(labels).collect(), with_secrets.map(|(sheet, _)| sheet.lines.len() as u64).sum())
    }

    /// Empties the rows of blocked people; gives how many there are, and their secrets.
    pub fn leave_out(&self, values: &mut Values) -> (usize, Whole) {
        let (mut found, mut whole) = (0, Whole::default());
        for (roster, sheet) in self.tables.iter().zip(&mut values.sheets) {
            for line in sheet.lines.iter_mut().filter(|line| roster.is_of(line, &self.people)) {
                roster.mask(line, &mut whole);
                roster.empty(line);
                found += 1;
            }
        }
        (found, whole)
    }

    /// Masks the secrets; gives what was masked, whole.
    pub fn mask(&self, values: &mut Values) -> Whole {
        let mut whole = Whole::default();
        for (roster, sheet) in self.tables.iter().zip(&mut values.sheets) {
            for line in &mut sheet.lines {
                roster.mask(line, &mut whole);
            }
        }
        for ((roster, made), sheet) in self.tables.iter().zip(&self.made).zip(&mut values.sheets).filter(|_| !whole.0.is_empty()) {
            let lines = sheet.lines.iter_mut().flat_map(|line| line.values.iter_mut().enumerate());
            let lines = lines.filter(|(at, _)| made.columns.contains(at) && !roster.own.contains(at)).map(|(_, value)| value);
            let cells = sheet.cells.iter_mut().filter(|(at, _)| made.cells.contains(at)).map(|(_, value)| value);
            lines.chain(cells).for_each(|value| whole.replace(value));
        }
        whole
    }
}

impl Roster {
    fn of(db: &Db<'_>, record: &str, block: &Block) -> Result<Self> {
        // A task of another office may name a record that this one has not.
        let Ok(outlet) = outlet(db.registry(), record, None) else { return Ok(Self::default()) };
        let columns = outlet.columns();
        let named = |at: usize| match block.columns.get(at).map(|column| &column.holds) {
            Some(Holds::Field(name)) => Some(name.as_str()),
            _ => None,
        };
        let own: Vec<usize> = (0..block.columns.len()).filter(|at| named(*at).is_some()).collect();
        let secret = |name: &str| outlet.key_in(name).is_some() || columns.iter().any(|column| column.name == name && column.secret);
        let secrets = own.iter().copied().filter(|at| named(*at).is_some_and(secret)).collect();
        let place = |name: &str| own.iter().copied().find(|at| named(*at) == Some(name));
        Ok(Self { secrets, tell: Tell::of(db, record, place), own })
    }

    fn mask(&self, line: &mut Line, whole: &mut Whole) {
        for at in &self.secrets {
            line.values.get_mut(*at).into_iter().for_each(|value| whole.mask(value));
        }
    }

    fn is_of(&self, line: &Line, people: &Blocked) -> bool {
        let Some(tell) = &self.tell else { return false };
        let text = |at: usize| match line.values.get(at) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        match tell.key.and_then(text) {
            Some(key) => people.keys.contains(key),
            None => tell.name.and_then(text).is_some_and(|name| {
                tell.others.iter().filter_map(|at| text(*at)).any(|other| people.named.contains(&(name.to_owned(), other.to_owned())))
            }),
        }
    }

    /// Takes out what the book says of somebody; numbers, facts of the return and the row itself stay.
    fn empty(&self, line: &mut Line) {
        let texts = line.values.iter_mut().enumerate().filter(|(at, value)| self.own.contains(at) || matches!(value, Value::Text(_)));
        texts.for_each(|(_, value)| *value = Value::Blank);
        let name = self.tell.as_ref().and_then(|tell| tell.name.or(tell.key)).and_then(|at| line.values.get_mut(at));
        name.into_iter().for_each(|value| *value = Value::Text(BLOCKED.into()));
    }
}

/// The fields of a table by which its rows are told apart by people: its key, its name, its other secrets.
fn telling(table: &'static Table) -> (Option<&'static Field>, Option<&'static Field>, Vec<&'static Field>) {
    let key = table.key.iter().filter_map(|name| table.field(name)).find(|field| field.kind == Kind::Text);
    let others = table.fields.iter().filter(|field| field.secret && key.is_none_or(|key| key.name != field.name));
    (key, table.searched().next(), others.collect())
}

impl Tell {
    fn of(db: &Db<'_>, record: &str, place: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let veil = db.registry().veil()?;
        veil.condition(db.registry(), db.registry().entry(record)?.table, "t")?;
        let (key, name, others) = telling(db.registry().entry(veil.root)?.table);
        let at = |field: Option<&Field>| field.and_then(|field| place(field.name));
        Some(Self { key: at(key), name: at(name), others: others.iter().filter_map(|field| place(field.name)).collect() })
    }
}

impl Blocked {
    fn of(db: &Db<'_>) -> Result<Self> {
        let Some((veil, entry)) = db.registry().veil().and_then(|veil| Some((veil, db.registry().entry(veil.root)?))) else {
            return Ok(Self::default());
        };
        let (key, name, others) = telling(entry.table);
        let mut people = Self::default();
        for id in db.rows(veil.sql, [], |row| row.get(0))? {
            let Some(cells) = db.cells(entry.table, crate::store::Key::Id(id))? else { continue };
            let text = |field: &Field| match entry.table.position(field.name).and_then(|at| cells.get(at)) {
                Some(Cell::Text(text)) => Some(text.clone()),
                _ => None,
            };
            people.keys.extend(key.and_then(text));
            let name = name.and_then(text).unwrap_or_default();
            people.named.extend(others.iter().filter_map(|field| Some((name.clone(), text(field)?))));
        }
        Ok(people)
    }
}

/// The secrets that were masked.
#[derive(Debug, Default)]
pub(super) struct Whole(HashSet<String>);

impl Whole {
    fn mask(&mut self, value: &mut Value) {
        match value {
            Value::Text(text) if text != ERASED && text != BLOCKED => {
                let shown = mask(text);
                self.0.insert(std::mem::replace(text, shown));
            }
            Value::Int(_) => *value = Value::Blank,
            _ => {}
        }
    }

    fn replace(&self, value: &mut Value) {
        if let Value::Text(text) = value {
            *text = self.without(text);
        }
    }

    /// A text in which every one of them is masked: the text itself, or a run of letters and digits in it.
    pub fn without(&self, text: &str) -> String {
        if self.0.contains(text) {
            return mask(text);
        }
        let end = |letter: char| !letter.is_ascii_alphanumeric();
        let run = |run: &str| {
            let own = run.trim_end_matches(end);
            if self.0.contains(own) { mask(own) + run.get(own.len()..).unwrap_or_default() } else { run.to_owned() }
        };
        text.split_inclusive(end).map(run).collect()
    }

    /// Masks them in what a check says.
    pub fn mask_in(&self, broken: &mut [Broken]) {
        for one in broken.iter_mut().filter(|_| !self.0.is_empty()) {
            [&mut one.message, &mut one.hint, &mut one.left, &mut one.right].into_iter().for_each(|text| *text = self.without(text));
            one.places.iter_mut().for_each(|place| place.value = self.without(&place.value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_masked_wherever_a_formula_or_a_check_puts_it() {
        let whole = Whole(["00000019900101001X".to_owned(), "甲路 1 号".to_owned()].into());
        assert_eq!(
            whole.without("张三00000019900101001X，应为 2"),
            "张三00000019900101001X，应为 2".replace("00000019900101001X", "000***********001X")
        );
        assert_eq!(whole.without("（00000019900101001X）"), "（000***********001X）", "between signs");
        assert_eq!(whole.without("甲路 1 号"), mask("甲路 1 号"), "as it stands");
        assert_eq!(whole.without("20000019900101001X1"), "20000019900101001X1", "another number stays");
    }
}
