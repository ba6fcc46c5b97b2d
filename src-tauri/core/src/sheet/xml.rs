//! The XML inside a workbook, cut into pieces without a tree and without copying.
//!
//! Only what workbooks use: elements, attributes, text, CDATA, comments, declarations. A document type declaration
//! is refused, so no entity can be defined and none can blow up.

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::{memchr, memchr2, memchr3, memmem};

/// The longest single piece (a tag or a run of text) that is held in memory, in bytes.
const LONGEST_PIECE: usize = 16 << 20;
const CHUNK: usize = 128 << 10;

/// An element's opening tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// The name without its prefix.
    pub name: &'a [u8],
    /// What stands between the name and the end of the tag.
    pub attributes: &'a [u8],
    /// Whether the element ends with this tag.
    pub empty: bool,
}

impl<'a> Tag<'a> {
    /// Iterates over names (with their prefix) and raw values.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// Finds the raw value of an attribute by its full name.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.attributes().find(|(key, _)| *key == name.as_bytes()).map(|(_, value)| value)
    }

    /// Finds the value of an attribute by its full name, entities resolved.
    pub fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        plain(self.raw(name)?)
    }
}

/// The attributes of a tag.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    /// What has not been cut yet.
    pub rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.rest.split_at_checked(memchr(b'=', self.rest)?)?;
        let rest = rest.get(1..)?.trim_ascii_start();
        let (quote, rest) = rest.split_first()?;
        let (value, rest) = rest.split_at_checked(memchr(*quote, rest)?)?;
        self.rest = rest.get(1..)?;
        Some((name.trim_ascii(), value))
    }
}

/// One piece of a document.
#[derive(Debug, Clone, Copy)]
pub enum Token<'a> {
    /// An opening tag, or an element that is empty.
    Open(Tag<'a>),
    /// A closing tag's name without its prefix.
    Close(&'a [u8]),
    /// Text with its entities as written.
    Text(&'a [u8]),
    /// Text that has no entities (CDATA).
    Literal(&'a [u8]),
    /// A declaration or comment.
    Aside,
}

/// What stops the cutting.
#[derive(Debug)]
pub enum XmlFault {
    /// The source could not be read.
    Io(io::Error),
    /// It is no XML that a workbook may hold.
    Broken,
}

impl From<io::Error> for XmlFault {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}

enum Measure {
    Length(usize),
    More,
    End,
    Broken,
}

/// Says how long the piece at the start of `bytes` is; `drained` says that nothing follows `bytes`.
fn measure(bytes: &[u8], drained: bool) -> Measure {
    let open = match bytes {
        [] => return if drained { Measure::End } else { Measure::More },
        [b'<', second, ..] => Some(*second),
        [b'<'] => return if drained { Measure::Broken } else { Measure::More },
        _ => None,
    };
    let length = match open {
        None => memchr(b'<', bytes).or(drained.then_some(bytes.len())),
        Some(b'?') => ends(bytes, b"?>"),
        Some(b'!') => return measure_mark(bytes, drained),
        Some(_) => tag_length(bytes),
    };
    match length {
        Some(length) => Measure::Length(length),
        None if drained => Measure::Broken,
        None => Measure::More,
    }
}

fn measure_mark(bytes: &[u8], drained: bool) -> Measure {
    let length = if bytes.starts_with(b"<!--") {
        ends(bytes, b"-->")
    } else if bytes.starts_with(b"<![CDATA[") {
        ends(bytes, b"]]>")
    } else if bytes.len() < 9 && !drained {
        return Measure::More;
    } else {
        return Measure::Broken;
    };
    match length {
        Some(length) => Measure::Length(length),
        None if drained => Measure::Broken,
        None => Measure::More,
    }
}

fn ends(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    memmem::find(bytes, mark).map(|at| at + mark.len())
}

/// Finds the end of a tag; a `>` inside a quoted value does not end it.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let end = memchr(b'>', bytes)?;
    let tag = bytes.get(..end)?;
    let odd = |quote: u8| tag.iter().filter(|byte| **byte == quote).count() % 2 == 1;
    if odd(b'"') || odd(b'\'') { quoted_tag_length(bytes) } else { Some(end + 1) }
}

fn quoted_tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let found = memchr3(b'>', b'"', b'\'', rest)?;
        let (mark, after) = rest.get(found..)?.split_first()?;
        at += found + 1;
        if *mark == b'>' {
            return Some(at);
        }
        at += memchr(*mark, after)? + 1;
    }
}

fn token(raw: &[u8]) -> Token<'_> {
    match raw {
        [b'<', b'/', name @ .., b'>'] => Token::Close(local(name.trim_ascii())),
        [b'<', b'?' | b'!', ..] => match raw.strip_prefix(b"<![CDATA[").and_then(|rest| rest.strip_suffix(b"]]>")) {
            Some(text) => Token::Literal(text),
            None => Token::Aside,
        },
        [b'<', tag @ .., b'/', b'>'] => Token::Open(open_tag(tag, true)),
        [b'<', tag @ .., b'>'] => Token::Open(open_tag(tag, false)),
        text => Token::Text(text),
    }
}

