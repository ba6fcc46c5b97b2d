//! The cases in their order: what is made first is used by those after it.

use crate::office::Folder;
use crate::table::Line;
use crate::{Outcome, edit, export, import, lists, monthly, returns, search, sizes, store, ui};

/// A case measures some lines of the table.
pub type Case = fn(&Folder) -> Outcome<Vec<Line>>;

/// All cases.
pub const CASES: &[(&str, Case)] = &[
    ("demo", store::demo),
    ("search", search::people),
    ("search-unit", search::within),
    ("pages", lists::pages),
    ("vectors", lists::vectors),
    ("monthly", monthly::numbers),
    ("workbook", monthly::workbook),
    ("edit", edit::edits),
    ("preview", import::readers),
    ("import-office", import::into_office),
    ("import-province", import::into_province),
    ("import-empty", import::into_empty),
    ("export", export::rows),
    ("export-store", export::members),
    ("blank", export::blank),
    ("returns", returns::compute),
    ("receive-500", returns::five_hundred),
    ("receive-5000", returns::five_thousand),
    ("checks", returns::checks),
    ("sizes", sizes::sizes),
    ("backup", store::backup),
    ("rekey", store::rekey),
    ("erase", store::erase),
];

/// Finds a case by its name.
pub fn find(name: &str) -> Option<Case> {
    CASES.iter().chain(ui::CASES).find(|(known, _)| *known == name).map(|(_, case)| *case)
}

/// The names of all cases.
pub fn names() -> String {
    CASES.iter().chain(ui::CASES).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
