//! `cargo xtask bundle --try`: the window's package as an office has it, installed, started and driven.

use std::path::Path;

use crate::checkout::Checkout;
use crate::command::{build_whole, show};
use crate::failure::Outcome;
use crate::packages::{TO_DRIVE, TO_TRY};
use crate::{setup, window};

/// The package's name.
const PACKAGE: &str = "unionbook";
/// Where it puts the program.
const PROGRAM: &str = "/usr/bin/unionbook";

/// Installs a package, drives the program that it brings, and removes it again, whatever came of it.
pub fn try_out(checkout: &Checkout, package: &Path) -> Outcome {
    setup::install(&[TO_DRIVE, TO_TRY])?;
    // The command line, which reads back what the window wrote.
    build_whole(checkout)?;
    setup::install_package(package)?;
    let mut drive = window::driven(checkout, "installed.mjs", Path::new(PROGRAM));
    let pictures = checkout.target.join("window").join("installed");
    let tried = show(drive.env("UNIONBOOK_PACKAGE", package).env("UNIONBOOK_SHOTS", pictures));
    let removed = setup::remove_package(PACKAGE);
    tried.map(drop).and(removed)
}
