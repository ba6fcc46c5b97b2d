//! Sheets in, for a plain record: preview, one step, error workbook, our own export again.

use std::path::PathBuf;

use unionbook_core::error::Weight;
use unionbook_core::sheet::import::{Choice, Options, Plain, Preview, Taking, preview, take, write_errors};
use unionbook_core::store::{Step, Store, timeline};

use crate::plain_record::{Note, module};
use crate::world::World;

struct Desk {
    world: World,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let world = World::with([module()]);
        let store = world.create();
        Self { world, store }
    }

    fn sheet(&self, text: &str) -> PathBuf {
        let path = self.world.folder.path().join("便条.csv");
        std::fs::write(&path, text).expect("a sheet is written");
        path
    }

    fn intake(&self) -> Plain {
        let registry = self.store.registry();
        Plain::new(registry, *registry.entry("note").expect("the record is known"), None, None)
    }

    fn look(&self, text: &str) -> Preview {
        preview(&self.store, &self.sheet(text), &Options::default(), &mut self.intake(), &|_| Ok(())).expect("a preview")
    }

    fn take(&self, text: &str) -> u64 {
        let (path, options, mut intake) = (self.sheet(text), Options::default(), self.intake());
        let taking = Taking { seen: None, choice: Choice::Skip, step: Step::new("导入") };
        take(&self.store, &path, &options, &mut intake, taking, &|_| Ok(())).expect("taken").value.rows
    }

    fn notes(&self) -> Vec<Note> {
        self.store.read(|db| db.select::<Note>("ORDER BY id", [])).expect("notes")
    }
}

#[test]
fn nothing_is_written_before_the_preview_was_taken_and_the_whole_import_is_one_undo() {
    let desk = Desk::new();
    let text = "一份便条\n编号,标题,重量\n1,甲,5\n2,乙,\n,丙,7\n";
    let seen = desk.look(text);
    assert_eq!((seen.counts.rows, seen.counts.new), (3, 3), "all three rows are new: {seen:?}");
    assert!(desk.notes().is_empty(), "a preview writes nothing");
    assert_eq!(desk.take(text), 3, "three rows are taken");
    assert_eq!(desk.notes().iter().map(|note| note.title.as_str()).collect::<Vec<_>>(), ["甲", "乙", "丙"], "in their order");
    assert_eq!(desk.store.read(|db| timeline(db, None, 9)).expect("timeline").len(), 1, "as one step");
    desk.store.undo(None).expect("one undo");
    assert!(desk.notes().is_empty(), "takes it all back");
}

#[test]
fn a_second_import_changes_what_differs_and_an_empty_cell_wipes_nothing_out() {
    let desk = Desk::new();
    desk.take("编号,标题,重量\n1,甲,5\n2,乙,6\n");
    let text = "编号,标题,重量\n1,甲甲,\n2,乙,6\n3,丙,\n";
    let seen = desk.look(text);
    assert_eq!((seen.counts.new, seen.counts.changed, seen.counts.same), (1, 1, 1), "one of each: {seen:?}");
    let told: Vec<_> =
        seen.samples.iter().flat_map(|sample| &sample.differences).map(|d| (d.label, d.before.as_str(), d.after.as_str())).collect();
    assert_eq!(told, [("标题", "甲", "甲甲")], "the values stand side by side");
    desk.take(text);
    assert_eq!((desk.notes()[0].title.as_str(), desk.notes()[0].weight), ("甲甲", Some(5)), "the weight is still known");
}

#[test]
fn faulty_rows_are_told_with_row_and_column_and_returned_in_a_workbook() {
    let desk = Desk::new();
    let text = "标题,编号,重量,上一张\n好的,1,1,\n重的,2,很重,\n,3,1,\n重号,1,1,\n指向无,4,1,谁也不是\n";
    let seen = desk.look(text);
    assert_eq!((seen.counts.new, seen.counts.faulty), (1, 4), "one row is sound: {seen:?}");
    let rows: Vec<_> = seen.faults.iter().map(|fault| fault.row).collect();
    assert_eq!(rows, [3, 4, 5, 6], "each faulty row is named");
    assert!(
        seen.faults.iter().all(|row| row.faults.iter().any(|fault| fault.weight == Weight::Error && !fault.hint.is_empty())),
        "with a way out"
    );
    let out = desk.world.folder.path().join("错误.xlsx");
    let written = write_errors(&desk.store, &desk.sheet(text), &Options::default(), &mut desk.intake(), Choice::Skip, &out, &|_| Ok(()))
        .expect("written");
    assert_eq!(written, 4, "the four rows come back");
    assert_eq!(desk.take(text), 1, "only the sound row is taken");
}
