//! What a row holds, however it was stored.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::strings::Strings;

/// What a cell holds. Cells that hold nothing are not listed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellValue<'a> {
    /// Text, as stored: not trimmed, its widths unchanged.
    Text(&'a str),
    /// A number, and the characters it was stored as.
    Number {
        /// Its value.
        value: f64,
        /// Its characters, such as `1.10105194912310E+17`.
        written: &'a str,
    },
    /// A number that the sheet shows as a date, with or without a time of day.
    Date(NaiveDateTime),
    /// A number below one that the sheet shows as a time of day.
    Time(NaiveTime),
    /// True or false.
    Bool(bool),
    /// The error a formula ended in, such as `#REF!`.
    Error(&'a str),
    /// A formula whose result was never saved.
    Uncomputed,
    /// Bytes that are no text in the file's encoding (text files only).
    Garbled,
}

impl<'a> CellValue<'a> {
    /// Gives the value as a person would type it: whole numbers without a point or exponent, dates as `yyyy-MM-dd`;
    /// errors, lost results and garbled bytes give nothing.
    pub fn text(&self) -> Cow<'a, str> {
        match *self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number { value, written } => number_text(value, written),
            Self::Date(moment) if moment.time() == NaiveTime::MIN => Cow::Owned(moment.format("%Y-%m-%d").to_string()),
            Self::Date(moment) => Cow::Owned(moment.format("%Y-%m-%d %H:%M:%S").to_string()),
            Self::Time(time) => Cow::Owned(time.format("%H:%M:%S").to_string()),
            Self::Bool(value) => Cow::Borrowed(if value { "TRUE" } else { "FALSE" }),
            Self::Error(_) | Self::Uncomputed | Self::Garbled => Cow::Borrowed(""),
        }
    }

    /// Says whether this is a whole number of more than 15 digits: a spreadsheet keeps 15, so the digits after them are
    /// not the ones that were typed (an 18-digit identity number has lost its end).
    pub fn digits_lost(&self) -> bool {
        matches!(self, Self::Number { value, .. } if value.abs() >= 1e15)
    }
}

fn number_text(value: f64, written: &str) -> Cow<'_, str> {
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.') && !written.ends_with(".0");
    if plain { Cow::Borrowed(written) } else { Cow::Owned(format!("{value}")) }
}

/// A cell and the column it stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// The column, from 1.
    pub column: u16,
    /// What it holds.
    pub value: CellValue<'a>,
}

/// A row, lent to the reader for the time of one call.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The row as the sheet counts it, from 1.
    pub number: u32,
    cells: &'a [Held],
    text: &'a str,
    strings: &'a Strings,
    epoch: Epoch,
}

impl<'a> Row<'a> {
    /// Iterates over the cells that hold something, in the order stored (which is from left to right).
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let row = *self;
        row.cells.iter().map(move |held| Cell { column: held.column, value: row.value(held) })
    }

    /// Gives what stands in a column (from 1), or `None` where it is empty.
    pub fn get(&self, column: u16) -> Option<CellValue<'a>> {
        self.cells.iter().find(|held| held.column == column).map(|held| self.value(held))
    }

    /// Keeps the row's texts beyond the call.
    pub fn texts(&self) -> TextRow {
        TextRow { number: self.number, cells: self.cells().map(|cell| (cell.column, cell.value.text().into_owned())).collect() }
    }

    fn value(&self, held: &Held) -> CellValue<'a> {
        let written = self.text.get(held.from as usize..held.to as usize).unwrap_or_default();
        match held.kind {
            Kind::Text => CellValue::Text(written),
            Kind::Shared => CellValue::Text(self.strings.get(held.from)),
            Kind::Number => number(written),
            Kind::Dated => self.dated(written),
            Kind::Iso => iso(written).map_or(CellValue::Text(written), CellValue::Date),
            Kind::Bool => CellValue::Bool(matches!(written, "1" | "true")),
            Kind::Error => CellValue::Error(written),
            Kind::Uncomputed => CellValue::Uncomputed,
            Kind::Garbled => CellValue::Garbled,
        }
    }

    fn dated(&self, written: &'a str) -> CellValue<'a> {
        let plain = number(written);
        let CellValue::Number { value, .. } = plain else { return plain };
        self.epoch.moment(value).unwrap_or(plain)
    }
}

fn number(written: &str) -> CellValue<'_> {
    match written.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => CellValue::Number { value, written },
        _ => CellValue::Text(written),
    }
}

fn iso(written: &str) -> Option<NaiveDateTime> {
    let written = written.trim_end_matches('Z');
    let day = || written.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    written.parse::<NaiveDateTime>().ok().or_else(day)
}

/// A row's texts, kept: what a search for the header or a preview needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextRow {
    /// The row as the sheet counts it, from 1.
    pub number: u32,
    /// Columns (from 1) and their texts.
    pub cells: Vec<(u16, String)>,
}

/// The day from which a workbook counts its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    /// 1900, with the 29 February 1900 that never was.
    #[default]
    Year1900,
    /// 1904, as some Mac and WPS files have it.
    Year1904,
}

