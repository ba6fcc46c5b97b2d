//! Which unions have a row, and which rows come to which.

use std::collections::HashMap;

use super::book::{Line, LineKind};
use super::numbers::Numbers;
use crate::report::Hierarchy;

/// A union's name and whether it still stood on the last day.
pub struct Named {
    /// The name.
    pub name: String,
    /// Whether it was closed by then.
    pub closed: bool,
}

/// The rows for a union: the total, what is its own, and the unions under it to a depth of `depth` levels. A union that none of the
/// numbers speaks of has no row.
pub fn lines(numbers: &Numbers, place: u32, depth: usize, names: &HashMap<i64, Named>) -> Vec<Line> {
    let mut made = Lines { numbers, names, lines: Vec::new() };
    made.lines.push(Line { label: "合计".into(), ..made.line(place, 0, LineKind::Total) });
    made.under(place, 1, depth);
    let last = made.lines.len() - 1;
    made.lines.first_mut().into_iter().for_each(|total| total.block = Some((1, last)));
    made.lines
}

struct Lines<'n> {
    numbers: &'n Numbers,
    names: &'n HashMap<i64, Named>,
    lines: Vec<Line>,
}

impl Lines<'_> {
    fn tree(&self) -> &Hierarchy {
        &self.numbers.scope.hierarchy
    }

    /// Adds the rows that a union's own row is the sum of.
    fn under(&mut self, place: u32, level: usize, depth: usize) {
        self.lines.push(Line { label: "本级".into(), ..self.line(place, level, LineKind::Own) });
        let children: Vec<u32> = self.tree().children(place).filter(|child| self.speaks_of(*child)).collect();
        for child in children {
            let at = self.lines.len();
            self.lines.push(self.line(child, level, LineKind::Unit));
            if level < depth && self.tree().children(child).any(|below| self.speaks_of(below)) {
                self.under(child, level + 1, depth);
                let last = self.lines.len() - 1;
                self.lines.get_mut(at).into_iter().for_each(|line| line.block = Some((at + 1, last)));
            }
        }
    }

    fn speaks_of(&self, place: u32) -> bool {
        self.numbers.figures.iter().any(|figures| figures.any(place))
    }

    fn line(&self, place: u32, level: usize, kind: LineKind) -> Line {
        let unit = self.tree().id(place).unwrap_or_default();
        let named = self.names.get(&unit);
        let label =
            named.map_or_else(String::new, |named| if named.closed { format!("{}（已撤销）", named.name) } else { named.name.clone() });
        Line { label, level, unit, place, kind, block: None }
    }
}
