//! `report`: the monthly workbook of a unit.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;

use crate::args::Report;
use crate::session::{Session, call, unit_of};
use crate::told::Told;

/// Writes the workbook.
pub fn run(session: &Session, args: &Report) -> Result<Told> {
    let store = session.open(&args.file)?;
    let unit = unit_of(&store, &args.unit)?;
    let ask = json!({ "unit": unit, "period": args.period, "depth": args.depth, "path": args.out });
    let book = call(&store, "monthly.write", ask)?;
    let word = |name: &str| book.get(name).and_then(Json::as_str).unwrap_or_default();
    let count = |name: &str| book.get(name).and_then(Json::as_array).map_or(0, Vec::len);
    let (sheets, lines) = (count("sheets"), count("lines"));
    let text =
        format!("已写出“{}”{}的月报：{}\n{sheets} 张报表，每张 {lines} 行。", word("unit"), word("period_label"), args.out.display());
    let answer = json!({ "file": args.out, "unit": word("unit"), "period": word("period"), "sheets": sheets, "lines": lines });
    Ok(Told::new(text, answer))
}
