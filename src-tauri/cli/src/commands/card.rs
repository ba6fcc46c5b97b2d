//! `card`: the cards by which offices know each other's sealed files.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;

use crate::args::Card;
use crate::session::{Session, call};
use crate::told::Told;

/// Writes this installation's card, or takes another office's in.
pub fn run(session: &Session, args: &Card) -> Result<Told> {
    let (command, of, done) = match args {
        Card::Write(of) => ("card.own", of, "已写出通讯卡"),
        Card::Add(of) => ("card.add", of, "已装入通讯卡"),
    };
    let store = session.open(&of.file)?;
    let answer = call(&store, command, json!({ "path": of.card }))?;
    let card = answer.get("value").unwrap_or(&answer);
    let word = |name: &str| card.get(name).and_then(Json::as_str).unwrap_or_default();
    let text = format!("{done}：{}（{}）\n指纹 {}，请当面或打电话核对。", word("name"), word("code"), word("fingerprint"));
    Ok(Told::new(text, card.clone()))
}
