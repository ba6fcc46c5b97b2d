//! The first page: what is to be done, and how the office stands.

mod figures;
mod items;

use std::thread;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use figures::Figure;
pub use items::{Item, items};

use crate::error::{Error, Result};
use crate::modules::Module;
use crate::record::Wire;
use crate::store::Store;

/// The share that the first page has of the store: it keeps nothing.
pub fn module() -> Module {
    Module::new("home")
}

/// The day of the month by which offices send the last month's return, where nothing else is said.
pub const DUE: u32 = 5;

/// Asks for the first page.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// The day of the month by which the last month's return goes up; the 5th where none is given.
    pub due: Option<u32>,
}

/// What stands on the first page.
#[derive(Debug, Serialize, Wire)]
pub struct Today {
    /// The month whose return is due: 2026-10.
    pub month: String,
    /// The day by which it is due.
    pub due: NaiveDate,
    /// What is incomplete or late; what is well is left out.
    pub items: Vec<Item>,
    /// How the office stands, with the last months.
    pub figures: Vec<Figure>,
}

/// The month whose return is due, and the day by which: that of the month, or the month's last where it has fewer.
pub fn due(today: NaiveDate, day: u32) -> (NaiveDate, NaiveDate) {
    let due = (1..=day.clamp(1, 31)).rev().find_map(|day| today.with_day(day)).unwrap_or(today);
    (today - chrono::Months::new(1), due)
}

/// Gives the first page; what is to be done and how the office stands are counted beside each other, since somebody waits for it.
pub fn today(store: &Store, ask: &Home) -> Result<Today> {
    let today = store.now().today;
    let (month, due) = due(today, ask.due.unwrap_or(DUE));
    let (items, figures) = thread::scope(|scope| {
        let items = scope.spawn(|| store.read(items));
        let members = scope.spawn(|| store.read(figures::members));
        let figures = store.read(|db| figures::figures(db, || counted(members)));
        (counted(items), figures)
    });
    Ok(Today { month: month.format("%Y-%m").to_string(), due, items: items?, figures: figures? })
}

/// What was counted beside; a panic over there is told as one.
fn counted<T>(beside: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    beside.join().unwrap_or_else(|_| Err(Error::Bug("home.today".into())))
}
