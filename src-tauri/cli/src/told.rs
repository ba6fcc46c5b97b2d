//! What a command tells: sentences for people, one JSON object for machines.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use unionbook_core::Result;
use unionbook_core::error::{Report, Weight};

/// What a command that was carried out tells.
pub struct Told {
    /// For people: Chinese sentences or a table.
    pub text: String,
    /// For machines.
    pub answer: Json,
    /// What was found to be wrong, where the command itself was carried out.
    pub wrong: Option<Report>,
}

impl Told {
    /// Tells a text and an answer.
    pub fn new(text: impl Into<String>, answer: Json) -> Self {
        Self { text: text.into(), answer, wrong: None }
    }

    /// Tells a text alone.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { answer: json!(text), text, wrong: None }
    }
}

/// Tells how a command ended, and gives the program's end.
pub fn tell(done: Result<Told>, json: bool) -> ExitCode {
    match done {
        Ok(Told { text, answer, wrong }) => {
            match (&wrong, json) {
                (_, false) => out(text.trim_end()),
                (None, true) => out(&json!({ "ok": true, "answer": answer }).to_string()),
                (Some(report), true) => out(&json!({ "ok": false, "answer": answer, "error": report }).to_string()),
            }
            if let (Some(report), false) = (&wrong, json) {
                complain(report);
            }
            wrong.map_or(ExitCode::SUCCESS, |report| code(report.code))
        }
        Err(error) => tell_report(&error.report(), json),
    }
}

/// Tells what went wrong, and gives the program's end.
pub fn tell_report(report: &Report, json: bool) -> ExitCode {
    if json {
        out(&json!({ "ok": false, "error": report }).to_string());
    } else {
        complain(report);
    }
    code(report.code)
}

/// 1 refused or faulty, 2 wrong usage, 3 the file is damaged, locked or newer.
fn code(word: &str) -> ExitCode {
    ExitCode::from(match word {
        "usage" => 2,
        "damaged" | "locked" | "busy" | "newer" => 3,
        _ => 1,
    })
}

fn complain(report: &Report) {
    let mut lines = vec![report.message.clone()];
    for fault in &report.faults {
        let weight = if fault.weight == Weight::Warning { "提示" } else { "错误" };
        let hint = if fault.hint.is_empty() { String::new() } else { format!("（{}）", fault.hint) };
        lines.push(format!("  {weight}：{}：{}{hint}", fault.label, fault.message));
    }
    lines.push(report.hint.clone());
    if !report.detail.is_empty() {
        lines.push(format!("详情：{}", report.detail));
    }
    lines.retain(|line| !line.is_empty());
    let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
}

/// A reader that has seen enough may close the pipe.
fn out(text: &str) {
    if !text.is_empty() {
        let _ = writeln!(std::io::stdout(), "{text}");
    }
}
