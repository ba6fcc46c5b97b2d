//! Two rows that turn out to be one: a person entered twice, and any record that links hang on.

use serde_json::json;
use unionbook_core::activities::{Activity, ActivityState, Participants, Participation, participants};
use unionbook_core::api::{dispatch, unite};
use unionbook_core::error::Result;
use unionbook_core::members::{
    Change, ChangeKind, CollectDues, Dues, DuesRow, Join, Member, MemberState, OpenBook, Profile, Turn, collect_dues, join, leave,
    open_book,
};
use unionbook_core::people::{MergePeople, Person, merge, register};
use unionbook_core::record::{Id, Minutes, Money, Record, Row, Term};
use unionbook_core::store::{Step, Store, check};
use unionbook_core::units::{Unit, UnitLevel};
use unionbook_core::volunteers::{
    EndVolunteers, Hours, RecordService, RegisterVolunteers, Service, ServiceSource, Volunteer, end, record_service, register as enlist,
};

use crate::cards::{self, Card, Pair};
use crate::dump::dump;
use crate::people::number;
use crate::plain_record::{self, Note};
use crate::units::{day, found, refusal};
use crate::world::World;

struct Office {
    store: Store,
    a: Id<Unit>,
    b: Id<Unit>,
    keep: Id<Person>,
    gone: Id<Person>,
    _world: World,
}

impl Office {
    /// Two records of one person: one with the phone, the other with the id number.
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let [a, b] = ["A", "B"].map(|code| found(&store, code, UnitLevel::Grassroots, None));
        let known = Person { phone: Some("13800001234".into()), ..Person::named("赵小明") };
        let coded = Person { id_number: Some(number("1990-01-01", 123)), phone: Some("13900001234".into()), ..Person::named("赵晓明") };
        let [keep, gone] =
            [known, coded].map(|person| store.write(Step::new("登记人员"), |tx| register(tx, &person)).expect("a person").value);
        Self { store, a, b, keep, gone, _world: world }
    }

    fn write<T>(&self, act: impl FnOnce(&unionbook_core::store::Tx<'_>) -> Result<T>) -> T {
        self.store.write(Step::new("办理"), act).expect("done").value
    }

    fn merge(&self) -> Result<unionbook_core::api::United> {
        let act = MergePeople { keep: self.keep, gone: self.gone };
        self.store.write(Step::new("合并人员"), |tx| merge(tx, &act)).map(|written| written.value)
    }

    fn join(&self, person: Id<Person>, unit: Id<Unit>, on: &str) -> Id<Member> {
        let act = Join { person, unit, day: day(on), document: None, profile: Profile::default() };
        self.write(|tx| join(tx, &act))
    }

    fn leave(&self, member: Id<Member>, on: &str) {
        let turn = Turn { member, day: day(on), reason: Some(Term::new("own_request")), document: None, note: None };
        self.write(|tx| leave(tx, &turn));
    }

    fn enlist(&self, person: Id<Person>, unit: Id<Unit>, on: &str, skill: &str) {
        let (skills, areas) = (vec![Term::new(skill)], Vec::new());
        self.write(|tx| enlist(tx, &RegisterVolunteers { persons: vec![person], unit, team: None, day: day(on), skills, areas }));
    }

    /// A service activity that was held.
    fn activity(&self, title: &str, on: &str) -> Id<Activity> {
        let held = Activity {
            state: ActivityState::Held,
            day: Some(day(on)),
            area: Some(Term::new("community")),
            length: Some(Minutes(120)),
            ..Activity::named(title, Term::new("volunteer"), self.a)
        };
        self.write(|tx| tx.add(&held))
    }

    fn attend(&self, activity: Id<Activity>, add: &[Id<Person>]) {
        self.write(|tx| participants(tx, &Participants { activity, add: add.to_vec(), remove: Vec::new() }));
    }

    fn serve(&self, activity: Id<Activity>, person: Id<Person>, minutes: i64) {
        let row = Hours { person, minutes: Some(Minutes(minutes)), source: ServiceSource::SignedIn, evidence: None, content: None };
        self.write(|tx| record_service(tx, &RecordService { activity, rows: vec![row] }));
    }

    fn all<T: Row>(&self) -> Vec<T> {
        self.store.read(|db| db.select::<T>("", [])).expect("rows")
    }

    fn get<T: Record>(&self, id: Id<T>) -> T {
        self.store.read(|db| db.get(id)).expect("the record is there")
    }

    fn wrong(&self) -> Vec<String> {
        let findings = self.store.read(check).expect("checked");
        findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| finding.what).collect()
    }
}

