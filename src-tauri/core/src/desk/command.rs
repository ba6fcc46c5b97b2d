//! What a command of the desk is, and the macro that declares it.

use serde_json::Value as Json;

use super::Desk;
use crate::api::{Watch, Wired};
use crate::error::Result;
use crate::record::Types;
use crate::store::Right;

/// A command that the desk runs itself, whether a file is open or not.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name on the wire: `desk.verb`.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What it needs of whoever has a file open, where one is.
    pub right: Right,
    /// Reads the payload, does the work and writes the answer.
    pub run: fn(&Desk, Json, Watch<'_>) -> Result<Json>,
    /// Describes payload and answer for the window.
    pub wire: fn(&mut Types) -> Wired,
}

/// Declares commands of the desk: `"desk.open" => "打开台账", now by Anyone, desk::open(desk::Opening) -> desk::DeskState;`
///
/// A `long` one takes whom to tell how far it has come after the `&Desk` and its payload; `now` ones do not.
#[macro_export]
macro_rules! desk_commands {
    ($($name:literal => $label:literal, $means:ident by $right:ident, $($act:ident)::+ ($payload:ty) -> $answer:ty;)*) => {
        &[$($crate::desk::Command {
            name: $name,
            label: $label,
            right: $crate::store::Right::$right,
            run: |desk, given, watch| {
                let payload: $payload = $crate::api::payload($name, given)?;
                $crate::api::answered($crate::desk_commands!(@run $means, desk, watch, $($act)::+, payload))
            },
            wire: $crate::api::Wired::of::<$payload, $answer>,
        }),*]
    };
    (@run now, $desk:ident, $watch:ident, $act:path, $payload:ident) => {{
        let _ = $watch;
        $act($desk, &$payload)?
    }};
    (@run long, $desk:ident, $watch:ident, $act:path, $payload:ident) => { $act($desk, &$payload, $watch)? };
}
