//! The people's own rights in their data: consent, retention, blocking, erasure, all of it in one workbook.

mod backups;
mod erasure;

use serde_json::{Value as Json, json};
use unionbook_core::Error;
use unionbook_core::api::dispatch;
use unionbook_core::privacy::{Counted, RetentionRule};
use unionbook_core::record::{Id, Term};
use unionbook_core::store::{Role, Store};

use crate::accounts::{add, open_as};
use crate::full_office::{FullOffice, call, id_number_of};
use crate::office_tools::openpyxl;
use crate::stations::wrong;
use crate::units::day;
use crate::world::World;

/// The office, with somebody who left it in 2020 and may be erased by now.
pub(super) struct Office {
    pub world: World,
    pub store: Store,
    pub office: FullOffice,
    /// Who left long ago.
    pub old: i64,
}

/// What nobody else is called, has or wrote.
pub(super) const NAME: &str = "鼂䴙瓛";
pub(super) const PHONE: &str = "13987654321";
pub(super) const STREET: &str = "槐荫里甲七十七号";

impl Office {
    pub fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let office = FullOffice::enter(&store);
        let person = json!({ "name": NAME, "id_number": number(), "phone": PHONE, "address": STREET, "note": "患病，家属电话13711112222" });
        let old = call(&store, "record.save", json!({ "record": "person", "values": person }))["value"]["id"].as_i64().expect("an id");
        let join =
            json!({ "person": old, "unit": office.id("a"), "day": "2015-03-02", "card_number": "KA-990017", "work_number": "GH-7788" });
        let member = call(&store, "members.join", join)["value"].clone();
        call(&store, "members.leave", json!({ "member": member, "day": "2020-06-01", "reason": "own_request", "note": "随子女迁往外地" }));
        Self { world, store, office, old }
    }

    pub fn block(&self, person: i64) -> Json {
        call(&self.store, "privacy.block", json!({ "person": person, "day": "2026-10-30", "ground": "asked", "note": "来信要求" }))
    }

    pub fn listed(&self, record: &str, more: Json) -> Vec<Json> {
        let mut ask = json!({ "record": record, "limit": 1000 });
        ask.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        call(&self.store, "record.list", ask)["rows"].as_array().expect("rows").clone()
    }

    pub fn refused(&self, command: &str, payload: Json) -> (String, String) {
        match dispatch(&self.store, command, payload) {
            Err(Error::Refused(said)) => (said.message, said.hint),
            other => panic!("{command} is refused: {other:?}"),
        }
    }
}

pub(super) fn number() -> String {
    crate::people::number("1970-03-07", 1)
}

fn faults(store: &Store, values: Json) -> String {
    match dispatch(store, "record.save", json!({ "record": "consent", "values": values })) {
        Ok(_) => String::new(),
        Err(Error::Faults(faults)) => faults.0.iter().map(|fault| format!("{}：{}。", fault.label, fault.message)).collect(),
        Err(other) => panic!("taken or faulty: {other:?}"),
    }
}

#[test]
fn a_child_consents_by_a_guardian_and_sensitive_data_need_a_consent_of_their_own() {
    let Office { store, office, world: _world, .. } = Office::new();
    let child = json!({ "name": "小明", "birth": "2015-05-05" });
    let child = call(&store, "record.save", json!({ "record": "person", "values": child }))["value"]["id"].clone();
    let consent = |person: &Json, more: Json| {
        let mut values = json!({ "person": person, "purpose": "暑托班", "scope": "plain", "given": "2026-06-01", "form": "written" });
        values.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        faults(&store, values)
    };
    assert!(consent(&child, json!({})).contains("不满十四周岁"), "a child's consent is of the third kind");
    let alone = json!({ "scope": "minor", "separate": true });
    assert!(consent(&child, alone).contains("应当由监护人同意"), "and not the child's own");
    let guarded = json!({ "scope": "minor", "separate": true, "guardian": "赵父", "relation": "父亲" });
    assert_eq!(consent(&child, guarded.clone()), "", "a guardian may");
    let grown = json!(office.person("nobody"));
    assert!(consent(&grown, guarded).contains("已满十四周岁"), "of a grown person it is not asked");
    assert!(consent(&grown, json!({ "scope": "sensitive" })).contains("单独同意"), "第二十九条");
    assert_eq!(consent(&grown, json!({ "scope": "sensitive", "separate": true, "purpose": "医疗互助" })), "", "one of its own is taken");
    assert!(consent(&grown, json!({ "guardian": "某" })).contains("一起填"), "whose guardian it is must be said");
    assert!(consent(&grown, json!({ "given": "2027-01-01" })).contains("在今天之后"), "nobody has consented tomorrow");
    assert!(consent(&grown, json!({ "withdrawn": "2026-05-01" })).contains("之间"), "nor withdrawn before");
}

