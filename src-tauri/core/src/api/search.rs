//! Conditions of lists: what the search box holds, and the part of the tree.

use crate::error::{Result, refused};
use crate::record::{Cell, Kind, Table};
use crate::store::{Db, match_of};

/// A condition with its values, in the order of its question marks.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    sql: String,
    /// The values.
    pub values: Vec<Cell>,
}

impl Condition {
    /// A condition of one's own.
    pub fn new(sql: String, values: Vec<Cell>) -> Self {
        Self { sql, values }
    }

    /// Demands another as well.
    pub fn and(&mut self, other: Self) {
        self.sql = if self.sql.is_empty() { format!("({})", other.sql) } else { format!("{} AND ({})", self.sql, other.sql) };
        self.values.extend(other.values);
    }

    /// The WHERE clause, or nothing where nothing is demanded.
    pub fn clause(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!(" WHERE {}", self.sql) }
    }
}

/// Rows that a text in the search box finds: by their searched fields, their computed columns and their key; a role by what it is a
/// role of.
pub fn search(db: &Db<'_>, table: &'static Table, text: &str) -> Result<Condition> {
    let mut ways = own_ways(table, text);
    if table.searched().next().is_none() {
        for field in table.fields {
            let Kind::Ref(parent) = field.kind else { continue };
            let Some(entry) = db.registry().entry(parent).filter(|entry| entry.table.searched().next().is_some()) else { continue };
            let found = either(own_ways(entry.table, text));
            ways.push(Condition::new(format!("{} IN (SELECT id FROM {parent} WHERE {})", field.name, found.sql), found.values));
        }
    }
    if ways.is_empty() {
        return refused(format!("“{}”没有可以搜索的内容。", table.label), "请改用筛选。");
    }
    Ok(either(ways))
}

fn either(ways: Vec<Condition>) -> Condition {
    let sql = ways.iter().map(|way| format!("({})", way.sql)).collect::<Vec<_>>();
    // A text without letters or digits finds nothing.
    let sql = if sql.is_empty() { "0".to_owned() } else { sql.join(" OR ") };
    Condition::new(sql, ways.into_iter().flat_map(|way| way.values).collect())
}

fn own_ways(table: &'static Table, text: &str) -> Vec<Condition> {
    let computed = table.computed.iter().map(|computed| prefix(computed.own, &text.to_lowercase()));
    let keys = table.key.iter().filter_map(|name| table.field(name)).filter(|field| field.kind == Kind::Text);
    by_grams(table, text).into_iter().chain(computed).chain(keys.map(|field| prefix(field.name, text))).collect()
}

/// The index knows pairs of letters alone, so a longer word is looked for in what it finds.
fn by_grams(table: &'static Table, text: &str) -> Option<Condition> {
    let of = table.searched().map(|field| format!("coalesce({}, '')", field.name)).collect::<Vec<_>>();
    let pattern = match_of(text).filter(|_| !of.is_empty())?;
    let mut found = Condition::new(format!("id IN (SELECT rowid FROM {0}_search WHERE {0}_search MATCH ?)", table.name), vec![Cell::Text(pattern)]);
    for word in text.split_whitespace().map(letters).filter(|word| word.chars().count() > 2) {
        let whole = format!("instr(lower(replace({}, '·', '')), ?) > 0", of.join(" || ' ' || "));
        found = Condition::new(format!("{} AND {whole}", found.sql), found.values.into_iter().chain([Cell::Text(word)]).collect());
    }
    Some(found)
}

fn letters(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn prefix(column: &str, text: &str) -> Condition {
    let end = format!("{text}{}", char::MAX);
    Condition::new(format!("{column} >= ? AND {column} < ?"), vec![Cell::Text(text.to_owned()), Cell::Text(end)])
}

/// Rows that belong to a unit or to one below it: the unit's table is the one that the record's `unit` field points at.
pub fn within(db: &Db<'_>, table: &'static Table, unit: i64) -> Result<Condition> {
    let placed = table.field(table.unit).and_then(|field| if let Kind::Ref(tree) = field.kind { Some((field.name, tree)) } else { None });
    let (column, tree) = match placed {
        Some((_, tree)) if tree == table.name => ("id", tree),
        Some(found) => found,
        None if table.name == tree_of(db) => ("id", table.name),
        None => return refused(format!("“{}”不按组织划分。", table.label), "请去掉组织条件。"),
    };
    let up = db.registry().entry(tree).and_then(|entry| entry.table.fields.iter().find(|field| field.kind == Kind::Ref(tree)));
    let below = up.map_or(String::new(), |up| format!(" UNION ALL SELECT t.id FROM below CROSS JOIN {tree} t ON t.{} = below.id", up.name));
    let sql = format!("{column} IN (WITH RECURSIVE below (id) AS (SELECT ?{below}) SELECT id FROM below)");
    Ok(Condition::new(sql, vec![Cell::Int(unit)]))
}

/// The table that the records' `unit` fields point at.
pub fn tree_of(db: &Db<'_>) -> &'static str {
    let placed = db.registry().tables().filter_map(|table| table.field(table.unit));
    placed.filter_map(|field| if let Kind::Ref(tree) = field.kind { Some(tree) } else { None }).next().unwrap_or("")
}
