//! Volunteers: the tree of teams, the register, sheets of hours, and what hours come to.

mod laws;

use unionbook_core::activities::{Activity, ActivityState};
use unionbook_core::error::{Faults, Result, Weight};
use unionbook_core::people::Person;
use unionbook_core::record::{Entered, Id, Minutes, Row, Term};
use unionbook_core::store::{Step, Store};
use unionbook_core::units::{Unit, UnitLevel};
use unionbook_core::volunteers::{
    Dossier, DossierKind, EndVolunteers, Hours, MoveToTeam, RecordService, RecordedService, RegisterVolunteers, RegisteredVolunteers,
    Scale, Service, ServiceSource, StarRule, Tally, TallyOf, Team, TeamLevel, Volunteer, by_person, end, move_to_team, record_service,
    register, tally,
};

use crate::dump::dump;
use crate::people::{enter, number};
use crate::stations::{undone_exactly, wrong};
use crate::units::{day, found, refusal};
use crate::world::World;

struct Office {
    store: Store,
    unit: Id<Unit>,
    people: Vec<Id<Person>>,
    _world: World,
}

impl Office {
    fn new(people: u16) -> Self {
        let world = World::new();
        let store = world.create();
        let unit = found(&store, "A", UnitLevel::Grassroots, None);
        let people = (1..=people).map(|n| enter(&store, "赵小明", &number("1985-05-05", n))).collect();
        Self { store, unit, people, _world: world }
    }

    fn team(&self, name: &str, level: TeamLevel, parent: Option<Id<Team>>) -> Result<Id<Team>> {
        let team = Team::named(name, level, parent, self.unit);
        self.store.write(Step::new("新建队伍"), |tx| tx.add(&team)).map(|written| written.value)
    }

    fn save<T: unionbook_core::record::Record>(&self, record: &T) -> Result<()> {
        self.store.write(Step::new("修改"), |tx| tx.save(record)).map(|written| written.value)
    }

    fn get<T: unionbook_core::record::Record>(&self, id: Id<T>) -> T {
        self.store.read(|db| db.get(id)).expect("the record is there")
    }

    fn register(&self, persons: &[Id<Person>], team: Option<Id<Team>>, on: &str) -> Result<RegisteredVolunteers> {
        let (skills, areas) = (vec![Term::new("law")], vec![Term::new("community")]);
        let act = RegisterVolunteers { persons: persons.to_vec(), unit: self.unit, team, day: day(on), skills, areas };
        self.store.write(Step::new("志愿者注册"), |tx| register(tx, &act)).map(|written| written.value)
    }

    fn volunteer(&self, at: usize) -> Volunteer {
        self.store.read(|db| by_person(db, self.people[at])).expect("read").expect("is registered")
    }

    fn end(&self, volunteers: &[Id<Volunteer>], on: &str) -> Result<usize> {
        let act = EndVolunteers { volunteers: volunteers.to_vec(), day: day(on), reason: Some(" 本人申请 ".into()) };
        self.store.write(Step::new("志愿者注销"), |tx| end(tx, &act)).map(|written| written.value)
    }

    fn move_to(&self, volunteers: &[Id<Volunteer>], team: Option<Id<Team>>) -> Result<usize> {
        let act = MoveToTeam { volunteers: volunteers.to_vec(), team };
        self.store.write(Step::new("调整队伍"), |tx| move_to_team(tx, &act)).map(|written| written.value)
    }

    /// Two hours of service in the community.
    fn activity(&self, title: &str, on: &str) -> Activity {
        Activity {
            state: ActivityState::Held,
            day: Some(day(on)),
            area: Some(Term::new("community")),
            length: Some(Minutes(120)),
            ..Activity::named(title, Term::new("volunteer"), self.unit)
        }
    }

    fn add(&self, activity: &Activity) -> Id<Activity> {
        self.store.write(Step::new("新增活动"), |tx| tx.add(activity)).expect("an activity is added").value
    }

