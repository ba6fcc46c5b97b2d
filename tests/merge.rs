//! One office on two PCs: each file goes on by itself, and both are brought together by their journals.

mod entered_anew;
mod laws;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::Error;
use unionbook_core::api::dispatch;
use unionbook_core::modules::Registry;
use unionbook_core::people::Person;
use unionbook_core::store::{Access, ClashKind, NewAccount, Other, Role, Secret, Sidecar, Store, Taken, Written, backup, check};

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::people::number;
use crate::plain_record;
use crate::world::{PASSWORD, access};

/// A PC with its copy of the office's file.
pub struct Pc {
    folder: TempDir,
    installation: &'static str,
    store: Store,
}

fn registry() -> Arc<Registry> {
    Arc::new(Registry::shipped().with(plain_record::module()))
}

fn opened(path: &Path, installation: &'static str) -> Store {
    let access = Access { installation: installation.into(), ..access(registry()) };
    Store::open(path, &Secret::Password(PASSWORD.into()), access).expect("the file opens")
}

impl Pc {
    /// The PC on which the office's file was made.
    pub fn first() -> Self {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("本单位.unionbook");
        let (store, _) = Store::create(&path, PASSWORD, access(registry())).expect("a new file");
        Self { folder, installation: "甲", store }
    }

    /// Another PC that is given a copy.
    pub fn joins(&self, installation: &'static str) -> Self {
        self.joins_by(installation, &Secret::Password(PASSWORD.into()))
    }

    fn joins_by(&self, installation: &'static str, secret: &Secret) -> Self {
        let folder = TempDir::new().expect("a folder");
        let copy = backup(&self.store, folder.path()).expect("a copy");
        let access = Access { installation: installation.into(), ..access(registry()) };
        Self { store: Store::open(&copy, secret, access).expect("the copy opens"), folder, installation }
    }

    fn path(&self) -> PathBuf {
        self.store.path().to_owned()
    }

    fn other(&self, from: &Pc) -> unionbook_core::Result<Other> {
        Other::open(&from.path(), None, &self.store)
    }

    /// Takes in what another PC did.
    pub fn take(&self, from: &Pc, taken: &Taken) -> unionbook_core::Result<Written<unionbook_core::store::Merging>> {
        self.store.merge(&self.other(from)?, taken)
    }

    pub fn takes(&self, from: &Pc) -> unionbook_core::store::Merging {
        self.take(from, &Taken::default()).expect("merged").value
    }

    fn refuses(&self, from: &Pc) -> String {
        let refused = self.other(from).and_then(|other| self.store.compare(&other, &Taken::default()));
        refused.expect_err("refused").to_string()
    }

    pub fn call(&self, command: &str, payload: Json) -> Json {
        call(&self.store, command, payload)
    }

    pub fn save(&self, record: &str, id: Option<i64>, values: Json) -> i64 {
        let mut ask = json!({ "record": record, "values": values });
        if let Some(id) = id {
            ask["id"] = json!(id);
        }
        self.call("record.save", ask)["value"]["id"].as_i64().expect("an id")
    }

    pub fn field(&self, record: &str, id: i64, field: &str) -> Json {
        self.call("record.get", json!({ "record": record, "id": id }))["row"][field].clone()
    }

    /// As it stands in the file; looking at it on screen would be logged.
    fn phone(&self, person: i64) -> Option<String> {
        let id = unionbook_core::record::Id::<Person>::new(person);
        self.store.read(|db| db.get(id)).expect("the person is there").phone
    }
}

/// What an office has entered, without what each file notes of merges.
pub fn said(pc: &Pc) -> String {
    let whole = dump(&pc.store);
    let kept =
        whole.split("== ").filter(|part| !part.starts_with("merged ") && !part.starts_with("twin ") && !part.starts_with("account "));
    kept.collect::<Vec<_>>().join("== ")
}

fn sound(pc: &Pc) {
    let findings = pc.store.read(check).expect("checked");
    let wrong: Vec<_> = findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| finding.what).collect();
    assert_eq!(wrong, Vec::<String>::new(), "the file is sound");
}

