//! Lists: what a page, a count and an order vector give is what filtering and sorting all rows in memory gives.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use proptest::prelude::*;
use unionbook_core::record::{Cell, Id, Row, Table};
use unionbook_core::store::list::{Cursor, Filter, Op, Query, Sizes, count, count_up_to, explain, ids, page};
use unionbook_core::store::{Db, Key, Step, Store};

use crate::lists_world::{Attendance, Branch, Deed, Dice, Human, Plain, Role, fill, human, module, name, plain, role};
use crate::world::World;

/// A file that tests only read.
fn shared() -> &'static (World, Store, Vec<Id<Branch>>) {
    static SHARED: OnceLock<(World, Store, Vec<Id<Branch>>)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let world = World::with([module()]);
        let store = world.create();
        let branches = fill(&store, 1_500, 7);
        (world, store, branches)
    })
}

/// Sizes at which a world of some hundreds of rows takes every way.
fn sizes(which: usize) -> Sizes {
    let none = Sizes { few: 0, few_within: 0, few_ordered: 0, small: 0, middling: 0, narrow: 0, budget: 0, arranged: 0, batch: 7 };
    match which {
        0 => Sizes::default(),
        1 => none,
        2 => Sizes { arranged: 10_000, budget: 40, ..none },
        3 => Sizes { small: 10_000, middling: 10_000, budget: 10_000, ..none },
        4 => Sizes { middling: 10_000, narrow: 10_000, batch: 4_096, ..none },
        _ => Sizes { few: 30, few_within: 10, few_ordered: 50, narrow: 100, budget: 200, batch: 64, ..none },
    }
}

// What must come out, without any index.

fn text(cell: Option<&Cell>) -> &str {
    cell.and_then(Cell::text).unwrap_or("")
}

/// The letters of a text; what is no letter parts them, a dot in a name does not.
fn runs(text: &str) -> String {
    let letters = text.chars().filter(|letter| *letter != '·').flat_map(char::to_lowercase);
    letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect()
}

/// In which of the search's sources a human or branch is found, with its place in it.
fn source(table: &Table, row: &HashMap<String, Cell>, typed: &str) -> Option<(usize, String)> {
    let typed = typed.trim();
    let first = typed.chars().find(|letter| letter.is_alphanumeric())?;
    let begins = |column: &str, with: &str| text(row.get(column)).starts_with(with).then(|| text(row.get(column)).to_owned());
    let mut sources: Vec<Option<String>> = Vec::new();
    let key = table.key[0];
    let has_tail = !table.computed.is_empty();
    if first.is_ascii_digit() {
        if has_tail && [4, 11].contains(&typed.len()) {
            let column = if typed.len() == 4 { "_tail" } else { "phone" };
            sources.push((text(row.get(column)) == typed).then(String::new));
        }
        if !has_tail || typed.len() > 4 {
            sources.push(begins(key, &typed.to_uppercase()));
            sources.push(begins(key, typed));
        }
    } else if first.is_ascii() {
        let folded = typed.to_lowercase().replace(' ', "");
        if has_tail {
            sources.push(begins("_pinyin", &folded));
            sources.push(begins("_initials", &folded));
        }
        sources.push(begins(key, &typed.to_uppercase()));
        sources.push(begins(key, typed));
    }
    let texts: Vec<String> = table.searched().map(|field| runs(text(row.get(field.name)))).collect();
    let words = runs(typed);
    let held = words.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)));
    sources.push(held.then(String::new));
    let found = sources.iter().position(Option::is_some)?;
    // Both spellings of a key stand for one place where they are the same.
    Some((found, sources[found].clone()?))
}

