//! Two rows that turn out to be one: a person entered twice, a register's double.
//!
//! Nothing here knows which tables there are: who refers to a row is told by the records' own links, and what a row of two becomes
//! by the noun that has it ([`crate::modules::Module::blend`]), or by filling what is empty.

use std::collections::BTreeMap;

use serde::Serialize;

use super::remove::children;
use super::titles::title;
use crate::error::{Error, Faults, Result, refused};
use crate::record::{Cell, Field, Kind, Table, Wire};
use crate::store::{Key, Tx, is_unique};

/// What uniting two rows did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct United {
    /// How many rows refer to the kept one now, by table.
    pub moved: BTreeMap<&'static str, usize>,
    /// How many rows were doubles of one another and became one, by table.
    pub united: BTreeMap<&'static str, usize>,
    /// The labels of what the row that went said otherwise, and which was not taken over.
    pub left_out: Vec<String>,
}

/// The cells of two rows, the kept one's first.
pub struct Pair<'p> {
    /// The ids: of the row that is kept, of the row that goes.
    pub ids: [i64; 2],
    /// The cells of the row that is kept.
    pub keep: &'p [Cell],
    /// The cells of the row that goes.
    pub gone: &'p [Cell],
}

/// Makes one row's cells of two, or refuses.
pub type Blend = fn(&Tx<'_>, &Pair<'_>) -> Result<Vec<Cell>>;

