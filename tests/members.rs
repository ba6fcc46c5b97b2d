//! Members: each act's effect, history and refusals, and what no sequence of acts may break.

mod laws;

use chrono::NaiveDate;
use unionbook_core::closing::{CloseUnion, HandedOver, MergeUnion, close, merge};
use unionbook_core::error::Result;
use unionbook_core::members::{
    Change, ChangeKind, CollectDues, Dues, DuesRow, Join, Member, MemberState, OpenBook, Profile, Transfer, TransferIn, Turn, collect_dues,
    expel, join, leave, open_book, resume, retain, transfer, transfer_in,
};
use unionbook_core::people::{Person, amend};
use unionbook_core::record::{Cell, Code, Id, Money, Row, Term};
use unionbook_core::store::{Key, Step, Store, check, of_record, timeline};
use unionbook_core::units::{Unit, UnitLevel};

use crate::dump::dump;
use crate::people::{enter, number};
use crate::units::{day, found, refusal};
use crate::world::World;

/// A file with two unions and a person in neither.
struct Office {
    store: Store,
    a: Id<Unit>,
    b: Id<Unit>,
    person: Id<Person>,
    _world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let [a, b] = ["A", "B"].map(|code| found(&store, code, UnitLevel::Grassroots, None));
        let person = enter(&store, "赵小明", &number("1990-01-01", 123));
        Self { store, a, b, person, _world: world }
    }

    fn join(&self, on: &str) -> Result<Id<Member>> {
        let act = Join { person: self.person, unit: self.a, day: day(on), document: None, profile: Profile::default() };
        self.store.write(Step::new("办理入会"), |tx| join(tx, &act)).map(|written| written.value)
    }

    fn transfer(&self, member: Id<Member>, to: Option<Id<Unit>>, other: Option<&str>, on: &str) -> Result<Id<Change>> {
        let act = going(member, to, other, on);
        self.store.write(Step::new("办理转会"), |tx| transfer(tx, &act)).map(|written| written.value)
    }

    fn turn(&self, member: Id<Member>, on: &str, reason: Option<&str>, kind: ChangeKind) -> Result<Id<Change>> {
        let act = Turn { member, day: day(on), reason: reason.map(Term::new), document: None, note: None };
        let does = match kind {
            ChangeKind::Retained => retain,
            ChangeKind::Resumed => resume,
            ChangeKind::Left => leave,
            _ => expel,
        };
        self.store.write(Step::new(kind.label()), |tx| does(tx, &act)).map(|written| written.value)
    }

    fn member(&self, id: Id<Member>) -> Member {
        self.store.read(|db| db.get(id)).expect("the member is there")
    }

    fn stands(&self, id: Id<Member>) -> (Id<Unit>, MemberState) {
        let member = self.member(id);
        (member.unit, member.state)
    }

    /// The ledger: union, day and kind of every change of a member, in order.
    fn ledger(&self, id: Id<Member>) -> Vec<(Id<Unit>, String, ChangeKind)> {
        let changes = self.store.read(|db| db.select::<Change>("WHERE member = ?1 ORDER BY day, id", [id.get()])).expect("a ledger");
        changes.into_iter().map(|change| (change.unit, change.day.to_string(), change.kind)).collect()
    }

    fn wrong(&self) -> Vec<String> {
        let findings = self.store.read(check).expect("checked");
        findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| finding.what).collect()
    }
}

fn going(member: Id<Member>, to: Option<Id<Unit>>, other: Option<&str>, on: &str) -> Transfer {
    let (other, reason) = (other.map(str::to_owned), Some(Term::new("job_change")));
    Transfer { member, to, other, day: day(on), reason, keep_retained: false, document: Some("介字1号".into()), note: None }
}