/// The shared file's rows of one table.
fn oracle(table: &'static Table) -> &'static Oracle {
    static ORACLES: OnceLock<HashMap<&str, Oracle>> = OnceLock::new();
    let tables = [Role::table(), Human::table(), Deed::table(), Attendance::table(), Branch::table()];
    let read = |db: &Db<'_>| Ok(tables.map(|table| (table.name, Oracle::new(db, table))).into());
    &ORACLES.get_or_init(|| shared().1.read(read).expect("rows"))[table.name]
}

struct Oracle {
    rows: Vec<Plain>,
    humans: HashMap<i64, Plain>,
    roles: HashMap<i64, Plain>,
    branches: HashMap<i64, Plain>,
}

impl Oracle {
    fn new(db: &Db<'_>, table: &Table) -> Self {
        let by_id = |table| plain(db, table).into_iter().map(|row| (row.key[0], row)).collect();
        Self { rows: plain(db, table.name), humans: by_id("human"), roles: by_id("role"), branches: by_id("branch") }
    }

    /// The row that a search of `table` looks into.
    fn searched<'o>(&'o self, table: &str, row: &'o Plain) -> (&'static Table, &'o Plain) {
        match table {
            "role" | "attendance" => (Human::table(), &self.humans[&row.columns["human"].int().expect("a human")]),
            "deed" => self.searched("role", &self.roles[&row.columns["role"].int().expect("a role")]),
            "branch" => (Branch::table(), row),
            _ => (Human::table(), row),
        }
    }

    fn is_below(&self, branch: i64, unit: i64) -> bool {
        let parent = |id: &i64| self.branches[id].columns["parent"].int();
        std::iter::successors(Some(branch), parent).any(|id| id == unit)
    }

    fn matches(&self, query: &Query, row: &Plain) -> bool {
        let place = if query.table.name == "branch" { "id" } else { "branch" };
        query.unit.is_none_or(|unit| self.is_below(row.columns[place].int().expect("a branch"), unit))
            && query.filters.iter().all(|filter| passes(filter, &row.columns[&filter.field]))
            && query.search.as_ref().is_none_or(|typed| self.found(query, row, typed).is_some())
    }

    /// The place in the order as found: source, place in it, what it was found through.
    fn found(&self, query: &Query, row: &Plain, typed: &str) -> Option<(usize, String, i64)> {
        let (table, searched) = self.searched(query.table.name, row);
        source(table, &searched.columns, typed).map(|(source, place)| (source, place, searched.key[0]))
    }

    /// The keys of all rows, in the query's order and as found.
    fn list(&self, query: &Query, sorted: bool) -> Vec<Vec<i64>> {
        let mut rows: Vec<&Plain> = self.rows.iter().filter(|row| self.matches(query, row)).collect();
        if sorted {
            rows.sort_by(|a, b| compare(query, a, b));
        } else {
            rows.sort_by_key(|row| (self.found(query, row, query.search.as_deref().unwrap_or("")), row.key.clone()));
        }
        rows.into_iter().map(|row| row.key.clone()).collect()
    }
}

fn passes(filter: &Filter, cell: &Cell) -> bool {
    let first = filter.values.first().cloned().unwrap_or_default();
    let both = !cell.is_null() && !first.is_null();
    match filter.op {
        Op::Is => *cell == first,
        Op::IsNot => *cell != first,
        Op::More => both && *cell > first,
        Op::Less => both && *cell < first,
        Op::AtLeast => both && *cell >= first,
        Op::AtMost => both && *cell <= first,
        Op::Between => both && *cell >= first && *cell <= filter.values[1],
        Op::Empty => cell.is_null() || cell.text() == Some(""),
        Op::NotEmpty => !cell.is_null() && cell.text() != Some(""),
        Op::In => filter.values.contains(cell),
        Op::Contains => cell.text().is_some_and(|text| text.to_lowercase().contains(&first.text().expect("a text").to_lowercase())),
    }
}

fn compare(query: &Query, a: &Plain, b: &Plain) -> Ordering {
    let own = || query.table.order.iter().map(|column| ((*column).to_owned(), false)).collect();
    let order: Vec<(String, bool)> = if query.order.is_empty() { own() } else { query.order.clone() };
    let turn = |way: Ordering, descending: bool| if descending { way.reverse() } else { way };
    let unlike =
        order.iter().map(|(column, descending)| turn(a.columns[column].cmp(&b.columns[column]), *descending)).find(|way| way.is_ne());
    unlike.unwrap_or_else(|| turn(a.key.cmp(&b.key), order.last().is_some_and(|(_, descending)| *descending)))
}

fn numbers(key: Key) -> Vec<i64> {
    match key {
        Key::Id(id) => vec![id],
        Key::Pair(a, b) => vec![a, b],
    }
}

