//! `receive` and `consolidate`: what the unions below have sent.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;

use super::returns::ask;
use crate::args::{Consolidate, Receive};
use crate::session::{Session, call, call_long};
use crate::told::Told;

/// Receives files and folders.
pub fn receive(session: &Session, args: &Receive) -> Result<Told> {
    let store = session.open(&args.file)?;
    let answer = call_long(&store, "return.receive", json!({ "paths": args.paths, "take": !args.look }), session.common.json)?;
    let told = answer.get("value").cloned().unwrap_or_default();
    let word = |of: &Json, name: &str| of.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let line = |file: &Json| {
        let notes: Vec<_> = file.get("notes").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
        format!(
            "{}\t{}\t{} {}\t{}",
            word(file, "state_label"),
            word(file, "file"),
            word(file, "sender"),
            word(file, "period"),
            notes.join(" ")
        )
    };
    let lines: Vec<String> = told.as_array().into_iter().flatten().map(line).collect();
    Ok(Told::new(lines.join("\n"), told))
}

/// Adds up what was received, and writes the workbook.
pub fn consolidate(session: &Session, args: &Consolidate) -> Result<Told> {
    let store = session.open(&args.of.file)?;
    let mut payload = ask(&store, &args.of)?;
    if let Some(payload) = payload.as_object_mut() {
        payload.insert("among".into(), json!(if args.direct { "direct" } else { "tree" }));
        payload.insert("own".into(), json!(!args.without_own));
    }
    let done = call(&store, "return.consolidate", payload)?.get("value").cloned().unwrap_or_default();
    let id = done.get("id").cloned().unwrap_or_default();
    call(&store, "return.write", json!({ "id": id, "path": args.out }))?;
    let parts = done.get("parts").and_then(Json::as_u64).unwrap_or_default();
    let missing = done.get("missing").and_then(Json::as_array).map_or(0, Vec::len);
    let missing = if missing == 0 { String::new() } else { format!("还有 {missing} 个下级没有报。") };
    Ok(Told::new(format!("已汇总 {parts} 份报表：{}。{missing}", args.out.display()), done))
}