#[test]
fn what_two_pcs_did_stands_in_both_files_and_one_undo_takes_it_out_again() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    assert_ne!(one.store.seat(), two.store.seat(), "a copy is told apart by its installation");
    let new = two.save("person", None, json!({ "name": "新来的", "sex": "female", "id_number": number("1999-01-01", 302) }));
    two.call("members.join", json!({ "person": new, "unit": office.id("a"), "day": "2026-10-20" }));
    two.save("person", Some(office.person("nobody")), json!({ "note": "乙电脑写的" }));
    let visits = json!([{ "day": "2026-10-21", "visitor": "courier", "count": 4 }]);
    two.call("stations.record_visits", json!({ "station": office.id("station"), "cells": visits }));
    one.save("person", Some(office.person("nobody")), json!({ "employer": "甲电脑写的" }));
    one.call("members.collect_dues", json!({ "month": "2026-10", "rows": [{ "member": office.id("active"), "amount": 500 }] }));
    let before = said(&one);
    let done = one.takes(&two);
    assert!(done.plan.clashes.is_empty(), "nothing was done twice: {:?}", done.plan.clashes);
    assert_eq!(one.field("person", office.person("nobody"), "note"), "乙电脑写的", "the other's field came over");
    assert_eq!(one.field("person", office.person("nobody"), "employer"), "甲电脑写的", "and ours stayed");
    assert_eq!(one.field("person", new, "name"), "新来的", "a person who came keeps the id");
    sound(&one);
    two.takes(&one);
    assert_eq!(said(&one), said(&two), "both files say the same");
    assert!(one.take(&two, &Taken::default()).is_ok_and(|done| done.value.plan.writes.is_empty()), "what comes back is known");
    assert!(one.take(&two, &Taken::default()).is_err_and(|error| error.to_string().contains("不用合并")), "then nothing is new");
    one.call("step.undo", json!({}));
    one.call("step.undo", json!({}));
    assert_eq!(said(&one), before, "a merge is one step that is taken back whole");
    one.takes(&two);
    assert_eq!(said(&one), said(&two), "and done again from the file");
}

#[test]
fn what_both_changed_is_told_field_by_field_and_stands_as_it_was_chosen() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let person = office.person("nobody2");
    one.save("person", Some(person), json!({ "phone": "13800000011", "job": "一样" }));
    two.save("person", Some(person), json!({ "phone": "13800000022", "job": "一样", "title": "工程师" }));
    let plan = one.store.compare(&one.other(&two).expect("opened"), &Taken::default()).expect("compared");
    let names: Vec<String> = plan.clashes.iter().map(unionbook_core::store::Clash::name).collect();
    assert_eq!(names, [format!("person/{person}/phone")], "the one field in which they differ");
    one.takes(&two);
    assert_eq!(one.phone(person).as_deref(), Some("13800000011"), "ours stands where nothing was chosen");
    assert_eq!(one.field("person", person, "title"), "工程师", "what only the other changed comes all the same");
    one.call("step.undo", json!({}));
    one.take(&two, &names.into_iter().collect()).expect("merged");
    assert_eq!(one.phone(person).as_deref(), Some("13800000022"), "the other's word, where it was taken");
    let back = two.takes(&one);
    assert!(back.plan.clashes.is_empty(), "what was decided is not asked on the other PC: {:?}", back.plan.clashes);
    assert_eq!(said(&one), said(&two), "both files say the same");
}