#[test]
fn everything_of_a_person_entered_twice_belongs_to_one_record_and_undo_parts_them_again() {
    let office = Office::new();
    let member = office.join(office.gone, office.a, "2026-01-05");
    let dues = CollectDues { month: "2026-02".into(), paid: None, rows: vec![DuesRow { member, amount: Money(500) }] };
    office.write(|tx| collect_dues(tx, &dues));
    office.enlist(office.gone, office.a, "2026-02-01", "law");
    let [both, one] = [office.activity("植树", "2026-03-12"), office.activity("探访", "2026-04-01")];
    office.attend(both, &[office.keep, office.gone]);
    office.attend(one, &[office.keep]);
    office.serve(one, office.gone, 60);
    let before = dump(&office.store);
    let united = office.merge().expect("merged");
    assert_eq!(office.all::<Person>().len(), 1, "one record is left");
    let person = office.get(office.keep);
    assert_eq!(person.id_number, Some(number("1990-01-01", 123)), "with the number of the other");
    assert_eq!((person.name.as_str(), person.phone.as_deref()), ("赵小明", Some("13800001234")), "and what it said itself");
    assert_eq!(person.birth, Some(day("1990-01-01")), "and what followed from the number");
    assert_eq!(united.left_out, ["人员：姓名", "人员：移动电话"], "what the other said otherwise is named, without its value");
    assert_eq!(office.get(member).person, office.keep, "the membership is theirs, under its own id");
    assert_eq!(office.all::<Dues>().len(), 1, "with the dues");
    let parts: Vec<_> = office.all::<Participation>().into_iter().map(|part| (part.activity, part.person, part.member)).collect();
    assert_eq!(parts, [(both, office.keep, true), (one, office.keep, true)], "once in each, and a member there, as it turns out");
    assert_eq!(office.all::<Service>().iter().map(|row| row.person).collect::<Vec<_>>(), [office.keep], "the hours are theirs");
    assert_eq!(office.all::<Volunteer>().iter().map(|row| row.person).collect::<Vec<_>>(), [office.keep], "and the registration");
    assert_eq!((united.moved["member"], united.moved["service"], united.united["participation"]), (1, 1, 1), "all of it is told");
    let copies = office.store.read(|db| db.one::<i64>("SELECT _person FROM change", [])).expect("read");
    assert_eq!(copies, Some(office.keep.get()), "the reports' copies follow");
    assert_eq!(office.wrong(), [""; 0], "the file is sound");
    office.store.undo(None).expect("undone");
    assert_eq!(dump(&office.store), before, "one undo parts them to the letter, the searches included");
    office.store.redo().expect("redone");
    assert_eq!(office.get(office.keep), person, "one redo unites them again");
}

#[test]
fn memberships_that_follow_on_each_other_become_one_ledger() {
    for swap in [false, true] {
        let office = Office::new();
        let (first, second) = if swap { (office.gone, office.keep) } else { (office.keep, office.gone) };
        let early = office.join(first, office.a, "2026-01-05");
        office.leave(early, "2026-03-01");
        let act = OpenBook {
            person: second,
            unit: office.b,
            day: day("2026-05-01"),
            joined: None,
            retained: false,
            profile: Profile { migrant: true, ..Profile::default() },
        };
        let late = office.write(|tx| open_book(tx, &act));
        let kept = if swap { late } else { early };
        let before = dump(&office.store);
        office.merge().expect("merged");
        let members = office.all::<Member>();
        let wanted = (kept, office.b, MemberState::Active, true, Some(day("2026-01-05")));
        let told: Vec<_> = members.iter().map(|member| (member.id, member.unit, member.state, member.migrant, member.joined)).collect();
        assert_eq!(told, [wanted], "it stands where the later one stood, and began when the earlier did");
        let ledger = office.store.read(|db| db.select::<Change>("WHERE member = ?1 ORDER BY day, id", [kept.get()])).expect("a ledger");
        let kinds: Vec<_> = ledger.iter().map(|change| change.kind).collect();
        assert_eq!(kinds, [ChangeKind::Joined, ChangeKind::Left, ChangeKind::Opening], "the changes of both, in order");
        assert_eq!(office.wrong(), [""; 0], "and the ledger holds");
        office.store.undo(None).expect("undone");
        assert_eq!(dump(&office.store), before, "undone to the letter");
    }
}

