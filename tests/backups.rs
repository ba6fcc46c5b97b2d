//! Backups that nobody has to think of, and passwords that are guessed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::modules::Registry;
use unionbook_core::store::{Access, Cost, Now, Secret, Store};

const PASSWORD: &str = "一句好记的话";
const MINUTE: i64 = 60;

/// A PC whose clock the test sets.
struct Pc {
    folder: TempDir,
    desk: Desk,
    now: Arc<AtomicI64>,
}

fn now(at: &AtomicI64) -> Now {
    let at = at.load(Ordering::Relaxed);
    Now { at, today: DateTime::from_timestamp(at, 0).expect("a moment").date_naive() }
}

fn place(folder: &TempDir, at: &Arc<AtomicI64>) -> Place {
    let clock = Arc::clone(at);
    Place {
        folder: folder.path().join("设置"),
        documents: folder.path().to_owned(),
        registry: Arc::new(Registry::shipped()),
        clock: Arc::new(move || now(&clock)),
        user: "电脑用户".into(),
        cost: Cost::LEAST,
    }
}

impl Pc {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let at = Arc::new(AtomicI64::new(1_793_491_200));
        let pc = Self { desk: Desk::new(place(&folder, &at)), folder, now: at };
        let unit = json!({ "code": "T", "name": "测试街道总工会", "level": "town", "opened": "2010-01-01" });
        let mut new = json!({ "path": pc.file(), "password": PASSWORD, "clerk": "经办人甲" });
        new.as_object_mut().expect("an object").extend(unit.as_object().expect("an object").clone());
        pc.call("desk.create", new);
        pc
    }

    fn place(&self) -> Place {
        place(&self.folder, &self.now)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("测试.unionbook")
    }

    #[track_caller]
    fn call(&self, command: &str, payload: Json) -> Json {
        self.desk.rpc(command, payload, None).unwrap_or_else(|error| panic!("{command} is done: {error:?}"))
    }

    /// The backups that lie ready, the newest first, by why there are they.
    fn copies(&self) -> Vec<(String, String)> {
        let copies = self.call("desk.copies", json!({ "path": self.file() }));
        let said = |copy: &Json, field: &str| copy[field].as_str().expect("a text").to_owned();
        copies.as_array().expect("a list").iter().map(|copy| (said(copy, "why"), said(copy, "path"))).collect()
    }

    fn later(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Enters a person.
    fn enter(&self, name: &str) {
        self.call("record.save", json!({ "record": "person", "values": { "name": name } }));
    }

    fn kept(&self) -> Json {
        self.call("desk.keep", json!({}))["office"]["kept"].clone()
    }

    /// The backups beside the file, oldest first.
    fn beside(&self) -> Vec<PathBuf> {
        backups(&self.folder.path().join("自动备份"))
    }
}

fn backups(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "unionbook"));
    found.sort();
    found
}

/// The automatic backups of every PC in a folder that was chosen, oldest first.
fn on_stick(stick: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(stick).into_iter().flatten().map(|entry| entry.expect("an entry"));
    let folders = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("自动备份"));
    let mut found: Vec<PathBuf> = folders.flat_map(|folder| backups(&folder.path())).collect();
    found.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    found
}