#[test]
fn the_years_of_a_rule_count_from_the_end_or_from_the_end_of_its_year() {
    let rule = |counted| RetentionRule {
        id: Id::NEW,
        kind: Term::new("member"),
        years: 2,
        counted,
        source: "文".into(),
        from_day: day("2020-01-01"),
    };
    assert_eq!(rule(Counted::End).until(day("2024-02-29")), day("2026-02-28"), "a day that a year has not");
    assert_eq!(rule(Counted::YearEnd).until(day("2024-02-29")), day("2026-12-31"), "the whole year first");
}

#[test]
fn the_review_names_who_need_not_be_kept_with_the_rule_and_follows_the_rules_of_the_day() {
    let Office { store, old, office, world: _world } = Office::new();
    let review = |day: &str| call(&store, "privacy.review", json!({ "day": day }));
    let found = review("2026-11-01");
    assert_eq!((&found["total"], &found["due"][0]["person"]), (&json!(1), &json!(old)), "one who left in 2020: {found}");
    let last = &found["due"][0]["last"];
    assert_eq!((&last["kind"], &last["ended"], &last["until"]), (&json!("会籍"), &json!("2020-06-01"), &json!("2022-06-01")), "and why");
    assert!(last["source"].as_str().is_some_and(|source| source.contains("统计法实施条例")), "by which rule: {last}");
    assert_eq!(call(&store, "privacy.due", json!({}))["people"], 1, "the first page counts the same");
    assert_eq!(review("2022-05-31")["total"], 0, "the day before it was not over");
    let people: Vec<_> = review("2028-06-02")["due"].as_array().expect("lines").iter().map(|line| line["person"].clone()).collect();
    assert!(people.contains(&json!(office.person("left"))), "who left in 2026 is due two years later");
    assert!(!people.contains(&json!(office.person("active"))), "who is a member never is");
    let rule = json!({ "kind": "member", "years": 10, "counted": "end", "source": "本会规定", "from_day": "2026-01-01" });
    call(&store, "record.save", json!({ "record": "retention_rule", "values": rule }));
    assert_eq!(review("2026-11-01")["total"], 0, "by the longer rule nobody is");
}

