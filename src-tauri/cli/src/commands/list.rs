//! `list`: the rows of a record as a table.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;
use unionbook_core::record::{Field, Kind, Table, show};

use crate::args::List;
use crate::grid::grid;
use crate::session::{Session, call, unit_of};
use crate::told::Told;

/// How many fields are shown of a record that lists none.
const SOME: usize = 6;

/// Lists rows.
pub fn run(session: &Session, args: &List) -> Result<Told> {
    let store = session.open(&args.file)?;
    let unit = args.unit.as_deref().map(|code| unit_of(&store, code)).transpose()?;
    let ask = json!({
        "record": args.record, "search": args.search, "unit": unit, "limit": args.limit, "count": true, "reveal": args.reveal,
    });
    let page = call(&store, "record.list", ask)?;
    let text = store.registry().entry(&args.record).map(|entry| words(entry.table, &page)).unwrap_or_default();
    Ok(Told::new(text, page))
}

fn words(table: &Table, page: &Json) -> String {
    let listed: Vec<&Field> = table.fields.iter().filter(|field| field.listed).collect();
    let fields = if listed.is_empty() { table.fields.iter().take(SOME).collect() } else { listed };
    let rows = page.get("rows").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let number = (!table.link).then(|| "编号".to_owned());
    let heading: Vec<String> = number.into_iter().chain(fields.iter().map(|field| field.label.to_owned())).collect();
    let lines: Vec<Vec<String>> = rows.iter().map(|row| line(table, &fields, row, page)).collect();
    let total = page.get("total").and_then(Json::as_i64).unwrap_or(0);
    let shown = if rows.len() as i64 == total { String::new() } else { format!("，列出前 {} 条（用 --limit 增加）", rows.len()) };
    let count = format!("“{}”共 {total} 条{shown}。", table.label);
    if rows.is_empty() { count } else { format!("{}\n{count}", grid(&heading, &lines)) }
}

fn line(table: &Table, fields: &[&Field], row: &Json, page: &Json) -> Vec<String> {
    let number = row.get("id").filter(|_| !table.link).map(Json::to_string);
    number.into_iter().chain(fields.iter().map(|field| cell(field, row.get(field.name).unwrap_or(&Json::Null), page))).collect()
}

/// A value for people; a reference by the name of what it points at.
fn cell(field: &Field, value: &Json, page: &Json) -> String {
    if let (Kind::Ref(table), Some(id)) = (field.kind, value.as_i64()) {
        let name = page.get("refs").and_then(|refs| refs.get(table)).and_then(|names| names.get(id.to_string())).and_then(Json::as_str);
        return name.map_or_else(|| id.to_string(), str::to_owned);
    }
    let text = field.kind.from_json(value).map(|cell| show(field.kind, &cell)).unwrap_or_else(|_| value.to_string());
    text.replace(['\n', '\r', '\t'], " ")
}
