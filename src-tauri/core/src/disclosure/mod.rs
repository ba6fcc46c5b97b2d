//! The disclosure log (个人信息使用登记): whenever personal data is shown in full, exported, printed or sent, who did it, when, which columns
//! of how many, and into which file.
//!
//! 《个人信息保护法》 第五十一条 asks for control of who sees what; 《网络数据安全管理条例》 第十二条 for records, kept three years, of what was
//! given to others. The log is written with the act: where it cannot be, nothing is shown. Nothing here names a noun.

use std::path::Path;

use crate::error::{Result, file_error};
use crate::modules::Module;
use crate::record::{Code, Entered, Id, Record, Table};
use crate::store::{Db, Step, Store};

/// 怎样用了个人信息。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum DisclosureKind {
    /// 在屏幕上显示完整号码。
    #[code(1, "查看", "查看完整信息")]
    Shown,
    /// 写成表格。
    #[code(2, "导出", "")]
    Exported,
    /// 打印，或写成 PDF。
    #[code(3, "打印", "")]
    Printed,
    /// 交给上级或别的单位。
    #[code(4, "上报", "提供")]
    Sent,
}

/// 一次使用个人信息的登记；由程序写，不能改、不能删。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "disclosure", label = "个人信息使用登记", order = "entered, id", kept = "*")]
pub struct Disclosure {
    /// The id.
    pub id: Id<Disclosure>,
    /// 查看、导出、打印还是上报。
    #[field(label = "用途", listed, filter)]
    pub kind: DisclosureKind,
    /// 谁。
    #[field(label = "经办人", max = 50, listed, filter)]
    pub clerk: String,
    /// 什么时候。
    #[field(label = "时间", listed, filter)]
    pub entered: Entered,
    /// 哪一种记录，或哪一种报表。
    #[field(label = "内容", max = 200, listed)]
    pub record: String,
    /// 一条记录的，是哪一条。
    #[field(label = "记录编号")]
    pub row_key: Option<i64>,
    /// 用到的栏目。
    #[field(label = "栏目", max = 4000, listed)]
    pub columns: String,
    /// 多少条。
    #[field(label = "条数", listed)]
    pub people: i64,
    /// 写成的文件，只记名称。
    #[field(label = "文件", max = 300, listed)]
    pub file: Option<String>,
    /// 文件的校验值：以后可以查对是不是这一份。
    #[field(label = "校验值", max = 64)]
    pub digest: Option<String>,
}

/// Gives the log's share of the store.
pub fn module() -> Module {
    Module::new("disclosure").migration("1_disclosure.sql", include_str!("migrations/1_disclosure.sql")).record::<Disclosure>()
}

/// What was given out.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// How.
    pub kind: DisclosureKind,
    /// Of what: a record's label, or a paper's title.
    pub of: &'a str,
    /// Which columns.
    pub columns: &'a [&'a str],
    /// How many rows.
    pub many: u64,
    /// Into which file, which is there already.
    pub file: Option<&'a Path>,
}

/// Writes down what was given out. Where that fails, the file that was written for it is taken away again.
pub fn note(store: &Store, given: &Given<'_>) -> Result<()> {
    let noted = given.file.map(digest).transpose().and_then(|digest| write(store, given, None, digest));
    if let (Err(_), Some(file)) = (&noted, given.file) {
        let _ = std::fs::remove_file(file);
    }
    noted
}

/// Writes down that one row was given out in a file, whose name may say whose it is and is left out.
pub fn note_one(store: &Store, given: &Given<'_>, row: i64) -> Result<()> {
    let noted = given.file.map(digest).transpose().and_then(|digest| write(store, &Given { file: None, ..*given }, Some(row), digest));
    if let (Err(_), Some(file)) = (&noted, given.file) {
        let _ = std::fs::remove_file(file);
    }
    noted
}

/// Who takes something out and when, as it stands at the foot of our own lists and papers (水印).
pub fn mark(store: &Store) -> String {
    format!("{} {} 由工会台账写出", store.clerk(), store.now().local().format("%Y-%m-%d %H:%M"))
}

/// So many seconds after a row was shown in full, showing it again is the same look.
const ONE_LOOK: i64 = 600;

/// Writes down that a row is shown in full to whoever has the file open; a look that goes on is written down once.
pub fn shown(store: &Store, table: &'static Table, key: i64) -> Result<()> {
    let columns = secrets(table);
    if columns.is_empty() || store.read(|db| seen(db, table, key, store.clerk()))? {
        return Ok(());
    }
    write(store, &Given { kind: DisclosureKind::Shown, of: table.label, columns: &columns, many: 1, file: None }, Some(key), None)
}

/// Writes down that so many rows of a list are shown in full.
pub fn listed(store: &Store, table: &'static Table, many: u64) -> Result<()> {
    let columns = secrets(table);
    if columns.is_empty() || many == 0 {
        return Ok(());
    }
    write(store, &Given { kind: DisclosureKind::Shown, of: table.label, columns: &columns, many, file: None }, None, None)
}

fn secrets(table: &'static Table) -> Vec<&'static str> {
    table.fields.iter().filter(|field| field.secret).map(|field| field.label).collect()
}

fn seen(db: &Db<'_>, table: &Table, key: i64, clerk: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM disclosure WHERE record = ?1 AND row_key = ?2 AND clerk = ?3 AND entered > ?4 LIMIT 1";
    Ok(db.one::<i64>(sql, (table.label, key, clerk, db.now().at - ONE_LOOK))?.is_some())
}

fn write(store: &Store, given: &Given<'_>, row: Option<i64>, digest: Option<String>) -> Result<()> {
    let name = given.file.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let entry = Disclosure {
        id: Id::NEW,
        kind: given.kind,
        clerk: store.clerk().to_owned(),
        entered: Entered(store.now().at),
        record: given.of.to_owned(),
        row_key: row,
        columns: given.columns.join("、").chars().take(4000).collect(),
        people: i64::try_from(given.many).unwrap_or(i64::MAX),
        file: name,
        digest,
    };
    store.write(Step::log("登记个人信息使用"), |tx| tx.insert(&entry)).map(drop)
}

fn digest(file: &Path) -> Result<String> {
    let failed = |source: std::io::Error| file_error(file, "读取", &source);
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(file).map_err(failed)?).map_err(failed)?;
    Ok(hasher.finalize().to_hex().to_string())
}
