//! Plain text: whoever takes the disk reads no name and no number, while the office works, after a crash and after a kill.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use encoding_rs::GB18030;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::store::{Access, Secret, Step, Store};

use super::child::command;
use crate::full_office::{call, id_number_of, roster};
use crate::kill::begin;
use crate::kill::work::FILE;
use crate::people::number;
use crate::source_text::root;
use crate::trust::{Row, many};
use crate::world::{PASSWORD, World};

const ROW: Row = Row {
    name: "plain",
    what: "a desk makes, opens, imports, seeks, keeps a view, backs up, exports, prints, crashes and locks; names, id numbers, phones and \
           passwords searched in every byte of file, log, backups, temp files, settings and crash output",
    goal: "0 found; in the settings the office's name, the account's and the paths alone",
};
/// Where the child writes what people asked for in the clear: sheets and forms.
const OUT: &str = "UNIONBOOK_PLAIN_OUT";

/// What the office is called: it lies readable in the settings folder, as the help says, and nowhere else.
const OFFICE: &str = "测试街道总工会";
/// The password of the office that is made on the way.
const OTHER_PASSWORD: &str = "一句好记的话";
/// How often the child lets itself be looked at before it works on until it is killed.
const LOOKS: usize = 6;

/// A word or a number that must not be found, in one of the encodings that the app knows.
struct Needle {
    word: String,
    bytes: Vec<u8>,
}

/// What must not be found. Words of two letters are too short to tell from chance in every encoding; those of three are six bytes and more.
fn needles() -> Vec<Needle> {
    let words = ["买买提·艾力", "欧阳娜娜", "赵小明", OFFICE, "册名甲乙", PASSWORD, OTHER_PASSWORD].map(str::to_owned);
    let numbers = ["active", "retained", "payer"].map(id_number_of);
    let phones = ["13800001000".to_owned(), "13800009999".to_owned(), number("1981-05-05", 77)];
    words.into_iter().chain(numbers).chain(phones).flat_map(encoded).collect()
}

/// A word in UTF-8, UTF-16 and GB 18030, each writing once.
fn encoded(word: String) -> Vec<Needle> {
    let (wide, narrow) = (word.encode_utf16().flat_map(u16::to_le_bytes).collect(), GB18030.encode(&word).0.into_owned());
    let mut writings = vec![word.clone().into_bytes(), wide, narrow];
    writings.sort_unstable();
    writings.dedup();
    assert!(writings.iter().all(|bytes| bytes.len() > 5), "{word} is long enough to be told from chance");
    writings.into_iter().map(|bytes| Needle { word: word.clone(), bytes }).collect()
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
    fn through(&mut self, what: &str, bytes: &[u8], needles: &[Needle]) {
        self.files += 1;
        self.bytes += bytes.len() as u64;
        // Few places begin as a secret does, so the bytes are gone through once.
        let mut begins = vec![false; 1 << 16];
        let head = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
        needles.iter().for_each(|needle| begins[head(&needle.bytes)] = true);
        for (at, pair) in bytes.windows(2).enumerate() {
            if begins[head(pair)] {
                let found = needles.iter().filter(|needle| bytes[at..].starts_with(&needle.bytes));
                self.found.extend(found.map(|needle| format!("{what}: {}", needle.word)));
            }
        }
    }

    fn below(&mut self, folder: &Path, needles: &[Needle]) {
        for path in files_below(folder) {
            // A file may be gone again since it was listed.
            if let Ok(bytes) = fs::read(&path) {
                self.through(&path.display().to_string(), &bytes, needles);
            }
        }
    }
}

/// What is searched: everything in the office's folder and among the temporary files, and in the settings all but the office's name.
struct Places<'p> {
    office: &'p Path,
    temp: &'p Path,
    settings: &'p Path,
    all: &'p [Needle],
    unnamed: &'p [Needle],
}

impl Places<'_> {
    fn look(&self, search: &mut Search) {
        search.below(self.office, self.all);
        search.below(self.temp, self.all);
        search.below(self.settings, self.unnamed);
    }
}

