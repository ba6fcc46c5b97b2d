//! The tree of unions as it stood on a day.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::{Unit, UnitLevel};
use crate::error::Result;
use crate::record::{Code, Id};
use crate::store::Db;

/// All unions in dense places, each before its subordinates, so that a subtree is a range of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    day: NaiveDate,
    nodes: Vec<Node>,
    places: HashMap<i64, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    id: i64,
    parent: Option<usize>,
    /// One past the last place below.
    end: usize,
    level: UnitLevel,
    depth: usize,
    open: bool,
}

/// A union as the tables have it, with the parent it had on the day.
struct Row {
    id: i64,
    parent: Option<i64>,
    level: UnitLevel,
    open: bool,
}

impl Tree {
    /// Reads the tree as it stood at the end of a day: today's, with the moves after that day taken back. Closed unions
    /// and those founded later keep their places and are not open.
    pub fn on(db: &Db<'_>, day: NaiveDate) -> Result<Self> {
        let mut before: HashMap<i64, Option<i64>> = HashMap::new();
        for (unit, parent) in moves_after(db, day)? {
            before.entry(unit).or_insert(parent);
        }
        let mut rows = rows(db, day)?;
        for row in &mut rows {
            row.parent = before.get(&row.id).copied().unwrap_or(row.parent);
        }
        Ok(Self::plant(day, &rows))
    }

    /// The day at whose end the tree stood so.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Says whether there is no union at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The place of a union.
    pub fn place(&self, unit: Id<Unit>) -> Option<usize> {
        self.places.get(&unit.get()).copied()
    }

    /// The unions in the order of their places: each before its subordinates, brothers by code.
    pub fn ids(&self) -> impl Iterator<Item = Id<Unit>> + '_ {
        self.nodes.iter().map(|node| Id::new(node.id))
    }

    /// The union in a place.
    pub fn id(&self, place: usize) -> Option<Id<Unit>> {
        self.nodes.get(place).map(|node| Id::new(node.id))
    }

    /// The place of the union above.
    pub fn parent(&self, place: usize) -> Option<usize> {
        self.nodes.get(place).and_then(|node| node.parent)
    }

    /// The places right below, in order.
    pub fn children(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        self.subtree(place).filter(move |below| self.parent(*below) == Some(place))
    }

    /// The places of a union and of all below it; empty for a place that is none.
    pub fn subtree(&self, place: usize) -> Range<usize> {
        self.nodes.get(place).map_or(0..0, |node| place..node.end)
    }

    /// The level of the union in a place.
    pub fn level(&self, place: usize) -> Option<UnitLevel> {
        self.nodes.get(place).map(|node| node.level)
    }

    /// How many unions stand above the one in a place.
    pub fn depth(&self, place: usize) -> usize {
        self.nodes.get(place).map_or(0, |node| node.depth)
    }

    /// A union and those below it down to `depth` levels, in the order of their places, each with how deep it stands below it.
    pub fn under(&self, unit: Id<Unit>, depth: usize) -> impl Iterator<Item = (Id<Unit>, usize)> + '_ {
        let place = self.place(unit).unwrap_or(usize::MAX);
        let top = self.depth(place);
        let below = self.subtree(place).map(move |below| (below, self.depth(below) - top));
        below.filter(move |(_, level)| *level <= depth).filter_map(|(below, level)| Some((self.id(below)?, level)))
    }

    /// Says whether the union in a place existed at the end of the day.
    pub fn is_open(&self, place: usize) -> bool {
        self.nodes.get(place).is_some_and(|node| node.open)
    }

    /// Adds up figures by place from the lowest unions to the highest: each place then holds its own and all below it.
    pub fn roll_up<T>(&self, figures: &mut [T], add: impl Fn(&mut T, &T)) {
        for place in (0..figures.len()).rev() {
            let Some(parent) = self.parent(place) else { continue };
            let (above, below) = figures.split_at_mut(place);
            if let (Some(sum), Some(part)) = (above.get_mut(parent), below.first()) {
                add(sum, part);
            }
        }
    }

    /// Gives every union its place; one that hangs below itself, which `check` reports, is placed as if it had none above.
    fn plant(day: NaiveDate, rows: &[Row]) -> Self {
        let known: HashMap<i64, usize> = rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
        let parent = |row: &Row| row.parent.and_then(|parent| known.get(&parent).copied());
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        let mut tops = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            parent(row).and_then(|parent| below.get_mut(parent)).unwrap_or(&mut tops).push(at);
        }
        let mut tree = Self { day, nodes: Vec::with_capacity(rows.len()), places: HashMap::with_capacity(rows.len()) };
        for top in tops.into_iter().chain(0..rows.len()) {
            tree.place_all(rows, &below, top);
        }
        tree.close_ranges();
        tree
    }

    /// Places a union and all below it that have no place yet.
    fn place_all(&mut self, rows: &[Row], below: &[Vec<usize>], top: usize) {
        let mut waiting = vec![(top, None)];
        while let Some((at, parent)) = waiting.pop() {
            let Some(row) = rows.get(at).filter(|row| !self.places.contains_key(&row.id)) else { continue };
            let place = self.nodes.len();
            let depth = parent.map_or(0, |parent| self.depth(parent) + 1);
            self.places.insert(row.id, place);
            self.nodes.push(Node { id: row.id, parent, end: place + 1, level: row.level, depth, open: row.open });
            waiting.extend(below.get(at).into_iter().flatten().rev().map(|child| (*child, Some(place))));
        }
    }

    fn close_ranges(&mut self) {
        for place in (0..self.nodes.len()).rev() {
            let end = self.nodes.get(place).map_or(0, |node| node.end);
            if let Some(above) = self.parent(place).and_then(|parent| self.nodes.get_mut(parent)) {
                above.end = above.end.max(end);
            }
        }
    }
}

