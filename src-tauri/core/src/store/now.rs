//! The moment, handed in from outside.

use std::sync::Arc;

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime};

/// A moment: its unix second and the day it falls on here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Unix seconds.
    pub at: i64,
    /// The day at the office.
    pub today: NaiveDate,
}

/// Where the store gets the moment from.
pub type Clock = Arc<dyn Fn() -> Now + Send + Sync>;

impl Now {
    /// The moment of a local time.
    pub fn of(time: DateTime<Local>) -> Self {
        Self { at: time.timestamp(), today: time.date_naive() }
    }

    /// What the clock at the office shows, for the names and properties of the files that are written.
    pub fn local(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.at, 0).map(|at| at.with_timezone(&Local).naive_local()).unwrap_or_default()
    }
}
