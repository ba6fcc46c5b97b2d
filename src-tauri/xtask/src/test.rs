//! `cargo xtask test`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::checkout::Checkout;
use crate::command::{build, cargo, on_path, seconds, show};
use crate::failure::{Failure, Outcome};
use crate::packages::{TO_BUILD, TO_TEST};
use crate::{python, setup};

/// Runs everything that is tested; with words, only the tests whose names contain one of them.
pub fn test(checkout: &Checkout, words: &[String]) -> Outcome {
    let start = Instant::now();
    setup::install(&[TO_BUILD, TO_TEST])?;
    let python = python::environment(checkout, "venv", "requirements.txt")?;
    let mut steps = vec![("setup", start.elapsed())];
    if words.is_empty() {
        steps.push(("format", show(&mut cargo(checkout, &["fmt", "--all", "--check"]))?));
        steps.push(("lints", show(&mut lints(checkout))?));
    }
    // `cargo test` builds no program of another package, and the tests start the command line.
    steps.push(("build", build(checkout)?));
    steps.push(("tests", show(&mut tests(checkout, words, &python)?)?));
    println!("── all passed in {}: {}", seconds(start.elapsed()), summary(&steps));
    Ok(())
}

fn lints(checkout: &Checkout) -> Command {
    cargo(checkout, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn tests(checkout: &Checkout, words: &[String], python: &Path) -> Outcome<Command> {
    let soffice = on_path("soffice").ok_or_else(|| Failure::new("soffice is not on the search path"))?;
    let mut command = cargo(checkout, &["test", "--workspace", "--"]);
    command.args(words);
    command.env("UNIONBOOK_PYTHON", python).env("UNIONBOOK_SOFFICE", soffice).env("UNIONBOOK_CLI", checkout.cli());
    Ok(command)
}

fn summary(steps: &[(&str, Duration)]) -> String {
    let told: Vec<_> = steps.iter().map(|(name, time)| format!("{name} {}", seconds(*time))).collect();
    told.join(", ")
}
