//! The end of a union: what it had goes on elsewhere, what it did stays its own, and one undo brings all of it back.

use std::collections::BTreeSet;

use unionbook_core::activities::{Activity, ActivityState};
use unionbook_core::closing::{CloseUnion, HandedOver, MergeUnion, close, merge};
use unionbook_core::error::Result;
use unionbook_core::members::{Change, ChangeKind, Join, Member, MemberState, Profile, Turn, join, retain};
use unionbook_core::people::Person;
use unionbook_core::record::{Id, Kind, Record, Term};
use unionbook_core::stations::{Station, StationState};
use unionbook_core::store::{Step, Store, check};
use unionbook_core::units::{Unit, UnitLevel};
use unionbook_core::volunteers::{RegisterVolunteers, Team, TeamLevel, Volunteer, register};

use crate::dump::dump;
use crate::people::{enter, number};
use crate::stations::build;
use crate::units::{day, found, refusal};
use crate::world::World;

/// A town with a plant that has everything a union can have, of each kind one that ended before.
struct Office {
    store: Store,
    town: Id<Unit>,
    plant: Id<Unit>,
    members: [Id<Member>; 2],
    station: Id<Station>,
    team: Id<Team>,
    volunteer: Id<Volunteer>,
    planned: Id<Activity>,
    held: Id<Activity>,
    _world: World,
}

const REASON: Option<Term<unionbook_core::terms::ChangeReason>> = None;

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let town = found(&store, "T", UnitLevel::Town, None);
        let plant = found(&store, "P", UnitLevel::Grassroots, Some(town));
        let people: Vec<Id<Person>> = (1..=3).map(|n| enter(&store, "赵小明", &number("1985-05-05", n))).collect();
        let enrol = |person: Id<Person>| {
            let act = Join { person, unit: plant, day: day("2026-01-05"), document: None, profile: Profile::default() };
            store.write(Step::new("办理入会"), |tx| join(tx, &act)).expect("joined").value
        };
        let members = [enrol(people[0]), enrol(people[1])];
        let kept = Turn { member: members[1], day: day("2026-02-01"), reason: Some(Term::new("retired")), document: None, note: None };
        store.write(Step::new("保留会籍"), |tx| retain(tx, &kept)).expect("retained");
        let station = build(&store, "S1", plant);
        let team = Team::named("先锋队", TeamLevel::Squad, None, plant);
        let team = store.write(Step::new("建队"), |tx| tx.add(&team)).expect("a team").value;
        let act = RegisterVolunteers {
            persons: vec![people[2]],
            unit: plant,
            team: Some(team),
            day: day("2026-03-01"),
            skills: Vec::new(),
            areas: Vec::new(),
        };
        store.write(Step::new("注册"), |tx| register(tx, &act)).expect("registered");
        let volunteer = store.read(|db| db.select::<Volunteer>("", [])).expect("volunteers").remove(0).id;
        let planned = Activity::named("中秋联欢", Term::new("culture"), plant);
        let held =
            Activity { state: ActivityState::Held, day: Some(day("2026-04-01")), ..Activity::named("春游", Term::new("culture"), plant) };
        let [planned, held] =
            [planned, held].map(|activity| store.write(Step::new("活动"), |tx| tx.insert(&activity)).expect("stored").value);
        Self { store, town, plant, members, station, team, volunteer, planned, held, _world: world }
    }

    fn get<T: Record>(&self, id: Id<T>) -> T {
        self.store.read(|db| db.get(id)).expect("the record is there")
    }

    fn close(&self, unit: Id<Unit>, heir: Option<Id<Unit>>, on: &str) -> Result<HandedOver> {
        let act = CloseUnion { unit, day: day(on), heir, reason: REASON, document: Some("撤字1号".into()) };
        self.store.write(Step::new("撤销工会"), |tx| close(tx, &act)).map(|written| written.value)
    }

    fn merge(&self, into: Id<Unit>, on: &str) -> Result<HandedOver> {
        let act = MergeUnion { from: self.plant, into, day: day(on), reason: REASON, document: None };
        self.store.write(Step::new("合并工会"), |tx| merge(tx, &act)).map(|written| written.value)
    }

    fn stands(&self, member: usize) -> (Id<Unit>, MemberState) {
        let member = self.get(self.members[member]);
        (member.unit, member.state)
    }

    /// Where station, team, volunteer and planned activity belong.
    fn belongs(&self) -> [Id<Unit>; 4] {
        [self.get(self.station).unit, self.get(self.team).unit, self.get(self.volunteer).unit, self.get(self.planned).unit]
    }

    fn wrong(&self) -> Vec<String> {
        let findings = self.store.read(check).expect("checked");
        findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| finding.what).collect()
    }
}

