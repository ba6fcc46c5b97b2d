//! Time and memory.

use std::time::Instant;

use crate::Outcome;

/// Runs once; gives the seconds it took and what it gave.
pub fn once<T>(act: impl FnOnce() -> Outcome<T>) -> Outcome<(f64, T)> {
    let start = Instant::now();
    let done = act()?;
    Ok((start.elapsed().as_secs_f64(), done))
}

/// Runs so many times; gives the seconds of each.
pub fn times(runs: usize, mut act: impl FnMut(usize) -> Outcome<()>) -> Outcome<Times> {
    (0..runs).map(|nth| Ok(once(|| act(nth))?.0)).collect::<Outcome<Vec<_>>>().map(Times::new)
}

/// The seconds of several runs, in order of length.
pub struct Times(Vec<f64>);

impl Times {
    /// Sorts the seconds.
    pub fn new(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Self(seconds)
    }

    /// The seconds that so many percent of the runs stayed within.
    pub fn percentile(&self, percent: usize) -> f64 {
        self.0.get((self.0.len().saturating_sub(1)) * percent / 100).copied().unwrap_or(f64::NAN)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }
}

/// The most memory that this process held, in bytes, as the system tells it.
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok()).unwrap_or(f64::NAN) * 1024.0
}
