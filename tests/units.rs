//! Units: founding, moving and closing, and the tree of any day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use unionbook_core::error::{Error, Result};
use unionbook_core::record::{Entered, Id, Row};
use unionbook_core::store::{Key, Step, Store, check, of_record};
use unionbook_core::units::{
    Close, Headcount, Relocate, Tree, Unit, UnitLevel, UnitMove, close, count_staff, fill_subtree, headcounts_on, open, relocate,
};

use crate::dump::dump;
use crate::world::World;

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Founds a union.
pub fn found(store: &Store, code: &str, level: UnitLevel, parent: Option<Id<Unit>>) -> Id<Unit> {
    let unit = Unit { opened: Some(day("2000-01-01")), ..Unit::named(code, format!("第{code}工会"), level, parent) };
    store.write(Step::new("新建工会"), |tx| open(tx, &unit)).expect("a union is founded").value
}

fn go(store: &Store, unit: Id<Unit>, after: Option<Id<Unit>>, on: &str) -> Result<Id<UnitMove>> {
    let act = Relocate { unit, after, day: day(on), reason: None };
    store.write(Step::new("调整隶属关系"), |tx| relocate(tx, &act)).map(|written| written.value)
}

fn end(store: &Store, unit: Id<Unit>, on: &str) -> Result<()> {
    store.write(Step::new("撤销工会"), |tx| close(tx, &Close { unit, day: day(on), merged_into: None })).map(|_| ())
}

/// The sentences of a refusal: what happened, and the way out.
#[track_caller]
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.expect_err("it is refused") {
        Error::Faults(faults) => faults.0.iter().map(|fault| format!("{}：{}{}", fault.label, fault.message, fault.hint)).collect(),
        error @ Error::Refused(_) => error.to_string(),
        other => panic!("a refusal in the user's words, not {other:?}"),
    }
}

fn unit(store: &Store, id: Id<Unit>) -> Unit {
    store.read(|db| db.get(id)).expect("the union is there")
}

fn tree(store: &Store, on: &str) -> Tree {
    store.read(|db| Tree::on(db, day(on))).expect("the tree can be read")
}

fn above(tree: &Tree, unit: Id<Unit>) -> Option<Id<Unit>> {
    tree.place(unit).and_then(|place| tree.parent(place)).and_then(|place| tree.id(place))
}

#[test]
fn a_union_moves_and_the_tree_of_each_day_is_as_it_was() {
    let world = World::new();
    let store = world.create();
    let (a, b) = (found(&store, "A", UnitLevel::City, None), found(&store, "B", UnitLevel::City, None));
    let town = found(&store, "C", UnitLevel::Town, Some(a));
    let shop = found(&store, "D", UnitLevel::Grassroots, Some(town));
    let noted = go(&store, town, Some(b), "2026-03-01").expect("it moves");
    assert_eq!(unit(&store, town).parent, Some(b), "it stands under the other one today");
    let note = store.read(|db| db.get(noted)).expect("the move is noted");
    assert_eq!((note.unit, note.before, note.after, note.day), (town, Some(a), Some(b), day("2026-03-01")), "from where to where");
    assert!(note.entered.0 > 0, "the moment of entry is stamped");
    assert_eq!(above(&tree(&store, "2026-02-28"), town), Some(a), "the day before it stood under the first");
    assert_eq!(above(&tree(&store, "2026-03-01"), town), Some(b), "from its day on it stands under the second");
    let now = tree(&store, "2026-11-01");
    let below: Vec<_> = now.subtree(now.place(b).expect("b")).filter_map(|place| now.id(place)).collect();
    assert_eq!(below, [b, town, shop], "its own subordinates went with it");
    assert_eq!(now.place(shop).map(|place| now.depth(place)), Some(2), "two stand above the shop");
    let past = store.read(|db| of_record(db, Unit::table(), Key::Id(town.get()))).expect("history");
    assert_eq!(past.last().map(|past| past.line.name.as_str()), Some("调整隶属关系"), "the history of the union names the act");
}