    fn record(&self, activity: Id<Activity>, rows: Vec<Hours>) -> Result<RecordedService> {
        let act = RecordService { activity, rows };
        self.store.write(Step::new("登记服务时长"), |tx| record_service(tx, &act)).map(|written| written.value)
    }

    fn tally(&self, at: usize, until: &str) -> Tally {
        let ask = TallyOf { person: self.people[at], until: Some(day(until)) };
        self.store.read(|db| tally(db, &ask)).expect("added up")
    }
}

fn hours(person: Id<Person>, minutes: i64) -> Hours {
    Hours { person, minutes: Some(Minutes(minutes)), source: ServiceSource::SignedIn, evidence: None, content: None }
}

fn later(person: Id<Person>, minutes: i64, evidence: Option<&str>) -> Hours {
    Hours { source: ServiceSource::Entered, evidence: evidence.map(str::to_owned), ..hours(person, minutes) }
}

#[test]
fn teams_form_a_tree_that_rises_by_level() {
    let office = Office::new(1);
    let corps = office.team("总队", TeamLevel::Corps, None).expect("a corps");
    let detachment = office.team("支队", TeamLevel::Detachment, Some(corps)).expect("a detachment");
    let squad = office.team("分队", TeamLevel::Squad, Some(detachment)).expect("a squad right below");
    assert!(refusal(office.team("又一支队", TeamLevel::Detachment, Some(detachment))).contains("不高于"), "not below its like");
    assert!(refusal(office.team("总队", TeamLevel::Corps, None)).contains("已有一支"), "a name once a union");
    let circle = Team { parent: Some(squad), ..office.get(corps) };
    assert!(refusal(office.save(&circle)).contains("本队的下级"), "no team stands below itself");
    let own = Team { parent: Some(corps), ..office.get(corps) };
    assert!(refusal(office.save(&own)).contains("就是本队"), "nor below itself at once");
    let lowered = Team { level: TeamLevel::Squad, ..office.get(detachment) };
    assert!(refusal(office.save(&lowered)).contains("下级队伍“分队”"), "a team stays above what stands below it");
    let disbanded = |id| Team { disbanded: Some(day("2026-10-01")), ..office.get(id) };
    assert!(refusal(office.save(&disbanded(detachment))).contains("还有 1 支下级队伍、0 名志愿者"), "not while it has teams");
    office.register(&office.people, Some(squad), "2026-01-01").expect("registered");
    assert!(refusal(office.save(&disbanded(squad))).contains("1 名志愿者"), "nor volunteers");
    office.move_to(&[office.volunteer(0).id], Some(corps)).expect("moved");
    undone_exactly(&office.store, "撤销队伍", |_| office.save(&disbanded(squad)).expect("then it can go"));
    assert!(refusal(office.move_to(&[office.volunteer(0).id], Some(squad))).contains("已于 2026-10-01 撤销"), "and takes nobody any more");
    assert!(refusal(office.register(&office.people, Some(squad), "2026-01-01")).contains("撤销"), "not by registering either");
    assert!(refusal(office.team("小队", TeamLevel::Squad, Some(squad))).contains("不高于"), "nor teams");
    assert!(wrong(&office.store).is_empty(), "the file is sound: {:?}", wrong(&office.store));
}

