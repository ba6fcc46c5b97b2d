//! Erasure: nothing of a person is left anywhere, and nothing that was counted is other than it was.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value as Json, json};
use unionbook_core::Error;
use unionbook_core::api::dispatch;
use unionbook_core::store::{Sidecar, Store, backup, timeline};

use super::{NAME, Office, PHONE, STREET, number};
use crate::dump::dump;
use crate::full_office::call;
use crate::stations::wrong;
use crate::world::PASSWORD;

/// Every page of the file, free ones included, as it is before it is encrypted.
pub(super) fn pages(file: &Path) -> Vec<u8> {
    let (key, _) = Sidecar::read(file).expect("its keys").open(None, PASSWORD).expect("the key");
    let mut connection = rusqlite::Connection::open(file).expect("opened");
    connection.execute_batch(&key.pragma()).expect("its key");
    connection.serialize("main").expect("the pages are read").to_vec()
}

pub(super) fn holds(pages: &[u8], text: &str) -> bool {
    pages.windows(text.len()).any(|part| part == text.as_bytes())
}

/// The office, with a past of the one who left: entered twice and united, changed, taking part and taken out, in a roster.
struct Past {
    it: Office,
    /// The steps that did something with them.
    steps: Vec<i64>,
    /// What only they have.
    theirs: Vec<String>,
}

impl Past {
    fn new() -> Self {
        let it = Office::new();
        let (store, old, mut steps) = (&it.store, it.old, Vec::new());
        let mut act = |command: &str, payload: Json| {
            let answer = call(store, command, payload);
            steps.extend(answer["step"].as_i64());
            answer["value"].clone()
        };
        act("record.save", json!({ "record": "person", "id": old, "values": { "phone": "13655554444", "email": "erke@example.org" } }));
        let twice = json!({ "name": "鼂䴙獾", "phone": "13699998888", "employer": "旧槐荫电厂" });
        let twice = act("record.save", json!({ "record": "person", "values": twice }))["id"].clone();
        let trip = it.office.id("trip");
        act("activities.participants", json!({ "activity": trip, "add": [twice], "remove": [] }));
        act("people.merge", json!({ "keep": old, "gone": twice }));
        let held = json!({ "title": "登山", "kind": "walk", "unit": it.office.id("a"), "state": "held", "day": "2019-05-01" });
        let climb = act("record.save", json!({ "record": "activity", "values": held }))["id"].clone();
        act("activities.participants", json!({ "activity": climb, "add": [old], "remove": [] }));
        // Taken out again: the journal holds the row that went.
        act("activities.participants", json!({ "activity": trip, "add": [], "remove": [old] }));
        let consent = json!({ "person": old, "purpose": "槐荫疗养登记", "scope": "plain", "given": "2016-01-01", "form": "oral", "withdrawn": "2020-06-02" });
        act("record.save", json!({ "record": "consent", "values": consent }));
        // Another one's remark has the number, too.
        let other = json!({ "note": format!("配偶证件号{}，已核", number()) });
        act("record.save", json!({ "record": "person", "id": it.office.person("nobody2"), "values": other }));
        let theirs =
            [NAME, PHONE, STREET, "13655554444", "erke@example.org", "鼂䴙獾", "13699998888", "旧槐荫电厂", "KA-990017", "GH-7788"]
                .into_iter()
                .chain(["随子女迁往外地", "13711112222", "槐荫疗养登记"])
                .map(str::to_owned)
                .chain([number(), pinyin(store, old)])
                .collect();
        Self { it, steps, theirs }
    }

    fn erase(&self) -> Json {
        call(&self.it.store, "privacy.erase", json!({ "persons": [self.it.old], "ground": "over", "note": "2026年清理" }))
    }
}

fn pinyin(store: &Store, person: i64) -> String {
    store.read(|db| db.one("SELECT _pinyin FROM person WHERE id = ?1", [person])).expect("read").expect("a person")
}

/// Every figure of past periods.
fn figures(it: &Office) -> Vec<Json> {
    let book = |period: &str| call(&it.store, "monthly.book", json!({ "unit": it.office.id("town"), "period": period }));
    let mut found: Vec<Json> = ["2015-03", "2019-05", "2020-05", "2020-06", "2026-10"].map(book).into();
    found.extend(["2019-04-30", "2020-06-30", "2026-10-31"].map(|day| call(&it.store, "units.tree", json!({ "day": day }))));
    found.push(call(&it.store, "home.today", json!({}))["figures"].clone());
    found
}

