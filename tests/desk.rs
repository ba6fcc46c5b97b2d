//! The desk: files made and opened, long calls watched and stopped, what this PC remembers, and panics that spoil nothing.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::Error;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::error::Faults;
use unionbook_core::modules::{Module, Registry};
use unionbook_core::record::{Id, Record};
use unionbook_core::store::{Cost, Db, Sidecar, Step};

use crate::dump::dump;
use crate::plain_record::{self, Note};
use crate::world::{World, access};

const PASSWORD: &str = "一句好记的话";

/// A record whose check burns through where its title says so.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "fuse", label = "保险丝", order = "title", check = burn)]
struct Fuse {
    /// The id.
    id: Id<Fuse>,
    /// What it says.
    #[field(label = "标题", max = 20, listed)]
    title: String,
}

fn burn(fuse: &Fuse, _: &Db<'_>, _: &mut Faults) {
    assert!(fuse.title != "烧断", "the fuse of `王小明 000000190001010017` burnt");
}

fn fuses() -> Module {
    Module::new("fuses").migration("1_fuse.sql", include_str!("desk/1_fuse.sql")).record::<Fuse>()
}

/// A PC with a desk on it.
struct Pc {
    folder: TempDir,
    desk: Desk,
}

impl Pc {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let desk = Self::desk(&folder);
        Self { folder, desk }
    }

    fn desk(folder: &TempDir) -> Desk {
        let registry = Arc::new(Registry::shipped().with(fuses()));
        let clock = access(Arc::clone(&registry)).clock;
        let (settings, documents) = (folder.path().join("设置"), folder.path().to_owned());
        Desk::new(Place { folder: settings, documents, registry, clock, user: "电脑用户".into(), cost: Cost::LEAST })
    }

    /// The program is started again on the same PC.
    fn restart(&mut self) {
        self.desk = Self::desk(&self.folder);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn done(&self, command: &str, payload: Json) -> Json {
        self.desk.rpc(command, payload, None).unwrap_or_else(|error| panic!("{command} is done: {error}"))
    }

    fn refusal(&self, command: &str, payload: Json) -> Error {
        self.desk.rpc(command, payload, None).expect_err("the desk must refuse this")
    }

    fn office(&self, name: &str) -> Json {
        json!({ "path": self.path(name), "password": PASSWORD, "clerk": "经办人甲", "code": "T1", "name": "测试工会", "level": "grassroots" })
    }
}

#[test]
fn an_office_is_made_with_its_union_and_is_open_then() {
    let pc = Pc::new();
    let mut new = pc.office("甲.unionbook");
    new["backups"] = json!("/backups");
    let made = pc.done("desk.create", new);
    assert_eq!(made["recovery"].as_str().map(|key| key.split('-').count()), Some(9), "the recovery key is told: {made}");
    let state = pc.done("desk.state", json!({}));
    let (path, today) = (pc.path("甲.unionbook"), "2026-11-01");
    let unit = pc.done("record.list", json!({ "record": "unit" }))["rows"][0]["id"].clone();
    let kept = json!({ "last": null, "changed": true, "failed": null });
    let rights = ["anyone", "read", "work", "enter", "approve", "manage"];
    let office = json!({ "path": path, "file": "甲.unionbook", "name": "测试工会", "unit": unit, "clerk": "经办人甲", "role": "admin", "rights": rights, "by_recovery": false, "unnoted": false, "arrival": null, "backups": "/backups", "kept": kept, "lost": null });
    assert_eq!((&state["office"], &state["today"]), (&office, &json!(today)), "what is open is told: {state}");
    assert!(unit.is_i64(), "the topmost union is there");
    let timeline = pc.done("step.timeline", json!({}));
    assert_eq!(timeline[0]["name"], "新建工会", "entering it is a step: {timeline}");
    let again = pc.refusal("desk.create", pc.office("甲.unionbook"));
    assert_eq!(again.report().code, "file", "a file that is there is not written over: {again}");
    pc.done("record.list", json!({ "record": "unit" }));
}