#[test]
fn a_move_that_cannot_be_is_refused_in_plain_words() {
    let world = World::new();
    let store = world.create();
    let top = found(&store, "A", UnitLevel::County, None);
    let town = found(&store, "B", UnitLevel::Town, Some(top));
    let other = found(&store, "C", UnitLevel::Town, Some(top));
    let shop = found(&store, "D", UnitLevel::Grassroots, Some(town));
    let before = dump(&store);
    assert!(refusal(go(&store, town, Some(top), "2026-01-01")).contains("没有变化"), "nothing would change");
    assert!(refusal(go(&store, town, Some(other), "2026-11-02")).contains("今天之后"), "tomorrow is to come");
    assert!(refusal(go(&store, town, Some(other), "1999-12-31")).contains("才建会"), "before its founding");
    assert!(refusal(go(&store, town, Some(shop), "2026-01-01")).contains("层级"), "a shop stands above no town");
    assert!(refusal(go(&store, town, Some(town), "2026-01-01")).contains("下级"), "nor does one above itself");
    assert_eq!(dump(&store), before, "what is refused leaves nothing");
    go(&store, shop, Some(other), "2026-05-01").expect("the shop moves");
    let refused = refusal(go(&store, shop, Some(town), "2026-04-01"));
    assert!(refused.contains("2026-05-01"), "an earlier move after a later one is refused and names its day: {refused}");
    end(&store, town, "2026-06-01").expect("the town closes");
    assert!(refusal(go(&store, shop, Some(town), "2026-07-01")).contains("撤销"), "under a closed one");
    assert!(refusal(go(&store, town, Some(other), "2026-07-01")).contains("撤销"), "and a closed one stays");
}

#[test]
fn a_circle_in_any_later_state_of_the_tree_is_refused() {
    let world = World::new();
    let store = world.create();
    let [a, b, c] = ["A", "B", "C"].map(|code| found(&store, code, UnitLevel::Town, None));
    go(&store, a, Some(b), "2026-01-10").expect("a under b");
    go(&store, a, Some(c), "2026-01-20").expect("a under c");
    // Today a is under c, so b could go under a; entered for the 15th it would have been under itself for five days.
    let refused = refusal(go(&store, b, Some(a), "2026-01-15"));
    assert!(refused.contains("2026-01-15") && refused.contains("第B工会"), "the day and the union are named: {refused}");
    go(&store, b, Some(a), "2026-01-20").expect("from the day on which a left it is possible");
}

#[test]
fn a_union_closes_only_when_nothing_open_is_below() {
    let world = World::new();
    let store = world.create();
    let town = found(&store, "A", UnitLevel::Town, None);
    let shop = found(&store, "B", UnitLevel::Grassroots, Some(town));
    let refused = refusal(end(&store, town, "2026-06-01"));
    assert!(refused.contains("第B工会") && refused.contains("1 个"), "what is below is named: {refused}");
    end(&store, shop, "2026-05-01").expect("the shop closes");
    assert!(refusal(end(&store, town, "2026-04-01")).contains("第B工会"), "on a day when the shop was open it is refused");
    end(&store, town, "2026-05-01").expect("then the town");
    assert!(refusal(end(&store, town, "2026-07-01")).contains("已于 2026-05-01 撤销"), "once only");
    let [before, after] = ["2026-04-30", "2026-05-01"].map(|on| tree(&store, on));
    let open = |tree: &Tree| tree.place(town).is_some_and(|place| tree.is_open(place));
    assert!(open(&before) && !open(&after), "open to the day before, closed from its day on");
    let refused = store.write(Step::new("新建工会"), |tx| open_below(tx, town));
    assert!(refusal(refused.map(|written| written.value)).contains("撤销"), "nothing is founded below a closed one");
}

fn open_below(tx: &unionbook_core::store::Tx<'_>, parent: Id<Unit>) -> Result<Id<Unit>> {
    open(tx, &Unit::named("Z", "新工会", UnitLevel::Grassroots, Some(parent)))
}

#[test]
fn a_form_cannot_pass_by_the_acts() {
    let world = World::new();
    let store = world.create();
    let (a, b) = (found(&store, "A", UnitLevel::City, None), found(&store, "B", UnitLevel::Town, None));
    let save = |changed: Unit| store.write(Step::new("修改工会"), |tx| tx.save(&changed)).map(|_| ());
    assert!(refusal(save(Unit { parent: Some(a), ..unit(&store, b) })).contains("调整隶属关系"), "the way to move is named");
    assert!(refusal(save(Unit { closed: Some(day("2026-01-01")), ..unit(&store, b) })).contains("撤销"), "the way to close is named");
    assert!(refusal(save(Unit { code: "A".into(), ..unit(&store, b) })).contains("已有别的工会"), "a code is one union's");
    save(Unit { name: "乙工会".into(), ..unit(&store, b) }).expect("a name may be put right in the form");
    let founded = Unit { employer_code: Some("91350100M000100Y44".into()), ..Unit::named("C", "丙工会", UnitLevel::Grassroots, None) };
    let refused = store.write(Step::new("新建工会"), |tx| open(tx, &founded)).map(|written| written.value);
    assert!(refusal(refused).contains("校验码"), "a credit code that does not hold is refused");
}

