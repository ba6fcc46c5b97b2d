//! The screens in `ui/`: their packages, their checks, and the built files that the programs show.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::checkout::Checkout;
use crate::command::{quiet, show};
use crate::failure::{Failure, Outcome};

/// The checks of the screens, by their names in ui/package.json.
const CHECKS: [&str; 3] = ["check", "lint", "test"];

/// Builds `ui/dist`, which the window and the host show.
pub fn build(checkout: &Checkout) -> Outcome<Duration> {
    packages(checkout)?;
    show(&mut npm(checkout, &["run", "--silent", "build"]))
}

/// Runs types, lint and unit tests of the screens.
pub fn check(checkout: &Checkout) -> Outcome<Duration> {
    packages(checkout)?;
    CHECKS.iter().map(|name| show(&mut npm(checkout, &["run", "--silent", name]))).sum()
}

/// Gives a program that one of the screens' packages brings.
pub fn program(checkout: &Checkout, name: &str) -> PathBuf {
    folder(checkout).join("node_modules").join(".bin").join(name)
}

/// Makes a call of npm in `ui/`.
pub fn npm(checkout: &Checkout, words: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder(checkout)).args(words);
    command
}

fn folder(checkout: &Checkout) -> PathBuf {
    checkout.root.join("ui")
}

/// Installs the packages that the lock file names, where they are not what is installed.
pub fn packages(checkout: &Checkout) -> Outcome {
    let lock = folder(checkout).join("package-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(|source| Failure::new(format!("{}: {source}", lock.display())))?;
    // The mark is written last, so that packages whose installing was interrupted are installed anew.
    let mark = folder(checkout).join("node_modules").join("installed.json");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("── installing the packages of ui/package-lock.json");
    quiet(&mut npm(checkout, &["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&mark, wanted).map_err(|source| Failure::new(format!("{}: {source}", mark.display())))
}
