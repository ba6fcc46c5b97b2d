//! Plain text: whoever takes the disk reads no name and no number, while the office works, after a crash and after a kill.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use unionbook_core::api::dispatch;
use unionbook_core::store::{Secret, Store};

use super::child::command;
use crate::full_office::{call, id_number_of, roster};
use crate::kill::begin;
use crate::kill::work::FILE;
use crate::people::number;
use crate::trust::{Row, many};
use crate::world::{PASSWORD, World};

const ROW: Row = Row {
    name: "plain",
    what: "names, id numbers, phones and the password searched in every byte of file, log, backups, temp files, settings and crash output",
    goal: "0 found",
};
/// Where the child writes what people asked for in the clear: sheets and forms.
const OUT: &str = "UNIONBOOK_PLAIN_OUT";

/// What must not be found, in the three encodings that the app knows.
fn secrets() -> Vec<Vec<u8>> {
    let words = ["买买提·艾力", "欧阳娜娜", "赵小明", "测试街道总工会", "册名甲乙", PASSWORD].map(str::to_owned);
    let numbers = ["active", "retained", "payer"].map(id_number_of);
    let phones = ["13800001000".to_owned(), "13800009999".to_owned(), number("1981-05-05", 77)];
    let texts = words.into_iter().chain(numbers).chain(phones);
    texts
        .flat_map(|text| {
            let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [text.clone().into_bytes(), wide, gb18030(&text)]
        })
        .filter(|bytes: &Vec<u8>| bytes.len() > 7)
        .collect()
}

/// GB 18030 by way of Python's codec would need Python; these words' codes are few, so what cannot be told is left out.
fn gb18030(text: &str) -> Vec<u8> {
    const CODES: [(char, [u8; 2]); 12] = [
        ('赵', [0xd5, 0xd4]),
        ('小', [0xd0, 0xa1]),
        ('明', [0xc3, 0xf7]),
        ('欧', [0xc5, 0xb7]),
        ('阳', [0xd1, 0xf4]),
        ('娜', [0xc4, 0xc8]),
        ('册', [0xb2, 0xe1]),
        ('名', [0xc3, 0xfb]),
        ('甲', [0xbc, 0xd7]),
        ('乙', [0xd2, 0xd2]),
        ('测', [0xb2, 0xe2]),
        ('试', [0xca, 0xd4]),
    ];
    let codes: Option<Vec<[u8; 2]>> =
        text.chars().map(|letter| CODES.iter().find(|(known, _)| *known == letter).map(|(_, code)| *code)).collect();
    codes.map(|codes| codes.concat()).unwrap_or_default()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Counts the bytes that were searched and the secrets that were found.
#[derive(Debug, Default)]
struct Search {
    files: u64,
    bytes: u64,
    found: Vec<String>,
}

impl Search {
    fn through(&mut self, what: &str, bytes: &[u8], secrets: &[Vec<u8>]) {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        // Few places begin as a secret does, so the bytes are gone through once.
        let mut begins = vec![false; 1 << 16];
        let head = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
        secrets.iter().for_each(|secret| begins[head(secret)] = true);
        for (at, pair) in bytes.windows(2).enumerate() {
            if begins[head(pair)] {
                let found = secrets.iter().filter(|secret| bytes[at..].starts_with(secret));
                self.found.extend(found.map(|secret| format!("{what}: {}", String::from_utf8_lossy(secret))));
            }
        }
    }

    fn below(&mut self, folders: &[&Path], secrets: &[Vec<u8>]) {
        for path in folders.iter().flat_map(|folder| files_below(folder)) {
            // A file may be gone again since it was listed.
            if let Ok(bytes) = fs::read(&path) {
                self.through(&path.display().to_string(), &bytes, secrets);
            }
        }
    }
}

#[test]
fn nothing_of_anybody_is_found_in_the_clear_on_the_disk() {
    let secrets = secrets();
    let mut search = Search::default();
    let times = many(1, 40);
    for _ in 0..times {
        one_office(&secrets, &mut search);
    }
    assert_eq!(search.found, [] as [&str; 0], "nothing is found in the clear");
    let figure = format!("0 of {} secrets found in {} files, {} MB", secrets.len(), search.files, search.bytes >> 20);
    ROW.tell(times, times, &figure);
}

fn one_office(secrets: &[Vec<u8>], search: &mut Search) {
    let world = World::new();
    begin(&world);
    // What came in from below in the clear is not ours.
    let own: Vec<PathBuf> =
        files_below(world.folder.path()).into_iter().filter(|path| path.extension().is_some_and(|end| end == "xlsx")).collect();
    own.iter().for_each(|path| fs::remove_file(path).expect("removed"));
    let (temp, settings, out) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let mut office = command("trust::plain::the_office_that_is_searched");
    office.env(FILE, world.file()).env(OUT, out.path()).env("TMPDIR", temp.path()).env("UNIONBOOK_HOME", settings.path());
    let mut office = office.spawn().expect("it starts");
    let mut said = BufReader::new(office.stdout.take().expect("its words"));
    let folders = [world.folder.path(), temp.path(), settings.path()];
    let mut words = String::new();
    for _ in 0..4 {
        loop {
            let from = words.len();
            assert!(said.read_line(&mut words).expect("its words") > 0, "it lives: {words}");
            if words[from..].starts_with("look") {
                break;
            }
        }
        search.below(&folders, secrets);
    }
    // In the midst of whatever it does then.
    std::thread::sleep(Duration::from_millis(150));
    search.below(&folders, secrets);
    office.kill().expect("killed");
    let output = office.wait_with_output().expect("its words");
    search.below(&folders, secrets);
    search.through("what it said", words.as_bytes(), secrets);
    search.through("what it said when it crashed", &output.stderr, secrets);
    assert!(String::from_utf8_lossy(&output.stderr).contains("burst"), "it crashed on the way");
    let mut sure = Search::default();
    sure.below(&[out.path()], secrets);
    assert!(sure.found.len() > 5, "a search finds what is there in the clear: {:?}", sure.found);
}

#[test]
#[ignore = "the office that the test of plain text starts, never ends by itself"]
fn the_office_that_is_searched() {
    let file = PathBuf::from(std::env::var_os(FILE).expect("a file"));
    let out = PathBuf::from(std::env::var_os(OUT).expect("a folder"));
    let world = World::new();
    let store = Store::open(&file, &Secret::Password(PASSWORD.into()), world.access()).expect("opened");
    println!("\nlook");
    let unit = call(&store, "record.list", json!({ "record": "unit", "search": "甲厂" }))["rows"][0]["id"].clone();
    let new = number("1981-05-05", 77);
    let path = roster(out.join("名册.csv"), &[("册名甲乙", &new, "入会", "2015/03/02")]);
    call(
        &store,
        "sheet.import",
        json!({ "record": "member", "path": path, "layout": "roster", "unit": unit, "opening": "2026-10-15", "choice": "update" }),
    );
    call(&store, "store.backup", json!({ "folder": file.with_file_name("备份") }));
    println!("\nlook");
    let export = |name: &str| call(&store, "sheet.export", json!({ "record": "person", "path": out.join(name) }));
    let _ = ["人员.xlsx", "人员.csv"].map(export);
    println!("\nlook");
    let crashed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let step = unionbook_core::store::Step::new("改名");
        store.write(step, |tx| -> unionbook_core::Result<()> {
            tx.add(&unionbook_core::people::Person::named("赵小明"))?;
            panic!("burst")
        })
    }));
    assert!(crashed.is_err(), "the crash went on");
    println!("\nlook");
    loop {
        export("人员.xlsx");
        let _ =
            dispatch(&store, "record.save", json!({ "record": "person", "values": { "name": "欧阳娜娜", "employer": "测试街道总工会" } }));
        let _ = dispatch(&store, "step.undo", json!({}));
    }
}