/// The moves after a day, the first of each union first, with the parent before each.
fn moves_after(db: &Db<'_>, day: NaiveDate) -> Result<Vec<(i64, Option<i64>)>> {
    let sql = "SELECT unit, before FROM unit_move WHERE day > ?1 ORDER BY day, id";
    db.rows(sql, [day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn rows(db: &Db<'_>, day: NaiveDate) -> Result<Vec<Row>> {
    let sql = "SELECT id, parent, level, coalesce(opened <= ?1, 1) AND coalesce(closed > ?1, 1) FROM unit ORDER BY code";
    db.rows(sql, [day.to_string()], |row| {
        let level = UnitLevel::of(row.get(2)?).unwrap_or(UnitLevel::Grassroots);
        Ok(Row { id: row.get(0)?, parent: row.get(1)?, level, open: row.get(3)? })
    })
}

/// Fills the connection's table `sub` with a union and all that stand below it today.
pub fn fill_subtree(db: &Db<'_>, unit: Id<Unit>) -> Result<()> {
    let sql = "WITH RECURSIVE t (id) AS (SELECT ?1 UNION SELECT u.id FROM t CROSS JOIN unit u ON u.parent = t.id) SELECT id FROM t";
    db.gather(sql, [unit.get()])
}

/// The union above another at the end of a day.
pub(super) fn parent_on(db: &Db<'_>, unit: Id<Unit>, day: NaiveDate) -> Result<Option<Id<Unit>>> {
    let moved = "SELECT before FROM unit_move WHERE unit = ?1 AND day > ?2 ORDER BY day, id LIMIT 1";
    let found: Option<Option<i64>> = match db.one(moved, (unit.get(), day.to_string()))? {
        Some(before) => Some(before),
        None => db.one("SELECT parent FROM unit WHERE id = ?1", [unit.get()])?,
    };
    Ok(found.flatten().map(Id::new))
}
