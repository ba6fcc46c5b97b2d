//! Small files that come from elsewhere, read up to a size: whatever was chosen, the program goes on. Sheets have limits of their own.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::error::{Error, Refusal, Result, file_error};

/// Reads a file of at most so many bytes; nothing where it has more. Refuses what is no file, as a pipe, on which one would wait.
pub fn within(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let facts = fs::metadata(path)?;
    if !facts.is_file() {
        return Err(if facts.is_dir() { ErrorKind::IsADirectory } else { ErrorKind::InvalidData }.into());
    }
    let mut bytes = Vec::new();
    // A file may grow while it is read.
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// Reads a file that somebody chose; refuses one of more than so many bytes.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>> {
    within(path, most).map_err(|source| file_error(path, "读取", &source))?.ok_or_else(|| {
        let message = format!("“{}”超过 {}，没有读取。", path.display(), size(most));
        Error::File(Refusal::new(message, "这种文件不会这样大，请核对是不是选错了文件。"))
    })
}

/// Reads a text that somebody chose, without the mark at its beginning; refuses one of more than so many bytes, and what is no text.
pub fn text(path: &Path, most: u64) -> Result<String> {
    let mut text = String::from_utf8(bytes(path, most)?).map_err(|_| file_error(path, "读取", &ErrorKind::InvalidData.into()))?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// A limit in words: whole kilobytes below a megabyte, whole megabytes from there on.
fn size(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} KB", bytes >> 10) } else { format!("{} MB", bytes >> 20) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_not_a_byte_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("卡");
        fs::write(&path, "\u{feff}甲乙").unwrap();
        assert_eq!(text(&path, 9).unwrap(), "甲乙", "nine bytes, the mark among them");
        let refused = bytes(&path, 8).unwrap_err().to_string();
        assert!(refused.contains("没有读取") && refused.contains("选错了文件"), "{refused}");
        fs::write(&path, [0xff, 0xfe, 0]).unwrap();
        assert!(text(&path, 9).unwrap_err().to_string().contains("内容不对"), "no text");
        assert!(bytes(folder.path(), 9).unwrap_err().to_string().contains("文件夹"), "a folder");
        assert_eq!(within(&path, 2).unwrap(), None, "too much");
        assert_eq!((size(64 << 10).as_str(), size(4 << 20).as_str()), ("64 KB", "4 MB"), "limits in words");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        assert!(bytes(Path::new("/dev/zero"), 9).unwrap_err().to_string().contains("/dev/zero"), "endless");
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("管道");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success(), "a pipe");
        assert!(bytes(&pipe, 9).is_err(), "nobody writes into it");
    }
}
