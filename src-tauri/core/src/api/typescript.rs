//! The window's types: every record, every command, what each takes and gives.

use super::Wired;
use crate::commands::{COMMANDS, DESK};
use crate::error::Report;
use crate::modules::Registry;
use crate::record::{Types, Wire, type_name, typescript};

const HEAD: &str = "\
// Written by `cargo xtask gen` from the core's records and commands; a test fails where it is stale.

/** Anything that JSON holds. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The names of a record's fields that may be left out of a draft. */
type Spare<T> = { [K in keyof T]-?: null extends T[K] ? K : K extends 'id' ? K : never }[keyof T]

/** A record that is not stored yet: what may be empty may be left out. */
export type Draft<T> = Omit<T, Spare<T>> & Partial<Pick<T, Spare<T>>>
";

/// Writes the TypeScript types of a registry's records and of all commands.
pub fn generate(registry: &Registry) -> String {
    let mut types = Types::default();
    let mut commands = String::new();
    for (name, label, wire) in declared() {
        let wired = wire(&mut types);
        commands += &format!("  /** {label} */\n  '{name}': {{ payload: {}; answer: {} }}\n", wired.payload, wired.answer);
    }
    Report::wire(&mut types);
    let records: String = registry.tables().map(|table| format!("  {}: {}\n", table.name, type_name(table.name))).collect();
    let parts = [HEAD.to_owned()].into_iter().chain(registry.tables().map(typescript)).chain(types.texts().map(str::to_owned)).chain([
        format!("/** Every record by its name. */\nexport interface Records {{\n{records}}}\n"),
        "/** The name of a record. */\nexport type RecordName = keyof Records\n".to_owned(),
        format!("/** Every command: what it takes and what it gives. */\nexport interface Commands {{\n{commands}}}\n"),
    ]);
    parts.collect::<Vec<_>>().join("\n")
}

/// Describes a command's payload and answer.
type Describe = fn(&mut Types) -> Wired;

/// Every command by name, with what people call it: those of the desk first.
fn declared() -> impl Iterator<Item = (&'static str, &'static str, Describe)> {
    let desk = DESK.iter().map(|command| (command.name, command.label, command.wire));
    desk.chain(COMMANDS.iter().map(|command| (command.name, command.label, command.wire)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_types_claim_one_name() {
        let mut types = Types::default();
        for (_, _, wire) in declared() {
            let _ = wire(&mut types);
        }
        assert!(types.clashes.is_empty(), "rename one of each: {:?}", types.clashes);
        let registry = Registry::shipped();
        let text = generate(&registry);
        for table in registry.tables() {
            let name = type_name(table.name);
            assert_eq!(text.matches(&format!("export interface {name} ")).count(), 1, "the record {name} and a payload share a name");
        }
    }
}
