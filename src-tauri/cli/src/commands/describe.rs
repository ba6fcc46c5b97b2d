//! `describe`: which records there are, and which fields one has.

use serde_json::{Value as Json, json};
use unionbook_core::api::RecordName;
use unionbook_core::error::Result;
use unionbook_core::modules::Registry;
use unionbook_core::record::{Field, Kind, Table, describe};

use crate::args::Describe;
use crate::grid::grid;
use crate::told::Told;

/// Describes records; needs no file.
pub fn run(args: &Describe) -> Result<Told> {
    let registry = Registry::shipped();
    let Some(name) = &args.record else {
        let all: Vec<Json> = registry.tables().map(describe).collect();
        return Ok(Told::new(records(&registry), json!(all)));
    };
    let table = RecordName(name.clone()).table(&registry)?;
    Ok(Told::new(fields(table), describe(table)))
}

fn records(registry: &Registry) -> String {
    let rows: Vec<_> = registry.tables().map(|table| [table.name, table.label, table.help].map(str::to_owned).to_vec()).collect();
    grid(&["记录", "名称", "说明"].map(str::to_owned), &rows)
}

fn fields(table: &Table) -> String {
    let rows: Vec<_> = table.fields.iter().map(|field| row(table, field)).collect();
    format!(
        "{}（{}）：{}\n\n{}",
        table.label,
        table.name,
        table.help,
        grid(&["栏目", "名称", "类型", "要求", "说明"].map(str::to_owned), &rows)
    )
}

fn row(table: &Table, field: &Field) -> Vec<String> {
    let rules = [(field.required, "必填"), (field.secret, "保密"), (table.is_kept(field.name), "由业务办理填写")];
    let rules = rules.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect::<Vec<_>>().join("、");
    vec![field.name.into(), field.label.into(), kind(field.kind), rules, field.help.into()]
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "文字".into(),
        Kind::Int => "整数".into(),
        Kind::Bool => "是/否".into(),
        Kind::Day => "日期".into(),
        Kind::Money => "金额（元）".into(),
        Kind::Minutes => "时长".into(),
        Kind::Degrees => "经纬度".into(),
        Kind::Entered => "录入时间".into(),
        Kind::Code(list) => list.entries.iter().map(|entry| entry.label).collect::<Vec<_>>().join("/"),
        Kind::Term(list) => format!("代码表 {list}"),
        Kind::Terms(list) => format!("代码表 {list}（多选）"),
        Kind::Ref(table) => format!("指向 {table}"),
    }
}
