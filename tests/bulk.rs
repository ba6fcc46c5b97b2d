//! Many rows in one step: indexes made anew, the search fed at the end, and nothing else different.

use proptest::prelude::*;
use unionbook_core::Result;
use unionbook_core::record::{Cell, Id, Row};
use unionbook_core::store::{Db, Key, Step, Store, Tx, check, dump, match_of, timeline};

use crate::plain_record::{Note, module};
use crate::world::World;

const NAMES: [&str; 6] = ["张伟", "买买提·艾力", "王芳", "张芳", "李伟", "𠮷野"];

fn name(at: usize) -> &'static str {
    NAMES[at % NAMES.len()]
}

fn load(tx: &Tx<'_>, count: usize) -> Result<()> {
    tx.bulk(&[(Note::table(), 5_000)], |tx| {
        let mut inserter = tx.inserter::<Note>()?;
        for at in 0..count {
            inserter.insert(&Note { serial: Some(at.to_string()), ..Note::new(name(at)) })?;
        }
        Ok(())
    })
}

fn schema(store: &Store) -> String {
    store.read(dump).expect("the schema is read")
}

/// Every name's ids as the search gives them, beside those that a look at every row gives.
fn searches_agree(db: &Db<'_>) -> Result<()> {
    for name in NAMES.iter().flat_map(|name| [name.to_string(), name.chars().take(1).collect()]) {
        let pattern = match_of(&name).expect("something to search for");
        let found: Vec<i64> =
            db.rows("SELECT rowid FROM note_search WHERE note_search MATCH ?1 ORDER BY rowid", [pattern], |row| row.get(0))?;
        let text = name.replace('·', "");
        let there: Vec<i64> =
            db.rows("SELECT id FROM note WHERE instr(replace(title, '·', ''), ?1) ORDER BY id", [text], |row| row.get(0))?;
        assert_eq!(found, there, "the search for {name} finds what is there");
    }
    Ok(())
}

fn assert_whole(store: &Store) {
    store.read(searches_agree).expect("searches");
    let findings = store.read(check).expect("a check");
    assert!(findings.iter().all(|finding| finding.wrong == 0), "the file is sound: {findings:?}");
}

#[test]
fn a_bulk_step_leaves_the_same_schema_a_short_journal_and_a_search_that_knows_every_row() {
    let world = World::with([module()]);
    let store = world.create();
    let before = schema(&store);
    store.write(Step::new("一条"), |tx| tx.add(&Note::new("王芳"))).expect("one");
    let bulk = store.write(Step::new("成批"), |tx| load(tx, 5_000)).expect("a load");
    assert_eq!(schema(&store), before, "the indexes are there again, word for word");
    assert_whole(&store);
    let entries: i64 =
        store.read(|db| Ok(db.one("SELECT count(*) FROM journal WHERE step = ?1", [bulk.step])?.unwrap_or(0))).expect("count");
    assert_eq!(entries, 1, "the journal of rows that came one after the other is one run");
    store.undo(None).expect("undone");
    assert_eq!(schema(&store), before, "undoing sets the indexes aside and makes them anew as well");
    assert_whole(&store);
    store.redo().expect("redone");
    assert_whole(&store);
    let count: Option<i64> = store.read(|db| db.one("SELECT count(*) FROM note", [])).expect("count");
    assert_eq!(count, Some(5_001), "all rows are back");
}

#[test]
fn a_value_that_is_no_longer_unique_fails_the_whole_step() {
    let world = World::with([module()]);
    let store = world.create();
    let before = schema(&store);
    store.write(Step::new("一条"), |tx| tx.add(&Note { serial: Some("17".into()), ..Note::new("王芳") })).expect("one");
    let refused = store.write(Step::new("成批"), |tx| load(tx, 5_000));
    assert!(refused.is_err(), "serial 17 is taken");
    let swallowed = store.write(Step::new("吞掉错误"), |tx| {
        let _ = load(tx, 5_000);
        tx.add(&Note::new("李伟")).map(|_| ())
    });
    assert!(swallowed.is_err(), "an act that goes on after a failed load is not kept either");
    assert_eq!(schema(&store), before, "the indexes are as before");
    assert_whole(&store);
    assert_eq!(store.read(|db| timeline(db, None, 9)).expect("timeline").len(), 1, "only the first step is there");
    store.write(Step::new("又一条"), |tx| tx.add(&Note::new("张伟"))).expect("the file takes further steps");
    assert_whole(&store);
}

#[derive(Debug, Clone)]
enum Move {
    Add(usize),
    Rename(usize, usize),
    Remove(usize),
}

fn moves() -> impl Strategy<Value = Vec<Vec<Move>>> {
    let one = prop_oneof![
        (0..6usize).prop_map(Move::Add),
        (0..20usize, 0..6usize).prop_map(|(at, to)| Move::Rename(at, to)),
        (0..20usize).prop_map(Move::Remove),
    ];
    prop::collection::vec(prop::collection::vec(one, 1..12), 1..6)
}

fn perform(tx: &Tx<'_>, there: &mut Vec<Id<Note>>, moves: &[Move]) -> Result<()> {
    for step in moves {
        match *step {
            Move::Add(to) => there.push(tx.add(&Note::new(name(to)))?),
            Move::Rename(at, to) if !there.is_empty() => {
                tx.set(there[at % there.len()], &[("title", Cell::Text(name(to).into()))])?;
            }
            Move::Remove(at) if !there.is_empty() => {
                let id = there.swap_remove(at % there.len());
                tx.delete(Note::table(), Key::Id(id.get()))?;
            }
            Move::Rename(..) | Move::Remove(_) => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_search_knows_every_row_after_any_mix_of_changes_and_after_undoing_them(steps in moves()) {
        let world = World::with([module()]);
        let store = world.create();
        let mut there = Vec::new();
        for moves in &steps {
            store.write(Step::new("改动"), |tx| perform(tx, &mut there, moves)).expect("a step");
            store.read(searches_agree).expect("searches");
        }
        while store.undo(None).is_ok() {
            store.read(searches_agree).expect("searches");
        }
        let left: Option<i64> = store.read(|db| db.one("SELECT count(*) FROM note", [])).expect("count");
        prop_assert_eq!(left, Some(0), "everything is undone");
    }
}
