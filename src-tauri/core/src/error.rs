//! The one error of the core, and what the outside is told of it.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::record::Wire;

/// What the core gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong, one variant for each thing that a caller does differently.
#[derive(Debug)]
pub enum Error {
    /// Fields of a draft that do not hold.
    Faults(Faults),
    /// A rule of the trade forbids it.
    Refused(Refusal),
    /// The record asked for is not there (any more).
    Gone(String),
    /// The caller asked for the work to stop; nothing was written.
    Stopped,
    /// The file was written by a newer version of the program.
    Newer(String),
    /// The file is no sound office file.
    Damaged(Refusal),
    /// No file is open.
    Closed,
    /// Another program holds the file.
    Busy(String),
    /// The password or the recovery key does not open the file.
    Locked(Refusal),
    /// Whoever has the file open may not do it.
    Forbidden(Refusal),
    /// A file could not be read or written.
    File(Refusal),
    /// A workbook or text sheet cannot be taken.
    Sheet(Refusal),
    /// The command or its payload is not known.
    Usage(String),
    /// The program itself is wrong: what a support call needs to know of it, without personal data.
    Bug(String),
    /// The database refused in a way that no rule foresaw.
    Db(rusqlite::Error),
}

/// A refusal in the user's words: what happened, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A full Chinese sentence that says what happened, with the values concerned.
    pub message: String,
    /// A full Chinese sentence that says the way out; may be empty.
    pub hint: String,
}

impl Refusal {
    /// Makes a refusal from its two sentences.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It is said; the record is taken all the same.
    Warning,
    /// The record is not taken.
    Error,
}

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Fault {
    /// The field's name in the record, or empty where the whole record is concerned.
    pub field: Cow<'static, str>,
    /// The field's label on screen and in sheets.
    pub label: Cow<'static, str>,
    /// How much it weighs.
    pub weight: Weight,
    /// What is wrong: a Chinese sentence without personal data in the clear.
    pub message: String,
    /// The way out; may be empty.
    pub hint: String,
}

/// The faults of one record, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Adds an error at a field.
    pub fn error(&mut self, field: &'static str, label: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.add(field, label, Weight::Error, message.into(), hint.into());
    }

    /// Adds a warning at a field.
    pub fn warn(&mut self, field: &'static str, label: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.add(field, label, Weight::Warning, message.into(), hint.into());
    }

    fn add(&mut self, field: &'static str, label: &'static str, weight: Weight, message: String, hint: String) {
        self.0.push(Fault { field: field.into(), label: label.into(), weight, message, hint });
    }

    /// Says whether any fault forbids taking the record.
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|fault| fault.weight == Weight::Error)
    }

    /// Gives `value` where no fault forbids it, else the faults as an error.
    pub fn or(self, value: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.refuse() { Err(Error::Faults(self)) } else { value() }
    }
}

/// Refuses by a rule: `refused("…", "…")`.
pub fn refused<T>(message: impl Into<String>, hint: impl Into<String>) -> Result<T> {
    Err(Error::Refused(Refusal::new(message, hint)))
}

/// An error about a file, with the operating system's reason in Chinese; a rare one by its number, which a support call can look up.
pub fn file_error(path: &Path, doing: &str, source: &std::io::Error) -> Error {
    let (reason, hint) = reason(source.kind());
    let number = source.raw_os_error().filter(|_| reason == UNUSUAL).map(|number| format!("，代码 {number}")).unwrap_or_default();
    Error::File(Refusal::new(format!("{doing}“{}”失败：{reason}{number}。", path.display()), hint))
}

/// What is said of a reason that has no words of its own.
const UNUSUAL: &str = "系统报告错误";

/// Why a file could not be read or written, and the way out.
fn reason(kind: std::io::ErrorKind) -> (&'static str, &'static str) {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::NotFound => ("找不到这个文件或文件夹", "请检查路径是否写对，U 盘是否还插着。"),
        Kind::PermissionDenied => ("没有权限", "请换一个有权限的文件夹，或请管理员开放权限；文件若正被 Excel 或 WPS 打开，请先关闭。"),
        Kind::AlreadyExists => ("已经有同名文件", "请换一个文件名，或先移走原文件。"),
        Kind::StorageFull | Kind::QuotaExceeded => ("磁盘空间不足", "请清理磁盘后重试；原有数据没有改动。"),
        Kind::FileTooLarge => ("文件超过了这个磁盘允许的大小", "请换一个磁盘（U 盘可用 exFAT 格式）后重试；原有数据没有改动。"),
        Kind::ReadOnlyFilesystem => ("这个磁盘是只读的", "请换一个可以写入的磁盘或文件夹，或关闭 U 盘的写保护。"),
        Kind::IsADirectory => ("这是一个文件夹，不是文件", "请进入文件夹，选里面的文件。"),
        Kind::NotADirectory => ("路径中间有一段是文件，不是文件夹", "请检查路径是否写对。"),
        Kind::ResourceBusy => ("正被别的程序使用", "请关闭正在使用它的程序后重试。"),
        Kind::UnexpectedEof | Kind::InvalidData => ("文件不完整或内容不对", "可能没有复制完，请重新复制一份。"),
        _ => (UNUSUAL, "请稍后重试；若反复出现，请检查磁盘或 U 盘。"),
    }
}

