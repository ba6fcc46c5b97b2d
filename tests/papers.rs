//! Papers as PDF: a sign-in sheet and certificates of service, read back by a program that knows nothing of ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use unionbook_core::activities::{Activity, ActivityState, Participants, SignInSheet, participants, sign_in_sheet};
use unionbook_core::error::Result;
use unionbook_core::members::{Join, Profile, join};
use unionbook_core::paper::OnPaper;
use unionbook_core::people::Person;
use unionbook_core::record::{Id, Minutes, Term};
use unionbook_core::store::{Step, Store};
use unionbook_core::units::{Unit, UnitLevel};
use unionbook_core::volunteers::{
    Certificates, Hours, RecordService, RegisterVolunteers, ServiceSource, certificates, record_service, register,
};

use crate::people::{enter, number};
use crate::units::{day, found, refusal};
use crate::world::World;

struct Office {
    store: Store,
    unit: Id<Unit>,
    world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let unit = found(&store, "A", UnitLevel::Grassroots, None);
        Self { store, unit, world }
    }

    fn person(&self, name: &str, n: u16) -> Id<Person> {
        enter(&self.store, name, &number("1985-05-05", n))
    }

    fn held(&self, title: &str, on: &str) -> Id<Activity> {
        let activity = Activity {
            state: ActivityState::Held,
            day: Some(day(on)),
            area: Some(Term::new("community")),
            length: Some(Minutes(600)),
            place: Some("临江市职工服务中心".into()),
            leader: Some("王建国".into()),
            ..Activity::named(title, Term::new("volunteer"), self.unit)
        };
        self.store.write(Step::new("新增活动"), |tx| tx.add(&activity)).expect("an activity is added").value
    }

    fn listed(&self, activity: Id<Activity>, add: Vec<Id<Person>>) {
        let act = Participants { activity, add, remove: Vec::new() };
        self.store.write(Step::new("登记参加名单"), |tx| participants(tx, &act)).expect("they are listed");
    }

    fn registered(&self, persons: &[Id<Person>]) {
        let act = RegisterVolunteers {
            persons: persons.to_vec(),
            unit: self.unit,
            team: None,
            day: day("2026-01-01"),
            skills: Vec::new(),
            areas: Vec::new(),
        };
        self.store.write(Step::new("注册"), |tx| register(tx, &act)).expect("they are registered");
    }

    fn served(&self, activity: Id<Activity>, person: Id<Person>, minutes: i64) {
        let row = Hours { person, minutes: Some(Minutes(minutes)), source: ServiceSource::SignedIn, evidence: None, content: None };
        let act = RecordService { activity, rows: vec![row] };
        self.store.write(Step::new("登记时长"), |tx| record_service(tx, &act)).expect("hours are recorded");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.world.folder.path().join(name)
    }

    fn sheet(&self, activity: Id<Activity>, named: bool, blanks: usize, path: &Path) -> Result<OnPaper> {
        let ask = SignInSheet { activity, named, blanks, path: path.to_owned() };
        self.store.read(|db| sign_in_sheet(db, &ask))
    }

    fn certificates(&self, people: &[Id<Person>], from: Option<&str>, path: &Path) -> Result<OnPaper> {
        let ask = Certificates { people: people.to_vec(), from: from.map(day), until: None, reveal: false, path: path.to_owned() };
        self.store.read(|db| certificates(db, &ask))
    }
}

