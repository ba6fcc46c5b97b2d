//! What the window is told of payloads and answers: TypeScript types that follow from the Rust ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::{Cell, CodeList, Degrees, Entered, Id, Minutes, Money, Table, Term, type_name};

/// A type that crosses the wire; derived with `#[derive(Wire)]` beside serde's.
pub trait Wire {
    /// Whether a payload may leave it out.
    const OPTIONAL: bool = false;
    /// Gives the TypeScript type, and declares the interfaces that it needs.
    fn wire(types: &mut Types) -> String;
}

/// The interfaces declared so far.
#[derive(Debug, Default)]
pub struct Types {
    declared: BTreeMap<String, String>,
    /// Whether payloads are described: there, what may be empty may be left out.
    pub payload: bool,
    /// Names that two different types claim.
    pub clashes: BTreeSet<String>,
}

/// One property of an interface.
#[derive(Debug)]
pub struct Property {
    name: &'static str,
    help: &'static str,
    ty: String,
    optional: bool,
    flatten: bool,
}

impl Property {
    /// Describes a field of the type `T`.
    pub fn of<T: Wire>(types: &mut Types, name: &'static str, help: &'static str, default: bool, flatten: bool) -> Self {
        Self { name, help, ty: T::wire(types), optional: types.payload && (default || T::OPTIONAL), flatten }
    }

    fn line(&self) -> String {
        let help = if self.help.is_empty() { String::new() } else { format!("  /** {} */\n", self.help) };
        format!("{help}  {}\n", self.bare())
    }

    fn bare(&self) -> String {
        format!("{}{}: {}", self.name, if self.optional { "?" } else { "" }, self.ty)
    }
}

impl Types {
    /// Declares an interface and gives its name.
    pub fn interface(&mut self, name: &str, help: &str, properties: impl FnOnce(&mut Self) -> Vec<Property>) -> String {
        let properties = properties(self);
        let bases: Vec<_> = properties.iter().filter(|property| property.flatten).map(|property| property.ty.as_str()).collect();
        let lines: String = properties.iter().filter(|property| !property.flatten).map(Property::line).collect();
        let text = if bases.is_empty() {
            format!("/** {help} */\nexport interface {name} {{\n{lines}}}\n")
        } else if bases.iter().any(|base| base.contains(' ')) {
            format!("/** {help} */\nexport type {name} = {{\n{lines}}} & ({})\n", bases.join(") & ("))
        } else {
            format!("/** {help} */\nexport interface {name} extends {} {{\n{lines}}}\n", bases.join(", "))
        };
        self.declare(name, text);
        name.to_owned()
    }

    /// Names the interface of a record's row; in a payload it is a draft, whose id and empty fields may be left out.
    pub fn row(&self, table: &Table) -> String {
        if self.payload { format!("Draft<{}>", type_name(table.name)) } else { type_name(table.name) }
    }

    /// Declares a type by its text. One that goes both ways, in payloads and in answers, is said whole, as answers have it.
    pub fn declare(&mut self, name: &str, text: String) {
        let required = |text: &str| text.replace("?: ", ": ");
        match self.declared.get(name) {
            Some(known) if required(known) != required(&text) => {
                self.clashes.insert(name.to_owned());
            }
            Some(known) if known.matches("?: ").count() <= text.matches("?: ").count() => (),
            _ => {
                self.declared.insert(name.to_owned(), text);
            }
        }
    }

    /// Gives all declarations in the order of their names.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.declared.values().map(String::as_str)
    }
}

/// An object type in one line.
pub fn inline(properties: impl Iterator<Item = Property>) -> String {
    format!("{{ {} }}", properties.map(|property| property.bare()).collect::<Vec<_>>().join("; "))
}

/// The words of a closed list as a TypeScript union.
pub fn code_type(list: &CodeList) -> String {
    list.entries.iter().map(|entry| format!("'{}'", entry.word)).collect::<Vec<_>>().join(" | ")
}

macro_rules! plain {
    ($($rust:ty => $typescript:literal),* $(,)?) => {
        $(impl Wire for $rust {
            fn wire(_: &mut Types) -> String {
                $typescript.to_owned()
            }
        })*
    };
}

plain! {
    String => "string", str => "string", bool => "boolean", i64 => "number", u32 => "number", u64 => "number", usize => "number",
    i32 => "number", f64 => "number",
    NaiveDate => "string", std::path::PathBuf => "string", Money => "number", Minutes => "number", Degrees => "number", Entered => "number",
    () => "null", Json => "Json", Cell => "string | number | null",
}

impl<T> Wire for Id<T> {
    fn wire(_: &mut Types) -> String {
        "number".to_owned()
    }
}

impl<L> Wire for Term<L> {
    fn wire(_: &mut Types) -> String {
        "string".to_owned()
    }
}

impl<T: Wire> Wire for Option<T> {
    const OPTIONAL: bool = true;

    fn wire(types: &mut Types) -> String {
        format!("{} | null", T::wire(types))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn wire(types: &mut Types) -> String {
        let of = T::wire(types);
        if of.contains(' ') { format!("({of})[]") } else { format!("{of}[]") }
    }
}

impl<T: Wire + ?Sized> Wire for &T {
    fn wire(types: &mut Types) -> String {
        T::wire(types)
    }
}

impl<T> Wire for BTreeSet<T>
where
    Vec<T>: Wire,
{
    fn wire(types: &mut Types) -> String {
        Vec::<T>::wire(types)
    }
}

impl<K, V: Wire> Wire for BTreeMap<K, V> {
    fn wire(types: &mut Types) -> String {
        format!("Record<string, {}>", V::wire(types))
    }
}

impl Wire for std::borrow::Cow<'static, str> {
    fn wire(_: &mut Types) -> String {
        "string".to_owned()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn wire(types: &mut Types) -> String {
        format!("[{}, {}]", A::wire(types), B::wire(types))
    }
}
