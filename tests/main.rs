//! The core seen from outside: one binary, one module a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail by panicking"
)]

mod bulk;
mod demo;
mod house;
mod import;
mod office_tools;
mod plain_record;
mod schema;
mod source_text;
mod store;
mod world;
