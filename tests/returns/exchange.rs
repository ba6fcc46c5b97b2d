//! Three levels: forty grass-roots offices, four towns, a county, each with a file of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::store::{Access, Now, Secret, Store};

use super::{at, value, view};
use crate::full_office::call;
use crate::world::{PASSWORD, World};

const PERIOD: &str = "2026-10";
const TOWNS: usize = 4;
const OFFICES: usize = 10;

/// An office with a file of its own.
struct Office {
    world: World,
    store: Store,
    unit: i64,
    code: String,
}

fn code(town: usize, office: Option<usize>) -> String {
    office.map_or_else(|| format!("T{town}"), |office| format!("T{town}G{office}"))
}

fn unit(code: &str, level: &str, parent: Option<i64>) -> Json {
    json!({ "code": code, "name": format!("{code}工会"), "level": level, "parent": parent, "opened": "2020-01-01" })
}

impl Office {
    fn new(code: String, level: &str) -> Self {
        let world = World::new();
        let store = world.create();
        let unit = call(&store, "units.open", unit(&code, level, None))["value"].as_i64().expect("an id");
        Self { world, store, unit, code }
    }

    fn below(&self, code: &str, level: &str, parent: i64) -> i64 {
        call(&self.store, "units.open", unit(code, level, Some(parent)))["value"].as_i64().expect("an id")
    }

    /// Takes so many people in on a day of October.
    fn join(&self, from: usize, many: usize) {
        for at in from..from + many {
            let person = call(&self.store, "record.save", json!({ "record": "person", "values": { "name": format!("会员{at}") } }));
            let person = person["value"]["id"].clone();
            call(&self.store, "members.join", json!({ "person": person, "unit": self.unit, "day": "2026-10-15" }));
        }
    }

    fn card(&self, of: &Self) {
        let path = self.world.folder.path().join(format!("{}.unionbook-card", of.code));
        call(&of.store, "card.own", json!({ "path": path }));
        let looked = call(&self.store, "card.look", json!({ "path": path }));
        let added = call(&self.store, "card.add", json!({ "path": path }))["value"].clone();
        assert_eq!(looked, added, "what was compared before is what is taken in");
    }

    fn compute(&self) -> Json {
        call(&self.store, "return.compute", json!({ "task": "members", "unit": self.unit, "period": PERIOD }))["value"].clone()
    }

    fn consolidate(&self) -> Json {
        call(&self.store, "return.consolidate", json!({ "task": "members", "unit": self.unit, "period": PERIOD }))["value"].clone()
    }

    #[track_caller]
    fn send(&self, id: &Json, path: &Path) {
        let audit = call(&self.store, "return.audit", json!({ "id": id }));
        assert_eq!(audit["value"]["passed"], true, "{} may send: {audit}", self.code);
        call(&self.store, "return.send", json!({ "id": id, "path": path }));
    }

    fn receive(&self, path: &Path) -> Vec<Json> {
        let told = call(&self.store, "return.receive", json!({ "paths": [path], "take": true }));
        told["value"].as_array().expect("a list").clone()
    }

    fn nodes(&self) -> Json {
        call(&self.store, "return.nodes", json!({ "task": "members", "period": PERIOD }))
    }

    /// Opens the file again on a later day.
    fn on(mut self, day: &str) -> Self {
        let today: NaiveDate = day.parse().expect("a day");
        let now = Now { at: 1_794_200_000, today };
        let access = Access { clock: Arc::new(move || now), ..self.world.access() };
        drop(self.store);
        self.store = Store::open(&self.world.file(), &Secret::Password(PASSWORD.into()), access).expect("the file opens");
        self
    }
}

/// How many members an office took in.
fn members(town: usize, office: usize) -> usize {
    1 + (town + office) % 3
}

struct Exchange {
    county: Office,
    towns: Vec<Office>,
    offices: Vec<Vec<Office>>,
}

impl Exchange {
    fn new() -> Self {
        let county = Office::new("C".into(), "county");
        let (mut towns, mut offices) = (Vec::new(), Vec::new());
        for at in 0..TOWNS {
            let town = Office::new(code(at, None), "town");
            let above = county.below(&town.code, "town", county.unit);
            county.card(&town);
            let below = (0..OFFICES).map(|office| {
                let made = Office::new(code(at, Some(office)), "grassroots");
                town.below(&made.code, "grassroots", town.unit);
                county.below(&made.code, "grassroots", above);
                made.join(0, members(at, office));
                town.card(&made);
                made
            });
            let below = below.collect();
            offices.push(below);
            towns.push(town);
        }
        Self { county, towns, offices }
    }