#[test]
fn what_cannot_be_one_is_refused_with_what_to_do_and_nothing_is_written() {
    let office = Office::new();
    let early = office.join(office.keep, office.a, "2026-01-05");
    let late = office.join(office.gone, office.b, "2026-02-01");
    let before = dump(&office.store);
    let refused = refusal(office.merge());
    for word in ["2026-02-01", "第A工会", "第B工会", "在会", "入会", "撤销登记它的那一步", "前一天", "转出"] {
        assert!(refused.contains(word), "“{word}” is said of memberships that overlap: {refused}");
    }
    assert_eq!(dump(&office.store), before, "nothing was written");
    office.leave(early, "2026-01-31");
    office.merge().expect("what the sentence says helps");
    let _ = late;

    let office = Office::new();
    let other = Person { id_number: Some(number("1990-01-01", 125)), ..office.get(office.keep) };
    office.write(|tx| tx.save(&other));
    assert!(refusal(office.merge()).contains("是两个人"), "two id numbers are two people");
    let itself = MergePeople { keep: office.keep, gone: office.keep };
    let refused = office.store.write(Step::new("合并人员"), |tx| merge(tx, &itself)).map(|_| ());
    assert!(refusal(refused).contains("同一条"), "nor is one record two");

    let office = Office::new();
    office.enlist(office.keep, office.a, "2026-01-01", "law");
    office.enlist(office.gone, office.a, "2026-01-01", "law");
    let activity = office.activity("植树", "2026-03-12");
    office.serve(activity, office.keep, 60);
    office.serve(activity, office.gone, 90);
    let before = dump(&office.store);
    let refused = refusal(office.merge());
    for word in ["植树", "志愿服务时长", "服务时长（小时）", "删去其中一条"] {
        assert!(refused.contains(word), "“{word}” is said of hours that contradict each other: {refused}");
    }
    assert_eq!(dump(&office.store), before, "nothing was written");
    office.serve(activity, office.gone, 60);
    assert_eq!(office.merge().expect("the same hours are the same").united["service"], 1, "and are one");
}

#[test]
fn two_registrations_become_one_that_stands_where_one_of_them_does() {
    let office = Office::new();
    office.enlist(office.keep, office.a, "2026-03-01", "law");
    office.enlist(office.gone, office.b, "2026-01-01", "medicine");
    let kept = office.all::<Volunteer>().into_iter().find(|row| row.person == office.keep).expect("registered").id;
    let ended = EndVolunteers { volunteers: vec![kept], day: day("2026-06-01"), reason: None };
    office.write(|tx| end(tx, &ended));
    office.merge().expect("merged");
    let told: Vec<_> = office.all::<Volunteer>().into_iter().map(|row| (row.id, row.unit, row.registered, row.ended)).collect();
    assert_eq!(told, [(kept, office.b, day("2026-01-01"), None)], "registered since the earlier day, where it still stands");
    let skills: Vec<String> = office.get(kept).skills.iter().map(|term| term.code().to_owned()).collect();
    assert_eq!(skills, ["law", "medicine"], "with the skills of both");
}

#[test]
fn the_wire_merges_people() {
    let office = Office::new();
    office.join(office.gone, office.a, "2026-01-05");
    let told = dispatch(&office.store, "people.merge", json!({ "keep": office.keep.get(), "gone": office.gone.get() })).expect("merged");
    assert_eq!(told["value"]["moved"], json!({ "member": 1 }), "what went over is told: {told}");
    assert!(
        told["step"].is_i64() && told["tables"].as_array().is_some_and(|tables| tables.contains(&json!("person"))),
        "as a step: {told}"
    );
    let again = dispatch(&office.store, "people.merge", json!({ "keep": office.keep.get(), "gone": office.gone.get() }));
    assert!(again.is_err(), "the record that went is gone");
}

/// Nothing is listed by hand: a record of a module that is not shipped is followed as well.
#[test]
fn any_record_is_united_through_the_links_that_are_declared() {
    let world = World::with([plain_record::module(), cards::module()]);
    let store = world.create();
    let note = Note::new;
    let card = |note: Id<Note>| Card { id: Id::NEW, note, number: None, fee: None, day: None, open: false, state: None };
    let (keep, gone) = store
        .write(Step::new("登记"), |tx| {
            let keep = tx.add(&note("甲"))?;
            let gone = tx.add(&Note { weight: Some(7), ..note("乙") })?;
            let [one, two] = [tx.add(&card(keep))?, tx.add(&card(gone))?];
            for (note, card, weight) in [(keep, one, None), (gone, one, Some(3)), (gone, two, Some(4))] {
                tx.link(&Pair { note, card, weight })?;
            }
            tx.add(&Note { after: Some(gone), ..note("丙") })?;
            Ok((keep, gone))
        })
        .expect("rows")
        .value;
    let before = dump(&store);
    let united = store.write(Step::new("合并"), |tx| unite(tx, Note::table(), keep.get(), gone.get())).expect("united").value;
    assert_eq!((united.moved["card"], united.moved["pair"], united.moved["note"], united.united["pair"]), (1, 1, 1, 1), "told by table");
    let cards = store.read(|db| db.select::<Card>("", [])).expect("cards");
    assert!(cards.iter().all(|card| card.note == keep), "every card is the kept one's");
    let weights: Vec<_> = store.read(|db| db.select::<Pair>("", [])).expect("pairs").into_iter().map(|pair| pair.weight).collect();
    assert_eq!(weights, [Some(3), Some(4)], "a double is filled from its like");
    let notes = store.read(|db| db.select::<Note>("ORDER BY id", [])).expect("notes");
    assert_eq!((notes[0].weight, notes[1].after), (Some(7), Some(keep)), "what was empty is filled, what pointed at it points on");
    store.undo(None).expect("undone");
    assert_eq!(dump(&store), before, "undone to the letter");
}