#[test]
fn an_office_that_cannot_begin_leaves_no_file() {
    let pc = Pc::new();
    let mut new = pc.office("甲.unionbook");
    new["union_code"] = json!("81000000000000000X");
    let error = pc.refusal("desk.create", new);
    assert!(matches!(&error, Error::Faults(faults) if faults.0[0].field == "union_code"), "the field is named: {error}");
    let short = pc.refusal(
        "desk.create",
        json!({ "path": pc.path("甲.unionbook"), "password": "12345", "clerk": "甲", "code": "1", "name": "甲", "level": "town" }),
    );
    assert!(matches!(&short, Error::Refused(refusal) if refusal.message.contains("密码太短")), "a short password is refused: {short}");
    let left: Vec<_> = fs::read_dir(pc.folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| name == "设置"), "neither file nor keys are left: {left:?}");
    assert!(matches!(pc.refusal("record.list", json!({ "record": "unit" })), Error::Closed), "and nothing is open");
}

#[test]
fn with_no_file_open_commands_are_refused_in_a_sentence_with_their_own_code() {
    let pc = Pc::new();
    for command in ["record.list", "step.undo", "store.backup"] {
        let report = pc.refusal(command, json!({ "record": "unit" })).report();
        assert_eq!((report.code, report.message.as_str()), ("closed", "还没有打开台账。"), "{command} needs a file");
    }
    pc.done("desk.create", pc.office("甲.unionbook"));
    pc.done("record.list", json!({ "record": "unit" }));
    assert_eq!(pc.done("desk.close", Json::Null)["office"], json!(null), "closed, nothing is on the desk");
    assert_eq!(pc.refusal("record.list", json!({ "record": "unit" })).report().code, "closed", "and nothing is answered");
}

#[test]
fn a_file_opens_by_its_password_or_recovery_key_and_a_wrong_one_leaves_the_open_file_open() {
    let mut pc = Pc::new();
    let key = pc.done("desk.create", pc.office("甲.unionbook"))["recovery"].clone();
    pc.restart();
    let path = pc.path("甲.unionbook");
    let state = pc.done("desk.open", json!({ "path": path, "password": PASSWORD }));
    assert_eq!(state["office"]["clerk"], "经办人甲", "the only account works on: {state}");
    let state = pc.done("desk.open", json!({ "path": path, "recovery": key }));
    assert_eq!(
        (&state["office"]["clerk"], &state["office"]["by_recovery"]),
        (&json!("恢复密钥"), &json!(true)),
        "the key's own name: {state}"
    );
    assert_eq!(state["recent"][0]["account"], "经办人甲", "the account of last time stays remembered: {state}");
    let refused = pc.refusal("desk.password", json!({ "old": "", "new": "新的密码新的" }));
    assert!(refused.to_string().contains("恢复密钥打开"), "by the recovery key nobody has an old password: {refused}");
    for (wrong, code) in [
        (json!({ "path": path, "password": "别的密码" }), "locked"),
        (json!({ "path": path, "recovery": "ABCD" }), "locked"),
        (json!({ "path": pc.path("没有.unionbook"), "password": PASSWORD }), "file"),
        (json!({ "path": path }), "usage"),
        (json!({ "path": path, "password": PASSWORD, "recovery": key }), "usage"),
    ] {
        let report = pc.refusal("desk.open", wrong.clone()).report();
        assert_eq!(report.code, code, "{wrong}: {}", report.message);
        assert_eq!(pc.done("desk.state", json!({}))["office"]["clerk"], "恢复密钥", "{wrong}: what was open stays open");
    }
}

#[test]
fn a_new_recovery_key_is_told_of_until_it_was_noted_and_a_new_name_shows_at_once() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    let office = |name: &str| pc.done("desk.state", json!({}))["office"][name].clone();
    pc.done("account.rekey", json!({}));
    assert_eq!(office("unnoted"), true, "the first page can say so");
    pc.done("account.noted", json!({}));
    assert_eq!(office("unnoted"), false, "and no longer");
    let own = pc.done("account.list", json!({}))[0]["id"].clone();
    pc.done("account.change", json!({ "id": own, "name": "改了名" }));
    assert_eq!(office("clerk"), "改了名", "without opening the file anew");
}