/// The names of the people in a backup, which its own password opens.
fn people(backup: &Path) -> Vec<String> {
    let registry = Arc::new(Registry::shipped());
    let clock = Arc::new(|| Now { at: 1_793_500_000, today: chrono::NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") });
    let access = Access { registry, clock, installation: "乙".into(), clerk: "查看".into(), cost: Cost::LEAST };
    let store = Store::open(backup, &Secret::Password(PASSWORD.into()), access).expect("the backup opens");
    store.read(|db| db.rows("SELECT name FROM person ORDER BY id", [], |row| row.get(0))).expect("read")
}

#[test]
fn half_an_hour_of_work_is_backed_up_and_no_work_is_not() {
    let pc = Pc::new();
    pc.enter("甲");
    pc.later(29 * MINUTE);
    assert_eq!((pc.kept()["last"].clone(), pc.beside().len()), (Json::Null, 0), "not yet");
    pc.later(2 * MINUTE);
    let kept = pc.kept();
    assert_eq!((kept["changed"].clone(), kept["failed"].clone()), (json!(false), Json::Null), "now it is: {kept}");
    let made = pc.beside();
    assert_eq!(made.iter().map(|path| people(path)).collect::<Vec<_>>(), [["甲"]], "with what was entered");
    assert_eq!(kept["last"]["path"], json!(made[0]), "and the desk knows where it lies");
    pc.later(90 * MINUTE);
    pc.kept();
    assert_eq!(pc.beside().len(), 1, "nothing was done since");
    pc.enter("乙");
    assert_eq!(pc.kept()["changed"], false, "half an hour after the last one the next change is backed up");
    assert_eq!(pc.beside().len(), 2, "in a file of its own");
}

#[test]
fn what_changes_much_is_backed_up_first_and_a_closed_file_is_too() {
    let pc = Pc::new();
    pc.enter("甲");
    let sheet = pc.folder.path().join("人员.csv");
    fs::write(&sheet, "姓名,性别,工作单位\n乙,女,甲厂\n丙,男,甲厂\n").expect("written");
    pc.call("sheet.import", json!({ "record": "person", "path": sheet }));
    assert_eq!(pc.beside().iter().map(|path| people(path)).collect::<Vec<_>>(), [["甲"]], "as it was before the import");
    pc.later(1);
    pc.call("desk.close", json!({}));
    let made = pc.beside();
    assert_eq!(people(made.last().expect("another")), ["甲", "乙", "丙"], "as it was when it was closed");
    pc.call("desk.open", json!({ "path": pc.file(), "password": PASSWORD }));
    pc.call("desk.close", json!({}));
    assert_eq!(pc.beside().len(), made.len(), "nothing was done, nothing is backed up");
}

#[test]
fn a_merge_and_a_mending_are_backed_up_as_an_import_is() {
    let pc = Pc::new();
    pc.enter("甲");
    let stick = pc.folder.path().join("U盘");
    fs::create_dir(&stick).expect("put in");
    pc.call("desk.backups", json!({ "folder": stick }));
    let (copy, two) = (pc.call("desk.backup", json!({ "folder": pc.folder.path().join("带走") })), TempDir::new().expect("a folder"));
    let path = two.path().join("乙.unionbook");
    for end in ["", ".keys"] {
        fs::copy(format!("{}{end}", copy.as_str().expect("a path")), format!("{}{end}", path.display())).expect("carried over");
    }
    {
        let registry = Arc::new(Registry::shipped());
        let clock = Arc::new(|| Now { at: 1_793_500_000, today: chrono::NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") });
        let access = Access { registry, clock, installation: "乙".into(), clerk: "乙".into(), cost: Cost::LEAST };
        let store = Store::open(&path, &Secret::Password(PASSWORD.into()), access).expect("it opens there");
        unionbook_core::api::dispatch(&store, "record.save", json!({ "record": "person", "values": { "name": "乙" } })).expect("entered");
    }
    pc.enter("丙");
    pc.call("desk.merge", json!({ "other": { "path": path } }));
    let made = || pc.beside().iter().map(|path| people(path)).collect::<Vec<_>>();
    assert_eq!(made(), [["甲", "丙"]], "as it was before the merge, once, among the automatic ones");
    assert_eq!(on_stick(&stick).len(), 1, "and in the chosen folder");
    pc.later(1);
    pc.call("store.mend", json!({}));
    assert_eq!(made().last().map(Vec::len), Some(3), "as it was before the mending: {:?}", made());
    assert_eq!(made().len(), 2, "once");
    let own: Vec<_> = backups(pc.folder.path());
    assert_eq!(own, [pc.file()], "nothing lies beside the file itself");
    let whys: Vec<_> = pc.copies().into_iter().map(|(why, _)| why).collect();
    assert_eq!(whys, ["自动备份"; 4], "and the list of backups has them");
}

#[test]
fn the_folder_that_was_chosen_gets_one_too_where_it_is_there() {
    let pc = Pc::new();
    let stick = pc.folder.path().join("U盘");
    fs::create_dir(&stick).expect("put in");
    pc.call("desk.backups", json!({ "folder": stick }));
    fs::remove_dir(&stick).expect("pulled out");
    pc.enter("甲");
    pc.later(31 * MINUTE);
    assert_eq!(pc.kept()["failed"], Json::Null, "a stick that is not there is no failure");
    fs::create_dir(&stick).expect("put in");
    pc.enter("乙");
    pc.later(31 * MINUTE);
    pc.kept();
    assert_eq!(on_stick(&stick).iter().map(|path| people(path)).collect::<Vec<_>>(), [["甲", "乙"]], "now it is");
    assert_eq!(pc.beside().len(), 2, "beside the file they go on");
    let own = pc.call("desk.backup", json!({ "folder": stick }));
    assert!(backups(&stick).contains(&PathBuf::from(own.as_str().expect("a path"))), "one made by hand lies apart");
}

#[test]
fn a_backup_that_fails_is_said_and_stops_nobody() {
    let pc = Pc::new();
    fs::write(pc.folder.path().join("自动备份"), "在文件夹的位置上").expect("written");
    pc.enter("甲");
    pc.later(31 * MINUTE);
    let kept = pc.kept();
    assert!(kept["failed"].as_str().is_some_and(|why| why.contains("自动备份")), "it says what and where: {kept}");
    pc.enter("乙");
    fs::remove_file(pc.folder.path().join("自动备份")).expect("removed");
    assert_eq!(pc.kept()["failed"], Json::Null, "once there is room it goes on");
    assert_eq!(pc.beside().iter().map(|path| people(path)).collect::<Vec<_>>(), [["甲", "乙"]], "with everything");
}

#[test]
fn wrong_passwords_have_to_wait_also_after_the_program_was_started_anew() {
    let pc = Pc::new();
    pc.call("desk.close", json!({}));
    let open = |desk: &Desk, password: &str| {
        let opened = desk.rpc("desk.open", json!({ "path": pc.file(), "password": password }), None);
        opened.map_or_else(|error| error.to_string(), |_| "打开".into())
    };
    for _ in 0..3 {
        assert!(open(&pc.desk, "猜的密码").contains("密码不对"), "three are told at once");
    }
    assert!(open(&pc.desk, PASSWORD).contains("请过 5 秒再试"), "then even the right one waits");
    let anew = Desk::new(pc.place());
    assert!(open(&anew, PASSWORD).contains("请过 5 秒再试"), "also in a program that was started anew");
    pc.later(5);
    assert_eq!(open(&anew, PASSWORD), "打开", "after the wait the right one opens");
    assert!(open(&anew, "猜的密码").contains("密码不对"), "and the count begins anew");
}

#[test]
fn a_clock_that_is_set_back_after_wrong_passwords_keeps_nobody_out_for_longer() {
    let pc = Pc::new();
    pc.call("desk.close", json!({}));
    pc.later(30 * 86_400);
    let open = |password: &str| {
        let opened = pc.desk.rpc("desk.open", json!({ "path": pc.file(), "password": password }), None);
        opened.map_or_else(|error| error.to_string(), |_| "打开".into())
    };
    (0..3).for_each(|_| drop(open("猜的密码")));
    pc.later(-30 * 86_400);
    assert!(open(PASSWORD).contains("请过 5 秒再试"), "the wait runs from now");
    pc.later(5);
    assert_eq!(open(PASSWORD), "打开", "and ends");
}

#[test]
fn whichever_way_a_file_is_called_and_however_many_try_at_once_the_wrong_ones_are_counted_together() {
    let pc = Pc::new();
    pc.call("desk.close", json!({}));
    let tried = |path: PathBuf| {
        let opened = pc.desk.rpc("desk.open", json!({ "path": path, "password": "猜的密码" }), None);
        opened.expect_err("a guess opens nothing").to_string()
    };
    let roundabout = pc.folder.path().join("设置").join("..").join("测试.unionbook");
    let said: Vec<String> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..8).map(|n| if n % 2 == 0 { pc.file() } else { roundabout.clone() }).map(|path| scope.spawn(|| tried(path))).collect();
        tries.into_iter().map(|one| one.join().expect("it ends")).collect()
    });
    let told = |word: &str| said.iter().filter(|said| said.contains(word)).count();
    assert_eq!((told("密码不对"), told("请过 5 秒再试")), (3, 5), "three are tried, the others wait: {said:?}");
    #[cfg(unix)]
    {
        let link = pc.folder.path().join("别名.unionbook");
        std::os::unix::fs::symlink(pc.file(), &link).expect("a link");
        assert!(tried(link).contains("请过 5 秒再试"), "nor does a link begin anew");
    }
    pc.later(5);
    let missing = pc.desk.rpc("desk.open", json!({ "path": pc.file(), "password": PASSWORD, "account": "没有这个人" }), None);
    assert!(missing.expect_err("nobody").to_string().contains("没有名为"), "which is no wrong password");
    pc.call("desk.open", json!({ "path": pc.file(), "password": PASSWORD }));
    pc.call("desk.close", json!({}));
    assert!(tried(pc.file()).contains("密码不对"), "the right one is not counted, and takes the others back");
}

/// Two PCs, each with a file of the same name, and one folder that both have chosen.
fn neighbours() -> (Pc, Pc, TempDir) {
    let (one, two, stick) = (Pc::new(), Pc::new(), TempDir::new().expect("a stick"));
    for pc in [&one, &two] {
        pc.call("desk.backups", json!({ "folder": stick.path() }));
    }
    (one, two, stick)
}

#[test]
fn two_pcs_with_one_backup_folder_leave_each_other_s_backups_alone() {
    let (one, two, stick) = neighbours();
    let mut made = Vec::new();
    for day in 0..4 {
        for pc in [&one, &two] {
            pc.later(31 * MINUTE);
            pc.enter(&format!("第{day}天"));
            pc.kept();
            pc.later(24 * 60 * MINUTE - 31 * MINUTE);
        }
        made = on_stick(stick.path());
        assert_eq!(made.len(), 2 * (day + 1), "each of each day is kept: {made:?}");
    }
    let by_hand = two.call("desk.backup", json!({ "folder": stick.path() }));
    let of_earlier = stick.path().join("自动备份").join("测试-20250101-120000.unionbook");
    fs::create_dir(stick.path().join("自动备份")).expect("as the earlier version did");
    fs::copy(&made[0], &of_earlier).expect("copied");
    let whose = |pc: &Pc| {
        let copies = pc.call("desk.copies", json!({ "path": pc.file() }));
        let of = |whose: Json| copies.as_array().expect("a list").iter().filter(|copy| copy["whose"] == whose).count();
        let first = copies[0]["whose"].clone();
        (of(Json::Null), of(json!("另一台电脑的")), of(json!("不知是哪台电脑的")), first)
    };
    assert_eq!(whose(&one), (8, 5, 1, Json::Null), "the other's are listed for a restore, behind its own, and said to be another's");
    assert_eq!(whose(&two), (9, 4, 1, Json::Null), "as they are there; what was made by hand is known as well");
    let gone = one.call("record.list", json!({ "record": "person" }))["rows"][0]["id"].clone();
    one.later(MINUTE);
    one.call("privacy.erase", json!({ "persons": [gone], "ground": "over" }));
    let holding = one.call("desk.holding", json!({}));
    assert_eq!(
        (holding["copies"].as_array().map(Vec::len), holding["apart"].clone()),
        (Some(8), json!(6)),
        "its own are told apart: {holding}"
    );
    one.later(MINUTE);
    assert_eq!(one.call("desk.drop_holding", json!({})), 8, "only they are removed");
    let left = on_stick(stick.path());
    assert!(of_earlier.exists() && PathBuf::from(by_hand.as_str().expect("a path")).exists(), "nobody knows whose, and another's by hand");
    assert_eq!(left.len(), 1 + 4 + 1, "the other's four, and a clean one: {left:?}");
    assert_eq!(whose(&two), (9, 1, 1, Json::Null), "the other PC has lost nothing");
}

#[test]
fn a_new_pc_finds_the_backups_of_the_one_that_is_gone() {
    let (one, two, stick) = neighbours();
    one.enter("甲");
    one.call("desk.close", json!({}));
    fs::remove_dir_all(one.folder.path()).expect("the PC is gone");
    let found = two.call("desk.copies", json!({ "path": two.file() }));
    let (whose, path) = (found[0]["whose"].clone(), found[0]["path"].as_str().expect("a path").to_owned());
    assert_eq!((whose, Path::new(&path).starts_with(stick.path())), (json!("另一台电脑的"), true), "it is listed: {found}");
    two.call("desk.restore", json!({ "backup": path, "password": PASSWORD, "path": two.file() }));
    assert_eq!(two.call("record.list", json!({ "record": "person" }))["rows"][0]["name"], "甲", "and put back");
}

#[test]
fn every_backup_is_listed_and_what_a_restore_set_aside_can_be_put_back_as_well() {
    let pc = Pc::new();
    assert_eq!(pc.copies(), [], "a new file has none");
    pc.enter("甲");
    pc.call("desk.close", json!({}));
    let copies = pc.copies();
    assert_eq!(copies.iter().map(|(why, _)| why.as_str()).collect::<Vec<_>>(), ["自动备份"], "the one made at closing: {copies:?}");
    pc.call("desk.open", json!({ "path": pc.file(), "password": PASSWORD }));
    pc.later(3600);
    pc.enter("乙");
    let people = || pc.call("record.list", json!({ "record": "person", "count": true }))["total"].clone();
    assert_eq!(people(), 2, "the second came after the backup");
    let arrival = || pc.call("desk.state", json!({}))["office"]["arrival"].clone();
    assert!(arrival().is_null(), "a file that was always here");
    pc.call("desk.restore", json!({ "backup": copies[0].1, "password": PASSWORD, "path": pc.file() }));
    assert_eq!(people(), 1, "the backup stands in the file's place");
    assert_eq!(arrival()["whence"], "backup", "with the accounts of that day, which is told until somebody saw to it");
    pc.call("desk.close", json!({}));
    pc.call("desk.open", json!({ "path": pc.file(), "password": PASSWORD }));
    assert_eq!(arrival()["whence"], "backup", "the next time, too");
    pc.call("desk.settled", json!({}));
    assert!(arrival().is_null(), "and no longer afterwards");
    let copies = pc.copies();
    let (_, aside) = copies.iter().find(|(why, _)| why == "恢复以前的台账").expect("what was there is listed");
    pc.call("desk.restore", json!({ "backup": aside, "password": PASSWORD, "path": pc.file() }));
    assert_eq!(people(), 2, "a restore is taken back by putting back what it set aside");
}
