//! `check`: whether a file is sound, each thing counted in plain words.

use serde_json::{Value as Json, json};
use unionbook_core::error::{Report, Result};

use crate::args::OneFile;
use crate::session::{Session, call};
use crate::told::Told;

/// Checks a file; what does not hold makes the command end as faulty.
pub fn run(session: &Session, args: &OneFile) -> Result<Told> {
    let findings = call(&session.open(&args.file)?, "store.check", json!({}))?;
    let all: Vec<&Json> = findings.as_array().into_iter().flatten().collect();
    let wrong = all.iter().filter(|finding| number(finding, "wrong") > 0).count();
    let mut lines: Vec<String> = all.iter().map(|finding| line(finding)).collect();
    if wrong == 0 {
        lines.push(format!("检查了 {} 项，全部正常。", all.len()));
    }
    let report = (wrong > 0).then(|| report(wrong));
    Ok(Told { text: lines.join("\n"), wrong: report, answer: findings })
}

fn line(finding: &Json) -> String {
    let (what, hint) = (word(finding, "what"), word(finding, "hint"));
    match (number(finding, "seen"), number(finding, "wrong")) {
        (seen, 0) => format!("正常  {what}（{seen}）"),
        (seen, wrong) => format!("有误  {what}：{seen} 个里有 {wrong} 个不对。{hint}"),
    }
}

fn report(wrong: usize) -> Report {
    let message = format!("检查发现 {wrong} 项有误，没有改动任何内容。");
    Report { code: "faulty", message, hint: "请按每一项后面的提示处理。".into(), faults: Vec::new(), detail: String::new() }
}

fn number(of: &Json, name: &str) -> i64 {
    of.get(name).and_then(Json::as_i64).unwrap_or(0)
}

fn word<'j>(of: &'j Json, name: &str) -> &'j str {
    of.get(name).and_then(Json::as_str).unwrap_or_default()
}