#[test]
fn after_an_erasure_nothing_of_the_person_is_in_any_page_and_every_figure_is_what_it_was() {
    let past = Past::new();
    let Past { it, theirs, .. } = &past;
    let before = pages(it.store.path());
    for text in theirs {
        assert!(holds(&before, text), "{text} is in the file before, or the test would show nothing");
    }
    let (counted, others) = (figures(it), it.listed("person", json!({ "filters": [{ "field": "id", "op": "is_not", "value": it.old }] })));
    let done = past.erase();
    assert_eq!((&done["value"]["people"], &done["value"]["clean"]), (&json!(1), &json!(true)), "the file is clean at once: {done}");
    let after = pages(it.store.path());
    for text in theirs {
        assert!(!holds(&after, text), "{text} is in no page any more");
    }
    assert!(!holds(&after, "瓛"), "neither is a letter of the name in the search index");
    assert_eq!(fs::metadata(it.world.file().with_extension("unionbook-wal")).map_or(0, |file| file.len()), 0, "the log is empty");
    assert_eq!(figures(it), counted, "every figure is what it was");
    let row = call(&it.store, "record.get", json!({ "record": "person", "id": it.old, "reveal": true }))["row"].clone();
    let said = row.as_object().expect("a row").iter().filter(|(name, value)| !value.is_null() && !["id", "sex"].contains(&name.as_str()));
    assert_eq!(said.collect::<Vec<_>>(), [(&"name".to_owned(), &json!("已清除"))], "the row stays and says nothing");
    let now = it.listed("person", json!({ "filters": [{ "field": "id", "op": "is_not", "value": it.old }] }));
    let differing: Vec<_> = now.iter().zip(&others).filter(|(now, then)| now != then).collect();
    assert_eq!((now.len(), differing.len()), (others.len(), 1), "of others only the remark with the number is another: {differing:?}");
    assert!(differing[0].0["note"].as_str().is_some_and(|note| note.contains("证件号已清除，已核")), "it lost the number alone");
    assert_eq!(it.listed("person", json!({ "search": "鼂" })), [] as [Json; 0], "no search finds them");
    assert_eq!(wrong(&it.store), [], "the file is sound");
    let log = it.listed("erasure", json!({}));
    assert_eq!((&log[0]["people"], &log[0]["clerk"], log.len()), (&json!(1), &json!("经办人甲"), 1), "it is written down");
    assert!(!log[0].to_string().contains(NAME), "without a name");
    assert_eq!(call(&it.store, "privacy.review", json!({}))["total"], 0, "and they are not due again");
    let items = call(&it.store, "home.today", json!({}))["items"].clone();
    let unnumbered = items.as_array().expect("items").iter().find(|item| item["key"] == "unnumbered").expect("another has no number");
    assert_eq!(unnumbered["count"], 1, "nobody is asked for the number of one who was erased");
}

#[test]
fn the_history_shows_what_was_erased_and_no_undo_brings_it_back() {
    let past = Past::new();
    let Past { it, steps, theirs } = &past;
    past.erase();
    let history = call(&it.store, "record.history", json!({ "record": "person", "id": it.old })).to_string();
    assert!(history.contains("已清除"), "the history says so: {history}");
    let stands = dump(&it.store);
    for step in steps.iter().copied().map(Some).chain([None]) {
        let undone = dispatch(&it.store, "step.undo", json!({ "step": step }));
        if let Err(Error::Refused(said)) = &undone {
            assert!(!said.message.is_empty() && !said.hint.is_empty(), "it says why and what then");
        }
        assert!(dump(&it.store) == stands, "nothing is brought back by undoing step {step:?}: {undone:?}");
    }
    let (message, hint) = it.refused("step.undo", json!({ "step": steps[0] }));
    assert!(message.contains("清除") && hint.contains("更正"), "{message}{hint}");
    assert!(theirs.iter().all(|text| !holds(&pages(it.store.path()), text)), "no page has anything again");
    let names: String = it.store.read(|db| timeline(db, None, 1000)).expect("steps").into_iter().map(|line| line.name).collect();
    assert!(names.contains("清除 1 人的个人信息") && !names.contains(NAME), "the timeline says how many, not who");
}

