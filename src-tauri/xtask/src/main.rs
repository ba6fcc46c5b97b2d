//! The developers' door: `cargo xtask run | test | journeys | dev | bundle | bench | trust | gen | fmt`.
//!
//! It uses the standard library alone, so that it compiles in seconds on a fresh machine.

mod bench;
mod bundle;
mod calendar;
mod checkout;
mod command;
mod demo;
mod dev;
mod failure;
mod fmt;
mod generate;
mod installed;
mod journeys;
mod packages;
mod python;
mod run;
mod screens;
mod setup;
mod sockets;
mod test;
mod trust;
mod window;

use std::process::ExitCode;

use checkout::Checkout;
use failure::{Failure, Outcome};

const HELP: &str = "\
cargo xtask COMMAND

  run            where there is a display, opens the window on a town's demo office; where there is none, does the main job
                 without one: a town's demo office, a roster imported, last month's workbook
  test [NAME..]  runs everything that is tested: format, lints, tests; with names, only the tests whose names contain one
  journeys       walks a clerk's ways through the screens, in a real browser against the host
  dev            serves the screens from their sources to the browser, on a demo office
  bundle         makes the packages that offices install; with --old, the browser version's
                 for glibc 2.28; with --try, installs the window's, walks from the first start to the
                 report in it and removes it again; with --debug, unoptimised
  bench          measures speed and memory beside their floors and peers; with --ui, the screens in the real window and a browser
  trust [ROW..]  tries many times what an office relies on, and writes one table, to the terminal, target/trust.txt and
                 target/trust.json: kills, power cuts, full disks, damage, changed files, races, clocks, plain text, sockets;
                 with --suite, the small numbers of the suite; with --count N, so many of each
  gen            writes ui/src/api/generated.ts from the core's commands and records
  fmt            formats the Rust sources

All but `gen` and `fmt` first install what a Debian or Ubuntu machine lacks for them.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {}", failure.words);
            ExitCode::from(failure.code)
        }
    }
}

fn dispatch(words: &[String]) -> Outcome {
    let Some((command, rest)) = words.split_first() else {
        return Err(Failure::usage(HELP));
    };
    let checkout = Checkout::here()?;
    match command.as_str() {
        "run" => run::run(&checkout, rest),
        "test" => test::test(&checkout, rest),
        "journeys" => journeys::journeys(&checkout, rest),
        "dev" => dev::dev(&checkout, rest),
        "bundle" => bundle::bundle(&checkout, rest),
        "bench" => bench::bench(&checkout, rest),
        "trust" => trust::trust(&checkout, rest),
        "gen" => generate::generate(&checkout, rest),
        "fmt" => fmt::fmt(&checkout, rest),
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Failure::usage(format!("there is no command “{other}”\n\n{HELP}"))),
    }
}