#[test]
fn the_accounts_of_a_file_are_offered_before_it_is_open_and_the_last_one_first() {
    let mut pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    pc.done("account.add", json!({ "name": "李四", "role": "auditor", "password": "李四自己的密码" }));
    let path = pc.path("甲.unionbook");
    pc.done("desk.open", json!({ "path": path, "account": "李四", "password": "李四自己的密码" }));
    pc.restart();
    let offered = pc.done("desk.accounts", json!({ "path": path }));
    assert_eq!(offered, json!({ "names": ["经办人甲", "李四"], "last": "李四" }), "the names, and who was here");
    let unnamed = pc.refusal("desk.open", json!({ "path": path, "password": PASSWORD }));
    assert_eq!(unnamed.report().code, "refused", "with several, one is named: {unnamed}");
    let state = pc.done("desk.open", json!({ "path": path, "account": " 经办人甲 ", "password": PASSWORD }));
    assert_eq!((&state["office"]["clerk"], &state["recent"][0]["account"]), (&json!("经办人甲"), &json!("经办人甲")), "{state}");
    let none = pc.done("desk.accounts", json!({ "path": pc.path("没有.unionbook") }));
    assert_eq!(none, json!({ "names": [], "last": null }), "a file that is not there has none");
}

#[test]
fn a_backup_is_put_back_by_an_admin_of_its_day() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    pc.done("account.add", json!({ "name": "李四", "role": "auditor", "password": "李四自己的密码" }));
    let (copy, path) = (pc.done("store.backup", json!({ "folder": pc.path("备份") })), pc.path("甲.unionbook"));
    pc.done("desk.close", json!({}));
    let refused = pc.refusal("desk.restore", json!({ "backup": copy, "account": "李四", "password": "李四自己的密码", "path": path }));
    assert_eq!(refused.report().code, "forbidden", "not by another role: {refused}");
    let restored = pc.done("desk.restore", json!({ "backup": copy, "account": "经办人甲", "password": PASSWORD, "path": path }));
    assert!(restored["aside"].is_string(), "an admin does: {restored}");
}

#[test]
fn a_password_is_changed_by_who_knows_the_old_one() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    let wrong = pc.refusal("desk.password", json!({ "old": "别的密码", "new": "新的密码新的" }));
    assert_eq!(wrong.report().code, "locked", "a wrong old one is refused: {wrong}");
    let short = pc.refusal("desk.password", json!({ "old": PASSWORD, "new": "短" }));
    assert_eq!(short.report().code, "refused", "a short new one is refused: {short}");
    pc.done("desk.password", json!({ "old": PASSWORD, "new": "新的密码新的" }));
    let open = |password: &str| pc.desk.rpc("desk.open", json!({ "path": pc.path("甲.unionbook"), "password": password }), None);
    assert!(open("新的密码新的").is_ok(), "the new one opens");
    assert!(matches!(open(PASSWORD), Err(Error::Locked(_))), "the old one does not");
}

#[test]
fn a_backup_is_put_back_and_what_was_there_is_set_aside() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    let copy = pc.done("store.backup", json!({ "folder": pc.path("备份") }));
    pc.done("record.save", json!({ "record": "fuse", "values": { "title": "备份以后" } }));
    let path = pc.path("甲.unionbook");
    let wrong = pc.refusal("desk.restore", json!({ "backup": copy, "password": "别的密码", "path": path }));
    assert_eq!(wrong.report().code, "locked", "a backup that does not open is not put back: {wrong}");
    assert_eq!(pc.done("desk.state", json!({}))["office"]["path"], json!(path), "and what is open stays open");
    let restored = pc.done("desk.restore", json!({ "backup": copy, "password": PASSWORD, "path": path }));
    let aside = PathBuf::from(restored["aside"].as_str().expect("a path"));
    assert_eq!(pc.done("record.list", json!({ "record": "fuse" }))["rows"], json!([]), "the file is as the backup was, and open");
    pc.done("desk.open", json!({ "path": aside, "password": PASSWORD }));
    let kept = pc.done("record.list", json!({ "record": "fuse" }));
    assert_eq!(kept["rows"][0]["title"], "备份以后", "what was there opens still: {kept}");
}

