//! `cargo xtask bench`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

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

/// Builds the window, the host and a bare window for release, and measures how soon the screens stand there and how they move.
fn bench_screens(checkout: &Checkout, words: &[String]) -> Outcome {
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN, TO_DRIVE, TO_BROWSE])?;
    screens::build(checkout)?;
    // In one call, so that they agree on the dependencies' features and compile them once.
    let packages = ["unionbook", "unionbook-host", "unionbook-bench"].map(|name| ["--package", name]).concat();
    show(cargo(checkout, &["build", "--release"]).args(packages))?;
    let skeleton = skeleton(checkout)?;
    let chromium = on_path("chromium").ok_or_else(|| Failure::new("chromium is not on the search path"))?;
    let program = |name: &str| checkout.target.join("release").join(name);
    let mut measure = Command::new(program("unionbook-bench"));
    measure.current_dir(&checkout.root).args(words);
    measure.env("UNIONBOOK_WINDOW", program("unionbook")).env("UNIONBOOK_BROWSER", program("unionbook-browser"));
    measure.env("UNIONBOOK_SKELETON", skeleton).env("CHROMIUM", chromium).env("UNIONBOOK_UI", checkout.root.join("ui").join("dist"));
    show(measure.env("UNIONBOOK_MEASURE", folder(checkout).join("ui").join("measure.mjs"))).map(drop)
}

fn folder(checkout: &Checkout) -> PathBuf {
    checkout.root.join("src-tauri").join("bench")
}

/// Builds the bare window, of the same versions as the product's own.
fn skeleton(checkout: &Checkout) -> Outcome<PathBuf> {
    let folder = folder(checkout).join("skeleton");
    let lock = folder.join("Cargo.lock");
    fs::copy(checkout.root.join("Cargo.lock"), &lock).map_err(|source| Failure::new(format!("{}: {source}", lock.display())))?;
    show(cargo(checkout, &["build", "--release", "--manifest-path"]).arg(folder.join("Cargo.toml")))?;
    Ok(checkout.target.join("release").join("unionbook-skeleton"))
}
