//! Activities: names or counts, never both; held or not; and membership as it was on the day.

use proptest::prelude::*;
use unionbook_core::activities::{
    Activity, ActivityState, Attended, CountPeople, HoldActivity, Participants, Participation, clear_names, count, hold, participants,
};
use unionbook_core::error::{Faults, Result, Weight};
use unionbook_core::members::{Join, Profile, Turn, join, leave};
use unionbook_core::people::Person;
use unionbook_core::record::{Entered, Id, Minutes, Money, Row, Term};
use unionbook_core::store::{Step, Store};
use unionbook_core::units::{Unit, UnitLevel};

use crate::people::{enter, number};
use crate::stations::{undone_exactly, wrong};
use crate::units::{day, found, refusal};
use crate::world::World;

struct Office {
    store: Store,
    unit: Id<Unit>,
    _world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let unit = found(&store, "A", UnitLevel::Grassroots, None);
        Self { store, unit, _world: world }
    }

    fn plain(&self) -> Activity {
        Activity::named("职工健步走", Term::new("walk"), self.unit)
    }

    fn held(&self) -> Activity {
        Activity { state: ActivityState::Held, day: Some(day("2026-10-18")), ..self.plain() }
    }

    fn add(&self, activity: &Activity) -> Id<Activity> {
        self.store.write(Step::new("新增活动"), |tx| tx.add(activity)).expect("an activity is added").value
    }

    fn get(&self, id: Id<Activity>) -> Activity {
        self.store.read(|db| db.get(id)).expect("the activity is there")
    }

    fn save(&self, activity: &Activity) -> Result<()> {
        self.store.write(Step::new("修改活动"), |tx| tx.save(activity)).map(|written| written.value)
    }

    fn people(&self, many: u16) -> Vec<Id<Person>> {
        (1..=many).map(|n| enter(&self.store, "钱二", &number("1985-05-05", n))).collect()
    }

    fn names(&self, activity: Id<Activity>, add: &[Id<Person>], remove: &[Id<Person>]) -> Result<Attended> {
        let act = Participants { activity, add: add.to_vec(), remove: remove.to_vec() };
        self.store.write(Step::new("登记参加名单"), |tx| participants(tx, &act)).map(|written| written.value)
    }

    fn count(&self, activity: Id<Activity>, persons: Option<i64>, times: Option<i64>) -> Result<()> {
        let act = CountPeople { activity, persons, women: None, times, served: None };
        self.store.write(Step::new("登记参加人数"), |tx| count(tx, &act)).map(|written| written.value)
    }

    fn list(&self, activity: Id<Activity>) -> Vec<(Id<Person>, bool)> {
        let rows = self.store.read(|db| db.select::<Participation>("WHERE activity = ?1 ORDER BY person", [activity.get()])).expect("a list");
        rows.into_iter().map(|row| (row.person, row.member)).collect()
    }

    fn said(&self, mut activity: Activity) -> Vec<(String, Weight)> {
        let mut faults = Faults::default();
        let said = self.store.read(|db| {
            activity.tidy(db.now(), &mut faults);
            activity.check(db, &mut faults);
            Ok(faults)
        });
        said.expect("looked at").0.into_iter().map(|fault| (fault.field.into_owned(), fault.weight)).collect()
    }
}

fn error(field: &str) -> Vec<(String, Weight)> {
    vec![(field.to_owned(), Weight::Error)]
}

fn warning(field: &str) -> Vec<(String, Weight)> {
    vec![(field.to_owned(), Weight::Warning)]
}

