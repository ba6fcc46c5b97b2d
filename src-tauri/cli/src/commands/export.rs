//! `export`: records as a workbook, a text sheet or a filled blank.

use serde_json::json;
use unionbook_core::error::Result;

use crate::args::Export;
use crate::session::{Session, call, unit_of};
use crate::told::Told;

/// Writes the file.
pub fn run(session: &Session, args: &Export) -> Result<Told> {
    let store = session.open(&args.file)?;
    let unit = args.unit.as_deref().map(|code| unit_of(&store, code)).transpose()?;
    let ask = json!({
        "record": args.record, "path": args.out, "layout": args.layout, "blank": args.blank, "unit": unit, "encoding": args.encoding,
    });
    let rows = call(&store, "sheet.export", ask)?;
    let label = store.registry().entry(&args.record).map_or("记录", |entry| entry.table.label);
    let text = format!("已导出“{label}”{} 条：{}\n表里有个人信息，请妥善保管，用完删除。", rows.as_u64().unwrap_or(0), args.out.display());
    Ok(Told::new(text, json!({ "rows": rows, "file": args.out })))
}
