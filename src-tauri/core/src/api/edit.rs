//! Many rows of a record at once: what is pasted, filled down or changed in bulk, as one step.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::payload::{RecordName, RowKey};
use super::save::{Values, store_row, taken, writable};
use crate::error::{Error, Fault, Refusal, Result, Weight};
use crate::modules::Entry;
use crate::record::Wire;
use crate::store::{Step, Store, Tx, Written};

/// Rows to store, all of them or none.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The record.
    pub record: RecordName,
    /// The rows, each new or one that is there.
    pub rows: Vec<EditRow>,
    /// What the step is called, where 批量修改 says too little.
    pub name: Option<String>,
    /// Whether the rows are only judged.
    #[serde(default)]
    pub dry: bool,
}

/// One of the rows.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct EditRow {
    /// The row to change; a new one where none is named.
    pub id: Option<RowKey>,
    /// The fields given, by name; the others stay as they are.
    pub values: Values,
}

/// What came of the rows.
#[derive(Debug, Serialize, Wire)]
pub struct Edited {
    /// How many were stored: all or none.
    pub done: usize,
    /// What is wrong or doubtful, row by row.
    pub faults: Vec<EditFault>,
}

/// What is wrong with one of the rows.
#[derive(Debug, Serialize, Wire)]
pub struct EditFault {
    /// Its place among the rows, from 0.
    pub at: usize,
    /// The faults in the order found.
    pub faults: Vec<Fault>,
}

/// Stores rows by the same rules as [`super::save`] stores one; where any is faulty none is stored, and all faults are told.
pub fn edit(store: &Store, ask: &Edit) -> Result<Written<Edited>> {
    let entry = ask.record.entry(store.registry())?;
    writable(entry.table, ask.rows.iter().any(|row| row.id.is_none()))?;
    let mut faults = Vec::new();
    let step = Step::new(ask.name.clone().unwrap_or_else(|| format!("批量修改{}", entry.table.label)));
    let written = store.write(step, |tx| {
        for (at, row) in ask.rows.iter().enumerate() {
            let found = stored(tx, entry, row)?;
            faults.extend((!found.is_empty()).then_some(EditFault { at, faults: found }));
        }
        let refused = faults.iter().flat_map(|row| &row.faults).any(|fault| fault.weight == Weight::Error);
        // Leaving by an error takes back what was stored to find the faults.
        if refused || ask.dry { Err(Error::Stopped) } else { Ok(()) }
    });
    match written {
        Ok(written) => Ok(written.map(|()| Edited { done: ask.rows.len(), faults })),
        Err(Error::Stopped) => Ok(Written { value: Edited { done: 0, faults }, step: None, tables: BTreeSet::new() }),
        Err(error) => Err(error),
    }
}

/// Stores a row and gives what is said of it; other errors than faults end the whole edit.
fn stored(tx: &Tx<'_>, entry: &Entry, row: &EditRow) -> Result<Vec<Fault>> {
    let key = row.id.map(|id| id.of(entry.table)).transpose()?;
    match store_row(tx, entry, key, &row.values.0).map_err(|error| taken(tx.registry(), error)) {
        Ok(saved) => Ok(saved.warnings),
        Err(Error::Faults(faults)) => Ok(faults.0),
        // So that it is said which row it is.
        Err(Error::Refused(Refusal { message, hint })) => {
            Ok(vec![Fault { field: "".into(), label: entry.table.label.into(), weight: Weight::Error, message, hint }])
        }
        Err(error) => Err(error),
    }
}
