//! What no sequence of acts may break.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use unionbook_core::closing::{CloseUnion, MergeUnion, close, merge};
use unionbook_core::error::{Error, Result};
use unionbook_core::members::{
    Change, ChangeKind, Join, Member, MemberState, OpenBook, Profile, Transfer, TransferIn, Turn, expel, join, leave, open_book, resume,
    retain, transfer, transfer_in,
};
use unionbook_core::people::Person;
use unionbook_core::record::{Id, Term};
use unionbook_core::store::{Step, Store, Tx, check};
use unionbook_core::units::{Relocate, Unit, UnitLevel, relocate};

use crate::dump::dump;
use crate::people::{enter, number};
use crate::units::{day, found};
use crate::world::World;

const UNITS: usize = 5;
const PEOPLE: usize = 6;
/// The number of the act that enters a member whom the union had before.
const OPENING: usize = 1;

/// Something that an office may try: which act, on whom, where, and how many days after the last.
#[derive(Debug, Clone)]
struct Try {
    act: usize,
    person: usize,
    unit: usize,
    to: usize,
    later: u64,
}

fn tries(most: usize) -> impl Strategy<Value = Vec<Try>> {
    // Joining is tried more often than leaving, so that there is someone to act on.
    let act = prop_oneof![4 => Just(0usize), 2 => Just(OPENING), 2 => Just(2), 3 => Just(3), 1 => 4usize..12];
    let one = (act, 0..PEOPLE, 0..UNITS, 0..UNITS, 0u64..12);
    proptest::collection::vec(one.prop_map(|(act, person, unit, to, later)| Try { act, person, unit, to, later }), 1..most)
}

/// A file with some unions and people.
struct Office {
    store: Store,
    units: Vec<Id<Unit>>,
    people: Vec<Id<Person>>,
    day: NaiveDate,
    _world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let top = found(&store, "0", UnitLevel::Town, None);
        let unit = |at: usize| if at == 0 { top } else { found(&store, &at.to_string(), UnitLevel::Grassroots, Some(top)) };
        let units = (0..UNITS).map(unit).collect();
        let people = (0..PEOPLE).map(|at| enter(&store, "赵小明", &number("1990-01-01", u16::try_from(at).expect("few")))).collect();
        Self { store, units, people, day: day("2026-01-01"), _world: world }
    }

    /// Tries one act as a step; `None` where a rule refused it.
    fn attempt(&mut self, what: &Try) -> Option<i64> {
        self.day = self.day + Days::new(what.later);
        let done = self.store.write(Step::new("尝试"), |tx| self.act(tx, what));
        match done {
            Ok(written) => written.step,
            Err(Error::Refused(_) | Error::Faults(_) | Error::Gone(_)) => None,
            Err(other) => panic!("only rules refuse, not {other:?}"),
        }
    }

    fn act(&self, tx: &Tx<'_>, what: &Try) -> Result<()> {
        let (person, unit, to, day) = (self.people[what.person], self.units[what.unit], self.units[what.to], self.day);
        let member = tx.select::<Member>("WHERE person = ?1", [person.get()])?.first().map_or(Id::NEW, |member| member.id);
        let reason = Some(Term::new("other"));
        let turn = Turn { member, day, reason: reason.clone(), document: None, note: None };
        let going = |to, other| Transfer {
            member,
            to,
            other,
            day,
            reason: reason.clone(),
            keep_retained: what.later.is_multiple_of(2),
            document: None,
            note: None,
        };
        let (document, profile) = (None, Profile::default());
        match what.act {
            0 => join(tx, &Join { person, unit, day, document, profile }).map(|_| ()),
            OPENING => open_book(tx, &OpenBook { person, unit, day, joined: Some(day - Days::new(40)), retained: what.to == 0, profile })
                .map(|_| ()),
            2 => retain(tx, &turn).map(|_| ()),
            3 => transfer(tx, &going(Some(to), None)).map(|_| ()),
            4 => transfer(tx, &going(None, Some("外地工会".into()))).map(|_| ()),
            5 => resume(tx, &turn).map(|_| ()),
            6 => leave(tx, &turn).map(|_| ()),
            7 => expel(tx, &turn).map(|_| ()),
            8 => transfer_in(tx, &TransferIn { person, unit, day, other: "外地工会".into(), joined: None, document, profile }).map(|_| ()),
            9 => relocate(tx, &Relocate { unit, after: Some(to), day, reason: None }).map(|_| ()),
            10 => merge(tx, &MergeUnion { from: unit, into: to, day, reason: None, document }).map(|_| ()),
            _ => close(tx, &CloseUnion { unit, day, heir: None, reason: None, document }).map(|_| ()),
        }
    }

    fn changes(&self) -> Vec<Change> {
        self.store.read(|db| db.select::<Change>("ORDER BY day, id", [])).expect("the ledger")
    }

    /// Members and retained ones of each union as the members' own rows say.
    fn projected(&self) -> BTreeMap<i64, (i64, i64)> {
        let members = self.store.read(|db| db.select::<Member>("", [])).expect("the members");
        let mut counts = BTreeMap::new();
        for member in members.iter().filter(|member| member.state != MemberState::Gone) {
            let count: &mut (i64, i64) = counts.entry(member.unit.get()).or_default();
            count.0 += 1;
            count.1 += i64::from(member.state == MemberState::Retained);
        }
        counts
    }
}

