//! Formulas that lead back to themselves.

use super::compute::Written;
use super::extent::Extent;
use super::parse::Area;
use crate::report::task::Flaw;

/// Finds circles among formulas, each said once, at the first of its formulas; a column counts as one with all its rows.
pub(super) fn circles(formulas: &[Written<'_>], areas: &[Vec<Area>], extents: &[Extent]) -> Vec<Flaw> {
    let leads = |from: usize| -> Vec<usize> {
        let row = formulas.get(from).map_or(0, Written::row);
        let within = |to: &Written<'_>| areas.get(from).is_some_and(|areas| areas.iter().any(|area| to.within(*area, row, extents)));
        formulas.iter().enumerate().filter(|(_, to)| within(to)).map(|(to, _)| to).collect()
    };
    let edges: Vec<Vec<usize>> = (0..formulas.len()).map(leads).collect();
    let mut seen = Seen { edges: &edges, done: vec![false; edges.len()], path: Vec::new(), found: Vec::new() };
    (0..edges.len()).for_each(|from| seen.visit(from));
    let name = |at: &usize| formulas.get(*at).map(|formula| formula.place.clone()).unwrap_or_default();
    let flaw = |circle: &Vec<usize>| {
        let names: Vec<_> = circle.iter().chain(circle.first()).map(name).collect();
        Flaw { place: names.first().cloned().unwrap_or_default(), what: format!("公式绕回了自己：{}", names.join(" → ")) }
    };
    seen.found.iter().map(flaw).collect()
}

struct Seen<'e> {
    edges: &'e [Vec<usize>],
    done: Vec<bool>,
    path: Vec<usize>,
    found: Vec<Vec<usize>>,
}

impl Seen<'_> {
    /// Goes down from a formula; keeps its own stack, since a chain may be as long as a sheet.
    fn visit(&mut self, from: usize) {
        let mut steps = vec![(from, 0)];
        while let Some((at, next)) = steps.pop() {
            if next == 0 && !self.enter(at) {
                continue;
            }
            match self.edges.get(at).and_then(|edges| edges.get(next)) {
                Some(to) => steps.extend([(at, next + 1), (*to, 0)]),
                None => self.leave(at),
            }
        }
    }

    /// Whether a formula is to be gone into; notes a circle where it is on the way already.
    fn enter(&mut self, at: usize) -> bool {
        if let Some(start) = self.path.iter().position(|on| *on == at) {
            self.found.extend(self.path.get(start..).map(<[usize]>::to_vec));
            return false;
        }
        let fresh = self.done.get(at) == Some(&false);
        if fresh {
            self.path.push(at);
        }
        fresh
    }

    fn leave(&mut self, at: usize) {
        self.path.pop();
        self.done.get_mut(at).into_iter().for_each(|done| *done = true);
    }
}
