//! The same act for many is one step, and what a rule refuses leaves nothing.

use std::fs;

use serde_json::{Value as Json, json};
use unionbook_core::store::Store;

use crate::dump::dump;
use crate::full_office::{FullOffice, call, id_number_of};
use crate::people::number;
use crate::world::World;

/// Two offices that are the same to the row.
struct Twins {
    office: FullOffice,
    one: Store,
    other: Store,
    _worlds: (World, World),
}

impl Twins {
    fn new() -> Self {
        let worlds = (World::new(), World::new());
        let office = FullOffice::enter(&worlds.0.create());
        for file in fs::read_dir(worlds.0.folder.path()).expect("the folder").map(|file| file.expect("a file").path()) {
            fs::copy(&file, worlds.1.folder.path().join(file.file_name().expect("a name"))).expect("copied");
        }
        let (one, other) = (worlds.0.open(), worlds.1.open());
        assert_eq!(dump(&one), dump(&other), "the twins begin alike");
        Self { office, one, other, _worlds: worlds }
    }
}

fn together(store: &Store, command: &str, payloads: &[Json]) -> Json {
    call(store, "step.together", json!({ "command": command, "payloads": payloads }))
}

fn leave(member: i64) -> Json {
    json!({ "member": member, "day": "2026-10-20", "reason": "other" })
}

#[test]
fn many_acts_are_one_step_that_does_what_they_do_alone() {
    let Twins { office, one, other, _worlds } = Twins::new();
    let before = dump(&one);
    let payloads = ["active", "retained", "payer"].map(|name| leave(office.id(name)));
    let done = together(&one, "members.leave", &payloads);
    assert_eq!(done["value"], json!([]), "nobody is refused");
    for payload in payloads {
        call(&other, "members.leave", payload);
    }
    assert_eq!(dump(&one), dump(&other), "together or one by one, the rows are the same");
    let newest = &call(&one, "step.timeline", json!({ "limit": 1 }))[0];
    assert_eq!(newest["name"], "办理退会（3 项）", "the step says what was done and how often");
    call(&one, "step.undo", json!({ "step": done["step"] }));
    assert_eq!(dump(&one), before, "one undo takes all of it back");
}

#[test]
fn what_a_rule_refuses_leaves_nothing_and_is_told_by_its_place() {
    let Twins { office, one, other, _worlds } = Twins::new();
    let (activity, person) = (office.id("service"), |name: &str| office.person(name));
    let good = |name: &str| json!({ "activity": activity, "add": [person(name)] });
    // The first name is on the list already when the second is found to be nobody.
    let bad = json!({ "activity": activity, "add": [person("nobody2"), 1_i64 << 50] });
    let done = together(&one, "activities.participants", &[good("nobody"), bad, good("nobody3")]);
    let refused = done["value"].as_array().expect("a list");
    assert_eq!(refused.len(), 1, "one is refused: {refused:?}");
    assert_eq!((&refused[0]["at"], &refused[0]["report"]["code"]), (&json!(1), &json!("gone")), "it is the second");
    call(&other, "activities.participants", good("nobody"));
    call(&other, "activities.participants", good("nobody3"));
    assert_eq!(dump(&one), dump(&other), "what the refused act had written is gone again");
    call(&one, "step.undo", json!({ "step": done["step"] }));
    call(&one, "step.redo", json!({}));
    assert_eq!(dump(&one), dump(&other), "undone and done again, the refused act still left nothing");
}

#[test]
fn a_command_that_is_no_single_act_is_not_done_for_many() {
    let world = World::new();
    let store = world.create();
    let refused = unionbook_core::api::dispatch(&store, "step.together", json!({ "command": "step.undo", "payloads": [{}] }));
    assert!(refused.is_err_and(|error| error.to_string().contains("不能成批办理")), "it says so");
}

fn newcomer(name: &str, number: Option<&str>, unit: i64) -> Json {
    json!({ "newcomer": { "name": name, "id_number": number }, "unit": unit, "day": "2026-10-20", "kind": "full" })
}

#[test]
fn newcomers_join_in_one_step_known_or_not_and_nobody_is_entered_who_is_refused() {
    let Twins { office, one, other: _, _worlds } = Twins::new();
    let (before, unit) = (dump(&one), office.id("a"));
    let (new, member, gone) = (number("1991-01-01", 801), id_number_of("active"), id_number_of("left"));
    let people = [
        newcomer("新来甲", Some(&new), unit),
        newcomer("新来乙", None, unit),
        newcomer("同号", Some(&new), unit),
        newcomer("已是会员", Some(&member), unit),
        newcomer("号码不对", Some("000000199101018888"), unit),
    ];
    let done = together(&one, "members.enroll", &people);
    let refused: Vec<(u64, &str)> = done["value"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|refused| (refused["at"].as_u64().expect("a place"), refused["report"]["message"].as_str().unwrap_or_default()))
        .collect();
    let places: Vec<u64> = refused.iter().map(|(at, _)| *at).collect();
    assert_eq!(places, [2, 3, 4], "another name of the first's number, another's number, and a number that is none: {refused:?}");
    assert!(refused[0].1.contains("已登记为“新来甲”"), "whose it is is said: {refused:?}");
    let named = |name: &str| call(&one, "record.list", json!({ "record": "person", "search": name, "count": true }))["total"].clone();
    assert_eq!((named("新来甲"), named("新来乙"), named("号码不对")), (json!(1), json!(1), json!(0)), "who was refused was not entered");
    call(&one, "step.undo", json!({ "step": done["step"] }));
    assert_eq!(dump(&one), before, "one undo takes people and memberships back");
    let again = together(&one, "members.enroll", &[newcomer("李娜", Some(&gone), unit)]);
    assert_eq!(again["value"], json!([]), "who left before is known and joins again: {again}");
}
