//! `#[derive(Record)]`, `#[derive(Code)]`, `#[derive(Wire)]`: one declaration of a table, a closed code list, a payload.

mod code;
mod record;
mod wire;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Declares a table once: storage, form, grid, filters, sheet columns, faults, journal and wire types follow from it.
///
/// `#[record(table = "team", label = "志愿服务队", order = "name", key = "code", unit = "host", carries = "person.sex", tidy = normalise, check = rules, kept = "state", link)]`
/// on the struct; `#[field(label = "…", max = 60, section = "…", listed, filter, search, secret)]` on each field but `id`.
#[proc_macro_derive(Record, attributes(record, field))]
pub fn record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    record::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Declares a closed code list: `#[code(1, "入会")]` on each variant gives the stored number and the label;
/// a third text holds other words for it, between bars.
#[proc_macro_derive(Code, attributes(code))]
pub fn code(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    code::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Describes a command's payload or answer for the window: the TypeScript type follows from the struct and its serde
/// attributes; `#[serde(rename = "…")]` on the struct gives the type another name there.
#[proc_macro_derive(Wire)]
pub fn wire(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    wire::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
