//! One sheet's XML, row by row.

use std::io::Read;
use std::ops::ControlFlow;

use crate::sheet::fault::Fault;
use crate::sheet::place::{Area, LAST_COLUMN, LAST_ROW, column_number, row_number};
use crate::sheet::xml::{Scanner, Tag, Token, append, append_literal};

use super::cells::{Buffer, Epoch, Kind, Row};
use super::quick;
use super::strings::Strings;
use super::styles::Formats;

/// What the cells of a sheet refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a Strings,
    pub(super) formats: &'a Formats,
    pub(super) epoch: Epoch,
    pub(super) most_cells: u64,
}

/// Takes each row in turn; `Break` ends the reading.
pub(super) type Each<'f> = dyn FnMut(&Row<'_>) -> crate::Result<ControlFlow<()>> + 'f;

/// Reads a sheet's rows; gives its merged areas, or `None` where the reading was ended before they were reached.
pub(super) fn scan(source: impl Read, context: &Context<'_>, each: &mut Each<'_>) -> Result<Option<Vec<Area>>, Fault> {
    let mut xml = Scanner::new(source)?;
    let mut sheet = Sheet::new(context);
    if sheet.rows(&mut xml, each)?.is_break() {
        return Ok(None);
    }
    let mut merges = Vec::new();
    while let Some(token) = xml.next()? {
        if let Token::Open(tag) = token
            && tag.name == b"mergeCell"
        {
            merges.extend(tag.value("ref").and_then(|area| Area::parse(&area)));
        }
    }
    Ok(Some(merges))
}

struct Sheet<'a> {
    context: &'a Context<'a>,
    row: Buffer,
    cell: Cell,
    last_row: u32,
    cells: u64,
    /// Whether text is part of the cell's value now.
    take: bool,
    reading: bool,
    /// Whether a row has begun and not ended.
    open: bool,
    /// Whether a cell of the row has begun and not ended.
    inside: bool,
}

#[derive(Clone, Copy)]
struct Cell {
    column: u16,
    style: usize,
    stored: Stored,
    formula: bool,
    from: usize,
}

/// How a cell's value is stored (its `t` attribute).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stored {
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Iso,
}