fn open_tag(tag: &[u8], empty: bool) -> Tag<'_> {
    let end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at_checked(end).unwrap_or((tag, &[]));
    Tag { name: local(name), attributes, empty }
}

fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

/// Cuts a stream; holds one chunk, or one piece where that is longer.
pub struct Scanner<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    drained: bool,
}

impl<R: Read> Scanner<R> {
    /// Begins to cut; a byte order mark before the document is passed over.
    pub fn new(source: R) -> Result<Self, XmlFault> {
        let mut scanner = Self { source, buffer: vec![0; CHUNK], at: 0, end: 0, drained: false };
        while scanner.end < 3 && !scanner.drained {
            scanner.fill()?;
        }
        if scanner.buffer.starts_with(b"\xEF\xBB\xBF") {
            scanner.at = 3;
        }
        if scanner.buffer.starts_with(b"\xFF\xFE") || scanner.buffer.starts_with(b"\xFE\xFF") { Err(XmlFault::Broken) } else { Ok(scanner) }
    }

    /// What is held and not cut yet; may end in the middle of anything.
    pub fn ahead(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Passes over bytes that [`Self::ahead`] gave.
    pub fn advance(&mut self, length: usize) {
        self.at = self.end.min(self.at + length);
    }

    /// Gives the next piece, or `None` at the end.
    pub fn next(&mut self) -> Result<Option<Token<'_>>, XmlFault> {
        let length = loop {
            match measure(self.ahead(), self.drained) {
                Measure::Length(length) => break length,
                Measure::More => self.fill()?,
                Measure::End => return Ok(None),
                Measure::Broken => return Err(XmlFault::Broken),
            }
        };
        let from = self.at;
        self.at += length;
        Ok(self.buffer.get(from..self.at).map(token))
    }

    /// Moves what is left to the front and reads on; a piece that fills the buffer makes it grow.
    fn fill(&mut self) -> Result<(), XmlFault> {
        self.buffer.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if self.end == self.buffer.len() {
            let grown = self.buffer.len() * 2;
            if grown > LONGEST_PIECE {
                return Err(XmlFault::Io(io::ErrorKind::FileTooLarge.into()));
            }
            self.buffer.resize(grown, 0);
        }
        match self.source.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
            Ok(0) => self.drained = true,
            Ok(read) => self.end += read,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault.into()),
        }
        Ok(())
    }
}

/// One piece of a document in memory, with its bytes as they stand there.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The bytes, so that what is not changed can be copied.
    pub raw: &'a [u8],
    /// What they are.
    pub token: Token<'a>,
}

/// Cuts a document in memory.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    rest: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// Begins to cut.
    pub fn new(document: &'a [u8]) -> Self {
        Self { rest: document }
    }

    /// Gives the next piece, or `None` at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, XmlFault> {
        match measure(self.rest, true) {
            Measure::Length(length) => {
                let (raw, rest) = self.rest.split_at_checked(length).ok_or(XmlFault::Broken)?;
                self.rest = rest;
                Ok(Some(Piece { raw, token: token(raw) }))
            }
            Measure::End => Ok(None),
            Measure::More | Measure::Broken => Err(XmlFault::Broken),
        }
    }
}

/// Resolves the entities of a raw value; `None` where it is no UTF-8 or names an unknown entity.
pub fn plain(raw: &[u8]) -> Option<Cow<'_, str>> {
    if memchr2(b'&', b'\r', raw).is_none() {
        return std::str::from_utf8(raw).ok().map(Cow::Borrowed);
    }
    let mut text = String::with_capacity(raw.len());
    append(raw, &mut text).then_some(Cow::Owned(text))
}

/// Appends raw text with its entities resolved and its line ends as `\n`; says whether all of it could be read.
pub fn append(raw: &[u8], into: &mut String) -> bool {
    let mut rest = raw;
    while let Some(found) = memchr2(b'&', b'\r', rest) {
        let Some((before, mark)) = rest.split_at_checked(found) else { return false };
        if !append_literal(before, into) {
            return false;
        }
        let Some(after) = append_mark(mark, into) else { return false };
        rest = after;
    }
    append_literal(rest, into)
}

/// Appends text that has no entities; says whether it is UTF-8.
pub fn append_literal(raw: &[u8], into: &mut String) -> bool {
    let read = std::str::from_utf8(raw);
    into.push_str(read.unwrap_or_default());
    read.is_ok()
}

fn append_mark<'a>(mark: &'a [u8], into: &mut String) -> Option<&'a [u8]> {
    let (first, after) = mark.split_first()?;
    if *first == b'\r' {
        into.push('\n');
        return Some(after.strip_prefix(b"\n").unwrap_or(after));
    }
    let end = memchr(b';', after.get(..12.min(after.len()))?)?;
    let (name, rest) = after.split_at_checked(end)?;
    into.push(entity(name)?);
    rest.get(1..)
}

fn entity(name: &[u8]) -> Option<char> {
    let code = |digits: &[u8], radix| u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok().and_then(char::from_u32);
    match name {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x' | b'X', digits @ ..] => code(digits, 16),
        [b'#', digits @ ..] => code(digits, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
