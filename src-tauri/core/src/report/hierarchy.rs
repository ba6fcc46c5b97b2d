//! A tree laid out in a row, so that counting is adding in arrays.

use std::collections::HashMap;
use std::ops::Range;

/// The nodes of a forest at places 0, 1, 2 … in pre-order: every node is followed by all that is under it.
///
/// A subtree is a run of places, adding up goes backwards once, and the nearest common ancestor is found by climbing.
#[derive(Debug, Default)]
pub struct Hierarchy {
    ids: Vec<i64>,
    parents: Vec<u32>,
    ends: Vec<u32>,
    levels: Vec<u32>,
    places: HashMap<i64, u32>,
}

/// The parent of a root.
const NONE: u32 = u32::MAX;

impl Hierarchy {
    /// Lays out nodes, each with its parent; siblings keep the order given. A node without a known parent is a root, and so is the
    /// first of a ring.
    pub fn new(nodes: &[(i64, Option<i64>)]) -> Self {
        let known: HashMap<i64, Option<i64>> = nodes.iter().copied().collect();
        let mut under: HashMap<i64, Vec<i64>> = HashMap::new();
        for (id, parent) in nodes {
            parent.filter(|parent| known.contains_key(parent)).into_iter().for_each(|parent| under.entry(parent).or_default().push(*id));
        }
        let mut made = Self::default();
        let is_root = |parent: Option<i64>| parent.is_none_or(|parent| !known.contains_key(&parent));
        nodes.iter().filter(|(_, parent)| is_root(*parent)).for_each(|(id, _)| made.lay(*id, &under));
        // What is left stands in a ring, which no act makes; it is counted all the same.
        nodes.iter().for_each(|(id, _)| made.lay(*id, &under));
        made
    }

    fn lay(&mut self, root: i64, under: &HashMap<i64, Vec<i64>>) {
        let mut open: Vec<(i64, u32, u32)> = vec![(root, NONE, 0)];
        let first = self.ids.len();
        while let Some((id, parent, level)) = open.pop() {
            let place = self.ids.len() as u32;
            if self.places.contains_key(&id) {
                continue;
            }
            self.places.insert(id, place);
            self.ids.push(id);
            self.parents.push(parent);
            self.levels.push(level);
            self.ends.push(place + 1);
            open.extend(under.get(&id).into_iter().flatten().rev().map(|child| (*child, place, level + 1)));
        }
        self.close(first);
    }