/// Reads a PDF's pages as text, without the spaces that its layout has.
pub fn pages(path: &Path) -> Vec<String> {
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(path).arg("-").output();
    let output = output.expect("pdftotext is installed: run `cargo xtask test` once, or `sudo apt-get install poppler-utils`");
    assert!(output.status.success(), "the PDF can be read: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let mut pages: Vec<String> = text.split('\u{c}').map(|page| page.split_whitespace().collect()).collect();
    pages.pop();
    pages
}

#[test]
fn a_sign_in_sheet_bears_its_head_on_every_page_and_every_name() {
    let office = Office::new();
    let activity = office.held("金秋助学走访", "2026-10-18");
    let people: Vec<_> = (1..=60).map(|n| office.person(["张三", "阿卜杜热西提·买买提江", "欧阳娜娜"][usize::from(n) % 3], n)).collect();
    let member = Join { person: people[0], unit: office.unit, day: day("2026-02-01"), document: None, profile: Profile::default() };
    office.store.write(Step::new("入会"), |tx| join(tx, &member)).expect("one is a member");
    office.listed(activity, people);
    let path = office.file("签到表.pdf");
    let written = office.sheet(activity, true, 5, &path).expect("written");
    let pages = pages(&path);
    assert_eq!((written.pages, written.undrawn, &written.path), (pages.len(), 0, &path), "it says what it wrote");
    assert!(pages.len() >= 3, "65 lines need three pages: {}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains("序号姓名单位联系电话签到时间签退时间签名"), "the head stands on page {}: {page}", at + 1);
        assert!(page.contains(&format!("第{}页共{}页", at + 1, pages.len())), "and its number: {page}");
    }
    let all = pages.concat();
    for said in ["金秋助学走访", "时间：2026年10月18日", "地点：临江市职工服务中心", "负责人：王建国", "时长不含路途"]
    {
        assert!(all.contains(said), "it says {said}: {all}");
    }
    assert_eq!(all.matches("欧阳娜娜").count(), 20, "every name of the list stands on it");
    assert!(pages[pages.len() - 1].contains("65"), "the empty lines are numbered too");
}

#[test]
fn a_sheet_without_names_has_as_many_lines_as_asked_for_and_no_more_than_200() {
    let office = Office::new();
    let activity = office.held("空表", "2026-10-18");
    let path = office.file("空表.pdf");
    let written = office.sheet(activity, true, 0, &path).expect("written");
    assert_eq!(written.pages, 1, "one empty line at least");
    assert!(refusal(office.sheet(activity, false, 201, &path).map(|_| ())).contains("201"), "a number out of measure is said");
}

#[test]
fn certificates_bear_the_hours_of_each_on_pages_of_their_own() {
    let office = Office::new();
    let (first, second) = (office.person("赵小明", 1), office.person("钱小红", 2));
    office.registered(&[first, second]);
    let (walk, clean) = (office.held("社区助老", "2026-03-05"), office.held("清洁家园", "2026-06-05"));
    office.served(walk, first, 150);
    office.served(clean, first, 120);
    office.served(clean, second, 60);
    let path = office.file("证明.pdf");
    let written = office.certificates(&[first, second], None, &path).expect("written");
    let pages = pages(&path);
    assert_eq!((written.pages, pages.len()), (2, 2), "one page each");
    for said in
        ["志愿服务记录证明", "赵小明", "社区助老", "清洁家园", "累计服务时长4小时30分", "2场", "编号：20261101-", "盖章", "民政部令第67号"]
    {
        assert!(pages[0].contains(said), "the first says {said}: {}", pages[0]);
    }
    let full = number("1985-05-05", 1);
    assert!(!pages[0].contains(&full) && pages[0].contains("***"), "the number of the identity card is masked: {}", pages[0]);
    assert!(pages[1].contains("钱小红") && pages[1].contains("累计服务时长1小时") && !pages[1].contains("社区助老"), "{}", pages[1]);
    let again = std::fs::read(&path).expect("the file is there");
    office.certificates(&[first, second], None, &path).expect("written again");
    assert!(std::fs::read(&path).expect("read") == again, "the same again gives the same file");
    office.certificates(&[first], Some("2026-05-01"), &path).expect("a span of days");
    assert!(self::pages(&path)[0].contains("累计服务时长2小时"), "only what falls into the span counts");
}

#[test]
fn who_served_no_hours_is_refused_by_name_and_nothing_is_written() {
    let office = Office::new();
    let (first, second, third) = (office.person("赵小明", 1), office.person("钱小红", 2), office.person("孙小兰", 3));
    office.registered(&[first, second]);
    office.served(office.held("社区助老", "2026-03-05"), first, 150);
    let path = office.file("证明.pdf");
    let said = refusal(office.certificates(&[first, second], None, &path).map(|_| ()));
    assert!(said.contains("钱小红") && !said.contains("赵小明"), "who lacks hours is named: {said}");
    assert!(refusal(office.certificates(&[third], None, &path).map(|_| ())).contains("孙小兰没有注册"), "and who never registered");
    assert!(
        refusal(office.certificates(&[first], Some("2026-12-01"), &path).map(|_| ())).contains("之后"),
        "and a span that ends before it begins"
    );
    assert!(!path.exists(), "no file was left");
}
