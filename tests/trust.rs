//! What the office relies on, tried many times: the rows of `cargo xtask trust`.
//!
//! Each row is a test. The suite runs a small number of trials, `cargo xtask trust` the large one: it names a file by
//! `UNIONBOOK_TRUST_FIGURES`, where each row writes its line, and says by `UNIONBOOK_TRUST` how many: `large`, or a number.

pub mod child;
pub mod clock;
pub mod damage;
pub mod disk;
pub mod full;
pub mod mutants;
pub mod plain;
pub mod power;
pub mod race;

use std::fs::OpenOptions;
use std::io::Write;

/// Says how many trials a row does: the small number in the suite, the large one in `cargo xtask trust`, or as many as were asked for.
/// `full`, which has a trial for each write that there is, imports so many rows.
pub fn many(small: u64, large: u64) -> u64 {
    match std::env::var("UNIONBOOK_TRUST").as_deref() {
        Err(_) | Ok("" | "suite") => small,
        Ok("large") => large,
        Ok(number) => number.parse().expect("UNIONBOOK_TRUST is `suite`, `large` or a number"),
    }
}

/// A row of the table.
pub struct Row {
    /// Its name, as `cargo xtask trust NAME` takes it.
    pub name: &'static str,
    /// What was tried.
    pub what: &'static str,
    /// What must come out.
    pub goal: &'static str,
}

impl Row {
    /// Tells what came out; a test that fails before tells nothing, and its row fails.
    pub fn tell(&self, tried: u64, held: u64, figure: &str) {
        let Self { name, what, goal } = self;
        eprintln!("{name}: {held} of {tried} held; {figure}");
        if let Some(path) = std::env::var_os("UNIONBOOK_TRUST_FIGURES") {
            let line = format!("{name}\t{what}\t{tried}\t{held}\t{figure}\t{goal}\n");
            let file = OpenOptions::new().create(true).append(true).open(path);
            file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the figures are written");
        }
        assert!(tried > 0, "{name}: no trial proves nothing");
        assert_eq!(held, tried, "{what}: {figure}; goal: {goal}");
    }
}

/// A seed: the one that was given for a failed run, or a new one.
pub fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).expect("after 1970").as_nanos();
    let given = std::env::var("UNIONBOOK_TRUST_SEED").ok().and_then(|text| text.parse().ok());
    given.unwrap_or(u64::try_from(now & 0xffff_ffff).expect("32 bits"))
}