#[test]
fn people_register_once_and_again_after_an_end() {
    let office = Office::new(3);
    let team = office.team("总队", TeamLevel::Corps, None).expect("a team");
    let done =
        undone_exactly(&office.store, "注册", |_| office.register(&office.people[..2], Some(team), "2026-01-01").expect("registered"));
    assert_eq!(done, RegisteredVolunteers { added: 2, resumed: 0, already: 0 }, "two are new");
    let first = office.volunteer(0);
    assert_eq!(
        (first.unit, first.team, first.registered, first.skills.len()),
        (office.unit, Some(team), day("2026-01-01"), 1),
        "as entered"
    );
    let copies = "SELECT _pinyin || ' ' || _sex FROM volunteer WHERE id = ?1";
    let copies: Option<String> = office.store.read(|db| db.one(copies, [first.id.get()])).expect("read");
    assert!(copies.is_some_and(|text| text.starts_with("zhao") && text.ends_with(" 1")), "with the copies for lists and reports");
    assert_eq!(undone_exactly(&office.store, "注销", |_| office.end(&[first.id], "2026-05-01").expect("ended")), 1, "one ends");
    let ended = office.volunteer(0);
    assert_eq!((ended.ended, ended.ended_for.as_deref()), (Some(day("2026-05-01")), Some("本人申请")), "on that day, with the reason");
    assert!(refusal(office.end(&[first.id], "2026-06-01")).contains("已于 2026-05-01 注销"), "once");
    assert!(refusal(office.move_to(&[first.id], None)).contains("已于 2026-05-01 注销"), "who has gone is in no team");
    assert!(refusal(office.register(&office.people[..1], None, "2026-04-30")).contains("才注销"), "not registered again before the end");
    assert!(refusal(office.register(&office.people[..1], None, "2026-11-02")).contains("还没有到"), "nor tomorrow");
    let done = undone_exactly(&office.store, "重新注册", |_| office.register(&office.people, None, "2026-06-01").expect("registered"));
    assert_eq!(done, RegisteredVolunteers { added: 1, resumed: 1, already: 1 }, "one new, one again, one as before");
    assert_eq!(
        (office.volunteer(0).id, office.volunteer(0).ended, office.volunteer(0).team),
        (first.id, None, None),
        "the same volunteer again"
    );
    assert_eq!(office.volunteer(1).team, Some(team), "who was there is untouched");
    assert!(refusal(office.end(&[office.volunteer(2).id], "2026-01-01")).contains("注销日期"), "no end before the beginning");
}

#[test]
fn a_volunteers_number_is_its_own_and_never_an_id_number() {
    let office = Office::new(2);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let numbered = |at: usize, number: &str| Volunteer { number: Some(number.into()), ..office.volunteer(at) };
    assert!(refusal(office.save(&numbered(0, &number("1985-05-05", 1)))).contains("证件号码"), "its own id number");
    assert!(refusal(office.save(&numbered(0, &number("1999-09-09", 9)))).contains("证件号码"), "nor another's");
    office.save(&numbered(0, "V0001")).expect("a number of the register");
    assert!(refusal(office.save(&numbered(1, "V0001"))).contains("已有别的志愿者"), "once");
    let again = Volunteer { id: Id::NEW, number: None, ..office.volunteer(0) };
    let again = office.store.write(Step::new("新增志愿者"), |tx| tx.add(&again)).map(|written| written.value);
    assert!(refusal(again).contains("已经登记"), "a person is one volunteer");
}

#[test]
fn volunteers_move_between_teams_in_one_step() {
    let office = Office::new(3);
    let [a, b] = ["甲队", "乙队"].map(|name| office.team(name, TeamLevel::Squad, None).expect("a team"));
    office.register(&office.people, Some(a), "2026-01-01").expect("registered");
    let all: Vec<_> = (0..3).map(|at| office.volunteer(at).id).collect();
    assert_eq!(undone_exactly(&office.store, "调队", |_| office.move_to(&all[..2], Some(b)).expect("moved")), 2, "two go");
    assert_eq!(office.move_to(&all, Some(b)).expect("moved"), 1, "only who was elsewhere moves");
    assert_eq!(office.move_to(&all, None).expect("moved"), 3, "and all can leave");
}

