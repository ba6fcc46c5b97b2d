//! What is kept of each row of a sheet until all have been seen.

use super::columns::place;
use crate::record::{Cell, Value};
use crate::sheet::import::Draft;
use crate::units::{UnitLevel, credit_code};

/// A row in a few words.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its number.
    pub row: u32,
    /// The union's id, by the hidden key of our own export.
    pub id: Option<i64>,
    /// The union's code, where the sheet has one.
    pub code: Option<String>,
    /// The union's own credit code.
    pub union_code: Option<String>,
    /// The union's name.
    pub name: String,
    /// What the sheet calls the union above.
    pub parent: Option<String>,
    /// The kind of union.
    pub kind: Option<String>,
    /// The level, where the sheet has one.
    pub level: Option<UnitLevel>,
    /// Whether its own cells hold.
    pub sound: bool,
}

impl Line {
    /// Reads a row's words.
    pub fn of(draft: &Draft) -> Self {
        let text = |field: &str| draft.text(place(field)).map(str::to_owned);
        let union_code = text("union_code").map(|code| credit_code::parse(&code).map_or(code, |sound| sound.to_string()));
        Self {
            row: draft.row,
            id: draft.cells.first().and_then(Cell::int),
            code: text("code"),
            union_code,
            name: text("name").unwrap_or_default(),
            parent: text("parent"),
            kind: text("kind"),
            level: draft.cells.get(place("level")).cloned().and_then(UnitLevel::from_cell),
            sound: false,
        }
    }

    /// The words by which other rows may call it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [Some(self.name.as_str()), self.code.as_deref(), self.union_code.as_deref()].into_iter().flatten().filter(|word| !word.is_empty())
    }
}

/// Says whether a row is one of those that blanks ship with: “11” in every name, to be typed over.
pub fn is_dummy(draft: &Draft) -> bool {
    let mut names = [place("name"), place("employer"), place("parent")].into_iter().filter_map(|at| draft.text(at)).peekable();
    names.peek().is_some() && names.all(|name| name.chars().all(|letter| letter == '1'))
}
