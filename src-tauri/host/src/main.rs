//! `unionbook-browser`: Unionbook (工会台账) in the system's browser.
//!
//! It serves the screens and the calls of the desk on 127.0.0.1 alone, to the one browser that spends its start link.

mod args;
mod browser;
mod exchange;
mod folder;
mod gate;
mod pages;
mod reply;
mod rpc;
mod serve;

use std::process::ExitCode;

use clap::Parser;

use args::Args;

fn main() -> ExitCode {
    let served = serve::serve(&Args::parse());
    served.map_or_else(
        |error| {
            eprintln!("{error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
