//! Nobody's number comes out whole without a line in the disclosure log: every command that a 查阅 account has, tried on an office that has
//! something of everything, a roster that was computed before one of its people was blocked among it.

mod readings;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::commands::COMMANDS;
use unionbook_core::record::{Cell, Table};
use unionbook_core::store::list::{Query, page};
use unionbook_core::store::{Right, Role, Store, Veiled};
use zip::ZipArchive;

use crate::accounts::{add, open_as};
use crate::full_office::{FullOffice, call, id_number_of};
use crate::world::World;

const PERIOD: &str = "2026-10";

/// The office as its reader has it open.
pub(super) struct Reader {
    pub world: World,
    pub store: Store,
    pub office: FullOffice,
    /// Each secret as it stands in the file, with the labels of the fields that hold it.
    secrets: BTreeMap<String, BTreeSet<&'static str>>,
    /// The returns with rosters: a draft of members, one of volunteers, one that went up.
    pub rosters: Vec<i64>,
}

/// Who is blocked after a roster with them was computed.
const BLOCKED: &str = "server2";

impl Reader {
    pub fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let office = FullOffice::enter(&store);
        contacts(&store, &office);
        let compute = |task: &str, unit: &str, period: &str| {
            call(&store, "return.compute", json!({ "task": task, "unit": office.id(unit), "period": period }))["value"]
                .as_i64()
                .expect("an id")
        };
        let sent = compute("volunteer-roster", "town", "2026-09");
        let rosters = vec![compute("member-roster", "town", PERIOD), compute("volunteer-roster", "town", PERIOD), sent];
        call(&store, "return.audit", json!({ "id": sent }));
        call(&store, "return.send", json!({ "id": sent, "path": null }));
        received(&world, &store, compute("member-roster", "b", PERIOD));
        block(&store, &office);
        add(&store, "丁查阅", Role::Reader);
        drop(store);
        let store = open_as(&world, "丁查阅");
        let secrets = secrets(&store);
        Self { world, store, office, secrets, rosters }
    }

    pub fn tables(&self) -> Vec<&'static Table> {
        self.store.registry().tables().filter(|table| !table.view).collect()
    }

    /// The secrets that stand in a text, with their labels.
    fn standing(&self, text: &str) -> Vec<(&String, &BTreeSet<&'static str>)> {
        self.secrets.iter().filter(|(secret, _)| text.contains(secret.as_str())).collect()
    }

    /// Runs a command that must be done and answers no secret; says what is wrong.
    fn reads(&self, command: &str, payload: &Json) -> Result<Json, String> {
        let answer = dispatch(&self.store, command, payload.clone()).map_err(|error| format!("{command} {payload} is done: {error:?}"))?;
        let text = answer.to_string();
        let found = self.standing(&text);
        if found.is_empty() { Ok(answer) } else { Err(format!("{command} {payload} answers {found:?}: {}", around(&text, self))) }
    }

    #[track_caller]
    fn read(&self, command: &str, payload: &Json) -> Json {
        self.reads(command, payload).unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    pub fn log(&self) -> Vec<Json> {
        call(&self.store, "record.list", json!({ "record": "disclosure", "order": ["-id"], "limit": 1000 }))["rows"]
            .as_array()
            .expect("rows")
            .clone()
    }

    /// Runs a command that writes a file: what stands in it whole stands in the log by its column, and nothing of who is blocked.
    fn writes(&self, command: &str, payload: &Json, path: &Path) -> Result<(), String> {
        let before = self.log().len();
        self.reads(command, payload)?;
        let text = contents(path);
        let log = self.log();
        let columns: String = log[..log.len() - before].iter().filter_map(|line| line["columns"].as_str()).collect();
        let unsaid = |(_, labels): &(&String, &BTreeSet<&'static str>)| !labels.iter().any(|label| columns.contains(label));
        if let Some((secret, labels)) = self.standing(&text).into_iter().find(unsaid) {
            return Err(format!("{command} {payload} writes {labels:?} {secret}, and the log says {columns}"));
        }
        let blocked = text.contains(&id_number_of(BLOCKED));
        if blocked { Err(format!("{command} {payload} writes the number of somebody who is blocked")) } else { Ok(()) }
    }
}

fn around(text: &str, reader: &Reader) -> String {
    let at = reader.standing(text).first().and_then(|(secret, _)| text.find(secret.as_str())).unwrap_or(0);
    text.chars().skip(text[..at].chars().count().saturating_sub(80)).take(200).collect()
}

/// Blocks somebody who has left.
fn block(store: &Store, office: &FullOffice) {
    let left = json!({ "volunteers": [office.id(&format!("volunteer {BLOCKED}"))], "day": "2026-10-29", "reason": "本人申请" });
    call(store, "volunteers.end", left);
    call(store, "privacy.block", json!({ "person": office.person(BLOCKED), "day": "2026-10-30", "ground": "asked", "note": "来信" }));
}

/// Gives everything that has a contact one.
fn contacts(store: &Store, office: &FullOffice) {
    let set = |record: &str, id: i64, phone: &str| {
        call(store, "record.save", json!({ "record": record, "id": id, "values": { "phone": phone } }));
    };
    set("unit", office.id("a"), "13100001111");
    set("station", office.id("station"), "13100002222");
    set("team", office.id("detachment"), "13100003333");
    let person = json!({ "email": "zhangwei@example.invalid", "address": "测试区甲路一百零一号" });
    call(store, "record.save", json!({ "record": "person", "id": office.person("active"), "values": person }));
}

/// Takes a roster in as a union below would send it.
fn received(world: &World, store: &Store, roster: i64) {
    let path = world.folder.path().join("乙厂名册.xlsx");
    call(store, "return.write", json!({ "id": roster, "path": path }));
    call(store, "return.receive", json!({ "paths": [path], "take": false }));
}

/// Every text of a secret field that is long enough to be somebody's own.
fn secrets(store: &Store) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for table in store.registry().tables().filter(|table| !table.view) {
        for veiled in [Veiled::Out, Veiled::Only] {
            let rows = store.read(|db| page(db, &Query { veiled, limit: 10_000, ..Query::of(table) })).expect("rows").rows;
            for (_, cells) in rows {
                for (field, cell) in table.fields.iter().zip(cells).filter(|(field, _)| field.secret) {
                    if let Cell::Text(text) = cell {
                        found.entry(text).or_default().insert(field.label);
                    }
                }
            }
        }
    }
    assert!(found.len() > 20, "the office has numbers: {found:?}");
    found
}

