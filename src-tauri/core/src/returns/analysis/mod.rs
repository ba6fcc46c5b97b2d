//! Looking at frozen returns together: over time, across unions, and as a briefing.
//!
//! Everything here reads returns that were sent or accepted, the newest version of each, and changes nothing.

mod briefing;
mod frozen;
mod number;
mod pivot;
mod pivot_file;
mod series;
mod story;

pub use briefing::{Brief, brief};
pub use number::{TaskNumber, task_numbers};
pub use pivot::{Axis, Pivot, PivotCell, PivotLine, PivotOf, pivot};
pub use pivot_file::{PivotFile, write_pivot};
pub use series::{SeriesOf, SeriesPoint, series};
