//! Struct and schema agree, for every record that is shipped.

use std::collections::{BTreeMap, BTreeSet};

use unionbook_core::Result;
use unionbook_core::record::{Field, Kind, Table};
use unionbook_core::store::Db;

use crate::world::World;

/// A column as SQLite tells it.
#[derive(Debug, PartialEq, Eq)]
struct Column {
    name: String,
    kind: String,
    required: bool,
}

/// Runs a look at every shipped table that is stored; gives how many there were.
fn each_table(look: impl Fn(&Db<'_>, &'static Table) -> Result<()>) -> usize {
    let world = World::new();
    let tables: Vec<_> = world.registry.tables().filter(|table| !table.view).collect();
    let store = world.create();
    store.read(|db| tables.iter().try_for_each(|table| look(db, table))).expect("the schema can be read");
    tables.len()
}

fn columns(db: &Db<'_>, table: &str) -> Result<Vec<Column>> {
    let sql = "SELECT name, type, \"notnull\" FROM pragma_table_info(?1) ORDER BY cid";
    db.rows(sql, [table], |row| Ok(Column { name: row.get(0)?, kind: row.get(1)?, required: row.get(2)? }))
}

fn own_sql(db: &Db<'_>, table: &str) -> Result<String> {
    Ok(db.one("SELECT sql FROM sqlite_master WHERE name = ?1", [table])?.expect("the table is there"))
}

/// The part of the statement that declares one column, to the comma before the next.
fn declaration<'s>(sql: &'s str, column: &str) -> &'s str {
    let start = sql.lines().position(|line| line.trim_start().starts_with(&format!("{column} "))).expect("the column has its own line");
    sql.lines().nth(start).expect("it has been found").trim()
}

/// The first columns of a table's indexes and of its primary key.
fn led_by(db: &Db<'_>, table: &str) -> Result<BTreeSet<String>> {
    let sql = "SELECT i.name FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0";
    Ok(db.rows(sql, [table], |row| row.get(0))?.into_iter().collect())
}

fn stored_as(kind: Kind) -> &'static str {
    if kind.is_number() { "INTEGER" } else { "TEXT" }
}

#[test]
fn columns_are_the_id_the_fields_and_the_copies_and_required_fields_are_not_null() {
    let seen = each_table(|db, table| {
        let mut wanted: Vec<Column> = Vec::new();
        if !table.link {
            wanted.push(Column { name: "id".into(), kind: "INTEGER".into(), required: true });
        }
        let of = |field: &Field| Column { name: field.name.into(), kind: stored_as(field.kind).into(), required: field.required };
        wanted.extend(table.fields.iter().map(of));
        let mut found = columns(db, table.name)?;
        let copies: Vec<Column> = found.extract_if(.., |column| column.name.starts_with('_')).collect();
        assert_eq!(found, wanted, "{}: the columns stand in the order of the fields", table.name);
        let named: BTreeSet<&str> = copies.iter().map(|column| column.name.as_str()).collect();
        let declared = table.carries.iter().map(|carry| carry.own).chain(table.computed.iter().map(|computed| computed.own));
        assert_eq!(named, declared.collect(), "{}: carried and computed columns", table.name);
        assert!(copies.iter().all(|column| !column.required), "{}: a copy may be empty while its row is made", table.name);
        Ok(())
    });
    assert!(seen >= 7, "units, people and members are looked at: {seen}");
}

#[test]
fn tables_are_strict_and_nothing_cascades() {
    each_table(|db, table| {
        let sql = own_sql(db, table.name)?;
        let end = if table.link { ") STRICT, WITHOUT ROWID" } else { ") STRICT" };
        assert!(sql.ends_with(end), "{}: ends with {end}", table.name);
        assert!(
            !sql.contains("CASCADE") && !sql.contains("SET NULL") && !sql.contains("OR REPLACE"),
            "{}: nothing goes by itself",
            table.name
        );
        let key: Vec<String> =
            db.rows("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", [table.name], |row| row.get(0))?;
        assert_eq!(key, table.key_columns(), "{}: its primary key", table.name);
        Ok(())
    });
}