#[test]
fn a_sheet_of_hours_is_one_step() {
    let office = Office::new(3);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let activity = office.add(&office.activity("社区服务", "2026-10-18"));
    let sheet = vec![hours(office.people[0], 120), later(office.people[1], 90, Some(" 签到表 "))];
    let done = undone_exactly(&office.store, "登记时长", |_| office.record(activity, sheet).expect("recorded"));
    assert_eq!(done, RecordedService { added: 2, minutes: 210, ..RecordedService::default() }, "two of them, 210 minutes");
    let rows = || office.store.read(|db| db.select::<Service>("ORDER BY person", [])).expect("read");
    assert_eq!(rows()[1].evidence.as_deref(), Some("签到表"), "with its evidence");
    assert!(rows()[0].entered.0 > 0, "and the moment of entry");
    let sheet = vec![
        hours(office.people[0], 120),
        later(office.people[1], 60, Some("签到表")),
        Hours { minutes: None, ..hours(office.people[2], 0) },
    ];
    let done = undone_exactly(&office.store, "更正时长", |_| office.record(activity, sheet).expect("put right"));
    assert_eq!(done, RecordedService { changed: 1, minutes: 180, ..RecordedService::default() }, "only what differs is written");
    let off = vec![Hours { minutes: None, ..hours(office.people[0], 0) }];
    let done = undone_exactly(&office.store, "移出", |_| office.record(activity, off).expect("taken off"));
    assert_eq!((done.removed, done.minutes), (1, 60), "one is taken off");
    assert!(wrong(&office.store).is_empty(), "the file is sound: {:?}", wrong(&office.store));
}

#[test]
fn hours_that_cannot_be_are_refused_with_the_row_and_no_name() {
    let office = Office::new(2);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let activity = office.add(&office.activity("社区服务", "2026-10-18"));
    let before = dump(&office.store);
    let [a, b] = [office.people[0], office.people[1]];
    let said = refusal(office.record(activity, vec![hours(a, 120), hours(b, 121)]));
    assert!(said.contains("第 2 行") && said.contains("超过了活动的每人时长 2.0 小时"), "both lengths are named: {said}");
    assert!(!said.contains("赵小明") && said.contains('赵'), "the name is masked: {said}");
    assert!(refusal(office.record(activity, vec![hours(a, 0)])).contains("大于零"), "no hours are none");
    assert!(refusal(office.record(activity, vec![later(a, 60, Some("  "))])).contains("依据"), "entered later needs evidence");
    assert!(refusal(office.record(activity, vec![hours(a, 60), hours(a, 60)])).contains("填了两行"), "each once");
    assert!(office.record(activity, vec![hours(Id::new(999), 60)]).is_err(), "nobody serves");
    assert_eq!(dump(&office.store), before, "nothing of it was kept");
}

#[test]
fn hours_are_recorded_only_where_the_activity_allows() {
    let office = Office::new(1);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let plain = || office.activity("社区服务", "2026-10-18");
    let cases = [
        (Activity { state: ActivityState::Planned, day: None, ..plain() }, "还没有登记为已举办"),
        (Activity { area: None, ..plain() }, "不是志愿服务活动"),
        (Activity { length: None, ..plain() }, "没有填写每人时长"),
        (Activity { persons: Some(5), times: Some(5), ..plain() }, "重复统计"),
    ];
    for (activity, why) in cases {
        let activity = office.add(&activity);
        assert!(refusal(office.record(activity, vec![hours(office.people[0], 60)])).contains(why), "{why}");
        let row = Service {
            activity,
            person: office.people[0],
            minutes: Minutes(60),
            source: ServiceSource::SignedIn,
            evidence: None,
            content: None,
            entered: Entered(0),
        };
        let mut faults = Faults::default();
        office
            .store
            .read(|db| {
                row.check(db, &mut faults);
                Ok(())
            })
            .expect("looked at");
        assert!(faults.refuse(), "the form says the same: {why}");
    }
}

#[test]
fn an_activity_with_hours_keeps_what_they_stand_on() {
    let office = Office::new(1);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let activity = office.add(&office.activity("社区服务", "2026-10-18"));
    office.record(activity, vec![hours(office.people[0], 90)]).expect("recorded");
    let now = || office.get(activity);
    assert!(
        refusal(office.save(&Activity { length: Some(Minutes(89)), ..now() })).contains("1.5 小时"),
        "not shorter than who served longest"
    );
    office.save(&Activity { length: Some(Minutes(90)), ..now() }).expect("just as long will do");
    assert!(refusal(office.save(&Activity { area: None, ..now() })).contains("志愿者的时长"), "it stays voluntary service");
    assert!(refusal(office.save(&Activity { state: ActivityState::Cancelled, ..now() })).contains("名单"), "and held");
    assert!(refusal(office.save(&Activity { times: Some(1), ..now() })).contains("名单"), "and is not counted besides");
}

