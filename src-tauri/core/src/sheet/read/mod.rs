//! Workbooks and text sheets in: told apart by content, read row by row, refused with a sentence.
//!
//! A name says nothing about a file: exports called `.xls` are often web pages, `.csv` files come in three encodings.
//! Sizes that a zip declares say nothing either: caps count the bytes that were really inflated.

mod cells;
mod delimited;
mod extent;
mod input;
mod quick;
mod scan;
mod split;
mod strings;
mod styles;
#[cfg(test)]
mod tests;
mod utf16;
mod xls;
mod xlsx;

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::sheet::fault::Fault;
use crate::sheet::place::Area;

use input::Input;

pub use cells::{Cell, CellValue, Epoch, Row, TextRow};
pub use delimited::Encoding;

/// How much is read before a file is refused. The defaults hold a million rows of 20 columns several times over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of the file itself.
    pub container: u64,
    /// Bytes of one sheet, inflated.
    pub sheet: u64,
    /// Bytes of any other part, inflated.
    pub part: u64,
    /// Bytes of all shared texts.
    pub strings: usize,
    /// Cells that hold something, in one sheet.
    pub cells: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { container: 512 << 20, sheet: 2 << 30, part: 64 << 20, strings: 150 << 20, cells: 50_000_000 }
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of a text sheet where the office knows better than the guess.
    pub encoding: Option<Encoding>,
    /// How much is read at most.
    pub caps: Caps,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook in the zip format (.xlsx, .xlsm).
    Xlsx,
    /// A workbook in the binary format of Excel 97-2003.
    Xls,
    /// Text with its encoding and its separator: a comma, a tab or a semicolon.
    Text(Encoding, char),
}

/// A sheet's name on its tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// The name; a text sheet has the file's name without its extension.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
}

/// A file that can be read; nothing of its sheets is held in memory but the shared texts (.xls: all of it).
pub struct Source {
    path: PathBuf,
    kind: Shape,
    sheets: Vec<SheetName>,
}

enum Shape {
    Xlsx(Box<xlsx::Xlsx>),
    Xls(Box<xls::Biff>),
    Text(delimited::Delimited),
}

/// Opens a workbook or text sheet; what it is, its content decides.
///
/// Refuses files that are empty, of another kind, damaged, under a password or too large, each with its own sentence.
pub fn open(path: &Path, options: &ReadOptions) -> Result<Source> {
    let shaped = File::open(path).map_err(Fault::from).and_then(|file| match file.metadata() {
        Ok(facts) if facts.is_dir() => Err(Fault::Said("是文件夹，不是文件", "请选择其中的表格文件。")),
        _ => shape(Input::File(file), options),
    });
    source(path, shaped)
}

/// Opens a workbook or text sheet whose bytes are at hand, as [`open`] does; `name` is the file's name for sentences.
pub fn open_bytes(bytes: Vec<u8>, name: &str, options: &ReadOptions) -> Result<Source> {
    source(Path::new(name), shape(Input::Memory(Cursor::new(bytes)), options))
}

fn source(path: &Path, shaped: Result<Shape, Fault>) -> Result<Source> {
    let kind = shaped.map_err(|fault| fault.of(path))?;
    let sheets = match &kind {
        Shape::Xlsx(workbook) => workbook.sheets(),
        Shape::Xls(workbook) => workbook.sheets(),
        Shape::Text(_) => vec![SheetName { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), hidden: false }],
    };
    Ok(Source { path: path.to_owned(), kind, sheets })
}

impl Source {
    /// Says what the file turned out to be.
    pub fn format(&self) -> Format {
        match &self.kind {
            Shape::Xlsx(_) => Format::Xlsx,
            Shape::Xls(_) => Format::Xls,
            Shape::Text(text) => Format::Text(text.encoding(), char::from(text.delimiter)),
        }
    }

