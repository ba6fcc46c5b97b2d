//! What holds for any unions: what went out comes back as it was, here and in another office.

use proptest::prelude::*;
use unionbook_core::record::{Id, Term};
use unionbook_core::sheet::import::Choice;
use unionbook_core::store::Step;
use unionbook_core::units::{Unit, UnitLevel, count_staff, open};

use super::{Desk, cells, count_of, credit};
use crate::dump::dump;

/// A union in choices: under which earlier one, of which kinds, with what said.
type Made = (prop::sample::Index, usize, usize, [bool; 4], i64);

const KINDS: [&str; 5] = ["single", "joint", "federation_industry", "industrial", "general"];
const INDUSTRIES: [&str; 7] = ["A", "N", "R", "S", "T", "mixed", "other"];
const NATURES: [&str; 4] = ["110", "institution_funded", "organ", "other"];
const PLACES: [&str; 4] = ["4601", "469007", "460105001", "330106"];

fn union(n: u32, made: &Made, above: (Id<Unit>, UnitLevel)) -> Unit {
    let (_, kind, other, said, _) = made;
    let pick = |from: &[&str]| from[*other % from.len()].to_owned();
    let level = match KINDS[*kind] {
        "single" | "joint" => UnitLevel::Grassroots,
        _ => {
            if above.1 == UnitLevel::County {
                UnitLevel::Town
            } else {
                UnitLevel::Grassroots
            }
        }
    };
    Unit {
        kind: Some(Term::new(KINDS[*kind])),
        union_code: said[0].then(|| credit(n)),
        industry: said[1].then(|| Term::new(pick(&INDUSTRIES))),
        nature: said[2].then(|| Term::new(pick(&NATURES))),
        division: said[3].then(|| pick(&PLACES)),
        opened: said[1].then(|| crate::units::day("2001-02-03") + chrono::Days::new(*other as u64)),
        head: said[2].then(|| "=1+1".to_owned()),
        phone: said[0].then(|| "13800001234".to_owned()),
        employer: said[3].then(|| format!("第{n}厂（有限公司）")),
        ..Unit::named(if said[0] { credit(n) } else { format!("X{n}") }, format!("第{n}厂·工会"), level, Some(above.0))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn import_after_export_is_the_identity(made in proptest::collection::vec(
        (any::<prop::sample::Index>(), 0usize..5, 0usize..40, any::<[bool; 4]>(), 0i64..500), 0..25,
    )) {
        let desk = Desk::new();
        let mut above = vec![(desk.county, UnitLevel::County), (desk.town, UnitLevel::Town)];
        desk.store.write(Step::new("建会"), |tx| {
            for (n, made) in (0..).zip(&made) {
                let unit = union(n, made, *made.0.get(&above));
                let id = open(tx, &unit)?;
                above.push((id, unit.level));
                if made.4 > 0 {
                    count_staff(tx, &count_of(id, "2026-06-30", made.4))?;
                }
            }
            Ok(())
        }).unwrap();
        let (out, rows) = desk.fill(None, 9);
        let seen = desk.look(&out);
        prop_assert_eq!(seen.counts.same, rows, "it says what is known: {:?} {:?}", seen.samples, seen.faults);
        let before = dump(&desk.store);
        prop_assert_eq!(desk.take(&out, Choice::Skip), 0, "so nothing is taken");
        prop_assert_eq!(dump(&desk.store), before, "and nothing changes");
        let other = Desk::new();
        other.take(&out, Choice::Skip);
        let (back, again) = other.fill(None, 9);
        prop_assert_eq!(again, rows, "another office has as many afterwards");
        let sorted = |path: &std::path::Path| {
            let mut rows: Vec<Vec<String>> = cells(path).into_iter().map(|row| row[1..].to_vec()).collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(sorted(&back), sorted(&out), "and sends out the same");
    }
}