/// Reads all pages, one after the other.
fn pages(db: &Db<'_>, query: &Query) -> (Vec<Vec<i64>>, bool) {
    let (mut keys, mut sorted, mut query) = (Vec::new(), None, query.clone());
    loop {
        let page = page(db, &query).expect("a page");
        assert!(page.rows.len() <= query.limit, "a page keeps to its limit");
        assert_eq!(*sorted.get_or_insert(page.sorted), page.sorted, "all pages of one list come in one order");
        keys.extend(page.rows.iter().map(|(key, _)| numbers(*key)));
        let Some(next) = page.next else { return (keys, sorted.expect("a page was read")) };
        assert_eq!(page.rows.len(), query.limit, "only the last page is short");
        query.after = Some(next.to_string().parse::<Cursor>().expect("a cursor is read from its text"));
    }
}

// Queries.

fn filter() -> impl Strategy<Value = Filter> {
    let weight = || (0..20i64).prop_map(Cell::Int);
    let day = || prop::sample::select(vec!["2020-06-01", "2021-01-01", "2022-12-01"]).prop_map(|day| Cell::Text(day.into()));
    let word = || prop::sample::select(vec!["ab", "C", "备", ""]).prop_map(|word| Cell::Text(word.into()));
    let comparing = prop::sample::select(vec![Op::Is, Op::IsNot, Op::More, Op::Less, Op::AtLeast, Op::AtMost]);
    let none = prop::sample::select(vec![Op::Empty, Op::NotEmpty]);
    prop_oneof![
        (comparing.clone(), weight()).prop_map(|(op, cell)| Filter::new("weight", op, [cell])),
        (comparing, day()).prop_map(|(op, cell)| Filter::new("joined", op, [cell])),
        (weight(), weight()).prop_map(|(a, b)| Filter::new("weight", Op::Between, [a, b])),
        prop::collection::vec(1..4i64, 0..3).prop_map(|ranks| Filter::new(
            "rank",
            Op::In,
            ranks.into_iter().map(Cell::Int).collect::<Vec<_>>()
        )),
        (1..4i64).prop_map(|rank| Filter::new("rank", Op::Is, [Cell::Int(rank)])),
        (1..40i64).prop_map(|human| Filter::new("sponsor", Op::Is, [Cell::Int(human)])),
        word().prop_map(|word| Filter::new("note", Op::Contains, [word])),
        (none, prop::sample::select(vec!["note", "joined", "sponsor"])).prop_map(|(op, field)| Filter::new(field, op, [])),
        Just(Filter::new("weight", Op::Is, [Cell::Null])),
    ]
}

fn order() -> impl Strategy<Value = Vec<(String, bool)>> {
    let orders: Vec<Vec<(&str, bool)>> = vec![
        vec![],
        vec![("_pinyin", true), ("human", true)],
        vec![("joined", false)],
        vec![("joined", true)],
        vec![("rank", true), ("weight", false)],
        vec![("rank", false), ("weight", true)],
        vec![("weight", true), ("joined", false)],
        vec![("branch", false), ("_pinyin", false), ("human", false)],
        vec![("note", true)],
        vec![("id", true)],
        vec![("id", false)],
    ];
    prop::sample::select(orders).prop_map(|order| order.into_iter().map(|(column, down)| (column.to_owned(), down)).collect())
}

fn typed() -> impl Strategy<Value = Option<String>> {
    let words = vec![
        "李",
        "丰",
        "三丰",
        "丰三丰",
        "欧阳",
        "欧阳三",
        "李三丰",
        "张伟",
        "𠮷",
        "单 伟",
        "王小明",
        "李·伟",
        "l",
        "li",
        "wang",
        "ouyangsan",
        "lsf",
        "lw",
        "oy",
        "Jo",
        "smith",
        "shan wei",
        "0001",
        "0042",
        "13900000042",
        "1",
        "10000",
        "2001000",
        "３００",
        "2 0",
        "没有人",
        "·",
        "999",
        "x",
    ];
    prop_oneof![1 => Just(None), 2 => prop::sample::select(words).prop_map(|word| Some(word.to_owned()))]
}

