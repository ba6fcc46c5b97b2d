//! Whose a backup is: several PCs, and several files of one PC, put theirs into one folder under the same name.

use std::fs::canonicalize;
use std::path::{Path, PathBuf};

/// The short marks of an installation and of a file on it, as they stand in names: `3fa91c-7b20`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pc: String,
    file: String,
}

/// Whose something is that bears a mark, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// This file's, on this PC.
    Own,
    /// Another file's of this PC.
    OtherFile,
    /// Another PC's.
    OtherPc,
    /// Nobody says: an earlier version made it.
    Unknown,
}

/// How many hex digits tell installations apart, and the files of one.
const PC: usize = 6;
const FILE: usize = 4;

impl Mark {
    /// The mark of a file of an installation; the file need not be there.
    pub fn of(installation: &str, file: &Path) -> Self {
        let digits = |bytes: &[u8], many| blake3::hash(bytes).to_hex().chars().take(many).collect();
        Self { pc: digits(installation.as_bytes(), PC), file: digits(real(file).to_string_lossy().as_bytes(), FILE) }
    }

    /// Writes the mark.
    pub fn text(&self) -> String {
        format!("{}-{}", self.pc, self.file)
    }

    /// Says whose something is by what stands in its name: the mark, and a number behind it where there are two.
    pub fn whose(&self, text: &str) -> Whose {
        let is_hex = |part: &str, many| part.len() == many && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut parts = text.split('-');
        match (parts.next(), parts.next()) {
            (Some(pc), Some(file)) if is_hex(pc, PC) && is_hex(file, FILE) => match (pc == self.pc, file == self.file) {
                (true, true) => Whose::Own,
                (true, false) => Whose::OtherFile,
                (false, _) => Whose::OtherPc,
            },
            _ => Whose::Unknown,
        }
    }
}

/// Where a file lies, whichever way its path goes; of one that is not there, where its folder does.
pub fn real(file: &Path) -> PathBuf {
    let there = |path: &Path| canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path });
    let by_folder = || Some(there(file.parent()?).ok()?.join(file.file_name()?));
    there(file).ok().or_else(by_folder).unwrap_or_else(|| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_one_s_own_from_another_file_s_and_another_pc_s() {
        let file = Path::new("/甲/台账.unionbook");
        let own = Mark::of("一", file);
        let (beside, other) = (Mark::of("一", Path::new("/乙/台账.unionbook")), Mark::of("二", file));
        assert_eq!([own.whose(&own.text()), own.whose(&format!("{}-2", own.text()))], [Whose::Own; 2], "its own, a second one, too");
        assert_eq!(own.whose(&beside.text()), Whose::OtherFile, "another file of the same name");
        assert_eq!(own.whose(&other.text()), Whose::OtherPc, "the same path on another PC");
        assert_eq!(["", "2", "备份", "12-34"].map(|text| own.whose(text)), [Whose::Unknown; 4], "no mark");
    }
}