#[test]
fn a_person_entered_on_both_pcs_is_one_with_all_that_hangs_on_either() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let new = |phone: Option<&str>| json!({ "name": "同一人", "sex": "male", "id_number": number("1991-01-01", 301), "phone": phone });
    let here = one.save("person", None, new(None));
    let there = two.save("person", None, new(Some("13800000033")));
    assert_ne!(here, there, "two records");
    two.call("members.join", json!({ "person": there, "unit": office.id("a"), "day": "2026-10-20" }));
    let done = one.takes(&two);
    assert_eq!(done.plan.twins.len(), 1, "the number says that it is one");
    assert_eq!(one.phone(here).as_deref(), Some("13800000033"), "what ours lacked is filled");
    let members = one.call("record.list", json!({ "record": "member", "search": "同一人", "limit": 10 }));
    assert_eq!(members["rows"][0]["person"], json!(here), "the membership is of our record: {members}");
    sound(&one);
    two.save("person", Some(there), json!({ "job": "后来改的" }));
    one.takes(&two);
    assert_eq!(one.field("person", here, "job"), "后来改的", "what is changed there later is found again here");
    two.takes(&one);
    assert_eq!(two.field("person", there, "name"), "同一人", "the other file has one record of it too");
    sound(&two);
}

#[test]
fn what_one_removed_stays_where_the_other_needs_it_or_changed_it() {
    let one = Pc::first();
    let note = |pc: &Pc, title: &str, after: Option<i64>| pc.save("note", None, json!({ "title": title, "after": after }));
    let [used, changed, removed, plain] = ["用到的", "改过的", "删了的", "没动的"].map(|title| note(&one, title, None));
    let two = one.joins("乙");
    for id in [used, changed, plain] {
        two.call("record.remove", json!({ "record": "note", "ids": [id] }));
    }
    let last = note(&one, "用到它", Some(used));
    one.save("note", Some(changed), json!({ "weight": 3 }));
    one.call("record.remove", json!({ "record": "note", "ids": [removed] }));
    let needs = note(&two, "也用到", Some(removed));
    let done = one.takes(&two);
    let kinds: Vec<_> = done.plan.clashes.iter().map(|clash| (clash.kind, clash.key.first())).collect();
    assert_eq!(kinds, [(ClashKind::RemovedThere, changed), (ClashKind::InUse, used)], "both are told");
    assert_eq!(one.field("note", last, "after"), json!(used), "what ours needs stays");
    assert_eq!(one.field("note", changed, "weight"), 3, "what ours changed stays");
    assert_eq!(one.field("note", needs, "after"), json!(removed), "what theirs needs is brought back");
    let list = one.call("record.list", json!({ "record": "note", "search": "没动的", "limit": 10 }));
    assert_eq!(list["rows"], json!([]), "what neither needs is gone");
    two.take(&one, &Taken::all()).expect("merged");
    assert_eq!(said(&one), said(&two), "both files say the same");
    sound(&one);
}

#[test]
fn a_value_that_is_another_rows_here_stays_out_and_is_told() {
    let one = Pc::first();
    let note = |title: &str| one.save("note", None, json!({ "title": title }));
    let [mine, yours] = ["甲", "乙"].map(note);
    let two = one.joins("乙");
    one.save("note", Some(mine), json!({ "serial": "8" }));
    two.save("note", Some(yours), json!({ "serial": "8", "weight": 5 }));
    let done = one.takes(&two);
    assert_eq!(done.plan.clashes.iter().map(|clash| clash.kind).collect::<Vec<_>>(), [ClashKind::Occupied], "told");
    assert_eq!((one.field("note", yours, "serial"), one.field("note", yours, "weight")), (Json::Null, json!(5)), "the rest comes");
}

#[test]
fn what_one_looked_at_is_in_the_others_log_and_stays_when_the_merge_is_taken_back() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let looks = |pc: &Pc| pc.call("record.list", json!({ "record": "disclosure", "count": true, "limit": 1 }))["total"].clone();
    two.call("record.get", json!({ "record": "person", "id": office.person("active"), "reveal": true }));
    two.save("note", None, json!({ "title": "乙写的" }));
    assert_eq!(looks(&one), 0, "nobody looked here");
    one.takes(&two);
    assert_eq!(looks(&one), 1, "the look there is told here");
    one.call("step.undo", json!({}));
    assert_eq!(looks(&one), 1, "a log is not taken back");
    one.takes(&two);
    assert_eq!(looks(&one), 1, "nor told twice");
}