/// What a change does to its union's members and retained ones.
fn effect(kind: ChangeKind) -> (i64, i64) {
    let retained = match kind {
        ChangeKind::Retained => 1,
        ChangeKind::Resumed => -1,
        _ => 0,
    };
    (kind.stock(), retained)
}

/// Members and retained ones of each union by the changes that are let through.
fn counted<'c>(changes: impl Iterator<Item = &'c Change>) -> BTreeMap<i64, (i64, i64)> {
    let mut counts: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for change in changes {
        let (count, (members, retained)) = (counts.entry(change.unit.get()).or_default(), effect(change.kind));
        *count = (count.0 + members, count.1 + retained);
    }
    counts.retain(|_, count| *count != (0, 0));
    counts
}

fn plus(a: &BTreeMap<i64, (i64, i64)>, b: &BTreeMap<i64, (i64, i64)>) -> BTreeMap<i64, (i64, i64)> {
    let mut sum = a.clone();
    for (unit, (members, retained)) in b {
        let count = sum.entry(*unit).or_default();
        *count = (count.0 + members, count.1 + retained);
    }
    sum.retain(|_, count| *count != (0, 0));
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// What the ledger adds up to is what the members' rows say, in every union and after every act; and no day ever has a
    /// union with fewer members than none, or fewer than it retains.
    #[test]
    fn the_stock_by_the_ledger_is_the_number_of_members(tries in tries(30)) {
        let mut office = Office::new();
        for what in &tries {
            if office.attempt(what).is_some() {
                prop_assert_eq!(counted(office.changes().iter()), office.projected(), "after {:?}", what);
            }
        }
        let changes = office.changes();
        for last in changes.iter().map(|change| change.day) {
            let stock = counted(changes.iter().filter(|change| change.day <= last));
            prop_assert!(stock.values().all(|(members, retained)| 0 <= *retained && retained <= members), "on {}: {:?}", last, stock);
        }
        let wrong: Vec<_> = office.store.read(check).unwrap().into_iter().filter(|finding| finding.wrong > 0).collect();
        prop_assert_eq!(wrong, [], "the file is sound");
    }

    /// 期初 ± 变动 = 期末, however the time is cut into periods: what the members' rows said at the end of one day and the
    /// movements noted since make what they said at the end of another. Opening entries come first and are no movements.
    #[test]
    fn opening_and_movements_make_the_closing(tries in tries(30), cuts in proptest::collection::vec(0u64..200, 2..6)) {
        let mut office = Office::new();
        let (openings, later): (Vec<_>, Vec<_>) = tries.into_iter().partition(|what| what.act == OPENING);
        openings.into_iter().for_each(|what| { office.attempt(&Try { later: 0, ..what }); });
        let mut said = BTreeMap::from([(office.day, office.projected())]);
        for what in &later {
            office.attempt(what);
            said.insert(office.day, office.projected());
        }
        let at = |day: NaiveDate| said.range(..=day).next_back().map(|(_, said)| said.clone()).unwrap();
        let changes = office.changes();
        // Every day of an act is an end, and so are some others; periods run from any of them to each later one.
        let cuts: BTreeSet<NaiveDate> = cuts.into_iter().map(|offset| day("2026-01-01") + Days::new(offset)).chain(said.keys().copied()).collect();
        for (from, to) in cuts.iter().flat_map(|from| cuts.range(*from..).map(move |to| (*from, *to))) {
            let movement = |change: &&Change| from < change.day && change.day <= to && change.kind != ChangeKind::Opening;
            prop_assert_eq!(plus(&at(from), &counted(changes.iter().filter(movement))), at(to), "from {} to {}", from, to);
            prop_assert_eq!(counted(changes.iter().filter(|change| change.day <= to)), at(to), "the ledger's own stock on {}", to);
        }
    }

    /// Undo brings back every table, its copies and its search; redo brings the act back.
    #[test]
    fn every_act_is_undone_and_redone_to_the_letter(tries in tries(16)) {
        let mut office = Office::new();
        let mut states = vec![dump(&office.store)];
        for what in &tries {
            match office.attempt(what) {
                Some(_) => states.push(dump(&office.store)),
                None => prop_assert_eq!(&dump(&office.store), states.last().unwrap(), "a refused act leaves nothing: {:?}", what),
            }
        }
        for state in states.iter().rev().skip(1) {
            office.store.undo(None).unwrap();
            prop_assert_eq!(&dump(&office.store), state, "undone");
        }
        for state in states.iter().skip(1) {
            office.store.redo().unwrap();
            prop_assert_eq!(&dump(&office.store), state, "redone");
        }
    }
}
