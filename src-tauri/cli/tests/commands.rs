//! What the command line does to files, what it says, and how it ends.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use unionbook_core::modules::{Module, Registry};
use unionbook_core::store::Step;

use crate::desk::{Desk, PASSWORD, ran};

#[test]
fn a_file_is_made_filled_listed_undone_checked_backed_up_and_restored() {
    let desk = Desk::new();
    let made = desk.run(&["new", "a.unionbook", "--unit", "测试街道总工会", "--code", "T1", "--level", "乡镇街道", "--clerk", "经办人甲"]);
    assert_eq!(made.code, 0, "made: {}", made.err);
    assert!(made.out.contains("恢复密钥（只显示这一次）"), "the recovery key is shown with what to do with it: {}", made.out);
    let again = desk.run(&["new", "a.unionbook", "--unit", "另一个", "--code", "T2"]);
    assert_eq!(again.code, 1, "a file that is there is never written over");
    desk.json(&[
        "call",
        "a.unionbook",
        "record.save",
        r#"{"record":"person","values":{"name":"买提·江","sex":"男","phone":"13800001234"}}"#,
    ]);
    let listed = desk.run(&["list", "a.unionbook", "person", "--search", "买提"]);
    assert!(listed.out.contains("买提·江") && listed.out.contains("138****1234"), "found, with the phone masked: {}", listed.out);
    assert!(listed.out.contains("“人员”共 1 条。"), "and counted: {}", listed.out);
    let history = desk.run(&["history", "a.unionbook"]);
    assert!(history.out.contains("新增人员") && history.out.contains("经办人甲"), "the clerk of before did it: {}", history.out);
    assert!(desk.run(&["undo", "a.unionbook"]).out.contains("新增人员"), "what is undone is named");
    assert!(desk.run(&["list", "a.unionbook", "person"]).out.contains("“人员”共 0 条。"), "nobody is left");
    assert!(desk.run(&["redo", "a.unionbook"]).out.contains("新增人员"), "what is redone is named");
    let id = desk.json(&["list", "a.unionbook", "person"])["rows"][0]["id"].to_string();
    let story = desk.run(&["history", "a.unionbook", "person", &id]);
    assert_eq!(story.out.matches("新增人员").count(), 3, "came, went and came again: {}", story.out);
    let check = desk.run(&["check", "a.unionbook"]);
    assert_eq!((check.code, check.out.contains("全部正常")), (0, true), "all is well: {}", check.out);
    let backup = desk.json(&["backup", "a.unionbook", "备份"])["file"].as_str().expect("a path").to_owned();
    desk.run(&["undo", "a.unionbook"]);
    let restored = desk.json(&["restore", &backup, "a.unionbook"]);
    assert!(restored["set_aside"].as_str().is_some_and(|aside| desk.path(aside).exists()), "the file that was there is kept: {restored}");
    assert!(desk.run(&["list", "a.unionbook", "person"]).out.contains("“人员”共 1 条。"), "the person is back");
}