#[test]
fn service_of_people_who_were_not_registered_is_taken_with_a_warning_and_found_by_the_check() {
    let office = Office::new(3);
    office.register(&office.people[..1], None, "2026-01-01").expect("registered");
    office.register(&office.people[1..2], None, "2026-10-19").expect("registered a day late");
    let activity = office.add(&office.activity("社区服务", "2026-10-18"));
    let done = office.record(activity, office.people.iter().map(|person| hours(*person, 60)).collect()).expect("taken");
    assert_eq!(done.warnings.len(), 1, "one warning for all");
    assert!(done.warnings[0].message.contains("有 2 人不是注册志愿者：第 2 行"), "{}", done.warnings[0].message);
    assert_eq!(wrong(&office.store), [("服务当天都是注册志愿者".to_owned(), 2)], "who registered later and who never did");
    assert!(
        refusal(office.end(&[office.volunteer(0).id], "2026-10-18")).contains("“社区服务”"),
        "nobody's registration ends before the last service"
    );
    office.end(&[office.volunteer(0).id], "2026-10-19").expect("the day after");
    assert_eq!(wrong(&office.store).len(), 1, "the service before stays in order");
}

#[test]
fn the_check_finds_hours_above_the_activitys_length_and_hours_without_evidence() {
    let office = Office::new(1);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let activity = office.add(&office.activity("社区服务", "2026-10-18"));
    let row = Service {
        activity,
        person: office.people[0],
        minutes: Minutes(121),
        source: ServiceSource::Entered,
        evidence: None,
        content: None,
        entered: Entered(0),
    };
    office.store.write(Step::new("成批导入"), |tx| tx.link(&row)).expect("brought in past the rules");
    let found: Vec<_> = wrong(&office.store).into_iter().map(|(what, _)| what).collect();
    assert_eq!(found, ["志愿服务时长不超过活动的每人时长", "补录的时长都写明依据"], "both are found");
}

#[test]
fn a_dossier_holds_training_honours_and_evaluations() {
    let office = Office::new(1);
    office.register(&office.people, None, "2026-01-01").expect("registered");
    let entry = |kind, on: &str, minutes: Option<i64>| Dossier {
        id: Id::NEW,
        volunteer: office.volunteer(0).id,
        kind,
        day: day(on),
        title: "急救培训".into(),
        issuer: Some("红十字会".into()),
        minutes: minutes.map(Minutes),
        content: None,
        entered: Entered(0),
    };
    let add = |entry: Dossier| office.store.write(Step::new("记入档案"), |tx| tx.add(&entry)).map(|written| written.value);
    undone_exactly(&office.store, "记入档案", |_| add(entry(DossierKind::Training, "2026-03-01", Some(240))).expect("noted"));
    assert_eq!(office.tally(0, "2026-11-01").minutes, 0, "training is no service");
    assert!(refusal(add(entry(DossierKind::Honour, "2026-03-01", Some(240)))).contains("没有时长"), "an honour has no length");
    assert!(refusal(add(entry(DossierKind::Training, "2026-03-01", Some(0)))).contains("大于零"), "a training has some or none is given");
    assert!(refusal(add(entry(DossierKind::Evaluation, "2026-11-02", None))).contains("今天之后"), "not tomorrow");
}

