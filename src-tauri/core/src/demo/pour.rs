//! Writing many records: one thread makes them, the other one stores them.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::error::Result;
use crate::record::{Cell, Row};
use crate::store::Tx;

/// How many rows go from thread to thread at a time.
const BATCH: usize = 512;
/// How many such batches may wait.
const WAITING: usize = 16;

/// What is told of work under way: what is being written, how much of it is done; an error stops the work.
pub type Progress<'p> = dyn FnMut(&'static str, i64) -> Result<()> + 'p;

/// Stores records in bulk, and gives how many there are; `about` is how many are awaited.
pub fn pour<T: Row>(tx: &Tx<'_>, about: u64, rows: impl Iterator<Item = T> + Send, progress: &mut Progress<'_>) -> Result<i64> {
    let about = i64::try_from(about).unwrap_or(i64::MAX);
    tx.bulk(&[(T::table(), about)], |tx| {
        thread::scope(|scope| {
            let (send, receive) = sync_channel(WAITING);
            scope.spawn(move || make(rows, &send));
            store::<T>(tx, &receive, progress)
        })
    })
}

/// Makes the cells of the rows; ends early where nobody takes them.
fn make<T: Row>(mut rows: impl Iterator<Item = T>, send: &SyncSender<Vec<Vec<Cell>>>) {
    loop {
        let batch: Vec<_> = rows.by_ref().take(BATCH).map(|row| row.cells()).collect();
        if batch.is_empty() || send.send(batch).is_err() {
            return;
        }
    }
}

fn store<T: Row>(tx: &Tx<'_>, receive: &Receiver<Vec<Vec<Cell>>>, progress: &mut Progress<'_>) -> Result<i64> {
    let (mut inserter, mut count) = (tx.inserter::<T>()?, 0);
    for batch in receive {
        for cells in &batch {
            inserter.add_cells(cells)?;
            count += 1;
        }
        progress(T::table().label, count)?;
    }
    Ok(count)
}