const ALL: HandedOver = HandedOver { members: 2, stations: 1, teams: 1, volunteers: 1, activities: 1 };

#[test]
fn what_a_closed_union_had_goes_to_the_one_above_and_its_members_are_retained_there() {
    let office = Office::new();
    let before = dump(&office.store);
    assert_eq!(office.close(office.plant, None, "2026-06-30").expect("closed"), ALL, "all of it is counted");
    let retained = (office.town, MemberState::Retained);
    assert_eq!((office.stands(0), office.stands(1)), (retained, retained), "both memberships are retained in the union above");
    let ledger = office.store.read(|db| db.select::<Change>("WHERE member = ?1 ORDER BY day, id", [office.members[0].get()])).expect("it");
    let kinds: Vec<_> = ledger.iter().map(|change| (change.unit, change.kind)).collect();
    let wanted = [
        (office.plant, ChangeKind::Joined),
        (office.plant, ChangeKind::TransferredOut),
        (office.town, ChangeKind::TransferredIn),
        (office.town, ChangeKind::Retained),
    ];
    assert_eq!(kinds, wanted, "out of the one, into the other, and kept");
    let why = Some(Term::new("unit_closed"));
    let told = |change: &Change| change.reason == why && change.document.as_deref() == Some("撤字1号");
    assert!(told(&ledger[1]) && told(&ledger[3]), "with why and by what document: {ledger:?}");
    assert_eq!(office.belongs(), [office.town; 4], "the rest belongs to it too");
    assert_eq!(office.get(office.held).unit, office.plant, "what was held stays the closed union's own");
    assert_eq!(office.get(office.plant).closed, Some(day("2026-06-30")), "which is closed");
    assert_eq!(office.wrong(), [""; 0], "and the file is sound");
    office.store.undo(None).expect("undone");
    assert_eq!(dump(&office.store), before, "one undo brings all of it back");
    office.store.redo().expect("redone");
    assert_eq!(office.belongs(), [office.town; 4], "and one redo hands it over again");
}

#[test]
fn a_merger_takes_everything_along_and_members_stay_as_they_are() {
    let office = Office::new();
    let other = found(&office.store, "Q", UnitLevel::Grassroots, Some(office.town));
    let before = dump(&office.store);
    assert_eq!(office.merge(other, "2026-06-30").expect("merged"), ALL, "all of it is counted");
    assert_eq!((office.stands(0), office.stands(1)), ((other, MemberState::Active), (other, MemberState::Retained)), "each as before");
    assert_eq!(office.belongs(), [other; 4], "the rest goes to the same union, not to the one above");
    assert_eq!(office.wrong(), [""; 0], "the file is sound");
    office.store.undo(None).expect("undone");
    assert_eq!(dump(&office.store), before, "one undo brings all of it back");
}

#[test]
fn a_union_that_goes_into_one_far_below_gives_it_its_place() {
    let office = Office::new();
    let branch = found(&office.store, "B", UnitLevel::Grassroots, Some(office.plant));
    let deep = found(&office.store, "D", UnitLevel::Grassroots, Some(branch));
    let before = dump(&office.store);
    office.merge(deep, "2026-06-30").expect("merged");
    assert_eq!(
        (office.get(deep).parent, office.get(branch).parent),
        (Some(office.town), Some(deep)),
        "the tree stands around the one left"
    );
    assert_eq!((office.belongs(), office.wrong()), ([deep; 4], Vec::new()), "with all that the other had");
    office.store.undo(None).expect("undone");
    assert_eq!(dump(&office.store), before, "one undo brings all of it back");
}

#[test]
fn a_merger_is_refused_in_its_own_words() {
    let office = Office::new();
    let other = found(&office.store, "Q", UnitLevel::Grassroots, Some(office.town));
    assert!(refusal(office.merge(other, "2026-03-31")).contains("不能在 2026-03-31 就并入别的工会"), "the act that was asked for");
    assert!(refusal(office.close(office.plant, Some(office.plant), "2026-06-30")).contains("不能由它自己接收"), "nor is it its own heir");
}

