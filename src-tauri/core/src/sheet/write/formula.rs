//! References inside formulas: found without parsing the formula, moved with their rows.

use std::borrow::Cow;

use crate::sheet::place::{LAST_COLUMN, LAST_ROW, column_name, column_number, row_number};

use super::shift::Shift;

/// One end of a reference: `$C$5`, `C` or `5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Corner {
    column: Option<(bool, u16)>,
    row: Option<(bool, u32)>,
}

impl Corner {
    fn parse(word: &str) -> Option<Self> {
        let (column_fixed, rest) = fixed(word);
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, rest) = rest.split_at_checked(letters)?;
        let column = if letters.is_empty() { None } else { Some((column_fixed, column_number(letters.as_bytes())?)) };
        // In `$5` the mark belongs to the row.
        let (row_fixed, digits) = if column.is_some() { fixed(rest) } else { (column_fixed, rest) };
        let row = if digits.is_empty() { None } else { Some((row_fixed, row_number(digits.as_bytes())?)) };
        (column.is_some() || row.is_some()).then_some(Self { column, row })
    }

    fn write(&self, into: &mut String) {
        let mark = |fixed: bool| if fixed { "$" } else { "" };
        if let Some((fixed, column)) = self.column {
            into.extend([mark(fixed), &column_name(column)]);
        }
        if let Some((fixed, row)) = self.row {
            into.extend([mark(fixed), &row.to_string()]);
        }
    }

    fn is_cell(&self) -> bool {
        self.column.is_some() && self.row.is_some()
    }

    fn alike(&self, other: &Self) -> bool {
        self.column.is_some() == other.column.is_some() && self.row.is_some() == other.row.is_some()
    }
}

fn fixed(word: &str) -> (bool, &str) {
    word.strip_prefix('$').map_or((false, word), |rest| (true, rest))
}

/// A reference to a cell, or to a stretch of cells, columns or rows.
type Reference = (Corner, Option<Corner>);

/// Moves the references to the sheet `of` whose rows shift; `here` says that the formula stands on that sheet, so that
/// references without a sheet's name are meant too. What was deleted becomes `#REF!`.
pub(super) fn shifted<'a>(formula: &'a str, of: &str, here: bool, shift: &Shift) -> Cow<'a, str> {
    if shift.is_none() {
        return Cow::Borrowed(formula);
    }
    rewritten(formula, |sheet, reference| {
        let meant = sheet.map_or(here, |sheet| sheet.to_lowercase() == of.to_lowercase());
        if meant { moved(reference, shift) } else { Some(reference) }
    })
}

fn moved((first, last): Reference, shift: &Shift) -> Option<Reference> {
    let Some((fixed, from)) = first.row else { return Some((first, last)) };
    match last {
        Some(last) => {
            let (last_fixed, to) = last.row?;
            let (from, to) = shift.rows(from.min(to), from.max(to))?;
            Some((Corner { row: Some((fixed, from)), ..first }, Some(Corner { row: Some((last_fixed, to)), ..last })))
        }
        None => Some((Corner { row: Some((fixed, shift.row(from)?)), ..first }, None)),
    }
}

/// Gives the formula as it reads when it is filled `rows` down and `columns` to the right.
pub(crate) fn filled(formula: &str, rows: i64, columns: i64) -> Cow<'_, str> {
    if rows == 0 && columns == 0 {
        return Cow::Borrowed(formula);
    }
    rewritten(formula, |_, (first, last)| {
        let last = match last {
            Some(last) => Some(slid(last, rows, columns)?),
            None => None,
        };
        Some((slid(first, rows, columns)?, last))
    })
}

fn slid(corner: Corner, rows: i64, columns: i64) -> Option<Corner> {
    let column = match corner.column {
        Some((false, column)) => {
            let slid = u16::try_from(i64::from(column) + columns).ok()?;
            Some((false, Some(slid).filter(|slid| (1..=LAST_COLUMN).contains(slid))?))
        }
        other => other,
    };
    let row = match corner.row {
        Some((false, row)) => {
            let slid = u32::try_from(i64::from(row) + rows).ok()?;
            Some((false, Some(slid).filter(|slid| (1..=LAST_ROW).contains(slid))?))
        }
        other => other,
    };
    Some(Corner { column, row })
}

/// Walks over a formula and puts each reference's new form in its place; `None` stands for `#REF!`.
fn rewritten(formula: &str, mut place: impl FnMut(Option<&str>, Reference) -> Option<Reference>) -> Cow<'_, str> {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    let mut sheet: Option<String> = None;
    while let Some(character) = rest.chars().next() {
        let (word, after) = match character {
            '"' => quoted(rest, '"'),
            '\'' => quoted(rest, '\''),
            '[' => bracketed(rest),
            character if in_word(character) => {
                rest.split_at_checked(rest.find(|other| !in_word(other)).unwrap_or(rest.len())).unwrap_or((rest, ""))
            }
            character => rest.split_at_checked(character.len_utf8()).unwrap_or((rest, "")),
        };
        if let Some(after) = after.strip_prefix('!').filter(|_| character == '\'' || in_word(character)) {
            sheet = Some(sheet_name(&out, word));
            out.extend([word, "!"]);
            rest = after;
            continue;
        }
        let found = Some(()).filter(|()| in_word(character) && !after.starts_with(['(', '['])).and_then(|()| reference(word, after));
        match found {
            Some((found, after)) => {
                match place(sheet.as_deref(), found) {
                    Some((first, last)) => write_reference(&first, last.as_ref(), &mut out),
                    None => out.push_str("#REF!"),
                }
                rest = after;
            }
            None => {
                out.push_str(word);
                rest = after;
            }
        }
        sheet = None;
    }
    if out == formula { Cow::Borrowed(formula) } else { Cow::Owned(out) }
}

