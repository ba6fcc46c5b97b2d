//! The indexes that the file has, and which of them walks an order.

use super::sort::Sort;
use crate::error::Result;
use crate::store::Db;

/// An index over all rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    columns: Vec<(String, bool)>,
}

impl Index {
    /// Says whether it begins with a column.
    pub fn begins(&self, column: &str) -> bool {
        self.columns.first().is_some_and(|(first, _)| first == column)
    }

    /// Says whether it consists of one column, so that rows of one value stand in the order of their ids.
    pub fn is_only(&self, column: &str) -> bool {
        self.columns.len() == 1 && self.begins(column)
    }

    /// Says whether it walks an order within one value of its leading column, either way; the id follows an index's last column.
    fn walks(&self, leading: Option<&str>, sort: &Sort) -> bool {
        let skipped = usize::from(leading.is_some());
        let ways: Option<Vec<bool>> = (self.columns.len() == skipped + sort.terms.len()).then(|| {
            let pairs = self.columns.iter().skip(skipped).zip(&sort.terms);
            pairs.map_while(|((column, descends), term)| (*column == term.column).then_some(*descends != term.descending)).collect()
        });
        let backwards = sort.key_descending;
        leading.is_none_or(|column| self.begins(column))
            && ways.is_some_and(|ways| ways.len() == sort.terms.len() && ways.iter().all(|way| *way == backwards))
    }
}

/// Reads the indexes of a table; partial ones and other collations than the plain one are left out.
pub fn of_table(db: &Db<'_>, table: &str) -> Result<Vec<Index>> {
    let sql = "SELECT l.name, x.name, x.\"desc\" FROM pragma_index_list(?1) l, pragma_index_xinfo(l.name) x \
               WHERE l.partial = 0 AND x.key = 1 AND x.coll = 'BINARY' ORDER BY l.seq, x.seqno";
    let columns = db.rows(sql, [table], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default(), row.get::<_, bool>(2)?))
    })?;
    let mut indexes: Vec<Index> = Vec::new();
    for (name, column, descends) in columns {
        match indexes.last_mut().filter(|last| last.name == name) {
            Some(last) => last.columns.push((column, descends)),
            None => indexes.push(Index { name, columns: vec![(column, descends)] }),
        }
    }
    Ok(indexes)
}

/// Finds the index that walks an order, within one value of a leading column where one is given.
pub fn walking<'i>(indexes: &'i [Index], leading: Option<&str>, sort: &Sort) -> Option<&'i Index> {
    indexes.iter().find(|index| index.walks(leading, sort))
}
