//! Says how long the numbers and the workbook of a demonstration take: `monthly_speed FILE.unionbook [OUT.xlsx]`, the file made by
//! `demo_scale`; the workbook is left in OUT.xlsx.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use chrono::Local;
use unionbook_core::calendar::Period;
use unionbook_core::error::{Error, Result};
use unionbook_core::modules::Registry;
use unionbook_core::monthly::{bytes, compute, numbers, write};
use unionbook_core::record::Id;
use unionbook_core::store::{Access, Cost, Now, Secret, Store};

fn main() -> Result<()> {
    let usage = || Error::Usage("monthly_speed FILE.unionbook [OUT.xlsx]".into());
    let file: PathBuf = std::env::args().nth(1).ok_or_else(usage)?.into();
    let access = Access {
        registry: Arc::new(Registry::shipped()),
        clock: Arc::new(|| Now::of(Local::now())),
        installation: "demo".into(),
        clerk: "示例".into(),
        cost: Cost::REAL,
    };
    let store = Store::open(&file, &Secret::Password("demo".into()), access)?;
    let top = store.read(|db| db.one::<i64>("SELECT id FROM unit WHERE parent IS NULL ORDER BY id LIMIT 1", []))?.unwrap_or_default();
    for key in ["2026-10", "2026-10", "2026-10", "2026", "2026"] {
        let period: Period = key.parse().map_err(|_| usage())?;
        timed(&format!("numbers {key}"), || numbers(&store, period).map(|found| found.scope.hierarchy.len()))?;
    }
    let floor = "SELECT sum(kind + _sex + _migrant) FROM change INDEXED BY change_report";
    timed("a bare scan of the ledger's index", || store.read(|db| db.one::<i64>(floor, [])))?;
    for depth in [1, 2, 9] {
        let period: Period = "2026-10".parse().map_err(|_| usage())?;
        let start = Instant::now();
        let book = compute(&store, Id::new(top), period, depth)?;
        let counted = start.elapsed();
        let size = bytes(&book)?.len();
        let cells: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
        println!(
            "depth {depth}: {} rows, {cells} cells, counted {counted:.2?}, all {:.2?}, {} KiB",
            book.lines.len(),
            start.elapsed(),
            size >> 10
        );
        if let Some(out) = std::env::args().nth(2) {
            write(&book, out.as_ref())?;
        }
    }
    Ok(())
}

fn timed<T: std::fmt::Debug>(what: &str, act: impl FnOnce() -> Result<T>) -> Result<()> {
    let start = Instant::now();
    let found = act()?;
    println!("{what}: {:.3} s ({found:?})", start.elapsed().as_secs_f64());
    Ok(())
}
