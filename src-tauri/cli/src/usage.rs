//! Reading the command line; help and refusals in Chinese.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use unionbook_core::error::Report;

use crate::args::Args;
use crate::told::{self, Told};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
const EXIT: &str = "结束代码：0 完成，1 被拒绝或有错误，2 用法不对，3 文件已损坏、被锁住或来自更新的版本。";

/// What is shown instead of running a command.
pub enum Shown {
    /// The help that was asked for.
    Help(String),
    /// What is wrong with the command line.
    Wrong(Report),
}

impl Shown {
    /// Shows it, and gives the program's end.
    pub fn tell(self, json: bool) -> ExitCode {
        match self {
            Self::Help(text) => told::tell(Ok(Told::text(text)), json),
            Self::Wrong(report) => told::tell_report(&report, json),
        }
    }
}

/// Reads the command line.
pub fn parse(words: &[OsString]) -> Result<Args, Shown> {
    let matches = command().try_get_matches_from(words).map_err(shown)?;
    Args::from_arg_matches(&matches).map_err(shown)
}

fn command() -> clap::Command {
    let arguments = |command: clap::Command| {
        let heading = |arg: clap::Arg| match (arg.get_help_heading(), arg.is_positional()) {
            (Some(_), _) => arg,
            (None, true) => arg.help_heading("参数"),
            (None, false) => arg.help_heading("选项"),
        };
        command.help_template(TEMPLATE).mut_args(heading)
    };
    Args::command().help_template(TEMPLATE).after_help(EXIT).mut_subcommands(arguments)
}

fn shown(error: clap::Error) -> Shown {
    match error.kind() {
        ErrorKind::DisplayHelp => Shown::Help(chinese(&error.to_string())),
        _ => Shown::Wrong(Report {
            code: "usage",
            message: message(&error),
            hint: "请运行 unionbook-cli --help，或在命令后加 --help，查看写法。".into(),
            faults: Vec::new(),
            detail: String::new(),
        }),
    }
}

/// The few words of its own that clap writes into a help.
fn chinese(help: &str) -> String {
    help.replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>").replace("[COMMAND]", "[命令]")
}

fn message(error: &clap::Error) -> String {
    let about = |kind| error.get(kind).map(said).unwrap_or_default();
    let (argument, value) = (about(ContextKind::InvalidArg), about(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = about(ContextKind::SuggestedSubcommand);
            let guess = if near.is_empty() { String::new() } else { format!("您是否要用 {near}？") };
            format!("没有“{}”这个命令。{guess}", about(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "没有写要执行的命令。".into(),
        ErrorKind::UnknownArgument => format!("不认识的参数“{argument}”。"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}。"),
        ErrorKind::ArgumentConflict => format!("参数“{argument}”不能重复，也不能与“{}”同时使用。", about(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("参数“{argument}”没有写值。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let allowed = about(ContextKind::ValidValue);
            let allowed = if allowed.is_empty() { String::new() } else { format!("，应为：{allowed}") };
            format!("参数“{argument}”的值“{value}”不对{allowed}。")
        }
        _ => "参数的写法不对。".into(),
    }
}

fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        other => other.to_string(),
    }
}