impl Epoch {
    /// Turns a serial number into a date or a time of day; `None` where it is neither (negative, past the year 9999,
    /// or the 29 February 1900 of the 1900 system).
    pub fn moment(self, serial: f64) -> Option<CellValue<'static>> {
        let milliseconds = (serial * 86_400_000.0).round();
        if !(0.0..2_958_466.0 * 86_400_000.0).contains(&milliseconds) {
            return None;
        }
        let seconds = (milliseconds / 1000.0).round() as u64;
        let (day, second) = (seconds / 86_400, u32::try_from(seconds % 86_400).ok()?);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?;
        match (self, day) {
            (Self::Year1900, 0) => Some(CellValue::Time(time)),
            (Self::Year1900, 60) => None,
            _ => self.zero(day).checked_add_days(Days::new(day)).map(|day| CellValue::Date(day.and_time(time))),
        }
    }

    /// Turns a day into its serial number; `None` where the system does not reach back to it.
    pub fn serial(self, day: NaiveDate) -> Option<i64> {
        let since = |zero: NaiveDate| day.signed_duration_since(zero).num_days();
        let serial = match self {
            Self::Year1900 => Some(since(self.zero(61))).filter(|serial| *serial > 60).unwrap_or_else(|| since(self.zero(1))),
            Self::Year1904 => since(self.zero(0)),
        };
        let least = if self == Self::Year1900 { 1 } else { 0 };
        (least..2_958_466).contains(&serial).then_some(serial)
    }

    fn zero(self, day: u64) -> NaiveDate {
        let (year, month, first) = match self {
            Self::Year1900 if day < 60 => (1899, 12, 31),
            Self::Year1900 => (1899, 12, 30),
            Self::Year1904 => (1904, 1, 1),
        };
        NaiveDate::from_ymd_opt(year, month, first).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Shared,
    Number,
    Dated,
    Iso,
    Bool,
    Error,
    Uncomputed,
    Garbled,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    column: u16,
    kind: Kind,
    from: u32,
    to: u32,
}

/// One row's cells while it is read; its room is used again for the next row.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    pub(super) number: u32,
    pub(super) text: String,
    cells: Vec<Held>,
}

impl Buffer {
    pub(super) fn begin(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds the cell whose text was appended to `text` from byte `from` on.
    pub(super) fn add(&mut self, column: u16, kind: Kind, from: usize) {
        let (from, to) = (offset(from), offset(self.text.len()));
        self.cells.push(Held { column, kind, from, to });
    }

    /// Adds a cell that holds a shared string.
    pub(super) fn add_shared(&mut self, column: u16, index: u32) {
        self.cells.push(Held { column, kind: Kind::Shared, from: index, to: index });
    }

    /// Adds a cell by its kind and the characters it is stored as.
    pub(super) fn put(&mut self, column: u16, kind: Kind, written: impl std::fmt::Display) {
        let from = self.text.len();
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{written}");
        self.add(column, kind, from);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn row<'a>(&'a self, strings: &'a Strings, epoch: Epoch) -> Row<'a> {
        Row { number: self.number, cells: &self.cells, text: &self.text, strings, epoch }
    }

    /// The characters appended since byte `from`.
    pub(super) fn since(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
}

/// A row is far shorter than 4 GiB: its pieces are bounded by the scanner.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn serial_numbers_and_days_agree_in_both_systems() {
        for (epoch, serial, wanted) in [
            (Epoch::Year1900, 1.0, day(1900, 1, 1)),
            (Epoch::Year1900, 59.0, day(1900, 2, 28)),
            (Epoch::Year1900, 61.0, day(1900, 3, 1)),
            (Epoch::Year1900, 45_292.0, day(2024, 1, 1)),
            (Epoch::Year1904, 43_830.0, day(2024, 1, 1)),
            (Epoch::Year1904, 0.0, day(1904, 1, 1)),
        ] {
            let read = epoch.moment(serial);
            assert_eq!(read, Some(CellValue::Date(wanted.and_time(NaiveTime::MIN))), "{epoch:?} {serial} is {wanted}");
            assert_eq!(epoch.serial(wanted).map(|serial| serial as f64), Some(serial), "{wanted} is {serial} in {epoch:?}");
        }
    }

    #[test]
    fn what_is_no_day_stays_a_number() {
        for serial in [-1.0, 60.0, 60.5, 2_958_466.0, 20_240_101.0, f64::NAN] {
            assert_eq!(Epoch::Year1900.moment(serial), None, "{serial} is no day of the 1900 system");
        }
        assert_eq!(Epoch::Year1900.serial(day(1899, 12, 31)), None, "the system begins with 1900");
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon");
        assert_eq!(Epoch::Year1900.moment(0.5), Some(CellValue::Time(noon)), "half a day is noon");
    }

    #[test]
    fn whole_numbers_print_as_they_were_typed() {
        for (written, wanted) in
            [("13800000001", "13800000001"), ("1.3800000001E10", "13800000001"), ("5.0", "5"), ("0.1", "0.1"), ("-3", "-3")]
        {
            assert_eq!(number(written).text(), wanted, "`{written}` reads {wanted}");
        }
        assert!(number("1.10105194912310E+17").digits_lost(), "an 18-digit number has lost its last digits");
        assert!(!number("138000000010000").digits_lost(), "15 digits are whole");
    }
}
