//! The numbers of a family for every place of a tree.

use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::distinct::Distinct;
use super::hierarchy::Hierarchy;
use super::indicator::Indicator;
use super::parts::Parts;

/// Which cell of a row holds which number of which indicator.
#[derive(Debug)]
pub struct Layout {
    slots: Vec<Slots>,
    width: usize,
}

#[derive(Debug)]
struct Slots {
    indicator: &'static Indicator,
    whole: usize,
    splits: Vec<(usize, Parts)>,
}

impl Layout {
    /// Gives each indicator a cell, followed by one for each part of each of its splits.
    pub fn of(indicators: &'static [Indicator]) -> Self {
        let mut made = Self { slots: Vec::new(), width: 0 };
        for indicator in indicators {
            let whole = made.take(1);
            let mut splits = Vec::new();
            for split in indicator.splits {
                let parts = Parts::of(split);
                splits.push((made.take(parts.all().len()), parts));
            }
            made.slots.push(Slots { indicator, whole, splits });
        }
        made
    }

    fn take(&mut self, cells: usize) -> usize {
        let first = self.width;
        self.width += cells;
        first
    }

    /// The cells of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    fn slots(&self, code: &str) -> Option<&Slots> {
        self.slots.iter().find(|slots| slots.indicator.code == code)
    }

    /// The indicator with a code.
    pub fn indicator(&self, code: &str) -> Option<&'static Indicator> {
        self.slots(code).map(|slots| slots.indicator)
    }

    /// The cells of an indicator; a code that the family does not declare has none, and adding to them does nothing.
    pub fn cells(&self, code: &str) -> Cells<'_> {
        let slots = self.slots(code);
        let splits = slots.into_iter().flat_map(|slots| &slots.splits).map(|(first, parts)| (*first, parts)).collect();
        Cells { whole: slots.map_or(usize::MAX, |slots| slots.whole), splits }
    }
}

/// Where an indicator's numbers lie in a row.
#[derive(Debug, Clone)]
pub struct Cells<'l> {
    /// The cell of the whole number.
    pub whole: usize,
    /// For each split the first of its parts' cells, which follow one another, and the parts.
    pub splits: Vec<(usize, &'l Parts)>,
}

impl Cells<'_> {
    /// Adds to the whole number of a place and, for each split in order, to the part that the stored value belongs to.
    pub fn add(&self, counts: &mut Counts, place: u32, values: &[ValueRef<'_>], amount: i64) {
        counts.add(place, self.whole, amount);
        for (split, value) in values.iter().enumerate() {
            counts.add(place, self.slot(split, *value), amount);
        }
    }

    /// The cell of the part of a split, by the split's place, that a stored value belongs to.
    pub fn slot(&self, split: usize, value: ValueRef<'_>) -> usize {
        self.splits.get(split).map_or(usize::MAX, |(first, parts)| first + parts.place(value))
    }

    /// The cell of a part of a split.
    pub fn part(&self, split: &str, code: &str) -> Option<usize> {
        let (first, parts) = self.splits.iter().find(|(_, parts)| parts.key == split)?;
        parts.find(code).map(|place| first + place)
    }
}

/// What is counted for each place itself, before it is added up over the tree.
#[derive(Debug)]
pub struct Counts {
    /// Which cell is which.
    pub layout: Arc<Layout>,
    own: Vec<i64>,
    shared: Vec<i64>,
}

impl Counts {
    /// Starts at nought for every place of a tree.
    pub fn new(indicators: &'static [Indicator], hierarchy: &Hierarchy) -> Self {
        let layout = Arc::new(Layout::of(indicators));
        let own = vec![0; layout.width * hierarchy.len()];
        Self { layout, own, shared: Vec::new() }
    }

    /// Adds to one cell of a place.
    pub fn add(&mut self, place: u32, slot: usize, amount: i64) {
        let at = (slot < self.layout.width).then(|| place as usize * self.layout.width + slot);
        at.and_then(|at| self.own.get_mut(at)).into_iter().for_each(|cell| *cell += amount);
    }

    /// Adds a row of cells to a place.
    pub fn add_row(&mut self, place: u32, row: &[i64]) {
        let cells = self.own.iter_mut().skip(place as usize * self.layout.width);
        cells.zip(row).for_each(|(cell, own)| *cell += own);
    }

    /// Counts distinct people into an indicator's whole number and, where it has a split, into the parts that they were seen in.
    pub fn add_distinct(&mut self, hierarchy: &Hierarchy, seen: Distinct, cells: &Cells<'_>) {
        self.shared.resize(self.own.len(), 0);
        let (width, first) = (self.layout.width, cells.splits.first().map(|(first, _)| *first));
        seen.settle(hierarchy, |place, part, shared| {
            let slot = part.map_or(Some(cells.whole), |part| first.map(|first| first + part as usize));
            let Some(slot) = slot.filter(|slot| *slot < width) else { return };
            let (cells, by) = if shared { (&mut self.shared, -1) } else { (&mut self.own, 1) };
            cells.get_mut(place as usize * width + slot).into_iter().for_each(|cell| *cell += by);
        });
    }

    /// Adds what another pass counted of the same family.
    pub fn merge(&mut self, other: Self) {
        self.shared.resize(self.own.len(), 0);
        self.own.iter_mut().zip(&other.own).for_each(|(cell, other)| *cell += other);
        self.shared.iter_mut().zip(&other.shared).for_each(|(cell, other)| *cell += other);
    }

    /// Adds up over the tree.
    pub fn roll_up(self, hierarchy: &Hierarchy) -> Figures {
        let mut total = self.own.clone();
        total.iter_mut().zip(&self.shared).for_each(|(cell, shared)| *cell += shared);
        hierarchy.roll_up(&mut total, self.layout.width);
        Figures { layout: self.layout, own: self.own, total }
    }
}

/// The numbers of a family: for each place alone, and with all under it.
#[derive(Debug)]
pub struct Figures {
    /// Which cell is which.
    pub layout: Arc<Layout>,
    own: Vec<i64>,
    total: Vec<i64>,
}

impl Figures {
    /// A number of a place alone.
    pub fn own(&self, place: u32, slot: usize) -> i64 {
        self.own.get(place as usize * self.layout.width + slot).copied().unwrap_or_default()
    }

    /// A number of a place with all under it.
    pub fn total(&self, place: u32, slot: usize) -> i64 {
        self.total.get(place as usize * self.layout.width + slot).copied().unwrap_or_default()
    }

    /// Says whether any number of a place with all under it is not nought.
    pub fn any(&self, place: u32) -> bool {
        self.total.iter().skip(place as usize * self.layout.width).take(self.layout.width).any(|cell| *cell != 0)
    }
}