#[test]
fn joining_makes_a_member_a_change_and_copies_for_reports() {
    let office = Office::new();
    let profile =
        Profile { migrant: true, new_employment: Some(Term::new("courier")), card_number: Some("K1".into()), ..Profile::default() };
    let act = Join { person: office.person, unit: office.a, day: day("2026-10-08"), document: Some("工字3号".into()), profile };
    let id = office.store.write(Step::new("办理入会"), |tx| join(tx, &act)).expect("joined").value;
    let member = office.member(id);
    assert_eq!(
        (member.unit, member.state, member.joined),
        (office.a, MemberState::Active, Some(day("2026-10-08"))),
        "a member since that day"
    );
    assert_eq!((member.migrant, member.card_number.as_deref()), (true, Some("K1")), "with the particulars");
    let sql = "SELECT kind, day, _sex, _migrant, _new_employment FROM change WHERE member = ?1";
    type Line = (i64, String, i64, bool, String);
    let read =
        |row: &rusqlite::Row<'_>| -> rusqlite::Result<Line> { Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)) };
    let line = || office.store.read(|db| db.rows(sql, [id.get()], read)).expect("the change");
    assert_eq!(line(), [(1, "2026-10-08".into(), 1, true, "courier".into())], "the report's copies are a man's, a migrant's, a courier's");
    let person = office.store.read(|db| db.get(office.person)).expect("the person");
    let sex = unionbook_core::people::sex::Sex::Female;
    office.store.write(Step::new("修改人员"), |tx| amend(tx, &Person { sex, ..person })).expect("the sex is put right");
    assert_eq!(line()[0].2, 2, "and follow the person through the member");
    let past = office.store.read(|db| of_record(db, Member::table(), Key::Id(id.get()))).expect("history");
    assert_eq!(past.first().map(|past| (past.line.name.as_str(), past.what)), Some(("办理入会", "came")), "the history names the act");
    assert!(office.wrong().is_empty(), "the file is sound: {:?}", office.wrong());
}

#[test]
fn a_book_opens_with_members_who_count_since_they_joined() {
    let office = Office::new();
    let open = |person, joined: Option<&str>, retained| {
        let joined = joined.map(day);
        let act = OpenBook { person, unit: office.a, day: day("2026-01-01"), joined, retained, profile: Profile::default() };
        office.store.write(Step::new("建账"), |tx| open_book(tx, &act)).map(|written| written.value)
    };
    let others = [3, 5, 7].map(|n| enter(&office.store, "钱二", &number("1985-05-05", n)));
    let known = open(office.person, Some("2019-03-01"), false).expect("opened");
    let unknown = open(others[0], None, true).expect("opened");
    let early = open(others[1], Some("1995-01-01"), false).expect("opened");
    assert_eq!(office.ledger(known), [(office.a, "2019-03-01".into(), ChangeKind::Opening)], "from the day of joining");
    assert_eq!(
        office.ledger(unknown),
        [(office.a, "2026-01-01".into(), ChangeKind::Opening), (office.a, "2026-01-01".into(), ChangeKind::Retained)],
        "from the opening where it is not known, retained at once where it was"
    );
    assert_eq!(office.stands(unknown).1, MemberState::Retained, "and stands so");
    assert_eq!(office.ledger(early)[0].1, "2000-01-01", "no earlier than the union was founded");
    assert_eq!(office.member(early).joined, Some(day("1995-01-01")), "though the day of joining stays what it was");
    assert!(refusal(open(others[2], Some("2026-02-01"), false)).contains("建账之后入会"), "who joined later joins by joining");
    assert!(refusal(open(office.person, None, false)).contains("已经有会籍"), "once only");
}

#[test]
fn a_transfer_is_two_halves_of_one_day() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    let out = office.transfer(id, Some(office.b), None, "2026-02-10").expect("transferred");
    assert_eq!(office.stands(id), (office.b, MemberState::Active), "the membership is with the new union");
    let wanted = [
        (office.a, "2026-01-05".to_owned(), ChangeKind::Joined),
        (office.a, "2026-02-10".to_owned(), ChangeKind::TransferredOut),
        (office.b, "2026-02-10".to_owned(), ChangeKind::TransferredIn),
    ];
    assert_eq!(office.ledger(id), wanted, "out of the one and into the other");
    let change = office.store.read(|db| db.get(out)).expect("the half");
    assert_eq!(
        (change.counterpart, change.reason, change.document.as_deref()),
        (Some(office.b), Some(Term::new("job_change")), Some("介字1号")),
        "with why and where to"
    );
    office.transfer(id, None, Some(" 外省某工会 "), "2026-03-01").expect("gone elsewhere");
    assert_eq!(office.stands(id), (office.b, MemberState::Gone), "gone from this file");
    let act = TransferIn {
        person: office.person,
        unit: office.a,
        day: day("2026-04-01"),
        other: "外省某工会".into(),
        joined: None,
        document: None,
        profile: Profile::default(),
    };
    let back = office.store.write(Step::new("办理转入"), |tx| transfer_in(tx, &act)).expect("back").value;
    assert_eq!((back, office.stands(id)), (id, (office.a, MemberState::Active)), "the same membership comes back");
    assert_eq!(office.ledger(id).last().map(|(.., kind)| *kind), Some(ChangeKind::TransferredIn), "by transfer");
}

