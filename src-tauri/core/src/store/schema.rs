//! What the file's own schema says.

use super::db::Db;
use crate::error::Result;

/// Says whether a column alone is unique in its table.
pub fn is_unique(db: &Db<'_>, table: &str, column: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_index_list(?1) i WHERE i.\"unique\" = 1 \
               AND (SELECT group_concat(name) FROM pragma_index_info(i.name)) = ?2)";
    Ok(db.one::<bool>(sql, (table, column))?.unwrap_or(false))
}

/// The whole schema as text, in order of names: what the golden file holds.
pub fn dump(db: &Db<'_>) -> Result<String> {
    let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%_search_%' ORDER BY type DESC, name";
    let statements = db.rows(sql, [], |row| row.get::<_, String>(0))?;
    Ok(statements.join(";\n\n") + ";\n")
}
