//! How often an id came and went, for millions of ids.

/// Counts per id: what was added less what was taken away.
#[derive(Debug, Default)]
pub struct Balance {
    seats: Vec<(i64, Vec<i8>)>,
}

impl Balance {
    /// Adds to an id's count.
    pub fn add(&mut self, id: i64, by: i8) {
        let (seat, at) = parts(id);
        if !self.seats.iter().any(|(known, _)| *known == seat) {
            self.seats.push((seat, Vec::new()));
        }
        let Some((_, counts)) = self.seats.iter_mut().find(|(known, _)| *known == seat) else { return };
        if counts.len() <= at {
            counts.resize((at + 1).next_power_of_two(), 0);
        }
        counts.get_mut(at).into_iter().for_each(|count| *count = count.saturating_add(by));
    }

    /// What was added to an id less what was taken away.
    pub fn of(&self, id: i64) -> i8 {
        let (seat, at) = parts(id);
        let counts = self.seats.iter().find(|(known, _)| *known == seat);
        counts.and_then(|(_, counts)| counts.get(at)).copied().unwrap_or_default()
    }
}

/// Ids are dense within each seat (`seat << 40 | n`).
fn parts(id: i64) -> (i64, usize) {
    (id >> 40, (id & 0xff_ffff_ffff) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coming_and_going_in_any_order_leaves_the_difference() {
        let mut balance = Balance::default();
        let far = 3 << 40 | 7;
        for (id, by) in [(7, -1), (far, 1), (7, 1), (9, 1), (7, 1)] {
            balance.add(id, by);
        }
        assert_eq!(balance.of(7), 1, "went once, came twice");
        assert_eq!(balance.of(far), 1, "an id of another seat is another id");
        balance.add(9, -1);
        assert_eq!((balance.of(9), balance.of(8)), (0, 0), "gone, or never there");
    }
}
