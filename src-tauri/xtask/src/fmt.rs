//! `cargo xtask fmt`.

use crate::checkout::Checkout;
use crate::command::{cargo, show};
use crate::failure::{Outcome, no_words};

/// Formats the Rust sources of the whole workspace.
pub fn fmt(checkout: &Checkout, words: &[String]) -> Outcome {
    no_words("fmt", words)?;
    show(&mut cargo(checkout, &["fmt", "--all"])).map(drop)
}
