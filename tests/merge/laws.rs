//! Whatever two PCs do, both files say the same once each has taken in the other's.

use proptest::prelude::*;
use serde_json::json;
use unionbook_core::api::dispatch;
use unionbook_core::store::Taken;

use super::{Pc, said};

/// Something that one of the PCs does to one of the notes.
#[derive(Debug, Clone)]
enum Deed {
    Add(Option<usize>),
    Weigh(usize, i64),
    Call(usize, u8),
    Follow(usize, usize),
    Remove(usize),
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => prop::option::of(0..6usize).prop_map(Deed::Add),
        3 => (0..6usize, 0..4i64).prop_map(|(at, weight)| Deed::Weigh(at, weight)),
        2 => (0..6usize, 0..3u8).prop_map(|(at, name)| Deed::Call(at, name)),
        2 => (0..6usize, 0..6usize).prop_map(|(at, after)| Deed::Follow(at, after)),
        2 => (0..6usize).prop_map(Deed::Remove),
        1 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

/// Does it, where it can be done.
fn does(pc: &Pc, deed: &Deed) {
    let rows = dispatch(&pc.store, "record.list", json!({ "record": "note", "limit": 100 })).expect("a list")["rows"].take();
    let ids: Vec<i64> = rows.as_array().expect("rows").iter().filter_map(|row| row["id"].as_i64()).collect();
    let id = |at: usize| ids.get(at % ids.len().max(1)).copied();
    let save = |at: usize, values| json!({ "record": "note", "id": id(at).unwrap_or(1), "values": values });
    let (command, payload) = match deed {
        Deed::Add(after) => ("record.save", json!({ "record": "note", "values": { "title": "新的", "after": after.and_then(id) } })),
        Deed::Weigh(at, weight) => ("record.save", save(*at, json!({ "weight": weight }))),
        Deed::Call(at, name) => ("record.save", save(*at, json!({ "title": format!("叫{name}") }))),
        Deed::Follow(at, after) => ("record.save", save(*at, json!({ "after": id(*after) }))),
        Deed::Remove(at) => ("record.remove", json!({ "record": "note", "ids": [id(*at).unwrap_or(1)], "dependants": true })),
        Deed::Undo => ("step.undo", json!({})),
        Deed::Redo => ("step.redo", json!({})),
    };
    let _ = dispatch(&pc.store, command, payload);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn files_that_took_each_other_in_say_the_same_and_undo_gives_back_what_was(
        before in prop::collection::vec(deed(), 0..8),
        rounds in prop::collection::vec((prop::collection::vec(deed(), 0..8), prop::collection::vec(deed(), 0..8)), 1..3),
    ) {
        let one = Pc::first();
        before.iter().for_each(|deed| does(&one, deed));
        let two = one.joins("乙");
        for (mine, yours) in &rounds {
            mine.iter().for_each(|deed| does(&one, deed));
            yours.iter().for_each(|deed| does(&two, deed));
            let was = said(&one);
            if one.take(&two, &Taken::default()).is_ok_and(|done| done.step.is_some()) {
                dispatch(&one.store, "step.undo", json!({})).expect("taken back");
                prop_assert_eq!(&said(&one), &was, "a merge is taken back whole");
                dispatch(&one.store, "step.redo", json!({})).expect("done again");
            }
            let _ = two.take(&one, &Taken::all());
            prop_assert_eq!(said(&one), said(&two), "both say the same");
            let broken: Vec<_> = one.store.read(unionbook_core::store::check).expect("checked").into_iter().filter(|found| found.wrong > 0).collect();
            prop_assert!(broken.is_empty(), "the file is sound: {:?}", broken);
        }
    }
}
