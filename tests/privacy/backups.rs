//! Backups that were made before an erasure: told, and taken away when somebody says so.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value as Json, json};
use unionbook_core::desk::{Desk, Place};
use unionbook_core::store::{Cost, Now};

use super::Office;
use super::erasure::{holds, pages};
use crate::world::{PASSWORD, World};

/// A desk with the office open on it, and its clock.
fn desk(world: &World) -> (Desk, Arc<AtomicI64>) {
    let (seconds, still) = (Arc::new(AtomicI64::new(0)), world.access().clock);
    let clock = Arc::clone(&seconds);
    let moving = move || Now { at: still().at + clock.load(Ordering::Relaxed), ..still() };
    let folder = world.folder.path().join("设置");
    let place = Place {
        documents: folder.clone(),
        folder,
        registry: world.registry.clone(),
        clock: Arc::new(moving),
        user: "某某".into(),
        cost: Cost::LEAST,
    };
    (Desk::new(place), seconds)
}

fn rpc(desk: &Desk, command: &str, payload: Json) -> Json {
    desk.rpc(command, payload, None).unwrap_or_else(|error| panic!("{command} is done: {error}"))
}

fn paths(holding: &Json) -> Vec<PathBuf> {
    holding["copies"].as_array().expect("copies").iter().map(|copy| copy["path"].as_str().expect("a path").into()).collect()
}

fn has(copy: &Path, text: &str) -> bool {
    holds(&pages(copy), text)
}

#[test]
fn backups_of_before_an_erasure_are_told_and_removed_once_there_is_a_clean_one() {
    let Office { world, store, old, .. } = Office::new();
    drop(store);
    let (desk, seconds) = desk(&world);
    let chosen = world.folder.path().join("U盘");
    std::fs::create_dir_all(&chosen).expect("a folder");
    let open = || rpc(&desk, "desk.open", json!({ "path": world.file(), "password": PASSWORD }));
    open();
    rpc(&desk, "desk.backups", json!({ "folder": chosen }));
    assert_eq!(
        rpc(&desk, "desk.holding", json!({})),
        json!({ "copies": [], "until": null, "by_hand": 0, "apart": 0 }),
        "nobody was erased so far"
    );
    rpc(&desk, "desk.backup", json!({ "folder": chosen }));
    rpc(&desk, "record.save", json!({ "record": "person", "values": { "name": "后来的" } }));
    rpc(&desk, "desk.close", json!({}));
    seconds.store(5_000, Ordering::Relaxed);
    open();
    rpc(&desk, "privacy.erase", json!({ "persons": [old], "ground": "over" }));
    let told = rpc(&desk, "desk.holding", json!({}));
    assert_eq!((paths(&told).len(), &told["by_hand"]), (3, &json!(1)), "one by hand, and one of the close in each folder: {told}");
    assert!(told["until"].as_str().is_some_and(|until| until.starts_with("2027-11-0")), "a year later the last has thinned out: {told}");
    assert!(paths(&told).iter().all(|copy| has(copy, super::PHONE)), "each still holds the person");
    seconds.store(10_000, Ordering::Relaxed);
    assert_eq!(rpc(&desk, "desk.drop_holding", json!({})), 3, "all are removed");
    assert!(paths(&told).iter().all(|copy| !copy.exists()), "from the disk");
    assert_eq!(paths(&rpc(&desk, "desk.holding", json!({}))).len(), 0, "none is left");
    let copies = rpc(&desk, "desk.copies", json!({ "path": world.file() }));
    let left = paths(&json!({ "copies": copies }));
    assert_eq!(left.len(), 2, "a new one lies in each folder: {left:?}");
    assert!(left.iter().all(|copy| !has(copy, super::PHONE)), "and is clean");
}
