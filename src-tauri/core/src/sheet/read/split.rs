//! Text cut into records and fields (RFC 4180, taken leniently).
//!
//! Rows are counted as a spreadsheet counts them: an empty line is a row, a line break inside quotes is not. A quote
//! counts only at the start of a field; what follows the closing quote is kept as it stands.

use std::io::Read;

use memchr::{memchr, memchr3};

use crate::sheet::fault::Fault;

/// The longest field, in bytes: a quote that is never closed must not swallow the rest of the file.
const LONGEST_FIELD: usize = 1 << 20;

pub(super) struct Splitter<R> {
    source: R,
    delimiter: u8,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    record: Vec<u8>,
    ends: Vec<usize>,
    number: u32,
}

impl<R: Read> Splitter<R> {
    pub(super) fn new(source: R, delimiter: u8) -> Self {
        Self { source, delimiter, buffer: vec![0; 128 << 10], at: 0, end: 0, record: Vec::new(), ends: Vec::new(), number: 0 }
    }

    /// Reads the next record and gives its row number, or `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<u32>, Fault> {
        self.record.clear();
        self.ends.clear();
        if self.peek()?.is_none() {
            return Ok(None);
        }
        self.number = self.number.checked_add(1).ok_or(Fault::TooBig("行数"))?;
        while self.field()? {}
        Ok(Some(self.number))
    }

    /// The fields of the record read last.
    pub(super) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter()).map(|(from, to)| self.record.get(from..*to).unwrap_or_default())
    }

    /// Reads one field; says whether the record goes on.
    fn field(&mut self) -> Result<bool, Fault> {
        if self.peek()? == Some(b'"') {
            self.at += 1;
            self.quoted()?;
        }
        let goes_on = self.plain()?;
        self.ends.push(self.record.len());
        Ok(goes_on)
    }

    fn quoted(&mut self) -> Result<(), Fault> {
        loop {
            if !self.take_until(|rest| memchr(b'"', rest))? {
                self.peek()?
                    .ok_or(Fault::Said("里有没有配对的双引号", "请用记事本找到多出的双引号删去，或用 Excel 另存为 .xlsx 后再导入。"))?;
                continue;
            }
            self.at += 1;
            if self.peek()? != Some(b'"') {
                return Ok(());
            }
            self.record.push(b'"');
            self.at += 1;
        }
    }

    /// Reads up to the end of the field; says whether another field follows in the record.
    fn plain(&mut self) -> Result<bool, Fault> {
        loop {
            let delimiter = self.delimiter;
            let found = self.take_until(|rest| memchr3(delimiter, b'\n', b'\r', rest))?;
            match self.peek()? {
                None => return Ok(false),
                Some(_) if !found => {}
                Some(mark) => {
                    self.at += 1;
                    if mark == b'\r' && self.peek()? == Some(b'\n') {
                        self.at += 1;
                    }
                    return Ok(mark == self.delimiter);
                }
            }
        }
    }

    /// Takes what is buffered up to the mark into the record; says whether the mark was found.
    fn take_until(&mut self, mark: impl Fn(&[u8]) -> Option<usize>) -> Result<bool, Fault> {
        let rest = self.buffer.get(self.at..self.end).unwrap_or_default();
        let found = mark(rest);
        let taken = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
        self.record.extend_from_slice(taken);
        self.at += taken.len();
        let from = self.ends.last().copied().unwrap_or_default();
        if self.record.len() - from > LONGEST_FIELD { Err(Fault::TooBig("单个单元格")) } else { Ok(found.is_some()) }
    }

    fn ahead(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Gives the next byte without taking it, reading on where the buffer is used up.
    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        if self.at == self.end {
            self.at = 0;
            self.end = self.source.read(&mut self.buffer)?;
        }
        Ok(self.ahead().first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Vec<(u32, Vec<String>)>, Fault> {
        let mut splitter = Splitter::new(text.as_bytes(), b',');
        let mut rows = Vec::new();
        while let Some(number) = splitter.next()? {
            rows.push((number, splitter.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect()));
        }
        Ok(rows)
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let rows = split("甲,\"乙\n丙\"\r\n\r\n\"say \"\"hi\"\"\",,x\rlast").expect("sound text");
        let wanted = [(1, vec!["甲", "乙\n丙"]), (2, vec![""]), (3, vec!["say \"hi\"", "", "x"]), (4, vec!["last"])];
        let wanted: Vec<_> =
            wanted.into_iter().map(|(number, fields)| (number, fields.into_iter().map(String::from).collect::<Vec<_>>())).collect();
        assert_eq!(rows, wanted, "an empty line is a row, a quoted line break is not, all three line ends count");
    }

    #[test]
    fn quotes_inside_a_field_are_text() {
        assert_eq!(split("a\"b,\"c\"d").expect("lenient"), [(1, vec!["a\"b".to_owned(), "cd".to_owned()])], "only a leading quote quotes");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused() {
        assert!(matches!(split("a,\"b\nc,d\n"), Err(Fault::Said(..))), "the rest of the file must not become one cell");
        let long = format!("\"{}\n", "x,\n".repeat(500_000));
        assert!(matches!(split(&long), Err(Fault::TooBig(_))), "nor must it fill the memory");
    }
}
