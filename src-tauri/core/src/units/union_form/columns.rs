//! The columns of a sheet of unions.

use crate::record::{Cell, Kind, Row};
use crate::sheet::import::{Column, KEY_HEADING};
use crate::units::Unit;

/// The column of those who work where the union is.
pub const STAFF: &str = "staff";
/// The column of the union's members.
pub const MEMBERS: &str = "members";

/// The hidden key, the union's fields, and the two counts.
pub fn all() -> Vec<Column> {
    let mut columns = vec![plain("id", KEY_HEADING, &[])];
    columns.extend(Unit::table().fields.iter().map(|field| called(Column { required: field.name == "name", ..Column::of(field) })));
    columns.push(plain(STAFF, "职工人数", &["职工数", "职工总数", "现有职工人数"]));
    columns.push(plain(MEMBERS, "会员人数", &["会员数", "会员总数", "现有会员人数"]));
    columns
}

/// Where a union's field stands among the columns.
pub fn place(field: &str) -> usize {
    1 + Unit::table().position(field).unwrap_or(0)
}

/// Where a count stands among the columns.
pub fn count_place(name: &str) -> usize {
    Unit::table().fields.len() + if name == STAFF { 1 } else { 2 }
}

/// The cells of the union's fields among those of a row.
pub fn own(cells: &[Cell]) -> &[Cell] {
    cells.get(1..=Unit::table().fields.len()).unwrap_or_default()
}

fn plain(name: &'static str, label: &'static str, aliases: &'static [&'static str]) -> Column {
    Column::named(name, label, Kind::Int).called(aliases)
}

/// What offices call a union's fields besides their labels.
fn called(column: Column) -> Column {
    match column.name {
        "code" => column.called(&["工会编号", "编号"]),
        "name" => column.called(&["工会全称", "组织名称", "基层工会名称"]),
        "level" => column.called(&["层级"]),
        "kind" => column.called(&["工会类型"]),
        "parent" => column.called(&["上级工会名称", "上级工会全称"]),
        "union_code" => column.called(&["工会法人和其他组织统一社会信用代码", "工会信用代码"]),
        "employer" => column.called(&["单位全称", "所在单位"]),
        "employer_code" => column.called(&["单位法人和其他组织统一社会信用代码", "统一社会信用代码"]),
        "nature" => column.called(&["单位性质"]),
        "industry" => column.called(&["单位所属行业", "行业"]),
        "division" => column.called(&["单位所在政区", "政区"]),
        "address" => column.called(&["地址"]),
        "head" => column.called(&["工会主席", "负责人"]),
        "opened" => column.called(&["成立日期"]),
        _ => column,
    }
}
