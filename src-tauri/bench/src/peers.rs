//! The peers from PyPI, each run by the interpreter that the command set up.

use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::export::ROWS;
use crate::office::Folder;

/// Writes and reads what the peers are asked for; gives the seconds.
const PEERS: &str = include_str!("peers.py");
/// How many rows the slow writers write; their time grows in step with the rows, so it is multiplied.
const SAMPLE: u32 = 100_000;

/// The seconds that calamine takes to read a workbook.
pub fn calamine(path: &Path) -> Outcome<f64> {
    ask(&["calamine", &path.display().to_string()])
}

/// The seconds that openpyxl takes to read a workbook.
pub fn openpyxl(path: &Path) -> Outcome<f64> {
    ask(&["openpyxl", &path.display().to_string()])
}

/// The seconds that openpyxl's write-only mode would take for the million rows.
pub fn openpyxl_write(folder: &Folder) -> Outcome<f64> {
    write(folder, "openpyxl-write")
}

/// The seconds that XlsxWriter's constant memory would take for the million rows.
pub fn xlsxwriter_write(folder: &Folder) -> Outcome<f64> {
    write(folder, "xlsxwriter-write")
}

/// The seconds that a script with openpyxl takes to add up every workbook of a folder.
pub fn sums(folder: &Path) -> Outcome<f64> {
    ask(&["sums", &folder.display().to_string()])
}

fn write(folder: &Folder, what: &str) -> Outcome<f64> {
    let path = folder.at("peer.xlsx");
    Ok(ask(&[what, &path.display().to_string(), &SAMPLE.to_string()])? * f64::from(ROWS / SAMPLE))
}

fn ask(words: &[&str]) -> Outcome<f64> {
    let python = std::env::var("UNIONBOOK_PYTHON").map_err(|_| "UNIONBOOK_PYTHON is not set: `cargo xtask bench` sets it")?;
    let output = Command::new(python).args(["-c", PEERS]).args(words).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}
