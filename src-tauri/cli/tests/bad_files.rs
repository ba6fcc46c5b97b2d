//! Disks that are full, folders that may not be written to, characters that an encoding lacks: said in words, and nothing is left half.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::modules::Registry;

use crate::desk::{Desk, Ran, id, ran};

/// A roster whose import needs some megabytes.
fn long_roster(desk: &Desk) {
    let row = |n: u16| format!("会员{n},{},入会,2015/03/02\n", id(n % 900));
    let rows: String = (0..900).map(row).collect();
    desk.write("名册.csv", format!("姓名,证件号码,会籍变化类型,会籍变化日期\n{rows}"));
}

const IMPORT: [&str; 9] = ["import", "a.unionbook", "member", "名册.csv", "--unit", "T1", "--opening", "--opening-day", "2026-01-01"];

/// Runs the program in a shell that first does something to the surroundings.
fn in_shell(desk: &Desk, first: &str, words: &[&str]) -> Ran {
    let plain = desk.command(words);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{first}; exec \"$0\" \"$@\"")]).arg(plain.get_program()).args(plain.get_args());
    shell.current_dir(desk.folder.path()).envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    ran(shell.output().expect("the shell starts"))
}

fn told(ran: &Ran) -> (String, String, String) {
    let json: Json = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("one JSON object: {} {}", ran.out, ran.err));
    let word = |name: &str| json["error"][name].as_str().unwrap_or_default().to_owned();
    (word("code"), word("message"), word("hint"))
}

/// A limit on the size of files stands for a full disk: whoever runs the tests may set it.
#[test]
fn a_write_that_the_disk_does_not_take_is_told_and_leaves_the_file_as_it_was() {
    let desk = Desk::with_members();
    let before = desk.everything();
    long_roster(&desk);
    let size = fs::metadata(desk.path("a.unionbook")).expect("the file").len();
    // In blocks of 512 bytes, or of 1,024 where the shell counts so: the file fits, what the import adds does not.
    let limit = size / 1024;
    let failed = in_shell(&desk, &format!("trap '' XFSZ; ulimit -f {limit}"), &[&IMPORT[..], &["--json"]].concat());
    let (code, message, hint) = told(&failed);
    assert_eq!((failed.code, code.as_str()), (1, "file"), "{message}");
    assert!(message.contains("没有保存，原有数据没有改动"), "what came of it is said: {message}");
    assert!(hint.contains("磁盘"), "and where to look: {hint}");
    assert_eq!(desk.everything(), before, "the file is as it was");
    assert_eq!(desk.run(&["check", "a.unionbook"]).code, 0, "and sound");
    let done = desk.run(&IMPORT);
    assert_eq!(done.code, 0, "with room enough the same import is done: {}{}", done.out, done.err);
    // The shared memory of the file still fits, the sheet of 900 people does not.
    let out = in_shell(&desk, "trap '' XFSZ; ulimit -f 64", &["export", "a.unionbook", "person", "人员.csv", "--json"]);
    let (code, message, hint) = told(&out);
    assert_eq!((out.code, code.as_str()), (1, "file"), "{message}");
    assert!(message.contains("人员.csv") && !hint.is_empty(), "which file is said: {message}{hint}");
    let left: Vec<_> = fs::read_dir(desk.folder.path()).expect("listed").map(|entry| entry.expect("listed").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("人员")), "no half file is left: {left:?}");
}

