//! The disclosure log (个人信息使用登记): whenever personal data is shown in full, exported, printed or sent, who did it, when, which columns
//! of how many, and into which file.
//!
//! 《个人信息保护法》 第五十一条 asks for control of who sees what; 《网络数据安全管理条例》 第十二条 for records, kept three years, of what was
//! given to others. The log is written with the act: where it cannot be, nothing is shown. Nothing here names a noun.

use std::path::{Path, PathBuf};

use crate::error::{Error, Refusal, Result, file_error};
use crate::modules::Module;
use crate::record::{Code, Entered, Id, Record, Table};
use crate::sheet::write::Target;
use crate::store::{Db, Sidecar, Step, Store};

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
    /// 把整个台账复制到别处：备份、交接包。
    #[code(5, "备份", "")]
    BackedUp,
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
    Module::new("disclosure")
        .migration("1_disclosure.sql", include_str!("migrations/1_disclosure.sql"))
        .record::<Disclosure>()
        .migration("2_backups.sql", include_str!("migrations/2_backups.sql"))
}

/// What is given out in a file.
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
    /// The file's place, which it has not taken yet.
    pub path: &'a Path,
}

/// Writes down what is given out in a file that is written and not yet in its place. Where that fails, it never comes there, and what
/// was there stays as it was.
pub fn note(store: &Store, given: &Given<'_>, file: &mut Target) -> Result<()> {
    let digest = file.digest()?;
    write(store, given, Line { row: None, file: name(given.path), digest: Some(digest) })
}

/// Writes down that one row is given out in a file, whose name may say whose it is and is left out.
pub fn note_one(store: &Store, given: &Given<'_>, row: i64, file: &mut Target) -> Result<()> {
    let digest = file.digest()?;
    write(store, given, Line { row: Some(row), file: None, digest: Some(digest) })
}

/// What all of a file is called in the log.
const WHOLE: &str = "整个台账";

/// Writes down that the whole file goes out in another one that is written and not yet in its place.
pub fn note_whole(store: &Store, path: &Path, file: &mut Target) -> Result<()> {
    let given = Given { many: store.read(people)?, ..whole(path) };
    note(store, &given, file)
}

/// Makes a backup that somebody asked for, and writes it down; where that fails there is none.
pub fn backup(store: &Store, folder: &Path) -> Result<PathBuf> {
    let many = store.read(people)?;
    let path = crate::store::marked_backup(store, folder)?;
    let digest = digest(&path);
    let noted = digest
        .and_then(|digest| write(store, &Given { many, ..whole(&path) }, Line { row: None, file: name(&path), digest: Some(digest) }));
    if noted.is_err() {
        // Its name was free: nothing older lay there.
        let _ = std::fs::remove_file(Sidecar::path(&path));
        let _ = std::fs::remove_file(&path);
    }
    noted.map(|()| path).map_err(|error| match error {
        Error::File(why) => Error::File(Refusal::new(
            format!("备份登记不进台账，没有留下：{}", why.message),
            format!("{}等不及的，关闭台账，把台账文件和同名的 .keys 文件一起复制到别处。", why.hint),
        )),
        error => error,
    })
}

fn whole(path: &Path) -> Given<'_> {
    Given { kind: DisclosureKind::BackedUp, of: WHOLE, columns: &["全部栏目"], many: 0, path }
}

/// How many rows the file has of those whose belongings may be veiled: its people.
fn people(db: &Db<'_>) -> Result<u64> {
    let Some(veil) = db.registry().veil() else { return Ok(0) };
    let count: Option<i64> = db.one(&format!("SELECT count(*) FROM {}", veil.root), [])?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

fn digest(file: &Path) -> Result<String> {
    let failed = |source: std::io::Error| file_error(file, "读取", &source);
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(file).map_err(failed)?).map_err(failed)?;
    Ok(hasher.finalize().to_hex().to_string())
}

fn name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
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
    write(store, &looked(table.label, &columns, 1), Line { row: Some(key), ..Line::default() })
}

/// Writes down that so many rows of a list are shown in full.
pub fn listed(store: &Store, table: &'static Table, many: u64) -> Result<()> {
    let columns = secrets(table);
    if columns.is_empty() || many == 0 {
        return Ok(());
    }
    write(store, &looked(table.label, &columns, many), Line::default())
}

/// Writes down that so many rows of something else than a list are shown in full.
pub fn revealed(store: &Store, of: &str, columns: &[&str], many: u64) -> Result<()> {
    if columns.is_empty() || many == 0 { Ok(()) } else { write(store, &looked(of, columns, many), Line::default()) }
}

fn looked<'a>(of: &'a str, columns: &'a [&'a str], many: u64) -> Given<'a> {
    Given { kind: DisclosureKind::Shown, of, columns, many, path: Path::new("") }
}

fn secrets(table: &'static Table) -> Vec<&'static str> {
    table.fields.iter().filter(|field| field.secret).map(|field| field.label).collect()
}

fn seen(db: &Db<'_>, table: &Table, key: i64, clerk: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM disclosure WHERE record = ?1 AND row_key = ?2 AND clerk = ?3 AND entered > ?4 LIMIT 1";
    Ok(db.one::<i64>(sql, (table.label, key, clerk, db.now().at - ONE_LOOK))?.is_some())
}

/// What a line of the log has besides.
#[derive(Default)]
struct Line {
    row: Option<i64>,
    file: Option<String>,
    digest: Option<String>,
}

fn write(store: &Store, given: &Given<'_>, line: Line) -> Result<()> {
    let entry = Disclosure {
        id: Id::NEW,
        kind: given.kind,
        clerk: store.clerk().to_owned(),
        entered: Entered(store.now().at),
        record: given.of.to_owned(),
        row_key: line.row,
        columns: given.columns.join("、").chars().take(4000).collect(),
        people: i64::try_from(given.many).unwrap_or(i64::MAX),
        file: line.file,
        digest: line.digest,
    };
    store.write(Step::log("登记个人信息使用"), |tx| tx.insert(&entry)).map(drop)
}