#[test]
fn hours_add_up_to_stars_by_the_scale_of_the_day() {
    let office = Office::new(2);
    office.register(&office.people, None, "2020-01-01").expect("registered");
    let long = |title: &str, on: &str, area: &str, minutes| Activity {
        area: Some(Term::new(area)),
        length: Some(Minutes(minutes)),
        until: Some(day(on) + chrono::Days::new(9)),
        ..office.activity(title, on)
    };
    let first = office.add(&long("抗洪", "2026-03-01", "emergency", 5_999));
    let second = office.add(&long("普法", "2026-05-01", "law", 1));
    office.record(first, vec![later(office.people[0], 5_999, Some("签到表"))]).expect("recorded");
    office.record(second, vec![hours(office.people[0], 1)]).expect("recorded");
    let before = office.tally(0, "2026-04-30");
    assert_eq!((before.minutes, before.activities, before.stars, before.lacks), (5_999, 1, 0, Some(1)), "a minute short of one star");
    let after = office.tally(0, "2026-05-01");
    assert_eq!((after.minutes, after.entered_later, after.stars, after.lacks), (6_000, 5_999, 1, Some(12_000)), "100 hours are one star");
    assert_eq!((after.first, after.last), (Some(day("2026-03-01")), Some(day("2026-05-01"))), "from the first to the last");
    let areas: Vec<_> = after.areas.iter().map(|area| (area.area.as_str(), area.minutes)).collect();
    assert_eq!(areas, [("emergency", 5_999), ("law", 1)], "by field of service, most first");
    assert_eq!(
        office.tally(1, "2026-05-01"),
        Tally { minutes: 0, entered_later: 0, activities: 0, first: None, last: None, areas: Vec::new(), stars: 0, lacks: Some(6_000) },
        "who never served has none"
    );
    let local =
        StarRule {
            id: Id::NEW, stars: 1, minutes: Minutes(3_000), source: "本市志愿者星级评定办法".into(), from_day: day("2026-06-01")
        };
    undone_exactly(&office.store, "新增星级标准", |store| {
        store.write(Step::new("新增星级标准"), |tx| tx.add(&local)).expect("a local rule")
    });
    assert_eq!((office.tally(0, "2026-04-30").stars, office.tally(0, "2026-06-01").stars), (0, 1), "a new rule holds from its day");
}

#[test]
fn the_shipped_scale_names_its_source_and_new_rules_are_looked_at() {
    let office = Office::new(0);
    let scale = |on: &str| office.store.read(|db| Scale::on(db, day(on))).expect("a scale");
    let rules: Vec<_> = scale("2026-10-01").rules().iter().map(|rule| (rule.stars, rule.minutes.0 / 60)).collect();
    assert_eq!(rules, [(1, 100), (2, 300), (3, 600), (4, 1000), (5, 1500)], "志愿服务记录办法, 2012");
    assert!(scale("2026-10-01").rules().iter().all(|rule| rule.source.contains("民函〔2012〕340号")), "each row says so");
    assert!(scale("2012-10-22").rules().is_empty(), "there was none before");
    let rule =
        |stars, minutes, on: &str| StarRule {
            id: Id::NEW, stars, minutes: Minutes(minutes), source: "本市办法".into(), from_day: day(on)
        };
    let add = |rule: StarRule| office.store.write(Step::new("新增星级标准"), |tx| tx.add(&rule)).map(|written| written.value);
    assert!(refusal(add(rule(6, 6_000, "2026-01-01"))).contains("一至五星"), "no sixth star");
    assert!(refusal(add(rule(1, 0, "2026-01-01"))).contains("大于零"), "not for nothing");
    assert!(refusal(add(rule(1, 60, "2012-10-23"))).contains("已有一行"), "once a day");
    let mut faults = Faults::default();
    let odd = rule(2, 6_000, "2026-01-01");
    office
        .store
        .read(|db| {
            odd.check(db, &mut faults);
            Ok(())
        })
        .expect("looked at");
    assert_eq!(faults.0.first().map(|fault| fault.weight), Some(Weight::Warning), "two stars for the hours of one are doubtful");
    let id = add(odd).expect("taken, since a scale comes row by row");
    assert_eq!(id, Id::new(6), "after the five that are shipped");
    assert_eq!(wrong(&office.store), [("星级越高要求的时长越多".to_owned(), 1)], "and the check finds it");
}
