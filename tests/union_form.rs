//! 工会组织信息采集表: unions in from it and out into it.

mod blank;
mod faults;
mod laws;

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::json;
use unionbook_core::api::dispatch;
use unionbook_core::record::{Id, Term};
use unionbook_core::sheet::import::{Choice, IntakeOptions, Options, Preview, Taking, intake, preview, take};
use unionbook_core::store::{Step, Store};
use unionbook_core::units::credit_code::generate;
use unionbook_core::units::{self, Close, Headcount, Unit, UnitLevel, UnitMove, count_staff, open};

use self::blank::{FIRST, HEADINGS};
use crate::dump::dump;
use crate::units::{day, found};
use crate::world::World;

/// An office of a town with a county above it.
struct Desk {
    world: World,
    store: Store,
    county: Id<Unit>,
    town: Id<Unit>,
}

/// A union's credit code that is nobody's: division 000000.
fn credit(n: u32) -> String {
    generate("81", "000000", &format!("MC{n:06}")).expect("a code").to_string()
}

/// A row of the form: what is not said is empty.
fn row(said: &[(&str, &str)]) -> String {
    let cell = |heading: &&str| said.iter().find(|(name, _)| heading.starts_with(name)).map_or("", |(_, value)| value);
    HEADINGS.iter().map(cell).collect::<Vec<_>>().join("\t")
}

impl Desk {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let county = found(&store, "C", UnitLevel::County, None);
        let town = found(&store, "T", UnitLevel::Town, Some(county));
        Self { world, store, county, town }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.world.folder.path().join(name)
    }

    /// The form as a text sheet, filled on the last of October.
    fn sheet(&self, rows: &[String]) -> PathBuf {
        let path = self.path("组织.tsv");
        let head = HEADINGS.map(|heading| heading.replace('\n', "")).join("\t");
        std::fs::write(&path, format!("附件一\n填表单位：\t\t\t填报日期：2026年10月31日\n{head}\n{}\n", rows.join("\n"))).expect("a sheet");
        path
    }

    fn given(&self, unit: Option<Id<Unit>>) -> IntakeOptions {
        let layout = Some(self.store.registry().layout("units").expect("the layout is shipped"));
        IntakeOptions { unit: unit.map(Id::get), opening: None, layout }
    }

    fn look_in(&self, path: &Path, unit: Option<Id<Unit>>) -> Preview {
        let given = self.given(unit);
        let options = Options { layout: given.layout.clone(), ..Options::default() };
        let mut intake = intake(self.store.registry(), "unit", given).expect("an intake");
        preview(&self.store, path, &options, intake.as_mut(), &|_| Ok(())).expect("a preview")
    }

    fn look(&self, path: &Path) -> Preview {
        self.look_in(path, None)
    }

    fn take(&self, path: &Path, choice: Choice) -> u64 {
        let given = self.given(None);
        let options = Options { layout: given.layout.clone(), ..Options::default() };
        let mut intake = intake(self.store.registry(), "unit", given).expect("an intake");
        let taking = Taking { seen: None, choice, step: Step::new("导入：工会组织") };
        take(&self.store, path, &options, intake.as_mut(), taking, &|_| Ok(())).expect("taken").value.rows
    }

    fn fill(&self, unit: Option<Id<Unit>>, reserved: u32) -> (PathBuf, u64) {
        let (blank, out) = (self.path("空白表.xlsx"), self.path("上报.xlsx"));
        std::fs::write(&blank, blank::blank(reserved)).expect("a blank");
        let ask = json!({ "record": "unit", "path": out, "layout": "units", "blank": blank, "unit": unit.map(Id::get) });
        let rows = dispatch(&self.store, "sheet.export", ask).expect("filled").as_u64().expect("a count");
        (out, rows)
    }

    fn unit(&self, name: &str) -> Unit {
        let mut found = self.store.read(|db| db.select::<Unit>("WHERE name = ?1", [name])).expect("unions");
        assert_eq!(found.len(), 1, "there is one “{name}”");
        found.remove(0)
    }

    fn counts(&self, name: &str) -> Vec<(String, i64)> {
        let unit = self.unit(name).id.get();
        let counts = self.store.read(|db| db.select::<Headcount>("WHERE unit = ?1 ORDER BY day", [unit])).expect("counts");
        counts.into_iter().map(|count| (count.day.to_string(), count.staff)).collect()
    }
}

