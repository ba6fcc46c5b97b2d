//! Whom the file takes in: found by the key that opened it, and the first account of a file that has none.
//!
//! A file of before accounts (sidecar version 1) becomes one with one 管理员 at its first opening by password. The row and the new
//! sidecar are two writes. Whichever of them a power cut leaves behind, the next opening ends the work: a ring without any account in
//! the file is taken in, and a row whose founding was not seen to have reached the sidecar (`meta` says so) still takes the old
//! password.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::sidecar::{By, Ring, Sidecar};
use super::super::{Access, FileKey, Whole, clerk::Clerk, pair::PublicKey, seat};
use super::right::Role;
use super::session::Session;
use crate::error::{Error, Refusal, Result};
use crate::record::{Id, Value};

/// Where a founding stands in `meta` until an opening has seen it in the sidecar; its value is the account.
const FOUNDING: &str = "founding";

/// Finds whose session it is and takes this installation's seat for it; founds the first account where there is none.
pub fn settle(connection: &Connection, path: &std::path::Path, key: &FileKey, by: &By, access: &Access) -> Result<(i64, Session)> {
    match by {
        By::Recovery => recovered(connection, access),
        By::Account(public, name) => match known(connection, *public)? {
            Some(found) => taken_in(connection, access, found),
            None if has_accounts(connection)? => Err(Error::Forbidden(unknown(name))),
            None => adopt(connection, access, *public, name),
        },
        By::OnePassword(password) => upgrade(connection, path, key, password, access),
    }
}

fn recovered(connection: &Connection, access: &Access) -> Result<(i64, Session)> {
    let session = Session::by_recovery_key();
    let (seat, _) = seat::take(connection, access, &Clerk::as_before_or(&session.name))?;
    Ok((seat, session))
}

/// An account that the file knows: its id, name, role, and whether it was removed.
struct Known {
    id: i64,
    name: String,
    role: Option<Role>,
    is_removed: bool,
}

fn known(connection: &Connection, public: PublicKey) -> Result<Option<Known>> {
    let sql =
        "SELECT a.id, a.name, a.role, a.removed IS NOT NULL FROM account_seal s JOIN account a ON a.id = s.account WHERE s.public_key = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Known { id: row.get(0)?, name: row.get(1)?, role: Role::from_cell(row.get(2)?), is_removed: row.get(3)? })
    };
    Ok(connection.query_row(sql, [public.text()], read).optional()?)
}

fn has_accounts(connection: &Connection) -> Result<bool> {
    Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))?)
}

fn taken_in(connection: &Connection, access: &Access, found: Known) -> Result<(i64, Session)> {
    let Some(role) = found.role.filter(|_| !found.is_removed) else {
        return Err(Error::Forbidden(removed(&found.name)));
    };
    if founding(connection)?.is_some() {
        connection.execute("DELETE FROM meta WHERE name = ?1", [FOUNDING])?;
    }
    let (seat, name) = seat::take(connection, access, &found.name.into())?;
    Ok((seat, Session { account: Some(Id::new(found.id)), name, role }))
}

pub(super) fn removed(name: &str) -> Refusal {
    Refusal::new(format!("账号“{name}”已经停用，不能再打开或改动这个台账。"), "如需继续使用，请管理员为您新增账号。")
}

fn unknown(name: &str) -> Refusal {
    let message = format!("钥匙文件里“{name}”的钥匙不是这个台账现在用的，可能是以前的或别处的钥匙文件。");
    Refusal::new(message, "请把现在的 .keys 文件放回台账旁边，或请管理员重设密码，或用恢复密钥打开。")
}

/// Takes in the ring of a file that has no account yet: a new file, or one whose upgrade was cut off after the sidecar.
fn adopt(connection: &Connection, access: &Access, public: PublicKey, name: &str) -> Result<(i64, Session)> {
    let (seat, name) = seat::take(connection, access, &name.into())?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let _whole = Whole(connection);
    if has_accounts(connection)? {
        return Err(Error::Busy("台账文件".into()));
    }
    let id = first(connection, access, seat, &name, &public.text())?;
    connection.execute_batch("COMMIT")?;
    Ok((seat, Session { account: Some(Id::new(id)), name, role: Role::Admin }))
}

/// Makes the first account, a 管理员. It is no step: there is nobody yet who could have done it.
fn first(connection: &Connection, access: &Access, seat: i64, name: &str, public: &str) -> Result<i64> {
    let sql = "INSERT INTO counter (seat, tab, n) VALUES (?1, 'account', 1) ON CONFLICT (seat, tab) DO UPDATE SET n = n + 1 RETURNING n";
    let id = seat << 40 | connection.query_row(sql, [seat], |row| row.get::<_, i64>(0))?;
    let row = params![id, name, Role::Admin.to_cell(), (access.clock)().at];
    connection.execute("INSERT INTO account (id, name, role, since) VALUES (?1, ?2, ?3, ?4)", row)?;
    connection.execute("INSERT INTO account_seal (account, public_key) VALUES (?1, ?2)", (id, public))?;
    Ok(id)
}

/// Makes the clerk of a file of before accounts its 管理员.
fn upgrade(connection: &Connection, path: &std::path::Path, key: &FileKey, password: &str, access: &Access) -> Result<(i64, Session)> {
    let begun = founding(connection)?;
    if begun.is_none() && has_accounts(connection)? {
        return Err(Error::Forbidden(outdated()));
    }
    let (seat, name) = seat::take(connection, access, &access.clerk)?;
    let name = begun.map_or(Ok(name), |id| connection.query_row("SELECT name FROM account WHERE id = ?1", [id], |row| row.get(0)))?;
    let ring = Ring::new(&name, password, key, access.cost)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let _whole = Whole(connection);
    if Sidecar::read(path)?.has_rings() || founding(connection)? != begun {
        return Err(Error::Busy("台账文件".into()));
    }
    let id = match begun {
        Some(id) => connection.execute("UPDATE account_seal SET public_key = ?2 WHERE account = ?1", (id, &ring.public)).map(|_| id)?,
        None => first(connection, access, seat, &name, &ring.public)?,
    };
    connection.execute("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", (FOUNDING, id.to_string()))?;
    Sidecar::of(vec![ring]).write(path)?;
    connection.execute_batch("COMMIT")?;
    Ok((seat, Session { account: Some(Id::new(id)), name, role: Role::Admin }))
}

fn founding(connection: &Connection) -> Result<Option<i64>> {
    let text: Option<String> = connection.query_row("SELECT value FROM meta WHERE name = ?1", [FOUNDING], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// The role that a key gives in a file that is not opened for work, of whatever version; refuses whom the file does not take in.
pub fn role_in(connection: &Connection, by: &By) -> Result<Role> {
    let has_table: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'account_seal')", [], |row| row.get(0))?;
    if !has_table || !has_accounts(connection)? {
        return Ok(Role::Admin);
    }
    match by {
        By::Recovery => Ok(Role::Admin),
        By::Account(public, name) => match known(connection, *public)? {
            Some(found) => found.role.filter(|_| !found.is_removed).ok_or_else(|| Error::Forbidden(removed(&found.name))),
            None => Err(Error::Forbidden(unknown(name))),
        },
        By::OnePassword(_) => founding(connection)?.map(|_| Role::Admin).ok_or_else(|| Error::Forbidden(outdated())),
    }
}

fn outdated() -> Refusal {
    Refusal::new("这个钥匙文件是启用账号以前的，里面的密码不再有效。", "请把现在的 .keys 文件放回台账旁边，或用恢复密钥打开。")
}
