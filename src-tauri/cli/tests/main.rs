//! The command line from outside: one binary, one module a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail by panicking"
)]

mod accounts;
mod bad_files;
mod bad_sheets;
mod bombs;
mod commands;
mod desk;
mod merging;
