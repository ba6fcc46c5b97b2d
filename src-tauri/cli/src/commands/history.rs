//! `history`: the steps of a file, or what happened to one row.

use serde_json::{Value as Json, json};
use unionbook_core::error::{Error, Result};

use crate::args::History;
use crate::grid::grid;
use crate::session::{Session, call};
use crate::told::Told;

/// Tells what happened.
pub fn run(session: &Session, args: &History) -> Result<Told> {
    let store = session.open(&args.file)?;
    let Some((record, id)) = args.record.as_deref().zip(args.id.as_deref()) else {
        let lines = call(&store, "step.timeline", json!({ "limit": args.limit }))?;
        return Ok(Told::new(timeline(&lines), lines));
    };
    let past = call(&store, "record.history", json!({ "record": record, "id": key(id)?, "reveal": args.reveal }))?;
    Ok(Told::new(story(&past), past))
}

/// Reads an id, or the two of a link.
fn key(text: &str) -> Result<Json> {
    let wrong = |_| Error::Usage(format!("“{text}”不是记录的编号"));
    let ids = text.split([',', '，']).map(|part| part.trim().parse::<i64>().map_err(wrong)).collect::<Result<Vec<_>>>()?;
    Ok(if let [id] = ids.as_slice() { json!(id) } else { json!(ids) })
}

fn timeline(lines: &Json) -> String {
    let rows: Vec<_> = items(lines)
        .map(|line| vec![text(line, "step"), time(line), text(line, "clerk"), text(line, "name"), state(line), text(line, "rows")])
        .collect();
    if rows.is_empty() {
        return "还没有任何操作。".into();
    }
    grid(&["步号", "时间", "经办人", "操作", "状态", "行数"].map(str::to_owned), &rows)
}

fn story(past: &Json) -> String {
    let told: Vec<_> = items(past).map(passage).collect();
    if told.is_empty() { "没有这条记录的操作记录。".into() } else { told.join("\n") }
}

fn passage(past: &Json) -> String {
    let what = match past.get("what").and_then(Json::as_str) {
        Some("came") => "新增",
        Some("went") => "删除",
        _ => "修改",
    };
    let head =
        format!("第 {} 步  {}  {}  {}（{}，{what}）", text(past, "step"), time(past), text(past, "clerk"), text(past, "name"), state(past));
    let changes = items(past.get("changes").unwrap_or(&Json::Null));
    let changes = changes.map(|change| format!("    {}：“{}” → “{}”", text(change, "label"), text(change, "from"), text(change, "to")));
    std::iter::once(head).chain(changes).collect::<Vec<_>>().join("\n")
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn text(of: &Json, name: &str) -> String {
    match of.get(name) {
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn time(line: &Json) -> String {
    let at = line.get("at").and_then(Json::as_i64).and_then(|at| chrono::DateTime::from_timestamp(at, 0));
    at.map(|at| at.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

fn state(line: &Json) -> String {
    let words = match line.get("state").and_then(Json::as_str) {
        Some("undone") => "已撤销",
        Some("undo") => "撤销",
        Some("redo") => "重做",
        _ => "完成",
    };
    words.to_owned()
}
