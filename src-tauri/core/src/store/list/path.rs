//! The way from a table to the one that its search looks into: a member is found through its person.

use crate::modules::Registry;
use crate::record::{Field, Kind, Table};

/// How far a search looks for a parent with searched fields.
const FAR: usize = 3;

/// One step of the way: a table and the field of it that refers to the next one.
#[derive(Debug, Clone, Copy)]
pub struct Hop {
    /// The table.
    pub child: &'static Table,
    /// Its field.
    pub field: &'static str,
}

/// The way from a table to the one that is searched; without hops where that is the table itself.
#[derive(Debug, Clone)]
pub struct Path {
    /// The steps.
    pub hops: Vec<Hop>,
    /// The searched table.
    pub end: &'static Table,
}

impl Path {
    /// Finds the way: a table with searched fields is its own end; else it goes through a key field (of a link the last one that
    /// leads somewhere) or, failing that, through the first required reference that does.
    pub fn to_searched(registry: &Registry, table: &'static Table) -> Option<Self> {
        find(registry, table, FAR)
    }

    /// The rows `t` of the way's beginning that hang on one row of its end: what follows FROM, and a condition on the end's id.
    pub fn down(&self) -> (String, String) {
        let Some((first, others)) = self.hops.split_first() else {
            return (format!("{} AS t", self.end.name), "t.id = ?".into());
        };
        let Some(last) = others.len().checked_sub(1).and_then(|at| others.get(at)) else {
            return (format!("{} AS t", first.child.name), format!("t.{} = ?", first.field));
        };
        let mut from = format!("{} AS h{}", last.child.name, others.len());
        for (at, hop) in others.iter().enumerate().rev().skip(1) {
            from += &format!(" CROSS JOIN {} AS h{} ON h{}.{} = h{}.id", hop.child.name, at + 1, at + 1, hop.field, at + 2);
        }
        from += &format!(" CROSS JOIN {} AS t ON t.{} = h1.id", first.child.name, first.field);
        (from, format!("h{}.{} = ?", others.len(), last.field))
    }

    /// The row `p` of the way's end that a value of [`Path::through`] leads to.
    pub fn up(&self) -> (String, String) {
        let others = self.hops.get(1..).unwrap_or_default();
        let Some(first) = others.first() else { return (format!("{} AS p", self.end.name), "p.id = ?".into()) };
        let mut from = format!("{} AS h1", first.child.name);
        for (at, pair) in others.windows(2).enumerate() {
            if let [below, above] = pair {
                from += &format!(" CROSS JOIN {} AS h{} ON h{}.id = h{}.{}", above.child.name, at + 2, at + 2, at + 1, below.field);
            }
        }
        let last = others.last().map_or("", |hop| hop.field);
        from += &format!(" CROSS JOIN {} AS p ON p.id = h{}.{last}", self.end.name, others.len());
        (from, "h1.id = ?".into())
    }

    /// The column of the way's beginning that leads on: its own id where it is the end.
    pub fn through(&self) -> &'static str {
        self.hops.first().map_or("id", |hop| hop.field)
    }

    /// The first step alone.
    pub fn first(&self) -> Self {
        Self { hops: self.hops.iter().take(1).copied().collect(), end: self.end }
    }

    /// The ways to each table that this one leads through, its end included.
    pub fn stages(&self) -> Vec<Self> {
        let table = |far: usize| self.hops.get(far).map_or(self.end, |hop| hop.child);
        (1..=self.hops.len()).map(|far| Self { hops: self.hops.iter().take(far).copied().collect(), end: table(far) }).collect()
    }

    /// The way without its first step.
    pub fn rest(&self) -> Self {
        Self { hops: self.hops.get(1..).unwrap_or_default().to_vec(), end: self.end }
    }
}

fn find(registry: &Registry, table: &'static Table, far: usize) -> Option<Path> {
    if !table.link && table.searched().next().is_some() {
        return Some(Path { hops: Vec::new(), end: table });
    }
    let far = far.checked_sub(1)?;
    let keys: Vec<&Field> = if table.link {
        table.fields.iter().take(2).rev().collect()
    } else {
        table.key.iter().filter_map(|key| table.field(key)).collect()
    };
    let required = table.fields.iter().filter(|field| field.required);
    keys.into_iter().chain(required).find_map(|field| {
        let Kind::Ref(parent) = field.kind else { return None };
        let mut path = find(registry, registry.entry(parent)?.table, far)?;
        path.hops.insert(0, Hop { child: table, field: field.name });
        Some(path)
    })
}
