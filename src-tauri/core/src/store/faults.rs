//! The rules that a field's declaration states by itself.

use super::db::Db;
use crate::error::{Faults, Result};
use crate::record::{Cell, Field, Kind, Table};
use crate::terms;

/// Adds a fault for each field that is empty though required, too long, or names what is not there.
pub fn check_cells(db: &Db<'_>, table: &'static Table, cells: &[Cell], faults: &mut Faults) -> Result<()> {
    check_shapes(table, cells, faults);
    check_references(db, table, cells, faults)
}

/// Adds a fault for each field that is empty though required, too long, or holds a code that its list lacks; asks no store.
pub fn check_shapes(table: &'static Table, cells: &[Cell], faults: &mut Faults) {
    table.fields.iter().zip(cells).for_each(|(field, cell)| check_shape(field, cell, faults));
}

/// Adds a fault for each field that refers to a row that is not there.
pub fn check_references(db: &Db<'_>, table: &'static Table, cells: &[Cell], faults: &mut Faults) -> Result<()> {
    for (field, cell) in table.fields.iter().zip(cells) {
        if let (Kind::Ref(parent), Cell::Int(id @ 1..)) = (field.kind, cell) {
            let found: Option<i64> = db.one(&format!("SELECT 1 FROM {parent} WHERE id = ?1"), [id])?;
            if found.is_none() {
                faults.error(field.name, field.label, "所选的记录已不存在", "请重新选择");
            }
        }
    }
    Ok(())
}

fn check_shape(field: &'static Field, cell: &Cell, faults: &mut Faults) {
    let listed = |list: &str, code: &str| terms::list(list).is_some_and(|list| list.find(code).is_some());
    let mut unlisted = |code: &str| {
        faults.error(field.name, field.label, format!("代码“{code}”不在“{}”代码表里", field.label), "请从下拉列表里选择");
    };
    match (field.kind, cell) {
        (_, Cell::Null) if field.required => faults.error(field.name, field.label, "没有填写", "请补填"),
        (Kind::Text, Cell::Text(text)) => check_text(field, text, faults),
        (Kind::Term(list), Cell::Text(code)) if !listed(list, code) => unlisted(code),
        (Kind::Terms(list), Cell::Text(codes)) => {
            codes.split('|').filter(|code| !code.is_empty() && !listed(list, code)).for_each(unlisted);
        }
        _ => {}
    }
}

fn check_text(field: &'static Field, text: &str, faults: &mut Faults) {
    if field.required && text.trim().is_empty() {
        faults.error(field.name, field.label, "没有填写", "请补填");
    }
    let length = text.chars().count();
    if let Some(max) = field.max.filter(|max| length > *max as usize) {
        faults.error(field.name, field.label, format!("有 {length} 个字，最多 {max} 个字"), "请缩短");
    }
}
