//! Adding up the returns of the unions below (汇总).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::compute::{ComputeOf, Draft, computed, formulas, keep, newest, period};
use super::fill::{Reach, stood};
use super::look::Added;
use super::spot::Spot;
use super::statement::{Adjustment, Basis, Content, Part, Return};
use super::task_file::{TaskOf, asked};
use crate::calendar::Period;
use crate::error::{Result, refused};
use crate::monthly::{Numbers, numbers};
use crate::record::{Code as _, Id, Wire};
use crate::report::task::{Block, Each, Holds, Kind, Line, Task, Value, Values};
use crate::store::{Db, Step, Store, Written};
use crate::units::{Unit, UnitLevel};

/// What is added up.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Consolidate {
    /// Which return comes of it.
    #[serde(flatten)]
    pub of: ComputeOf,
    /// Whose returns.
    #[serde(default)]
    pub among: Among,
    /// Whether the union's own level, counted from this office's records, is added.
    #[serde(default = "yes")]
    pub own: bool,
    /// What is added by hand to which address, with the reason (差额).
    #[serde(default)]
    pub adjusted: BTreeMap<String, Adjustment>,
}

fn yes() -> bool {
    true
}

/// Whose returns are added up.
#[derive(Debug, Clone, Default, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// Of every union directly below; where one has sent none, those below it (the tree).
    #[default]
    Tree,
    /// Of every union directly below that has sent one.
    Direct,
    /// Of these unions.
    Selected(Vec<Id<Unit>>),
    /// Of the unions in the tree that are of a class: the field (level, kind, nature, economy, industry) and its code.
    Class(String, String),
}

/// What adding up came to.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Consolidated {
    /// The return.
    pub id: Id<Return>,
    /// How many returns it sums.
    pub parts: usize,
    /// The unions directly below that have sent none, and none below them.
    pub missing: Vec<Id<Unit>>,
}

/// Adds up the accepted returns of the unions below into a draft of the union's own, with its own level from the records and what is
/// added by hand. Refuses where nothing has come.
pub fn consolidate(store: &Store, ask: &Consolidate) -> Result<Written<Consolidated>> {
    let period = ask.of.period()?;
    let task = store.read(|db| asked(db, &TaskOf { key: ask.of.task.clone(), version: None }, period))?;
    let mut formulas = formulas(&task)?;
    let numbers = numbers(store, period)?;
    store.write(Step::new(format!("汇总{} {}", task.name(period), period.label())), |tx| {
        let unit = tx.get(ask.of.unit)?;
        let gathered = Gathering { numbers: &numbers, sent: sent(tx, &task, period)? }.gather(tx, &unit, &ask.among)?;
        if gathered.parts.is_empty() {
            return refused(
                format!("{}还没有收到下级的{}，没有可汇总的。", period.label(), task.name(period)),
                "请先装入下级的上报文件并接收。",
            );
        }
        let mut content = Content { adjusted: ask.adjusted.clone(), ..Content::default() };
        let own = computed(tx, &task, &numbers, &unit, Reach::Own, store.clerk())?;
        content.values = base(&task, &own, ask.own);
        content.own = ask.own.then_some(own);
        for part in &gathered.parts {
            add(&task, &mut content.values, tx.get(part.id)?.content()?.values, &tx.get(part.unit)?);
        }
        adjust(&task, &content.adjusted, &mut content.values);
        content.parts = gathered.parts;
        let parts = content.parts.len();
        let id = keep(tx, Draft { task: &task, unit: &unit, period, basis: Basis::Returns }, &mut formulas, content)?;
        Ok(Consolidated { id, parts, missing: gathered.missing })
    })
}

/// The newest accepted return of each union, by the union; what they say is read one by one.
fn sent(db: &Db<'_>, task: &Task, period: Period) -> Result<HashMap<i64, Part>> {
    let sql =
        "SELECT id, unit, no FROM return WHERE code = ?1 AND period = ?2 AND (state = 4 OR state = 3 AND basis <= 2) ORDER BY unit, no";
    let part = |row: &rusqlite::Row<'_>| Ok(Part { id: Id::new(row.get(0)?), unit: Id::new(row.get(1)?), no: row.get(2)? });
    let found = db.rows(sql, (&task.key, period.to_string()), part)?;
    Ok(found.into_iter().map(|part| (part.unit.get(), part)).collect())
}

