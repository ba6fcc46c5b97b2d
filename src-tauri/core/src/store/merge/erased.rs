//! Rows of somebody who was erased as the law asks (清除): a merge neither brings anything of theirs back nor half erases it elsewhere.

use super::super::buffer::Key;
use super::super::db::Db;
use super::super::kin;
use crate::error::Result;
use crate::record::{Cell, ERASED, Kind, Table};

/// How far a row is followed to the one whom it is about.
const FAR: u32 = 4;

/// Whether a row is of somebody whom a file erased: of the root, whose required texts say so, or of what belongs to it.
pub fn is_erased(db: &Db<'_>, table: &'static Table, cells: &[Cell]) -> Result<bool> {
    let Some(veil) = db.registry().veil() else { return Ok(false) };
    let tables = kin::tables(db.registry(), veil.root);
    follow(db, veil.root, &tables, table, cells, FAR)
}

type Kinship = [(&'static Table, Vec<&'static crate::record::Field>)];

fn follow(db: &Db<'_>, root: &str, tables: &Kinship, table: &'static Table, cells: &[Cell], far: u32) -> Result<bool> {
    if table.name == root {
        let mut texts = table.fields.iter().zip(cells).filter(|(field, _)| field.required && field.kind == Kind::Text).peekable();
        return Ok(texts.peek().is_some() && texts.all(|(_, cell)| cell.text() == Some(ERASED)));
    }
    let Some((_, fields)) = tables.iter().find(|(known, _)| known.name == table.name).filter(|_| far > 0) else { return Ok(false) };
    for field in fields {
        let above = table.position(field.name).and_then(|at| cells.get(at)).and_then(Cell::int);
        let (Kind::Ref(to), Some(id)) = (field.kind, above) else { continue };
        let Some(entry) = db.registry().entry(to) else { continue };
        if let Some(cells) = db.cells(entry.table, Key::Id(id))?
            && follow(db, root, tables, entry.table, &cells, far - 1)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}