#[test]
fn references_are_named_restricting_and_indexed() {
    each_table(|db, table| {
        let sql = "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(?1)";
        let keys = db.rows(sql, [table.name], |row| Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))?;
        let found: BTreeMap<String, (String, String, String)> = keys.into_iter().collect();
        let of = |field: &Field| match field.kind {
            Kind::Ref(parent) => Some((field.name.to_owned(), (parent.to_owned(), "id".to_owned(), "RESTRICT".to_owned()))),
            _ => None,
        };
        let wanted: BTreeMap<_, _> = table.fields.iter().filter_map(of).collect();
        assert_eq!(found, wanted, "{}: a foreign key for every reference", table.name);
        let (text, led) = (own_sql(db, table.name)?, led_by(db, table.name)?);
        for column in wanted.keys() {
            let name = format!("CONSTRAINT {}_{column} REFERENCES", table.name);
            assert!(text.contains(&name), "{}: lacks {name}", table.name);
            assert!(led.contains(column), "{}: no index is led by {column}, so a delete of its parent reads the whole table", table.name);
        }
        Ok(())
    });
}

/// The condition that a column holds one of the codes: `IN` for two, ranges for more, since SQLite builds a table for a longer `IN` each
/// time a row is written.
fn among(column: &str, codes: impl Iterator<Item = i64>) -> String {
    let codes: Vec<i64> = codes.collect();
    if let [a, b] = codes[..] {
        return format!("{column} IN ({a}, {b})");
    }
    let runs = codes.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [one] => format!("{column} = {one}"),
        run => format!("{column} BETWEEN {} AND {}", run[0], run[run.len() - 1]),
    });
    runs.collect::<Vec<_>>().join(" OR ")
}

#[test]
fn codes_days_and_yes_or_no_are_checked_by_the_table_itself() {
    each_table(|db, table| {
        let sql = own_sql(db, table.name)?;
        for field in table.fields {
            let check = match field.kind {
                Kind::Code(list) => format!("CHECK ({})", among(field.name, list.entries.iter().map(|entry| entry.code))),
                Kind::Bool => format!("CHECK ({} IN (0, 1))", field.name),
                Kind::Day => format!("CHECK ({} GLOB '????-??-??')", field.name),
                _ => continue,
            };
            assert!(declaration(&sql, field.name).contains(&check), "{}: {} lacks {check}", table.name, field.name);
        }
        Ok(())
    });
}

#[test]
fn keys_are_unique_orders_are_columns_and_searched_tables_have_their_index() {
    each_table(|db, table| {
        let known: BTreeSet<String> = columns(db, table.name)?.into_iter().map(|column| column.name).collect();
        for column in table.order.iter().chain(table.key) {
            assert!(known.contains(*column), "{}: {column} is no column", table.name);
        }
        assert!(table.unit.is_empty() || known.contains(table.unit), "{}: {} is no column", table.name, table.unit);
        let sql = "SELECT (SELECT group_concat(name) FROM pragma_index_info(l.name)) FROM pragma_index_list(?1) l WHERE l.\"unique\"";
        let unique: Vec<String> = db.rows(sql, [table.name], |row| row.get(0))?;
        let key = table.key.join(",");
        assert!(key.is_empty() || unique.contains(&key), "{}: ({key}) is not unique: {unique:?}", table.name);
        let search: Option<String> = db.one("SELECT sql FROM sqlite_master WHERE name = ?1", [format!("{}_search", table.name)])?;
        assert_eq!(search.is_some(), table.searched().next().is_some(), "{}: its search index", table.name);
        let wanted = "fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61')";
        assert!(search.is_none_or(|sql| sql.contains(wanted)), "{}: the search index is {wanted}", table.name);
        Ok(())
    });
}

#[test]
fn every_word_of_a_list_is_its_own() {
    each_table(|_, table| {
        for field in table.fields {
            let Kind::Code(list) = field.kind else { continue };
            for entry in list.entries {
                let called: Vec<i64> = list.entries.iter().filter(|other| other.is_called(entry.label)).map(|other| other.code).collect();
                assert_eq!(called, [entry.code], "{}.{}: “{}” means one thing", table.name, field.name, entry.label);
            }
        }
        Ok(())
    });
}

#[test]
fn a_table_refers_only_to_itself_and_to_tables_before_it() {
    let registry = unionbook_core::modules::Registry::shipped();
    let number = |name: &str| registry.number(name).expect("a table of the registry");
    let references = registry.tables().flat_map(|table| {
        table.fields.iter().filter_map(move |field| if let Kind::Ref(parent) = field.kind { Some((table.name, parent)) } else { None })
    });
    let (mut seen, mut forward) = (0, Vec::new());
    for (table, parent) in references {
        seen += 1;
        forward.extend((number(parent) > number(table)).then_some((table, parent)));
    }
    assert!(seen > 20, "the references are found: {seen}");
    assert_eq!(forward, [], "the journal's order of runs relies on it, see store/buffer.rs");
}
