//! Indicators: numbers of one meaning each, counted for every place of a tree at once, with the rows behind them.
//!
//! A module declares its [`Indicator`]s once in a table, counts them all in one pass over its covering indexes into
//! [`Counts`], and says for each by which statement its rows are listed. Nothing here names a noun or a workbook.

mod balance;
mod counts;
mod distinct;
pub mod formula;
mod hierarchy;
mod indicator;
mod listing;
mod parts;
mod scope;
pub mod seal;
pub mod task;
pub mod workbook;

pub use balance::Balance;
pub use counts::{Cells, Counts, Figures, Layout};
pub use distinct::Distinct;
pub use hierarchy::Hierarchy;
pub use indicator::{By, Family, Indicator, Kind, Measure, Rows, Split};
pub use listing::{Asked, Entry, list};
pub use parts::{Part, Parts};
pub use scope::{Scope, When, bytes, int, stream};