fn roles() -> impl Strategy<Value = Query> {
    let unit = prop::option::of(0..15usize);
    let filters = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(filter(), 1..3)];
    (unit, typed(), filters, order(), 1..60usize, 0..6usize).prop_map(|(unit, search, filters, order, limit, which)| {
        // A unit that is not there has nothing below it.
        let unit = unit.map(|at| shared().2.get(at).map_or(12_345, |id| id.get()));
        Query { unit, search, filters, order, limit, sizes: sizes(which), ..Query::of(Role::table()) }
    })
}

fn others() -> impl Strategy<Value = Query> {
    let tables: Vec<&'static Table> = vec![Human::table(), Deed::table(), Attendance::table(), Branch::table()];
    (prop::sample::select(tables), typed(), prop::option::of(0..14usize), 1..60usize, 0..6usize, any::<bool>()).prop_map(
        |(table, search, unit, limit, which, down)| {
            let placed = ["attendance", "branch"].contains(&table.name);
            let unit = unit.filter(|_| placed).map(|at| shared().2[at].get());
            let order = if down { vec![(table.order[0].to_owned(), true)] } else { Vec::new() };
            Query { unit, search, order, limit, sizes: sizes(which), ..Query::of(table) }
        },
    )
}

fn agrees(query: &Query) -> Result<(), TestCaseError> {
    let (_, store, _) = shared();
    let checked = store.read(|db| {
        let oracle = oracle(query.table);
        let (keys, sorted) = pages(db, query);
        let wanted = oracle.list(query, sorted);
        let must_sort = query.search.is_none() || !query.order.is_empty();
        let counted = (count(db, query)?, count_up_to(db, query, 5)?);
        let all = if query.table.link { oracle.list(query, true) } else { ids(db, query)?.into_iter().map(|id| vec![id]).collect() };
        Ok((keys, sorted, must_sort, wanted, counted, all, oracle.list(query, true)))
    });
    let (keys, sorted, must_sort, wanted, counted, all, in_order) = checked.expect("a reading");
    prop_assert!(sorted || !must_sort, "without a search, or with an order asked for, rows come in order");
    prop_assert_eq!(&keys, &wanted, "the pages together are the whole list, sorted: {}", sorted);
    prop_assert_eq!(counted, (wanted.len() as u64, wanted.len().min(5)), "and it is counted right");
    prop_assert_eq!(all, in_order, "its ids come in order");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_in_sequence_are_the_whole_list_filtered_and_sorted(query in roles()) {
        agrees(&query)?;
    }

    #[test]
    fn tables_without_units_links_and_trees_are_listed_alike(query in others()) {
        agrees(&query)?;
    }
}

#[test]
fn a_choice_of_nothing_finds_nothing_whatever_else_is_asked() {
    let sponsored = Filter::new("sponsor", Op::Is, [Cell::Int(3)]);
    for filters in [vec![Filter::new("rank", Op::In, []), sponsored.clone()], vec![sponsored, Filter::new("rank", Op::In, [])]] {
        let query = Query { filters, ..Query::of(Role::table()) };
        agrees(&query).expect("no row, by an index of those who have a sponsor, too");
    }
}

