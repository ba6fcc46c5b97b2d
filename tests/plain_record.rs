//! Adding a plain record needs one struct, one SQL file and one line: this file is all of it.

use unionbook_core::modules::Module;
use unionbook_core::record::{Id, Record};

/// A note that points at the one before it.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "note", label = "便条", order = "title", key = "serial")]
pub struct Note {
    /// The id.
    pub id: Id<Note>,
    /// What it says.
    #[field(label = "标题", max = 20, listed, search)]
    pub title: String,
    /// Its number, given once.
    #[field(label = "编号", max = 10, listed)]
    pub serial: Option<String>,
    /// Its weight.
    #[field(label = "重量")]
    pub weight: Option<i64>,
    /// The note before it.
    #[field(label = "上一张")]
    pub after: Option<Id<Note>>,
}

/// The one line that adds it to an app.
pub fn module() -> Module {
    Module::new("notes").migration("1_note.sql", include_str!("notes/1_note.sql")).record::<Note>()
}

impl Note {
    /// A note that says something.
    pub fn new(title: &str) -> Self {
        Self { id: Id::NEW, title: title.into(), serial: None, weight: None, after: None }
    }
}
