//! The TEMP triggers of a writer: they journal every change, keep carried columns right and feed the search index.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Result as SqlResult};

use super::buffer::{Buffer, Key};
use super::feed::text_of;
use super::search::grams;
use crate::modules::Registry;
use crate::record::Table;

/// The buffer that the trigger functions fill.
pub type Shared = Arc<Mutex<Buffer>>;

/// Locks the buffer; a panic elsewhere does not spoil it, since every step starts it anew.
pub fn lock(buffer: &Shared) -> MutexGuard<'_, Buffer> {
    buffer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Registers the functions that triggers and statements call.
pub fn functions(connection: &Connection, registry: &Registry, buffer: &Shared) -> SqlResult<()> {
    let links: Arc<[bool]> = registry.tables().map(|table| table.link).collect();
    for (name, note) in [("journal_insert", note_insert as Note), ("journal_update", note_update), ("journal_delete", note_delete)] {
        let (buffer, links) = (Arc::clone(buffer), Arc::clone(&links));
        connection.create_scalar_function(name, -1, FunctionFlags::SQLITE_UTF8, move |call| note(call, &links, &buffer))?;
    }
    let noted = Arc::clone(buffer);
    connection.create_scalar_function("search_note", 4, FunctionFlags::SQLITE_UTF8, move |call| note_search(call, &noted))?;
    let pure = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("grams", 1, pure, |call| Ok(grams(call.get_raw(0).as_str_or_null()?.unwrap_or(""))))?;
    for (name, function) in registry.functions() {
        let function = *function;
        connection.create_scalar_function(*name, 1, pure, move |call| Ok(call.get_raw(0).as_str_or_null()?.map(function)))?;
    }
    Ok(())
}

type Note = fn(&Context<'_>, &[bool], &Shared) -> SqlResult<bool>;

/// Reads `(table, key)` off the arguments, and how many they take.
fn head(call: &Context<'_>, links: &[bool]) -> SqlResult<(usize, Key, usize)> {
    let table = usize::try_from(call.get::<i64>(0)?).unwrap_or(usize::MAX);
    let first = call.get(1)?;
    if links.get(table).copied().unwrap_or(false) { Ok((table, Key::Pair(first, call.get(2)?), 3)) } else { Ok((table, Key::Id(first), 2)) }
}

fn note_insert(call: &Context<'_>, links: &[bool], buffer: &Shared) -> SqlResult<bool> {
    let (table, key, _) = head(call, links)?;
    lock(buffer).insert(table, key);
    Ok(true)
}

fn note_update(call: &Context<'_>, links: &[bool], buffer: &Shared) -> SqlResult<bool> {
    let (table, key, from) = head(call, links)?;
    lock(buffer).update(table, key, (from..call.len()).step_by(2).map(|at| (call.get_raw(at), call.get_raw(at + 1))));
    Ok(true)
}

fn note_delete(call: &Context<'_>, links: &[bool], buffer: &Shared) -> SqlResult<bool> {
    let (table, key, from) = head(call, links)?;
    lock(buffer).delete(table, key, (from..call.len()).map(|at| call.get_raw(at)));
    Ok(true)
}

/// Notes `(table, id, old text or NULL, whether the row stays)` for the search index.
fn note_search(call: &Context<'_>, buffer: &Shared) -> SqlResult<bool> {
    let table = usize::try_from(call.get::<i64>(0)?).unwrap_or(usize::MAX);
    lock(buffer).search(table, call.get(1)?, call.get_raw(2).as_str_or_null()?, call.get(3)?);
    Ok(true)
}

/// Creates all triggers of a writer's connection.
pub fn create(connection: &Connection, registry: &Registry) -> SqlResult<()> {
    let tables: Vec<_> = registry.tables().collect();
    let mut sql = String::new();
    for (number, table) in tables.iter().enumerate().filter(|(_, table)| !table.view) {
        sql += &on_insert(number, table);
        sql += &journal(number, table);
        sql += &carries(table);
        sql += &search(number, table);
    }
    connection.execute_batch(&sql)
}

/// The names of the triggers that a writer must have, to prove that they are in place.
pub fn names(registry: &Registry) -> impl Iterator<Item = String> {
    let own = registry.tables().filter(|table| !table.view);
    own.flat_map(|table| ["insert", "update", "delete"].map(|what| format!("journal_{}_{what}", table.name)))
}

/// The triggers that note a new row; [`drop_on_insert`] undoes them.
pub fn on_insert(number: usize, table: &Table) -> String {
    let (name, new) = (table.name, key_of(table, "new"));
    let mut sql = format!(
        "CREATE TEMP TRIGGER journal_{name}_insert AFTER INSERT ON main.{name} BEGIN SELECT journal_insert({number}, {new}); END;\n"
    );
    if table.searched().next().is_some() {
        sql += &format!(
            "CREATE TEMP TRIGGER search_{name}_insert AFTER INSERT ON main.{name} BEGIN SELECT search_note({number}, new.id, NULL, 1); END;\n"
        );
    }
    sql
}

/// Takes away the triggers that note a new row of a table.
pub fn drop_on_insert(table: &Table) -> String {
    let drop = |what: &str| format!("DROP TRIGGER IF EXISTS temp.{what}_{}_insert;\n", table.name);
    drop("journal") + &drop("search")
}

fn key_of(table: &Table, side: &str) -> String {
    table.key_columns().iter().map(|column| format!("{side}.{column}")).collect::<Vec<_>>().join(", ")
}

fn journal(number: usize, table: &Table) -> String {
    let name = table.name;
    let pairs: String = table.fields.iter().map(|field| format!(", old.{0}, new.{0}", field.name)).collect();
    let whole: String = table.fields.iter().map(|field| format!(", old.{}", field.name)).collect();
    let columns = table.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
    let old = key_of(table, "old");
    format!(
        "CREATE TEMP TRIGGER journal_{name}_update AFTER UPDATE OF {columns} ON main.{name} BEGIN SELECT journal_update({number}, {old}{pairs}); END;\n\
         CREATE TEMP TRIGGER journal_{name}_delete AFTER DELETE ON main.{name} BEGIN SELECT journal_delete({number}, {old}{whole}); END;\n"
    )
}

fn carries(table: &Table) -> String {
    let trigger = |carry: &crate::record::Carry| {
        let (name, parent, own, column, through) =
            (table.name, crate::record::parent(table, carry), carry.own, carry.column, carry.through);
        format!(
            "CREATE TEMP TRIGGER carry_{name}{own} AFTER UPDATE OF {column} ON main.{parent} WHEN old.{column} IS NOT new.{column} \
             BEGIN UPDATE {name} SET {own} = new.{column} WHERE {through} = new.id; END;\n"
        )
    };
    table.carries.iter().map(trigger).collect()
}

/// Notes what is to be fed to `<table>_search`, a contentless FTS5 table of 1- and 2-grams, for tables with searched fields.
fn search(number: usize, table: &Table) -> String {
    let columns: Vec<_> = table.searched().map(|field| field.name).collect();
    if columns.is_empty() {
        return String::new();
    }
    let (name, of, old) = (table.name, columns.join(", "), text_of(table, "old"));
    format!(
        "CREATE TEMP TRIGGER search_{name}_delete AFTER DELETE ON main.{name} BEGIN SELECT search_note({number}, old.id, {old}, 0); END;\n\
         CREATE TEMP TRIGGER search_{name}_update AFTER UPDATE OF {of} ON main.{name} BEGIN SELECT search_note({number}, old.id, {old}, 1); END;\n"
    )
}
