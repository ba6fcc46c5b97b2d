//! Why a file cannot be taken, and the sentences that say so.

use std::io;
use std::path::Path;

use crate::error::{Error, Refusal, file_error};
use crate::sheet::xml::XmlFault;

/// What stops the reading of a file; the file's name is added where it is known.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The file itself could not be read.
    Io(io::Error),
    /// A part of the workbook is cut off or malformed.
    Broken(&'static str),
    /// More than the caps allow, once inflated.
    TooBig(&'static str),
    /// Anything else, in its own two sentences.
    Said(&'static str, &'static str),
    /// The caller's own error, handed through.
    Caller(Error),
}

impl From<io::Error> for Fault {
    fn from(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::FileTooLarge => Self::TooBig("内容"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => Self::Broken("压缩内容"),
            _ => Self::Io(source),
        }
    }
}

impl From<XmlFault> for Fault {
    fn from(source: XmlFault) -> Self {
        match source {
            XmlFault::Io(source) => source.into(),
            XmlFault::Broken => Self::Broken("XML 内容"),
        }
    }
}

impl From<zip::result::ZipError> for Fault {
    fn from(source: zip::result::ZipError) -> Self {
        match source {
            zip::result::ZipError::Io(source) => source.into(),
            _ => Self::Broken("压缩目录"),
        }
    }
}

impl Fault {
    /// Says it of a file on disk.
    pub(crate) fn of(self, path: &Path) -> Error {
        match self {
            Self::Io(source) => file_error(path, "读取文件", &source),
            other => other.of_name(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()),
        }
    }

    /// Says it of something that has a name but no path.
    pub(crate) fn of_name(self, name: &str) -> Error {
        let (what, hint) = match self {
            Self::Io(source) => return file_error(Path::new(name), "读取文件", &source),
            Self::Caller(error) => return error,
            Self::Broken(part) => {
                (format!("不完整或已损坏（{part}无法读出）"), "请重新下载或复制一份；若能用 Excel 或 WPS 打开，请另存为 .xlsx 后再试。")
            }
            Self::TooBig(what) => (
                format!("解开后的{what}超出上限，为安全起见没有读取"),
                "请确认文件来源；确是名册的，请拆成几个较小的文件，并删去多余的空行、样式和图片。",
            ),
            Self::Said(what, hint) => (what.to_owned(), hint),
        };
        Error::Sheet(Refusal::new(format!("“{name}”{what}。"), hint))
    }
}