    fn mail(&self, town: usize) -> PathBuf {
        let folder = self.towns[town].world.folder.path().join("收件");
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn expected(&self) -> usize {
        (0..TOWNS).flat_map(|town| (0..OFFICES).map(move |office| members(town, office))).sum()
    }
}

fn states(told: &[Json]) -> Vec<(&str, &str)> {
    told.iter()
        .map(|file| (file["file"].as_str().expect("a name"), file["state"].as_str().expect("a word")))
        .filter(|(_, state)| *state != "taken")
        .collect()
}

/// A workbook as an office without the product fills it in: another sheet name, all rows moved down, numbers as text.
fn plain(path: &Path, office: &Office, seen: &Json) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let labels = [
        "期末台账会员数",
        "本期入会",
        "本期转入",
        "本期转出",
        "本期退会",
        "本期除名",
        "女会员",
        "农民工会员",
        "新就业形态会员",
        "工会组织数",
        "收缴会费（元）",
    ];
    let sheet = book.add_worksheet();
    sheet.set_name("工作表1").expect("a name");
    sheet.write(0, 0, "基层工会组织和会员月报").expect("a title");
    sheet.write(3, 0, format!("填报单位：{}工会", office.code)).expect("a line");
    sheet.write(3, 3, "报告期：2026年10月").expect("a line");
    for (at, word) in ["指标名称", "计量单位", "行次", "本期"].iter().enumerate() {
        sheet.write(5, at as u16, *word).expect("a heading");
    }
    let cells = seen["task"]["tables"][0]["cells"].as_array().expect("cells");
    for (at, cell) in cells.iter().filter(|cell| cell["kind"] != "text").enumerate() {
        let row = 7 + at as u32;
        let label = cell["label"].as_str().expect("a label");
        sheet.write(row, 0, label).expect("a label");
        sheet.write(row, 3, value(seen, label).as_i64().unwrap_or(0).to_string()).expect("a number as text");
    }
    let sheet = book.add_worksheet();
    sheet.set_name("分单位").expect("a name");
    sheet.write(0, 0, "分单位").expect("a title");
    for (at, word) in ["序号", "工会名称"].iter().chain(labels.iter()).enumerate() {
        sheet.write(4, at as u16, *word).expect("a heading");
    }
    let line = seen["content"]["values"]["sheets"][1]["lines"][0]["values"].as_array().expect("a row");
    for (at, cell) in line.iter().enumerate() {
        match cell.as_str() {
            Some(text) => sheet.write(5, at as u16, text).expect("a text"),
            None => sheet.write(5, at as u16, cell.as_f64().unwrap_or(0.0)).expect("a number"),
        };
    }
    book.save(path).expect("a file");
}

