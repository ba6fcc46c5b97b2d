//! Where rows go when a table takes more or fewer rows than its blank reserved.
//!
//! The rule, for a table whose reserved rows are `first..=last` and that now has `now` rows (at least one):
//! - What stands above the table stays; what stands below moves by the difference.
//! - With fewer rows, the reserved rows that are left over are deleted from the end, as if a person had marked them and
//!   chosen 删除行: an area that lay wholly within them is gone, one that reached into them is cut, a formula that
//!   referred to one of them alone says `#REF!`.
//! - With more rows, the new ones come after the last reserved row and belong to the table, as if a person had inserted
//!   them between two rows of it: an area that ends with the last reserved row ends with the last row now (`C5:C13`
//!   becomes `C5:C1004`, a sum over the table is a sum over all of it), one that begins below moves (`C15:C63354`
//!   becomes `C1006:C64345`), one that ends inside the table stays (`C5:C9`), a single cell stays.
//! - An area that reaches the sheet's last row means "down to the bottom" and still does.

use std::borrow::Cow;

use crate::sheet::place::{Area, CellRef, LAST_ROW};

/// How one sheet's rows move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first reserved row.
    pub(super) first: u32,
    /// The last reserved row.
    pub(super) last: u32,
    /// How many rows there are now; at least one.
    pub(super) now: u32,
}

impl Shift {
    /// A shift that moves nothing.
    pub(super) const NONE: Self = Self { first: LAST_ROW, last: LAST_ROW, now: 1 };

    /// The last row the table takes now.
    pub(super) fn end(&self) -> u32 {
        self.first + self.now - 1
    }

    pub(super) fn is_none(&self) -> bool {
        self.end() == self.last
    }

    /// Says where a row below the table goes.
    fn below(&self, row: u32) -> u32 {
        if row == LAST_ROW { LAST_ROW } else { (row - self.last).saturating_add(self.end()).min(LAST_ROW) }
    }

    /// Says where a row goes; `None` where it is deleted.
    pub(super) fn row(&self, row: u32) -> Option<u32> {
        match row {
            row if row > self.last => Some(self.below(row)),
            row if row > self.end() => None,
            row => Some(row),
        }
    }

    /// Says where a stretch of rows goes; `None` where all of it is deleted.
    pub(super) fn rows(&self, from: u32, to: u32) -> Option<(u32, u32)> {
        let begin = match from {
            from if from > self.last => self.below(from),
            from => from.min(self.end() + 1),
        };
        let end = match to {
            to if to > self.last => self.below(to),
            to if to == self.last => self.end(),
            to => to.min(self.end()),
        };
        (begin <= end).then_some((begin, end))
    }

    /// Says where an area goes; `None` where all of it is deleted.
    pub(super) fn area(&self, area: Area) -> Option<Area> {
        let (from, to) = self.rows(area.first.row, area.last.row)?;
        Some(Area { first: CellRef::new(area.first.column, from), last: CellRef::new(area.last.column, to) })
    }

    /// Rewrites a list of areas such as `C15:C63354 C3 C5:C13`, in its order; `None` where nothing is left of it.
    /// What is no area (a whole column) stays as it is.
    pub(super) fn areas<'a>(&self, list: &'a str) -> Option<Cow<'a, str>> {
        if self.is_none() {
            return Some(Cow::Borrowed(list));
        }
        let moved = |word: &str| match Area::parse(word) {
            Some(area) => self.area(area).map(|area| area.to_string()),
            None => Some(word.to_owned()),
        };
        let words: Vec<String> = list.split_whitespace().filter_map(moved).collect();
        (!words.is_empty()).then(|| Cow::Owned(words.join(" ")))
    }

    /// Says where an edge of a drawing goes, given as a count of whole rows above it; an edge within deleted rows goes
    /// to where they were.
    pub(super) fn edge(&self, above: u32) -> u32 {
        let row = above.saturating_add(1);
        if row > self.last { self.below(row) - 1 } else { above.min(self.end()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn roster(now: u32) -> Shift {
        Shift { first: 5, last: 13, now }
    }

    #[test]
    fn lists_of_areas_become_what_excel_makes_of_them() {
        let list = "C15:C63354 C3 C5:C13";
        for (now, wanted) in
            [(9, "C15:C63354 C3 C5:C13"), (1, "C7:C63346 C3 C5"), (10, "C16:C63355 C3 C5:C14"), (1000, "C1006:C64345 C3 C5:C1004")]
        {
            assert_eq!(roster(now).areas(list).as_deref(), Some(wanted), "{now} rows where nine were reserved");
        }
    }

    #[test]
    fn areas_are_cut_moved_kept_or_gone() {
        for (area, now, wanted) in [
            ("A5:A1048576", 1000, Some("A5:A1048576")),
            ("A5:A1048576", 1, Some("A5:A1048576")),
            ("G15:G1048576", 10, Some("G16:G1048576")),
            ("B5:B9", 1000, Some("B5:B9")),
            ("B8:B9", 2, None),
            ("B8:B14", 2, Some("B7")),
            ("B2:B8", 2, Some("B2:B6")),
            ("A14:T14", 2, Some("A7:T7")),
            ("B13", 12, Some("B13:B16")),
            ("C:C", 12, Some("C:C")),
        ] {
            assert_eq!(roster(now).areas(area).as_deref(), wanted, "{area} with {now} rows");
        }
    }

    #[test]
    fn edges_of_drawings_follow_their_rows() {
        for (above, now, wanted) in [(3, 1, 3), (13, 9, 13), (13, 1000, 1004), (13, 1, 5), (8, 1, 5), (12, 20, 12), (20, 8, 19)] {
            assert_eq!(roster(now).edge(above), wanted, "{above} rows above, {now} rows of data");
        }
    }

    proptest! {
        #[test]
        fn a_row_moves_as_the_area_of_it_alone(row in 1_u32..2000, now in 1_u32..500) {
            let shift = roster(now);
            let alone = shift.rows(row, row);
            // The last reserved row is the one whose area grows with the table.
            prop_assert_eq!(shift.row(row).is_some(), alone.is_some() && !(row == 13 && now < 9), "both are there or both are gone");
            if row != 13 {
                prop_assert_eq!(shift.row(row).map(|row| (row, row)), alone, "and at the same place");
            }
        }

        #[test]
        fn order_is_kept(a in 1_u32..100, b in 1_u32..100, now in 1_u32..50) {
            let shift = roster(now);
            if let (Some(x), Some(y)) = (shift.row(a), shift.row(b)) {
                prop_assert_eq!(a.cmp(&b), x.cmp(&y), "no two rows swap or meet");
            }
        }
    }
}
