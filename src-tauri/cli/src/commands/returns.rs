//! `return`: computing, checking, freezing and sealing returns.

use serde_json::{Value as Json, json};
use unionbook_core::error::{Error, Result};
use unionbook_core::store::Store;

use crate::args::{OneReturn, Return};
use crate::session::{Session, call, unit_of};
use crate::told::Told;

/// Carries an act on a return out.
pub fn run(session: &Session, args: &Return) -> Result<Told> {
    match args {
        Return::Compute(of) => compute(session, of),
        Return::Check(of) => check(session, of),
        Return::Freeze(of) => send(session, of, None),
        Return::Seal(out) => send(session, &out.of, Some(&out.out)),
        Return::Write(out) => {
            let store = session.open(&out.of.file)?;
            let answer = call(&store, "return.write", json!({ "id": find(&store, &out.of)?, "path": out.out }))?;
            Ok(Told::new(format!("已写出：{}", out.out.display()), answer))
        }
        Return::Status(of) => status(session, of),
    }
}

/// What a return is asked for by.
pub fn ask(store: &Store, of: &OneReturn) -> Result<Json> {
    Ok(json!({ "task": of.task, "unit": unit_of(store, &of.unit)?, "period": of.period }))
}

fn find(store: &Store, of: &OneReturn) -> Result<Json> {
    let found = call(store, "return.find", ask(store, of)?)?;
    if found.is_null() { Err(Error::Gone(format!("{} {} 的报表（请先运算）", of.task, of.period))) } else { Ok(found) }
}

fn compute(session: &Session, of: &OneReturn) -> Result<Told> {
    let store = session.open(&of.file)?;
    let id = call(&store, "return.compute", ask(&store, of)?)?.get("value").cloned().unwrap_or_default();
    let (audit, text) = audited(&store, &id)?;
    Ok(Told::new(format!("已运算。{text}"), json!({ "id": id, "audit": audit })))
}

fn check(session: &Session, of: &OneReturn) -> Result<Told> {
    let store = session.open(&of.file)?;
    let id = find(&store, of)?;
    let (audit, text) = audited(&store, &id)?;
    Ok(Told::new(text, audit))
}

/// Checks a return, and says what does not hold.
fn audited(store: &Store, id: &Json) -> Result<(Json, String)> {
    let audit = call(store, "return.audit", json!({ "id": id }))?.get("value").cloned().unwrap_or_default();
    let word = |broken: &Json, name: &str| broken.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let weight = |broken: &Json| match broken.get("weight").and_then(Json::as_str) {
        Some("must") => "强制",
        Some("explain") => "核实",
        _ => "提示",
    };
    let line = |broken: &Json| {
        format!(
            "[{}] {} 左边 {}，右边 {}。{}",
            weight(broken),
            word(broken, "message"),
            word(broken, "left"),
            word(broken, "right"),
            word(broken, "hint")
        )
    };
    let broken: Vec<String> = audit.get("broken").and_then(Json::as_array).into_iter().flatten().map(line).collect();
    let passed = audit.get("passed").and_then(Json::as_bool).unwrap_or_default();
    let head = if passed { "审核通过。" } else { "审核没有通过。" };
    Ok((audit, [vec![head.to_owned()], broken].concat().join("\n")))
}

fn send(session: &Session, of: &OneReturn, out: Option<&std::path::PathBuf>) -> Result<Told> {
    let store = session.open(&of.file)?;
    let answer = call(&store, "return.send", json!({ "id": find(&store, of)?, "path": out }))?;
    let sent = answer.get("value").cloned().unwrap_or_default();
    let fingerprint = sent.get("fingerprint").and_then(Json::as_str).unwrap_or_default();
    let text = match out {
        Some(out) => format!("已封存并写出上报文件：{}\n通讯卡指纹 {fingerprint}。", out.display()),
        None => "已封存。".to_owned(),
    };
    Ok(Told::new(text, sent))
}

fn status(session: &Session, of: &OneReturn) -> Result<Told> {
    let store = session.open(&of.file)?;
    let board = call(&store, "return.board", ask(&store, of)?)?;
    let word = |of: &Json, name: &str| of.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let count = |name: &str| board.get(name).and_then(Json::as_u64).unwrap_or_default();
    let line = |line: &Json| {
        let late = if line.get("late").and_then(Json::as_bool).unwrap_or_default() { "（逾期）" } else { "" };
        format!("{}\t{}\t{}{late}\t{}", word(line, "code"), word(line, "name"), word(line, "state_label"), word(line, "sent"))
    };
    let head = format!(
        "{}（{}），期限 {}：应报 {}，已报 {}，逾期 {}，退回 {}。",
        word(&board, "title"),
        word(&board, "period"),
        word(&board, "due"),
        count("expected"),
        count("sent"),
        count("late"),
        count("returned")
    );
    let lines = board.get("lines").and_then(Json::as_array).into_iter().flatten().map(line);
    let text = std::iter::once(head).chain(lines).chain([word(&board, "reminder")]).collect::<Vec<_>>().join("\n");
    Ok(Told::new(text, board))
}
