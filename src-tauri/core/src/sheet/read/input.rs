//! Where a workbook's bytes lie: on the disk, or already in memory.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// The bytes of a file that is read.
pub(super) enum Input {
    /// A file on the disk.
    File(File),
    /// Bytes that were handed over, which need never touch the disk.
    Memory(Cursor<Vec<u8>>),
}

impl Input {
    /// How many bytes there are.
    pub(super) fn size(&self) -> io::Result<u64> {
        match self {
            Self::File(file) => file.metadata().map(|facts| facts.len()),
            Self::Memory(bytes) => Ok(bytes.get_ref().len() as u64),
        }
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}
