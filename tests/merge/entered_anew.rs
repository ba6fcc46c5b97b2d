//! Values that only one row may have, wandering between rows on one PC while the other knows them where they were.

use serde_json::json;
use unionbook_core::store::{Taken, check};

use super::{Pc, said};
use crate::full_office::FullOffice;
use crate::people::number;

fn sound(pc: &Pc) {
    let wrong: Vec<_> =
        pc.store.read(check).expect("checked").into_iter().filter(|found| found.wrong > 0).map(|found| found.what).collect();
    assert_eq!(wrong, Vec::<String>::new(), "the file is sound");
}

#[test]
fn a_row_removed_and_entered_anew_under_its_number_is_still_there() {
    let one = Pc::first();
    let note = one.save("note", None, json!({ "title": "原来的", "serial": "8" }));
    let two = one.joins("乙");
    two.call("record.remove", json!({ "record": "note", "ids": [note] }));
    let anew = two.save("note", None, json!({ "title": "重录的", "serial": "8" }));
    two.save("note", None, json!({ "title": "跟着它", "after": anew }));
    one.takes(&two);
    let rows = one.call("record.list", json!({ "record": "note", "limit": 10 }))["rows"].clone();
    let titles: Vec<_> =
        rows.as_array().expect("rows").iter().map(|row| (row["title"].clone(), row["serial"].clone(), row["after"].clone())).collect();
    assert_eq!(titles.len(), 2, "nothing is lost: {titles:?}");
    assert!(titles.contains(&(json!("重录的"), json!("8"), json!(null))), "with what was entered anew: {titles:?}");
    assert!(titles.contains(&(json!("跟着它"), json!(null), json!(note))), "and what hangs on it: {titles:?}");
    sound(&one);
}

#[test]
fn a_number_that_went_from_one_row_to_a_new_one_is_each_ones_own() {
    let one = Pc::first();
    let first = one.save("note", None, json!({ "title": "甲", "serial": "8" }));
    let two = one.joins("乙");
    two.save("note", Some(first), json!({ "serial": "9" }));
    let second = two.save("note", None, json!({ "title": "乙", "serial": "8" }));
    one.takes(&two);
    assert_eq!((one.field("note", first, "serial"), one.field("note", second, "serial")), (json!("9"), json!("8")), "each has its own");
    two.take(&one, &Taken::all()).expect("merged");
    assert_eq!(said(&one), said(&two), "both files say the same");
}

#[test]
fn rows_that_refer_to_one_another_in_any_order_are_taken_out_again() {
    let one = Pc::first();
    let two = one.joins("乙");
    let [low, high] = ["先", "后"].map(|title| two.save("note", None, json!({ "title": title })));
    two.save("note", Some(low), json!({ "after": high }));
    let before = said(&one);
    one.takes(&two);
    one.call("step.undo", json!({}));
    assert_eq!(said(&one), before, "taken out");
    one.call("step.redo", json!({}));
    assert_eq!(said(&one), said(&two), "and put back");
}

#[test]
fn who_was_blocked_on_both_is_blocked_once_and_the_merge_is_taken_back() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let person = office.person("nobody3");
    two.save("person", Some(person), json!({ "job": "封存以前写的" }));
    let block = json!({ "person": person, "day": "2026-10-30", "ground": "asked" });
    one.call("privacy.block", block.clone());
    two.call("privacy.block", block);
    let before = said(&one);
    let done = one.takes(&two);
    assert_eq!(done.plan.twins.len(), 1, "one blocking");
    one.call("step.undo", json!({}));
    assert_eq!(said(&one), before, "taken back, veil or not");
}

#[test]
fn a_return_is_one_thing_and_never_half_the_others() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let compute = json!({ "task": "members", "unit": office.id("town"), "period": "2026-08" });
    let id = one.call("return.compute", compute.clone())["value"].as_i64().expect("an id");
    let two = one.joins("乙");
    let signed = |pc: &Pc, name: &str| pc.call("return.sign", json!({ "id": id, "signers": { "head": name, "auditor": "", "clerk": "" } }));
    signed(&one, "甲");
    signed(&two, "乙");
    let done = one.takes(&two);
    let clashes: Vec<_> =
        done.plan.clashes.iter().filter(|clash| clash.table.name == "return").map(|clash| clash.field.is_none()).collect();
    assert_eq!(clashes, [true], "one choice for the whole");
    let content = |pc: &Pc| pc.store.read(|db| db.one::<String>("SELECT content FROM return WHERE id = ?1", [id])).expect("read");
    let before = content(&one);
    one.call("step.undo", json!({}));
    one.take(&two, &Taken::all()).expect("merged");
    assert!(content(&one) == content(&two) && content(&one) != before, "the other's whole, where it was taken");
}

#[test]
fn who_was_entered_on_both_is_one_person_for_the_pc_that_only_hears_of_it() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let id_number = number("1999-01-01", 303);
    let [here, there] = [&one, &two].map(|pc| pc.save("person", None, json!({ "name": "两边都录的", "id_number": id_number })));
    assert_ne!(here, there, "under two ids");
    assert_eq!(two.takes(&one).plan.twins.len(), 1, "found where the first merge is");
    two.save("person", Some(there), json!({ "employer": "后来在乙电脑写的" }));
    let member = two.call("members.join", json!({ "person": there, "unit": office.id("a"), "day": "2026-10-20" }))["value"]["id"].clone();
    let done = one.takes(&two);
    assert!(done.plan.clashes.is_empty(), "nothing contradicts: {:?}", done.plan.clashes);
    assert_eq!(one.field("person", here, "employer"), "后来在乙电脑写的", "what was written of the other id is of this one");
    let people = one.store.read(|db| db.one::<i64>("SELECT count(*) FROM person WHERE name = '两边都录的'", [])).expect("counted");
    assert_eq!(people, Some(1), "one person");
    let joined = one.store.read(|db| db.one::<i64>("SELECT count(*) FROM member WHERE person = ?1", [here])).expect("counted");
    assert_eq!(joined, Some(1), "and what hangs on it came along: {member}");
    sound(&one);
}

#[test]
fn a_field_that_came_from_a_third_pc_is_passed_on_and_not_asked_about_twice() {
    let one = Pc::first();
    let note = one.save("note", None, json!({ "title": "原来的" }));
    let (two, three) = (one.joins("乙"), one.joins("丙"));
    three.save("note", Some(note), json!({ "serial": "丙的" }));
    two.takes(&three);
    two.save("note", Some(note), json!({ "title": "乙的" }));
    let done = one.takes(&two);
    assert_eq!(one.field("note", note, "title"), "乙的", "the second's own");
    assert_eq!(one.field("note", note, "serial"), "丙的", "and the third's, which it passed on");
    assert!(done.plan.clashes.is_empty(), "nothing contradicts: {:?}", done.plan.clashes);
    one.save("note", Some(note), json!({ "serial": "甲后来的" }));
    let again = one.take(&three, &Taken::default()).expect_err("nothing is left to take").to_string();
    assert!(again.contains("没有本台账还没有的内容"), "the third's was known when it was changed here: {again}");
    assert_eq!(one.field("note", note, "serial"), "甲后来的", "and the later one stays");
    three.takes(&one);
    assert_eq!(three.field("note", note, "serial"), "甲后来的", "and goes back to the third");
    assert_eq!(three.field("note", note, "title"), "乙的", "with the second's");
}