#[test]
fn what_is_typed_and_what_is_imported_are_stored_alike() {
    let world = World::new();
    let store = world.create();
    let town = found(&store, "T", UnitLevel::Town, None);
    let typed = Unit {
        head: Some("　".into()),
        address: Some(" 人民路１２号\u{200B} ".into()),
        union_code: Some(String::new()),
        note: Some("第一行 \r\n　第二行\n".into()),
        ..Unit::named(" Ｂ－１　", "　甲厂（第１车间）\n工会 ", UnitLevel::Grassroots, Some(town))
    };
    let id = store.write(Step::new("新建工会"), |tx| open(tx, &typed)).expect("founded").value;
    let stored = unit(&store, id);
    assert_eq!(
        (stored.code.as_str(), stored.name.as_str()),
        ("B-1", "甲厂（第1车间）工会"),
        "one line, half-width, Chinese brackets as they are"
    );
    assert_eq!((stored.head, stored.union_code), (None, None), "what is blank is nothing");
    assert_eq!(stored.address.as_deref(), Some("人民路12号"), "nothing that cannot be seen");
    assert_eq!(stored.note.as_deref(), Some("第一行\n第二行"), "a remark keeps its lines");
    let sheet = world.folder.path().join("工会.csv");
    let rows =
        format!("组织编号,工会名称,上级工会,单位地址,备注\n Ｂ－１　,\"{}\",T, 人民路１２号 ,\"第一行 \r\n　第二行\n\"\n", typed.name);
    std::fs::write(&sheet, rows).expect("a sheet");
    let asked = serde_json::json!({ "record": "unit", "path": sheet });
    let seen = unionbook_core::api::dispatch(&store, "sheet.preview", asked).expect("a preview");
    assert_eq!(seen["counts"]["same"], 1, "the same typed into a sheet says the same: {seen}");
    let again = store.write(Step::new("新建工会"), |tx| open(tx, &Unit { name: "甲厂".into(), ..typed.clone() })).map(|_| ());
    assert!(refusal(again).contains("B-1"), "so a code is taken however it is typed");
}

#[test]
fn the_latest_count_of_staff_up_to_a_day_counts() {
    let world = World::new();
    let store = world.create();
    let shop = found(&store, "A", UnitLevel::Grassroots, None);
    let count = |on: &str, staff: i64, women: i64| {
        let (women, entered) = (Some(women), Entered(0));
        let count = Headcount {
            id: Id::NEW,
            unit: shop,
            day: day(on),
            staff,
            women,
            migrants: None,
            new_employment: None,
            full_time: None,
            part_time: None,
            entered,
        };
        store.write(Step::new("登记职工人数"), |tx| count_staff(tx, &count)).map(|written| written.value)
    };
    let first = count("2026-01-31", 100, 40).expect("counted");
    count("2026-06-30", 120, 50).expect("counted again");
    assert_eq!(count("2026-01-31", 101, 41).expect("put right"), first, "the same day is the same count");
    let on = |on: &str| store.read(|db| headcounts_on(db, day(on))).expect("counts").iter().map(|count| count.staff).collect::<Vec<_>>();
    assert!(on("2026-01-30").is_empty(), "none before the first");
    assert_eq!((on("2026-06-29"), on("2026-06-30")), (vec![101], vec![120]), "each counts until the next");
    assert!(refusal(count("2026-07-01", 10, 11)).contains("超过了职工总数 10"), "more women than staff");
    assert!(refusal(count("2026-11-02", 10, 1)).contains("今天之后"), "no count of tomorrow");
}

#[test]
fn a_subtree_is_gathered_for_readers_too_and_they_still_cannot_write() {
    let world = World::new();
    let store = world.create();
    let town = found(&store, "A", UnitLevel::Town, None);
    let shop = found(&store, "B", UnitLevel::Grassroots, Some(town));
    found(&store, "C", UnitLevel::Town, None);
    for (unit, wanted) in [(town, vec![town.get(), shop.get()]), (shop, vec![shop.get()])] {
        let gathered = store.read(|db| {
            fill_subtree(db, unit)?;
            db.rows("SELECT id FROM sub ORDER BY id", [], |row| row.get::<_, i64>(0))
        });
        assert_eq!(gathered.expect("gathered"), wanted, "the union and all below it");
    }
    let written = store.read(|db| Ok(db.connection().execute("DELETE FROM unit", [])));
    assert!(written.expect("read").is_err(), "a reader is as guarded as before");
}

