//! A change of clerk (工作交接): what is handed over and what is still open, as a list to look at and to sign, and the whole office as
//! one sealed parcel for the successor.

mod after;
mod list;
mod package;
mod paper;

pub use after::{AfterLine, DoneWhere, Since, after};
pub use list::{HandoverLine, HandoverPart, list};
pub use package::{HandOver, HandedFile, pack, write_list};

use crate::modules::Module;

/// The share that a handover has of the store: it keeps nothing.
pub fn module() -> Module {
    Module::new("handover")
}
