//! Makes a demonstration in a folder and says how long each kind of record took: `demo_scale FOLDER office|town|county|province`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::Local;
use unionbook_core::calendar::Month;
use unionbook_core::demo::{Scale, fill};
use unionbook_core::error::{Error, Result};
use unionbook_core::modules::Registry;
use unionbook_core::store::{Access, Cost, Now, Store, check};

fn main() -> Result<()> {
    let usage = || Error::Usage("demo_scale FOLDER office|town|county|province [check]".into());
    let mut words = std::env::args().skip(1);
    let folder: PathBuf = words.next().ok_or_else(usage)?.into();
    let scale = words.next().as_deref().and_then(Scale::named).ok_or_else(usage)?;
    let until = Month::new(2026, 10).ok_or_else(usage)?;
    let file = folder.join(format!("{}.unionbook", scale.word()));
    let access = Access {
        registry: Arc::new(Registry::shipped()),
        clock: Arc::new(|| Now::of(Local::now())),
        installation: "demo".into(),
        clerk: "示例".into(),
        cost: Cost::REAL,
    };
    let (store, _) = Store::create(&file, "demo", access)?;
    let (start, mut doing, mut since) = (Instant::now(), "", Instant::now());
    let mut told = |what: &'static str, rows: i64| {
        if what != doing {
            println!("{:7.1} s  {what} (before it {:.1} s)", start.elapsed().as_secs_f64(), since.elapsed().as_secs_f64());
            (doing, since) = (what, Instant::now());
        }
        let _ = rows;
        Ok(())
    };
    let counts = fill(&store, scale, 1, until, &mut told)?;
    println!("{:7.1} s  all", start.elapsed().as_secs_f64());
    for (table, count) in &counts.0 {
        println!("{count:>10} {table}");
    }
    if words.next().is_some() {
        for finding in store.read(check)?.into_iter().filter(|finding| finding.wrong > 0) {
            println!("{finding:?}");
        }
        println!("{:7.1} s  checked", start.elapsed().as_secs_f64());
    }
    drop(store);
    let size = std::fs::metadata(&file).map_or(0, |found| found.len());
    println!("{} MiB, peak memory {} MiB", size >> 20, peak() >> 10);
    Ok(())
}

/// The most memory that was held, in KiB, as the system tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
