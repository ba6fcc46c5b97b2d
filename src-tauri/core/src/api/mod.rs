//! The commands: declared once, found by name, the same for the window and the command line.
//!
//! Nothing here names a noun; the list of commands is in [`crate::commands`].

mod accounts;
mod command;
mod edit;
mod list;
mod payload;
mod progress;
mod records;
mod remove;
mod save;
mod seen;
mod sheets;
mod steps;
mod sums;
mod titles;
mod together;
mod typescript;
mod unite;

use serde_json::Value as Json;

pub use accounts::{
    AccountLine, AccountOf, PasswordOf, Recovery, accounts, add_account, change_account, noted_recovery, rekey, remove_account,
    reset_account, unnoted_recovery,
};
pub use command::{Command, Wired, answered, payload};
pub use edit::{Edit, EditFault, EditRow, Edited, edit};
pub use list::{Filter, List, Page, count, list};
pub use payload::{Nothing, RecordName, RowKey};
pub use progress::{Progress, Watch, unwatched};
pub use records::{Describe, Found, Get, Terms, describe, get, terms};
pub use remove::{Remove, Removed, remove};
pub use save::{Save, Saved, save};
pub use seen::Seen;
pub use sheets::{Import, Imported, SheetIn, SheetOut, export, import, preview};
pub use steps::{Backup, History, Past, Timeline, Undo, backup, check, history, mend, redo, timeline, trials, undo};
pub use sums::{Summed, Sums, sums};
pub use titles::{Titles, display, title};
pub use together::{Refused, Together, together};
pub use typescript::generate;
pub use unite::{Blend, Pair, Settle, United, fill, unite};

use crate::commands::COMMANDS;
use crate::error::{Error, Result};
use crate::store::Store;

/// Runs a command with its payload and gives its answer; a command or payload that is not known is [`Error::Usage`].
pub fn dispatch(store: &Store, command: &str, payload: Json) -> Result<Json> {
    dispatch_watched(store, command, payload, &unwatched)
}

/// Runs a command as [`dispatch`] does, for whoever has the file open and may do it; one that may take long tells `watch` how far it has come, and can be stopped there.
pub fn dispatch_watched(store: &Store, command: &str, payload: Json, watch: Watch<'_>) -> Result<Json> {
    let known = known(command)?;
    store.allow(known.right, known.label)?;
    (known.run)(store, payload, watch).map_err(|error| save::taken(store.registry(), error))
}

fn known(command: &str) -> Result<&'static Command> {
    COMMANDS.iter().find(|known| known.name == command).ok_or_else(|| Error::Usage(format!("没有“{command}”这个命令")))
}