struct Gathering<'a> {
    numbers: &'a Numbers,
    sent: HashMap<i64, Part>,
}

#[derive(Default)]
struct Gathered {
    parts: Vec<Part>,
    missing: Vec<Id<Unit>>,
}

impl Gathering<'_> {
    fn gather(&self, db: &Db<'_>, unit: &Unit, among: &Among) -> Result<Gathered> {
        let place = self.numbers.place(unit.id)?;
        let mut found = Gathered::default();
        let tree = &self.numbers.scope.hierarchy;
        match among {
            Among::Tree | Among::Direct => {
                let deep = matches!(among, Among::Tree);
                tree.children(place).try_for_each(|child| self.take(db, child, deep, &mut found))?;
            }
            Among::Selected(units) => {
                units.iter().for_each(|unit| match self.sent.get(&unit.get()) {
                    Some(sent) => found.parts.push(*sent),
                    None => found.missing.push(*unit),
                });
            }
            Among::Class(field, value) => {
                let field = class(field)?;
                let level = UnitLevel::LIST.entries.iter().find(|entry| field == "level" && entry.word == value.as_str());
                let value = level.map_or_else(|| value.clone(), |entry| entry.code.to_string());
                let sql = format!("SELECT id FROM unit WHERE CAST({field} AS TEXT) = ?1");
                let of: std::collections::HashSet<i64> = db.rows(&sql, [&value], |row| row.get(0))?.into_iter().collect();
                let under = tree.subtree_ids(place).iter().filter(|id| of.contains(id) && **id != unit.id.get());
                found.parts.extend(under.filter_map(|id| self.sent.get(id).copied()));
            }
        }
        Ok(found)
    }

    /// Takes what a union has sent; where it has sent none, what those below it have. One that was not there in the period owes nothing.
    fn take(&self, db: &Db<'_>, place: u32, deep: bool, found: &mut Gathered) -> Result<()> {
        let tree = &self.numbers.scope.hierarchy;
        let Some(id) = tree.id(place) else { return Ok(()) };
        if let Some(sent) = self.sent.get(&id) {
            found.parts.push(*sent);
            return Ok(());
        }
        let (parts, waiting) = (found.parts.len(), found.missing.len());
        if deep {
            tree.children(place).try_for_each(|child| self.take(db, child, deep, found))?;
        }
        if found.parts.len() == parts {
            found.missing.truncate(waiting);
            found.missing.extend(stood(&db.get(Id::new(id))?, self.numbers.period).then_some(Id::new(id)));
        }
        Ok(())
    }
}

/// The column of a class of unions; refuses what is none.
fn class(field: &str) -> Result<&'static str> {
    const CLASSES: &[&str] = &["level", "kind", "nature", "economy", "industry"];
    match CLASSES.iter().find(|known| **known == field) {
        Some(known) => Ok(known),
        None => refused(format!("不能按“{field}”分类汇总。"), "可以按层级、类型、单位性质、经济类型、行业分类。"),
    }
}

/// What the sum starts from: the own level's values, or the facts alone.
fn base(task: &Task, own: &Values, counted: bool) -> Values {
    let mut values = own.clone();
    for (table, sheet) in task.tables.iter().zip(&mut values.sheets) {
        if counted {
            continue;
        }
        table.cells.iter().filter(|cell| cell.kind.adds()).for_each(|cell| {
            sheet.cells.insert(cell.at, Value::Blank);
        });
        sheet.lines.clear();
    }
    values
}

/// Adds a return to the sum: single cells add up; a block of unions gets one row for it, other rows are put below.
fn add(task: &Task, sum: &mut Values, mut from: Values, unit: &Unit) {
    for (at, table) in task.tables.iter().enumerate() {
        let Some(block) = table.block.as_ref().filter(|block| block.each == Each::Units) else { continue };
        let number = sum.sheets.get(at).map_or(0, |sheet| sheet.lines.len()) + 1;
        if let Some(sheet) = from.sheets.get_mut(at) {
            sheet.lines = vec![row_of(block, unit, &sheet.lines, number)];
        }
    }
    // Rows are read one value after another and hold room for more; a sum keeps very many of them.
    from.sheets.iter_mut().flat_map(|sheet| &mut sheet.lines).for_each(|line| line.values.shrink_to_fit());
    sum.add(task, from);
}