#[test]
fn figures_and_days_that_cannot_be_are_refused() {
    let office = Office::new();
    let (held, said) = (|| office.held(), |activity| office.said(activity));
    assert_eq!(said(held()), [], "a plain one is right");
    assert_eq!(said(Activity { day: None, ..held() }), error("day"), "held on some day");
    assert_eq!(said(Activity { day: Some(day("2026-11-02")), ..held() }), error("day"), "not tomorrow");
    assert_eq!(said(Activity { state: ActivityState::Planned, ..held() }), warning("state"), "a day of holding and still planned is doubtful");
    assert_eq!(said(Activity { until: Some(day("2026-10-17")), ..held() }), error("until"), "not over before it began");
    assert_eq!(said(Activity { until: Some(day("2026-10-17")), ..office.plain() }), error("until"), "no end without a beginning");
    assert_eq!(said(Activity { persons: Some(30), times: Some(29), ..held() }), error("times"), "each person once at least");
    assert_eq!(said(Activity { persons: Some(30), times: Some(30), women: Some(31), ..held() }), error("women"), "a part of them");
    assert_eq!(said(Activity { served: Some(-1), ..held() }), error("served"), "not below nought");
    assert_eq!(said(Activity { cost: Some(Money(-1)), ..held() }), error("cost"), "nor money");
    assert_eq!(said(Activity { budget: Some(Money(100)), cost: Some(Money(101)), ..held() }), warning("cost"), "dearer than planned is doubtful");
    assert_eq!(said(Activity { length: Some(Minutes(1441)), ..held() }), error("length"), "a day has 24 hours");
    assert_eq!(said(Activity { length: Some(Minutes(1441)), until: Some(day("2026-10-19")), ..held() }), [], "two have 48");
    let hours = |begins: &str, ends: &str| Activity { begins: Some(begins.into()), ends: Some(ends.into()), ..held() };
    assert_eq!(said(hours("9:00", "11：30")), [], "times of day in their usual forms");
    assert_eq!(said(hours("上午", "11:30")), error("begins"), "no time of day");
    assert_eq!(said(hours("25:00", "26:00")).len(), 2, "no hour of a day");
    assert_eq!(said(hours("11:30", "9:00")), error("ends"), "not over before it began");
    assert_eq!(said(Activity { length: Some(Minutes(151)), ..hours("9:00", "11:30") }), warning("length"), "longer than from begin to end");
    office.add(&Activity { code: Some("X1".into()), ..held() });
    assert_eq!(said(Activity { code: Some("X1".into()), title: "另一场".into(), ..held() }), error("code"), "a code is given once");
    assert_eq!(said(held()), warning("title"), "the same day and name again is doubtful");
}

#[test]
fn times_take_their_stored_form() {
    let office = Office::new();
    let mut activity = Activity { begins: Some("9：00".into()), ends: Some("11点30分".into()), persons: Some(7), ..office.held() };
    activity.tidy(office.store.now(), &mut Faults::default());
    assert_eq!((activity.begins.as_deref(), activity.ends.as_deref()), (Some("09:00"), Some("11:30")), "as four digits");
    assert_eq!(activity.times, Some(7), "attendances are the persons where only these are given");
}

#[test]
fn names_are_put_on_the_list_once_with_their_membership_of_the_day() {
    let office = Office::new();
    let people = office.people(4);
    let joined = |person, on: &str| {
        let act = Join { person, unit: office.unit, day: day(on), document: None, profile: Profile::default() };
        office.store.write(Step::new("办理入会"), |tx| join(tx, &act)).expect("joined").value
    };
    joined(people[0], "2026-10-18");
    joined(people[1], "2026-10-19");
    let left = joined(people[2], "2026-01-01");
    let act = Turn { member: left, day: day("2026-10-18"), reason: Some(Term::new("own_request")), document: None, note: None };
    office.store.write(Step::new("退会"), |tx| leave(tx, &act)).expect("left");
    let activity = office.add(&office.held());
    let done = undone_exactly(&office.store, "登记参加名单", |_| office.names(activity, &people, &[]).expect("on the list"));
    assert_eq!(done, Attended { added: 4, members: 1, already: 0, removed: 0 }, "one was a member at the end of that day");
    let flags: Vec<bool> = office.list(activity).into_iter().map(|(_, member)| member).collect();
    assert_eq!(flags, [true, false, false, false], "who joined that day; not who joined later, nor who left that day, nor who never was");
    let done = undone_exactly(&office.store, "调整名单", |_| office.names(activity, &people[..1], &people[3..]).expect("changed"));
    assert_eq!(done, Attended { added: 0, members: 0, already: 1, removed: 1 }, "who is there stays, who goes is gone");
    assert_eq!(office.list(activity).len(), 3, "three are left");
    assert!(office.names(activity, &[], &people[3..]).is_err(), "who is not on the list cannot be taken off");
    assert!(office.names(activity, &[Id::new(999)], &[]).is_err(), "nobody is put on it");
    assert!(wrong(&office.store).is_empty(), "the file is sound: {:?}", wrong(&office.store));
    let gone = undone_exactly(&office.store, "清空名单", |store| store.write(Step::new("清空名单"), |tx| clear_names(tx, activity)).expect("cleared").value);
    assert_eq!((gone, office.list(activity).len()), (3, 0), "the list can be cleared at once");
}