impl<'a> Sheet<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        let cell = Cell { column: 0, style: 0, stored: Stored::Number, formula: false, from: 0 };
        Self { context, row: Buffer::default(), cell, last_row: 0, cells: 0, take: false, reading: false, open: false, inside: false }
    }

    fn rows<R: Read>(&mut self, xml: &mut Scanner<R>, each: &mut Each<'_>) -> Result<ControlFlow<()>, Fault> {
        let mut inside = false;
        loop {
            self.quick_cells(xml)?;
            let Some(token) = xml.next()? else { break };
            match token {
                Token::Text(raw) if self.take => sound(append(raw, &mut self.row.text))?,
                Token::Literal(raw) if self.take => sound(append_literal(raw, &mut self.row.text))?,
                Token::Open(tag) if inside => self.open(&tag)?,
                Token::Open(tag) if tag.name == b"sheetData" => match tag.empty {
                    true => return Ok(ControlFlow::Continue(())),
                    false => inside = true,
                },
                Token::Close(b"sheetData") if self.open => return Err(Fault::Broken("工作表")),
                Token::Close(b"sheetData") => return Ok(ControlFlow::Continue(())),
                Token::Close(b"row") if self.emit(each)?.is_break() => return Ok(ControlFlow::Break(())),
                Token::Close(name) if inside => self.close(name)?,
                _ => {}
            }
        }
        if inside { Err(Fault::Broken("工作表")) } else { Ok(ControlFlow::Continue(())) }
    }

    /// Reads cells as long as they have one of the common shapes.
    fn quick_cells<R: Read>(&mut self, xml: &mut Scanner<R>) -> Result<(), Fault> {
        while self.open && !self.inside {
            let Some(cell) = quick::cell(xml.ahead()) else { break };
            let column = cell.place.map_or(Some(self.cell.column + 1), letters).filter(|column| *column <= LAST_COLUMN);
            self.cell = Cell {
                column: column.ok_or(Fault::Broken("单元格位置"))?,
                style: number(cell.style),
                stored: cell.stored,
                formula: cell.formula,
                from: self.row.text.len(),
            };
            sound(append(cell.text, &mut self.row.text))?;
            let length = cell.length;
            xml.advance(length);
            self.close_cell()?;
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        match tag.name {
            b"c" => return self.open_cell(tag),
            b"v" => self.take = !tag.empty,
            b"t" => self.take = !tag.empty && !self.reading,
            b"rPh" => self.reading = !tag.empty,
            b"f" => self.cell.formula = true,
            b"row" => return self.open_row(tag),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), Fault> {
        match name {
            b"v" | b"t" => self.take = false,
            b"rPh" => self.reading = false,
            // The end of a cell that never began is none, as in a sheet that somebody spoilt.
            b"c" if self.inside => {
                self.inside = false;
                return self.close_cell();
            }
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        let number = match tag.raw("r") {
            Some(digits) => row_number(digits),
            None => Some(self.last_row + 1).filter(|row| *row <= LAST_ROW),
        };
        self.last_row = number.ok_or(Fault::Broken("行号"))?;
        self.row.begin(self.last_row);
        (self.cell.column, self.inside) = (0, false);
        self.open = !tag.empty;
        Ok(())
    }

    fn open_cell(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        let mut cell = Cell { column: self.cell.column + 1, style: 0, stored: Stored::Number, formula: false, from: self.row.text.len() };
        for (name, value) in tag.attributes() {
            match name {
                b"r" => cell.column = letters(value).ok_or(Fault::Broken("单元格位置"))?,
                b"s" => cell.style = number(value),
                b"t" => cell.stored = stored(value),
                _ => {}
            }
        }
        if cell.column > LAST_COLUMN {
            return Err(Fault::Broken("单元格位置"));
        }
        self.cell = cell;
        self.inside = !tag.empty;
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Fault> {
        let Cell { column, style, stored, formula, from } = self.cell;
        let written = self.row.since(from..self.row.text.len());
        if written.is_empty() {
            if formula && stored != Stored::Text {
                self.row.add(column, Kind::Uncomputed, from);
            }
            return Ok(());
        }
        let kind = match stored {
            Stored::Shared => return self.close_shared(),
            Stored::Number if style != 0 && self.context.formats.dated(style) => Kind::Dated,
            Stored::Number => Kind::Number,
            Stored::Text => Kind::Text,
            Stored::Bool => Kind::Bool,
            Stored::Error => Kind::Error,
            Stored::Iso => Kind::Iso,
        };
        if kind == Kind::Text {
            unescape(&mut self.row.text, from);
        }
        self.row.add(column, kind, from);
        Ok(())
    }

    fn close_shared(&mut self) -> Result<(), Fault> {
        let Cell { column, from, .. } = self.cell;
        let index = self.row.since(from..self.row.text.len()).trim().parse().ok();
        let index = index.filter(|index| (*index as usize) < self.context.strings.len()).ok_or(Fault::Broken("共享文字编号"))?;
        self.row.text.truncate(from);
        if !self.context.strings.get(index).is_empty() {
            self.row.add_shared(column, index);
        }
        Ok(())
    }

    fn emit(&mut self, each: &mut Each<'_>) -> Result<ControlFlow<()>, Fault> {
        self.open = false;
        self.cells += self.row.len() as u64;
        if self.cells > self.context.most_cells {
            return Err(Fault::TooBig("单元格数"));
        }
        if self.row.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let flow = each(&self.row.row(self.context.strings, self.context.epoch)).map_err(Fault::Caller);
        self.row.begin(self.last_row);
        flow
    }
}

fn sound(read: bool) -> Result<(), Fault> {
    if read { Ok(()) } else { Err(Fault::Broken("单元格文字")) }
}

/// Reads a short number; what is none counts as 0.
fn number(digits: &[u8]) -> usize {
    let digit = |number: usize, digit: &u8| {
        number.checked_mul(10)?.checked_add(usize::from(digit.wrapping_sub(b'0'))).filter(|_| digit.is_ascii_digit())
    };
    digits.iter().try_fold(0, digit).unwrap_or(0)
}

fn letters(place: &[u8]) -> Option<u16> {
    let letters = place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    column_number(place.get(..letters)?)
}

pub(super) fn stored(value: &[u8]) -> Stored {
    match value {
        b"s" => Stored::Shared,
        b"str" | b"inlineStr" => Stored::Text,
        b"b" => Stored::Bool,
        b"e" => Stored::Error,
        b"d" => Stored::Iso,
        _ => Stored::Number,
    }
}

/// Resolves `_x000D_` and its like in what stands from byte `from` on (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
pub(super) fn unescape(text: &mut String, from: usize) {
    let Some(tail) = text.get(from..).filter(|tail| memchr::memchr(b'_', tail.as_bytes()).is_some()) else { return };
    let mut plain = String::with_capacity(tail.len());
    let mut rest = tail;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        match escaped(after) {
            Some((character, left)) => {
                plain.push(character);
                rest = left;
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    text.truncate(from);
    text.push_str(&plain);
}

fn escaped(after: &str) -> Option<(char, &str)> {
    let (unit, rest) = unit(after)?;
    if let Some(character) = char::from_u32(u32::from(unit)) {
        return Some((character, rest));
    }
    let (low, rest) = self::unit(rest.strip_prefix("_x")?)?;
    let character = char::decode_utf16([unit, low]).next()?.ok()?;
    Some((character, rest))
}

fn unit(after: &str) -> Option<(u16, &str)> {
    let (digits, rest) = after.split_at_checked(4)?;
    let valid = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    Some((u16::from_str_radix(digits, 16).ok().filter(|_| valid)?, rest.strip_prefix('_')?))
}
