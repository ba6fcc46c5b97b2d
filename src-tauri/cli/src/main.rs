//! `unionbook-cli`: the commands of Unionbook (工会台账) without a window.
//!
//! It ends with 0 done, 1 refused or faulty, 2 wrong usage, 3 the file is damaged, locked or newer than the program.

mod args;
mod commands;
mod grid;
mod line;
mod secrets;
mod session;
mod told;
mod usage;

use std::process::ExitCode;

use args::{Args, Command};
use session::Session;
use told::Told;
use unionbook_core::Result;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let json = words.iter().any(|word| word == "--json");
    match usage::parse(&words) {
        Ok(args) => told::tell(run(args), json),
        Err(shown) => shown.tell(json),
    }
}

fn run(args: Args) -> Result<Told> {
    let session = Session::new(args.common);
    match args.command {
        Command::New(args) => commands::new::run(&session, &args),
        Command::Demo(args) => commands::demo::run(&session, &args),
        Command::Import(args) => commands::import::run(&session, &args),
        Command::Export(args) => commands::export::run(&session, &args),
        Command::Report(args) => commands::report::run(&session, &args),
        Command::Task(args) => commands::task::run(&session, &args),
        Command::Return(args) => commands::returns::run(&session, &args),
        Command::Receive(args) => commands::receive::receive(&session, &args),
        Command::Consolidate(args) => commands::receive::consolidate(&session, &args),
        Command::Card(args) => commands::card::run(&session, &args),
        Command::List(args) => commands::list::run(&session, &args),
        Command::History(args) => commands::history::run(&session, &args),
        Command::Undo(args) => commands::undo::undo(&session, &args),
        Command::Redo(args) => commands::undo::redo(&session, &args),
        Command::Check(args) => commands::check::run(&session, &args),
        Command::Merge(args) => commands::merge::merge(&session, &args),
        Command::Backup(args) => commands::backup::backup(&session, &args),
        Command::Restore(args) => commands::backup::restore(&session, &args),
        Command::Password(args) => commands::password::run(&session, &args),
        Command::Account(args) => commands::account::run(&session, &args),
        Command::Rekey(args) => commands::account::rekey(&session, &args),
        Command::Call(args) => commands::call::run(&session, &args),
        Command::Describe(args) => commands::describe::run(&args),
        Command::GenTypes(args) => commands::gen_types::run(&args),
    }
}
