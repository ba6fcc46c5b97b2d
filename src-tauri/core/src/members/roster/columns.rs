//! The columns of a roster.

use crate::members::{ChangeKind, Member};
use crate::record::{Code, Kind, Row};
use crate::sheet::import::{Column, KEY_HEADING, Parent};
use crate::terms::{ChangeReason, List};

/// The membership's fields that a roster has, after the person's.
pub const OWN: &[&str] = &["kind", "card_number", "joined", "migrant", "new_employment", "source", "work_number", "team"];

/// The hidden key, the person's fields, the membership's, and its last change.
pub fn all(people: &Parent) -> Vec<Column> {
    let hidden = plain("id", KEY_HEADING, Kind::Int, &[]);
    let person = people.columns().map(person_column);
    let table = Member::table();
    let own = OWN.iter().filter_map(|name| table.field(name)).map(|field| Column { required: false, ..Column::of(field) });
    let mut columns: Vec<Column> = std::iter::once(hidden).chain(person).chain(own).collect();
    columns.extend([
        plain("unit", "所在工会", Kind::Text, &["工会名称", "所属工会", "基层工会", "工会"]),
        plain("change_kind", "会籍变化类型", Kind::Code(ChangeKind::LIST), &["变动类型"]),
        plain("change_day", "会籍变化日期", Kind::Day, &["变动日期"]),
        plain("change_reason", "会籍变化原因", Kind::Term(ChangeReason::KEY), &["变动原因"]),
        plain("other", "对方工会", Kind::Text, &["转出工会", "转入工会", "原工会"]),
    ]);
    columns
}

fn plain(name: &'static str, label: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Column {
    Column::named(name, label, kind).called(aliases)
}

/// What offices call a person's fields besides their labels.
fn person_column(column: Column) -> Column {
    match column.name {
        "id_number" => column.called(&["身份证号", "身份证号码", "证件号", "公民身份号码", "身份证"]),
        "phone" => column.called(&["手机", "手机号", "手机号码", "联系电话", "电话", "联系方式"]),
        "id_kind" => column.called(&["有效证件类别", "证件类型"]),
        "name" => column.called(&["会员姓名", "职工姓名"]),
        "birth" => column.called(&["出生年月", "出生年月日", "生日"]),
        "education" => column.called(&["文化程度"]),
        "employer" => column.called(&["所在单位", "单位名称"]),
        "household" => column.called(&["户口类型", "户口性质"]),
        _ => column,
    }
}
