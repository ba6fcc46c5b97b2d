//! Calls, files, and long work beside short calls.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::running::{Browser, Running};

const PASSWORD: &str = "一句好记的话";

fn with_office(browser: &Browser<'_>) {
    let path = browser.running.path("甲.unionbook");
    let made = browser.done(
        "desk.create",
        json!({ "path": path, "password": PASSWORD, "clerk": "经办人甲", "code": "T1", "name": "测试工会", "level": "grassroots" }),
    );
    assert_eq!(made["recovery"].as_str().map(|key| key.split('-').count()), Some(9), "the recovery key is told once: {made}");
}

#[test]
fn calls_reach_the_desk_and_the_open_file_and_refusals_are_reports() {
    let running = Running::start(&[]);
    let browser = running.enter();
    let closed = browser.call("record.list", json!({ "record": "unit" }), None);
    assert_eq!((closed.status, closed.json()["code"].as_str()), (409, Some("closed")), "no file is open: {}", closed.text());
    with_office(&browser);
    let units = browser.done("record.list", json!({ "record": "unit" }));
    assert_eq!(units["rows"][0]["name"], "测试工会", "the open file answers: {units}");
    let state = browser.done("desk.state", json!({}));
    assert_eq!((&state["office"]["name"], &state["office"]["clerk"]), (&json!("测试工会"), &json!("经办人甲")), "{state}");
    for (body, code) in [(r#"{"command":"no.such"}"#, "usage"), ("{", "usage"), (r#"{"command":"record.list","payload":{"x":1}}"#, "usage")]
    {
        let answer = browser.post("/rpc", body.as_bytes());
        assert_eq!((answer.status, answer.json()["code"].as_str()), (400, Some(code)), "{body}: {}", answer.text());
    }
    let wrong = browser.call("desk.open", json!({ "path": running.path("甲.unionbook"), "password": "别的密码" }), None);
    assert_eq!((wrong.status, wrong.json()["code"].as_str()), (422, Some("locked")), "a wrong password: {}", wrong.text());
}

#[test]
fn files_go_in_and_out_through_a_private_folder_and_nothing_else_does() {
    let running = Running::start(&[]);
    let browser = running.enter();
    with_office(&browser);
    let sheet = "姓名,性别\n丁一,男\n丁二,女\n".as_bytes();
    let sent = browser.post("/upload?name=%E5%90%8D%E5%86%8C.csv", sheet);
    assert_eq!(sent.status, 200, "the file is taken: {}", sent.text());
    let path = sent.json()["path"].as_str().expect("a path").to_owned();
    assert!(path.ends_with("名册.csv"), "under its own name: {path}");
    let taken = browser.done("sheet.import", json!({ "record": "person", "path": path }));
    assert_eq!(taken["value"]["taken"], 2, "commands read it: {taken}");
    let place =
        browser.post("/place", json!({ "name": "导出.xlsx" }).to_string().as_bytes()).json()["path"].as_str().expect("a path").to_owned();
    assert_eq!(browser.done("sheet.export", json!({ "record": "person", "path": place })), json!(2), "commands write where told");
    let out = browser.get(&format!("/download?path={}", escaped(&place)));
    assert_eq!((out.status, &out.body[..2]), (200, b"PK".as_slice()), "the workbook comes out");
    assert_eq!(out.header("content-disposition"), Some("attachment; filename*=UTF-8''%E5%AF%BC%E5%87%BA.xlsx"), "under its name");
    let office = running.path("甲.unionbook").display().to_string();
    let climbing = format!("{}/../../../../../../etc/passwd", place.rsplit_once('/').expect("a folder").0);
    for elsewhere in ["/etc/passwd", &office, &climbing, "", "/nowhere"] {
        let answer = browser.get(&format!("/download?path={}", escaped(elsewhere)));
        assert_eq!((answer.status, answer.json()["code"].as_str()), (404, Some("gone")), "{elsewhere} stays inside: {}", answer.text());
    }
    for name in ["../a.csv", "a/b.csv", ".hidden", "..", "C:\\a.csv"] {
        assert_eq!(browser.post(&format!("/upload?name={}", escaped(name)), b"x").status, 422, "{name} leads elsewhere");
        assert_eq!(browser.post("/place", json!({ "name": name }).to_string().as_bytes()).status, 422, "{name} leads elsewhere");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::path::Path::new(&path).ancestors().nth(2).expect("the private folder");
        let mode = std::fs::metadata(folder).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else may read it: {mode:o}");
        running.end();
        assert!(!std::path::Path::new(&path).exists(), "it goes with the program");
    }
}

#[test]
fn short_calls_are_answered_while_a_long_one_runs_and_a_stop_leaves_no_file() {
    let running = Running::start(&[]);
    let browser = running.enter();
    let path = running.path("示例.unionbook");
    std::thread::scope(|scope| {
        let long =
            scope.spawn(|| browser.call("desk.demo", json!({ "path": path, "password": PASSWORD, "scale": "province" }), Some("一")));
        let start = Instant::now();
        let told = loop {
            let answer = browser.done("desk.progress", json!({ "job": "一" }));
            if answer["done"].as_u64().is_some_and(|done| done > 0) {
                break answer;
            }
            if start.elapsed() > Duration::from_secs(120) || long.is_finished() {
                browser.done("desk.stop", json!({ "job": "一" }));
                panic!("progress is told while the long call runs: {answer}");
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(told["stage"].is_string(), "what is being done is told: {told}");
        let other = Instant::now();
        assert_eq!(browser.done("desk.state", json!({}))["office"], json!(null), "nothing is open yet");
        assert!(other.elapsed() < Duration::from_secs(5), "a short call does not wait for the long one");
        browser.done("desk.stop", json!({ "job": "一" }));
        let stopped = long.join().expect("it ends");
        assert_eq!((stopped.status, stopped.json()["code"].as_str()), (409, Some("stopped")), "{}", stopped.text());
    });
    assert!(!path.exists(), "no half file is left");
    assert_eq!(browser.done("desk.progress", json!({ "job": "一" })), json!(null), "the job is forgotten");
}

#[test]
fn it_starts_with_an_office_where_it_is_told_one() {
    let running = Running::start(&[]);
    with_office(&running.enter());
    let folder = running.end();
    let (office, password) = (folder.path().join("甲.unionbook"), folder.path().join("密码.txt"));
    std::fs::write(&password, PASSWORD).expect("written");
    let words = ["--office", office.to_str().expect("text"), "--password-file", password.to_str().expect("text")];
    let again = Running::start(&words);
    assert_eq!(again.enter().done("desk.state", json!({}))["office"]["name"], "测试工会", "the file is open from the start");
}

/// What of the exchange lies in the folder for such files: the files that were put there.
fn lying(running: &Running) -> Vec<std::path::PathBuf> {
    let entries = |folder: std::path::PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = entries(running.path("临时")).filter(|path| path.to_string_lossy().contains("unionbook-exchange-"));
    folders.flat_map(entries).filter(|path| path.is_dir()).flat_map(entries).collect()
}

fn placed(browser: &Browser<'_>, name: &str) -> String {
    let path = browser.post("/place", json!({ "name": name }).to_string().as_bytes()).json()["path"].as_str().expect("a path").to_owned();
    browser.done("sheet.export", json!({ "record": "unit", "path": path }));
    path
}

#[test]
fn a_file_goes_when_it_was_downloaded_used_or_the_office_closed() {
    let running = Running::start(&[]);
    let browser = running.enter();
    with_office(&browser);
    let path = placed(&browser, "导出.csv");
    let url = format!("/download?path={}", escaped(&path));
    let again = browser.get(&format!("{url}&again=true"));
    assert!((again.status, again.text().contains("测试工会")) == (200, true), "it comes out: {}", again.text());
    assert_eq!(browser.get(&url).body, again.body, "and once more where the page asks for that");
    assert_eq!(lying(&running), [] as [&std::path::Path; 0], "then it is gone");
    assert_eq!(browser.get(&url).status, 404, "and it is said");
    let sent = browser.post("/upload?name=a.csv", "姓名\n丁一\n".as_bytes()).json();
    assert_eq!(lying(&running).len(), 1, "one that was sent in lies there");
    assert_eq!(browser.post("/used", sent.to_string().as_bytes()).status, 204, "the page needs it no more");
    assert_eq!(lying(&running).len(), 0, "it is gone");
    let alive = std::path::Path::new(&path).ancestors().nth(2).expect("the folder").join("alive");
    assert_eq!(
        browser.get(&format!("/download?path={}", escaped(&alive.display().to_string()))).status,
        404,
        "the folder's own file stays"
    );
    placed(&browser, "二.csv");
    browser.post("/upload?name=a.csv", b"x");
    assert_eq!(lying(&running).len(), 2, "these were not asked for yet");
    browser.done("desk.close", json!({}));
    assert_eq!(lying(&running).len(), 0, "nothing stays when the office is closed");
    assert_eq!(browser.post("/upload?name=a.csv", b"x").status, 200, "and the next finds room");
}

#[test]
fn what_a_killed_program_left_is_taken_away_at_the_next_start() {
    let running = Running::start(&[]);
    let browser = running.enter();
    with_office(&browser);
    placed(&browser, "导出.csv");
    let beside = Running::start_in(std::sync::Arc::clone(&running.folder), &[]);
    assert_eq!(lying(&running).len(), 1, "another program that starts leaves a living one's alone");
    drop(beside);
    let folder = running.kill();
    let again = Running::start_in(folder, &[]);
    assert_eq!(lying(&again).len(), 0, "nobody holds it: it is gone");
    let left = std::fs::read_dir(again.path("临时")).expect("a folder").count();
    assert_eq!(left, 1, "the new program's own folder alone is there");
}

#[test]
fn the_office_is_closed_when_no_page_came_for_the_minutes_of_the_lock() {
    let running = Running::start(&[]);
    let browser = running.enter();
    with_office(&browser);
    placed(&browser, "导出.csv");
    browser.done("desk.remember", json!({ "key": "lock.minutes", "value": 0.05 }));
    let start = Instant::now();
    while !lying(&running).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(60), "the file of the exchange goes with the lock");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(browser.done("desk.state", json!({}))["office"], json!(null), "the office is closed, the program runs on");
    let made = std::fs::read_dir(running.path("自动备份")).expect("a folder").flatten();
    assert!(made.map(|entry| entry.path()).any(|path| path.extension().is_some_and(|end| end == "unionbook")), "with its backup");
    let closed = browser.call("record.list", json!({ "record": "unit" }), None);
    assert_eq!(closed.json()["code"], "closed", "which the page asks the password for: {}", closed.text());
    browser.done("desk.open", json!({ "path": running.path("甲.unionbook"), "password": PASSWORD }));
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