#[test]
fn a_name_of_before_that_stands_in_another_s_text_is_told_as_well() {
    let it = Office::new();
    let save = |id: i64, values: Json| call(&it.store, "record.save", json!({ "record": "person", "id": id, "values": values }));
    save(it.old, json!({ "name": "郗旧名" }));
    save(it.old, json!({ "name": "郗新名" }));
    save(it.office.person("nobody2"), json!({ "note": "接郗旧名的班" }));
    let done = call(&it.store, "privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    assert_eq!(done["value"]["mentions"], json!([{ "record": "人员", "field": "备注", "rows": 1 }]), "by the name of then: {done}");
}

#[test]
fn a_step_undone_before_is_not_done_again_after_the_erasure() {
    let it = Office::new();
    call(&it.store, "record.save", json!({ "record": "person", "id": it.old, "values": { "email": "redo@example.org" } }));
    call(&it.store, "step.undo", json!({}));
    call(&it.store, "privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    let redone = dispatch(&it.store, "step.redo", json!({}));
    assert!(matches!(redone, Err(Error::Refused(_))), "{redone:?}");
    assert!(!holds(&pages(it.store.path()), "redo@example.org"), "what was undone is gone, too");
}

#[test]
fn who_is_tied_or_must_be_kept_is_not_erased_and_the_sentence_says_until_when() {
    let it = Office::new();
    let before = dump(&it.store);
    let erase = |person: i64| it.refused("privacy.erase", json!({ "persons": [it.old, person], "ground": "asked" }));
    let (message, hint) = erase(it.office.person("active"));
    assert!(message.contains("张伟") && message.contains("会籍") && hint.contains("退会"), "a member: {message}{hint}");
    let (message, hint) = erase(it.office.person("left"));
    assert!(
        message.contains("2028-06-01") && message.contains("统计法实施条例") && hint.contains("封存"),
        "who left in 2026: {message}{hint}"
    );
    assert_eq!(dump(&it.store), before, "of several none is erased");
    it.block(it.office.person("left"));
    let (_, hint) = erase(it.office.person("left"));
    assert!(hint.contains("现已封存"), "{hint}");
    call(&it.store, "privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    let (message, _) = it.refused("privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    assert!(message.contains("已经清除"), "once: {message}");
}

#[test]
fn before_an_erasure_each_refusal_is_told_in_its_own_words_with_what_the_others_lose() {
    let it = Office::new();
    let (active, left) = (it.office.person("active"), it.office.person("left"));
    let before = dump(&it.store);
    let told = call(&it.store, "privacy.before_erase", json!({ "persons": [it.old, active, it.old, left] }));
    let people = told["people"].as_array().expect("people");
    assert_eq!(people.len(), 3, "each once: {told}");
    for person in people {
        let erased =
            unionbook_core::api::dispatch(&it.store, "privacy.erase", json!({ "persons": [person["person"], active], "ground": "asked" }));
        assert!(erased.is_err(), "with a member among them none is erased");
        let said = |name: &str| person["refused"][name].as_str().map(str::to_owned);
        if person["person"] == json!(it.old) {
            assert_eq!((&person["name"], &person["refused"]), (&json!(super::NAME), &json!(null)), "who left long ago can be erased");
        } else {
            let refused = it.refused("privacy.erase", json!({ "persons": [person["person"]], "ground": "asked" }));
            assert_eq!((said("message"), said("hint")), (Some(refused.0), Some(refused.1)), "to the letter what would be refused");
        }
    }
    assert_eq!(dump(&it.store), before, "asking changes nothing");
    let rows = |record: &str| {
        told["records"].as_array().expect("counts").iter().find(|one| one["record"] == record).map(|one| one["rows"].clone())
    };
    assert_eq!((rows("人员"), rows("会员")), (Some(json!(1)), Some(json!(1))), "what the one loses, not the others: {told}");
    let sum: i64 = told["records"].as_array().expect("counts").iter().filter_map(|one| one["rows"].as_i64()).sum();
    let done = call(&it.store, "privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    assert_eq!(done["value"]["records"], sum, "as many as are emptied then");
}

#[test]
fn a_blocked_person_whose_time_is_over_is_erased_and_the_blocking_ends() {
    let it = Office::new();
    it.block(it.old);
    call(&it.store, "privacy.erase", json!({ "persons": [it.old], "ground": "over" }));
    let blocking = it.listed("blocking", json!({})).pop().expect("its row stays");
    assert_eq!((&blocking["ended"], &blocking["note"]), (&json!("2026-11-01"), &Json::Null), "ended, and without a word about them");
    assert!(!holds(&pages(it.store.path()), "来信要求"), "in no page");
    assert_eq!(it.listed("person", json!({ "veiled": true })), [] as [Json; 0], "nobody is blocked");
}

#[test]
fn rosters_keep_who_stands_in_them_for_ten_years_and_lose_them_then() {
    let it = Office::new();
    let town = it.office.id("town");
    let of = |period: &str| json!({ "task": "member-roster", "unit": town, "period": period });
    let person = it.office.person("active");
    let made = call(&it.store, "return.compute", of("2026-10"))["value"].clone();
    call(&it.store, "return.audit", json!({ "id": made }));
    call(&it.store, "return.send", json!({ "id": made, "path": null }));
    call(&it.store, "members.leave", json!({ "member": it.office.id("active"), "day": "2026-10-31", "reason": "own_request" }));
    let standing = call(&it.store, "privacy.standing", json!({ "person": person }));
    assert_eq!((&standing["last"]["kind"], &standing["last"]["until"]), (&json!("已上报的名册"), &json!("2036-11-01")), "{standing}");
    // An office that need not keep anything takes them out of the roster, too, though it was sent.
    for kind in ["member", "participation", "return"] {
        let rule = json!({ "kind": kind, "years": 0, "counted": "end", "source": "试", "from_day": "2026-11-01" });
        call(&it.store, "record.save", json!({ "record": "retention_rule", "values": rule }));
    }
    let number = crate::full_office::id_number_of("active");
    assert!(holds(&pages(it.store.path()), &number), "the roster has the number");
    call(&it.store, "privacy.erase", json!({ "persons": [person], "ground": "over" }));
    assert!(!holds(&pages(it.store.path()), &number), "and has it no more");
    let shown = call(&it.store, "return.view", json!({ "id": made })).to_string();
    assert!(shown.contains("已清除") && shown.contains("𠮷野"), "the others' rows stand: {shown}");
    assert_eq!(wrong(&it.store), [], "the file is sound");
}

#[test]
fn the_next_backup_is_clean_and_a_file_that_somebody_reads_is_cleaned_when_it_is_opened_again() {
    let past = Past::new();
    let beside = past.it.world.open();
    // A reader holds the state of before, so the log cannot be emptied.
    let done = beside.read(|db| {
        db.one::<i64>("SELECT count(*) FROM person", [])?;
        Ok(past.erase())
    });
    assert_eq!(done.expect("erased")["value"]["clean"], json!(false), "it is said that pages are left");
    drop(beside);
    let Past { it: Office { world, store, old, .. }, theirs, .. } = past;
    let copy = backup(&store, &world.folder.path().join("备份")).expect("a backup");
    drop(store);
    let store = world.open();
    assert!(theirs.iter().all(|text| !holds(&pages(store.path()), text)), "the file is clean once it was opened again");
    let left: i64 =
        store.read(|db| db.one("SELECT count(*) FROM meta WHERE name IN ('scrub', 'erasing')", [])).expect("read").expect("a count");
    assert_eq!((left, pinyin(&store, old).as_str()), (0, "yiqingchu"), "and knows it");
    drop(store);
    fs::copy(&copy, world.file()).expect("the backup in its place");
    assert!(theirs.iter().all(|text| !holds(&pages(&world.file()), text)), "the next backup has nothing, either");
}

#[test]
fn who_was_erased_is_nobody_to_write_of_any_more() {
    let past = Past::new();
    past.erase();
    let (store, old) = (&past.it.store, past.it.old);
    let before = dump(store);
    let unit = past.it.office.id("a");
    let found = call(store, "record.get", json!({ "record": "person", "id": old }));
    assert_eq!((&found["emptied"], &found["veiled"]), (&json!(old), &json!(null)), "the form is told that nothing is changed");
    for (command, payload) in [
        ("record.save", json!({ "record": "person", "id": old, "values": { "name": "另一个人" } })),
        ("record.remove", json!({ "record": "person", "ids": [old], "dependants": true })),
        ("members.join", json!({ "person": old, "unit": unit, "day": "2026-10-20" })),
        ("activities.participants", json!({ "activity": past.it.office.id("trip"), "add": [old], "remove": [] })),
    ] {
        let refused = dispatch(store, command, payload).map(drop).expect_err(command).report();
        assert!(refused.message.contains("已经清除"), "{command} says why: {refused:?}");
        assert!(!refused.hint.is_empty(), "{command} says the way out");
    }
    let other = past.it.office.person("nobody2");
    let rows = json!([{ "id": other, "values": { "employer": "甲厂" } }, { "id": old, "values": { "employer": "甲厂" } }]);
    let edited = call(store, "record.edit", json!({ "record": "person", "rows": rows }))["value"].clone();
    let fault = edited["faults"].as_array().expect("faults").iter().find(|fault| fault["at"] == 1).expect("it is said which row it is");
    assert!(fault["faults"][0]["message"].as_str().is_some_and(|said| said.contains("已经清除")), "and why: {edited}");
    assert_eq!(edited["done"], 0, "all or none");
    assert_eq!(dump(store), before, "and nothing was written");
    let climbs = "SELECT activity FROM participation WHERE person = ?1 LIMIT 1";
    let climb = store.read(|db| db.one::<i64>(climbs, [old])).expect("read").expect("an activity that they were at");
    call(store, "record.remove", json!({ "record": "activity", "ids": [climb], "dependants": true }));
    call(store, "step.undo", json!({}));
    assert_eq!(dump(store), before, "what else it belongs to is removed with it, and comes back");
}

#[test]
fn others_work_on_while_somebody_is_erased_and_lose_nothing() {
    let past = Past::new();
    let (it, done) = (&past.it, AtomicBool::new(false));
    let saved = std::thread::scope(|threads| {
        let saving = threads.spawn(|| {
            let (mut saved, mut n) = (Vec::new(), 0);
            while !done.load(Ordering::Relaxed) || n < 20 {
                n += 1;
                // Another program that opens the file anew each time, and waits where it has to.
                let name = format!("同时录入{n}");
                let values = json!({ "record": "person", "values": { "name": name } });
                match it.world.try_open().and_then(|store| dispatch(&store, "record.save", values)) {
                    Ok(_) => saved.push(name),
                    Err(Error::Busy(_)) => {}
                    Err(error) => panic!("it is told to wait, and nothing else: {error:?}"),
                }
            }
            saved
        });
        let reading = threads.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                call(&it.store, "record.list", json!({ "record": "person", "limit": 50 }));
            }
        });
        for _ in 0..3 {
            let new =
                call(&it.store, "record.save", json!({ "record": "person", "values": { "name": "要清除的" } }))["value"]["id"].clone();
            call(&it.store, "privacy.erase", json!({ "persons": [new], "ground": "asked" }));
        }
        done.store(true, Ordering::Relaxed);
        reading.join().expect("the screen reads on");
        saving.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
    });
    let people = call(&it.store, "record.list", json!({ "record": "person", "search": "同时录入", "limit": 1000 }))["rows"].clone();
    let found: Vec<&str> = people.as_array().expect("rows").iter().filter_map(|row| row["name"].as_str()).collect();
    let missing: Vec<&String> = saved.iter().filter(|name| !found.contains(&name.as_str())).collect();
    assert_eq!(missing, [] as [&String; 0], "of {} that were acknowledged", saved.len());
    assert_eq!(wrong(&it.store), [], "the file is sound");
}

#[test]
fn a_file_is_cleaned_while_its_screen_is_read() {
    let past = Past::new();
    let done = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                call(&past.it.store, "record.list", json!({ "record": "person", "limit": 50 }));
            }
        });
        let erased = past.erase();
        done.store(true, Ordering::Relaxed);
        assert_eq!(erased["value"]["clean"], true, "readers of the same program wait: {erased}");
    });
}
