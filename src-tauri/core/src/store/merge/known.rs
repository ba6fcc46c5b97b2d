//! How much of each seat's work a file holds, and whether two files' tellings of it agree.

use std::collections::BTreeMap;

use super::super::db::Db;
use crate::error::{Error, Refusal, Result};

/// Of each seat: the highest mark of its steps that the file holds, done in it or merged into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(BTreeMap<i64, i64>);

impl Known {
    /// What a file holds.
    pub fn of(db: &Db<'_>) -> Result<Self> {
        let sql = "SELECT seat, max(mark) FROM (SELECT seat, mark FROM step UNION ALL SELECT seat, upto FROM merged) GROUP BY seat";
        Ok(Self(db.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect()))
    }

    /// Whether it holds a seat's step.
    pub fn holds(&self, seat: i64, mark: i64) -> bool {
        self.0.get(&seat).is_some_and(|upto| mark <= *upto)
    }

    /// Each seat, and how far it is held.
    pub fn seats(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().map(|(seat, upto)| (*seat, *upto))
    }
}

/// Who wrote a file last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The seat.
    pub seat: i64,
    /// The clerk.
    pub clerk: String,
    /// The seat's last mark in its own file.
    pub upto: i64,
}

/// Tells who wrote a file last; nothing where it has no step.
pub fn writer(db: &Db<'_>) -> Result<Option<Writer>> {
    let sql = "SELECT seat, clerk, mark FROM step ORDER BY id DESC LIMIT 1";
    Ok(db.rows(sql, [], |row| Ok(Writer { seat: row.get(0)?, clerk: row.get(1)?, upto: row.get(2)? }))?.into_iter().next())
}

/// Refuses two files that cannot be brought together: of two offices, or with two tellings of what one seat did.
pub fn agree(ours: &Db<'_>, theirs: &Db<'_>, own: i64) -> Result<()> {
    if ours.origin()? != theirs.origin()? {
        let message = "这不是同一个单位的台账：两个文件不是从同一个台账复制出来的。";
        return Err(contradiction(message, "请选择本单位另一台电脑上的台账。别的单位的数据，用上报文件装入。"));
    }
    for (seat, installation) in seats(ours)? {
        let other: Option<String> = theirs.one("SELECT installation FROM seat WHERE n = ?1", [seat])?;
        if other.is_some_and(|other| other != installation) {
            return Err(contradiction(&format!("两台不同的电脑用了同一个编号（{seat}）。"), REJOIN));
        }
        same_telling(ours, theirs, seat)?;
    }
    not_set_back(theirs, ours, writer(theirs)?.filter(|writer| writer.seat != own), "对方")?;
    not_set_back(ours, theirs, writer(ours)?.filter(|writer| writer.seat == own), "本机")
}

const REJOIN: &str = "请把本机的台账复制到那台电脑，在那里打开后把还没有并入的内容补录一遍，以后再合并；原来的文件请留着备查。";

fn contradiction(message: &str, hint: &str) -> Error {
    Error::Refused(Refusal::new(format!("不能合并：{message}"), hint))
}

fn seats(db: &Db<'_>) -> Result<Vec<(i64, String)>> {
    db.rows("SELECT n, installation FROM seat ORDER BY n", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What both files hold of a seat's steps themselves must be the same.
fn same_telling(ours: &Db<'_>, theirs: &Db<'_>, seat: i64) -> Result<()> {
    let last = |db: &Db<'_>| db.one::<Option<i64>>("SELECT max(mark) FROM step WHERE seat = ?1", [seat]).map(Option::flatten);
    let (Some(here), Some(there)) = (last(ours)?, last(theirs)?) else { return Ok(()) };
    let both = here.min(there);
    if digest(ours, seat, both)? == digest(theirs, seat, both)? {
        return Ok(());
    }
    let message = format!("同一台电脑（编号 {seat}）在两个文件里做的事不一样，多半是恢复过旧备份，或同一台电脑上有两份台账各自录入。");
    Err(contradiction(&message, REJOIN))
}

/// A seat that the other file merged further than the seat's own file goes, or otherwise than it tells, went back to a backup.
fn not_set_back(file: &Db<'_>, other: &Db<'_>, writer: Option<Writer>, whose: &str) -> Result<()> {
    let Some(writer) = writer else { return Ok(()) };
    let sql = "SELECT upto, digest FROM merged WHERE seat = ?1 ORDER BY upto DESC LIMIT 1";
    let held = other.rows(sql, [writer.seat], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let Some((upto, told)) = held.into_iter().next() else { return Ok(()) };
    if upto <= writer.upto && digest(file, writer.seat, upto)? == told {
        return Ok(());
    }
    let message = format!("{whose}的台账比上次合并时旧，或在那以后恢复过旧备份（上次合并到它的第 {} 步）。", upto & 0xff_ffff_ffff);
    Err(contradiction(&message, REJOIN))
}

/// The digest of a seat's steps up to a mark, as the file tells them.
pub fn digest(db: &Db<'_>, seat: i64, upto: i64) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut statement = db.connection().prepare_cached("SELECT mark, at, token FROM step WHERE seat = ?1 AND mark <= ?2 ORDER BY mark")?;
    let mut rows = statement.query((seat, upto))?;
    while let Some(row) = rows.next()? {
        for column in 0..3 {
            hasher.update(&row.get::<_, i64>(column)?.to_le_bytes());
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}