#[test]
fn who_was_blocked_there_is_blocked_here_and_what_was_done_before_still_comes() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let person = office.person("nobody3");
    two.save("person", Some(person), json!({ "job": "封存以前写的" }));
    two.call("privacy.block", json!({ "person": person, "day": "2026-10-30", "ground": "asked" }));
    one.save("person", Some(person), json!({ "title": "本机写的" }));
    one.takes(&two);
    let stored = one.store.read(|db| db.get(unionbook_core::record::Id::<Person>::new(person))).expect("kept");
    assert_eq!((stored.job.as_deref(), stored.title.as_deref()), (Some("封存以前写的"), Some("本机写的")), "both came together");
    let refused = dispatch(&one.store, "record.save", json!({ "record": "person", "id": person, "values": { "job": "再改" } }));
    assert!(refused.expect_err("blocked").to_string().contains("已封存"), "here, too, it is only kept");
    two.takes(&one);
    assert_eq!(said(&one), said(&two), "both files say the same");
}

#[test]
fn who_was_erased_stays_erased_and_the_other_pc_is_told_to_erase_as_well() {
    let one = Pc::first();
    let office = FullOffice::enter(&one.store);
    let two = one.joins("乙");
    let person = office.person("nobody2");
    let name = |pc: &Pc| pc.store.read(|db| db.get(unionbook_core::record::Id::<Person>::new(person))).expect("there").name;
    let whole = name(&two);
    one.call("privacy.erase", json!({ "persons": [person], "ground": "asked" }));
    two.save("person", Some(person), json!({ "phone": "13800000055" }));
    let done = one.take(&two, &Taken::all()).expect("merged").value;
    assert_eq!((name(&one).as_str(), one.phone(person)), ("已清除", None), "nothing brings it back: {:?}", done.plan.clashes);
    let told = two.takes(&one);
    let kinds: Vec<_> = told.plan.clashes.iter().map(|clash| (clash.kind, clash.key.first())).collect();
    assert_eq!(kinds, [(ClashKind::Erased, person)], "the other is told");
    assert_eq!(name(&two), whole, "and nothing is half done there");
    two.save("person", Some(person), json!({ "phone": "13800000066" }));
    one.takes(&two);
    assert_eq!((name(&one).as_str(), one.phone(person)), ("已清除", None), "nor does what is written there before it is erased there, too");
    two.call("privacy.erase", json!({ "persons": [person], "ground": "asked" }));
    assert_eq!(name(&two), "已清除", "it is done there by its own act");
}

#[test]
fn only_a_manager_merges() {
    let one = Pc::first();
    let new = NewAccount { name: "李四".into(), role: Role::Clerk, password: PASSWORD.into() };
    one.store.add_account(&new).expect("an account");
    let two = one.joins_by("乙", &Secret::Account("经办人甲".into(), PASSWORD.into()));
    two.save("note", None, json!({ "title": "乙写的" }));
    let path = one.path();
    drop(one.store);
    let access = Access { installation: one.installation.into(), ..access(registry()) };
    let clerk = Store::open(&path, &Secret::Account("李四".into(), PASSWORD.into()), access).expect("the clerk opens");
    let other = Other::open(&two.path(), None, &clerk).expect("it opens");
    let refused = clerk.merge(&other, &Taken::default()).expect_err("not the clerk's");
    assert!(matches!(refused, Error::Forbidden(_)), "{refused}");
}

#[test]
fn three_pcs_pass_on_what_they_took_in() {
    let one = Pc::first();
    let note = |pc: &Pc, title: &str| pc.save("note", None, json!({ "title": title }));
    note(&one, "开始");
    let [two, three] = ["乙", "丙"].map(|name| one.joins(name));
    let third = note(&three, "丙写的");
    note(&two, "乙写的");
    two.takes(&three);
    three.save("note", Some(third), json!({ "weight": 9 }));
    one.takes(&three);
    let done = one.takes(&two);
    assert!(done.plan.clashes.is_empty(), "what the second passed on is older and known: {:?}", done.plan.clashes);
    assert_eq!(one.field("note", third, "weight"), 9, "the newer word stands");
    two.takes(&one);
    three.takes(&one);
    assert_eq!(said(&one), said(&two), "the second has all");
    assert_eq!(said(&one), said(&three), "and the third");
}

