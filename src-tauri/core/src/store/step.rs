//! A step: one named act of the office, the unit of undo.

use std::collections::BTreeSet;

use serde::Serialize;

use super::account::Right;
use crate::record::{Types, Wire};

/// What is about to be done.
#[derive(Debug, Clone)]
pub struct Step {
    /// What people call it: “办理转会”.
    pub name: String,
    /// Whether it may be undone.
    pub revocable: bool,
    /// Whether it is kept though no row changed.
    pub noted: bool,
    /// Whether it only writes a log down: no work of the timeline, never undone and never in the way of an undo.
    pub(super) log: bool,
    /// What it needs of whoever has the file open, whichever command it comes from.
    pub(super) needs: Right,
}

impl Step {
    /// Names a step that may be undone.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), revocable: true, noted: false, log: false, needs: Right::Work }
    }

    /// Marks the step as one that stays: freezing, sealing, receipts, the disclosure log, accounts and keys.
    pub fn irrevocable(mut self) -> Self {
        self.revocable = false;
        self
    }

    /// Names a step that only writes a log down, whoever has the file open.
    pub fn log(name: impl Into<String>) -> Self {
        Self { log: true, ..Self::new(name).irrevocable().open_to(Right::Read) }
    }

    /// Keeps the step even where it changed no row: what it did lies elsewhere.
    pub fn noted(mut self) -> Self {
        self.noted = true;
        self
    }

    /// Opens the step to whoever has another right than that to work.
    pub(super) fn open_to(mut self, right: Right) -> Self {
        self.needs = right;
        self
    }
}

/// What a write gave: its answer, its step, and what the screen must fetch again.
#[derive(Debug, Clone, Serialize)]
pub struct Written<T> {
    /// The answer of the act.
    pub value: T,
    /// The step's id, or `None` where nothing changed.
    pub step: Option<i64>,
    /// The names of the tables that changed.
    pub tables: BTreeSet<&'static str>,
}

impl<T> Written<T> {
    /// Keeps step and tables, and turns the answer into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Written<U> {
        Written { value: turn(self.value), step: self.step, tables: self.tables }
    }
}

impl<T: Wire> Wire for Written<T> {
    fn wire(types: &mut Types) -> String {
        let text = "/** What a write gave: its answer, its step (null where nothing changed), the tables to fetch again. */\n\
                    export interface Written<T> {\n  value: T\n  step: number | null\n  tables: RecordName[]\n}\n";
        types.declare("Written", text.to_owned());
        format!("Written<{}>", T::wire(types))
    }
}