/// What the outside is told of an error; made here and nowhere else.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Report {
    /// One word a screen or script can act on.
    pub code: &'static str,
    /// What happened, a full Chinese sentence.
    pub message: String,
    /// The way out, a full Chinese sentence, or empty.
    pub hint: String,
    /// Faults by field, where `code` is `faults`.
    pub faults: Vec<Fault>,
    /// Technical detail for a support call; holds no personal data.
    pub detail: String,
}

impl Error {
    /// Says in the wire's form what happened.
    pub fn report(&self) -> Report {
        let (code, message, hint) = self.words();
        let faults = if let Self::Faults(faults) = self { faults.0.clone() } else { Vec::new() };
        let detail = match self {
            Self::Db(source) => source.to_string(),
            Self::Bug(detail) => detail.clone(),
            _ => String::new(),
        };
        Report { code, message, hint, faults, detail }
    }

    fn words(&self) -> (&'static str, String, String) {
        let said = |code, refusal: &Refusal| (code, refusal.message.clone(), refusal.hint.clone());
        match self {
            Self::Faults(faults) => ("faults", faults_sentence(faults), "请按提示修改后重新保存。".into()),
            Self::Refused(refusal) => said("refused", refusal),
            Self::Gone(what) => ("gone", format!("找不到{what}，可能已被删除。"), "请刷新后重试。".into()),
            Self::Stopped => ("stopped", "操作已停止，数据没有改动。".into(), String::new()),
            Self::Newer(what) => {
                ("newer", format!("{what}是用更新版本的工会台账保存的，本版本打不开。"), "请升级本机的程序后再打开；文件没有改动。".into())
            }
            Self::Damaged(refusal) => said("damaged", refusal),
            Self::Closed => ("closed", "还没有打开台账。".into(), "请先打开或新建一个台账文件。".into()),
            Self::Busy(what) => {
                ("busy", format!("{what}正被另一个程序使用，暂时不能写入。"), "请关闭另一个窗口或等它完成后重试；数据没有改动。".into())
            }
            Self::Locked(refusal) => said("locked", refusal),
            Self::Forbidden(refusal) => said("forbidden", refusal),
            Self::File(refusal) => said("file", refusal),
            Self::Sheet(refusal) => said("sheet", refusal),
            Self::Usage(what) => ("usage", format!("不认识的命令或参数：{what}。"), "请对照帮助检查命令的写法。".into()),
            Self::Bug(_) => (
                "bug",
                "程序出了错，这次操作没有完成，台账没有改动。".into(),
                "可以继续使用；请复制详情告诉支持人员，反复出现时请先备份。".into(),
            ),
            Self::Db(_) => {
                ("db", "数据库没有完成这次操作，数据没有改动。".into(), "请重试；若反复出现，请运行“检查”并把详情告诉支持人员。".into())
            }
        }
    }
}

fn faults_sentence(faults: &Faults) -> String {
    let errors: Vec<_> = faults.0.iter().filter(|fault| fault.weight == Weight::Error).collect();
    let first = errors.first().map(|fault| format!("{}：{}", fault.label, fault.message)).unwrap_or_default();
    format!("有 {} 处填写有误。{first}", errors.len())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, message, hint) = self.words();
        write!(f, "{message}{hint}")
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(source: rusqlite::Error) -> Self {
        // What a trigger of the schema refuses, it refuses in a sentence; SQLite's own RESTRICT comes with the same code.
        if let rusqlite::Error::SqliteFailure(failure, Some(sentence)) = &source
            && failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER
            && sentence.ends_with('。')
        {
            return Self::Refused(Refusal::new(sentence.clone(), "数有变动时，请用“更正”另做一版。"));
        }
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, ReadOnly, SystemIoFailure,
        };
        let is_moved = |failure: &rusqlite::ffi::Error| failure.extended_code == rusqlite::ffi::SQLITE_READONLY_DBMOVED;
        match source.sqlite_error_code() {
            // Another program puts a backup, or the file under another key, in its place.
            Some(ReadOnly) if source.sqlite_error().is_some_and(is_moved) => Self::Busy("台账文件".into()),
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy("台账文件".into()),
            Some(DiskFull) => Self::File(Refusal::new("磁盘空间不足，这次操作没有保存，原有数据没有改动。", "请清理磁盘后重试。")),
            Some(ReadOnly) => {
                Self::File(Refusal::new("台账文件是只读的，不能写入。", "请去掉文件的只读属性，或把它复制到有写权限的文件夹。"))
            }
            Some(CannotOpen) => Self::File(Refusal::new(
                "台账文件或它旁边的附属文件打不开，这次操作没有进行，原有数据没有改动。",
                "请检查磁盘是否已满、文件夹是否可以写入、U 盘是否还插着，然后重试。",
            )),
            Some(SystemIoFailure) => Self::File(Refusal::new(
                format!("读写台账文件时系统报告错误（{source}），这次操作没有保存，原有数据没有改动。"),
                "请检查磁盘是否已满、U 盘是否还插着、网络盘是否断开，然后重试；反复出现时请先备份。",
            )),
            Some(DatabaseCorrupt | NotADatabase) => {
                Self::Damaged(Refusal::new("台账文件已损坏或不是台账文件。", "请不要删除它；用“恢复”从最近的备份打开。"))
            }
            _ => Self::Db(source),
        }
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}