#[test]
fn rows_that_come_between_two_pages_neither_repeat_nor_hide_others() {
    let world = World::with([module()]);
    let store = world.create();
    let branches = fill(&store, 300, 3);
    let queries = [
        Query { limit: 20, ..Query::of(Role::table()) },
        Query { limit: 20, unit: Some(branches[0].get()), ..Query::of(Role::table()) },
        Query { limit: 20, order: vec![("joined".into(), true)], ..Query::of(Role::table()) },
        Query { limit: 20, search: Some("李".into()), sizes: sizes(1), ..Query::of(Role::table()) },
        Query { limit: 20, search: Some("l".into()), sizes: sizes(1), ..Query::of(Role::table()) },
    ];
    for mut query in queries {
        let known: HashSet<Vec<i64>> = store.read(|db| Ok(pages(db, &query).0)).expect("pages").into_iter().collect();
        let mut seen = Vec::new();
        let mut dice = Dice::new(known.len() as u64);
        loop {
            let page = store.read(|db| page(db, &query)).expect("a page");
            seen.extend(page.rows.iter().map(|(key, _)| numbers(*key)));
            store
                .write(Step::new("添人"), |tx| {
                    for at in 0..5 {
                        let human = tx.insert(&Human { number: None, ..human(&mut dice, at) })?;
                        tx.insert(&role(&mut dice, human, &branches, None))?;
                    }
                    Ok(())
                })
                .expect("others come");
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let once: HashSet<Vec<i64>> = seen.iter().cloned().collect();
        assert_eq!(once.len(), seen.len(), "no row comes twice: {query:?}");
        assert!(known.is_subset(&once), "every row that was there at the first page comes: {query:?}");
    }
}

/// Writes something at random: a name, a place, a value, a row that goes or comes, a step taken back.
fn disturb(store: &Store, dice: &mut Dice, branches: &[Id<Branch>]) {
    let (humans, roles) = store.read(|db| Ok((plain(db, "human"), plain(db, "role")))).expect("rows");
    let human_id = Id::<Human>::new(dice.pick(&humans).key[0]);
    let role_id = Id::<Role>::new(dice.pick(&roles).key[0]);
    let what = dice.roll(9);
    let done = store.write(Step::new("改动"), |tx| match what {
        0 => tx.set(human_id, &[("name", Cell::Text(name(dice)))]),
        1 => tx.set(role_id, &[("branch", Cell::Int(dice.pick(branches).get()))]),
        2 => tx.set(role_id, &[("weight", Cell::Int(dice.roll(20) as i64)), ("rank", Cell::Int(2))]),
        3 => tx.delete(Role::table(), Key::Id(role_id.get())).or(Ok(())),
        4 => tx.insert(&human(dice, 10_000)).and_then(|human| tx.insert(&role(dice, human, branches, None))).map(|_| ()),
        5 => tx.set(branches[5], &[("parent", Cell::Int(branches[dice.roll(3)].get()))]),
        6 => roles.iter().step_by(7).try_for_each(|role| tx.set(Id::<Role>::new(role.key[0]), &[("weight", Cell::Int(3))])),
        7 => tx.set(human_id, &[("phone", Cell::Text(format!("1390000{:04}", dice.roll(60))))]),
        _ => tx.set(human_id, &[("name", Cell::Text("李三丰".into()))]),
    });
    // Some are refused: a role with deeds stays.
    if done.is_ok_and(|done| done.step.is_some()) && dice.roll(3) == 0 {
        store.undo(None).expect("the step is taken back");
    }
}

#[test]
fn an_order_vector_after_any_writes_is_the_one_built_anew() {
    let world = World::with([module()]);
    let store = world.create();
    let branches = fill(&store, 400, 5);
    let unit = Some(branches[0].get());
    let rank = Filter::new("rank", Op::Is, [Cell::Int(1)]);
    let queries = [
        Query::of(Role::table()),
        Query { unit, ..Query::of(Role::table()) },
        Query { unit: Some(branches[1].get()), filters: vec![rank.clone()], ..Query::of(Role::table()) },
        Query { order: vec![("rank".into(), true), ("weight".into(), false)], ..Query::of(Role::table()) },
        Query { order: vec![("weight".into(), true)], filters: vec![rank], ..Query::of(Role::table()) },
        Query { search: Some("三丰".into()), ..Query::of(Role::table()) },
        Query { search: Some("李三丰".into()), unit, ..Query::of(Role::table()) },
        Query { search: Some("l".into()), ..Query::of(Role::table()) },
        Query { search: Some("0042".into()), ..Query::of(Role::table()) },
        Query { order: vec![("_pinyin".into(), false)], ..Query::of(Deed::table()) },
        Query { search: Some("李".into()), ..Query::of(Deed::table()) },
        Query::of(Human::table()),
        Query { unit, ..Query::of(Branch::table()) },
    ];
    let mut dice = Dice::new(11);
    for turn in 0..60 {
        for query in &queries {
            let kept = store.ordered(query).expect("a vector");
            let anew = store.read(|db| ids(db, query)).expect("the ids");
            assert_eq!(kept.ids, anew, "after {turn} writes: {query:?}");
        }
        disturb(&store, &mut dice, &branches);
    }
}

#[test]
fn a_page_by_row_number_is_a_slice_of_the_list() {
    let (_, store, branches) = shared();
    for unit in [None, Some(branches[2].get())] {
        let query = Query { unit, limit: 13, ..Query::of(Role::table()) };
        let all = store.read(|db| Ok(pages(db, &query).0)).expect("pages");
        for at in [0, 1, 100, all.len() - 5, all.len() + 1] {
            let (page, total) = store.rows_at(&query, at).expect("rows");
            let keys: Vec<_> = page.rows.iter().map(|(key, _)| numbers(*key)).collect();
            let wanted: Vec<_> = all.iter().skip(at).take(13).cloned().collect();
            assert_eq!((keys, total), (wanted, all.len()), "the rows from number {at} on");
        }
    }
    assert!(store.ordered(&Query::of(Attendance::table())).is_err(), "a link has no ids to keep");
}

#[test]
fn the_plans_walk_covering_indexes_and_sort_nothing_but_a_subtree() {
    let (_, store, branches) = shared();
    let unit = Some(branches[1].get());
    let plan = |query: &Query| store.read(|db| explain(db, query)).expect("a plan");
    let bare = |lines: &[String]| lines.iter().filter(|line| line.starts_with("SCAN t ") && !line.contains("COVERING INDEX")).count();
    for query in [
        Query::of(Role::table()),
        Query::of(Human::table()),
        Query { order: vec![("joined".into(), true)], ..Query::of(Role::table()) },
        Query { order: vec![("rank".into(), true), ("weight".into(), false)], ..Query::of(Role::table()) },
        Query { order: vec![("rank".into(), false), ("weight".into(), true)], ..Query::of(Role::table()) },
        Query { search: Some("三丰".into()), ..Query::of(Role::table()) },
        Query { search: Some("li".into()), ..Query::of(Role::table()) },
        Query { search: Some("0042".into()), ..Query::of(Role::table()) },
        Query { search: Some("200100".into()), ..Query::of(Role::table()) },
    ] {
        let lines = plan(&query);
        assert!(!lines.is_empty(), "there is a plan");
        assert_eq!(bare(&lines), 0, "no table is passed over: {lines:#?}");
        assert!(!lines.iter().any(|line| line.contains("TEMP B-TREE")), "nothing is sorted: {lines:#?}");
        assert!(!lines.iter().any(|line| line.starts_with("SCAN p") && !line.contains("INDEX")), "no searched table either: {lines:#?}");
    }
    let lines = plan(&Query { unit, ..Query::of(Role::table()) });
    assert!(
        lines.iter().any(|line| line.starts_with("SEARCH t USING COVERING INDEX role_list (branch=?")),
        "each branch by its index: {lines:#?}"
    );
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("SCAN t ") || line.starts_with("SEARCH t USING INDEX")).count(),
        0,
        "{lines:#?}"
    );
    let lines = plan(&Query { filters: vec![Filter::new("sponsor", Op::Is, [Cell::Int(3)])], ..Query::of(Role::table()) });
    assert!(lines.iter().any(|line| line.contains("role_sponsor (sponsor=?")), "a filter for one value by its index: {lines:#?}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let (_, store, _) = shared();
    let refused = |query: Query| store.read(|db| page(db, &query)).expect_err("it cannot be answered").to_string();
    let filter = |field: &str, op, cells: &[Cell]| Query { filters: vec![Filter::new(field, op, cells)], ..Query::of(Role::table()) };
    assert!(refused(filter("wage", Op::Is, &[Cell::Int(1)])).contains("wage"), "no such field");
    assert!(refused(filter("weight", Op::Contains, &[Cell::Int(1)])).contains("weight"), "a number contains nothing");
    assert!(refused(filter("weight", Op::Between, &[Cell::Int(1)])).contains("weight"), "between wants two");
    assert!(refused(Query { order: vec![("human; DROP".into(), false)], ..Query::of(Role::table()) }).contains("排序"), "no such column");
    assert!(refused(Query { unit: Some(1), ..Query::of(Human::table()) }).contains("单位"), "humans have no branch");
}
