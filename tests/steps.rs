//! undo∘step is the identity, for every kind of step that the app has: every table and every answer of every search.

mod cases;
pub mod returns;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::commands::COMMANDS;
use unionbook_core::record::{Kind, Table, Types};
use unionbook_core::store::Store;

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::stations::wrong;
use crate::world::World;

/// What is asked of the lists before and after: parts of names of one to three letters, pinyin, initials, the last four of a
/// phone, the beginning of an id-number, codes.
const SEARCHES: [&str; 14] =
    ["张", "张伟", "买提艾", "改名", "zhang", "zhangw", "zw", "mmtal", "1000", "2002", "000000198", "S", "健步走", "清洁家"];

/// A step of one kind.
pub struct Case {
    /// The kind, as [`kinds`] lists it, and after `: ` what is special about it.
    pub kind: String,
    /// The command.
    pub command: &'static str,
    /// Its payload.
    pub payload: Json,
    /// What has to be done before it; `$0` in a payload is what the first of them answered, `$0/id` a part of that.
    pub first: Vec<(&'static str, Json)>,
}

/// Everything that the office has, and everything that it would find.
#[derive(PartialEq, Eq)]
struct Seen {
    rows: String,
    found: Vec<(String, Json)>,
}

impl Seen {
    fn of(store: &Store, asks: &[Json]) -> Self {
        let found = asks.iter().map(|ask| (ask.to_string(), call(store, "record.list", ask.clone()))).collect();
        Self { rows: dump(store), found }
    }

    #[track_caller]
    fn must_be(&self, other: &Self, when: &str) {
        let differs = self.rows.lines().zip(other.rows.lines()).find(|(now, then)| now != then);
        assert!(self.rows == other.rows, "{when}: the tables differ, first at {differs:?}");
        let differs = self.found.iter().zip(&other.found).find(|(now, then)| now != then);
        assert!(differs.is_none(), "{when}: a list answers otherwise: {differs:?}");
    }
}

/// The lists that are looked at of a table: by number, so that kept orders count; searched; under each unit.
fn asks(table: &'static Table, units: &[i64]) -> Vec<Json> {
    let mut asks = vec![json!({ "record": table.name, "at": 0, "limit": 1000 })];
    let under = if table.unit.is_empty() && table.name != "unit" { &[] } else { units };
    asks.extend(under.iter().map(|unit| json!({ "record": table.name, "unit": unit, "count": true, "limit": 1000 })));
    let ask = |text: &&str| json!({ "record": table.name, "search": text, "count": true, "limit": 1000 });
    asks.extend(SEARCHES.iter().map(ask));
    asks.extend(under.iter().take(1).flat_map(|unit| {
        SEARCHES.iter().take(2).map(move |text| json!({ "record": table.name, "search": text, "unit": unit, "limit": 1000 }))
    }));
    asks
}

/// Every list that can be asked of the office.
fn all_asks(store: &Store, units: &[i64]) -> Vec<Json> {
    let tables: Vec<_> = store.registry().tables().filter(|table| !table.view).collect();
    let asks = tables.into_iter().flat_map(|table| asks(table, units));
    // Nothing in some tables can be searched for, nor in anything that they refer to.
    asks.filter(|ask| dispatch(store, "record.list", ask.clone()).is_ok()).collect()
}

/// Every kind of step that can be taken back: the acts that are commands; saving, removing and importing each record.
fn kinds() -> BTreeSet<String> {
    let generic = ["record.save", "record.remove", "sheet.import", "step.undo", "step.redo"];
    let writes = |command: &&unionbook_core::api::Command| (command.wire)(&mut Types::default()).answer.starts_with("Written<");
    let mut kinds: BTreeSet<String> = COMMANDS.iter().filter(writes).map(|command| command.name.to_owned()).collect();
    // Freezing and receipts stay; tests/returns.rs shows it. So do accounts and keys; tests/accounts.rs and tests/returns/exchange.rs show it.
    let accounts = ["account.add", "account.change", "account.remove", "account.reset", "account.rekey", "card.renew"];
    // And erasure, which tests/privacy.rs shows.
    for name in generic.into_iter().chain(["return.send", "return.answer", "privacy.erase"]).chain(accounts) {
        assert!(kinds.remove(name), "{name} is a command that writes");
    }
    let registry = unionbook_core::modules::Registry::shipped();
    for table in registry.tables().filter(|table| !table.view && !table.is_ledger()) {
        kinds.extend(table.kept.is_empty().then(|| format!("record.save new {}", table.name)));
        kinds.extend(has_free_field(table).then(|| format!("record.save old {}", table.name)));
        kinds.insert(format!("record.remove {}", table.name));
        kinds.extend((!table.link).then(|| format!("sheet.import {}", table.name)));
    }
    kinds
}

/// Whether a form may change anything of a row that is there.
fn has_free_field(table: &Table) -> bool {
    let own = table.fields.iter().skip(if table.link { 2 } else { 0 });
    own.into_iter().any(|field| field.kind != Kind::Entered && !table.is_kept(field.name))
}

fn has_case(cases: &[Case]) -> BTreeSet<String> {
    cases.iter().map(|case| case.kind.split(": ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_kind_of_step_is_undone_and_done_again_to_the_letter() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let cases = cases::all(&office, world.folder.path());
    assert_eq!(has_case(&cases), kinds(), "each kind of step has its case in steps/cases.rs, and each case is of a kind that there is");
    let asks = all_asks(&store, &[office.id("town"), office.id("a")]);
    assert!(asks.len() > 150, "the lists can be asked: {}", asks.len());
    let start = Seen::of(&store, &asks);
    let mut before = Seen::of(&store, &asks);
    for case in &cases {
        let mut answers = Vec::new();
        if !case.first.is_empty() {
            for (command, payload) in &case.first {
                let answer = call(&store, command, answered(payload, &answers));
                answers.push(answer["value"].clone());
            }
            before = Seen::of(&store, &asks);
        }
        law(&store, case, answered(&case.payload, &answers), &before, &asks);
        for _ in &case.first {
            call(&store, "step.undo", json!({}));
        }
        if !case.first.is_empty() {
            before = Seen::of(&store, &asks);
        }
    }
    Seen::of(&store, &asks).must_be(&start, "after all steps were taken back");
    assert_eq!(wrong(&store), [], "the file is sound");
}

/// A payload with what `$0`, `$1/0/id` … stand for: what the acts before it answered, and a part of that.
fn answered(payload: &Json, answers: &[Json]) -> Json {
    match payload {
        Json::String(text) if text.starts_with('$') => {
            let (number, part) = text[1..].split_at(text[1..].find('/').unwrap_or(text.len() - 1));
            answers[number.parse::<usize>().expect("a number")].pointer(part).expect("a part of the answer").clone()
        }
        Json::Array(items) => items.iter().map(|item| answered(item, answers)).collect(),
        Json::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), answered(value, answers))).collect(),
        other => other.clone(),
    }
}