#[test]
fn names_and_counts_exclude_one_another_both_ways() {
    let office = Office::new();
    let people = office.people(2);
    let activity = office.add(&office.held());
    undone_exactly(&office.store, "登记参加人数", |_| office.count(activity, Some(30), None).expect("counted"));
    assert_eq!((office.get(activity).persons, office.get(activity).times), (Some(30), Some(30)), "thirty came once each");
    assert!(refusal(office.names(activity, &people, &[])).contains("重复统计"), "no names beside counts");
    let row = Participation { activity, person: people[0], member: false, entered: Entered(0) };
    let checked = office.store.read(|db| {
        let mut faults = Faults::default();
        row.check(db, &mut faults);
        Ok(faults)
    });
    assert!(checked.expect("looked at").refuse(), "nor one by one");
    office.count(activity, None, None).expect("the counts are cleared");
    office.names(activity, &people, &[]).expect("then names are taken");
    assert!(refusal(office.count(activity, Some(2), Some(2))).contains("名单得出"), "no counts beside names");
    assert!(refusal(office.count(activity, None, Some(2))).contains("名单得出"), "not even attendances alone");
    let held = office.get(activity);
    assert!(refusal(office.save(&Activity { state: ActivityState::Cancelled, ..held.clone() })).contains("不能改为“取消”"), "who came cannot have come to nothing");
    assert!(refusal(office.save(&Activity { persons: Some(2), ..held })).contains("清空参加人数"), "nor by the form");
}

#[test]
fn people_take_part_only_in_what_was_held() {
    let office = Office::new();
    let people = office.people(1);
    let activity = office.add(&Activity { planned: Some(day("2026-10-18")), ..office.plain() });
    assert!(refusal(office.names(activity, &people, &[])).contains("还没有登记为已举办"), "no names");
    assert!(refusal(office.count(activity, Some(3), None)).contains("还没有登记为已举办"), "no counts");
    let act = |on: &str| HoldActivity { activity, day: day(on) };
    let go = |on: &str| office.store.write(Step::new("登记举办"), |tx| hold(tx, &act(on))).map(|written| written.value);
    assert!(refusal(go("2026-11-02")).contains("还没有到"), "not tomorrow");
    undone_exactly(&office.store, "登记举办", |_| go("2026-10-18").expect("held"));
    assert_eq!((office.get(activity).state, office.get(activity).day), (ActivityState::Held, Some(day("2026-10-18"))), "held on its day");
    assert!(refusal(go("2026-10-19")).contains("已经登记"), "once");
    office.names(activity, &people, &[]).expect("and now people took part");
}

#[test]
fn a_later_day_of_holding_warns_of_the_memberships_noted() {
    let office = Office::new();
    let activity = office.add(&office.held());
    office.names(activity, &office.people(1), &[]).expect("on the list");
    let moved = Activity { day: Some(day("2026-10-20")), ..office.get(activity) };
    assert_eq!(office.said(moved), warning("day"), "the list says who was a member on the old day");
}

#[test]
fn the_check_finds_who_was_counted_and_named_at_once() {
    let office = Office::new();
    let people = office.people(1);
    let activity = office.add(&Activity { persons: Some(30), times: Some(30), ..office.held() });
    let row = Participation { activity, person: people[0], member: false, entered: Entered(0) };
    office.store.write(Step::new("成批导入"), |tx| tx.link(&row)).expect("brought in past the rules");
    assert_eq!(wrong(&office.store), [("活动不同时按名单和按数登记参加的人".to_owned(), 1)], "one activity has both");
    let plain = office.add(&office.plain());
    office.store.write(Step::new("成批导入"), |tx| tx.link(&Participation { activity: plain, ..row })).expect("brought in past the rules");
    assert_eq!(wrong(&office.store).len(), 2, "and one that was not held has names: {:?}", wrong(&office.store));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Counts are taken exactly where they can be: none below nought, no fewer attendances than persons, no more women.
    #[test]
    fn counts_are_taken_where_attendances_reach_the_persons(
        persons in proptest::option::of(-2_i64..50), women in proptest::option::of(-2_i64..50), times in proptest::option::of(-2_i64..60)) {
        let office = Office::new();
        let activity = office.add(&office.held());
        let act = CountPeople { activity, persons, women, times, served: None };
        let taken = office.store.write(Step::new("登记参加人数"), |tx| count(tx, &act)).is_ok();
        let times = times.or(persons);
        let fine = [persons, women, times].into_iter().flatten().all(|count| count >= 0)
            && persons.is_none_or(|persons| times.is_some_and(|times| times >= persons))
            && women.is_none_or(|women| women <= persons.unwrap_or(0));
        prop_assert_eq!(taken, fine, "{:?} {:?} {:?}", persons, women, times);
    }
}
