//! `cargo xtask bench`.

use crate::checkout::Checkout;
use crate::command::{cargo, show};
use crate::failure::Outcome;
use crate::packages::{TO_BUILD, TO_MEASURE};
use crate::{python, setup};

/// Builds for release and measures; the words are handed on to the measuring program: names of cases, `--scale`, `--folder`.
pub fn bench(checkout: &Checkout, words: &[String]) -> Outcome {
    setup::install(&[TO_BUILD, TO_MEASURE])?;
    let python = python::environment(checkout, "venv-bench", "requirements-bench.txt")?;
    let mut measure = cargo(checkout, &["run", "--release", "--package", "unionbook-bench", "--"]);
    show(measure.args(words).env("UNIONBOOK_PYTHON", python)).map(drop)
}
