//! How one part of a workbook changes: what moves, and what everything else says about it.

use std::borrow::Cow;

use crate::sheet::place::{Area, CellRef};
use crate::sheet::xml::{Attributes, plain};

use super::cell::escape_plain;
use super::formula;
use super::shift::Shift;

/// The changes a part follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    /// How the rows of the part's own sheet move; [`Shift::NONE`] for parts of other sheets.
    pub(super) own: Shift,
    /// The sheet whose table is filled.
    pub(super) sheet: &'a str,
    /// How its rows move.
    pub(super) moved: Shift,
    /// Whether references without a sheet's name mean that sheet.
    pub(super) here: bool,
    /// What the sheet covers afterwards, for its dimension.
    pub(super) dimension: Option<Area>,
}

impl<'a> Rules<'a> {
    /// The rules for the filled sheet and the parts that belong to it.
    pub(super) fn of(sheet: &'a str, shift: Shift) -> Self {
        Self { own: shift, sheet, moved: shift, here: true, dimension: None }
    }

    /// The rules for what merely refers to the filled sheet.
    pub(super) fn about(sheet: &'a str, shift: Shift) -> Self {
        Self { own: Shift::NONE, here: false, ..Self::of(sheet, shift) }
    }

    pub(super) fn formula<'f>(&self, formula: &'f str) -> Cow<'f, str> {
        formula::shifted(formula, self.sheet, self.here, &self.moved)
    }

    /// Says where an area goes that must not grow: a merge, a link, a remark.
    pub(super) fn still(&self, area: Area) -> Option<Area> {
        if area.first.row != area.last.row {
            return self.own.area(area);
        }
        let row = self.own.row(area.first.row)?;
        Some(Area { first: CellRef::new(area.first.column, row), last: CellRef::new(area.last.column, row) })
    }
}

/// Copies the attributes of a tag but for those named, each after a blank.
pub(super) fn copy_attributes(attributes: &[u8], but: &[&str], into: &mut Vec<u8>) {
    for (name, value) in (Attributes { rest: attributes }) {
        if !but.iter().any(|but| but.as_bytes() == name) {
            put_raw_attribute(name, value, into);
        }
    }
}

/// Copies the attributes of a tag, with new values for those `change` gives one for.
pub(super) fn change_attributes(attributes: &[u8], mut change: impl FnMut(&[u8], &str) -> Option<String>, into: &mut Vec<u8>) {
    for (name, value) in (Attributes { rest: attributes }) {
        match plain(value).and_then(|value| change(name, &value)) {
            Some(changed) => put_attribute(name, &changed, into),
            None => put_raw_attribute(name, value, into),
        }
    }
}

/// Writes one attribute after a blank.
pub(super) fn put_attribute(name: &[u8], value: &str, into: &mut Vec<u8>) {
    into.push(b' ');
    into.extend_from_slice(name);
    into.extend_from_slice(b"=\"");
    escape_plain(value, into);
    into.push(b'"');
}

fn put_raw_attribute(name: &[u8], value: &[u8], into: &mut Vec<u8>) {
    into.push(b' ');
    into.extend_from_slice(name);
    let quote = if value.contains(&b'"') { b'\'' } else { b'"' };
    into.extend_from_slice(&[b'=', quote]);
    into.extend_from_slice(value);
    into.push(quote);
}