/// One row for a union: the sum of the rows of its own return.
fn row_of(block: &Block, unit: &Unit, lines: &[Line], number: usize) -> Line {
    use crate::report::task::Fact;
    let total = |at: usize, kind: Kind| {
        let numbers: Vec<i64> = lines.iter().filter_map(|line| line.values.get(at).and_then(Value::int)).collect();
        if numbers.is_empty() || !kind.adds() { Value::Blank } else { Value::Int(numbers.iter().sum()) }
    };
    let value = |(at, column): (usize, &crate::report::task::Column)| match &column.holds {
        Holds::Number => Value::Int(i64::try_from(number).unwrap_or_default()),
        Holds::Fact(Fact::Unit) => Value::Text(unit.name.clone()),
        Holds::Fact(Fact::Code) => Value::Text(unit.code.clone()),
        _ => total(at, column.kind),
    };
    Line { key: unit.code.clone(), values: block.columns.iter().enumerate().map(value).collect() }
}

/// Adds what was added by hand.
fn adjust(task: &Task, adjusted: &BTreeMap<String, Adjustment>, values: &mut Values) {
    for (address, adjustment) in adjusted {
        let Some(spot) = Spot::read(task, address) else { continue };
        let now = spot.get(values).and_then(Value::int).unwrap_or(0);
        spot.put(values, Value::Int(now.saturating_add(adjustment.by)));
    }
}

/// The newest version of a part that counts, which may be another than the one that was summed.
pub(super) fn newest_part(db: &Db<'_>, sum: &Return, part: &Part) -> Result<Option<Return>> {
    newest(db, part.unit, &sum.code, period(&sum.period)?, "state IN (3, 4)")
}

/// Adds the newest versions of a return's parts to what is there already, without formulas.
fn add_parts(db: &Db<'_>, sum: &Return, task: &Task, content: &Content, values: &mut Values) -> Result<()> {
    for part in &content.parts {
        if let Some(newest) = newest_part(db, sum, part)? {
            values.add(task, newest.content()?.values);
        }
    }
    Ok(())
}

/// The sum of the newest versions of a return's parts, without its own level and what was added by hand.
pub(super) fn sum_of_parts(db: &Db<'_>, sum: &Return, task: &Task, content: &Content) -> Result<Values> {
    let mut values = Values::none(task);
    add_parts(db, sum, task, content, &mut values)?;
    formulas(task)?.compute(&mut values);
    Ok(values)
}

/// What a summed return would say of its parts as they are now.
pub(super) fn sum_now(db: &Db<'_>, sum: &Return, task: &Task, content: &Content) -> Result<Values> {
    let mut values = content.own.clone().unwrap_or_else(|| Values::none(task));
    add_parts(db, sum, task, content, &mut values)?;
    adjust(task, &content.adjusted, &mut values);
    formulas(task)?.compute(&mut values);
    Ok(values)
}

/// What each return, the own level and what was added by hand add to a value.
pub(super) fn added(db: &Db<'_>, content: &Content, spot: &Spot) -> Result<Vec<Added>> {
    let amount = |values: &Values| spot.get(values).and_then(Value::int).unwrap_or(0);
    let mut found = Vec::new();
    if let Some(own) = &content.own {
        found.push(Added { unit: None, name: "本级".into(), id: None, amount: amount(own) });
    }
    for part in &content.parts {
        let (of, unit) = (db.get(part.id)?, db.get(part.unit)?);
        found.push(Added { unit: Some(part.unit), name: unit.name, id: Some(part.id), amount: amount(&of.content()?.values) });
    }
    if let Some(adjusted) = content.adjusted.get(&spot.to_string()) {
        found.push(Added { unit: None, name: format!("差额（{}）", adjusted.why), id: None, amount: adjusted.by });
    }
    Ok(found)
}
