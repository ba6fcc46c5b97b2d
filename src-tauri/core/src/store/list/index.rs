//! The indexes that the file has, and which of them walks an order.

use super::sort::{Sort, Term};
use crate::error::Result;
use crate::store::Db;

/// An index of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    columns: Vec<(String, bool)>,
    /// Whether it leaves out the rows whose first column is empty, so that it serves only where a value is sought in that.
    sparse: bool,
}

impl Index {
    /// Says whether it finds the rows that have a value in a column.
    pub fn begins(&self, column: &str) -> bool {
        self.columns.first().is_some_and(|(first, _)| first == column)
    }

    /// Says whether it consists of one column, so that rows of one value stand in the order of their ids.
    pub fn is_only(&self, column: &str) -> bool {
        self.columns.len() == 1 && self.begins(column)
    }

    /// How well it walks an order within one value of its leading column, either way: 3 wholly, since the id follows an index's last
    /// column; 2 up to the ids, 1 by the first of its columns, so that rows alike so far are sorted; 0 not at all.
    fn fit(&self, leading: Option<&str>, sort: &Sort) -> usize {
        if !leading.map_or(!self.sparse, |column| self.begins(column)) {
            return 0;
        }
        let own = self.columns.get(usize::from(leading.is_some())..).unwrap_or_default();
        let same = |((column, descends), term): (&(String, bool), &Term)| (*column == term.column).then_some(*descends != term.descending);
        let ways: Vec<bool> = own.iter().zip(&sort.terms).map_while(same).collect();
        let backwards = ways.first().copied().unwrap_or(sort.key_descending);
        let common = ways.iter().take_while(|way| **way == backwards).count();
        match (common == sort.terms.len(), common == own.len() && backwards == sort.key_descending) {
            (true, true) => 3,
            (true, false) => 2,
            (false, _) => common.min(1),
        }
    }
}

/// Reads the indexes of a table. Left out are other collations than the plain one, and partial indexes but those of the rows that
/// have a value in their first column.
pub fn of_table(db: &Db<'_>, table: &str) -> Result<Vec<Index>> {
    let sql = "SELECT l.name, x.name, x.\"desc\", l.partial, \
               CASE WHEN l.partial THEN (SELECT m.sql FROM main.sqlite_master m WHERE m.type = 'index' AND m.name = l.name) END \
               FROM pragma_index_list(?1) l, pragma_index_xinfo(l.name) x WHERE x.key = 1 AND x.coll = 'BINARY'";
    let mut columns = db.connection().prepare_cached(sql)?;
    let mut rows = columns.query([table])?;
    let mut indexes: Vec<Index> = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let column = (row.get::<_, Option<String>>(1)?.unwrap_or_default(), row.get(2)?);
        match indexes.last_mut().filter(|last| last.name == name) {
            Some(last) => last.columns.push(column),
            None => {
                let (partial, text): (bool, Option<String>) = (row.get(3)?, row.get(4)?);
                let sparse = partial && text.is_some_and(|text| text.ends_with(&format!("WHERE {} IS NOT NULL", column.0)));
                // A partial index of another kind finds nothing that is asked here.
                let columns = if partial && !sparse { vec![(String::new(), false)] } else { vec![column] };
                indexes.push(Index { name, columns, sparse });
            }
        }
    }
    Ok(indexes)
}

/// Finds the index that walks an order best, within one value of a leading column where one is given.
pub fn walking<'i>(indexes: &'i [Index], leading: Option<&str>, sort: &Sort) -> Option<&'i Index> {
    let fits = indexes.iter().map(|index| (index.fit(leading, sort), index)).filter(|(fit, _)| *fit > 0);
    fits.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, index)| index)
}
