//! The monthly workbook: every number by another route, the rows behind it, the formulas that add it up.

pub mod ops;
pub mod plain;
mod sheets;

use std::collections::BTreeSet;

use proptest::prelude::*;
use unionbook_core::calendar::Period;
use unionbook_core::monthly::{Behind, Numbers, behind, catalogue, numbers};
use unionbook_core::record::Id;
use unionbook_core::report::{Figures, Indicator, Kind};

use ops::{Op, Town};
use plain::Raw;

fn period(key: &str) -> Period {
    key.parse().expect("a period")
}

/// An indicator with the whole number's cell and each part's.
fn cells(figures: &Figures, indicator: &'static Indicator) -> Vec<(usize, Option<(String, String)>)> {
    let cells = figures.layout.cells(indicator.code);
    let mut found = vec![(cells.whole, None)];
    for (first, parts) in &cells.splits {
        found.extend(parts.all().iter().enumerate().map(|(at, part)| (first + at, Some((parts.key.to_owned(), part.code.clone())))));
    }
    found
}

/// Calls a look at every number of every union: the indicator, its part, the union, whether alone, and the number.
fn each(numbers: &Numbers, mut look: impl FnMut(&'static Indicator, Option<&(String, String)>, i64, bool, i64)) {
    for (family, figures) in catalogue().iter().zip(&numbers.figures) {
        for indicator in family.indicators {
            for (slot, part) in cells(figures, indicator) {
                for place in 0..numbers.scope.hierarchy.len() as u32 {
                    let unit = numbers.scope.hierarchy.id(place).expect("a union");
                    look(indicator, part.as_ref(), unit, true, figures.own(place, slot));
                    look(indicator, part.as_ref(), unit, false, figures.total(place, slot));
                }
            }
        }
    }
}

fn whole(numbers: &Numbers, code: &str, unit: Id<unionbook_core::units::Unit>, own: bool) -> i64 {
    let (_, figures) = numbers.family(code).expect("a known code");
    let (place, slot) = (numbers.place(unit).expect("a known union"), figures.layout.cells(code).whole);
    if own { figures.own(place, slot) } else { figures.total(place, slot) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_every_union_is_what_plain_loops_over_the_rows_come_to(ops in Op::several(90)) {
        let town = Town::of(&ops);
        let raw = town.store.read(Raw::read).unwrap();
        for key in ["2026-03", "2026-06", "2026-09", "2026-10", "2026-Q3", "2026", "2026-U"] {
            let period = period(key);
            let counted = numbers(&town.store, period).unwrap();
            each(&counted, |indicator, part, unit, own, number| {
                let units = if own { BTreeSet::from([unit]) } else { raw.under(unit, period.to()) };
                let plain = raw.number(indicator.code, part, &units, period);
                assert_eq!(number, plain, "{key} {} {part:?} of union {unit}, alone: {own}", indicator.code);
            });
        }
    }

    #[test]
    fn the_rows_behind_a_number_come_to_it(ops in Op::several(70), at in 0usize..3) {
        let town = Town::of(&ops);
        let period = period(["2026-05", "2026-10", "2026"][at]);
        let counted = numbers(&town.store, period).unwrap();
        town.store.read(|db| {
            each(&counted, |indicator, part, unit, own, number| {
                if part.is_some() && number == 0 && unit % 3 != 0 {
                    return;
                }
                let asked = Behind { unit: Id::new(unit), own, code: indicator.code.to_owned(), part: part.cloned() };
                let rows = behind(db, period, &asked).unwrap();
                assert_eq!(rows.iter().map(|row| row.amount).sum::<i64>(), number, "{asked:?}: {rows:?}");
                let keys: BTreeSet<_> = rows.iter().map(|row| (row.table, row.key)).collect();
                assert_eq!(keys.len(), rows.len(), "{asked:?}: no row stands twice");
            });
            Ok(())
        }).unwrap();
    }

    #[test]
    fn months_follow_on_each_other_and_make_up_the_year(ops in Op::several(90)) {
        let town = Town::of(&ops);
        let year = numbers(&town.store, period("2026")).unwrap();
        let months: Vec<Numbers> = period("2026").months().map(|month| numbers(&town.store, Period::Month(month)).unwrap()).collect();
        for unit in town.units() {
            for (before, after) in months.iter().zip(months.iter().skip(1)) {
                let opening = whole(after, "members.opening", unit, true) - whole(after, "members.opened", unit, true);
                prop_assert_eq!(opening, whole(before, "members.closing", unit, true), "the opening is the last closing, but for the book's own opening");
                let stood = whole(before, "units.open", unit, true) + whole(after, "units.founded", unit, true) - whole(after, "units.closed", unit, true);
                prop_assert_eq!(stood, whole(after, "units.open", unit, true), "unions come and go");
            }
            for family in catalogue() {
                for indicator in family.indicators.iter().filter(|indicator| indicator.additive && indicator.kind == Kind::Within) {
                    let sum: i64 = months.iter().map(|month| whole(month, indicator.code, unit, true)).sum();
                    prop_assert_eq!(sum, whole(&year, indicator.code, unit, true), "the months of {} make up the year", indicator.code);
                }
            }
        }
    }
}

#[test]
fn a_whole_is_the_sum_of_its_parts_and_of_what_is_under_it() {
    let town = Town::of(&Op::fixed());
    let counted = numbers(&town.store, period("2026-10")).expect("the numbers");
    let tree = &counted.scope.hierarchy;
    for (family, figures) in catalogue().iter().zip(&counted.figures) {
        for indicator in family.indicators.iter().filter(|indicator| indicator.additive) {
            let cells = figures.layout.cells(indicator.code);
            for place in 0..tree.len() as u32 {
                let total = figures.total(place, cells.whole);
                let below: i64 = tree.children(place).map(|child| figures.total(child, cells.whole)).sum();
                assert_eq!(figures.own(place, cells.whole) + below, total, "{}: own and below", indicator.code);
                for (first, parts) in &cells.splits {
                    let sum: i64 = (0..parts.all().len()).map(|at| figures.total(place, first + at)).sum();
                    assert_eq!(sum, total, "{} by {}", indicator.code, parts.key);
                }
            }
        }
    }
}

#[test]
fn the_fixed_world_speaks_of_every_indicator() {
    let town = Town::of(&Op::fixed());
    let counted = numbers(&town.store, period("2026")).expect("the numbers");
    for family in catalogue() {
        for indicator in family.indicators {
            assert!(whole(&counted, indicator.code, town.units()[0], false) > 0, "{} counts something", indicator.code);
        }
    }
    let moved = town.store.read(|db| db.one::<i64>("SELECT count(*) FROM unit_move", [])).expect("moves");
    assert!(moved > Some(1), "unions moved: {moved:?}");
    let shared = catalogue()
        .iter()
        .zip(&counted.figures)
        .flat_map(|(family, figures)| family.indicators.iter().map(move |of| (of, figures)))
        .filter(|(of, _)| !of.additive)
        .all(|(of, figures)| {
            let slot = figures.layout.cells(of.code).whole;
            let sum: i64 = (0..counted.scope.hierarchy.len() as u32).map(|place| figures.own(place, slot)).sum();
            sum > figures.total(0, slot)
        });
    assert!(shared, "people were seen in several unions");
}

#[test]
fn every_indicator_says_what_it_is() {
    let mut codes = BTreeSet::new();
    for family in catalogue() {
        for indicator in family.indicators {
            assert!(
                indicator.code.strip_prefix(family.name).is_some_and(|rest| rest.starts_with('.')),
                "{} is of {}",
                indicator.code,
                family.name
            );
            assert!(codes.insert(indicator.code), "{} stands twice", indicator.code);
            assert!(indicator.definition.ends_with('。') && !indicator.definition.contains("  "), "{}: full sentences", indicator.code);
            assert!(!indicator.label.is_empty() && !indicator.rows.is_empty(), "{}: a name and the rows behind it", indicator.code);
        }
    }
    assert!(codes.len() > 30, "the nouns are all asked: {}", codes.len());
}