#[test]
fn a_file_in_a_synced_folder_is_neither_made_nor_opened_nor_restored_there() {
    let desk = Desk::with_members();
    let synced = desk.path("Nextcloud");
    fs::create_dir(&synced).expect("a folder");
    for end in ["", ".keys"] {
        fs::copy(desk.path(&format!("a.unionbook{end}")), synced.join(format!("a.unionbook{end}"))).expect("copied");
    }
    let before = fs::read(synced.join("a.unionbook")).expect("the file");
    let there = "Nextcloud/a.unionbook";
    let refused = [
        vec!["list", there, "person"],
        vec!["call", there, "record.save", r#"{"record":"person","values":{"name":"周五"}}"#],
        vec!["new", "Nextcloud/b.unionbook", "--unit", "测试工会", "--code", "T1"],
        vec!["demo", "Nextcloud/c.unionbook", "--scale", "town"],
        vec!["restore", "a.unionbook", there],
    ];
    for words in refused {
        let ran = desk.run(&words);
        assert_eq!(ran.code, 1, "{words:?} is refused: {}{}", ran.out, ran.err);
        assert!(ran.err.contains("在网盘同步的文件夹上") && ran.err.contains("restore"), "it is said why, and what to do: {}", ran.err);
    }
    let mut names: Vec<_> = fs::read_dir(&synced).expect("listed").flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.unionbook", "a.unionbook.keys"], "nothing was made there");
    assert_eq!(fs::read(synced.join("a.unionbook")).expect("the file"), before, "and the file is as it was");
    let brought = desk.run(&["restore", there, "here.unionbook"]);
    assert_eq!(brought.code, 0, "from there it is brought to this PC: {}", brought.err);
    assert!(desk.run(&["list", "here.unionbook", "person"]).out.contains("“人员”共 2 条。"), "and opens");
}

#[test]
fn every_answer_and_every_error_is_one_json_object_where_asked() {
    let desk = Desk::with_office();
    let page = desk.json(&["list", "a.unionbook", "unit"]);
    assert_eq!(page["rows"][0]["level"], "grassroots", "a unit is one of the grass roots where nothing else is said");
    let cases = [
        (vec!["list", "没有.unionbook", "unit"], 1, "file"),
        (vec!["list", "a.unionbook", "unicorn"], 2, "usage"),
        (vec!["call", "a.unionbook", "unit.fly", "{}"], 2, "usage"),
        (vec!["call", "a.unionbook", "record.list", "{"], 2, "usage"),
        (vec!["fly"], 2, "usage"),
        (vec!["list", "a.unionbook"], 2, "usage"),
        (vec!["list", "a.unionbook", "unit", "--limit", "many"], 2, "usage"),
        (vec!["list", "a.unionbook", "person", "--unit", "T1"], 2, "usage"),
        (vec!["list", "a.unionbook", "member", "--unit", "X9"], 1, "gone"),
        (vec!["redo", "a.unionbook"], 1, "refused"),
        (vec!["call", "a.unionbook", "record.save", r#"{"record":"person","values":{}}"#], 1, "faults"),
    ];
    for (words, code, word) in cases {
        let ran = desk.run(&[words.as_slice(), &["--json"]].concat());
        let told = ran.json();
        assert_eq!((ran.code, told["error"]["code"].as_str(), &told["ok"]), (code, Some(word), &json!(false)), "{words:?}: {told}");
        let people = desk.run(&words);
        assert_eq!((people.code, people.out.as_str()), (code, ""), "{words:?} ends the same way for people");
        assert!(people.err.contains(told["error"]["message"].as_str().expect("a message")), "with the same sentence: {}", people.err);
    }
}

#[test]
fn help_is_chinese_and_wrong_words_are_named() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""), "help is no error");
    for english in ["Usage", "Commands", "Options", "OPTIONS", "Print"] {
        assert!(!help.out.contains(english), "no {english} in: {}", help.out);
    }
    assert!(desk.run(&["list", "--help"]).out.contains("--search"), "each command has its own help");
    assert!(desk.run(&["lst"]).err.contains("list"), "a near word is offered");
    assert!(desk.run(&["list"]).err.contains("<台账>"), "what is missing is named");
    assert!(desk.run(&["list", "--colour", "a", "b"]).err.contains("--colour"), "what is not known is named");
}

