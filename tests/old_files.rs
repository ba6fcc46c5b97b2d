//! Files of every version open in this one, and the schema changes only by new migrations.
//!
//! `tests/golden/schema.txt` is the schema of a fresh file, with the digests of the migrations that made it; after a change that
//! is meant, `UNIONBOOK_GOLDEN=write cargo test -p unionbook-tests old_files` writes it anew. `tests/fixtures/versions/` holds
//! an office file of each version, written by that version with `UNIONBOOK_FIXTURE=write cargo test -p unionbook-tests
//! old_files`; the file of a version that is released is never written again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
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

/// What an office file says: each record's rows as the wire shows them, a line each.
fn listed(store: &Store, tables: &[String]) -> Vec<(String, Json)> {
    let rows = |table: &String| {
        let page = call(store, "record.list", json!({ "record": table, "order": [], "limit": 1000, "reveal": true }));
        page["rows"].as_array().expect("rows").iter().map(|row| (table.clone(), row.clone())).collect::<Vec<_>>()
    };
    tables.iter().flat_map(rows).collect()
}

/// Reads what a version wrote of its own file.
fn written(folder: &Path) -> Vec<(String, Json)> {
    let text = fs::read_to_string(folder.join("rows.jsonl")).expect("what the version listed");
    text.lines().map(|line| serde_json::from_str(line).expect("a record's name and a row")).collect()
}

/// Every row is there with every field that it had; later versions may have given it more.
#[track_caller]
fn assert_says(store: &Store, said: &[(String, Json)], when: &str) {
    let mut tables: Vec<String> = said.iter().map(|(table, _)| table.clone()).collect();
    tables.dedup();
    let now = listed(store, &tables);
    assert_eq!(now.len(), said.len(), "{when}: as many rows");
    for ((table, then), (_, now)) in said.iter().zip(&now) {
        let differs = then.as_object().expect("a row").iter().find(|(field, value)| now.get(*field) != Some(value));
        assert_eq!(differs, None, "{when}: {table} said {then}, now {now}");
    }
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
    let lines: Vec<String> = said.iter().map(|row| serde_json::to_string(row).expect("JSON") + "\n").collect();
    fs::write(folder.join("rows.jsonl"), lines.concat()).expect("written");
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
        let said = written(&folder);
        assert_says(&store, &said, &format!("a file of version {version}"));
        assert_eq!(wrong(&store), [], "a file of version {version} is sound");
        goes_on(&store, &version);
        assert_says(&store, &said, &format!("a file of version {version} when all is taken back"));
        seen += 1;
    }
    assert!(seen > 0 && versions().join(VERSION).exists(), "the version in work, {VERSION}, has its file");
}

/// Every step that the old version did, back to the last that stays by rule, is taken back and done again by this one, and new work is
/// done.
fn goes_on(store: &Store, version: &str) {
    let steps = store.read(|db| timeline(db, None, 1000)).expect("the history").len();
    let mut undone = 0;
    while undone < steps {
        match store.undo(None) {
            Ok(_) => undone += 1,
            Err(error) if error.to_string().contains("按规定不能撤销") => break,
            Err(error) => panic!("a step of version {version} is undone: {error}"),
        }
    }
    assert!(undone * 2 > steps, "most of what version {version} did is taken back: {undone} of {steps}");
    (0..undone).for_each(|_| drop(store.redo().expect("and done again")));
    let values = json!({ "name": "新来的人" });
    let saved = call(store, "record.save", json!({ "record": "person", "values": values }));
    assert!(saved["step"].as_i64().is_some_and(|step| step > 0), "new work is done in a file of version {version}");
    assert_eq!(wrong(store), [], "which stays sound");
    store.undo(None).expect("and is undone");
}