#[test]
fn nothing_of_anybody_is_found_in_the_clear_on_the_disk() {
    let (all, unnamed) = (needles(), needles().into_iter().filter(|needle| needle.word != OFFICE).collect::<Vec<_>>());
    let mut search = Search::default();
    let times = many(1, 40);
    for _ in 0..times {
        one_office(&all, &unnamed, &mut search);
    }
    assert_eq!(search.found, [] as [&str; 0], "nothing is found in the clear");
    let words = all.iter().map(|needle| &needle.word).collect::<BTreeSet<_>>().len();
    let figure = format!("0 of {words} words and numbers found, in three encodings, in {} files, {} MB", search.files, search.bytes >> 20);
    ROW.tell(times, times, &figure);
}

fn one_office(all: &[Needle], unnamed: &[Needle], search: &mut Search) {
    let world = World::new();
    begin(&world);
    // What came in from below in the clear is not ours.
    let own: Vec<PathBuf> =
        files_below(world.folder.path()).into_iter().filter(|path| path.extension().is_some_and(|end| end == "xlsx")).collect();
    own.iter().for_each(|path| fs::remove_file(path).expect("removed"));
    let (temp, settings, out) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let places = Places { office: world.folder.path(), temp: temp.path(), settings: settings.path(), all, unnamed };
    let mut office = command("trust::plain::the_office_that_is_searched");
    office.env(FILE, world.file()).env(OUT, out.path()).env("TMPDIR", temp.path()).env("UNIONBOOK_HOME", settings.path());
    let mut office = office.spawn().expect("it starts");
    let mut said = BufReader::new(office.stdout.take().expect("its words"));
    let mut words = String::new();
    for _ in 0..LOOKS {
        loop {
            let from = words.len();
            if said.read_line(&mut words).expect("its words") == 0 {
                let output = office.wait_with_output().expect("its words");
                panic!("it lives: {words}{}", String::from_utf8_lossy(&output.stderr));
            }
            if words[from..].starts_with("look") {
                break;
            }
        }
        places.look(search);
    }
    // In the midst of whatever it does then.
    std::thread::sleep(Duration::from_millis(150));
    places.look(search);
    office.kill().expect("killed");
    let output = office.wait_with_output().expect("its words");
    places.look(search);
    search.through("what it said", words.as_bytes(), all);
    search.through("what it said when it crashed", &output.stderr, all);
    assert!(String::from_utf8_lossy(&output.stderr).contains("burst"), "it crashed on the way");
    what_is_there_is_found(&out, all, &places);
}

/// A search finds what is there in the clear: what people asked for, and what a settings folder holds by its nature.
fn what_is_there_is_found(out: &TempDir, all: &[Needle], places: &Places<'_>) {
    let mut sure = Search::default();
    sure.below(out.path(), all);
    assert!(sure.found.len() > 5, "a search finds what is there in the clear: {:?}", sure.found);
    let mut sure = Search::default();
    sure.below(places.settings, all);
    assert!(sure.found.iter().any(|found| found.contains("recent.json")), "the settings name the office: {:?}", sure.found);
    let kept = fs::read_to_string(places.settings.join("preferences.json")).expect("the settings");
    assert!(kept.contains("views:person") && kept.contains("甲厂的"), "and hold a view: {kept}");
    assert!(files_below(&places.office.join("自动备份")).len() > 1, "backups were made by themselves, and searched");
}

/// The desk of the PC that is searched, with its settings where `UNIONBOOK_HOME` says.
fn desk(world: &World, documents: &Path) -> Desk {
    let Access { registry, clock, cost, .. } = world.access();
    let folder = unionbook_core::desk::settings_folder().expect("a folder");
    Desk::new(Place { folder, documents: documents.to_owned(), registry, clock, user: "电脑用户".into(), cost })
}

/// An office at a desk, and where people ask for sheets and forms.
struct Clerk {
    desk: Desk,
    file: PathBuf,
    out: PathBuf,
}

impl Clerk {
    #[track_caller]
    fn done(&self, command: &str, payload: Json) -> Json {
        self.desk.rpc(command, payload, None).unwrap_or_else(|error| panic!("{command} is done: {error:?}"))
    }