/// Puts right what depends on a row that two others became.
pub type Settle = fn(&Tx<'_>, i64) -> Result<()>;

/// Makes two rows of a table one: what refers to `gone` refers to `keep`, doubles that this makes become one in the same way, what is
/// empty in `keep` is filled from `gone`, and `gone` is removed. Refused where two doubles contradict each other, by the nouns' own
/// rules, and where the row of both breaks a rule of its record.
pub fn unite(tx: &Tx<'_>, table: &'static Table, keep: i64, gone: i64) -> Result<United> {
    let mut told = United::default();
    into_one(tx, table, [keep, gone], &mut told)?;
    for module in &tx.registry().0 {
        for (_, settle) in module.settles.iter().filter(|(name, _)| *name == table.name) {
            settle(tx, keep)?;
        }
    }
    Ok(told)
}

/// The cells of `keep`, its empty ones filled from `gone`; a code for what is not known counts as empty.
pub fn fill(table: &Table, pair: &Pair<'_>) -> Vec<Cell> {
    let cells = table.fields.iter().zip(pair.keep.iter().zip(pair.gone));
    cells.map(|(field, (keep, gone))| if field.is_open(keep) { gone.clone() } else { keep.clone() }).collect()
}

fn into_one(tx: &Tx<'_>, table: &'static Table, [keep, gone]: [i64; 2], told: &mut United) -> Result<()> {
    let row = |id: i64| tx.cells(table, Key::Id(id))?.ok_or_else(|| Error::Gone(format!("这条“{}”记录", table.label)));
    let (kept, went) = (row(keep)?, row(gone)?);
    let pair = Pair { ids: [keep, gone], keep: &kept, gone: &went };
    let blend = tx.registry().0.iter().flat_map(|module| &module.blends).find(|(name, _)| *name == table.name);
    let whole = blend.map_or_else(|| Ok(fill(table, &pair)), |(_, blend)| blend(tx, &pair))?;
    told.left_out.extend(left_out(table, &went, &whole));
    for (child, field) in children(tx, table) {
        for found in tx.referring(child, field, gone)? {
            let itself = child.name == table.name && found == Key::Id(keep);
            match itself {
                // A row does not refer to itself: what it said of the one that went is void.
                true => tx.patch(child, found, &[(field.name, Cell::Null)])?,
                false => point(tx, child, field, found, keep, told)?,
            }
        }
    }
    tx.delete(table, Key::Id(gone))?;
    tx.note_united(table, gone, keep)?;
    change(tx, table, Key::Id(keep), &kept, &whole)?;
    sound(tx, table, keep, &whole)
}

/// What the row that went said and the row of both does not say.
fn left_out(table: &Table, went: &[Cell], whole: &[Cell]) -> Vec<String> {
    let cells = table.fields.iter().zip(went.iter().zip(whole));
    let lost = cells.filter(|(field, (went, whole))| {
        let reference = matches!(field.kind, Kind::Ref(_)) || table.is_kept(field.name);
        !reference && !field.is_open(went) && went != whole
    });
    lost.map(|(field, _)| format!("{}：{}", table.label, field.label)).collect()
}

/// Lets a row refer to the kept one, and unites it with the one that the kept one has already where there can be only one.
fn point(tx: &Tx<'_>, child: &'static Table, field: &Field, found: Key, keep: i64, told: &mut United) -> Result<()> {
    let gone = || Error::Gone(format!("这条“{}”记录", child.label));
    let cells = tx.cells(child, found)?.ok_or_else(gone)?;
    let mut moved = cells.clone();
    if let Some(place) = child.position(field.name).and_then(|at| moved.get_mut(at)) {
        *place = Cell::Int(keep);
    }
    match double(tx, child, field, &moved, found)? {
        None => {
            *told.moved.entry(child.name).or_default() += 1;
            rewrite(tx, child, field, found, keep, &moved)
        }
        Some(Key::Id(one)) if is_unique(tx, child.name, field.name)? => {
            *told.united.entry(child.name).or_default() += 1;
            into_one(tx, child, [one, found.first()], told)
        }
        Some(other) => {
            *told.united.entry(child.name).or_default() += 1;
            same(tx, child, field, other, &moved)?;
            tx.delete(child, found)
        }
    }
}

/// A link's key is written anew; elsewhere the reference alone changes.
fn rewrite(tx: &Tx<'_>, child: &'static Table, field: &Field, found: Key, keep: i64, moved: &[Cell]) -> Result<()> {
    if child.link {
        tx.delete(child, found)?;
        return tx.insert_cells(child, moved).map(|_| ());
    }
    tx.patch(child, found, &[(field.name, Cell::Int(keep))])
}

/// The row that has the place already: of the same reference where that is unique, or of the same key.
fn double(tx: &Tx<'_>, child: &'static Table, field: &Field, moved: &[Cell], found: Key) -> Result<Option<Key>> {
    let unique = is_unique(tx, child.name, field.name)?;
    let own = [field.name];
    let key: &[&str] = if unique { &own } else { child.key };
    if !key.contains(&field.name) {
        return Ok(None);
    }
    let values: Vec<Cell> = key.iter().filter_map(|name| moved.get(child.position(name)?).cloned()).collect();
    if values.iter().any(Cell::is_null) {
        return Ok(None);
    }
    let equal: Vec<String> = (1..).zip(key).map(|(at, name)| format!("{name} = ?{at}")).collect();
    let sql = format!("SELECT {} FROM {} WHERE {}", child.key_columns().join(", "), child.name, equal.join(" AND "));
    let rows = tx.rows(&sql, rusqlite::params_from_iter(values), |row| Key::read(row, child))?;
    Ok(rows.into_iter().find(|key| *key != found))
}

/// Two rows of one key are one where they say the same, or the one what the other leaves open.
fn same(tx: &Tx<'_>, child: &'static Table, pointer: &Field, other: Key, moved: &[Cell]) -> Result<()> {
    let Some(cells) = tx.cells(child, other)? else { return Ok(()) };
    let differs = |(field, (one, two)): &(&Field, (&Cell, &Cell))| {
        field.kind != Kind::Entered && !child.kept.contains(&field.name) && !one.is_null() && !two.is_null() && one != two
    };
    let against: Vec<&str> = child.fields.iter().zip(cells.iter().zip(moved)).filter(differs).map(|(field, _)| field.label).collect();
    if !against.is_empty() {
        let which = about(tx, child, pointer, &cells)?;
        return refused(
            format!("两条记录都有{which}的“{}”，而{}不一样，不能合并。", child.label, against.join("、")),
            "请先核对，改成一样，或删去其中一条，再合并。",
        );
    }
    let pair = Pair { ids: [other.first(), 0], keep: &cells, gone: moved };
    change(tx, child, other, &cells, &fill(child, &pair))
}

/// Names what a double is about besides the one whom both are: the title of what its key refers to, or the key's own words.
fn about(tx: &Tx<'_>, child: &'static Table, pointer: &Field, cells: &[Cell]) -> Result<String> {
    let mut words = Vec::new();
    for name in child.key.iter().filter(|name| **name != pointer.name) {
        let Some((field, cell)) = child.position(name).and_then(|at| child.fields.get(at).zip(cells.get(at))) else { continue };
        match (field.kind, cell) {
            (Kind::Ref(to), Cell::Int(id)) => {
                if let Some(entry) = tx.registry().entry(to) {
                    words.push(format!("“{}”", title(tx, entry.table, Key::Id(*id))?));
                }
            }
            (kind, cell) => words.push(crate::record::show(kind, cell)),
        }
    }
    Ok(words.join(" "))
}

fn change(tx: &Tx<'_>, table: &'static Table, key: Key, before: &[Cell], after: &[Cell]) -> Result<()> {
    let pairs = table.fields.iter().zip(before.iter().zip(after));
    let changed: Vec<_> = pairs.filter(|(_, (old, new))| old != new).map(|(field, (_, new))| (field.name, new.clone())).collect();
    if changed.is_empty() { Ok(()) } else { tx.patch(table, key, &changed) }
}

/// The row of both must keep its record's rules.
fn sound(tx: &Tx<'_>, table: &'static Table, id: i64, whole: &[Cell]) -> Result<()> {
    let Some(entry) = tx.registry().entry(table.name) else { return Ok(()) };
    let mut faults = Faults::default();
    (entry.check)(tx, id, whole, &mut faults)?;
    faults.or(|| Ok(()))
}
