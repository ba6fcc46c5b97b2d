//! `cargo xtask test`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::checkout::Checkout;
use crate::command::{WHOLE, build_whole, cargo, on_path, seconds, show};
use crate::failure::{Failure, Outcome};
use crate::packages::{TO_BUILD, TO_DRIVE, TO_OPEN, TO_SHOW, TO_TEST};
use crate::{python, screens, setup, window};

/// Runs everything that is tested; with words, only the tests whose names contain one of them.
pub fn test(checkout: &Checkout, words: &[String]) -> Outcome {
    let start = Instant::now();
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN, TO_TEST, TO_DRIVE])?;
    let python = python::environment(checkout, "venv", "requirements.txt")?;
    let mut steps = vec![("setup", start.elapsed())];
    if words.is_empty() {
        steps.push(("screens", screens::check(checkout)?));
    }
    // Lints and builds of the window take the built screens in.
    steps.push(("screens built", screens::build(checkout)?));
    if words.is_empty() {
        steps.push(("format", show(&mut cargo(checkout, &["fmt", "--all", "--check"]))?));
        steps.push(("lints", show(&mut lints(checkout))?));
    }
    // `cargo test` builds no program of another package, and the tests start the command line.
    steps.push(("build", build_whole(checkout)?));
    steps.push(("tests", show(&mut tests(checkout, words, &python)?)?));
    if words.is_empty() {
        steps.push(("window", window::test(checkout)?));
    }
    println!("── all passed in {}: {}", seconds(start.elapsed()), summary(&steps));
    Ok(())
}

fn lints(checkout: &Checkout) -> Command {
    let mut command = cargo(checkout, &["clippy"]);
    command.args(WHOLE).args(["--all-targets", "--", "-D", "warnings"]);
    command
}

fn tests(checkout: &Checkout, words: &[String], python: &Path) -> Outcome<Command> {
    let soffice = on_path("soffice").ok_or_else(|| Failure::new("soffice is not on the search path"))?;
    let mut command = cargo(checkout, &["test"]);
    command.args(WHOLE).arg("--").args(words);
    command.env("UNIONBOOK_PYTHON", python).env("UNIONBOOK_SOFFICE", soffice).env("UNIONBOOK_CLI", checkout.cli());
    command.env("UNIONBOOK_BROWSER", checkout.browser()).env("UNIONBOOK_WINDOW", checkout.window());
    Ok(command)
}

fn summary(steps: &[(&str, Duration)]) -> String {
    let told: Vec<_> = steps.iter().map(|(name, time)| format!("{name} {}", seconds(*time))).collect();
    told.join(", ")
}
