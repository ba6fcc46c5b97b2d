//! Workbooks and text sheets out: one way, whatever the blank.
//!
//! [`fill`] takes a blank that an upstream union gave; [`write_book`] makes its own blank first and fills it the same
//! way; [`write_text`] writes csv and tsv. [`to_file`] puts any of them in a file's place, all or nothing.

mod blank;
mod book;
mod cell;
mod formula;
mod grid;
mod leaf;
mod parts;
mod patch;
mod restate;
mod rules;
mod shift;
mod stream;
mod target;
#[cfg(test)]
mod tests;
mod text;

pub use blank::{FillPlan, Filled, SheetPick, Table, fill};
pub use book::{Book, BookColumn, BookKind, Written, write_book};
pub use cell::{DayForm, Out, day_text};
pub(crate) use formula::filled;
pub use grid::{Cells, RowWriter};
pub(in crate::sheet) use leaf::LeafPart;
pub use target::{Target, bytes_noted, bytes_to_file, to_file, whole_file};
pub use text::{LineWriter, TextEncoding, TextPlan, write_text};
