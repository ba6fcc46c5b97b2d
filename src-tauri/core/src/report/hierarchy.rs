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
    /// Takes nodes in pre-order, each with the place of its parent, which came before it.
    pub fn new(nodes: impl IntoIterator<Item = (i64, Option<u32>)>) -> Self {
        let mut made = Self::default();
        for (place, (id, parent)) in (0..).zip(nodes) {
            let parent = parent.filter(|parent| *parent < place);
            made.levels.push(parent.map_or(0, |parent| made.level(parent) + 1));
            made.parents.push(parent.unwrap_or(NONE));
            made.ends.push(place + 1);
            made.places.insert(id, place);
            made.ids.push(id);
        }
        made.close();
        made
    }

    fn close(&mut self) {
        for place in (0..self.ids.len()).rev() {
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
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 1 has 2 and 5 under it, 2 has 3 and 4; 6 stands alone.
    fn tree() -> Hierarchy {
        Hierarchy::new([(1, None), (2, Some(0)), (3, Some(1)), (4, Some(1)), (5, Some(0)), (6, None)])
    }

    #[test]
    fn subtrees_are_runs_and_siblings_keep_their_order() {
        let tree = tree();
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

    /// Any forest in pre-order: each node stands under one of those on the way from a root to the node before it.
    pub fn forest(choices: &[prop::sample::Index]) -> Hierarchy {
        let mut path: Vec<u32> = Vec::new();
        let nodes = (0..).zip(choices).map(|(place, choice)| {
            path.truncate(choice.index(path.len() + 1));
            let parent = path.last().copied();
            path.push(place);
            (i64::from(place) + 100, parent)
        });
        Hierarchy::new(nodes.collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn rolled_up_numbers_are_sums_over_ancestors(choices in prop::collection::vec(any::<prop::sample::Index>(), 1..40), values in prop::collection::vec(0i64..100, 40)) {
            let tree = forest(&choices);
            let places = 0..tree.len() as u32;
            let mut cells: Vec<i64> = places.clone().flat_map(|place| [values[place as usize], 1]).collect();
            tree.roll_up(&mut cells, 2);
            for place in places.clone() {
                let is_under = |at: &u32| std::iter::successors(Some(*at), |at| tree.parent(*at)).any(|above| above == place);
                let under: Vec<u32> = places.clone().filter(is_under).collect();
                prop_assert_eq!(cells[place as usize * 2], under.iter().map(|at| values[*at as usize]).sum::<i64>(), "the sum at {}", place);
                prop_assert_eq!(tree.subtree(place).collect::<Vec<_>>(), under.clone(), "the subtree of {}", place);
                let direct: Vec<u32> = under.into_iter().filter(|at| tree.parent(*at) == Some(place)).collect();
                prop_assert_eq!(tree.children(place).collect::<Vec<_>>(), direct, "those right under {}", place);
            }
        }
    }
}
