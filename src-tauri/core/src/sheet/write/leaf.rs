//! A sheet's XML taken apart: what stands before its rows, the rows, what stands after them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::sheet::fault::Fault;
use crate::sheet::place::{CellRef, column_number, row_number};
use crate::sheet::xml::{Piece, Pieces, Tag, Token, plain};

use super::formula::filled;

/// A sheet's XML, its rows apart.
#[derive(Debug)]
pub(in crate::sheet) struct LeafPart<'a> {
    /// Everything down to and including the tag that begins the rows.
    pub(in crate::sheet) before: Cow<'a, [u8]>,
    pub(in crate::sheet) rows: Vec<RowPart<'a>>,
    /// The rows' bytes.
    between: &'a [u8],
    /// Everything from the tag that ends the rows on.
    pub(in crate::sheet) after: Cow<'a, [u8]>,
    /// The prefix of the sheet's own elements, with its colon, or empty.
    pub(in crate::sheet) prefix: String,
}

/// A row of a blank.
#[derive(Debug, Default)]
pub(in crate::sheet) struct RowPart<'a> {
    pub(in crate::sheet) number: u32,
    pub(in crate::sheet) attributes: &'a [u8],
    pub(in crate::sheet) cells: Vec<CellPart<'a>>,
    pub(in crate::sheet) raw: &'a [u8],
}

/// A cell of a blank.
#[derive(Debug, Default)]
pub(in crate::sheet) struct CellPart<'a> {
    pub(in crate::sheet) column: u16,
    pub(in crate::sheet) attributes: &'a [u8],
    /// What stands between the cell's tags.
    pub(in crate::sheet) inner: &'a [u8],
    pub(in crate::sheet) raw: &'a [u8],
    pub(in crate::sheet) formula: Option<FormulaPart<'a>>,
}

/// A cell's formula; a shared one is spelt out.
#[derive(Debug)]
pub(in crate::sheet) struct FormulaPart<'a> {
    /// Its attributes, but for those of sharing.
    pub(in crate::sheet) attributes: &'a [u8],
    pub(in crate::sheet) text: String,
}

impl RowPart<'_> {
    /// Says whether any cell of the row holds something.
    pub(in crate::sheet) fn is_filled(&self) -> bool {
        self.cells.iter().any(|cell| !cell.inner.is_empty())
    }

    pub(in crate::sheet) fn has_formula(&self) -> bool {
        self.cells.iter().any(|cell| cell.formula.is_some())
    }
}

impl<'a> LeafPart<'a> {
    /// A sheet of nothing.
    pub(in crate::sheet) const EMPTY: Self =
        Self { before: Cow::Borrowed(&[]), rows: Vec::new(), between: &[], after: Cow::Borrowed(&[]), prefix: String::new() };

    /// Takes a sheet apart; refuses one whose rows are out of order.
    pub(in crate::sheet) fn parse(document: &'a [u8]) -> Result<Self, Fault> {
        let mut cutter = Cutter { document, pieces: Pieces::new(document), at: 0 };
        let (from, tag) = loop {
            let from = cutter.at;
            match cutter.next()?.token {
                Token::Open(tag) if tag.name == b"sheetData" => break (from, tag),
                _ => {}
            }
        };
        let raw = cutter.span(from);
        let prefix = prefix(raw)?;
        if tag.empty {
            let begin = [cutter.document.get(..from).unwrap_or_default(), format!("<{prefix}sheetData>").as_bytes()].concat();
            let after = [format!("</{prefix}sheetData>").as_bytes(), cutter.rest()].concat();
            return Ok(Self { before: begin.into(), rows: Vec::new(), between: &[], after: after.into(), prefix });
        }
        let before = document.get(..cutter.at).unwrap_or_default();
        let mut rows = Vec::new();
        let end = cutter.rows(&mut rows)?;
        spell_out(&mut rows);
        let between = document.get(before.len()..end).unwrap_or_default();
        Ok(Self { before: before.into(), rows, between, after: document.get(end..).unwrap_or_default().into(), prefix })
    }

    pub(in crate::sheet) fn row(&self, number: u32) -> Option<&RowPart<'a>> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().and_then(|at| self.rows.get(at))
    }

    /// Copies all rows to the byte, with what stands between them.
    pub(in crate::sheet) fn rows_as_they_lie(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(self.between);
    }

    pub(in crate::sheet) fn has_formula(&self) -> bool {
        self.rows.iter().any(RowPart::has_formula)
    }
}

fn prefix(raw: &[u8]) -> Result<String, Fault> {
    let name = raw.get(1..).unwrap_or_default();
    let colon =
        name.iter().position(|byte| *byte == b':').filter(|colon| name.get(colon + 1..).unwrap_or_default().starts_with(b"sheetData"));
    let prefix = name.get(..colon.map_or(0, |colon| colon + 1)).unwrap_or_default();
    String::from_utf8(prefix.to_vec()).map_err(|_| Fault::Broken("工作表"))
}

struct Cutter<'a> {
    document: &'a [u8],
    pieces: Pieces<'a>,
    at: usize,
}

