//! `cargo xtask gen`.

use std::process::Command;

use crate::checkout::Checkout;
use crate::command::{build, show};
use crate::failure::{Outcome, no_words};
use crate::packages::TO_BUILD;
use crate::setup;

/// Where the window's types of the core's commands and records lie.
const GENERATED: &str = "ui/src/api/generated.ts";

/// Writes the window's TypeScript types from the core's commands and records.
pub fn generate(checkout: &Checkout, words: &[String]) -> Outcome {
    no_words("gen", words)?;
    setup::install(&[TO_BUILD])?;
    build(checkout)?;
    show(Command::new(checkout.cli()).arg("gen-types").arg(checkout.root.join(GENERATED))).map(drop)
}