#[test]
fn a_transfer_says_why_and_to_one_union() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    let before = dump(&office.store);
    assert!(refusal(office.transfer(id, None, None, "2026-02-01")).contains("新的工会"), "to none");
    assert!(refusal(office.transfer(id, Some(office.b), Some("丙"), "2026-02-01")).contains("新的工会"), "to two");
    assert!(refusal(office.transfer(id, Some(office.a), None, "2026-02-01")).contains("不用转会"), "to its own");
    assert!(refusal(office.transfer(id, Some(office.b), None, "2026-01-04")).contains("2026-01-05"), "before it joined");
    assert!(refusal(office.transfer(id, Some(office.b), None, "2026-11-02")).contains("今天之后"), "tomorrow");
    let silent = Transfer { reason: None, ..going(id, Some(office.b), None, "2026-02-01") };
    assert!(
        refusal(office.store.write(Step::new("办理转会"), |tx| transfer(tx, &silent)).map(|_| ())).contains("原因"),
        "without a reason"
    );
    let invented = Transfer { reason: Some(Term::new("whim")), ..going(id, Some(office.b), None, "2026-02-01") };
    assert!(
        refusal(office.store.write(Step::new("办理转会"), |tx| transfer(tx, &invented)).map(|_| ())).contains("代码表"),
        "with one that is none"
    );
    let steps = office.store.read(|db| timeline(db, None, 100)).expect("steps").len();
    assert_eq!((dump(&office.store), steps), (before, 4), "and nothing of it was kept: two unions, a person, one joining");
}

#[test]
fn a_membership_is_kept_and_taken_up_again() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    office.turn(id, "2026-03-01", Some("retired"), ChangeKind::Retained).expect("retained");
    assert_eq!(office.stands(id), (office.a, MemberState::Retained), "kept in the same union");
    assert!(refusal(office.turn(id, "2026-03-02", None, ChangeKind::Retained)).contains("保留会籍"), "not twice");
    office.turn(id, "2026-04-01", None, ChangeKind::Resumed).expect("resumed");
    assert_eq!(office.stands(id), (office.a, MemberState::Active), "a member as before");
    assert!(refusal(office.turn(id, "2026-04-02", None, ChangeKind::Resumed)).contains("在会"), "nothing to resume");
    office.turn(id, "2026-05-01", Some("unemployed"), ChangeKind::Retained).expect("retained again");
    office.transfer(id, Some(office.b), None, "2026-06-01").expect("employed again elsewhere");
    assert_eq!(office.stands(id), (office.b, MemberState::Active), "takes part again in the new union");
    let kinds: Vec<_> = office.ledger(id).into_iter().skip(3).map(|(unit, _, kind)| (unit, kind)).collect();
    let wanted = [
        (office.a, ChangeKind::Retained),
        (office.a, ChangeKind::Resumed),
        (office.a, ChangeKind::TransferredOut),
        (office.b, ChangeKind::TransferredIn),
    ];
    assert_eq!(kinds, wanted, "the retention ends where it began, so that each union's retained add up");
}

#[test]
fn who_leaves_or_is_expelled_may_come_back_and_reasons_are_asked_for() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    for kind in [ChangeKind::Left, ChangeKind::Expelled] {
        assert!(refusal(office.turn(id, "2026-02-01", None, kind)).contains("没有填写原因"), "{}", kind.label());
    }
    office.turn(id, "2026-02-01", Some("own_request"), ChangeKind::Left).expect("left");
    assert_eq!(office.stands(id), (office.a, MemberState::Gone), "gone");
    for kind in [ChangeKind::Left, ChangeKind::Expelled, ChangeKind::Retained, ChangeKind::Resumed] {
        assert!(refusal(office.turn(id, "2026-02-02", Some("other"), kind)).contains("已离会"), "{} of one who is gone", kind.label());
    }
    assert!(refusal(office.transfer(id, Some(office.b), None, "2026-02-02")).contains("已离会"), "nor a transfer");
    assert_eq!(office.join("2026-03-01").expect("joined again"), id, "the same membership");
    assert_eq!(office.member(id).joined, Some(day("2026-01-05")), "the first day of joining stays");
    office.turn(id, "2026-04-01", Some("crime"), ChangeKind::Expelled).expect("expelled");
    assert_eq!(office.ledger(id).last().map(|(.., kind)| *kind), Some(ChangeKind::Expelled), "noted as such");
}

