//! `demo`: a file full of an invented office.

use std::fs;

use serde_json::json;
use unionbook_core::calendar::Month;
use unionbook_core::demo::{self, Scale};
use unionbook_core::error::{Error, Result};
use unionbook_core::modules::Registry;
use unionbook_core::store::{Sidecar, Store};

use crate::args::Demo;
use crate::secrets::new_password;
use crate::session::Session;
use crate::told::Told;

/// Makes the file; where it cannot be filled, none is left.
pub fn run(session: &Session, args: &Demo) -> Result<Told> {
    let scale = Scale::ALL.into_iter().find(|scale| scale.word() == args.scale);
    let scale = scale.ok_or_else(|| Error::Usage(format!("规模“{}”，可用：office、town、county、province", args.scale)))?;
    let until = args.until.as_deref().map(|text| Month::parse(text).ok_or_else(|| Error::Usage(format!("月份“{text}”，应写成 2026-10"))));
    let (store, recovery) = Store::create(&args.file, &new_password(&session.common)?, session.access(session.first_clerk())?)?;
    let until = until.transpose()?.unwrap_or_else(|| Month::of(store.now().today).previous());
    let filled = demo::fill(&store, scale, args.seed, until, &mut |_, _| Ok(()));
    drop(store);
    let counts = filled.inspect_err(|_| {
        let _ = fs::remove_file(&args.file);
        let _ = fs::remove_file(Sidecar::path(&args.file));
    })?;
    let registry = Registry::shipped();
    let label = |name: &str| registry.entry(name).map_or(name.to_owned(), |entry| entry.table.label.to_owned());
    let lines = counts.0.iter().map(|(name, count)| format!("  {}：{count}", label(name))).collect::<Vec<_>>().join("\n");
    let text = format!("示例台账已写成（内容全是虚构的）：{}\n{lines}\n恢复密钥：{}", args.file.display(), recovery.print());
    Ok(Told::new(text, json!({ "file": args.file, "until": until.to_string(), "counts": counts.0, "recovery_key": recovery.print() })))
}
