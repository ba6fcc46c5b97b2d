//! What a list shows, sent out as it stands: its rows in their order, the columns that are seen.

use serde::Deserialize;

use super::list::{Filter, List, query};
use super::payload::RecordName;
use super::titles::display;
use crate::error::{Error, Result};
use crate::modules::Registry;
use crate::record::{Cell, Field, Kind, Table, Wire};
use crate::sheet::export::Outlet;
use crate::sheet::import::Column;
use crate::store::list::{Query, page};
use crate::store::{Db, Key};

/// The list that is seen.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The columns, in their order.
    pub columns: Vec<String>,
    /// What the search box holds.
    pub search: Option<String>,
    /// Only rows that all these filters let through.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// The columns to order by, `-` before one for descending.
    #[serde(default)]
    pub order: Vec<String>,
}

/// Sends out a list; secrets stay masked, and documents are left out as they are of every list.
pub struct SeenOutlet {
    table: &'static Table,
    fields: Vec<&'static Field>,
    query: Query,
}

impl SeenOutlet {
    /// Sends out what is seen of a record; refuses a column that it does not have.
    pub fn new(registry: &Registry, record: &RecordName, unit: Option<i64>, seen: &Seen) -> Result<Self> {
        let table = record.table(registry)?;
        let field = |name: &String| table.field(name).ok_or_else(|| Error::Usage(format!("“{}”没有“{name}”这一栏", table.name)));
        let mut fields = seen.columns.iter().map(field).collect::<Result<Vec<_>>>()?;
        fields.retain(|field| !field.is_document());
        let whole = List::whole(record, seen.search.clone(), unit, &seen.filters, &seen.order);
        Ok(Self { table, fields, query: query(table, &whole)? })
    }

    fn row(&self, db: &Db<'_>, cells: &[Cell]) -> Result<Vec<Cell>> {
        let cell = |field: &&'static Field| {
            let cell = self.table.position(field.name).and_then(|at| cells.get(at)).unwrap_or(&Cell::Null);
            match field.kind {
                Kind::Ref(_) if !cell.is_null() => display(db, field, cell, false).map(Cell::Text),
                _ => Ok(field.shown(cell, false)),
            }
        };
        self.fields.iter().map(cell).collect()
    }
}

impl Outlet for SeenOutlet {
    fn columns(&self) -> Vec<Column> {
        self.fields.iter().map(|field| Column::of(field)).collect()
    }

    fn rows(&self, db: &Db<'_>, _unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        let mut query = self.query.clone();
        loop {
            let found = page(db, &query)?;
            found.rows.iter().try_for_each(|(_, cells): &(Key, Vec<Cell>)| each(&self.row(db, cells)?))?;
            match found.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
