//! The connections that read, kept from call to call.

use std::sync::Mutex;

use rusqlite::Connection;

use super::held;
use crate::error::Result;

/// What the first reader holds of the file, in KiB: calls that come one after another all go to it.
pub const FIRST: i64 = 64 << 10;
/// What each of those holds that serve calls at the same moment: what they read is soon read again by the first.
const BESIDE: i64 = 8 << 10;
/// How many of those are kept for the next such moment.
const KEPT: usize = 4;

/// The readers of a file.
#[derive(Default)]
pub struct Readers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    first: Option<Connection>,
    is_lent: bool,
    beside: Vec<Connection>,
    is_shut: bool,
}

impl Readers {
    /// Lends a reader to some work, from one state of the file throughout; `open` makes one that holds so many KiB where none is free.
    pub fn lend<T>(&self, open: impl FnOnce(i64) -> Result<Connection>, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let (spare, first) = self.spare();
        let connection = spare.map_or_else(|| open(if first.is_some() { FIRST } else { BESIDE }), Ok)?;
        connection.execute_batch("BEGIN")?;
        let found = act(&connection);
        connection.execute_batch("ROLLBACK")?;
        let mut kept = held(&self.0);
        if kept.is_shut {
            // Whoever has the file to themselves waits for it to be closed.
        } else if first.is_some() {
            kept.first = Some(connection);
        } else if kept.beside.len() < KEPT {
            kept.beside.push(connection);
        }
        drop(kept);
        found
    }

    fn spare(&self) -> (Option<Connection>, Option<First<'_>>) {
        let mut kept = held(&self.0);
        if kept.is_lent {
            return (kept.beside.pop(), None);
        }
        kept.is_lent = true;
        (kept.first.take(), Some(First(self)))
    }

    /// Closes those that are not at work.
    pub fn close(&self) {
        let mut kept = held(&self.0);
        (kept.first, kept.beside) = (None, Vec::new());
    }

    /// Closes those that are not at work, and each other one when its work is done, as long as what it gives is held.
    pub fn shut(&self) -> Shut<'_> {
        held(&self.0).is_shut = true;
        self.close();
        Shut(self)
    }
}

/// While it is held no reader is kept.
pub struct Shut<'r>(&'r Readers);

impl Drop for Shut<'_> {
    fn drop(&mut self) {
        held(&self.0.0).is_shut = false;
    }
}

/// The turn to be the first reader; it is free again after an error or a panic, too.
struct First<'r>(&'r Readers);

impl Drop for First<'_> {
    fn drop(&mut self) {
        held(&self.0.0).is_lent = false;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

    use std::cell::RefCell;

    use super::*;

    #[test]
    fn calls_one_after_another_share_the_roomy_reader_and_those_beside_it_are_small() {
        let (readers, opened) = (Readers::default(), RefCell::new(Vec::new()));
        let open = |kib| {
            opened.borrow_mut().push(kib);
            Ok(Connection::open_in_memory().unwrap())
        };
        let one = || readers.lend(open, |_| Ok(()));
        one().unwrap();
        one().unwrap();
        assert_eq!(*opened.borrow(), [FIRST], "one reader serves both");
        readers.lend(open, |_| readers.lend(open, |_| one())).unwrap();
        assert_eq!(*opened.borrow(), [FIRST, BESIDE, BESIDE], "three at the same moment");
        readers.lend(open, |_| one()).unwrap();
        assert_eq!(opened.borrow().len(), 3, "all are kept");
    }

    #[test]
    fn the_turn_of_the_roomy_reader_outlives_errors_and_panics() {
        let readers = Readers::default();
        let opened = RefCell::new(Vec::new());
        let open = |kib| {
            opened.borrow_mut().push(kib);
            Ok(Connection::open_in_memory().unwrap())
        };
        let thrown = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| readers.lend(open, |_| -> Result<()> { panic!("burst") })));
        assert!(thrown.is_err(), "the panic goes on");
        assert!(readers.lend(open, |_| crate::error::refused::<()>("否", "否")).is_err(), "an error is handed on");
        readers.lend(open, |_| Ok(())).unwrap();
        assert_eq!(*opened.borrow(), [FIRST, FIRST], "opened anew after the panic alone, roomy each time");
    }
}
