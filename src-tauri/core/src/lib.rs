//! The app without a window: records, store, sheets and reports of a trade-union office.
//!
//! It opens no window and no socket, and has no clock of its own: callers hand in the day and the time.

extern crate self as unionbook_core;

pub mod activities;
pub mod api;
pub mod calendar;
pub mod closing;
pub mod commands;
mod decimal;
pub mod demo;
pub mod desk;
pub mod disclosure;
pub mod error;
pub mod handover;
pub mod home;
pub mod members;
pub mod minutes;
pub mod modules;
pub mod money;
pub mod monthly;
mod outside;
pub mod paper;
pub mod people;
pub mod privacy;
pub mod record;
pub mod report;
pub mod returns;
pub mod sheet;
pub mod stations;
pub mod store;
pub mod terms;
pub mod text;
pub mod units;
pub mod volunteers;

pub use error::{Error, Result};
#[doc(hidden)]
pub use serde;