/// The temporary files that this process has open, which have no name any more.
fn nameless() -> Vec<Vec<u8>> {
    let links = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let is_temporary = |path: &PathBuf| fs::read_link(path).is_ok_and(|to| to.to_string_lossy().contains("etilqs_"));
    links.map(|link| link.path()).filter(is_temporary).filter_map(|path| fs::read(path).ok()).collect()
}

#[test]
fn what_a_file_is_cleaned_in_on_the_disk_is_encrypted_too() {
    let world = World::new();
    let store = world.create();
    let secret = "绝密单位名称甲乙丙丁";
    let row = |n: u32| json!({ "id": null, "values": { "name": format!("人{n}"), "employer": secret, "note": "备注".repeat(200) } });
    for some in 0..40 {
        let rows: Vec<_> = (some * 100..some * 100 + 100).map(row).collect();
        call(&store, "record.edit", json!({ "record": "person", "rows": rows }));
    }
    let done = AtomicBool::new(false);
    let (met, seen) = std::thread::scope(|threads| {
        let looking = threads.spawn(|| {
            let (mut met, mut seen) = (0, 0);
            while !done.load(Ordering::Relaxed) {
                for bytes in nameless() {
                    met = met.max(bytes.len());
                    seen += usize::from(bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
                }
            }
            (met, seen)
        });
        for _ in 0..3 {
            assert!(store.scrub().expect("cleaned"), "nobody else reads");
        }
        done.store(true, Ordering::Relaxed);
        looking.join().expect("it looked")
    });
    assert_eq!(seen, 0, "nothing in the clear");
    assert!(met > 0 || !cfg!(target_os = "linux"), "it was looked at what lies on the disk: {met} bytes");
}