    /// Lists the sheets in the order of their tabs.
    pub fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// Says in full sentences what was passed over: macros, links to other workbooks.
    pub fn notes(&self) -> Vec<&'static str> {
        match &self.kind {
            Shape::Xlsx(workbook) => workbook.notes(),
            Shape::Xls(_) | Shape::Text(_) => Vec::new(),
        }
    }

    /// Hands each row that holds something to `each`, from the top, until it breaks or fails.
    pub fn rows(&mut self, sheet: usize, mut each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>) -> Result<()> {
        let read = match &mut self.kind {
            _ if sheet >= self.sheets.len() => Err(Fault::Said("里没有要找的工作表", "请重新选择工作表。")),
            Shape::Xlsx(workbook) => workbook.rows(sheet, &mut each),
            Shape::Xls(workbook) => workbook.rows(sheet, &mut each),
            Shape::Text(text) => text.rows(&mut each),
        };
        read.map_err(|fault| fault.of(&self.path))
    }

    /// Gives the texts of the rows down to row `last`: for finding the header, or for a preview.
    pub fn head(&mut self, sheet: usize, last: u32) -> Result<Vec<TextRow>> {
        let mut rows = Vec::new();
        self.rows(sheet, |row| {
            if row.number > last {
                return Ok(ControlFlow::Break(()));
            }
            rows.push(row.texts());
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// Gives the merged areas of a sheet; once its rows have been read to the end they cost nothing more.
    pub fn merges(&mut self, sheet: usize) -> Result<Vec<Area>> {
        let read = match &mut self.kind {
            Shape::Xlsx(workbook) => workbook.merges(sheet),
            Shape::Xls(workbook) => workbook.merges(sheet),
            Shape::Text(_) => Ok(Vec::new()),
        };
        read.map_err(|fault| fault.of(&self.path))
    }
}

fn shape(mut file: Input, options: &ReadOptions) -> Result<Shape, Fault> {
    if file.size()? > options.caps.container {
        return Err(Fault::TooBig("内容"));
    }
    let mut head = Vec::new();
    file.by_ref().take(4096).read_to_end(&mut head)?;
    file.rewind()?;
    match head.as_slice() {
        [] => Err(Fault::Said("是空文件", "请确认文件已保存完整，再重新导入。")),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Ok(Shape::Xlsx(Box::new(xlsx::Xlsx::open(file, &options.caps)?))),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Ok(Shape::Xls(Box::new(xls::Biff::open(file, &options.caps)?))),
        head => {
            refuse_strangers(head, options.encoding)?;
            Ok(Shape::Text(delimited::Delimited::open(file, options.encoding, &options.caps)?))
        }
    }
}

/// Refuses what is neither a workbook nor text, and text that is a web page or XML.
fn refuse_strangers(head: &[u8], encoding: Option<Encoding>) -> Result<(), Fault> {
    let wide =
        head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || matches!(encoding, Some(Encoding::Utf16Le | Encoding::Utf16Be));
    let letters: Vec<u8> = head.iter().copied().filter(|byte| !wide || *byte != 0).collect();
    let start = letters.strip_prefix(b"\xEF\xBB\xBF").or(letters.strip_prefix(b"\xFF\xFE")).or(letters.strip_prefix(b"\xFE\xFF"));
    let start = start.unwrap_or(&letters).trim_ascii_start();
    if start.first() == Some(&b'<') {
        return Err(Fault::Said("其实是网页或 XML 文件，不是真正的表格", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"));
    }
    if letters.contains(&0)
        || [&b"%PDF"[..], b"Rar!", b"7z\xBC\xAF", b"{\\rtf", b"\x89PNG", b"\xFF\xD8\xFF"].iter().any(|mark| start.starts_with(mark))
    {
        return Err(Fault::Said("不是本软件认识的表格", "请选择 .xlsx、.xls、.csv 或 .tsv 文件；其他格式请用 Excel 或 WPS 另存为 .xlsx。"));
    }
    Ok(())
}
