//! Records out: into our own workbook, into a text sheet, or into an upstream union's blank.
//!
//! The columns are those that sheets of the record come in by, the hidden key among them, so that what goes out comes back in.

mod plain;
mod unveiled;
mod write;

pub use plain::PlainOutlet;
pub use write::{Export, Form, export};

use crate::error::{Error, Result};
use crate::modules::Registry;
use crate::record::{Cell, Field};
use crate::sheet::import::Column;
use crate::sheet::layout::Layout;
use crate::store::Db;
use unveiled::Unveiled;

/// A kind of record that goes out in sheets.
pub trait Outlet {
    /// The columns, as [`crate::sheet::import::Intake::columns`] gives them.
    fn columns(&self) -> Vec<Column>;
    /// Hands each row's cells to `each`, in the order of lists; of a unit and those below it where one is given.
    /// References stand as the names they have in sheets.
    fn rows(&self, db: &Db<'_>, unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()>;
    /// The secret that stands in a column by its name though its own field is none: a reference is written as the key of what it
    /// points at.
    fn key_in(&self, _column: &str) -> Option<&'static Field> {
        None
    }
}

/// The columns of an outlet as the disclosure log names them: a reference with the secret that it is written as.
pub fn given(outlet: &dyn Outlet) -> Vec<String> {
    let named = |column: &Column| match outlet.key_in(column.name) {
        Some(key) if !column.label.is_empty() => format!("{}（{}）", column.label, key.label),
        _ => column.label.to_owned(),
    };
    outlet.columns().iter().map(named).filter(|label| !label.is_empty()).collect()
}

/// Makes the outlet of a record, for our own sheets or for the blank that a layout describes.
pub type MakeOutlet = fn(&Registry, Option<&Layout>) -> Result<Box<dyn Outlet + Sync>>;

/// Makes the outlet of a record: its module's own, or the plain one; refuses a record that is not known.
pub fn outlet(registry: &Registry, record: &str, layout: Option<&Layout>) -> Result<Box<dyn Outlet + Sync>> {
    plain(registry, record, layout).map(|outlet| Box::new(Unveiled::new(registry, record, outlet)) as Box<dyn Outlet + Sync>)
}

fn plain(registry: &Registry, record: &str, layout: Option<&Layout>) -> Result<Box<dyn Outlet + Sync>> {
    if let Some((_, make)) = registry.0.iter().flat_map(|module| &module.outlets).find(|(name, _)| *name == record) {
        return make(registry, layout);
    }
    match registry.entry(record) {
        Some(entry) if !entry.table.link => Ok(Box::new(PlainOutlet::new(registry, *entry))),
        _ => Err(Error::Usage(format!("没有可以导出的记录“{record}”"))),
    }
}