#[test]
fn recent_files_are_listed_latest_first_and_forgotten_on_request() {
    let mut pc = Pc::new();
    for name in ["甲.unionbook", "乙.unionbook"] {
        pc.done("desk.create", pc.office(name));
    }
    let refused = pc.desk.rpc("desk.backups", json!({ "folder": pc.path("没有这个文件夹") }), None).expect_err("no such folder").report();
    assert!(refused.message.contains("没有这个文件夹") && refused.message.contains("找不到"), "a slip of the pen is told: {refused:?}");
    fs::create_dir(pc.path("备份盘")).expect("a folder");
    pc.done("desk.backups", json!({ "folder": pc.path("备份盘") }));
    pc.done("desk.open", json!({ "path": pc.path("甲.unionbook"), "password": PASSWORD }));
    pc.restart();
    for name in ["甲.unionbook", "甲.unionbook.keys"] {
        fs::rename(pc.path(name), pc.path(&format!("移走-{name}"))).expect("moved");
    }
    let listed = |state: &Json| {
        let recent = state["recent"].as_array().expect("a list").iter();
        recent
            .map(|one| (one["file"].as_str().expect("a name").to_owned(), one["there"] == true, one["backups"].clone()))
            .collect::<Vec<_>>()
    };
    let state = pc.done("desk.state", json!({}));
    let expected = [("甲.unionbook".to_owned(), false, json!(null)), ("乙.unionbook".to_owned(), true, json!(pc.path("备份盘")))];
    assert_eq!(listed(&state), expected, "the latest first, each once, and whether it is there: {state}");
    assert_eq!(state["recent"][0]["name"], "测试工会", "by the office's name: {state}");
    let state = pc.done("desk.forget", json!({ "path": pc.path("甲.unionbook") }));
    assert_eq!(listed(&state), expected[1..], "one is forgotten");
    pc.done("desk.open", json!({ "path": pc.path("乙.unionbook"), "password": PASSWORD }));
    assert_eq!(pc.done("desk.state", json!({}))["office"]["backups"], json!(pc.path("备份盘")), "where backups go is still known");
}

#[test]
fn preferences_are_kept_whole_through_restarts_and_damage_is_set_aside() {
    let mut pc = Pc::new();
    assert_eq!(pc.done("desk.recall", json!({})), json!({}), "nothing is remembered at first");
    pc.done("desk.remember", json!({ "key": "theme", "value": "dark" }));
    pc.done("desk.remember", json!({ "key": "columns.member", "value": ["name", { "width": 120 }] }));
    pc.done("desk.remember", json!({ "key": "theme", "value": null }));
    pc.restart();
    assert_eq!(pc.done("desk.recall", json!({})), json!({ "columns.member": ["name", { "width": 120 }] }), "nothing forgets a key");
    let long = "长".repeat(100_000);
    assert_eq!(pc.refusal("desk.remember", json!({ "key": "long", "value": long })).report().code, "usage", "too long a value is refused");
    std::thread::scope(|scope| {
        for n in 0..8 {
            let desk = &pc.desk;
            scope.spawn(move || desk.rpc("desk.remember", json!({ "key": format!("n{n}"), "value": n }), None).expect("remembered"));
        }
    });
    assert_eq!(pc.done("desk.recall", json!({})).as_object().map(serde_json::Map::len), Some(9), "calls at once lose nothing");
    let file = pc.path("设置").join("preferences.json");
    fs::write(&file, "{ half").expect("damaged");
    assert_eq!(pc.done("desk.recall", json!({})), json!({}), "a damaged file is as good as none");
    assert_eq!(fs::read_to_string(pc.path("设置").join("preferences.damaged.json")).expect("kept"), "{ half", "but it is kept");
}

