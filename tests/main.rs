//! The core seen from outside: one binary, one module a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail by panicking"
)]

mod accounts;
mod activities;
mod backups;
mod bulk;
mod cards;
mod closing;
mod demo;
mod desk;
mod disclosure;
mod dump;
mod elsewhere;
mod full_office;
mod handover;
mod house;
mod import;
mod kill;
mod list;
mod lists_world;
mod members;
mod merge;
mod monthly;
mod office_tools;
mod old_files;
mod papers;
mod people;
mod places;
mod plain_record;
mod privacy;
mod return_sheets;
mod returns;
mod roster;
mod round_trip;
mod schema;
mod screen;
mod seal;
mod secrets;
mod source_text;
mod stations;
mod steps;
mod store;
mod together;
mod trials;
mod trust;
mod union_form;
mod uniting;
mod units;
mod volunteers;
mod wire;
mod world;
