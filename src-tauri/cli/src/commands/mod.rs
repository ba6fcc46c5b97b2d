//! The commands, one a file.

pub mod account;
pub mod backup;
pub mod call;
pub mod card;
pub mod check;
pub mod demo;
pub mod describe;
pub mod export;
pub mod gen_types;
pub mod history;
pub mod import;
pub mod list;
pub mod merge;
pub mod new;
pub mod password;
pub mod receive;
pub mod report;
pub mod returns;
pub mod task;
pub mod undo;
