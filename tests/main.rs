//! The core seen from outside: one crate, one binary.

mod plain_record;
mod store;
mod world;
