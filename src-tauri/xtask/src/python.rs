//! Python packages in environments of their own below the target folder, pinned by a requirements file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::checkout::Checkout;
use crate::command::{quiet, seconds, works};
use crate::failure::{Failure, Outcome};

/// Gives the Python of the environment `name`, made anew where it is missing or `requirements` (below `tests/python/`) has changed.
pub fn environment(checkout: &Checkout, name: &str, requirements: &str) -> Outcome<PathBuf> {
    let folder = checkout.target.join(name);
    let wanted = checkout.root.join("tests").join("python").join(requirements);
    let text = fs::read_to_string(&wanted).map_err(|source| Failure::new(format!("{}: {source}", wanted.display())))?;
    let python = folder.join("bin").join("python");
    // The mark is written last, so an environment that was interrupted is made anew.
    let mark = folder.join("installed.txt");
    let fresh = fs::read_to_string(&mark).is_ok_and(|installed| installed == text) && works(&python, &["-c", "pass"]);
    if !fresh {
        make(&folder, &python, &wanted)?;
        fs::write(&mark, text).map_err(|source| Failure::new(format!("{}: {source}", mark.display())))?;
    }
    Ok(python)
}

fn make(folder: &Path, python: &Path, requirements: &Path) -> Outcome {
    println!("── installing the Python packages of {}", requirements.display());
    let start = Instant::now();
    quiet(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    let pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement"];
    quiet(Command::new(python).args(pip).arg(requirements))?;
    println!("   installed in {}", seconds(start.elapsed()));
    Ok(())
}
