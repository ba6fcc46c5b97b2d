//! `demo`: a file with invented unions, people and what they did.

use std::io::{IsTerminal, Write};

use serde_json::json;
use unionbook_core::calendar::Month;
use unionbook_core::demo::{Counts, Scale, fill};
use unionbook_core::error::{Error, Result};
use unionbook_core::store::Store;

use super::new::{keep, remove};
use crate::args::Demo;
use crate::secrets::new_password;
use crate::session::{Session, at_home};
use crate::told::Told;

/// Makes the file; where it cannot be filled, no file is left.
pub fn run(session: &Session, args: &Demo) -> Result<Told> {
    let scale = Scale::named(&args.scale).ok_or_else(|| Error::Usage(format!("没有“{}”这个规模", args.scale)))?;
    at_home(&args.file)?;
    let password = new_password(&session.common)?;
    let (store, recovery) = Store::create(&args.file, &password, session.access(session.first_clerk())?)?;
    let counts = until(&store, args.until.as_deref()).and_then(|until| fill(&store, scale, args.seed, until, &mut shown()));
    let labels = |counts: &Counts| labels(&store, counts);
    let told = counts.map(|counts| {
        let text = format!("已新建示例台账：{}\n{}\n\n{}", args.file.display(), labels(&counts), keep(&recovery.print()));
        let rows: serde_json::Map<_, _> = counts.0.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
        Told::new(text, json!({ "file": args.file, "recovery_key": recovery.print(), "rows": rows }))
    });
    drop(store);
    told.inspect_err(|_| remove(&args.file))
}

/// The month asked for, or the last one.
fn until(store: &Store, given: Option<&str>) -> Result<Month> {
    let wrong = |text: &str| Error::Usage(format!("“{text}”不是月份，请写作 2026-10"));
    match given {
        Some(text) => Month::parse(text).ok_or_else(|| wrong(text)),
        None => Ok(Month::of(store.now().today).previous()),
    }
}

/// Tells somebody who watches what is being made.
fn shown() -> impl FnMut(&'static str, i64) -> Result<()> {
    let watched = std::io::stderr().is_terminal();
    move |what, rows| {
        if watched {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K正在填入：{what} {rows}");
        }
        Ok(())
    }
}

fn labels(store: &Store, counts: &Counts) -> String {
    let label = |name: &str| store.registry().entry(name).map_or_else(|| name.to_owned(), |entry| entry.table.label.to_owned());
    let lines = counts.0.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{} {count}", label(name)));
    lines.collect::<Vec<_>>().join("，")
}
