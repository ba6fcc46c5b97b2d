//! `call`: any command, JSON in and out.

use std::io::Read;

use serde_json::Value as Json;
use unionbook_core::error::{Error, Result};

use crate::args::Call;
use crate::session::{Session, call};
use crate::told::Told;

/// Calls a command.
pub fn run(session: &Session, args: &Call) -> Result<Told> {
    let payload = payload(&args.payload)?;
    let answer = call(&session.open(&args.file)?, &args.command, payload)?;
    Ok(Told::new(serde_json::to_string_pretty(&answer).unwrap_or_default(), answer))
}

fn payload(text: &str) -> Result<Json> {
    let mut read = String::new();
    if text == "-" {
        std::io::stdin().read_to_string(&mut read).map_err(|source| Error::Usage(format!("没有读到参数（{source}）")))?;
    }
    let text = if text == "-" { &read } else { text };
    serde_json::from_str(text).map_err(|fault| Error::Usage(format!("参数不是合格的 JSON（{fault}）")))
}