/// The cells of the filled sheet from the first row for data on, as texts.
fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range("组织信息").expect("the sheet");
    let text = |cell: &Data| if let Data::String(text) = cell { text.clone() } else { cell.to_string() };
    range.rows().skip(FIRST as usize - 1).map(|row| row.iter().map(text).collect()).collect()
}

#[test]
fn a_filled_blank_says_the_same_with_any_number_of_unions_and_its_dummies_are_gone() {
    for (unions, reserved) in [(0, 9), (1, 9), (9, 9), (10, 9), (300, 9), (5, 20)] {
        let desk = Desk::new();
        desk.store
            .write(Step::new("建会"), |tx| {
                (0..unions).try_for_each(|n| {
                    let named = Unit::named(format!("T-{n:03}"), format!("第{n}厂工会"), UnitLevel::Grassroots, Some(desk.town));
                    let unit = Unit { union_code: (n % 2 == 0).then(|| credit(n)), division: Some("469007".into()), ..named };
                    open(tx, &unit).map(|_| ())
                })
            })
            .expect("unions");
        let (out, rows) = desk.fill(Some(desk.town), reserved);
        assert_eq!(rows, u64::from(unions) + 1, "the town and all below it, {unions} of them");
        let cells = cells(&out);
        let last = cells.last().expect("the note row");
        assert!(last[0].starts_with("填表说明"), "the note is the last row where upstream looks for it: {last:?}");
        assert_eq!(cells.len() as u64, rows + 1, "and nothing stands between it and the unions");
        assert!(!cells.iter().flat_map(|row| row.iter().skip(1)).any(|cell| cell == "11"), "none of the blank's dummies is left");
        let seen = desk.look(&out);
        assert_eq!((seen.counts.rows, seen.counts.same), (rows, rows), "{unions}: {:?} {:?}", seen.samples, seen.faults);
        assert!(seen.faults.is_empty(), "and nothing is doubtful: {:?}", seen.faults);
    }
}

#[test]
fn what_goes_out_is_spelt_as_the_blank_spells_it() {
    let desk = Desk::new();
    let unit = Unit {
        industry: Some(Term::new("T")),
        nature: Some(Term::new("association")),
        economy: Some(Term::new("other")),
        kind: Some(Term::new("federation_region")),
        division: Some("469007100".into()),
        opened: Some(day("2011-02-03")),
        ..Unit::named("X", "东方片区工会联合会", UnitLevel::Grassroots, Some(desk.town))
    };
    desk.store.write(Step::new("建会"), |tx| open(tx, &unit)).expect("a union");
    let out = desk.fill(Some(unit_id(&desk, "东方片区工会联合会")), 9).0;
    let row = &cells(&out)[0];
    let told: Vec<&str> = [4, 5, 6, 7, 11, 12, 13].map(|at| row[at].as_str()).to_vec();
    let wanted = ["东方市 ", "社会团体", "其他经济类", "其它", "第T工会", "2011/02/03", "工会联合会"];
    assert_eq!(told, wanted, "to the letter, the blank at the end of 东方市 included");
    let seen = desk.look(&out);
    assert_eq!(seen.counts.same, 1, "a coarser word wipes out no finer one: {:?}", seen.samples);
}

fn unit_id(desk: &Desk, name: &str) -> Id<Unit> {
    desk.unit(name).id
}

