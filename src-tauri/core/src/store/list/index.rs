//! The indexes that the file has, and which of them walks an order.

use super::sort::Sort;
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

    /// Says whether it walks an order within one value of its leading column, either way; the id follows an index's last column.
    fn walks(&self, leading: Option<&str>, sort: &Sort) -> bool {
        let skipped = usize::from(leading.is_some());
        let ways: Option<Vec<bool>> = (self.columns.len() == skipped + sort.terms.len()).then(|| {
            let pairs = self.columns.iter().skip(skipped).zip(&sort.terms);
            pairs.map_while(|((column, descends), term)| (*column == term.column).then_some(*descends != term.descending)).collect()
        });
        let backwards = sort.key_descending;
        leading.map_or(!self.sparse, |column| self.begins(column))
            && ways.is_some_and(|ways| ways.len() == sort.terms.len() && ways.iter().all(|way| *way == backwards))
    }
}

/// Reads the indexes of a table. Left out are other collations than the plain one, and partial indexes but those of the rows that
/// have a value in their first column.
pub fn of_table(db: &Db<'_>, table: &str) -> Result<Vec<Index>> {
    let sql = "SELECT l.name, x.name, x.\"desc\", l.partial, m.sql FROM pragma_index_list(?1) l, pragma_index_xinfo(l.name) x \
               LEFT JOIN main.sqlite_master m ON m.type = 'index' AND m.name = l.name \
               WHERE x.key = 1 AND x.coll = 'BINARY' ORDER BY l.seq, x.seqno";
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

/// Finds the index that walks an order, within one value of a leading column where one is given.
pub fn walking<'i>(indexes: &'i [Index], leading: Option<&str>, sort: &Sort) -> Option<&'i Index> {
    indexes.iter().find(|index| index.walks(leading, sort))
}