#[test]
fn nobody_is_a_member_twice_or_of_a_union_that_is_not_there() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    let said = refusal(office.join("2026-02-01"));
    assert!(said.contains("第A工会") && said.contains("在会"), "where and how is said: {said}");
    let act = Join {
        person: enter(&office.store, "孙三", &number("1991-01-01", 1)),
        unit: office.a,
        day: day("1999-12-31"),
        document: None,
        profile: Profile::default(),
    };
    let early = office.store.write(Step::new("办理入会"), |tx| join(tx, &act)).map(|_| ());
    assert!(refusal(early).contains("才建会"), "before the union was founded");
    let swallowed = office.store.write(Step::new("成批"), |tx| {
        let _ = join(tx, &act);
        join(tx, &Join { day: day("2026-05-01"), ..act.clone() })
    });
    swallowed.expect("a refused row of a batch does not stand in the way of the next");
    assert!(office.wrong().is_empty(), "nor leaves a member without a ledger: {:?}", office.wrong());
    let save = |changed: Member| office.store.write(Step::new("修改会员"), |tx| tx.save(&changed)).map(|_| ());
    let member = office.member(id);
    assert!(refusal(save(Member { unit: office.b, ..member.clone() })).contains("转会"), "a form cannot transfer");
    assert!(refusal(save(Member { state: MemberState::Gone, ..member.clone() })).contains("退会"), "nor let go");
    save(Member { team: Some("一班".into()), ..member }).expect("but put right what is no act");
}

#[test]
fn a_union_with_members_is_not_closed_but_merged() {
    let office = Office::new();
    let below = found(&office.store, "A1", UnitLevel::Branch, Some(office.a));
    let active = office.join("2026-01-05").expect("joined");
    let old = enter(&office.store, "李四", &number("1960-01-01", 125));
    let act = OpenBook { person: old, unit: office.a, day: day("2026-01-01"), joined: None, retained: true, profile: Profile::default() };
    let retained = office.store.write(Step::new("建账"), |tx| open_book(tx, &act)).expect("opened").value;
    let end = CloseUnion { unit: office.a, day: day("2026-06-30"), heir: None, reason: None, document: None };
    let close = || office.store.write(Step::new("撤销工会"), |tx| close(tx, &end)).map(|_| ());
    assert!(refusal(close()).contains("第A1工会"), "what stands below it is named");
    let before = dump(&office.store);
    let act = MergeUnion { from: office.a, into: office.b, day: day("2026-06-30"), reason: None, document: None };
    let moved = office.store.write(Step::new("合并工会"), |tx| merge(tx, &act)).expect("merged");
    assert_eq!(moved.value, HandedOver { members: 2, ..HandedOver::default() }, "both changed over");
    assert_eq!(office.stands(active), (office.b, MemberState::Active), "the active one is active there");
    assert_eq!(office.stands(retained), (office.b, MemberState::Retained), "the retained one is retained there");
    let unit = |id: Id<Unit>| office.store.read(|db| db.get(id)).expect("the union");
    assert_eq!((unit(office.a).closed, unit(office.a).merged_into), (Some(day("2026-06-30")), Some(office.b)), "closed into the other");
    assert_eq!(unit(below).parent, Some(office.b), "its subordinate stands under the other");
    assert!(office.wrong().is_empty(), "the file is sound: {:?}", office.wrong());
    assert!(refusal(office.transfer(active, Some(office.a), None, "2026-07-01")).contains("撤销"), "nobody goes back");
    office.store.undo(moved.step).expect("the whole merger is one step");
    assert_eq!(dump(&office.store), before, "and is undone as one");
}