#[test]
fn a_wrong_password_a_damaged_or_newer_or_busy_file_end_with_3_and_stay_as_they_are() {
    let desk = Desk::with_office();
    let before = fs::read(desk.path("a.unionbook")).expect("the file");
    let wrong =
        ran(desk.command(&["list", "a.unionbook", "unit", "--json"]).env("UNIONBOOK_PASSWORD", "别的密码别的").output().expect("runs"));
    assert_eq!((wrong.code, wrong.json()["error"]["code"].clone()), (3, json!("locked")), "a wrong password");
    let none = ran(desk.command(&["list", "a.unionbook", "unit"]).env_remove("UNIONBOOK_PASSWORD").output().expect("runs"));
    assert_eq!(none.code, 2, "no password and nobody to ask: {}", none.err);
    assert_eq!(fs::read(desk.path("a.unionbook")).expect("the file"), before, "the file was not touched");

    let busy = desk.open(Registry::shipped());
    let during = busy.write(Step::new("占用"), |_| Ok(desk.run(&["undo", "a.unionbook", "--json"]))).expect("a step").value;
    assert_eq!((during.code, during.json()["error"]["code"].clone()), (3, json!("busy")), "another program writes");
    drop(busy);

    let future = Module::new("future").migration("1_future.sql", "CREATE TABLE future (id INTEGER PRIMARY KEY) STRICT;");
    drop(desk.open(Registry::shipped().with(future)));
    let newer = desk.run(&["list", "a.unionbook", "unit", "--json"]);
    assert_eq!((newer.code, newer.json()["error"]["code"].clone()), (3, json!("newer")), "a file of a newer program");

    let mut spoilt = before;
    spoilt.iter_mut().take(4096).for_each(|byte| *byte ^= 0x5a);
    fs::write(desk.path("a.unionbook"), &spoilt).expect("the file is spoilt");
    let damaged = desk.run(&["list", "a.unionbook", "unit", "--json"]);
    assert_eq!((damaged.code, damaged.json()["error"]["code"].clone()), (3, json!("damaged")), "a damaged file");
    assert_eq!(fs::read(desk.path("a.unionbook")).expect("the file"), spoilt, "is never deleted or written over");
}

#[test]
fn the_recovery_key_opens_the_file_and_sets_a_new_password() {
    let desk = Desk::new();
    let made = desk.json(&["new", "a.unionbook", "--unit", "测试工会", "--code", "T1"]);
    let key = made["recovery_key"].as_str().expect("the key is told").to_owned();
    fs::remove_file(desk.path("a.unionbook.keys")).expect("the sidecar goes");
    let lost = desk.run(&["list", "a.unionbook", "unit"]);
    assert_eq!(lost.code, 3, "the password is nothing without the sidecar: {}", lost.err);
    fs::write(desk.path("新密码.txt"), "\u{feff}另一句好记的话\n").expect("a password file");
    let short =
        ran(desk.command(&["password", "a.unionbook", "--recovery-key", &key]).env("UNIONBOOK_NEW_PASSWORD", "短").output().expect("runs"));
    assert_eq!(short.code, 1, "a short password is refused: {}", short.err);
    let set = desk.run(&["password", "a.unionbook", "--recovery-key", &key, "--new-password-file", "新密码.txt"]);
    assert_eq!(set.code, 0, "a new password is set: {}", set.err);
    let opened = desk.run(&["list", "a.unionbook", "unit", "--password-file", "新密码.txt"]);
    assert_eq!(opened.code, 0, "and opens the file: {}", opened.err);
    assert_eq!(desk.run(&["list", "a.unionbook", "unit"]).code, 3, "the old one does not");
}

#[test]
fn a_file_whose_first_union_is_refused_is_not_left_behind() {
    let desk = Desk::new();
    let refused = desk.run(&["new", "a.unionbook", "--unit", "", "--code", "T1"]);
    assert_eq!(refused.code, 1, "a union needs a name: {}", refused.err);
    assert!(!desk.path("a.unionbook").exists() && !desk.path("a.unionbook.keys").exists(), "neither file nor sidecar is left");
    let level = desk.run(&["new", "a.unionbook", "--unit", "甲", "--code", "T1", "--level", "天级"]);
    assert!(level.code == 2 && level.err.contains("乡镇街道级"), "the levels that exist are named: {}", level.err);
}

#[test]
fn descriptions_and_types_need_no_file() {
    let desk = Desk::new();
    let member = desk.json(&["describe", "member"]);
    assert_eq!(member["name"], "member", "one record is described");
    assert!(desk.run(&["describe"]).out.contains("会员"), "all are listed");
    assert_eq!(desk.run(&["gen-types", "src/api.ts"]).code, 0, "the types are written");
    assert!(fs::read_to_string(desk.path("src/api.ts")).expect("the file").contains("export interface Commands"), "with every command");
}

