//! The commands, one a file.

pub mod backup;
pub mod call;
pub mod check;
pub mod describe;
pub mod gen_types;
pub mod history;
pub mod list;
pub mod new;
pub mod password;
pub mod undo;