#[test]
fn new_unions_get_level_code_and_place_whatever_their_order_and_one_undo_takes_all_back() {
    let desk = Desk::new();
    let before = dump(&desk.store);
    let sheet = desk.sheet(&[
        row(&[("工会名称", "甲厂工会"), ("上级工会", "甲片区工会联合会"), ("基层工会类型", "独立基层工会"), ("职工人数", "120")]),
        row(&[("工会名称", "甲片区工会联合会"), ("上级工会", "甲街道总工会"), ("基层工会类型", "工会联合会")]),
        row(&[
            ("工会名称", "甲街道总工会"),
            ("上级工会", "第C工会"),
            ("基层工会类型", "总工会"),
            ("工会法人", &credit(7)),
            ("建会日期", "2012/05/01"),
            ("单位所在政区", "东方市"),
            ("单位所属行业", "环境和公共设施管理业"),
        ]),
    ]);
    let seen = desk.look(&sheet);
    assert_eq!((seen.counts.new, seen.counts.faulty), (3, 0), "all three are fit: {:?}", seen.faults);
    assert_eq!(dump(&desk.store), before, "looking writes nothing");
    assert_eq!(desk.take(&sheet, Choice::Skip), 3, "all three are taken");
    let [plant, area, town] = ["甲厂工会", "甲片区工会联合会", "甲街道总工会"].map(|name| desk.unit(name));
    assert_eq!(
        (town.code.as_str(), town.level, town.parent),
        (credit(7).as_str(), UnitLevel::Town, Some(desk.county)),
        "by its credit code"
    );
    assert_eq!((town.division.as_deref(), town.industry.clone()), (Some("469007"), Some(Term::new("N"))), "in our codes");
    let fresh = (format!("{}-01", credit(7)), UnitLevel::Grassroots, Some(town.id));
    assert_eq!((area.code.clone(), area.level, area.parent), fresh, "a code under the one above, which came last");
    let fresh = (format!("{}-01-01", credit(7)), UnitLevel::Grassroots, Some(area.id));
    assert_eq!((plant.code.clone(), plant.level, plant.parent), fresh, "and under that");
    assert_eq!(desk.counts("甲厂工会"), [("2026-10-31".to_owned(), 120)], "counted on the day of filling in");
    let again = desk.look(&sheet);
    assert_eq!((again.counts.same, again.counts.rows), (3, 3), "the same sheet again says the same: {:?}", again.samples);
    desk.store.undo(None).expect("one undo");
    assert_eq!(dump(&desk.store), before, "takes all of it back");
    desk.store.redo().expect("and it can be done again");
    assert_eq!(desk.unit("甲厂工会").parent, Some(area.id), "with the same unions under one another");
}

#[test]
fn a_union_is_known_by_its_credit_code_before_its_name_and_what_differs_is_told() {
    let desk = Desk::new();
    let known = Unit { union_code: Some(credit(1)), ..Unit::named("A", "甲厂工会", UnitLevel::Grassroots, Some(desk.town)) };
    let named = Unit::named("B", "乙厂工会", UnitLevel::Grassroots, Some(desk.town));
    let ids = desk.store.write(Step::new("建会"), |tx| Ok([open(tx, &known)?, open(tx, &named)?])).expect("unions").value;
    let count = count_of(ids[1], "2026-03-31", 50);
    desk.store.write(Step::new("登记职工人数"), |tx| count_staff(tx, &count)).expect("counted");
    let sheet = desk.sheet(&[
        row(&[("工会名称", "甲集团工会"), ("上级工会", "第T工会"), ("工会法人", &credit(1))]),
        row(&[("工会名称", " 乙厂工会　"), ("上级工会", "第T工会"), ("工会法人", &credit(2)), ("职工人数", "51"), ("会员人数", "3")]),
    ]);
    let seen = desk.look(&sheet);
    assert_eq!((seen.counts.changed, seen.counts.warned), (2, 1), "both are known: {:?}", seen.faults);
    let told: Vec<_> =
        seen.samples.iter().flat_map(|sample| &sample.differences).map(|d| (d.label, d.before.as_str(), d.after.as_str())).collect();
    let credit_now = credit(2);
    let wanted = [
        ("工会名称", "甲厂工会", "甲集团工会"),
        ("工会统一社会信用代码", "", credit_now.as_str()),
        ("职工人数", "50（2026-03-31）", "51（2026-10-31）"),
    ];
    assert_eq!(told, wanted, "side by side");
    let notice = serde_json::to_string(&seen.faults).expect("json");
    assert!(notice.contains("表里是 3 人，台账里是 0 人") && notice.contains("warning"), "members are compared, not taken: {notice}");
    desk.take(&sheet, Choice::Skip);
    assert_eq!(desk.unit("甲集团工会").code, "A", "the code of our own stays");
    assert_eq!(
        desk.counts("乙厂工会"),
        [("2026-03-31".to_owned(), 50), ("2026-10-31".to_owned(), 51)],
        "both counts stand, each of its day"
    );
}

