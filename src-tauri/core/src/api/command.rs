//! What a declared command is, and the macro that declares it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::progress::Watch;
use crate::error::{Error, Result};
use crate::record::{Types, Wire};
use crate::store::{Right, Store, Tx};

/// A command of the app.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name on the wire: `noun.verb`.
    pub name: &'static str,
    /// What people call it; the name of its step, where it writes.
    pub label: &'static str,
    /// What it needs of whoever has the file open.
    pub right: Right,
    /// Reads the payload, does the work and writes the answer.
    pub run: fn(&Store, Json, Watch<'_>) -> Result<Json>,
    /// Does the same within a step that does more than this, where the command is a single act that writes.
    pub act: Option<fn(&Tx<'_>, Json) -> Result<Json>>,
    /// Describes payload and answer for the window.
    pub wire: fn(&mut Types) -> Wired,
}

/// The TypeScript types of a command.
#[derive(Debug)]
pub struct Wired {
    /// What it takes.
    pub payload: String,
    /// What it gives.
    pub answer: String,
}

impl Wired {
    /// Describes a payload and an answer.
    pub fn of<P: Wire, A: Wire>(types: &mut Types) -> Self {
        types.payload = true;
        let payload = P::wire(types);
        types.payload = false;
        Self { payload, answer: A::wire(types) }
    }
}

/// Reads a command's payload; none is as good as an empty one.
pub fn payload<P: DeserializeOwned>(command: &str, given: Json) -> Result<P> {
    let given = if given.is_null() { json!({}) } else { given };
    serde_json::from_value(given).map_err(|fault| Error::Usage(format!("“{command}”的参数{}", said(&fault.to_string()))))
}

/// Says in Chinese what serde says of a payload.
fn said(fault: &str) -> String {
    let name = fault.split('`').nth(1).unwrap_or_default();
    if fault.starts_with("missing field") {
        format!("缺少“{name}”")
    } else if fault.starts_with("unknown field") {
        format!("里没有“{name}”这一项")
    } else {
        format!("格式不对（{fault}）")
    }
}

/// Writes a command's answer.
pub fn answered<A: Serialize>(answer: A) -> Result<Json> {
    serde_json::to_value(answer).map_err(|fault| Error::Usage(format!("无法写出结果（{fault}）")))
}

/// Declares commands: `"members.transfer" => "办理转会", write by Enter, members::transfer(members::Transfer) -> Id<Change>;`
///
/// `by` names the [`Right`] that whoever has the file open must have.
/// A `write` is one step by its label, and its function takes `&Tx`; a `read` takes `&Db`; a `file` takes the `&Store` itself; a `long`
/// one takes the `&Store` and whom to tell how far it has come.
#[macro_export]
macro_rules! commands {
    ($($name:literal => $label:literal, $means:ident by $right:ident, $($act:ident)::+ ($payload:ty) -> $answer:ty;)*) => {
        &[$($crate::api::Command {
            name: $name,
            label: $label,
            right: $crate::store::Right::$right,
            run: |store, given, watch| {
                let payload: $payload = $crate::api::payload($name, given)?;
                $crate::api::answered($crate::commands!(@run $means, store, watch, $label, $($act)::+, payload))
            },
            act: $crate::commands!(@act $means, $name, $($act)::+, $payload),
            wire: $crate::commands!(@wire $means, $payload, $answer),
        }),*]
    };
    (@run read, $store:ident, $watch:ident, $label:literal, $act:path, $payload:ident) => {{
        let _ = $watch;
        $store.read(|db| $act(db, &$payload))?
    }};
    (@run file, $store:ident, $watch:ident, $label:literal, $act:path, $payload:ident) => {{
        let _ = $watch;
        $act($store, &$payload)?
    }};
    (@run long, $store:ident, $watch:ident, $label:literal, $act:path, $payload:ident) => { $act($store, &$payload, $watch)? };
    (@run write, $store:ident, $watch:ident, $label:literal, $act:path, $payload:ident) => {{
        let _ = $watch;
        $store.write($crate::store::Step::new($label), |tx| $act(tx, &$payload))?
    }};
    (@act write, $name:literal, $act:path, $payload:ty) => {
        Some(|tx, given| {
            let payload: $payload = $crate::api::payload($name, given)?;
            $crate::api::answered($act(tx, &payload)?)
        })
    };
    (@act $means:ident, $name:literal, $act:path, $payload:ty) => { None };
    (@wire write, $payload:ty, $answer:ty) => { $crate::api::Wired::of::<$payload, $crate::store::Written<$answer>> };
    (@wire $means:ident, $payload:ty, $answer:ty) => { $crate::api::Wired::of::<$payload, $answer> };
}