fn write_reference(first: &Corner, last: Option<&Corner>, into: &mut String) {
    first.write(into);
    if let Some(last) = last {
        into.push(':');
        last.write(into);
    }
}

/// Reads a reference from a word and what follows it; a whole column or row needs its second end to be one.
fn reference<'a>(word: &str, after: &'a str) -> Option<(Reference, &'a str)> {
    let first = Corner::parse(word)?;
    let second = after.strip_prefix(':').and_then(|after| {
        let (word, rest) = after.split_at_checked(after.find(|other| !in_word(other)).unwrap_or(after.len()))?;
        let last = Corner::parse(word).filter(|last| first.alike(last) && !rest.starts_with(['(', '!']))?;
        Some((last, rest))
    });
    match second {
        Some((last, rest)) => Some(((first, Some(last)), rest)),
        None => first.is_cell().then_some(((first, None), after)),
    }
}

/// The name of the sheet before a `!`; a name in another workbook (`[1]Sheet1`) is none of ours.
fn sheet_name(before: &str, word: &str) -> String {
    let name =
        word.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).map_or_else(|| word.to_owned(), |name| name.replace("''", "'"));
    if before.ends_with([']', ':']) { format!("\u{0}{name}") } else { name }
}

fn in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '$' | '_' | '.' | '\\' | '?') || !character.is_ascii()
}

fn quoted(text: &str, quote: char) -> (&str, &str) {
    let mut inside = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            continue;
        }
        if inside && characters.next_if(|(_, next)| *next == quote).is_none() {
            return text.split_at_checked(at + 1).unwrap_or((text, ""));
        }
        inside = true;
    }
    (text, "")
}

fn bracketed(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        depth += usize::from(character == '[');
        depth -= usize::from(character == ']');
        if depth == 0 {
            return text.split_at_checked(at + 1).unwrap_or((text, ""));
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROSTER: Shift = Shift { first: 5, last: 13, now: 20 };
    const FEWER: Shift = Shift { first: 5, last: 13, now: 2 };

    #[test]
    fn references_move_with_their_rows_and_nothing_else_does() {
        for (formula, wanted) in [
            ("SUM(E5:E13)", "SUM(E5:E24)"),
            ("$A$14&B4+LOG10(C15)", "$A$25&B4+LOG10(C26)"),
            ("IF(A14=\"A14\",名册!A14,'别的 表'!A14)", "IF(A25=\"A14\",名册!A25,'别的 表'!A14)"),
            ("'名册'!$A$1:$T$14", "'名册'!$A$1:$T$25"),
            ("$4:$4", "$4:$4"),
            ("14:20", "25:31"),
            ("COUNTIF($A:$A,A1)<2", "COUNTIF($A:$A,A1)<2"),
            ("[1]名册!A14+Table1[A14]", "[1]名册!A14+Table1[A14]"),
            ("E13*14.5+1E14", "E13*14.5+1E14"),
            ("Q1_2024+A14.B", "Q1_2024+A14.B"),
        ] {
            assert_eq!(shifted(formula, "名册", true, &ROSTER), wanted, "{formula} with eleven rows more");
        }
        assert_eq!(shifted("A14+名册!A14", "名册", false, &ROSTER), "A14+名册!A25", "on another sheet only the named one moves");
    }

    #[test]
    fn what_was_deleted_says_so() {
        for (formula, wanted) in [
            ("E13+E6", "#REF!+E6"),
            ("SUM(E5:E13)", "SUM(E5:E6)"),
            ("SUM(E8:E9)", "SUM(#REF!)"),
            ("名册!$E$9", "名册!#REF!"),
            ("A14", "A7"),
        ] {
            assert_eq!(shifted(formula, "名册", true, &FEWER), wanted, "{formula} with seven rows fewer");
        }
    }

    #[test]
    fn a_formula_filled_down_slides_what_is_not_fixed() {
        assert_eq!(filled("D5*$E5+F$5+$G$5+B:B", 3, 0), "D8*$E8+F$5+$G$5+B:B", "three rows down");
        assert_eq!(filled("A1", -1, 0), "#REF!", "off the sheet");
        assert_eq!(filled("A1:B2", 0, 1), "B1:C2", "one column to the right");
    }

    proptest! {
        #[test]
        fn any_formula_is_survived(formula in "[A-C$0-9:!'\"\\[\\](), 名+]{0,24}") {
            let _ = shifted(&formula, "名", true, &ROSTER);
            let _ = shifted(&formula, "名", true, &FEWER);
            prop_assert_eq!(shifted(&formula, "名", true, &Shift::NONE), formula.as_str(), "where nothing moves nothing changes");
        }

        #[test]
        fn what_stands_above_the_table_never_changes(column in 1_u16..500, row in 1_u32..5) {
            let formula = format!("SUM({0}{1},${0}${1})", column_name(column), row);
            prop_assert_eq!(shifted(&formula, "名", true, &FEWER), formula.as_str(), "rows above stay");
        }
    }
}
