//! Files in folders that a program syncs: nothing is made, opened or put back there, and what lies there is brought to this PC.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use unionbook_core::desk::{Desk, Place};
use unionbook_core::modules::Registry;
use unionbook_core::store::Access;

use crate::kill::{begin, stands};
use crate::world::{PASSWORD, World, access};

fn desk(folder: &Path) -> Desk {
    let Access { registry, clock, cost, .. } = access(Arc::new(Registry::shipped()));
    Desk::new(Place { folder: folder.join("设置"), documents: folder.to_owned(), registry, clock, user: "甲".into(), cost })
}

#[test]
fn in_a_synced_folder_nothing_is_made_opened_or_put_back() {
    let world = World::new();
    begin(&world);
    let folder = world.folder.path();
    let synced = folder.join("BaiduNetdiskWorkspace");
    fs::create_dir(&synced).expect("a folder");
    let there = synced.join("台账.unionbook");
    for end in ["", ".keys"] {
        fs::copy(format!("{}{end}", world.file().display()), format!("{}{end}", there.display())).expect("copied");
    }
    let before = fs::read(&there).expect("the file");
    let desk = desk(folder);
    let new = json!({ "path": synced.join("新.unionbook"), "password": "一句好记的话", "clerk": "甲", "code": "T", "name": "工会", "level": "town" });
    let refused: [(&str, Json); 3] = [
        ("desk.create", new),
        ("desk.open", json!({ "path": there, "password": PASSWORD })),
        ("desk.restore", json!({ "backup": world.file(), "password": PASSWORD, "path": there })),
    ];
    for (command, payload) in refused {
        let report = desk.rpc(command, payload, None).expect_err("refused").report();
        assert!(report.message.contains("在网盘同步的文件夹上") && report.hint.contains("复制到本机"), "{command}: {report:?}");
    }
    assert_eq!(fs::read_dir(&synced).expect("listed").count(), 2, "nothing was made there");
    assert_eq!(fs::read(&there).expect("the file"), before, "and the file is as it was");
    let here = folder.join("本机.unionbook");
    desk.rpc("desk.bring", json!({ "file": { "path": there, "password": PASSWORD }, "to": here }), None).expect("it is brought here");
    drop(desk);
    assert_eq!(stands(&here, 0), stands(&world.file(), 0), "with all that it holds");
}
