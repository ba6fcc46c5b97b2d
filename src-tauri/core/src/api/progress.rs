//! How far long work has come, and how it is stopped.

use serde::Serialize;

use crate::error::Result;
use crate::record::Wire;

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
pub struct Progress {
    /// What is being done, for people: 检查, 写入.
    pub stage: &'static str,
    /// How many rows are done.
    pub done: u64,
    /// How many there are, where that is known.
    pub of: Option<u64>,
}

/// Is told how far the work has come; an error ([`crate::Error::Stopped`]) stops it, and nothing is written.
pub type Watch<'w> = &'w dyn Fn(Progress) -> Result<()>;

/// Lets work go on unwatched.
pub fn unwatched(_: Progress) -> Result<()> {
    Ok(())
}

/// Tells the rows of a sheet as progress of a stage.
pub(super) fn rows<'w>(watch: Watch<'w>, stage: &'static str, of: Option<u64>) -> impl Fn(u64) -> Result<()> + use<'w> {
    move |done| watch(Progress { stage, done, of })
}