#[test]
fn another_union_may_take_over_and_a_topmost_one_needs_one() {
    let office = Office::new();
    let other = found(&office.store, "Q", UnitLevel::Grassroots, None);
    office.close(office.plant, Some(other), "2026-06-30").expect("closed");
    assert_eq!(office.belongs(), [other; 4], "the named union, not the one above");
    let refused = refusal(office.close(other, None, "2026-07-01"));
    for word in ["2 名会员", "1 个服务站点", "1 支志愿服务队", "1 名志愿者", "1 场计划中的活动", "指定接收的工会"]
    {
        assert!(refused.contains(word), "“{word}” is named: {refused}");
    }
    let empty = found(&office.store, "E", UnitLevel::Grassroots, None);
    assert_eq!(office.close(empty, None, "2026-07-01").expect("closed"), HandedOver::default(), "one that has nothing needs none");
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_written() {
    let office = Office::new();
    let same = Team::named("先锋队", TeamLevel::Squad, None, office.town);
    let same = office.store.write(Step::new("建队"), |tx| tx.add(&same)).expect("a team of the same name").value;
    let gone = found(&office.store, "G", UnitLevel::Grassroots, None);
    office.close(gone, None, "2026-05-01").expect("closed");
    let before = dump(&office.store);
    for done in [office.close(office.plant, None, "2026-06-30"), office.merge(office.town, "2026-06-30")] {
        let refused = refusal(done);
        assert!(refused.contains("先锋队") && refused.contains("同名") && refused.contains("改名"), "the two teams: {refused}");
    }
    assert!(refusal(office.close(office.plant, None, "2026-03-31")).contains("春游"), "an activity held since");
    assert!(refusal(office.close(office.plant, None, "2026-01-31")).contains("2026-02-01 还有会籍变动"), "a membership changed since");
    assert!(refusal(office.close(office.plant, Some(gone), "2026-06-30")).contains("撤销"), "no closed union takes anything over");
    assert!(refusal(office.close(office.town, None, "2026-06-30")).contains("第P工会"), "a union with subordinates");
    assert_eq!(dump(&office.store), before, "what is refused leaves nothing");
    office.store.write(Step::new("改名"), |tx| tx.save(&Team { name: "红旗队".into(), ..office.get(same) })).expect("renamed");
    office.close(office.plant, None, "2026-06-30").expect("and then it can be closed");
}

#[test]
fn what_has_ended_stays_where_it_was() {
    let office = Office::new();
    let closed = Station { state: StationState::Revoked, closed: Some(day("2026-05-01")), ..office.get(office.station) };
    let volunteer = Volunteer { team: None, ended: Some(day("2026-05-01")), ..office.get(office.volunteer) };
    office.store.write(Step::new("了结"), |tx| tx.save(&closed).and_then(|()| tx.save(&volunteer))).expect("ended");
    let team = Team { disbanded: Some(day("2026-05-01")), ..office.get(office.team) };
    let cancelled = Activity { state: ActivityState::Cancelled, ..office.get(office.planned) };
    office.store.write(Step::new("了结"), |tx| tx.save(&team).and_then(|()| tx.save(&cancelled))).expect("ended");
    office.close(office.plant, None, "2026-06-30").expect("closed");
    assert_eq!(office.belongs(), [office.plant; 4], "they are the closed union's history");
}

#[test]
fn a_closed_union_that_kept_something_is_found() {
    let office = Office::new();
    office.close(office.plant, None, "2026-06-30").expect("closed");
    let back = [("unit", unionbook_core::record::Value::to_cell(&office.plant))];
    office.store.write(Step::new("越过业务"), |tx| tx.set(office.volunteer, &back)).expect("set");
    assert_eq!(office.wrong(), ["已撤销的工会没有留下队伍、志愿者和计划中的活动"], "the check says so");
}

/// A record that comes to belong to a union must be thought of here: it goes over, or it is what the union did.
#[test]
fn every_record_of_a_union_is_thought_of_when_the_union_ends() {
    let world = World::new();
    let goes_over = ["member", "station", "team", "volunteer", "activity"];
    let stays = ["unit_move", "headcount", "change", "dues", "return", "delivery"];
    let pointing = world.registry.tables().filter(|table| table.name != "unit" && !table.view);
    let pointing = pointing.filter(|table| table.fields.iter().any(|field| field.kind == Kind::Ref("unit")));
    let names: BTreeSet<&str> = pointing.map(|table| table.name).collect();
    assert_eq!(names, goes_over.into_iter().chain(stays).collect(), "each record that points at a union is one or the other");
}