#[test]
fn forty_offices_four_towns_and_a_county_come_to_the_same_sum_and_a_correction_flows_up() {
    let mut all = Exchange::new();
    // Every office sends; one file is tampered with, one comes late, one is no sealed file at all.
    for town in 0..TOWNS {
        for office in &all.offices[town] {
            let id = office.compute();
            let path = all.mail(town).join(format!("{}.xlsx", office.code));
            if (town, office.code.as_str()) == (1, "T1G7") {
                plain(&path, office, &view(&office.store, &id));
                continue;
            }
            office.send(&id, &path);
        }
    }
    let tampered = all.mail(0).join("T0G3.xlsx");
    let whole = std::fs::read(&tampered).expect("the file");
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&tampered, &bytes).expect("the file");
    let late = all.mail(2).join("T2G5.xlsx");
    let waiting = late.with_extension("later");
    std::fs::rename(&late, &waiting).expect("it waits");

    // The towns receive, look and mend.
    for town in 0..TOWNS {
        let told = all.towns[town].receive(&all.mail(town));
        match town {
            0 => assert_eq!(states(&told), [("T0G3.xlsx", "quarantined")], "the tampered file alone is kept apart"),
            1 => {
                assert_eq!(states(&told), [("T1G7.xlsx", "to_look")], "the plain workbook is to be looked at: {told:?}");
                let id = told.iter().find(|file| file["state"] == "to_look").expect("the plain one")["id"].clone();
                call(&all.towns[town].store, "return.take", json!({ "ids": [id] }));
            }
            _ => assert_eq!(states(&told), [], "nothing is wrong in town {town}: {told:?}"),
        }
    }
    std::fs::write(&tampered, &whole).expect("sent once more");
    let told = all.towns[0].receive(&all.mail(0));
    let taken = told.iter().filter(|file| file["state"] == "taken").count();
    assert_eq!(
        (taken, told.iter().filter(|file| file["state"] == "passed_over").count()),
        (1, OFFICES - 1),
        "the others are known already"
    );
    let board = |office: &Office| call(&office.store, "return.board", json!({ "task": "members", "unit": office.unit, "period": PERIOD }));
    assert_eq!(board(&all.towns[2])["sent"], OFFICES - 1, "one is missing");
    std::fs::rename(&waiting, &late).expect("it comes");
    let town = all.towns.remove(2).on("2026-11-09");
    all.towns.insert(2, town);
    assert_eq!(states(&all.towns[2].receive(&late)), [], "a late file is taken");
    assert_eq!(
        (board(&all.towns[2])["sent"].clone(), board(&all.towns[2])["late"].clone()),
        (json!(OFFICES), json!(1)),
        "and noted as late"
    );

    // The towns consolidate and send; the county adds up.
    let mail = all.county.world.folder.path().join("收件");
    std::fs::create_dir_all(&mail).expect("a folder");
    let mut sums = Vec::new();
    for town in &all.towns {
        let done = town.consolidate();
        assert_eq!((done["parts"].clone(), done["missing"].clone()), (json!(OFFICES), json!([])), "{} has all", town.code);
        town.send(&done["id"], &mail.join(format!("{}.xlsx", town.code)));
        sums.push(done["id"].clone());
    }
    assert_eq!(states(&all.county.receive(&mail)), [], "the county takes all four");
    let sum = all.county.consolidate()["id"].clone();
    let seen = view(&all.county.store, &sum);
    assert_eq!(value(&seen, "本期入会"), all.expected(), "an independent sum of who joined");
    assert_eq!(value(&seen, "期末会员数"), all.expected(), "and of who is there");
    assert_eq!(value(&seen, "期末工会组织数"), 1 + TOWNS + TOWNS * OFFICES, "the offices, the towns and the county itself");
    assert_eq!(all.county.nodes(), json!([]), "节点检查 is clean");

    // A correction from below goes up as a version.
    let office = &all.offices[3][4];
    office.join(100, 2);
    let first = call(&office.store, "return.find", json!({ "task": "members", "unit": office.unit, "period": PERIOD }));
    let next = call(&office.store, "return.correct", json!({ "id": first, "reason": "漏录10月15日入会的2人" }))["value"].clone();
    office.compute();
    let path = all.mail(3).join("更正.xlsx");
    office.send(&next, &path);
    let town = &all.towns[3];
    let told = town.receive(&path);
    assert_eq!(states(&told), [], "the correction is taken: {told:?}");
    let joined = at(&seen, "本期入会");
    assert!(told[0]["compared"].as_array().expect("a list").iter().any(|cell| cell["at"] == joined.as_str()), "and compared: {told:?}");
    let off = town.nodes();
    assert_eq!(off[0]["changed"], json!(["T3G4工会"]), "the town's sum no longer equals its parts: {off}");
    let corrected = call(&town.store, "return.correct", json!({ "id": sums[3], "reason": "T3G4 更正：漏录入会2人" }))["value"].clone();
    assert_eq!(town.consolidate()["id"], corrected, "the sum is made anew in the next version");
    assert_eq!(town.nodes(), json!([]), "and equals its parts again");
    town.send(&corrected, &mail.join("T3更正.xlsx"));
    assert_eq!(states(&all.county.receive(&mail.join("T3更正.xlsx"))), [], "the county takes the correction");
    assert_ne!(all.county.nodes(), json!([]), "and sees that its sum is of an older version");
    let sum = all.county.consolidate()["id"].clone();
    assert_eq!(value(&view(&all.county.store, &sum), "本期入会"), all.expected() + 2, "two more");
    assert_eq!(all.county.nodes(), json!([]), "节点检查 is clean again");
}

