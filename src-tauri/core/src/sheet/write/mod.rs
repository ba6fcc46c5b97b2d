//! Workbooks and text sheets out: one way, whatever the blank.
//!
//! [`fill`] takes a blank that an upstream union gave; [`book`] makes its own blank first and fills it the same way;
//! [`text`] writes csv and tsv. [`to_file`] puts any of them in a file's place, all or nothing.

mod blank;
mod cell;
mod formula;
mod grid;
mod leaf;
mod parts;
mod patch;
mod restate;
mod rules;
mod shift;
#[cfg(test)]
mod tests;

pub use blank::{FillPlan, Filled, SheetPick, Table, fill};
pub use cell::{DayForm, Out, day_text};
pub use grid::{Cells, RowWriter};