#[test]
fn files_that_cannot_be_one_offices_are_refused_with_the_reason() {
    let (one, stranger) = (Pc::first(), Pc::first());
    let strange = one.other(&stranger).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(strange.contains("钥匙不一样"), "another office's file has another key: {strange}");
    let by_password = Other::open(&stranger.path(), Some(&Secret::Password(PASSWORD.into())), &one.store).expect("it opens by its own");
    let refused = one.store.compare(&by_password, &Taken::default()).expect_err("of another office").to_string();
    assert!(refused.contains("不是同一个单位的台账"), "{refused}");
    let own = Other::open(&one.path(), None, &one.store).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(own.contains("就是现在打开的台账"), "{own}");
    let twice = one.joins("甲");
    one.save("note", None, json!({ "title": "这一份" }));
    twice.save("note", None, json!({ "title": "那一份" }));
    assert!(one.refuses(&twice).contains("同一台电脑"), "one PC with two files that both went on: {}", one.refuses(&twice));
}

#[test]
fn a_pc_that_went_back_to_a_backup_after_it_was_merged_is_refused() {
    let one = Pc::first();
    let two = one.joins("乙");
    let old = backup(&two.store, two.folder.path()).expect("a backup");
    two.save("note", None, json!({ "title": "合并过" }));
    one.takes(&two);
    let back = Pc { store: opened(&old, two.installation), folder: TempDir::new().expect("a folder"), installation: two.installation };
    back.save("note", None, json!({ "title": "恢复以后写的" }));
    back.save("note", None, json!({ "title": "又写的" }));
    assert!(one.refuses(&back).contains("恢复过旧备份"), "what it does now would be taken for known: {}", one.refuses(&back));
    let gone = one.store.compare(&one.other(&two).expect("opened"), &Taken::default()).expect("the first one still is").writes;
    assert!(gone.is_empty(), "and has nothing new");
}

#[test]
fn the_other_file_stays_as_it_is_and_a_damaged_one_is_refused() {
    let one = Pc::first();
    let two = one.joins("乙");
    two.save("note", None, json!({ "title": "那边" }));
    drop(two.store);
    let path = fs::read_dir(two.folder.path())
        .expect("listed")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "unionbook"))
        .expect("the file");
    let [before, keys] = [&path, &Sidecar::path(&path)].map(|path| fs::read(path).expect("read"));
    let other = Other::open(&path, None, &one.store).expect("opened");
    one.store.merge(&other, &Taken::default()).expect("merged");
    drop(other);
    assert_eq!([&path, &Sidecar::path(&path)].map(|path| fs::read(path).expect("read")), [before.clone(), keys], "not a byte is changed");
    let beside = fs::read_dir(one.folder.path()).expect("listed").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let beside: Vec<String> = beside.filter(|name| name.contains("merge")).collect();
    assert_eq!(beside, Vec::<String>::new(), "the copy is gone");
    let mut bytes = before;
    bytes.truncate(bytes.len() / 2);
    fs::write(&path, bytes).expect("written");
    let refused = Other::open(&path, None, &one.store).map(drop).expect_err("half a file");
    assert!(matches!(refused, Error::Damaged(_) | Error::Locked(_)), "it is said: {refused}");
}

#[test]
fn what_a_killed_merge_left_is_swept_once_it_is_old() {
    let one = Pc::first();
    let path = one.path();
    drop(one.store);
    let left = |what: &str| path.with_file_name(format!(".本单位.unionbook.{what}"));
    let folders = ["merge-1", "trial-abc", "merge-2"].map(left);
    folders.iter().for_each(|folder| fs::create_dir(folder).expect("made"));
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7_200);
    for folder in &folders[..2] {
        fs::File::open(folder).and_then(|folder| folder.set_modified(long_ago)).expect("aged");
    }
    drop(opened(&path, "甲"));
    assert_eq!(folders.map(|folder| folder.exists()), [false, false, true], "the old ones go; a new one may be another program's");
}