fn count_of(unit: Id<Unit>, on: &str, staff: i64) -> Headcount {
    let entered = unionbook_core::record::Entered(0);
    Headcount {
        id: Id::NEW,
        unit,
        day: day(on),
        staff,
        women: None,
        migrants: None,
        new_employment: None,
        full_time: None,
        part_time: None,
        entered,
    }
}

#[test]
fn another_union_above_is_the_clerks_choice() {
    let desk = Desk::new();
    let other = found(&desk.store, "D", UnitLevel::Town, Some(desk.county));
    let plant = found(&desk.store, "P", UnitLevel::Grassroots, Some(desk.town));
    let unit = Unit { union_code: Some(credit(1)), ..desk.store.read(|db| db.get(plant)).expect("it") };
    desk.store.write(Step::new("修改"), |tx| tx.save(&unit)).expect("its credit code");
    let sheet =
        desk.sheet(&[row(&[("工会名称", "第P工会"), ("上级工会", "第D工会"), ("工会法人", &credit(1)), ("联系电话", "0898-12345678")])]);
    let seen = desk.look(&sheet);
    assert_eq!(seen.counts.conflicting, 1, "it is asked about: {:?}", seen.faults);
    assert_eq!(desk.take(&sheet, Choice::Skip), 0, "nothing is done unasked");
    desk.take(&sheet, Choice::Update);
    let now = desk.unit("第P工会");
    assert_eq!((now.parent, now.phone.as_deref()), (Some(desk.town), Some("0898-12345678")), "the rest without the move");
    desk.take(&sheet, Choice::Transfer);
    assert_eq!(desk.unit("第P工会").parent, Some(other), "or with it");
    let moves = desk.store.read(|db| db.select::<UnitMove>("", [])).expect("moves");
    assert_eq!(
        moves.iter().map(|noted| noted.day).collect::<Vec<_>>(),
        [day("2026-10-31")],
        "noted in the ledger, on the day of filling in"
    );
    assert_eq!(desk.look(&sheet).counts.same, 1, "and then it says the same");
}

/// Gives a union a credit code by which sheets find it.
fn known_by(desk: &Desk, id: Id<Unit>, n: u32) {
    let unit = Unit { union_code: Some(credit(n)), ..desk.store.read(|db| db.get(id)).expect("it") };
    desk.store.write(Step::new("修改"), |tx| tx.save(&unit)).expect("its credit code");
}

fn under(name: &str, n: u32, above: &str) -> String {
    row(&[("工会名称", name), ("上级工会", above), ("工会法人", &credit(n))])
}

