//! How much of the file the writer holds in memory.

use super::{Store, held};
use crate::error::Result;

/// What the writer holds for everyday work and imports, in KiB: the hot indexes of a province fit.
pub const ROOM: i64 = 128 << 10;

impl Store {
    /// Does work that touches the whole file, with so many KiB of it held in memory; what was read once is not deciphered again.
    pub fn with_room<T>(&self, kib: i64, act: impl FnOnce() -> Result<T>) -> Result<T> {
        let hold = |kib: i64| held(&self.writer).pragma_update(None, "cache_size", -kib.max(ROOM));
        hold(kib)?;
        let done = act();
        hold(ROOM)?;
        done
    }
}