#[test]
fn a_subordinate_may_take_its_upper_union_in() {
    let office = Office::new();
    let top = found(&office.store, "T", UnitLevel::Town, None);
    let [from, into, brother] = [("F", top), ("I", office.a), ("J", office.a)]
        .map(|(code, parent)| found(&office.store, code, UnitLevel::Grassroots, Some(parent)));
    let act = MergeUnion { from: office.a, into, day: day("2026-06-30"), reason: None, document: None };
    office.store.write(Step::new("合并工会"), |tx| merge(tx, &act)).expect("merged");
    let parent = |id: Id<Unit>| office.store.read(|db| db.get(id)).expect("the union").parent;
    assert_eq!((parent(into), parent(brother), parent(from)), (None, Some(into), Some(top)), "it takes the other's place and subordinates");
    let itself = MergeUnion { from: into, into, ..act };
    assert!(
        refusal(office.store.write(Step::new("合并工会"), |tx| merge(tx, &itself)).map(|_| ())).contains("并入自己"),
        "not into itself"
    );
}

#[test]
fn dues_of_a_month_are_one_sheet() {
    let office = Office::new();
    let member = office.join("2026-01-05").expect("joined");
    let collect = |month: &str, paid: Option<&str>, fen: i64| {
        let act = CollectDues { month: month.into(), paid: paid.map(day), rows: vec![DuesRow { member, amount: Money(fen) }] };
        office.store.write(Step::new("登记会费"), |tx| collect_dues(tx, &act)).map(|written| written.value)
    };
    assert_eq!(collect("2026年10月", None, 500).expect("owed"), Money(500), "the sum is given");
    assert_eq!(collect("2026-10", Some("2026-10-20"), 600).expect("paid"), Money(600), "and put right");
    let rows = office.store.read(|db| db.select::<Dues>("", [])).expect("dues");
    let found: Vec<_> = rows.iter().map(|dues| (dues.month.as_str(), dues.amount, dues.paid)).collect();
    assert_eq!(found, [("2026-10", Money(600), Some(day("2026-10-20")))], "one row a member and month");
    assert!(refusal(collect("十月", None, 500)).contains("不是月份"), "no month");
    assert!(refusal(collect("2026-09", None, -1)).contains("负数"), "no negative dues");
    assert!(refusal(collect("2026-09", Some("2026-11-02"), 500)).contains("今天之后"), "not paid tomorrow");
}

#[test]
fn check_finds_a_member_whom_the_ledger_does_not_explain() {
    let office = Office::new();
    let id = office.join("2026-01-05").expect("joined");
    let past = |changes: &[(&str, Cell)]| office.store.write(Step::new("越过台账"), |tx| tx.set(id, changes)).expect("set");
    past(&[("state", Cell::Int(MemberState::Gone.code()))]);
    assert_eq!(office.wrong(), ["会员所在工会和状态与会籍变动一致"], "a state without a change");
    office.store.undo(None).expect("undone");
    let change = office.store.read(|db| db.one::<i64>("SELECT id FROM change", [])).expect("read").expect("a change");
    office
        .store
        .write(Step::new("越过台账"), |tx| tx.set(Id::<Change>::new(change), &[("kind", Cell::Int(ChangeKind::Resumed.code()))]))
        .expect("set");
    assert_eq!(office.wrong(), ["会籍变动前后相接"], "a ledger that begins with a resumption");
    let end = NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day");
    office.store.undo(None).expect("undone");
    office.store.write(Step::new("越过台账"), |tx| tx.set(office.a, &[("closed", Cell::Text(end.to_string()))])).expect("set");
    assert_eq!(office.wrong(), ["在会会员都在现有的工会里"], "a member of a union that is closed");
}

#[test]
fn nobody_comes_into_a_closed_union_by_an_earlier_day() {
    let office = Office::new();
    let act = CloseUnion { unit: office.a, day: day("2026-06-30"), heir: None, reason: None, document: None };
    office.store.write(Step::new("撤销工会"), |tx| close(tx, &act)).expect("closed, with nobody in it");
    assert!(refusal(office.join("2026-03-01")).contains("已于 2026-06-30 撤销"), "though it was open on that day");
    let act = OpenBook {
        person: office.person,
        unit: office.a,
        day: day("2026-01-01"),
        joined: None,
        retained: false,
        profile: Profile::default(),
    };
    let opened = office.store.write(Step::new("建账"), |tx| open_book(tx, &act)).map(|_| ());
    assert!(refusal(opened).contains("撤销"), "nor by the opening of the book");
}
