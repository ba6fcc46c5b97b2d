//! Seats: each installation that writes a file has its number there.
//!
//! Two PCs may each be given a copy of one file, and neither knows of the other's seat. So only the first PC is seat 0; every further one
//! draws its number from its installation's name, and two of an office draw the same once in thousands of offices.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Access, Clerk};
use crate::error::{Error, Refusal, Result};

/// Finds this installation's seat and its clerk, or gives it the next one; a copied file is thus told apart from its original.
pub fn take(connection: &Connection, access: &Access, clerk: &Clerk) -> Result<(i64, String)> {
    let sql = "SELECT n, clerk FROM seat WHERE installation = ?1";
    let found: Option<(i64, String)> =
        connection.query_row(sql, [&access.installation], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some((seat, before)) = found {
        if !clerk.given || before == clerk.name {
            return Ok((seat, before));
        }
        // While another program writes, the file opens all the same: steps name the account, not the seat.
        let _ = connection.execute("UPDATE seat SET clerk = ?2 WHERE n = ?1", (seat, &clerk.name));
        return Ok((seat, clerk.name.clone()));
    }
    let seat = free(connection, &access.installation)?;
    let sql = "INSERT INTO seat (n, installation, clerk, joined) VALUES (?1, ?2, ?3, ?4)";
    connection.execute(sql, params![seat, access.installation, clerk.name, (access.clock)().at])?;
    Ok((seat, clerk.name.clone()))
}

/// The most a seat's number can be: ids stay below 2^53, which JavaScript holds exactly.
const LAST: i64 = (1 << 13) - 1;

/// 0 in a file that nobody has written, else the number that the installation's name draws, or the next that is free.
fn free(connection: &Connection, installation: &str) -> Result<i64> {
    let mut statement = connection.prepare("SELECT n FROM seat")?;
    let taken: BTreeSet<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let [low, high, ..] = *blake3::hash(installation.as_bytes()).as_bytes();
    let drawn = i64::from(u16::from_le_bytes([low, high])) % LAST;
    let mut drawn = (0..LAST).map(|further| (drawn + further) % LAST + 1);
    if taken.is_empty() { Ok(0) } else { drawn.find(|n| !taken.contains(n)).ok_or_else(full) }
}

fn full() -> Error {
    Error::Refused(Refusal::new("打开过这个台账的电脑太多了，编号已经用完。", "请在原来的电脑上打开它。"))
}