#[test]
fn a_demonstration_is_made_a_sheet_comes_in_and_the_month_goes_out() {
    let desk = Desk::new();
    let made = desk.json(&["demo", "a.unionbook", "--scale", "office", "--seed", "7", "--until", "2026-03"]);
    assert!(made["rows"]["member"].as_i64().is_some_and(|members| members > 100), "an office of some hundreds: {made}");
    let people = desk.json(&["list", "a.unionbook", "person", "--limit", "1"])["total"].as_i64().expect("a count");
    let rows = "姓名,性别,证件号码,移动电话,星座\n丁一,男,,13800001234,白羊\n丁二,女,000000199001010011,,\n丁三,女,,,\n";
    fs::write(desk.path("人员.csv"), rows).expect("a sheet");
    let dry = desk.run(&["import", "a.unionbook", "person", "人员.csv", "--dry-run", "--json"]);
    assert_eq!((dry.code, dry.err.as_str()), (1, ""), "a faulty row is told by the end, and nothing else is for machines");
    let dry = dry.json()["answer"].clone();
    assert_eq!((dry["counts"]["new"].as_i64(), dry["counts"]["faulty"].as_i64()), (Some(2), Some(1)), "two are fit: {dry}");
    let history = desk.json(&["history", "a.unionbook", "--limit", "1"]);
    let done = desk.run(&["import", "a.unionbook", "person", "人员.csv", "--errors", "有误.xlsx"]);
    assert_eq!(done.code, 1, "what is fit is taken, and the faulty row told: {}", done.err);
    assert!(done.err.contains("3 行里有 1 行有误，没有导入；其余已导入 2 行"), "with the counts: {}", done.err);
    for said in ["新增 2", "有误 1", "第 3 行 证件号码", "星座", "已导入 2 行", "有误.xlsx"] {
        assert!(done.out.contains(said), "{said} is told: {}", done.out);
    }
    assert!(desk.path("有误.xlsx").exists(), "the faulty row is given back");
    assert_eq!(desk.json(&["list", "a.unionbook", "person"])["total"], people + 2, "two more people");
    desk.run(&["undo", "a.unionbook"]);
    assert_eq!(desk.json(&["list", "a.unionbook", "person"])["total"], people, "one undo takes the import back");
    let none = desk.run(&["import", "a.unionbook", "person", "人员.csv", "--all-or-nothing"]);
    assert_eq!((none.code, none.err.contains("按要求一行都没有导入")), (1, true), "all or nothing: {}", none.err);
    assert_eq!(desk.json(&["list", "a.unionbook", "person"])["total"], people, "is nothing where a row is faulty");
    fs::write(desk.path("全对.csv"), "姓名,性别,证件号码\n丁一,男,\n").expect("a sheet");
    let sound = desk.run(&["import", "a.unionbook", "person", "全对.csv", "--all-or-nothing"]);
    assert_eq!((sound.code, sound.err.as_str()), (0, ""), "all of a sound sheet, without a line of progress where no terminal is");
    desk.run(&["undo", "a.unionbook"]);
    assert!(
        history[0]["step"].as_i64() < desk.json(&["history", "a.unionbook", "--limit", "1"])[0]["step"].as_i64(),
        "the dry run was no step"
    );
    fs::write(desk.path("全错.csv"), "姓名,性别,证件号码\n丁二,女,000000199001010011\n").expect("a sheet");
    let faulty = desk.run(&["import", "a.unionbook", "person", "全错.csv", "--json"]);
    assert_eq!((faulty.code, faulty.json()["error"]["code"].clone()), (1, json!("faulty")), "nothing could be taken");
    let report = desk.json(&["report", "a.unionbook", "monthly", "--unit", "demo", "--period", "2026-03", "月报.xlsx"]);
    assert_eq!(report["period"], "2026-03", "the month asked for: {report}");
    assert!(fs::read(desk.path("月报.xlsx")).is_ok_and(|bytes| bytes.starts_with(b"PK")), "a workbook is there");
    let behind = r#"{"unit":1,"period":"2026-03","code":"no.such"}"#;
    assert_eq!(desk.run(&["call", "a.unionbook", "monthly.behind", behind]).code, 2, "an indicator that is not known");
    assert_eq!(desk.run(&["report", "a.unionbook", "monthly", "--unit", "demo", "--period", "三月", "月报.xlsx"]).code, 2, "no period");
    assert_eq!(desk.run(&["demo", "b.unionbook", "--scale", "office", "--until", "2999-01"]).code, 1, "a month that has not come");
    assert!(!desk.path("b.unionbook").exists(), "and no file is left of it");
}

