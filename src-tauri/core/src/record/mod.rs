//! One declaration of a table, from which everything else follows.
//!
//! A struct with `#[derive(Record)]` gives storage, form and grid description, filters, sheet columns,
//! faults by field, journal and wire types. Here is what the declaration says; nothing here names a noun.

mod describe;
mod id;
mod kind;
mod mask;
mod plain;
mod table;
mod text;
mod value;
mod wire;

pub use describe::{describe, type_name, typescript};
pub use id::{Id, Term, Terms};
pub use kind::Kind;
pub use mask::{ERASED, mask, mask_numbers};
pub use plain::{Degrees, Entered, Minutes, Money};
pub use table::{Carry, Computed, Field, Record, Row, Sql, Table, has_lines, take};
pub(crate) use table::{parent, patch};
pub use text::{parse, show};
pub use unionbook_derive::{Code, Record, Wire};
pub use value::{Cell, Code, CodeEntry, CodeList, Value, read_code};
pub use wire::{Property, Types, Wire, code_type, inline};
