//! Another PC's file of the same office, compared with the open one and merged into it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Desk;
use super::files::{secret, whole};
use crate::api::{display, title};
use crate::error::Result;
use crate::record::{Cell, Wire};
use crate::store::{Clash, ClashKind, Db, Merging, Other, Plan, Store, Taken, What, Written};

/// Another PC's file of this office.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct OtherFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Whose password it is; may be left out where it has one account.
    #[serde(default)]
    pub account: Option<String>,
    /// Its password; nothing is needed where both files still have one key.
    #[serde(default)]
    pub password: Option<String>,
    /// Its recovery key.
    #[serde(default)]
    pub recovery: Option<String>,
}

/// Another PC's file to merge.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct MergeFile {
    /// The file.
    pub other: OtherFile,
    /// The contradictions, by name, in which the other's word stands; in the others this file's does.
    #[serde(default)]
    pub theirs: Vec<String>,
}

/// What merging does to the rows of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct MergeCount {
    /// What the record is called.
    pub label: &'static str,
    /// How many rows come.
    pub added: usize,
    /// How many change.
    pub changed: usize,
    /// How many go.
    pub removed: usize,
    /// How many were entered on both PCs and are one.
    pub same: usize,
}

/// A contradiction between two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct MergeClash {
    /// Its name.
    pub name: String,
    /// What the record is called.
    pub label: &'static str,
    /// What people call the row.
    pub title: String,
    /// The field; nothing where it is about the row.
    pub field: Option<&'static str>,
    /// What happened, in a sentence.
    pub what: &'static str,
    /// What it said before the two parted, as people read it.
    pub before: String,
    /// What it says here.
    pub ours: String,
    /// What it says there.
    pub theirs: String,
    /// Whether there is anything to choose.
    pub open: bool,
}

/// What merging would do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Comparing {
    /// The rows, by record.
    pub counts: Vec<MergeCount>,
    /// The contradictions.
    pub clashes: Vec<MergeClash>,
    /// What breaks a rule now that both files' facts stand together; told after the merge.
    pub problems: Vec<MergeProblem>,
}

/// A row that breaks a rule of its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct MergeProblem {
    /// What the record is called.
    pub label: &'static str,
    /// What people call the row.
    pub title: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Says what merging another PC's file would do, and what contradicts.
pub fn compare(desk: &Desk, ask: &OtherFile) -> Result<Comparing> {
    let store = desk.store()?;
    let other = opened(desk, &store, ask)?;
    let plan = store.compare(&other, &Taken::default())?;
    told(&store, &other, &plan)
}

/// Merges another PC's file into the open one, as one step; the other file stays as it is.
pub fn merge(desk: &Desk, ask: &MergeFile) -> Result<Written<Comparing>> {
    let store = desk.store()?;
    let other = opened(desk, &store, &ask.other)?;
    let done = store.merge(&other, &ask.theirs.iter().cloned().collect())?;
    let mut told = told(&store, &other, &done.value.plan)?;
    told.problems = store.read(|db| problems(db, &done.value))?;
    Ok(done.map(|_| told))
}

fn opened(desk: &Desk, store: &Store, ask: &OtherFile) -> Result<Other> {
    let path = whole(&ask.path)?;
    if ask.password.is_none() && ask.recovery.is_none() {
        return Other::open(&path, None, store);
    }
    let secret = secret(ask.account.as_deref(), ask.password.as_deref(), ask.recovery.as_deref())?;
    desk.attempts.of(&path, store.now().at, || Other::open(&path, Some(&secret), store))
}

fn told(store: &Store, other: &Other, plan: &Plan) -> Result<Comparing> {
    let clashes = store.read(|ours| other.read(|theirs| plan.clashes.iter().map(|clash| shown(ours, theirs, clash)).collect()))?;
    let tables = store.registry().tables();
    let counts = tables.map(|table| {
        let rows = |is: fn(&What) -> bool| plan.writes.iter().filter(|write| write.table.name == table.name && is(&write.what)).count();
        MergeCount {
            label: table.label,
            added: rows(|what| matches!(what, What::Add(_))),
            changed: rows(|what| matches!(what, What::Set(_))),
            removed: rows(|what| *what == What::Remove),
            same: plan.twins.iter().filter(|(twin, ..)| twin.name == table.name).count(),
        }
    });
    let counts = counts.filter(|count| count.added + count.changed + count.removed + count.same > 0).collect();
    Ok(Comparing { counts, clashes, problems: Vec::new() })
}

fn shown(ours: &Db<'_>, theirs: &Db<'_>, clash: &Clash) -> Result<MergeClash> {
    let here = ours.cells(clash.table, clash.key)?.is_some();
    let said = |db: &Db<'_>, cell: &Cell| match clash.field {
        Some(field) if field.is_document() => Ok(if cell.is_null() { String::new() } else { "（整份内容）".into() }),
        Some(field) => display(db, field, cell, false),
        None => Ok(String::new()),
    };
    Ok(MergeClash {
        name: clash.name(),
        label: clash.table.label,
        title: title(if here { ours } else { theirs }, clash.table, clash.key)?,
        field: clash.field.map(|field| field.label),
        what: sentence(clash.kind),
        before: said(ours, &clash.before)?,
        ours: said(ours, &clash.ours)?,
        theirs: said(theirs, &clash.theirs)?,
        open: clash.is_open(),
    })
}

fn sentence(kind: ClashKind) -> &'static str {
    match kind {
        ClashKind::Changed => "两台电脑都改过，改得不一样。",
        ClashKind::RemovedHere => "本机删去了，对方改过。",
        ClashKind::RemovedThere => "对方删去了，本机改过。",
        ClashKind::InUse => "对方删去了，本机还有别的记录用到它，所以保留。",
        ClashKind::Erased => "对方已按规定清除了此人的信息，请在本机也办“清除”。",
        ClashKind::Occupied => "对方填的值在本机已经是另一条记录的，所以保留本机的。请核对是不是同一个人或同一件事。",
    }
}

fn problems(db: &Db<'_>, done: &Merging) -> Result<Vec<MergeProblem>> {
    let told = |(table, key, message): &(&'static crate::record::Table, _, String)| {
        Ok(MergeProblem { label: table.label, title: title(db, table, *key)?, message: message.clone() })
    };
    done.problems.iter().map(told).collect()
}