#[test]
fn a_blocked_person_is_in_no_list_search_or_export_is_not_changed_or_shown_and_still_counts() {
    let it = Office::new();
    let left = it.office.person("left");
    let book = || call(&it.store, "monthly.book", json!({ "unit": it.office.id("town"), "period": "2026-10" }));
    let before = (book(), call(&it.store, "home.today", json!({}))["figures"].clone());
    // The vectors of whole lists are kept; they must be made anew.
    let all = it.listed("member", json!({ "at": 0 })).len();
    let written = it.block(left);
    assert!(written["tables"].as_array().is_some_and(|tables| tables.contains(&json!("change"))), "the screen renews all of theirs");
    for (record, field) in [("person", "id"), ("member", "person"), ("change", "member"), ("consent", "person")] {
        let theirs = if field == "member" { it.office.id("left") } else { left };
        for way in [json!({}), json!({ "at": 0 }), json!({ "filters": [{ "field": "id", "op": "not_empty" }] })] {
            let hit = it.listed(record, way.clone()).into_iter().filter(|row| row[field] == theirs).count();
            assert_eq!(hit, 0, "{record} does not show them, asked {way}");
        }
    }
    assert_eq!(it.listed("member", json!({ "at": 0 })).len(), all - 1, "one is missing from the kept vector");
    for typed in ["李娜", "ln", &id_number_of("left")] {
        assert_eq!(it.listed("person", json!({ "search": typed })), [] as [Json; 0], "a search for {typed} finds nobody");
    }
    let only: Vec<_> = it.listed("person", json!({ "veiled": true })).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(only, [json!(left)], "asked for, they are shown alone");
    assert_eq!(it.listed("unit", json!({ "veiled": true })).len(), 0, "no union is");
    let path = it.world.folder.path().join("人员.csv");
    call(&it.store, "sheet.export", json!({ "record": "person", "path": path }));
    assert!(!std::fs::read_to_string(&path).expect("text").contains("李娜"), "no export has them");
    for (command, payload) in [
        ("record.save", json!({ "record": "person", "id": left, "values": { "phone": "13800000001" } })),
        ("record.save", json!({ "record": "member", "id": it.office.id("left"), "values": { "note": "改" } })),
        (
            "record.save",
            json!({ "record": "consent", "values": { "person": left, "purpose": "某事", "scope": "plain", "given": "2026-10-31", "form": "oral" } }),
        ),
        ("record.remove", json!({ "record": "person", "ids": [left], "dependants": true })),
        ("people.merge", json!({ "keep": it.office.person("twice"), "gone": left })),
        ("members.join", json!({ "person": left, "unit": it.office.id("a"), "day": "2026-10-31" })),
        ("activities.participants", json!({ "activity": it.office.id("walk"), "add": [left], "remove": [] })),
        ("record.get", json!({ "record": "person", "id": left, "reveal": true })),
        ("record.history", json!({ "record": "member", "id": it.office.id("left"), "reveal": true })),
    ] {
        let (message, hint) = it.refused(command, payload);
        assert!(message.contains("已封存") && hint.contains("解除封存"), "{command}: {message}{hint}");
    }
    assert_eq!((book(), call(&it.store, "home.today", json!({}))["figures"].clone()), before, "what is counted counts them");
    call(&it.store, "privacy.unblock", json!({ "person": left, "day": "2026-11-01", "note": "本人撤回申请" }));
    assert_eq!(it.listed("member", json!({ "at": 0 })).len(), all, "afterwards they are there again");
    assert_eq!(wrong(&it.store), [], "the file is sound");
}

#[test]
fn before_a_blocking_who_is_tied_is_told_in_the_words_of_the_refusal() {
    let it = Office::new();
    let active = it.office.person("active");
    it.block(it.office.person("left"));
    let told = call(&it.store, "privacy.before_block", json!({ "persons": [active, it.old, it.office.person("left")] }));
    let refusal = |person: i64| {
        told["people"].as_array().expect("people").iter().find(|one| one["person"] == person).expect("told")["refused"].clone()
    };
    assert_eq!(refusal(it.old), Json::Null, "nothing ties who left");
    for person in [active, it.office.person("left")] {
        let (message, hint) = it.refused("privacy.block", json!({ "person": person, "day": "2026-10-30", "ground": "asked" }));
        assert_eq!(refusal(person), json!({ "message": message, "hint": hint }), "to the letter");
    }
}

#[test]
fn a_row_of_one_who_is_blocked_says_so_with_since_when_and_why() {
    let it = Office::new();
    let person = it.office.person("left");
    let veiled = |record: &str, id: Json| call(&it.store, "record.get", json!({ "record": record, "id": id }))["veiled"].clone();
    let member = json!(it.office.id("left"));
    assert_eq!((veiled("person", json!(person)), veiled("member", member.clone())), (Json::Null, Json::Null), "in use");
    it.block(person);
    assert_eq!(
        (veiled("person", json!(person)), veiled("member", member)),
        (json!(person), json!(person)),
        "the person and what is theirs"
    );
    assert_eq!(veiled("person", json!(it.old)), Json::Null, "nobody else");
    let blocking = call(&it.store, "privacy.standing", json!({ "person": person }))["blocking"].clone();
    assert_eq!(blocking, json!({ "day": "2026-10-30", "ground": "asked", "note": "来信要求" }), "since when, why, how");
}

