//! The member roster in: 建账, joiners, other unions' members, and what a blank date must not do.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use unionbook_core::members::{Change, ChangeKind, Member, MemberState};
use unionbook_core::people::Person;
use unionbook_core::people::id_number::generate;
use unionbook_core::record::Id;
use unionbook_core::sheet::export::{Export, Form, export, outlet};
use unionbook_core::sheet::import::{Choice, IntakeOptions, Options, Preview, Taking, intake, preview, take};
use unionbook_core::store::{Step, Store};
use unionbook_core::units::{Unit, UnitLevel, open};

use crate::office_tools::{openpyxl, soffice_convert};
use crate::world::World;

struct Desk {
    world: World,
    store: Store,
    units: [Id<Unit>; 2],
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A valid number of nobody: division 000000.
pub fn id(n: u16) -> String {
    generate("000000", day("1990-01-01"), n).expect("a number")
}

impl Desk {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let unit =
            |code: &str, name: &str| Unit { opened: Some(day("2010-01-01")), ..Unit::named(code, name, UnitLevel::Grassroots, None) };
        let units = store
            .write(Step::new("建会"), |tx| Ok([open(tx, &unit("U1", "甲厂工会"))?, open(tx, &unit("U2", "乙厂工会"))?]))
            .expect("two unions")
            .value;
        Self { world, store, units }
    }

    fn sheet(&self, rows: &str) -> PathBuf {
        let head = "序号,姓名,性别,出生日期（格式：yyyy/MM/dd）,民族,证件号码(填写18位身份证),学历,会籍变化类型,会籍变化日期（格式：yyyy/MM/dd）,会籍变化原因,是否农民工会员";
        let path = self.world.folder.path().join("名册.csv");
        std::fs::write(&path, format!("附件四\n{head}\n{rows}\n填表说明：此表所列项目均为必填项\n")).expect("a sheet");
        path
    }

    fn options(&self, unit: usize, opening: bool) -> IntakeOptions {
        let layout = Some(self.store.registry().layout("roster").expect("the layout is shipped"));
        IntakeOptions { unit: Some(self.units[unit].get()), opening: opening.then(|| day("2026-10-15")), layout }
    }

    fn take(&self, rows: &str, unit: usize, opening: bool, choice: Choice) -> Preview {
        let path = self.sheet(rows);
        let given = self.options(unit, opening);
        let options = Options { layout: given.layout.clone(), ..Options::default() };
        let mut intake = intake(self.store.registry(), "member", given).expect("an intake");
        let taking = Taking { seen: None, choice, step: Step::new("导入名册") };
        take(&self.store, &path, &options, intake.as_mut(), taking, &|_| Ok(())).expect("taken").value.preview
    }

    fn members(&self) -> Vec<(String, usize, MemberState)> {
        let of = |member: &Member| self.units.iter().position(|unit| *unit == member.unit).expect("one of the two");
        let read = |db: &unionbook_core::store::Db<'_>| {
            let members = db.select::<Member>("ORDER BY id", [])?;
            members.iter().map(|member| Ok((db.get(member.person)?.name, of(member), member.state))).collect()
        };
        self.store.read(read).expect("members")
    }

    fn changes(&self) -> Vec<(ChangeKind, NaiveDate)> {
        let read = |db: &unionbook_core::store::Db<'_>| db.select::<Change>("ORDER BY id", []);
        self.store.read(read).expect("changes").iter().map(|change| (change.kind, change.day)).collect()
    }
}

#[test]
fn opening_the_book_takes_old_members_with_their_own_days_and_without_a_movement() {
    let desk = Desk::new();
    let rows = format!(
        "1,张伟,男,1990/01/01,汉族,{},本科,入会,2015/03/02,,否\n2,李娜,女,,汉,{},硕士,,,,是\n3,王老,男,,汉族,{},,保留,2020/01/05,,否",
        id(1),
        id(2),
        id(3)
    );
    let seen = desk.take(&rows, 0, true, Choice::Skip);
    assert_eq!((seen.counts.new, seen.counts.faulty), (3, 0), "all three are taken: {:?}", seen.faults);
    let opening = ChangeKind::Opening;
    let told = [
        (opening, day("2015-03-02")),
        (opening, day("2026-10-15")),
        (opening, day("2020-01-05")),
        (ChangeKind::Retained, day("2020-01-05")),
    ];
    assert_eq!(desk.changes(), told, "each from its own day, the undated one from the opening");
    assert_eq!(desk.members()[2].2, MemberState::Retained, "the retained one stays retained");
}

#[test]
fn a_blank_date_never_makes_joiners() {
    let desk = Desk::new();
    let seen = desk.take(&format!("1,张伟,男,,汉族,{},本科,,,,否", id(1)), 0, false, Choice::Skip);
    assert_eq!((seen.counts.new, seen.counts.faulty), (0, 1), "the row is left out");
    assert!(seen.faults[0].faults.iter().any(|fault| fault.hint.contains("建账")), "and the way out is named: {:?}", seen.faults);
}

