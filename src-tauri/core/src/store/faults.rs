//! The rules that a field's declaration states by itself.

use super::db::Db;
use crate::error::{Faults, Result};
use crate::record::{Cell, Field, Kind, Table};
use crate::terms;

/// Adds a fault for each field that is empty though required, too long, or names what is not there.
pub fn check_cells(db: &Db<'_>, table: &'static Table, cells: &[Cell], faults: &mut Faults) -> Result<()> {
    for (field, cell) in table.fields.iter().zip(cells) {
        check_cell(db, field, cell, faults)?;
    }
    Ok(())
}

fn check_cell(db: &Db<'_>, field: &'static Field, cell: &Cell, faults: &mut Faults) -> Result<()> {
    match (field.kind, cell) {
        (_, Cell::Null) if field.required => faults.error(field.name, field.label, "没有填写", "请补填"),
        (Kind::Text, Cell::Text(text)) => check_text(field, text, faults),
        (Kind::Term(list), Cell::Text(code)) if terms::list(list).is_none_or(|list| list.find(code).is_none()) => {
            faults.error(field.name, field.label, format!("代码“{code}”不在“{}”代码表里", field.label), "请从下拉列表里选择");
        }
        (Kind::Terms(list), Cell::Text(codes)) => {
            for code in codes.split('|').filter(|code| !code.is_empty() && terms::list(list).is_none_or(|list| list.find(code).is_none())) {
                faults.error(field.name, field.label, format!("代码“{code}”不在“{}”代码表里", field.label), "请从下拉列表里选择");
            }
        }
        (Kind::Ref(parent), Cell::Int(id)) if *id > 0 => {
            let found: Option<i64> = db.one(&format!("SELECT 1 FROM {parent} WHERE id = ?1"), [id])?;
            if found.is_none() {
                faults.error(field.name, field.label, "所选的记录已不存在", "请重新选择");
            }
        }
        _ => {}
    }
    Ok(())
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
