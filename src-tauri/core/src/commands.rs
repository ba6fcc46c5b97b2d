//! Every command of the app, declared once: the window and the command line call them by name.

use serde_json::Value as Json;

use crate::api::{self, Command};
use crate::commands;
use crate::store::{Finding, Line, Written};
use crate::terms::TermList;

/// The commands.
pub const COMMANDS: &[Command] = commands! {
    "record.describe" => "记录说明", read, api::describe(api::Describe) -> Vec<Json>;
    "record.list" => "查看清单", read, api::list(api::List) -> api::Page;
    "record.get" => "查看记录", read, api::get(api::Get) -> api::Found;
    "record.save" => "保存记录", file, api::save(api::Save) -> Written<api::Saved>;
    "record.remove" => "删除记录", file, api::remove(api::Remove) -> Written<api::Removed>;
    "record.history" => "查看修改记录", read, api::history(api::History) -> Vec<api::Past>;
    "term.list" => "查看代码表", read, api::terms(api::Terms) -> &'static TermList;
    "step.timeline" => "查看操作记录", read, api::timeline(api::Timeline) -> Vec<Line>;
    "step.undo" => "撤销", file, api::undo(api::Undo) -> Written<String>;
    "step.redo" => "重做", file, api::redo(api::Nothing) -> Written<String>;
    "store.check" => "检查", read, api::check(api::Nothing) -> Vec<Finding>;
    "store.backup" => "备份", file, api::backup(api::Backup) -> std::path::PathBuf;
};
