//! Text sheets: csv and tsv in UTF-8, UTF-16 or GB 18030.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::sheet::fault::Fault;
use crate::sheet::place::LAST_COLUMN;

use super::Caps;
use super::cells::{Buffer, Epoch, Kind};
use super::input::Input;
use super::scan::Each;
use super::split::Splitter;
use super::strings::Strings;
use super::utf16::Utf16;

/// How a text sheet's characters are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB 18030-2022, which holds GBK and GB 2312.
    Gb18030,
}

pub(super) struct Delimited {
    file: Input,
    encoding: Encoding,
    start: u64,
    pub(super) delimiter: u8,
    caps: Caps,
}

impl Delimited {
    pub(super) fn open(mut file: Input, wanted: Option<Encoding>, caps: &Caps) -> Result<Self, Fault> {
        let mut head = Vec::new();
        file.by_ref().take(64 << 10).read_to_end(&mut head)?;
        let (marked, start) = marked(&head);
        let encoding = match wanted.or(marked) {
            Some(encoding) => encoding,
            None => guessed(&mut file)?,
        };
        let mut sheet = Self { file, encoding, start, delimiter: b',', caps: *caps };
        sheet.delimiter = sheet.delimiter()?;
        Ok(sheet)
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn source(&mut self) -> Result<Box<dyn Read + '_>, Fault> {
        self.file.seek(SeekFrom::Start(self.start))?;
        Ok(match self.encoding {
            Encoding::Utf8 | Encoding::Gb18030 => Box::new(&mut self.file),
            Encoding::Utf16Le => Box::new(Utf16::new(&mut self.file, UTF_16LE)),
            Encoding::Utf16Be => Box::new(Utf16::new(&mut self.file, UTF_16BE)),
        })
    }

    /// Takes the separator that stands most often outside quotes in the first lines.
    fn delimiter(&mut self) -> Result<u8, Fault> {
        let mut head = Vec::new();
        self.source()?.take(64 << 10).read_to_end(&mut head)?;
        let mut quoted = false;
        let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
        for byte in head {
            quoted ^= byte == b'"';
            counts.iter_mut().filter(|(delimiter, _)| !quoted && *delimiter == byte).for_each(|(_, count)| *count += 1);
        }
        let most = counts.iter().rev().max_by_key(|(_, count)| *count);
        Ok(most.filter(|(_, count)| *count > 0).map_or(b',', |(delimiter, _)| *delimiter))
    }

    pub(super) fn rows(&mut self, each: &mut Each<'_>) -> Result<(), Fault> {
        let (encoding, delimiter, caps) = (self.encoding, self.delimiter, self.caps);
        let mut splitter = Splitter::new(self.source()?, delimiter);
        let (mut buffer, strings, mut cells) = (Buffer::default(), Strings::default(), 0);
        while let Some(number) = splitter.next()? {
            buffer.begin(number);
            for (field, column) in splitter.fields().zip(1..) {
                put(&mut buffer, encoding, column, field)?;
            }
            cells += buffer.len() as u64;
            if cells > caps.cells {
                return Err(Fault::TooBig("单元格数"));
            }
            if !buffer.is_empty() && each(&buffer.row(&strings, Epoch::Year1900)).map_err(Fault::Caller)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn put(buffer: &mut Buffer, encoding: Encoding, column: u32, field: &[u8]) -> Result<(), Fault> {
    if field.is_empty() {
        return Ok(());
    }
    let column = u16::try_from(column).ok().filter(|column| *column <= LAST_COLUMN).ok_or(Fault::TooBig("列数"))?;
    let from = buffer.text.len();
    match decoded(encoding, field, &mut buffer.text) {
        true => buffer.add(column, Kind::Text, from),
        false => buffer.add(column, Kind::Garbled, from),
    }
    Ok(())
}

/// Appends a field's characters; says whether all of its bytes are characters.
fn decoded(encoding: Encoding, field: &[u8], into: &mut String) -> bool {
    match encoding {
        Encoding::Gb18030 => match GB18030.decode_without_bom_handling_and_without_replacement(field) {
            Some(text) => into.push_str(&text),
            None => return false,
        },
        // UTF-16 has been turned into UTF-8 on the way; what was no character is no UTF-8 either.
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => match std::str::from_utf8(field) {
            Ok(text) => into.push_str(text),
            Err(_) => return false,
        },
    }
    true
}

fn marked(head: &[u8]) -> (Option<Encoding>, u64) {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
        _ => (None, 0),
    }
}

/// Counts characters of several bytes that are UTF-8 and bytes that are not. Chinese text in GB 18030 is hardly ever
/// UTF-8 by chance, so a few bad bytes in a file full of good ones are damage, not another encoding.
fn guessed(file: &mut Input) -> Result<Encoding, Fault> {
    file.rewind()?;
    let (mut good, mut bad) = (0_u64, 0_u64);
    let mut buffer = vec![0; 128 << 10];
    let mut kept = 0;
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let bytes = buffer.get(..kept + read).unwrap_or_default();
        let used = tally(bytes, read == 0, &mut good, &mut bad);
        if read == 0 {
            return Ok(if bad * 10 > good { Encoding::Gb18030 } else { Encoding::Utf8 });
        }
        kept = bytes.len() - used;
        buffer.copy_within(used..used + kept, 0);
    }
}

fn tally(bytes: &[u8], last: bool, good: &mut u64, bad: &mut u64) -> usize {
    let mut used = 0;
    for chunk in bytes.utf8_chunks() {
        *good += chunk.valid().chars().filter(|character| !character.is_ascii()).count() as u64;
        used += chunk.valid().len();
        let cut = !last && used + chunk.invalid().len() == bytes.len() && chunk.invalid().len() < 4;
        if cut {
            return used;
        }
        *bad += u64::from(!chunk.invalid().is_empty());
        used += chunk.invalid().len();
    }
    used
}
