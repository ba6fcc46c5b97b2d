//! Where erased people stand in the texts of other records: their numbers are taken out, their names are told, since others have them, too.

use serde::Serialize;

use crate::error::Result;
use crate::people::Person;
use crate::record::{Cell, ERASED, Field, Kind, Row as _, Table, Wire};
use crate::store::{Key, Tx, Words};

/// The names of more people at once are not looked for.
const MOST: usize = 50;

/// Texts of one record in which names of erased people stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Mention {
    /// The record: 活动.
    pub record: String,
    /// The field: 负责人.
    pub field: String,
    /// In how many rows.
    pub rows: u64,
}

/// Takes numbers out of every record's texts, and counts the texts with names.
pub fn sweep(tx: &Tx<'_>, words: &Words, names: &[String]) -> Result<Vec<Mention>> {
    // A name of one letter, and the names of many, would be found everywhere.
    let names: Vec<&String> = names.iter().filter(|name| names.len() <= MOST && name.chars().count() > 1).collect();
    let mut mentions = Vec::new();
    for table in tx.registry().tables().filter(|table| !table.view) {
        let fields: Vec<&'static Field> = table.fields.iter().filter(|field| is_text(table, field)).collect();
        if !fields.is_empty() {
            mentions.extend(sweep_table(tx, table, &fields, words, &names)?);
        }
    }
    Ok(mentions)
}

/// Names of people are other people's, and documents have their own way.
fn is_text(table: &Table, field: &Field) -> bool {
    let own = table.name == Person::NAME && field.search;
    field.kind == Kind::Text && !field.is_document() && !own && !table.key.contains(&field.name)
}

fn sweep_table(tx: &Tx<'_>, table: &'static Table, fields: &[&'static Field], words: &Words, names: &[&String]) -> Result<Vec<Mention>> {
    let columns: Vec<&str> = table.key_columns().into_iter().chain(fields.iter().map(|field| field.name)).collect();
    let first = table.key_columns().len();
    let (mut found, mut counts) = (Vec::new(), vec![0_u64; fields.len()]);
    {
        let mut statement = tx.connection().prepare(&format!("SELECT {} FROM {}", columns.join(", "), table.name))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for ((at, field), count) in (first..).zip(fields).zip(&mut counts) {
                let Some(text) = row.get::<_, Option<String>>(at)? else { continue };
                if words.hit(text.as_bytes()) {
                    let key = Key::read(row, table)?;
                    found.push((key, field.name, words.replaced(&text, ERASED)));
                }
                *count += u64::from(names.iter().any(|name| text.contains(name.as_str())));
            }
        }
    }
    found.into_iter().try_for_each(|(key, field, text)| tx.patch(table, key, &[(field, Cell::Text(text))]))?;
    let told = fields.iter().zip(counts).filter(|(_, rows)| *rows > 0);
    Ok(told.map(|(field, rows)| Mention { record: table.label.into(), field: field.label.into(), rows }).collect())
}