/// An interrupted import is there whole or not at all, as its one step is. SIGTERM stands for Ctrl+C, which programs that
/// run in the background do not get.
#[cfg(unix)]
#[test]
fn an_import_interrupted_at_any_moment_leaves_the_file_as_it_was() {
    use std::os::unix::process::ExitStatusExt;
    let desk = Desk::with_office();
    let rows: String = (0..60_000).map(|n| format!("丁某{n},男,138{n:08}\n")).collect();
    fs::write(desk.path("人员.csv"), format!("姓名,性别,移动电话\n{rows}")).expect("a sheet");
    let words = ["import", "a.unionbook", "person", "人员.csv", "--json"];
    let start = std::time::Instant::now();
    assert_eq!(desk.run(&words).code, 0, "left alone, it takes them all");
    let whole = start.elapsed();
    desk.run(&["undo", "a.unionbook"]);
    let mut interrupted = 0;
    for part in [2, 5, 8] {
        let mut child = desk.command(&words).stdout(std::process::Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(whole * part / 10);
        let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill is there");
        let ended = child.wait().expect("it ends");
        let total = desk.json(&["list", "a.unionbook", "person", "--limit", "1"])["total"].as_i64();
        assert!(sent.success() && matches!((ended.code(), ended.signal()), (Some(0), None) | (None, Some(15))), "{ended}");
        assert!(ended.code().is_none() || total == Some(60_000), "what said it was done is there");
        match total {
            Some(0) => interrupted += 1,
            // It had kept its step already, and was only putting its things away.
            Some(60_000) => assert_eq!(desk.run(&["undo", "a.unionbook"]).code, 0, "all of it is one step"),
            some => panic!("{some:?} of 60,000 rows were kept after {part} tenths"),
        }
    }
    assert!(interrupted > 0, "at least one was caught at work");
    assert_eq!(desk.run(&["check", "a.unionbook"]).code, 0, "the file is sound");
}

/// Root may write everywhere, so the program runs as nobody there.
#[cfg(unix)]
#[test]
fn a_read_only_file_is_refused_in_words() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::with_office();
    let program = desk.path("unionbook-cli");
    fs::copy(env!("CARGO_BIN_EXE_unionbook-cli"), &program).expect("a copy that nobody can run");
    let mode = |path: PathBuf, mode: u32| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("permissions");
    mode(desk.path("设置"), 0o755);
    mode(desk.path("设置/installation"), 0o644);
    mode(desk.path("a.unionbook"), 0o444);
    mode(desk.path("a.unionbook.keys"), 0o444);
    mode(desk.path(""), 0o555);
    let mut command = Command::new(&program);
    command.args(["undo", "a.unionbook", "--json"]).current_dir(desk.folder.path());
    command.env("UNIONBOOK_HOME", desk.path("设置")).env("UNIONBOOK_PASSWORD", PASSWORD);
    if fs::write(desk.path("probe"), "").is_ok() {
        let _ = fs::remove_file(desk.path("probe"));
        command.uid(65_534);
    }
    let refused = ran(command.output().expect("the program starts"));
    mode(desk.path(""), 0o755);
    let told = refused.json();
    assert_eq!((refused.code, told["error"]["code"].as_str()), (1, Some("file")), "a file that cannot be written: {told}");
    assert!(told["error"]["message"].as_str().is_some_and(|words| words.contains("只读")), "is said to be read-only: {told}");
}