#[test]
fn the_same_roster_again_changes_nothing_and_a_coarser_word_wipes_out_no_finer_one() {
    let desk = Desk::new();
    let rows = format!("1,张伟,男,1990/01/01,汉族,{},本科,入会,2015/03/02,,否", id(1));
    desk.take(&rows, 0, true, Choice::Skip);
    let person = desk.store.read(|db| db.select::<Person>("", [])).expect("people").remove(0);
    desk.store
        .write(Step::new("改学历"), |tx| tx.set(person.id, &[("education", unionbook_core::record::Cell::Text("22".into()))]))
        .expect("a finer degree");
    let seen = desk.take(&rows, 0, false, Choice::Skip);
    assert_eq!((seen.counts.same, seen.counts.changed), (1, 0), "the blank has one word for both: {:?}", seen.samples);
}

#[test]
fn a_member_of_another_union_is_offered_not_refused() {
    let desk = Desk::new();
    desk.take(&format!("1,张伟,男,,汉族,{},本科,入会,2015/03/02,,否", id(1)), 0, true, Choice::Skip);
    let row = format!("1,张伟,男,,汉族,{},硕士,转入,2026/10/20,,否", id(1));
    let seen = desk.take(&row, 1, false, Choice::Skip);
    assert_eq!(seen.counts.conflicting, 1, "the clerk is asked: {:?}", seen.faults);
    assert_eq!(desk.members()[0].1, 0, "skipping leaves the member where they are");
    desk.take(&row, 1, false, Choice::Transfer);
    assert_eq!(desk.members(), [("张伟".to_owned(), 1, MemberState::Active)], "the transfer moves the one membership");
    let kinds: Vec<_> = desk.changes().iter().map(|change| change.0).collect();
    assert_eq!(kinds, [ChangeKind::Opening, ChangeKind::TransferredOut, ChangeKind::TransferredIn], "in two halves");
}

#[test]
fn each_fault_names_its_row_and_column_and_hides_the_number() {
    let desk = Desk::new();
    let bad = format!("{}0", &id(1)[..17]);
    let wrong = if bad == id(1) { format!("{}1", &id(1)[..17]) } else { bad };
    let rows = format!(
        "1,张伟,男,,汉族,{wrong},本科,入会,2026/10/01,,否\n2,李娜,女,,火星族,{},本科,入会,2026/10/01,,否\n3,王强,男,,汉族,{},本科,入会,2026/02/30,,否\n4,赵六,男,,汉族,{},本科,入会,2026/10/01,,否\n5,钱七,男,,汉族,{},本科,入会,2026/10/01,,否",
        id(2),
        id(3),
        id(5),
        id(5)
    );
    let seen = desk.take(&rows, 0, false, Choice::Skip);
    assert_eq!((seen.counts.new, seen.counts.faulty), (1, 4), "one is sound: {:?}", seen.faults);
    let told = serde_json::to_string(&seen.faults).expect("json");
    assert!(!told.contains(&wrong), "no number stands in the clear");
    assert!(told.contains("火星族") && told.contains("2026/02/30") && told.contains("重复"), "each is told: {told}");
}

#[test]
fn a_filled_official_blank_comes_back_and_changes_nothing() {
    let desk = Desk::new();
    let row = |n: u16| format!("{n},会员{},男,1990/01/01,傣族,{},硕士,入会,2015/03/02,,是", '甲', id(2 * n + 1));
    let rows: Vec<String> = (1..=12).map(row).collect();
    desk.take(&rows.join("\n"), 0, true, Choice::Skip);
    let blank = desk.world.folder.path().join("空白表.xlsx");
    std::fs::write(&blank, unionbook_core::sheet::fixture::roster_blank()).expect("a blank");
    let (layout, out) = (desk.options(0, false).layout, desk.world.folder.path().join("上报.xlsx"));
    let outlet = outlet(desk.store.registry(), "member", None).expect("an outlet");
    let form = Form::Blank(blank, Box::new(layout.clone().expect("the layout")));
    let what = Export {
        label: "会员",
        unit: Some(desk.units[0].get()),
        form,
        made: day("2026-11-01").and_hms_opt(8, 0, 0).expect("a moment"),
        mark: "",
    };
    assert_eq!(export(&desk.store, outlet.as_ref(), &what, &out, |_, _| Ok(())).expect("filled"), 12, "every member stands in it");
    let given = desk.options(0, false);
    let options = Options { layout, ..Options::default() };
    let mut back = intake(desk.store.registry(), "member", given).expect("an intake");
    let seen = preview(&desk.store, &out, &options, back.as_mut(), &|_| Ok(())).expect("a preview");
    assert_eq!((seen.counts.rows, seen.counts.same), (12, 12), "it says what is known, and the note is no member: {:?}", seen.samples);
    opens_elsewhere(&out);
}

/// Opens a filled blank in LibreOffice and openpyxl, which must find twelve members, the heading above them and the note below.
fn opens_elsewhere(filled: &Path) {
    let csv = soffice_convert(filled, "csv", &filled.with_extension("csv.out")).expect("LibreOffice opens it");
    let text = std::fs::read_to_string(csv).expect("text");
    assert_eq!(text.matches("会员甲").count(), 12, "every member is there: {text}");
    assert!(text.contains("证件号码") && text.contains("填表说明"), "between the heading and the note");
    let told = openpyxl(filled, &["Data Validation extension is not supported"]).expect("openpyxl reads it");
    let cells = &told["sheets"][0]["cells"];
    assert_eq!((cells["B5"].as_str(), cells["B16"].as_str()), (Some("会员甲"), Some("会员甲")), "the first and the last of them");
    assert!(cells["A17"].as_str().is_some_and(|note| note.starts_with("填表说明")), "the note follows: {}", cells["A17"]);
}