/// A disk of one megabyte, where the system lets this user have one.
#[test]
fn a_full_disk_is_called_one() {
    let alone = |script: &str, desk: &Desk| -> Output {
        let plain = desk.command(&[]);
        let mut shell = Command::new("unshare");
        shell.args(["-Urm", "sh", "-c", script]).arg(plain.get_program()).current_dir(desk.folder.path());
        shell.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?)))).output().expect("unshare starts")
    };
    let desk = Desk::with_members();
    fs::create_dir(desk.path("盘")).expect("a folder");
    if !alone("mount -t tmpfs -o size=1m tmpfs 盘", &desk).status.success() {
        println!("this user may mount no disk; the test of a limit on files says the same");
        return;
    }
    long_roster(&desk);
    let script = "mount -t tmpfs -o size=1m tmpfs 盘 && cp a.unionbook a.unionbook.keys 盘 && \
        { \"$0\" import 盘/a.unionbook member 名册.csv --unit T1 --opening --opening-day 2026-01-01 --json; echo; \
          \"$0\" list 盘/a.unionbook person --json; echo; \"$0\" check 盘/a.unionbook --json; }";
    let output = alone(script, &desk);
    let said = String::from_utf8(output.stdout).expect("text");
    let said: Vec<Json> = said.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(said.len(), 3, "three answers: {said:?}");
    assert_eq!(said[0]["error"]["code"], "file", "the import is refused: {}", said[0]);
    assert!(said[0]["error"]["message"].as_str().is_some_and(|words| words.contains("磁盘空间不足")), "the disk is full: {}", said[0]);
    assert_eq!(said[1]["answer"]["total"], 2, "nobody came: {}", said[1]);
    let wrong = said[2]["answer"].as_array().expect("findings").iter().filter(|finding| finding["wrong"] != 0).count();
    assert_eq!((wrong, &said[2]["ok"]), (0, &json!(true)), "the file is sound: {}", said[2]);
}

#[test]
fn characters_that_an_encoding_lacks_are_listed_and_never_replaced() {
    let desk = Desk::with_members();
    let store = desk.open(Registry::shipped());
    for name in ["䶮某", "张𠅤", "李四"] {
        dispatch(&store, "record.save", json!({ "record": "person", "values": { "name": name } })).expect("a person");
    }
    drop(store);
    let before = desk.everything();
    let refused = desk.run(&["export", "a.unionbook", "person", "人员.csv", "--encoding", "gbk"]);
    assert_eq!(refused.code, 1, "GBK lacks some: {}", refused.out);
    for said in ["有 2 个字不在所要求的编码里", "行 B 列“𠅤”", "请改用 UTF-8 或 GB 18030 编码"] {
        assert!(refused.err.contains(said), "{said} is said: {}", refused.err);
    }
    assert!(!desk.path("人员.csv").exists(), "and no file with '?' in it is left");
    let done = desk.run(&["export", "a.unionbook", "person", "人员.csv", "--encoding", "gb18030"]);
    assert_eq!(done.code, 0, "GB 18030 has them all: {}", done.err);
    let back = desk.json(&["import", "a.unionbook", "person", "人员.csv", "--dry-run"]);
    assert_eq!((&back["counts"]["same"], &back["counts"]["rows"]), (&json!(5), &json!(5)), "and they come back: {back}");
    let misread = desk.run(&["import", "a.unionbook", "person", "人员.csv", "--encoding", "utf-8"]);
    assert_eq!(misread.code, 1, "read as what it is not, it is refused: {}{}", misread.out, misread.err);
    assert_eq!(desk.everything(), before, "the file is as it was");
}

/// Root may write everywhere, so the folder is no folder.
#[test]
fn what_cannot_be_written_is_named() {
    let desk = Desk::with_members();
    desk.write("占用", "a file where a folder is meant");
    desk.write("名册.csv", "姓名,证件号码\n孙三,000000199001010011\n");
    for words in [
        &["export", "a.unionbook", "person", "占用/人员.csv"][..],
        &["export", "a.unionbook", "person", "没有/人员.xlsx"],
        &["import", "a.unionbook", "person", "名册.csv", "--errors", "没有/有误.xlsx"],
        &["backup", "a.unionbook", "占用"],
        &["report", "a.unionbook", "monthly", "--unit", "T1", "--period", "2026-03", "没有/月报.xlsx"],
    ] {
        let before = desk.everything();
        let refused = desk.run(&[words, &["--json"]].concat());
        let (code, message, hint) = told(&refused);
        assert_eq!((refused.code, code.as_str()), (1, "file"), "{words:?}: {message}");
        assert!(message.contains("占用") || message.contains("没有/"), "{words:?}: the place is named: {message}");
        assert!(hint.contains("请"), "{words:?}: and the way out: {hint}");
        assert_eq!(desk.everything(), before, "{words:?}: the file is as it was");
    }
}