    /// An office is made; then the one with people in it is opened.
    fn begins(&self) {
        let new = self.file.with_file_name("新建.unionbook");
        self.done(
            "desk.create",
            json!({ "path": new, "password": OTHER_PASSWORD, "clerk": "经办人甲", "code": "N1", "name": OFFICE, "level": "town" }),
        );
        self.opens();
    }

    fn opens(&self) {
        self.done("desk.open", json!({ "path": self.file, "account": "经办人甲", "password": PASSWORD }));
    }

    fn imports(&self) {
        let unit = self.done("record.list", json!({ "record": "unit", "search": "甲厂" }))["rows"][0]["id"].clone();
        let path = roster(self.out.join("名册.csv"), &[("册名甲乙", &number("1981-05-05", 77), "入会", "2015/03/02")]);
        self.done(
            "sheet.import",
            json!({ "record": "member", "path": path, "layout": "roster", "unit": unit, "opening": "2026-10-15", "choice": "update" }),
        );
    }

    /// Seeks people by name and by number, and keeps a view, as the screen does: what it sends is in a file that its own test makes, too.
    fn seeks(&self) {
        let seek = |ask: Json| assert!(self.done("record.list", ask)["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "found");
        seek(json!({ "record": "person", "search": "册名甲乙" }));
        seek(json!({ "record": "person", "filters": [{ "field": "id_number", "op": "is", "value": number("1981-05-05", 77) }] }));
        let views = fs::read(root().join("tests/fixtures/saved-views.json")).expect("what the screen keeps");
        let views: Json = serde_json::from_slice(&views).expect("views");
        self.done("desk.remember", json!({ "key": "views:person", "value": views }));
    }

    fn backs_up(&self) {
        let chosen = self.file.with_file_name("选定的备份");
        fs::create_dir(&chosen).expect("a folder");
        self.done("desk.backups", json!({ "folder": chosen }));
        self.done("desk.backup", json!({ "folder": self.file.with_file_name("备份") }));
    }

    fn export(&self, name: &str) {
        self.done("sheet.export", json!({ "record": "person", "path": self.out.join(name) }));
    }

    fn prints(&self) {
        let activity = self.done("record.list", json!({ "record": "activity" }))["rows"][0]["id"].clone();
        let path = self.out.join("签到表.pdf");
        self.done("activities.sign_in_sheet", json!({ "activity": activity, "named": true, "blanks": 3, "path": path }));
    }

    /// Another program on the same file crashes in the midst of a step.
    fn crashes_beside(&self, world: &World) {
        let store = Store::open(&self.file, &Secret::Password(PASSWORD.into()), world.access()).expect("opened");
        let crashed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.write(Step::new("改名"), |tx| -> unionbook_core::Result<()> {
                tx.add(&unionbook_core::people::Person::named("赵小明"))?;
                panic!("burst")
            })
        }));
        assert!(crashed.is_err(), "the crash went on");
    }

    /// Works on until it is killed.
    fn goes_on(&self) -> ! {
        loop {
            self.export("人员.xlsx");
            let values = json!({ "name": "欧阳娜娜", "employer": OFFICE });
            let _ = self.desk.rpc("record.save", json!({ "record": "person", "values": values }), None);
            let _ = self.desk.rpc("step.undo", json!({}), None);
        }
    }
}

#[test]
#[ignore = "the office that the test of plain text starts, never ends by itself"]
fn the_office_that_is_searched() {
    let file = PathBuf::from(std::env::var_os(FILE).expect("a file"));
    let out = PathBuf::from(std::env::var_os(OUT).expect("a folder"));
    let world = World::new();
    let clerk = Clerk { desk: desk(&world, &out), file, out };
    clerk.begins();
    println!("\nlook");
    clerk.imports();
    clerk.backs_up();
    clerk.seeks();
    println!("\nlook");
    ["人员.xlsx", "人员.csv"].into_iter().for_each(|name| clerk.export(name));
    clerk.prints();
    println!("\nlook");
    clerk.crashes_beside(&world);
    println!("\nlook");
    clerk.done("desk.close", json!({}));
    println!("\nlook");
    clerk.opens();
    println!("\nlook");
    clerk.goes_on();
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
