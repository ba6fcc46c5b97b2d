//! The commands, one a file.

pub mod backup;
pub mod call;
pub mod check;
pub mod demo;
pub mod describe;
pub mod gen_types;
pub mod history;
pub mod import;
pub mod list;
pub mod new;
pub mod password;
pub mod report;
pub mod undo;
