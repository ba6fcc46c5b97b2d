//! Taking erased people out of rosters that were computed or received.

use serde_json::Value as Json;

use super::{Delivery, Return};
use crate::error::Result;
use crate::modules::Gone;
use crate::record::{Cell, ERASED, Row, Table};
use crate::store::{Key, Tx, Words};

/// Empties the rows in which an id number of theirs stands; gives how many returns and deliveries it changed.
pub(super) fn wipe(tx: &Tx<'_>, gone: &Gone<'_>) -> Result<usize> {
    Ok(documents(tx, Return::table(), gone.words)? + documents(tx, Delivery::table(), gone.words)?)
}

fn documents(tx: &Tx<'_>, table: &'static Table, words: &[String]) -> Result<usize> {
    let (known, mut found) = (Words::of(words), Vec::new());
    for word in known.all() {
        let sql = format!("SELECT id FROM {} WHERE instr(content, ?1) > 0", table.name);
        found.extend(tx.rows(&sql, [word], |row| row.get::<_, i64>(0))?);
    }
    found.sort_unstable();
    found.dedup();
    for id in &found {
        let text: String = tx.one(&format!("SELECT content FROM {} WHERE id = ?1", table.name), [id])?.unwrap_or_default();
        tx.patch(table, Key::Id(*id), &[("content", Cell::Text(emptied(&text, &known)))])?;
    }
    Ok(found.len())
}

/// The document with the rows emptied; one that is no JSON loses the numbers alone.
fn emptied(text: &str, words: &Words) -> String {
    let Ok(mut content) = serde_json::from_str::<Json>(text) else { return words.replaced(text, ERASED) };
    empty(&mut content, words);
    words.replaced(&content.to_string(), ERASED)
}

/// Empties the texts of every list in which one of the words stands.
fn empty(value: &mut Json, words: &Words) {
    match value {
        Json::Array(items) if items.iter().any(|item| item.as_str().is_some_and(|text| words.hit(text.as_bytes()))) => {
            items.iter_mut().filter(|item| item.is_string()).for_each(|item| *item = ERASED.into());
        }
        Json::Array(items) => items.iter_mut().for_each(|item| empty(item, words)),
        Json::Object(fields) => fields.values_mut().for_each(|item| empty(item, words)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_of_an_erased_person_says_nothing_and_its_neighbours_what_they_said() {
        let mut words = Words::default();
        words.add("11010119900101001X");
        let text = r#"{"lines":[{"key":"","values":[1,"张三","11010119900101001X",null]},{"key":"","values":[2,"李四","110101199001010028",null]}]}"#;
        let wiped =
            r#"{"lines":[{"key":"","values":[1,"已清除","已清除",null]},{"key":"","values":[2,"李四","110101199001010028",null]}]}"#;
        assert_eq!(emptied(text, &words), wiped, "the row stays, without its words");
    }
}
