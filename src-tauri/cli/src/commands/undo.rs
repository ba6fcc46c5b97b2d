//! `undo` and `redo`.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;

use crate::args::{OneFile, Undo};
use crate::session::{Session, call};
use crate::told::Told;

/// Takes a step back.
pub fn undo(session: &Session, args: &Undo) -> Result<Told> {
    let done = call(&session.open(&args.file)?, "step.undo", json!({ "step": args.step }))?;
    Ok(Told::new(format!("已撤销“{}”；可以用 redo 重做。", name(&done)), done))
}

/// Does the last undone step again.
pub fn redo(session: &Session, args: &OneFile) -> Result<Told> {
    let done = call(&session.open(&args.file)?, "step.redo", json!({}))?;
    Ok(Told::new(format!("已重做“{}”。", name(&done)), done))
}

fn name(done: &Json) -> &str {
    done.get("value").and_then(Json::as_str).unwrap_or_default()
}