/// Waits until a job tells progress.
fn progress(pc: &Pc, job: &str) -> Json {
    let start = Instant::now();
    loop {
        let told = pc.done("desk.progress", json!({ "job": job }));
        if told["done"].as_u64().is_some_and(|done| done > 0) {
            return told;
        }
        if start.elapsed() > Duration::from_secs(120) {
            pc.done("desk.stop", json!({ "job": job }));
            panic!("progress is told within two minutes: {told}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_long_demonstration_is_watched_and_stopped_from_another_thread_and_leaves_no_file() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    let path = pc.path("示例.unionbook");
    std::thread::scope(|scope| {
        let ask = json!({ "path": path, "password": PASSWORD, "scale": "province" });
        let long = scope.spawn(|| pc.desk.rpc("desk.demo", ask, Some("一")));
        let told = progress(&pc, "一");
        assert!(told["stage"].is_string(), "what is being filled in is told: {told}");
        let twice = pc.desk.rpc("desk.recall", json!({}), Some("一"));
        assert!(matches!(twice, Err(Error::Usage(_))), "one name is one job");
        pc.done("desk.stop", json!({ "job": "一" }));
        assert!(matches!(long.join().expect("it ends"), Err(Error::Stopped)), "it says that it was stopped");
    });
    assert!(!path.exists() && !Sidecar::path(&path).exists(), "no half file is left");
    assert_eq!(pc.done("desk.progress", json!({ "job": "一" })), json!(null), "the job is forgotten");
    assert_eq!(pc.done("desk.state", json!({}))["office"]["name"], "测试工会", "what was open stays open");
    pc.done("desk.demo", json!({ "path": path, "password": PASSWORD, "scale": "office" }));
    assert_eq!(pc.done("record.list", json!({ "record": "person", "count": true }))["total"], 300, "a finished one is open then");
}

#[test]
fn a_stopped_import_leaves_the_open_file_as_it_was_and_readers_are_answered_meanwhile() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    let sheet = pc.path("人员.csv");
    let rows: String = (0..20_000_u32).map(|n| format!("丁{},男\n", char::from_u32(0x4e00 + n % 20_000).expect("a character"))).collect();
    fs::write(&sheet, format!("姓名,性别\n{rows}")).expect("a sheet");
    let everything = || {
        let persons = pc.done("record.list", json!({ "record": "person", "count": true }))["total"].clone();
        (persons, pc.done("step.timeline", json!({})))
    };
    let before = everything();
    std::thread::scope(|scope| {
        let ask = json!({ "record": "person", "path": sheet });
        let long = scope.spawn(|| pc.desk.rpc("sheet.import", ask, Some("导入")));
        progress(&pc, "导入");
        pc.done("record.list", json!({ "record": "unit" }));
        pc.done("desk.stop", json!({ "job": "导入" }));
        assert!(matches!(long.join().expect("it ends"), Err(Error::Stopped)), "it says that it was stopped");
    });
    assert_eq!(everything(), before, "nothing was written");
}

#[test]
fn a_panic_in_a_command_is_a_notice_with_details_and_the_file_stays_as_it_was() {
    let pc = Pc::new();
    pc.done("desk.create", pc.office("甲.unionbook"));
    pc.done("record.save", json!({ "record": "fuse", "values": { "title": "好的" } }));
    let before = pc.done("step.timeline", json!({}));
    let burnt = pc.desk.rpc("record.save", json!({ "record": "fuse", "values": { "title": "烧断" } }), Some("烧")).expect_err("it burns");
    let report = burnt.report();
    assert_eq!(report.code, "bug", "the screen shows its notice: {report:?}");
    assert!(report.detail.contains("record.save") && report.detail.contains("desk.rs:"), "command and place: {}", report.detail);
    assert!(!report.detail.contains('王') && !report.detail.contains("1900"), "nobody's name or number: {}", report.detail);
    assert_eq!(pc.done("step.timeline", json!({})), before, "no step was made");
    assert_eq!(pc.done("desk.progress", json!({ "job": "烧" })), json!(null), "the job is forgotten");
    pc.done("record.save", json!({ "record": "fuse", "values": { "title": "新的" } }));
    let fuses = pc.done("record.list", json!({ "record": "fuse" }));
    assert_eq!(fuses["rows"].as_array().map(Vec::len), Some(2), "the next save is done as ever: {fuses}");
}

#[test]
fn a_panic_half_way_through_a_step_takes_the_whole_step_back() {
    let world = World::with([plain_record::module()]);
    let store = world.create();
    store.write(Step::new("写便条"), |tx| tx.add(&Note::new("甲"))).expect("written");
    let before = dump(&store);
    let burst = catch_unwind(AssertUnwindSafe(|| {
        store.write::<()>(Step::new("写一半"), |tx| {
            tx.add(&Note::new("乙"))?;
            panic!("half way")
        })
    }));
    assert!(burst.is_err(), "the panic goes through the store");
    assert_eq!(dump(&store), before, "what the step had begun is taken back");
    let other = world.open();
    other.write(Step::new("另一个"), |tx| tx.add(&Note::new("丙"))).expect("the file is not held");
    drop(other);
    store.write(Step::new("再写"), |tx| tx.add(&Note::new("丁"))).expect("and the store writes on");
    let notes = store.read(|db| db.one::<i64>("SELECT count(*) FROM note", [])).expect("counted");
    assert_eq!(notes, Some(3), "the half step is nowhere");
}
