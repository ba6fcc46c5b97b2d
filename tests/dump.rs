//! Everything that an office has entered, as one text: two files that say the same give the same text.

use std::fmt::Write as _;

use unionbook_core::Result;
use unionbook_core::record::{Cell, Table};
use unionbook_core::store::{Db, Store};

/// Writes every table of the registry whole, copies for indexes included, and what each search index finds for each of its
/// words. The journal and the counters, which only grow, are left out.
pub fn dump(store: &Store) -> String {
    try_dump(store).expect("the tables can be read")
}

/// Does the same of a file that may be damaged.
pub fn try_dump(store: &Store) -> Result<String> {
    let tables: Vec<_> = store.registry().tables().filter(|table| !table.view).collect();
    store.read(|db| tables.iter().map(|table| Ok(rows(db, table)? + &words(db, table)?)).collect())
}

fn rows(db: &Db<'_>, table: &Table) -> Result<String> {
    let columns: Vec<String> = db.rows("SELECT name FROM pragma_table_info(?1) ORDER BY cid", [table.name], |row| row.get(0))?;
    let sql = format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), table.name, table.key_columns().join(", "));
    let read = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get::<_, Cell>(at)).collect::<rusqlite::Result<Vec<_>>>();
    let mut text = format!("== {} {}\n", table.name, columns.join(" "));
    for row in db.rows(&sql, [], read)? {
        let cells: Vec<String> = row.iter().map(|cell| format!("{cell:?}")).collect();
        writeln!(text, "{}", cells.join(" ")).expect("a text grows");
    }
    Ok(text)
}

/// FTS5 tells its words and where they stand through a table of its own, which only a writing connection may declare.
fn words(db: &Db<'_>, table: &Table) -> Result<String> {
    if table.searched().next().is_none() {
        return Ok(String::new());
    }
    let name = table.name;
    db.connection().execute_batch(&format!(
        "PRAGMA query_only = 0; CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab('main', '{name}_search', 'instance'); PRAGMA query_only = 1;"
    ))?;
    let sql = format!(
        "SELECT term || ' ' || group_concat(doc) FROM (SELECT DISTINCT term, doc FROM temp.{name}_words ORDER BY term, doc) GROUP BY term"
    );
    let found: Vec<String> = db.rows(&sql, [], |row| row.get(0))?;
    Ok(format!("== {name}_search\n{}\n", found.join("\n")))
}