impl<'a> Cutter<'a> {
    fn next(&mut self) -> Result<Piece<'a>, Fault> {
        let piece = self.pieces.next()?.ok_or(Fault::Broken("工作表"))?;
        self.at += piece.raw.len();
        Ok(piece)
    }

    fn span(&self, from: usize) -> &'a [u8] {
        self.document.get(from..self.at).unwrap_or_default()
    }

    fn rest(&self) -> &'a [u8] {
        self.document.get(self.at..).unwrap_or_default()
    }

    /// Reads the rows; gives where the tag that ends them begins.
    fn rows(&mut self, rows: &mut Vec<RowPart<'a>>) -> Result<usize, Fault> {
        loop {
            let from = self.at;
            match self.next()?.token {
                Token::Open(tag) if tag.name == b"row" => {
                    let last = rows.last().map_or(0, |row| row.number);
                    let number =
                        tag.raw("r").map_or(Some(last + 1), row_number).filter(|number| *number > last).ok_or(Fault::Broken("行号"))?;
                    let cells = if tag.empty { Vec::new() } else { self.cells()? };
                    rows.push(RowPart { number, attributes: tag.attributes, cells, raw: self.span(from) });
                }
                Token::Close(b"sheetData") => return Ok(from),
                _ => {}
            }
        }
    }

    fn cells(&mut self) -> Result<Vec<CellPart<'a>>, Fault> {
        let mut cells: Vec<CellPart<'a>> = Vec::new();
        loop {
            let from = self.at;
            match self.next()?.token {
                Token::Open(tag) if tag.name == b"c" => {
                    let last = cells.last().map_or(0, |cell| cell.column);
                    let column = place(&tag, last).filter(|column| *column > last).ok_or(Fault::Broken("单元格位置"))?;
                    let begin = self.at;
                    let (formula, end) = if tag.empty { (None, begin) } else { self.inside()? };
                    let inner = self.document.get(begin..end).unwrap_or_default();
                    cells.push(CellPart { column, attributes: tag.attributes, inner, raw: self.span(from), formula });
                }
                Token::Close(b"row") => return Ok(cells),
                _ => {}
            }
        }
    }

    /// Reads down to the end of a cell; gives its formula and where its closing tag begins.
    fn inside(&mut self) -> Result<(Option<FormulaPart<'a>>, usize), Fault> {
        let (mut formula, mut text) = (None, false);
        loop {
            let from = self.at;
            match self.next()?.token {
                Token::Open(tag) if tag.name == b"f" => {
                    formula = Some(FormulaPart { attributes: tag.attributes, text: String::new() });
                    text = !tag.empty;
                }
                Token::Close(b"f") => text = false,
                Token::Text(raw) | Token::Literal(raw) if text => {
                    let words = plain(raw).ok_or(Fault::Broken("公式"))?;
                    formula.iter_mut().for_each(|formula| formula.text.push_str(&words));
                }
                Token::Close(b"c") => return Ok((formula, from)),
                _ => {}
            }
        }
    }
}

fn place(tag: &Tag<'_>, last: u16) -> Option<u16> {
    match tag.raw("r") {
        Some(place) => column_number(place.get(..place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count())?),
        None => Some(last + 1),
    }
}

/// Gives each cell of a shared formula its own text, so that rows can go and come without their group.
fn spell_out(rows: &mut [RowPart<'_>]) {
    let mut groups: HashMap<Vec<u8>, (String, CellRef)> = HashMap::new();
    for row in rows {
        let number = row.number;
        for cell in &mut row.cells {
            let here = CellRef::new(cell.column, number);
            let Some(formula) = &mut cell.formula else { continue };
            let tag = Tag { name: b"f", attributes: formula.attributes, empty: false };
            if tag.raw("t") != Some(b"shared") {
                continue;
            }
            let group = tag.raw("si").unwrap_or_default().to_vec();
            formula.attributes = &[];
            match groups.get(&group) {
                Some((text, first)) if formula.text.is_empty() => {
                    let (rows, columns) = (i64::from(here.row) - i64::from(first.row), i64::from(here.column) - i64::from(first.column));
                    formula.text = filled(text, rows, columns).into_owned();
                }
                _ => drop(groups.insert(group, (formula.text.clone(), here))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_taken_apart_and_its_shared_formulas_spelt_out() {
        let xml = b"<x:w><x:cols/><x:sheetData><x:row r=\"2\" ht=\"3\"><x:c r=\"A2\" s=\"1\"/><x:c><x:f t=\"shared\" si=\"0\" ref=\"B2:B3\">A2&amp;$C$1</x:f><x:v>1</x:v></x:c></x:row>\
            <x:row><x:c r=\"B3\"><x:f t=\"shared\" si=\"0\"/><x:v>1</x:v></x:c></x:row></x:sheetData><x:end/></x:w>";
        let part = LeafPart::parse(xml).expect("a sound sheet");
        assert_eq!((part.prefix.as_str(), part.rows.len(), part.has_formula()), ("x:", 2, true), "two rows under a prefix");
        assert_eq!(part.after.as_ref(), b"</x:sheetData><x:end/></x:w>", "the rest begins where the rows end");
        let texts: Vec<_> = part
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter_map(|cell| cell.formula.as_ref())
            .map(|formula| formula.text.as_str())
            .collect();
        assert_eq!(texts, ["A2&$C$1", "A3&$C$1"], "the second cell has its own formula");
        let row = part.row(2).expect("row 2");
        assert_eq!(row.cells.iter().map(|cell| cell.column).collect::<Vec<_>>(), [1, 2], "columns count on");
    }

    #[test]
    fn an_empty_sheet_can_take_rows_and_a_disordered_one_is_refused() {
        let part = LeafPart::parse(b"<w><sheetData/><e/></w>").expect("an empty sheet");
        assert_eq!(
            (part.before.as_ref(), part.after.as_ref()),
            (&b"<w><sheetData>"[..], &b"</sheetData><e/></w>"[..]),
            "room is made for rows"
        );
        for rows in ["<row r=\"2\"/><row r=\"1\"/>", "<row r=\"2\"/><row r=\"2\"/>", "<row><c r=\"B1\"/><c r=\"A1\"/></row>", "<row>"] {
            assert!(LeafPart::parse(format!("<w><sheetData>{rows}</sheetData></w>").as_bytes()).is_err(), "{rows}");
        }
    }
}
