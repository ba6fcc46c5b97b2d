//! Files of every version open in this one, and the schema changes only by new migrations.
//!
//! `tests/golden/schema.txt` is the schema of a fresh file, with the digests of the migrations that made it; after a change that
//! is meant, `UNIONBOOK_GOLDEN=write cargo test -p unionbook-tests old_files` writes it anew. `tests/fixtures/versions/` holds
//! an office file of each version, written by that version with `UNIONBOOK_FIXTURE=write cargo test -p unionbook-tests
//! old_files`; the file of a version that is released is never written again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use unionbook_core::Error;
use unionbook_core::record::Table;
use unionbook_core::store::{Secret, Sidecar, Store, dump, timeline};

use crate::full_office::{FullOffice, call};
use crate::source_text::root;
use crate::stations::wrong;
use crate::world::{PASSWORD, World};

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn wants(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|wish| wish == "write")
}

fn golden() -> PathBuf {
    root().join("tests/golden/schema.txt")
}

/// Each applied migration as a line: module, name, and the digest of its text.
fn migrations(store: &Store) -> Vec<String> {
    let sql = "SELECT '-- ' || module || '/' || name || ' ' || digest FROM migration ORDER BY module, name";
    store.read(|db| db.rows(sql, [], |row| row.get(0))).expect("the migrations are read")
}

fn digests(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.strip_prefix("-- ")?.split_once(' ')).collect()
}

#[test]
fn the_schema_of_a_fresh_file_is_the_reviewed_one_and_no_known_migration_was_edited() {
    let world = World::new();
    let store = world.create();
    let now = format!("{}\n\n{}", migrations(&store).join("\n"), store.read(dump).expect("the schema is read"));
    if wants("UNIONBOOK_GOLDEN") {
        fs::write(golden(), &now).expect("written");
    }
    let reviewed = fs::read_to_string(golden()).expect("tests/golden/schema.txt is part of the repository");
    let (known, current) = (digests(&reviewed), digests(&now));
    let edited: Vec<_> = known.iter().filter(|(name, digest)| current.get(*name) != Some(digest)).map(|(name, _)| *name).collect();
    assert!(
        edited.is_empty(),
        "these migrations are not what was reviewed: {edited:?}. Files that have them would not open any more (“台账结构的升级步骤……与本程序的不一致”): \
         put the change into a new migration N_what.sql of the module. Only before a version is released may a migration be edited: then run \
         with UNIONBOOK_GOLDEN=write and UNIONBOOK_FIXTURE=write, and review both."
    );
    let differs = now.lines().zip(reviewed.lines()).find(|(now, then)| now != then);
    assert!(
        now == reviewed,
        "the schema differs from what was reviewed, first at {differs:?}; if a new migration means that, run with UNIONBOOK_GOLDEN=write and review it"
    );
}

fn versions() -> PathBuf {
    root().join("tests/fixtures/versions")
}

/// What an office file of a version says: each record's rows, called as people call them.
fn listed(store: &Store, tables: &[String]) -> String {
    let mut text = String::new();
    for table in tables {
        let page = call(store, "record.list", json!({ "record": table, "limit": 1000 }));
        let rows = page["rows"].as_array().expect("rows");
        let key = |row: &serde_json::Value| row.get("id").map_or_else(|| json!([row["activity"], row["person"]]), Clone::clone);
        let titles: Vec<String> = rows
            .iter()
            .map(|row| call(store, "record.get", json!({ "record": table, "id": key(row) }))["title"].as_str().unwrap_or("").to_owned())
            .collect();
        writeln!(text, "{table} {} {}", rows.len(), titles.join(" | ")).expect("a text grows");
    }
    text
}

/// Writes the fixture of the version in work.
fn write_fixture() {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    let tables: Vec<String> = store.registry().tables().filter(|table| !table.view).map(|table: &Table| table.name.to_owned()).collect();
    let said = listed(&store, &tables);
    drop(store);
    let folder = versions().join(VERSION);
    fs::create_dir_all(&folder).expect("a folder");
    fs::copy(world.file(), folder.join("office.unionbook")).expect("copied");
    fs::copy(Sidecar::path(&world.file()), Sidecar::path(&folder.join("office.unionbook"))).expect("copied");
    fs::write(folder.join("listed.txt"), said).expect("written");
}

fn open_copy(world: &World, folder: &Path) -> Result<Store, Error> {
    fs::copy(folder.join("office.unionbook"), world.file()).expect("copied");
    fs::copy(Sidecar::path(&folder.join("office.unionbook")), Sidecar::path(&world.file())).expect("copied");
    Store::open(&world.file(), &Secret::Password(PASSWORD.into()), world.access())
}

#[test]
fn a_file_of_each_version_opens_is_brought_up_to_date_is_sound_and_says_what_it_said() {
    if wants("UNIONBOOK_FIXTURE") {
        write_fixture();
    }
    let mut seen = 0;
    for entry in fs::read_dir(versions()).expect("tests/fixtures/versions is part of the repository") {
        let folder = entry.expect("listed").path();
        let version = folder.file_name().and_then(|name| name.to_str()).expect("a version").to_owned();
        let world = World::new();
        let store = open_copy(&world, &folder).unwrap_or_else(|error| {
            panic!("a file of version {version} must open: {error}. If a migration was edited before that version was released, run with UNIONBOOK_FIXTURE=write")
        });
        let said = fs::read_to_string(folder.join("listed.txt")).expect("what the version listed");
        let tables: Vec<String> = said.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
        assert_eq!(listed(&store, &tables), said, "a file of version {version} says what it said then");
        assert_eq!(wrong(&store), [], "a file of version {version} is sound");
        goes_on(&store, &version);
        assert_eq!(listed(&store, &tables), said, "and is as it was when all is taken back");
        seen += 1;
    }
    assert!(seen > 0 && versions().join(VERSION).exists(), "the version in work, {VERSION}, has its file");
}

/// Every step that the old version did is taken back and done again by this one, and new work is done.
fn goes_on(store: &Store, version: &str) {
    let steps = store.read(|db| timeline(db, None, 1000)).expect("the history").len();
    for _ in 0..steps {
        store.undo(None).unwrap_or_else(|error| panic!("a step of version {version} is undone: {error}"));
    }
    (0..steps).for_each(|_| drop(store.redo().expect("and done again")));
    let values = json!({ "name": "新来的人" });
    let saved = call(store, "record.save", json!({ "record": "person", "values": values }));
    assert!(saved["step"].as_i64().is_some_and(|step| step > 0), "new work is done in a file of version {version}");
    assert_eq!(wrong(store), [], "which stays sound");
    store.undo(None).expect("and is undone");
}
