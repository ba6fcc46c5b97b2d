//! Accounts and keys from the command line.

use serde_json::json;

use crate::desk::{Desk, ran};

/// An office with an account that only reads.
fn with_reader() -> Desk {
    let desk = Desk::with_members();
    let added = ran(desk
        .command(&["account", "add", "a.unionbook", "李四", "--role", "查阅"])
        .env("UNIONBOOK_NEW_PASSWORD", "李四自己的密码")
        .output()
        .expect("runs"));
    assert_eq!(added.code, 0, "an account is added: {}", added.err);
    desk
}

#[test]
fn an_account_opens_by_its_name_and_does_what_its_role_may() {
    let desk = with_reader();
    let unnamed = desk.run(&["list", "a.unionbook", "unit", "--json"]);
    assert_eq!((unnamed.code, unnamed.json()["error"]["code"].clone()), (1, json!("refused")), "with two accounts one is named");
    let by = |words: &[&str]| {
        ran(desk.command(words).env("UNIONBOOK_PASSWORD", "李四自己的密码").env("UNIONBOOK_ACCOUNT", "李四").output().expect("runs"))
    };
    assert_eq!(by(&["list", "a.unionbook", "unit"]).code, 0, "it reads");
    let undo = by(&["undo", "a.unionbook", "--json"]);
    assert_eq!((undo.code, undo.json()["error"]["code"].clone()), (1, json!("forbidden")), "and writes nothing");
    let table = desk.run(&["account", "list", "a.unionbook", "--account", "另一个"]);
    assert!(table.out.contains("李四") && table.out.contains("查阅") && table.out.contains("管理员"), "both are listed: {}", table.out);
    let changed = desk.run(&["account", "change", "a.unionbook", "李四", "--role", "审核", "--account", "另一个"]);
    assert_eq!(changed.code, 0, "its role is changed: {}", changed.err);
    let removed = desk.run(&["account", "remove", "a.unionbook", "李四", "--account", "另一个"]);
    assert_eq!(removed.code, 0, "it is removed: {}", removed.err);
    assert_eq!(by(&["list", "a.unionbook", "unit"]).code, 1, "and opens nothing");
    assert_eq!(desk.run(&["list", "a.unionbook", "unit"]).code, 0, "the one that is left need not be named");
}

#[test]
fn a_new_key_is_shown_and_the_passwords_go_on() {
    let desk = with_reader();
    let made = desk.json(&["rekey", "a.unionbook", "--account", "另一个"]);
    let key = made["recovery_key"].as_str().expect("a recovery key");
    let by_key = desk.run(&["account", "reset", "a.unionbook", "另一个", "--recovery-key", key, "--json"]);
    assert_eq!(by_key.code, 2, "no new password and nobody to ask: {}", by_key.out);
    let reset = ran(desk
        .command(&["account", "reset", "a.unionbook", "另一个", "--recovery-key", key])
        .env("UNIONBOOK_NEW_PASSWORD", "又另外一个密码")
        .output()
        .expect("runs"));
    assert_eq!(reset.code, 0, "the recovery key gives a password anew: {}", reset.err);
    let other = ran(desk
        .command(&["list", "a.unionbook", "unit", "--account", "李四"])
        .env("UNIONBOOK_PASSWORD", "李四自己的密码")
        .output()
        .expect("runs"));
    assert_eq!(other.code, 0, "another's password goes on: {}", other.err);
}

#[test]
fn wrong_passwords_have_to_wait_however_many_are_tried_at_once() {
    let desk = Desk::with_members();
    let guess = |file: &str| desk.command(&["list", file, "unit", "--json"]).env("UNIONBOOK_PASSWORD", "猜的密码").output().expect("runs");
    let tries: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = ["a.unionbook", "设置/../a.unionbook"].repeat(4).into_iter().map(|file| scope.spawn(|| guess(file))).collect();
        tries.into_iter().map(|one| ran(one.join().expect("it ends"))).collect()
    });
    let told = |word: &str| tries.iter().filter(|one| one.code == 3 && one.out.contains(word)).count();
    let said: Vec<_> = tries.iter().map(|one| &one.out).collect();
    assert!(told("密码不对") < 5 && told("密码不对") + told("秒再试") == 8, "three are tried, one more after a wait: {said:?}");
    // As after six more.
    let counts = desk.path("设置").join("attempts.json");
    let text = std::fs::read_to_string(&counts).expect("they are counted");
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("by file");
    assert_eq!(all.len(), 1, "by one path: {text}");
    all.values_mut().for_each(|one| one["times"] = json!(9));
    std::fs::write(&counts, serde_json::to_vec(&all).expect("text")).expect("written");
    let right = desk.run(&["list", "a.unionbook", "unit", "--json"]);
    assert_eq!((right.code, right.json()["error"]["code"].clone()), (3, json!("locked")), "the right one waits as well");
    assert!(right.out.contains("秒再试"), "and says how long: {}", right.out);
    let restored = desk.run(&["restore", "a.unionbook", "b.unionbook", "--json"]);
    assert!(restored.out.contains("秒再试") && !desk.path("b.unionbook").exists(), "a restore goes no way round: {}", restored.out);
    all.values_mut().for_each(|one| one["at"] = json!(0));
    std::fs::write(&counts, serde_json::to_vec(&all).expect("text")).expect("written");
    assert_eq!(desk.run(&["list", "a.unionbook", "unit"]).code, 0, "after the wait it opens");
    assert_eq!(std::fs::read_to_string(&counts).expect("read").trim(), "{}", "and the count begins anew");
    let many: Vec<_> = std::thread::scope(|scope| {
        let many: Vec<_> = (0..6).map(|_| scope.spawn(|| desk.run(&["list", "a.unionbook", "unit"]).code)).collect();
        many.into_iter().map(|one| one.join().expect("it ends")).collect()
    });
    assert_eq!(many, [0; 6], "right ones are not in each other's way");
}
