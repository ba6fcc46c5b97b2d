//! Checking a file: SQLite's own check, and what the registry lets one state of every table.

use serde::Serialize;

use super::Store;
use super::db::Db;
use crate::error::Result;
use crate::record::{Computed, Kind, Table, Wire, parent};

/// One thing looked at, and how often it does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Finding {
    /// What was looked at, in plain words.
    pub what: String,
    /// How many were looked at.
    pub seen: i64,
    /// How many do not hold.
    pub wrong: i64,
    /// What to do about them; empty where none is wrong.
    pub hint: String,
}

impl Finding {
    /// Says of a number of things how many are wrong.
    pub fn new(what: impl Into<String>, seen: i64, wrong: i64, hint: &str) -> Self {
        Self { what: what.into(), seen, wrong, hint: if wrong == 0 { String::new() } else { hint.into() } }
    }

    /// Counts by a statement whose one row says how many were looked at and how many of them are wrong.
    pub fn counted(db: &Db<'_>, what: impl Into<String>, sql: &str, hint: &str) -> Result<Self> {
        let (seen, wrong) = db.connection().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self::new(what, seen, wrong, hint))
    }
}

const MEND: &str = "请按“修复”：副本按原记录重新生成，录入的内容不动。";
const RESTORE: &str = "请从最近的备份恢复，并把现在的文件留存。";

/// Checks the file itself, its references, its carried and computed columns, its terms, what each module says of its own
/// records, and the journal.
pub fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let mut findings = vec![pages(db)?, references(db)?];
    for table in db.registry().tables().filter(|table| !table.view) {
        findings.extend(copies(db, table)?);
        findings.extend(known_terms(db, table)?);
    }
    for look in db.registry().checks() {
        findings.extend(look(db)?);
    }
    findings.push(journal(db)?);
    Ok(findings)
}

/// Checks as [`check`] does, and besides whether the file's end was there when it was opened.
pub fn check_open(store: &Store) -> Result<Vec<Finding>> {
    let mut findings = store.read(check)?;
    findings.push(store.read(|db| end(db, store))?);
    Ok(findings)
}

fn end(db: &Db<'_>, store: &Store) -> Result<Finding> {
    let Some(lost) = store.lost_end() else {
        return Ok(Finding::new("最后保存的步骤都在", db.one("SELECT count(*) FROM step", [])?.unwrap_or(0), 0, ""));
    };
    let hint = format!("{}。请打开最近的备份看看它们在不在；在，就从备份恢复，恢复前会把现在的文件另存。", lost.words());
    Ok(Finding::new("最后保存的步骤都在", lost.acknowledged, lost.acknowledged - lost.found, &hint))
}

fn pages(db: &Db<'_>) -> Result<Finding> {
    refresh_searches(db)?;
    let said = db.rows("PRAGMA quick_check(100)", [], |row| row.get::<_, String>(0))?;
    let wrong = said.iter().filter(|line| *line != "ok").count();
    let pages: i64 = db.one("PRAGMA page_count", [])?.unwrap_or(0);
    Ok(Finding::new("数据页完好", pages, i64::try_from(wrong).unwrap_or(i64::MAX), RESTORE))
}

/// FTS5 looks at its index through the list of segments that the connection remembers, and asks whether another connection has
/// merged them only when a search is opened; without one, quick_check would miss segments that are no more, and call that damage.
fn refresh_searches(db: &Db<'_>) -> Result<()> {
    for table in db.registry().tables().filter(|table| table.searched().next().is_some()) {
        db.one::<i64>(&format!("SELECT rowid FROM {0}_search WHERE {0}_search MATCH '\"a\"' LIMIT 1", table.name), [])?;
    }
    Ok(())
}

fn references(db: &Db<'_>) -> Result<Finding> {
    let mut seen = 0;
    for table in db.registry().tables().filter(|table| !table.view && table.fields.iter().any(|field| matches!(field.kind, Kind::Ref(_)))) {
        seen += db.one::<i64>(&format!("SELECT count(*) FROM {}", table.name), [])?.unwrap_or(0);
    }
    let wrong: i64 = db.one("SELECT count(*) FROM pragma_foreign_key_check", [])?.unwrap_or(0);
    Ok(Finding::new("引用的记录都在", seen, wrong, RESTORE))
}

/// Carried columns must equal what they are copies of.
fn copies(db: &Db<'_>, table: &Table) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for carry in table.carries {
        let (name, own, through, column, above) = (table.name, carry.own, carry.through, carry.column, parent(table, carry));
        let sql = format!("SELECT count(*), total(c.{own} IS NOT p.{column}) FROM {name} c JOIN {above} p ON p.id = c.{through}");
        let (seen, wrong) = db.connection().query_row(&sql, [], |row| Ok((row.get(0)?, row.get::<_, f64>(1)? as i64)))?;
        findings.push(Finding::new(format!("“{}”的排序和统计副本与原记录一致（{column}）", table.label), seen, wrong, MEND));
    }
    for computed in table.computed {
        findings.push(computed_well(db, table, computed)?);
    }
    Ok(findings)
}

/// Computed columns must say what their function makes of their field.
fn computed_well(db: &Db<'_>, table: &Table, computed: &Computed) -> Result<Finding> {
    let function = db.registry().functions().find(|(name, _)| *name == computed.function).map(|(_, function)| function);
    let sql = format!("SELECT {}, {} FROM {}", computed.field, computed.own, table.name);
    let (mut seen, mut wrong) = (0, 0);
    let mut statement = db.connection().prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (field, own): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        seen += 1;
        wrong += i64::from(field.and_then(|field| function.map(|function| function(&field))) != own);
    }
    let label = table.field(computed.field).map_or("", |field| field.label);
    Ok(Finding::new(
        format!("“{}”的“{label}”的检索副本与原记录一致（{}）", table.label, computed.own.trim_start_matches('_')),
        seen,
        wrong,
        MEND,
    ))
}

fn known_terms(db: &Db<'_>, table: &Table) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for field in table.fields {
        let Kind::Term(list) = field.kind else { continue };
        let sql = format!("SELECT {0}, count(*) FROM {1} WHERE {0} IS NOT NULL GROUP BY {0}", field.name, table.name);
        let used = db.rows(&sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let known = |code: &str| crate::terms::list(list).is_some_and(|list| list.find(code).is_some());
        let wrong = used.iter().filter(|(code, _)| !known(code)).map(|(_, count)| count).sum();
        let what = format!("“{}”的“{}”都在代码表里", table.label, field.label);
        findings.push(Finding::new(what, used.iter().map(|(_, count)| count).sum(), wrong, "请打开这些记录，从下拉列表里重选。"));
    }
    Ok(findings)
}

/// Every entry of the journal must unpack.
fn journal(db: &Db<'_>) -> Result<Finding> {
    use super::journal::Entry;
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape", Entry::COLUMNS);
    let (mut seen, mut wrong) = (0, 0);
    let mut statement = db.connection().prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        seen += 1;
        if Entry::read(row, db.registry())?.is_some_and(|entry| entry.changes().is_err()) {
            wrong += 1;
        }
    }
    Ok(Finding::new("操作记录都能读出", seen, wrong, RESTORE))
}
