//! Unions out: all of them into our own sheets, the open ones that the form knows into its blank.

use std::collections::HashMap;

use super::columns::{self, place};
use super::division;
use super::known::{CountMembers, with_branches};
use crate::error::Result;
use crate::record::{Cell, Id, Row};
use crate::sheet::export::Outlet;
use crate::sheet::import::Column;
use crate::sheet::layout::{Layout, LayoutColumn};
use crate::store::Db;
use crate::units::{Tree, Unit, UnitLevel, headcounts_on};

/// Sends unions out, each before those below it.
pub struct UnionFormOutlet {
    columns: Vec<Column>,
    layout: Option<Layout>,
    count: CountMembers,
}

impl UnionFormOutlet {
    /// Makes ready to send unions out; `count` tells the present members of each.
    pub fn new(layout: Option<&Layout>, count: CountMembers) -> Self {
        Self { columns: columns::all(), layout: layout.cloned(), count }
    }

    /// The form lists no 分工会 and 小组, and nothing that is closed.
    fn lists(&self, tree: &Tree, at: usize) -> bool {
        self.layout.is_none() || (tree.is_open(at) && tree.level(at) != Some(UnitLevel::Branch))
    }

    /// What a sheet calls another union: its code in ours, its name in the form.
    fn called(&self, db: &Db<'_>, id: Option<Id<Unit>>) -> Result<Cell> {
        let Some(unit) = id.map(|id| db.get(id)).transpose()? else { return Ok(Cell::Null) };
        Ok(Cell::Text(if self.layout.is_some() { unit.name } else { unit.code }))
    }

    fn cells(&self, db: &Db<'_>, unit: &Unit, counts: [Option<i64>; 2]) -> Result<Vec<Cell>> {
        let mut cells = vec![Cell::Int(unit.id.get())];
        cells.extend(unit.cells());
        cells.extend(counts.map(|count| count.map_or(Cell::Null, Cell::Int)));
        let column = self.layout.as_ref().and_then(|layout| layout.column("division"));
        for (field, cell) in [("parent", self.called(db, unit.parent)?), ("merged_into", self.called(db, unit.merged_into)?)]
            .into_iter()
            .chain(unit.division.as_deref().map(|code| ("division", self.placed(code, column))))
        {
            if let Some(place) = cells.get_mut(place(field)) {
                *place = cell;
            }
        }
        Ok(cells)
    }

    fn placed(&self, code: &str, column: Option<&LayoutColumn>) -> Cell {
        Cell::Text(if self.layout.is_some() { division::word(code, column) } else { code.to_owned() })
    }
}

impl Outlet for UnionFormOutlet {
    fn columns(&self) -> Vec<Column> {
        self.columns.clone()
    }

    fn rows(&self, db: &Db<'_>, unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        let today = db.now().today;
        let tree = Tree::on(db, today)?;
        let staff: HashMap<i64, i64> = headcounts_on(db, today)?.into_iter().map(|count| (count.unit.get(), count.staff)).collect();
        let members = with_branches(db, self.count)?;
        let places = unit.map_or(0..tree.len(), |unit| tree.place(Id::new(unit)).map_or(0..0, |at| tree.subtree(at)));
        for at in places.filter(|at| self.lists(&tree, *at)) {
            let Some(id) = tree.id(at) else { continue };
            let counts = [staff.get(&id.get()).copied(), Some(members.get(&id.get()).copied().unwrap_or(0))];
            each(&self.cells(db, &db.get(id)?, counts)?)?;
        }
        Ok(())
    }
}