#[test]
fn moves_are_made_from_the_top_whatever_their_order_and_never_in_a_circle() {
    let desk = Desk::new();
    let x = found(&desk.store, "X", UnitLevel::Grassroots, Some(desk.town));
    let y = found(&desk.store, "Y", UnitLevel::Grassroots, Some(x));
    known_by(&desk, x, 1);
    known_by(&desk, y, 2);
    let circle = desk.sheet(&[under("第X工会", 1, "第Y工会"), under("第Y工会", 2, "第X工会")]);
    let seen = desk.look(&circle);
    assert_eq!((seen.counts.faulty, seen.counts.same), (1, 1), "round in a circle: {:?}", seen.faults);
    let swap = desk.sheet(&[under("第X工会", 1, "第Y工会"), under("第Y工会", 2, "第C工会")]);
    assert_eq!(desk.look(&swap).counts.conflicting, 2, "{:?}", desk.look(&swap).faults);
    desk.take(&swap, Choice::Transfer);
    assert_eq!((desk.unit("第X工会").parent, desk.unit("第Y工会").parent), (Some(y), Some(desk.county)), "changed places");
}

#[test]
fn no_union_comes_under_a_closed_one_or_one_of_a_lower_level() {
    let desk = Desk::new();
    let gone = found(&desk.store, "G", UnitLevel::Town, Some(desk.county));
    let plant = found(&desk.store, "P", UnitLevel::Grassroots, Some(desk.town));
    let town = desk.town;
    found(&desk.store, "Q", UnitLevel::Grassroots, Some(desk.county));
    known_by(&desk, gone, 1);
    known_by(&desk, plant, 2);
    known_by(&desk, town, 3);
    let act = Close { unit: gone, day: day("2026-05-01"), merged_into: None };
    desk.store.write(Step::new("撤销工会"), |tx| units::close(tx, &act)).expect("closed");
    let name = desk.store.read(|db| db.get(town)).expect("it").name;
    let rows = [under("第P工会", 2, &credit(1)), under("新工会", 4, &credit(1)), under(&name, 3, "第Q工会")];
    let seen = desk.look(&desk.sheet(&rows));
    let said: Vec<&str> = seen.faults.iter().flat_map(|row| &row.faults).map(|fault| fault.message.as_str()).collect();
    assert_eq!(seen.counts.faulty, 3, "{said:?}");
    assert_eq!(said.iter().filter(|said| said.contains("已经撤销")).count(), 2, "{said:?}");
    assert_eq!(said.iter().filter(|said| said.contains("层级比")).count(), 1, "{said:?}");
    let under_it = desk.look_in(&desk.sheet(&[row(&[("工会名称", "新工会")])]), Some(gone));
    assert_eq!(under_it.counts.faulty, 1, "nor where the whole sheet goes under it");
}

#[test]
fn the_offices_own_union_stands_under_one_that_is_not_in_the_file() {
    let desk = Desk::new();
    let sheet = desk.sheet(&[row(&[("工会名称", "第C工会"), ("上级工会", "某市总工会"), ("基层工会类型", "总工会")])]);
    let seen = desk.look(&sheet);
    assert_eq!((seen.counts.changed, seen.counts.warned), (1, 1), "it is the topmost one: {:?}", seen.faults);
    desk.take(&sheet, Choice::Skip);
    assert_eq!(desk.unit("第C工会").parent, None, "and stays so");
}

#[test]
fn our_own_sheet_of_unions_comes_back_too() {
    let desk = Desk::new();
    found(&desk.store, "G", UnitLevel::Branch, Some(desk.town));
    let out = desk.path("工会组织.xlsx");
    let rows = dispatch(&desk.store, "sheet.export", json!({ "record": "unit", "path": out })).expect("exported");
    assert_eq!(rows, json!(3), "branches stand in our own sheets");
    let seen = dispatch(&desk.store, "sheet.preview", json!({ "record": "unit", "path": out })).expect("a preview");
    assert_eq!(seen["counts"]["same"], json!(3), "it says what is known: {seen}");
    let fresh = Desk { town: desk.town, ..Desk::new() };
    let taken = dispatch(&fresh.store, "sheet.preview", json!({ "record": "unit", "path": out })).expect("a preview");
    assert_eq!(taken["counts"]["faulty"], json!(0), "another office can read it: {taken}");
}