    fn close(&mut self, first: usize) {
        for place in (first..self.ids.len()).rev() {
            let end = self.ends.get(place).copied().unwrap_or_default();
            let parent = self.parents.get(place).copied().unwrap_or(NONE);
            self.ends.get_mut(parent as usize).into_iter().for_each(|above| *above = end.max(*above));
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Says whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The place of a node.
    pub fn place(&self, id: i64) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// The id of the node at a place.
    pub fn id(&self, place: u32) -> Option<i64> {
        self.ids.get(place as usize).copied()
    }

    /// The place above.
    pub fn parent(&self, place: u32) -> Option<u32> {
        self.parents.get(place as usize).copied().filter(|parent| *parent != NONE)
    }

    /// How many stand above: 0 for a root.
    pub fn level(&self, place: u32) -> u32 {
        self.levels.get(place as usize).copied().unwrap_or_default()
    }

    /// The places of a node and all under it.
    pub fn subtree(&self, place: u32) -> Range<u32> {
        place..self.end(place)
    }

    /// The ids of a node and all under it.
    pub fn subtree_ids(&self, place: u32) -> &[i64] {
        self.ids.get(place as usize..self.end(place) as usize).unwrap_or_default()
    }

    fn end(&self, place: u32) -> u32 {
        self.ends.get(place as usize).copied().unwrap_or(place)
    }

    /// The places directly under a node, in order.
    pub fn children(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.end(place);
        std::iter::successors(Some(place + 1), |child| Some(self.end(*child))).take_while(move |child| *child < end)
    }

    /// The lowest place that has both under it (or is one of them); none where they stand in different trees. `left` is not after `right`.
    pub fn common(&self, left: u32, right: u32) -> Option<u32> {
        let mut above = left;
        while self.end(above) <= right {
            above = self.parent(above)?;
        }
        Some(above)
    }

    /// Adds every node's row of `width` cells to those of all nodes above it.
    pub fn roll_up(&self, cells: &mut [i64], width: usize) {
        for (place, parent) in self.parents.iter().enumerate().rev().filter(|(_, parent)| **parent != NONE) {
            let Some((before, row)) = cells.split_at_mut_checked(place * width) else { continue };
            let above = before.iter_mut().skip(*parent as usize * width).take(width);
            above.zip(row).for_each(|(above, own)| *above += *own);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 1 has 2 and 5 under it, 2 has 3 and 4; 6 stands alone.
    fn tree() -> Hierarchy {
        Hierarchy::new(&[(1, None), (3, Some(2)), (2, Some(1)), (5, Some(1)), (6, None), (4, Some(2))])
    }

    #[test]
    fn subtrees_are_runs_and_siblings_keep_their_order() {
        let tree = tree();
        let ids: Vec<_> = (0..6).filter_map(|place| tree.id(place)).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6], "pre-order, in the order given");
        assert_eq!(tree.subtree_ids(1), [2, 3, 4], "the run of 2");
        let children: Vec<_> = tree.children(0).filter_map(|place| tree.id(place)).collect();
        assert_eq!(children, [2, 5], "directly under 1");
        assert_eq!(tree.children(5).count(), 0, "6 has nothing under it");
        assert_eq!(tree.level(3), 2, "4 stands on the third level");
    }

    #[test]
    fn the_nearest_common_ancestor_is_found() {
        let tree = tree();
        assert_eq!(tree.common(2, 3), Some(1), "3 and 4 meet at 2");
        assert_eq!(tree.common(2, 4), Some(0), "3 and 5 meet at 1");
        assert_eq!(tree.common(1, 3), Some(1), "2 has 4 under it");
        assert_eq!(tree.common(2, 2), Some(2), "a node is its own");
        assert_eq!(tree.common(0, 5), None, "1 and 6 never meet");
    }

    #[test]
    fn a_ring_is_laid_out_once() {
        let ring = Hierarchy::new(&[(1, Some(2)), (2, Some(1)), (3, Some(2))]);
        assert_eq!(ring.len(), 3, "each node has its place");
        assert_eq!(ring.subtree_ids(0), [1, 2, 3], "the first of the ring is its root");
    }

    proptest! {
        #[test]
        fn rolled_up_numbers_are_sums_over_ancestors(above in prop::collection::vec(any::<prop::sample::Index>(), 1..40), values in prop::collection::vec(0i64..100, 40)) {
            let parent = |at: usize| (at > 0 && at % 7 != 0).then(|| above[at].index(at) as i64);
            let nodes: Vec<(i64, Option<i64>)> = (0..above.len()).map(|at| (at as i64, parent(at))).collect();
            let tree = Hierarchy::new(&nodes);
            prop_assert_eq!(tree.len(), nodes.len(), "every node has a place");
            let value = |id: i64| values[id as usize];
            let mut cells: Vec<i64> = (0..tree.len() as u32).filter_map(|place| tree.id(place)).flat_map(|id| [value(id), 1]).collect();
            tree.roll_up(&mut cells, 2);
            for (id, _) in &nodes {
                let under: Vec<i64> = nodes.iter().map(|(node, _)| *node).filter(|node| std::iter::successors(Some(*node), |at| parent(*at as usize)).any(|at| at == *id)).collect();
                let place = tree.place(*id).unwrap();
                prop_assert_eq!(cells[place as usize * 2], under.iter().map(|node| value(*node)).sum::<i64>(), "the sum at {}", id);
                let mut run = tree.subtree_ids(place).to_vec();
                run.sort_unstable();
                prop_assert_eq!(run, under, "the subtree of {}", id);
            }
        }
    }
}
