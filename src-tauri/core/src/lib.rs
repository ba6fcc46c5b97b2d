//! The app without a window: records, store, sheets and reports of a trade-union office.
//!
//! It opens no window and no socket, and has no clock of its own: callers hand in the day and the time.

pub mod calendar;
mod decimal;
pub mod error;
pub mod minutes;
pub mod money;
pub mod people;
pub mod stations;
pub mod text;
pub mod units;

pub use error::{Error, Result};
