//! What no sequence of sheets may break.

use proptest::prelude::*;
use unionbook_core::record::Minutes;
use unionbook_core::volunteers::{Hours, Scale, Tally};

use super::{Office, hours};
use crate::stations::wrong;
use crate::units::day;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is recorded, in whatever order: a sheet's minutes, the persons' tallies and the rows themselves come to one sum.
    #[test]
    fn minutes_add_up_however_they_are_looked_at(
        sheets in proptest::collection::vec(proptest::collection::btree_map(0_usize..4, proptest::option::of(1_i64..=120), 1..4), 1..6)) {
        let office = Office::new(4);
        office.register(&office.people, None, "2026-01-01").expect("registered");
        let activities: Vec<_> = (0..2).map(|n| office.add(&office.activity(&format!("第{n}场"), "2026-10-18"))).collect();
        let mut sums = [0_i64; 2];
        for (at, sheet) in sheets.iter().enumerate() {
            let row = |(person, minutes): (&usize, &Option<i64>)| Hours { minutes: minutes.map(Minutes), ..hours(office.people[*person], 1) };
            let done = office.record(activities[at % 2], sheet.iter().map(row).collect()).expect("recorded");
            sums[at % 2] = done.minutes;
        }
        let rows: i64 = office.store.read(|db| db.one("SELECT coalesce(sum(minutes), 0) FROM service", [])).expect("read").unwrap_or(0);
        let tallies: Vec<Tally> = (0..4).map(|at| office.tally(at, "2026-11-01")).collect();
        prop_assert_eq!(sums.iter().sum::<i64>(), rows, "the sheets");
        prop_assert_eq!(tallies.iter().map(|tally| tally.minutes).sum::<i64>(), rows, "the persons");
        for tally in &tallies {
            prop_assert_eq!(tally.areas.iter().map(|area| area.minutes).sum::<i64>(), tally.minutes, "the fields of service");
        }
        prop_assert!(wrong(&office.store).is_empty(), "the file is sound: {:?}", wrong(&office.store));
    }

    /// Stars never fall with more minutes, and what the next star lacks is exactly what reaches it.
    #[test]
    fn stars_rise_with_minutes(less in 0_i64..100_000, more in 0_i64..100_000) {
        let office = Office::new(0);
        let scale = office.store.read(|db| Scale::on(db, day("2026-10-01"))).expect("a scale");
        let (less, more) = (less.min(more), less.max(more));
        prop_assert!(scale.stars(Minutes(less)) <= scale.stars(Minutes(more)), "{} and {}", less, more);
        match scale.next(Minutes(less)) {
            Some(next) => {
                prop_assert_eq!(scale.stars(next.minutes), scale.stars(Minutes(less)) + 1, "reached by its own minutes");
                prop_assert_eq!(scale.stars(Minutes(next.minutes.0 - 1)), scale.stars(Minutes(less)), "and by no fewer");
            }
            None => prop_assert_eq!(scale.stars(Minutes(less)), 5, "only the top has no next"),
        }
    }
}
