//! Pages of A4 made here, without a printer: text broken as Chinese is, tables whose head comes again on every page, page numbers, and a
//! PDF whose letters can be searched and copied.
//!
//! A [`Paper`] is written from top to bottom and takes a new page where one is full; [`Paper::finish`] numbers the pages and gives the
//! file. The same words by the same clock and the same fonts give the same bytes.

mod bars;
mod fonts;
mod lines;
mod pages;
mod pdf;
mod table;
#[cfg(test)]
mod tests;

pub use bars::Bar;
pub use fonts::{Face, Fonts};
pub use lines::{Align, Style};
pub use pages::{Made, Paper, Setup, mm};
pub use table::{Column, Table};

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Result;
use crate::record::Wire;
use crate::sheet::write::{Target, bytes_noted};
use crate::store::Now;

/// A paper that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct OnPaper {
    /// Where it lies.
    pub path: PathBuf,
    /// How many pages it has.
    pub pages: usize,
    /// How many different letters no font of this computer can draw; an empty box stands for them.
    pub undrawn: usize,
}

impl Paper {
    /// Finishes the paper and puts it in its file's place, whole or not at all.
    pub fn place(self, path: &Path, title: &str, now: Now) -> Result<OnPaper> {
        self.place_noted(path, title, now, |_| Ok(()))
    }

    /// Does the same, and notes the file before it takes its place; where it cannot be noted, what was there stays as it was.
    pub fn place_noted(self, path: &Path, title: &str, now: Now, note: impl FnOnce(&mut Target) -> Result<()>) -> Result<OnPaper> {
        let made = self.finish(title, now.local())?;
        bytes_noted(path, &made.bytes, note)?;
        Ok(OnPaper { path: path.to_owned(), pages: made.pages, undrawn: made.undrawn })
    }
}
