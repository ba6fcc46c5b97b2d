//! The single cells of a table in their grid, and what their labels say of rows and columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::task::{Cell, Holds, Table};

/// The separators between a row's heading and a column's in a cell's label.
const BETWEEN: [char; 8] = ['·', '－', '—', '-', '：', ':', '/', '｜'];

/// The cells of a table that stand in its grid, facts around it apart.
pub(super) struct Cells<'a> {
    pub(super) rows: BTreeMap<u32, Vec<&'a Cell>>,
    pub(super) columns: BTreeSet<u16>,
}

impl<'a> Cells<'a> {
    pub(super) fn of(table: &'a Table) -> Self {
        let mut rows: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
        let mut columns = BTreeSet::new();
        for cell in table.cells.iter().filter(|cell| !matches!(cell.holds, Holds::Fact(_))) {
            rows.entry(cell.at.row).or_default().push(cell);
            columns.insert(cell.at.column);
        }
        rows.values_mut().for_each(|cells| cells.sort_by_key(|cell| cell.at));
        Self { rows, columns }
    }

    pub(super) fn first_row(&self) -> Option<u32> {
        self.rows.keys().next().copied()
    }

    pub(super) fn holds(&self, cell: &Cell) -> bool {
        self.rows.get(&cell.at.row).is_some_and(|row| row.iter().any(|own| own.at == cell.at))
    }

    /// What the cells of a row are called together.
    pub(super) fn label(&self, row: u32) -> String {
        let labels: Vec<&str> = self.rows.get(&row).into_iter().flatten().map(|cell| cell.label.as_str()).collect();
        split(&labels).0
    }

    /// What the cells of a column are called beside their rows' names; the name that most of them have.
    pub(super) fn head(&self, column: u16) -> String {
        let mut heads: BTreeMap<String, usize> = BTreeMap::new();
        for cells in self.rows.values() {
            let labels: Vec<&str> = cells.iter().map(|cell| cell.label.as_str()).collect();
            let at = cells.iter().position(|cell| cell.at.column == column);
            let rests = split(&labels).1;
            at.and_then(|at| rests.get(at)).into_iter().for_each(|rest| *heads.entry(rest.clone()).or_default() += 1);
        }
        heads.into_iter().filter(|(head, _)| !head.is_empty()).max_by_key(|(_, count)| *count).map_or_else(String::new, |(head, _)| head)
    }
}

/// The part that labels share, and what is left of each: 会员·男 and 会员·女 share 会员, 男会员 and 女会员 too.
fn split(labels: &[&str]) -> (String, Vec<String>) {
    let [first, rest @ ..] = labels else { return (String::new(), Vec::new()) };
    if rest.is_empty() {
        let parted = first.split_once('·').map(|(row, column)| (row.to_owned(), vec![column.to_owned()]));
        return parted.unwrap_or_else(|| ((*first).to_owned(), vec![String::new()]));
    }
    let same = |left: &str, right: &str| left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
    let turned = |label: &str| label.chars().rev().collect::<String>();
    let ahead = rest.iter().map(|label| same(first, label)).min().unwrap_or(0);
    let behind = rest.iter().map(|label| same(&turned(first), &turned(label))).min().unwrap_or(0);
    let trim = |text: String| text.trim().trim_matches(BETWEEN).trim().to_owned();
    let ends = |label: &&str| (ahead > 0 && ahead >= behind, label.chars().count());
    let shared: String = if ahead > 0 && ahead >= behind {
        first.chars().take(ahead).collect()
    } else {
        first.chars().skip(first.chars().count().saturating_sub(behind)).collect()
    };
    let left = labels.iter().map(|label| match ends(label) {
        (true, _) => trim(label.chars().skip(ahead).collect()),
        (false, length) => trim(label.chars().take(length.saturating_sub(behind)).collect()),
    });
    let left = left.map(|rest| if rest.is_empty() { "合计".into() } else { rest }).collect();
    (trim(shared), left)
}
