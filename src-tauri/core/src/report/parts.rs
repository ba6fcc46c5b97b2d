//! The parts of a split: an open or closed list's entries, and one more for what has none.

use std::collections::HashMap;

use rusqlite::types::ValueRef;

use super::indicator::{By, Split};
use crate::terms::{self, TermList};

/// One part of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The entry's code; empty for the last part, which holds what is not filled in or not in the list.
    pub code: String,
    /// The entry's name.
    pub label: String,
}

/// The parts of a split in the list's order.
#[derive(Debug)]
pub struct Parts {
    /// The split's key.
    pub key: &'static str,
    parts: Vec<Part>,
    places: HashMap<String, usize>,
}

impl Parts {
    /// Reads the parts of a split.
    pub fn of(split: &Split) -> Self {
        let mut made = Self { key: split.key, parts: Vec::new(), places: HashMap::new() };
        match split.by {
            By::Code(list) => list.entries.iter().for_each(|entry| made.push(&entry.code.to_string(), entry.label)),
            By::Term(key) => {
                terms::list(key).into_iter().flat_map(|list| &list.entries).for_each(|entry| made.push(entry.code, entry.name))
            }
            By::Broad(key) => terms::list(key).into_iter().for_each(|list| made.broad(list)),
        }
        made.parts.push(Part { code: String::new(), label: "未分类".into() });
        made
    }

    fn push(&mut self, code: &str, label: &str) {
        self.places.insert(code.to_owned(), self.parts.len());
        self.parts.push(Part { code: code.to_owned(), label: label.to_owned() });
    }

    fn broad(&mut self, list: &TermList) {
        list.entries.iter().filter(|entry| entry.parent.is_none()).for_each(|entry| self.push(entry.code, entry.name));
        for entry in list.entries.iter().filter(|entry| entry.parent.is_some()) {
            let root = self.parts.iter().position(|part| list.within(entry.code, &part.code));
            root.into_iter().for_each(|root| {
                self.places.insert(entry.code.to_owned(), root);
            });
        }
    }

    /// The parts, the one for what has none as the last.
    pub fn all(&self) -> &[Part] {
        &self.parts
    }

    /// The place of the part that a stored value belongs to; nothing and an unknown code belong to the last.
    pub fn place(&self, value: ValueRef<'_>) -> usize {
        let known = match value {
            ValueRef::Text(code) => std::str::from_utf8(code).ok().and_then(|code| self.places.get(code)),
            ValueRef::Integer(code) => self.places.get(itoa::Buffer::new().format(code)),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        };
        known.copied().unwrap_or(self.parts.len() - 1)
    }

    /// The place of the part with this code.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.parts.iter().position(|part| part.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_entry_counts_in_its_broadest_and_an_unknown_one_in_the_last() {
        let parts = Parts::of(&Split { key: "kind", label: "类型", by: By::Broad("station_kind") });
        let of = |code: &str| parts.all()[parts.place(ValueRef::Text(code.as_bytes()))].code.clone();
        assert_eq!(of("station_care"), "station", "爱心驿站 is a 驿站");
        assert_eq!(of("bookcase"), "library", "a bookcase is a library");
        assert_eq!(of("library"), "library", "a broad entry is itself");
        assert_eq!((of("gone"), of("")), (String::new(), String::new()), "what the list does not know comes last");
        assert!(parts.find("station_care").is_none(), "a narrower entry is no part of its own");
    }

    #[test]
    fn every_entry_is_a_part_where_the_split_is_not_broad() {
        let parts = Parts::of(&Split { key: "visitor", label: "群体", by: By::Term("visitor_group") });
        assert_eq!(parts.all()[parts.place(ValueRef::Text(b"courier"))].label, "快递员", "a courier is a courier");
        assert_eq!(parts.place(ValueRef::Null), parts.all().len() - 1, "nothing filled in comes last");
        assert_eq!(parts.all().len(), terms::list("visitor_group").map_or(0, |list| list.entries.len()) + 1, "and one part for the rest");
    }
}
