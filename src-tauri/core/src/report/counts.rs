//! The numbers of a family for every place of a tree.

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

    /// The cell of an indicator's whole number; a code that the family does not declare has a cell past all rows, which takes nothing.
    pub fn whole(&self, code: &str) -> usize {
        self.slots(code).map_or(usize::MAX, |slots| slots.whole)
    }

    /// The first cell of an indicator's split and its parts, whose cells follow one another.
    pub fn split(&self, code: &str, key: &str) -> Option<(usize, &Parts)> {
        self.slots(code)?.splits.iter().find(|(_, parts)| parts.key == key).map(|(first, parts)| (*first, parts))
    }
}

/// What is counted for each place itself, before it is added up over the tree.
#[derive(Debug)]
pub struct Counts {
    /// Which cell is which.
    pub layout: Layout,
    own: Vec<i64>,
    shared: Vec<i64>,
}

impl Counts {
    /// Starts at nought for every place of a tree.
    pub fn new(indicators: &'static [Indicator], hierarchy: &Hierarchy) -> Self {
        let layout = Layout::of(indicators);
        let own = vec![0; layout.width * hierarchy.len()];
        Self { layout, own, shared: Vec::new() }
    }

    /// Adds to one cell of a place.
    pub fn add(&mut self, place: u32, slot: usize, amount: i64) {
        let at = (slot < self.layout.width).then(|| place as usize * self.layout.width + slot);
        at.and_then(|at| self.own.get_mut(at)).into_iter().for_each(|cell| *cell += amount);
    }

    /// Adds to an indicator's whole number and to the part of each split named, by the part's place.
    pub fn add_split(&mut self, place: u32, whole: usize, parts: &[(usize, usize)], amount: i64) {
        self.add(place, whole, amount);
        parts.iter().for_each(|(first, part)| self.add(place, first + part, amount));
    }

    /// Adds a row of cells to a place.
    pub fn add_row(&mut self, place: u32, row: &[i64]) {
        let cells = self.own.iter_mut().skip(place as usize * self.layout.width);
        cells.zip(row).for_each(|(cell, own)| *cell += own);
    }

    /// Counts distinct people: into the whole number's cell, and where `parts` is given into the cells of the parts from there on.
    pub fn add_distinct(&mut self, hierarchy: &Hierarchy, seen: Distinct, whole: usize, parts: Option<usize>) {
        self.shared.resize(self.own.len(), 0);
        let width = self.layout.width;
        seen.settle(hierarchy, |place, part, shared| {
            let Some(slot) = part.map_or(Some(whole), |part| Some(parts? + part as usize)).filter(|slot| *slot < width) else { return };
            let cells = if shared { &mut self.shared } else { &mut self.own };
            let by = if shared { -1 } else { 1 };
            cells.get_mut(place as usize * width + slot).into_iter().for_each(|cell| *cell += by);
        });
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
    pub layout: Layout,
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