/// What a file says: every part of a workbook, one after another.
fn contents(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{} is written: {error}", path.display()));
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut zip = ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    for at in 0..zip.len() {
        let mut part = Vec::new();
        zip.by_index(at).expect("a part").read_to_end(&mut part).expect("it reads");
        text += &String::from_utf8_lossy(&part);
    }
    text
}

#[test]
fn no_command_of_a_reader_answers_or_writes_a_whole_number_that_the_log_does_not_have() {
    let reader = Reader::new();
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    for (command, payload) in readings::answers(&reader) {
        wrong.extend(reader.reads(command, &payload).err());
        tried.insert(command);
    }
    for (command, payload, path) in readings::files(&reader) {
        wrong.extend(reader.writes(command, &payload, &path).err());
        tried.insert(command);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let full = json!({ "record": "person", "id": reader.office.person("active"), "reveal": true });
    assert!(reader.reads("record.get", &full).is_err(), "a whole number is noticed");
    let all: BTreeSet<&str> = COMMANDS.iter().filter(|command| command.right == Right::Read).map(|command| command.name).collect();
    let left: Vec<&&str> = all.difference(&tried).filter(|name| !readings::NOT_TRIED.contains(*name)).collect();
    assert_eq!(left, [] as [&&str; 0], "every command that a reader has is tried");
}

#[test]
fn a_cursor_says_nothing_of_what_rows_are_ordered_by_and_goes_on_where_the_page_ended() {
    let reader = Reader::new();
    let mut ask = json!({ "record": "person", "order": ["id_number"], "limit": 2 });
    let mut names = Vec::new();
    loop {
        let page = reader.read("record.list", &ask);
        names.extend(page["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()));
        if page["next"].is_null() {
            break;
        }
        ask["after"] = page["next"].clone();
    }
    let whole = call(&reader.store, "record.list", json!({ "record": "person", "order": ["id_number"], "limit": 1000 }));
    let whole: Vec<Json> = whole["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(names, whole, "page by page as at once");
    let own = json!({ "record": "person", "order": ["id_number"], "after": "[null,[\"1\"],[1]]" });
    assert!(dispatch(&reader.store, "record.list", own).is_err(), "a place of one's own is none");
    for order in [json!({ "order": ["content"] }), json!({ "filters": [{ "field": "content", "op": "contains", "value": "1" }] })] {
        let mut ask = json!({ "record": "return" });
        ask.as_object_mut().expect("an object").extend(order.as_object().expect("an object").clone());
        assert!(dispatch(&reader.store, "record.list", ask).is_err(), "documents are nothing to order or to look by");
    }
}

#[test]
fn a_roster_is_seen_masked_or_in_full_with_a_line_in_the_log_and_whoever_was_blocked_since_is_not_in_it() {
    let reader = Reader::new();
    let roster = reader.rosters[1];
    let lines = |view: &Json| view["content"]["values"]["sheets"][0]["lines"].as_array().expect("lines").clone();
    let masked = reader.read("return.view", &json!({ "id": roster, "today": true }));
    assert!(lines(&masked).iter().any(|line| line.to_string().contains("***")), "who is in it can be told apart");
    let before = reader.log().len();
    let full = call(&reader.store, "return.view", json!({ "id": roster, "reveal": true }));
    assert!(full.to_string().contains(&id_number_of("server")), "in full where that is asked for");
    let log = reader.log();
    assert_eq!(log.len(), before + 1, "which is written down");
    assert!(log[0]["columns"].as_str().is_some_and(|columns| columns.contains("证件号码")) && log[0]["kind"] == "shown", "{}", log[0]);
    for view in [&masked, &full] {
        let text = view.to_string();
        assert!(!text.contains(&id_number_of(BLOCKED)) && !text.contains("王芳"), "the blocked person is not in it");
        assert!(text.contains("已封存"), "their row is");
    }
    assert_eq!(lines(&masked).len(), lines(&full).len(), "the rows are the same");
}

#[test]
fn a_roster_with_somebody_who_was_blocked_since_is_computed_anew_before_it_goes_up() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let of = json!({ "task": "volunteer-roster", "unit": office.id("town"), "period": PERIOD });
    let id = call(&store, "return.compute", of.clone())["value"].clone();
    call(&store, "return.audit", json!({ "id": id }));
    block(&store, &office);
    let path = world.folder.path().join("名册.xlsx");
    let refused = dispatch(&store, "return.send", json!({ "id": id, "path": path })).expect_err("it is refused").report();
    assert!(refused.message.contains("1 人") && refused.hint.contains("重新运算") && !path.exists(), "{refused:?}");
    call(&store, "return.compute", of);
    call(&store, "return.audit", json!({ "id": id }));
    call(&store, "return.send", json!({ "id": id, "path": path }));
    let text = contents(&path);
    assert!(text.contains(&id_number_of("server")) && !text.contains(&id_number_of(BLOCKED)), "then it goes up, the others in full");
}

#[test]
fn what_somebody_typed_into_a_return_beside_a_roster_is_never_written_back_with_stars() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let column = |at: &str, holds: Json| json!({ "at": at, "label": at, "holds": holds, "kind": "text" });
    let block =
        |each: Json, columns: [Json; 2]| json!({ "header_row": 4, "first_row": 5, "reserved": 3, "each": each, "columns": columns });
    let roster =
        block(json!({ "record": "person" }), [column("A", json!({ "field": "name" })), column("B", json!({ "field": "id_number" }))]);
    let tables = json!([
        { "sheet": "名册", "cells": [], "block": roster },
        { "sheet": "发放", "cells": [], "block": block(json!("typed"), [column("A", json!("typed")), column("B", json!("typed"))]) }
    ]);
    let task = json!({ "key": "own", "version": 1, "title": "发放", "source": "本会", "periods": ["month"], "due": 5, "tables": tables });
    call(&store, "task.add", json!({ "task": task }));
    let id = call(&store, "return.compute", json!({ "task": "own", "unit": office.id("town"), "period": PERIOD }))["value"].clone();
    let number = id_number_of("server");
    call(&store, "return.type_rows", json!({ "id": id, "sheet": "发放", "rows": [[number, "慰问金"]] }));
    let seen = || call(&store, "return.view", json!({ "id": id }))["content"]["values"]["sheets"].clone();
    assert!(seen()[0]["lines"][0]["values"][1].as_str().is_some_and(|text| text.contains("***")), "the roster is masked: {}", seen());
    assert_eq!(seen()[1]["lines"][0]["values"][0], json!(number), "what was typed is seen as it was typed");
    let back = json!({ "id": id, "sheet": "发放", "rows": [["000***********0018", "慰问金 500 元"]] });
    let refused = dispatch(&store, "return.type_rows", back).expect_err("stars are no number").report();
    assert!(refused.message.contains("星号") && refused.hint.contains("完整"), "{refused:?}");
    assert_eq!(seen()[1]["lines"][0]["values"][0], json!(number), "and nothing was changed");
}

#[test]
fn a_trial_of_a_task_sees_numbers_masked_and_so_do_its_formulas() {
    let reader = Reader::new();
    let mut task = call(&reader.store, "task.get", json!({ "key": "member-roster" }));
    let columns = task["tables"][0]["block"]["columns"].as_array_mut().expect("columns");
    let number = columns.iter().find(|column| column["holds"]["field"] == "id_number").expect("a column")["at"]
        .as_str()
        .expect("letters")
        .to_owned();
    let name = columns.iter_mut().find(|column| column["holds"]["field"] == "employer").expect("a column");
    name["holds"] = json!({ "formula": format!("=MID({number}5,2,12)") });
    let ask = json!({ "task": task, "unit": reader.office.id("town"), "period": PERIOD });
    let tried = call(&reader.store, "task.try", ask).to_string();
    let birth = &id_number_of("active")[6..13];
    assert!(tried.contains("\"00*****") && !tried.contains(birth), "no formula tells what is masked: {tried}");
    let ask = json!({ "task": call(&reader.store, "task.get", json!({ "key": "member-roster" })), "unit": reader.office.id("town"), "period": PERIOD, "reveal": true });
    let before = reader.log().len();
    assert!(call(&reader.store, "task.try", ask).to_string().contains(&id_number_of("active")), "in full where that is asked for");
    assert_eq!(reader.log().len(), before + 1, "which is written down");
}

#[test]
fn who_is_blocked_is_named_by_no_whole_number_in_any_export_and_others_are_with_their_column_in_the_log() {
    let reader = Reader::new();
    let path = |record: &str| reader.world.folder.path().join(format!("{record}.csv"));
    let export = |record: &str| {
        call(&reader.store, "sheet.export", json!({ "record": record, "path": path(record) }));
        (contents(&path(record)), reader.log()[0]["columns"].as_str().expect("columns").to_owned())
    };
    let (dues, columns) = export("dues");
    assert!(dues.contains(&id_number_of("payer")), "what comes in again is told by its number");
    assert!(columns.contains("会员（证件号码）"), "and the log says so: {columns}");
    let (blockings, columns) = export("blocking");
    assert!(blockings.contains("000***********") && !blockings.contains(&id_number_of(BLOCKED)), "{blockings}");
    assert!(blockings.contains(&id_number_of("nobody3")) && columns.contains("（证件号码）"), "who is blocked no more is named: {columns}");
    let (returns, columns) = export("return");
    assert!(!returns.contains("values") && !columns.contains("内容"), "a document stays behind: {columns}");
}

/// Somebody else's program that is in the middle of writing.
fn while_somebody_writes(world: &World, act: impl FnOnce()) {
    let other = world.open();
    let (started, has_started) = std::sync::mpsc::channel();
    let (tried, was_tried) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|threads| {
        let writing = threads.spawn(move || {
            let held = other.write(unionbook_core::store::Step::new("长时间导入"), |_| {
                started.send(()).expect("told");
                was_tried.recv_timeout(std::time::Duration::from_secs(120)).expect("tried");
                Err::<(), _>(unionbook_core::Error::Stopped)
            });
            assert!(held.is_err(), "it gives up in the end");
        });
        has_started.recv().expect("it writes");
        act();
        tried.send(()).expect("told");
        writing.join().expect("it ends");
    });
}

#[test]
fn what_cannot_be_written_down_leaves_the_older_file_as_it_was_and_nothing_else() {
    let world = World::new();
    let store = world.create();
    let office = FullOffice::enter(&store);
    let roster =
        call(&store, "return.compute", json!({ "task": "member-roster", "unit": office.id("town"), "period": PERIOD }))["value"].clone();
    let folder = world.folder.path().join("给别人");
    std::fs::create_dir(&folder).expect("a folder");
    let old = |name: &str| -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, "以前的文件").expect("an older file");
        path
    };
    let acts = [
        ("sheet.export", json!({ "record": "member", "path": old("旧名册.csv") })),
        ("return.write", json!({ "id": roster, "path": old("旧报表.xlsx") })),
        ("privacy.person_sheet", json!({ "person": office.person("active"), "path": old("旧信息.xlsx") })),
    ];
    let backups = world.folder.path().join("备份到这里");
    while_somebody_writes(&world, || {
        for (command, payload) in &acts {
            let refused = dispatch(&store, command, payload.clone()).expect_err("it is not done").report();
            assert_eq!(refused.code, "busy", "{command}: {refused:?}");
        }
        assert!(dispatch(&store, "store.backup", json!({ "folder": backups })).is_err(), "nor is a backup");
    });
    let mut names: Vec<_> = std::fs::read_dir(&folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
    names.sort();
    assert_eq!(names.len(), acts.len(), "nothing half-written is left: {names:?}");
    for path in names {
        assert_eq!(std::fs::read_to_string(&path).expect("it reads"), "以前的文件", "{} is as it was", path.display());
    }
    assert_eq!(std::fs::read_dir(&backups).map_or(0, Iterator::count), 0, "no backup and no keys are left");
    let log = call(&store, "record.list", json!({ "record": "disclosure" }));
    assert_eq!(log["rows"], json!([]), "nothing was given out, and nothing is in the log");
    for (command, payload) in acts {
        call(&store, command, payload);
    }
}

#[test]
fn a_backup_that_somebody_asks_for_is_written_down_and_one_that_nobody_asks_for_is_not() {
    let reader = Reader::new();
    let before = reader.log().len();
    let path = call(&reader.store, "store.backup", json!({ "folder": reader.world.folder.path().join("备份") }));
    let log = reader.log();
    assert_eq!(log.len(), before + 1, "one line");
    let people =
        call(&reader.store, "record.list", json!({ "record": "person", "count": true, "limit": 1 }))["total"].as_i64().expect("a count")
            + 1;
    let line = &log[0];
    assert_eq!((&line["kind"], &line["clerk"], &line["people"]), (&json!("backed_up"), &json!("丁查阅"), &json!(people)), "{line}");
    let digest = blake3::hash(&std::fs::read(path.as_str().expect("a path")).expect("the backup")).to_hex().to_string();
    assert_eq!(line["digest"], json!(digest), "the very file can be told by it");
    unionbook_core::store::automatic(&reader.store).expect("an automatic backup");
    assert_eq!(reader.log().len(), before + 1, "what the program does by itself is no disclosure");
}
