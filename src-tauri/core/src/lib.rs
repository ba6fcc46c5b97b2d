//! The app without a window: records, store, sheets and reports of a trade-union office.
//!
//! It opens no window and no socket, and has no clock of its own: callers hand in the day and the time.

pub mod error;
pub mod sheet;

pub use error::{Error, Result};
