//! `cargo xtask bench`.

use std::process::Command;

use crate::bundle::BOTH;
use crate::checkout::Checkout;
use crate::command::{cargo, on_path, show};
use crate::failure::{Failure, Outcome};
use crate::packages::{TO_BROWSE, TO_BUILD, TO_DRIVE, TO_MEASURE, TO_OPEN, TO_SHOW};
use crate::{python, screens, setup};

/// The word that asks for the screens' speed and not the core's.
const SCREENS: &str = "--ui";

/// Builds for release and measures; the words are handed on to the measuring program: names of cases, `--scale`, `--folder`.
pub fn bench(checkout: &Checkout, words: &[String]) -> Outcome {
    if words.iter().any(|word| word == SCREENS) {
        return bench_screens(checkout, words);
    }
    setup::install(&[TO_BUILD, TO_MEASURE])?;
    let python = python::environment(checkout, "venv-bench", "requirements-bench.txt")?;
    let mut measure = cargo(checkout, &["run", "--release", "--package", "unionbook-bench", "--"]);
    show(measure.args(words).env("UNIONBOOK_PYTHON", python)).map(drop)
}

/// Builds the window, a bare one and the host for release, and measures how soon the screens stand there and how they move.
fn bench_screens(checkout: &Checkout, words: &[String]) -> Outcome {
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN, TO_DRIVE, TO_BROWSE])?;
    screens::build(checkout)?;
    let beside = ["--package", "unionbook-bench", "--features", "unionbook/skeleton", "--bins", "--examples"];
    show(cargo(checkout, &["build", "--release"]).args(BOTH).args(beside))?;
    let chromium = on_path("chromium").ok_or_else(|| Failure::new("chromium is not on the search path"))?;
    let release = checkout.target.join("release");
    let mut measure = Command::new(release.join("unionbook-bench"));
    measure.current_dir(&checkout.root).args(words).env("CHROMIUM", chromium).env("UNIONBOOK_UI", checkout.root.join("ui").join("dist"));
    measure.env("UNIONBOOK_WINDOW", release.join("unionbook")).env("UNIONBOOK_BROWSER", release.join("unionbook-browser"));
    measure.env("UNIONBOOK_SKELETON", release.join("examples").join("unionbook-skeleton"));
    let script = ["src-tauri", "bench", "ui", "measure.mjs"].iter().fold(checkout.root.clone(), |path, part| path.join(part));
    show(measure.env("UNIONBOOK_MEASURE", script)).map(drop)
}