/// Does the step, takes it back, does it again, and takes it back for good.
fn law(store: &Store, case: &Case, payload: Json, before: &Seen, asks: &[Json]) {
    let kind = &case.kind;
    let done = call(store, case.command, payload);
    let step = done["step"].as_i64().unwrap_or_else(|| panic!("{kind} does something: {done}"));
    let after = Seen::of(store, asks);
    assert!(after.rows != before.rows, "{kind} changes a table: {done}");
    assert_eq!(wrong(store), [], "{kind} leaves the file sound");
    call(store, "step.undo", json!({ "step": step }));
    Seen::of(store, asks).must_be(before, &format!("{kind} undone"));
    call(store, "step.redo", json!({}));
    Seen::of(store, asks).must_be(&after, &format!("{kind} done again"));
    call(store, "step.undo", json!({}));
    assert_same(store, &before.rows, &format!("{kind} undone for the second time"));
    assert_eq!(wrong(store), [], "{kind} undone leaves the file sound");
}

#[test]
fn all_steps_of_a_file_are_undone_one_after_the_other_and_done_again_after_a_restart() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let mut states = vec![(String::new(), dump(&store))];
    for case in cases::all(&office, world.folder.path()) {
        // Some cannot follow the others; those are refused, and leave nothing.
        let step = dispatch(&store, case.command, case.payload).ok().and_then(|done| done["step"].as_i64());
        match step {
            Some(_) => states.push((case.kind, dump(&store))),
            None => assert_eq!(dump(&store), states.last().expect("a state").1, "{}: a refused step leaves nothing", case.kind),
        }
    }
    let unsound = wrong(&store);
    assert!(states.len() > 50, "most steps can follow the others: {}", states.len());
    for (after, before) in states.iter().zip(states.iter().skip(1)).rev() {
        store.undo(None).expect("undone");
        assert_same(&store, &after.1, &format!("“{}” undone", before.0));
    }
    drop(store);
    let store = world.open();
    for (kind, after) in states.iter().skip(1) {
        store.redo().unwrap_or_else(|error| panic!("“{kind}” is done again: {error}"));
        assert_same(&store, after, &format!("“{kind}” done again"));
    }
    assert_eq!(wrong(&store), unsound, "and the check says of it what it said");
}

#[track_caller]
fn assert_same(store: &Store, then: &str, when: &str) {
    let now = dump(store);
    let differs = now.lines().zip(then.lines()).find(|(now, then)| now != then);
    assert!(now == then, "{when}: the tables differ, first at {differs:?}");
}