#[test]
fn only_whom_nothing_ties_is_blocked_once_and_one_undo_ends_it() {
    let it = Office::new();
    let (message, hint) =
        it.refused("privacy.block", json!({ "person": it.office.person("active"), "day": "2026-10-30", "ground": "asked" }));
    assert!(message.contains("会籍") && hint.contains("退会"), "a member is one: {message}{hint}");
    it.block(it.old);
    let again = it.refused("privacy.block", json!({ "person": it.old, "day": "2026-10-30", "ground": "asked" }));
    assert!(again.0.contains("已经封存"), "once is enough: {again:?}");
    call(&it.store, "step.undo", json!({}));
    assert_eq!(it.listed("person", json!({ "search": NAME })).len(), 1, "the undo lifts it");
    let none = it.refused("privacy.unblock", json!({ "person": it.old, "day": "2026-11-01" }));
    assert!(none.0.contains("没有封存"), "there is nothing to end: {none:?}");
}

#[test]
fn the_review_tells_who_is_kept_only_because_the_law_wants_it() {
    let it = Office::new();
    it.block(it.office.person("left"));
    let found = call(&it.store, "privacy.review", json!({ "day": "2026-11-01" }));
    let waits = &found["waiting"][0];
    assert_eq!((&waits["person"], &waits["ground"]), (&json!(it.office.person("left")), &json!("asked")), "who asked: {found}");
    assert_eq!(waits["last"]["until"], "2028-06-01", "and until when it is kept");
}

#[test]
fn everything_about_one_person_is_one_workbook_and_the_log_says_so_without_the_file_s_name() {
    let it = Office::new();
    let path = it.world.folder.path().join("张芳.xlsx");
    let person = it.office.person("server");
    let values = json!({ "person": person, "purpose": "志愿者注册", "scope": "plain", "given": "2026-01-10", "form": "electronic" });
    call(&it.store, "record.save", json!({ "record": "consent", "values": values }));
    call(&it.store, "record.save", json!({ "record": "person", "id": person, "values": { "job": "电焊工" } }));
    call(&it.store, "record.get", json!({ "record": "person", "id": person, "reveal": true }));
    let done = call(&it.store, "privacy.person_sheet", json!({ "person": person, "path": path }));
    let book = openpyxl(&path, &[]).expect("it opens");
    let sheets: Vec<_> = book["sheets"].as_array().expect("sheets").iter().map(|sheet| sheet["name"].as_str().expect("a name")).collect();
    assert_eq!(
        sheets,
        ["人员", "会员", "会籍变动", "志愿者", "志愿服务时长", "志愿者档案", "同意记录", "修改记录", "使用登记"],
        "all of it"
    );
    assert_eq!(done["records"], 7, "one of each");
    let text = book.to_string();
    for told in [id_number_of("server").as_str(), "急救培训", "志愿者注册", "电焊工", "H-1"] {
        assert!(text.contains(told), "{told} stands in it");
    }
    assert!(!text.contains("王芳"), "nobody else does");
    let log = it.listed("disclosure", json!({})).pop().expect("it is written down");
    assert_eq!((&log["row_key"], &log["file"], &log["people"]), (&json!(person), &Json::Null, &json!(1)), "whose, without the file's name");
    assert!(log["digest"].as_str().is_some_and(|digest| digest.len() == 64), "with its digest: {log}");
}

#[test]
fn who_may_enter_may_block_and_only_the_admin_erases() {
    let it = Office::new();
    add(&it.store, "乙经办", Role::Clerk);
    let (world, old) = (it.world, it.old);
    drop(it.store);
    let store = open_as(&world, "乙经办");
    let erased = dispatch(&store, "privacy.erase", json!({ "persons": [old], "ground": "over" }));
    assert!(matches!(&erased, Err(Error::Forbidden(said)) if said.message.contains("清除个人信息")), "{erased:?}");
    call(&store, "privacy.block", json!({ "person": old, "day": "2026-10-30", "ground": "asked" }));
}