#[test]
fn check_finds_a_tree_that_its_ledger_does_not_explain() {
    let world = World::new();
    let store = world.create();
    let (a, b) = (found(&store, "A", UnitLevel::City, None), found(&store, "B", UnitLevel::City, None));
    let town = found(&store, "C", UnitLevel::Town, Some(a));
    go(&store, town, Some(b), "2026-03-01").expect("it moves");
    let wrong = |store: &Store| {
        let findings = store.read(check).expect("checked");
        findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| finding.what).collect::<Vec<_>>()
    };
    assert_eq!(wrong(&store), [""; 0], "the acts leave a sound tree");
    let past_the_ledger = |id: Id<Unit>, parent: Id<Unit>| {
        let changes = [("parent", unionbook_core::record::Cell::Int(parent.get()))];
        store.write(Step::new("越过台账"), |tx| tx.set(id, &changes)).expect("set");
    };
    past_the_ledger(town, a);
    assert_eq!(wrong(&store), ["上级工会与隶属变动的记录一致"], "today's place is not the ledger's");
    past_the_ledger(a, town);
    assert!(wrong(&store).contains(&"没有工会成为自己的上级".to_owned()), "a circle is found");
    assert_eq!(tree(&store, "2026-11-01").len(), 3, "and a tree with one still has every union once");
}

/// A move as the naive replay keeps it: unit, day, before, after.
type Moved = (usize, NaiveDate, Option<usize>, Option<usize>);

/// The parents on a day: as founded, then each move up to that day in the order in which it was entered.
fn replay(founded: &[Option<usize>], moves: &[Moved], on: NaiveDate) -> Vec<Option<usize>> {
    let mut parents = founded.to_vec();
    let mut moves: Vec<&Moved> = moves.iter().filter(|(_, day, ..)| *day <= on).collect();
    moves.sort_by_key(|(_, day, ..)| *day);
    moves.into_iter().for_each(|(unit, _, _, after)| parents[*unit] = *after);
    parents
}

/// All that stand below a union, itself included, by walking up from each.
fn below(parents: &[Option<usize>], top: usize) -> BTreeSet<usize> {
    let up = |unit: usize| std::iter::successors(Some(unit), |at| parents[*at]).take(parents.len() + 1).any(|at| at == top);
    (0..parents.len()).filter(|unit| up(*unit)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn the_tree_of_any_day_is_that_of_a_naive_replay(
        founded in proptest::collection::vec(any::<prop::sample::Index>(), 8),
        tries in proptest::collection::vec((0usize..8, proptest::option::of(0usize..8), 0u64..300), 1..25),
        looks in proptest::collection::vec(0u64..300, 4),
    ) {
        let world = World::new();
        let store = world.create();
        let mut ids: Vec<Id<Unit>> = Vec::new();
        let mut parents = Vec::new();
        for (at, pick) in founded.iter().enumerate() {
            let parent = (at > 0).then(|| pick.index(at + 1)).filter(|parent| *parent < at);
            ids.push(found(&store, &format!("{at}"), UnitLevel::Grassroots, parent.map(|parent| ids[parent])));
            parents.push(parent);
        }
        let on = |offset: u64| day("2026-01-01") + Days::new(offset);
        let mut moves: Vec<Moved> = Vec::new();
        for (unit, after, offset) in tries {
            let act = Relocate { unit: ids[unit], after: after.map(|after| ids[after]), day: on(offset), reason: None };
            let before = replay(&parents, &moves, on(400))[unit];
            if store.write(Step::new("调整隶属关系"), |tx| relocate(tx, &act)).is_ok() {
                moves.push((unit, on(offset), before, after));
            }
        }
        for look in looks {
            let wanted = replay(&parents, &moves, on(look));
            let tree = store.read(|db| Tree::on(db, on(look))).unwrap();
            prop_assert_eq!(tree.len(), ids.len(), "every union has one place");
            let place: BTreeMap<usize, usize> = (0..ids.len()).map(|unit| (tree.place(ids[unit]).unwrap(), unit)).collect();
            let mut sums = vec![1_usize; tree.len()];
            tree.roll_up(&mut sums, |sum, part| *sum += part);
            for (at, unit) in &place {
                prop_assert_eq!(tree.parent(*at).map(|above| place[&above]), wanted[*unit], "the union above {}", unit);
                let found: BTreeSet<usize> = tree.subtree(*at).map(|below| place[&below]).collect();
                prop_assert_eq!(sums[*at], found.len(), "a roll-up of ones counts the subtree");
                prop_assert_eq!(&found, &below(&wanted, *unit), "all below {}", unit);
            }
        }
    }
}
