//! Seats: each installation that writes a file has its number there.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Access, Clerk};
use crate::error::Result;

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
    let sql =
        "INSERT INTO seat (n, installation, clerk, joined) VALUES ((SELECT coalesce(max(n) + 1, 0) FROM seat), ?1, ?2, ?3) RETURNING n";
    let row = params![access.installation, clerk.name, (access.clock)().at];
    Ok(connection.query_row(sql, row, |row| Ok((row.get(0)?, clerk.name.clone())))?)
}
