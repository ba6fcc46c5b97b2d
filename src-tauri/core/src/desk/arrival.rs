//! A file that came to this PC from a backup or from a predecessor: remembered until what follows from it was seen to.

use serde::{Deserialize, Serialize};

use super::Desk;
use super::files::{DeskState, state};
use crate::api::Nothing;
use crate::error::Result;
use crate::record::Wire;

/// From where a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Whence {
    /// From a backup, and with it the accounts and keys of that day.
    Backup,
    /// From a predecessor's parcel.
    Predecessor,
}

/// How a file came here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Arrival {
    /// From where.
    pub whence: Whence,
    /// When, in unix seconds.
    pub at: i64,
    /// Who handed it over; nothing where it came from a backup.
    pub by: Option<String>,
}

/// Says that all was seen to that follows from the file's arrival.
pub fn settled(desk: &Desk, _: &Nothing) -> Result<DeskState> {
    desk.memory.arrived(desk.store()?.path(), None)?;
    state(desk, &Nothing {})
}
