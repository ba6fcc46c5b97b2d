//! The monthly workbook of a union: members, volunteers, stations and activities over its tree, for any period.
//!
//! It chooses indicators of the nouns and lays them out; what they mean and how they are counted is theirs.

mod ask;
mod behind;
mod book;
mod cover;
mod describe;
mod lines;
mod numbers;
mod plan;
mod style;
mod write;

pub use ask::{BookFile, BookOf, Counted, NumberOf, behind_number, book, write_file};
pub use behind::{Behind, behind};
pub use book::{Book, Column, Line, LineKind, Sheet, compute};
pub use describe::{IndicatorLine, SplitLine, indicators};
pub use numbers::{Numbers, catalogue, indicator, numbers};
pub use write::{bytes, write};

use crate::modules::Module;

/// The workbook keeps nothing of its own.
pub fn module() -> Module {
    Module::new("monthly")
}
