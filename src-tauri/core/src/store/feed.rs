//! What a step changed in searched texts. The search index is fed at the end of the step, in the order of ids:
//! an FTS5 table that is written to row by row, between other statements, writes out its pending terms each time.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::error::Result;
use crate::record::Table;

/// Once more texts went than this, and more than rows are left, the index is made anew.
const MANY: usize = 10_000;

/// The rows of one table whose search entries are to come or to go.
#[derive(Debug, Default)]
pub struct Feed {
    /// First id → last id of runs of rows that the index lacks.
    came: BTreeMap<i64, i64>,
    /// The texts that the index still holds for rows that have another one now, or are gone.
    went: BTreeMap<i64, String>,
}

impl Feed {
    /// Notes a change: `old` is the text that the row had, if it was there; `stays` says whether it is there now. Gives the bytes kept.
    pub fn note(&mut self, id: i64, old: Option<&str>, stays: bool) -> usize {
        let mut kept = 0;
        if let Some(old) = old.filter(|_| !self.forget(id)) {
            kept = old.len() + 48;
            self.went.entry(id).or_insert_with(|| old.to_owned());
        }
        if stays {
            self.come(id);
        }
        kept
    }

    fn come(&mut self, id: i64) {
        match self.came.range_mut(..=id).next_back() {
            Some((_, last)) if *last + 1 == id => *last = id,
            Some((_, last)) if *last >= id => {}
            _ => {
                self.came.insert(id, id);
            }
        }
    }

    /// Takes an id out of the rows that came; says whether it was one of them.
    fn forget(&mut self, id: i64) -> bool {
        let run = self.came.range(..=id).next_back().map(|(first, last)| (*first, *last));
        let Some((first, last)) = run.filter(|(_, last)| *last >= id) else { return false };
        self.came.remove(&first);
        if first < id {
            self.came.insert(first, id - 1);
        }
        if id < last {
            self.came.insert(id + 1, last);
        }
        true
    }

    /// Brings the search index of the table up to its rows.
    pub fn apply(&self, connection: &Connection, table: &Table) -> Result<()> {
        let name = table.name;
        if self.went.len() > MANY && self.is_most(connection, name)? {
            return renew(connection, table);
        }
        let sql = format!("INSERT INTO {name}_search ({name}_search, rowid, grams) VALUES ('delete', ?1, grams(?2))");
        let mut remove = connection.prepare_cached(&sql)?;
        for (id, text) in &self.went {
            remove.execute((id, text))?;
        }
        self.came.iter().try_for_each(|(first, last)| add(connection, table, *first, *last))
    }

    fn is_most(&self, connection: &Connection, name: &str) -> Result<bool> {
        let left: i64 = connection.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0))?;
        Ok(i64::try_from(self.went.len()).unwrap_or(i64::MAX) > left)
    }
}

/// Makes the search index of a table anew from its rows.
pub fn renew(connection: &Connection, table: &Table) -> Result<()> {
    connection.execute_batch(&format!("INSERT INTO {0}_search ({0}_search) VALUES ('delete-all')", table.name))?;
    add(connection, table, i64::MIN, i64::MAX)
}

/// Adds the rows of a run of ids to the search index.
fn add(connection: &Connection, table: &Table, first: i64, last: i64) -> Result<()> {
    let (name, text) = (table.name, text_of(table, table.name));
    let sql =
        format!("INSERT INTO {name}_search (rowid, grams) SELECT id, grams({text}) FROM {name} WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
    connection.prepare_cached(&sql)?.execute((first, last))?;
    Ok(())
}

/// The expression of a row's searched text; `row` is `old`, `new` or the table's name.
pub fn text_of(table: &Table, row: &str) -> String {
    table.searched().map(|field| format!("coalesce({row}.{}, '')", field.name)).collect::<Vec<_>>().join(" || ' ' || ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(feed: &Feed) -> Vec<(i64, i64)> {
        feed.came.iter().map(|(first, last)| (*first, *last)).collect()
    }

    #[test]
    fn a_row_that_comes_and_goes_within_the_step_leaves_nothing_to_do() {
        let mut feed = Feed::default();
        (1..=5).for_each(|id| {
            feed.note(id, None, true);
        });
        feed.note(3, Some("丙"), false);
        assert_eq!(runs(&feed), [(1, 2), (4, 5)], "the run is split where the row went");
        assert!(feed.went.is_empty(), "the index never held it");
        feed.note(4, Some("丁"), true);
        assert_eq!(runs(&feed), [(1, 2), (4, 4), (5, 5)], "a row that came and changed comes once");
        assert!(feed.went.is_empty(), "the index never held its first text");
    }

    #[test]
    fn of_an_older_row_the_text_that_the_index_holds_is_the_first_one() {
        let mut feed = Feed::default();
        feed.note(7, Some("旧"), true);
        feed.note(7, Some("中"), true);
        feed.note(7, Some("新"), false);
        assert_eq!(feed.went.get(&7).map(String::as_str), Some("旧"), "the index holds what was there before the step");
        assert!(runs(&feed).is_empty(), "the row is gone");
        feed.note(7, None, true);
        assert_eq!(runs(&feed), [(7, 7)], "and came back");
    }
}
