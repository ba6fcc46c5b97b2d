//! `report`: the workbook of a unit and a period.

use serde_json::json;
use unionbook_core::calendar::Period;
use unionbook_core::error::{Error, Result};
use unionbook_core::monthly;
use unionbook_core::record::Id;

use crate::args::Report;
use crate::session::{Session, unit_of};
use crate::told::Told;

/// Writes the workbook.
pub fn run(session: &Session, args: &Report) -> Result<Told> {
    if args.report != "monthly" {
        return Err(Error::Usage(format!("报表“{}”，可用：monthly", args.report)));
    }
    let period: Period = args.period.parse().map_err(|_| Error::Usage(format!("时期“{}”，应写成 2026-10、2026-Q3 或 2026", args.period)))?;
    let store = session.open(&args.file)?;
    let unit = Id::new(unit_of(&store, &args.unit)?);
    let book = monthly::compute(&store, unit, period, args.depth)?;
    monthly::write(&book, &args.out)?;
    let text = format!("{}报表已写成：{}", period.label(), args.out.display());
    Ok(Told::new(text, json!({ "file": args.out, "unit": args.unit, "period": args.period })))
}
