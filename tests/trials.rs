//! What an office tries on its own PC: copies of its file, and nothing of it is left.

use std::fs;

use serde_json::json;

use crate::dump::dump;
use crate::full_office::{FullOffice, call};
use crate::world::World;

#[test]
fn everything_that_is_tried_on_copies_of_a_sound_file_holds_and_leaves_nothing() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let (before, beside) = (dump(&store), listed(&world));
    let trials = call(&store, "store.trials", json!({}));
    let trials = trials.as_array().expect("trials");
    assert_eq!(trials.len(), 6, "each kind once: {trials:?}");
    for trial in trials {
        assert_eq!(trial["tried"], trial["held"], "it holds: {trial}");
    }
    let of = |what: &str| trials.iter().find(|trial| trial["what"] == what).expect("tried")["tried"].as_u64().expect("a number");
    assert_eq!((of("文件坏一个字节也会发现"), of("做到一半被打断，什么也不留")), (20, 20), "as often as it says");
    assert_eq!((of("撤销再重做，一字不差"), of("备份打得开，内容一样")), (1, 1), "there was a step to take back");
    assert!(of("磁盘上没有明文") >= 12, "the numbers of those who are in it are looked for");
    assert_eq!(dump(&store), before, "the file is as it was");
    assert_eq!(listed(&world), beside, "and nothing lies beside it");
}

#[test]
fn a_file_that_is_damaged_is_told_by_what_is_tried() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    call(&store, "record.save", json!({ "record": "person", "values": { "name": "有电话的", "phone": "13800000077" } }));
    fs::write(world.file().with_file_name("测试.unionbook.tmp"), "13800000077").expect("written");
    let trials = call(&store, "store.trials", json!({}));
    let clear = trials.as_array().expect("trials").iter().find(|trial| trial["what"] == "磁盘上没有明文").expect("tried").clone();
    let [tried, held] = ["tried", "held"].map(|name| clear[name].as_u64().expect("a number"));
    assert_eq!(tried - held, 1, "what lies in the clear beside the file is found: {clear}");
}

fn listed(world: &World) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(world.folder.path())
        .expect("listed")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