#[test]
fn a_returned_file_tells_its_sender_why() {
    let (town, office) = (Office::new("T".into(), "town"), Office::new("G".into(), "grassroots"));
    town.below("G", "grassroots", town.unit);
    office.join(0, 1);
    let path = town.world.folder.path().join("G.xlsx");
    office.send(&office.compute(), &path);
    let told = town.receive(&path);
    assert!(told[0]["notes"].to_string().contains("通讯卡"), "without a card nobody knows who sealed it: {told:?}");
    town.card(&office);
    let told = call(&town.store, "return.receive", json!({ "paths": [path] }))["value"][0].clone();
    assert_eq!(told["state"], "clean", "with the card it may be taken: {told}");
    let receipt = town.world.folder.path().join("回执.xlsx");
    let reasons = json!([{ "place": "表1!D7", "reason": "入会人数与花名册不符，请核对。" }]);
    call(&town.store, "return.answer", json!({ "id": told["id"], "refuse": true, "reasons": reasons, "path": receipt }));
    let told = office.receive(&receipt);
    assert_eq!(told[0]["state"], "returned", "the sender reads it: {told:?}");
    let id = call(&office.store, "return.find", json!({ "task": "members", "unit": office.unit, "period": PERIOD }));
    let seen = view(&office.store, &id);
    assert_eq!(seen["state"], "refused", "the return is marked");
    assert!(seen["reason"].as_str().expect("a reason").contains("花名册"), "with the reason: {seen}");
    assert!(town.receive(&path)[0]["state"] != "quarantined", "the same file may come again");
}

#[test]
fn another_signing_key_is_a_stranger_until_its_card_came_and_what_was_for_the_old_one_still_opens() {
    let (town, office) = (Office::new("T".into(), "town"), Office::new("G".into(), "grassroots"));
    town.below("G", "grassroots", town.unit);
    office.join(0, 1);
    town.card(&office);
    office.card(&town);
    let listed = call(&office.store, "record.list", json!({ "record": "correspondent" }))["rows"].clone();
    let card = listed.as_array().expect("rows").iter().find(|card| card["code"] == "T").expect("the town's card")["id"].clone();
    let (id, path) = (office.compute(), town.world.folder.path().join("G.xlsx.age"));
    call(&office.store, "return.audit", json!({ "id": id }));
    call(&office.store, "return.send", json!({ "id": id, "path": path, "to": [card] }));

    let before = call(&town.store, "card.own", json!({}));
    let after = call(&town.store, "card.renew", json!({}))["value"].clone();
    assert_ne!(before["fingerprint"], after["fingerprint"], "another key has another fingerprint");
    assert_eq!(call(&town.store, "card.own", json!({})), after, "and is the one in use");
    let told = town.receive(&path);
    assert_eq!(states(&told), [], "what was encrypted for the old card is opened: {told:?}");

    let renewed = call(&office.store, "card.renew", json!({}))["step"].as_i64().expect("a step");
    assert!(office.store.undo(Some(renewed)).is_err(), "a key that was given up does not come back");
    let next = call(&office.store, "return.correct", json!({ "id": id, "reason": "漏录10月15日入会的1人" }))["value"].clone();
    office.compute();
    let path = town.world.folder.path().join("更正.xlsx");
    office.send(&next, &path);
    let told = town.receive(&path);
    assert_eq!(states(&told), [("更正.xlsx", "quarantined")], "nobody above knows the new key yet");
    assert!(told[0]["notes"].to_string().contains("通讯卡"), "and is told what to do: {told:?}");
    town.card(&office);
    assert_eq!(states(&town.receive(&path)), [], "with the new card it is taken");

    let steps = call(&office.store, "step.timeline", json!({ "limit": 20 })).to_string();
    assert!(steps.contains("更换签名钥匙") && !steps.contains("UBKEY"), "the journal says it, without the keys: {steps}");

    let cards = call(&town.store, "record.list", json!({ "record": "correspondent", "filters": [] }))["rows"].clone();
    let cards: Vec<&Json> = cards.as_array().expect("rows").iter().filter(|card| card["code"] == "G").collect();
    assert_eq!(cards.len(), 2, "the old card and the new one");
    for card in cards {
        call(&town.store, "card.remove", json!({ "fingerprint": card["fingerprint"] }));
    }
    office.join(1, 1);
    let next = call(&office.store, "return.correct", json!({ "id": next, "reason": "漏录10月16日入会的1人" }))["value"].clone();
    office.compute();
    let path = town.world.folder.path().join("再更正.xlsx");
    office.send(&next, &path);
    assert_eq!(states(&town.receive(&path)), [("再更正.xlsx", "quarantined")], "a card that is trusted no longer counts for nothing");
    let refused =
        dispatch(&town.store, "card.remove", json!({ "fingerprint": after["fingerprint"] })).map(drop).expect_err("its own").to_string();
    assert!(refused.contains("正在用"), "{refused}");
}
