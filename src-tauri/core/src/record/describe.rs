//! What the outside is told of a table: the description that forms and grids are drawn from, and the wire types.

use serde_json::{Value as Json, json};

use super::{Field, Kind, Table};

/// Describes a table for forms, grids, filters and sheets.
pub fn describe(table: &Table) -> Json {
    json!({
        "name": table.name, "label": table.label, "help": table.help, "order": table.order, "key": table.key,
        "unit": table.unit, "kept": table.kept, "link": table.link, "view": table.view,
        "fields": table.shown().map(describe_field).collect::<Vec<_>>(),
    })
}

fn describe_field(field: &Field) -> Json {
    let of = match field.kind {
        Kind::Term(list) | Kind::Terms(list) | Kind::Ref(list) => json!(list),
        Kind::Code(list) => list.entries.iter().map(|entry| json!({ "word": entry.word, "label": entry.label })).collect(),
        _ => Json::Null,
    };
    json!({
        "name": field.name, "label": field.label, "help": field.help, "kind": field.kind.word(), "of": of, "required": field.required,
        "max": field.max, "section": field.section, "listed": field.listed, "filter": field.filter, "search": field.search,
        "secret": field.secret,
    })
}

/// Writes the TypeScript interface of a table's rows.
pub fn typescript(table: &Table) -> String {
    let id = if table.link { String::new() } else { "  id: number\n".to_owned() };
    let fields: String = table.shown().map(typescript_field).collect();
    let help = if table.help.starts_with(table.label) { table.help.to_owned() } else { format!("{}：{}", table.label, table.help) };
    format!("/** {help} */\nexport interface {} {{\n{id}{fields}}}\n", type_name(table.name))
}

fn typescript_field(field: &Field) -> String {
    let kind = match field.kind {
        Kind::Text | Kind::Day | Kind::Term(_) => "string".to_owned(),
        Kind::Terms(_) => "string[]".to_owned(),
        Kind::Bool => "boolean".to_owned(),
        Kind::Code(list) => super::code_type(list),
        _ => "number".to_owned(),
    };
    let none = if field.required { "" } else { " | null" };
    format!("  /** {} */\n  {}: {kind}{none}\n", field.label, field.name)
}

/// The interface's name of a table: `service_record` → `ServiceRecord`.
pub fn type_name(table: &str) -> String {
    table
        .split('_')
        .map(|word| word.chars().next().map(|first| first.to_ascii_uppercase()).into_iter().chain(word.chars().skip(1)).collect::<String>())
        .collect()
}
