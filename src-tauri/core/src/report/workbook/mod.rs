//! A task's workbook: its blank, the blank filled, values read back, plain workbooks recognised.
//!
//! - [`blank`] gives the blank of the package, or draws one from the tables.
//! - [`fill`] writes values into a blank; [`read`] reads them at the very places, and [`changed`] says which differ from those
//!   that were sealed.
//! - [`Forms`] recognises what an office filled by hand, with moved rows, renamed sheets and numbers typed as text.
//! - [`propose`] shows an office's own blank as a grid with guesses, so that a task is made of it by pointing.

mod amount;
mod cells;
mod draw;
mod facts;
mod fill;
mod grid;
mod pattern;
mod plan;
mod propose;
mod read;
mod recognise;
mod roster;
#[cfg(test)]
mod tests;
mod understood;

pub use draw::blank;
pub use fill::fill;
pub use propose::{BlockGuess, CellGuess, ColumnGuess, GridCell, Proposal, propose};
pub use read::{Changed, changed, read};
pub use recognise::{Forms, recognise};
pub use understood::{Recognised, Understood, Unread};
