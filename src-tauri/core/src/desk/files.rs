//! Office files on the desk: made, opened, closed, filled with a demonstration.

use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Desk;
use super::arrival::Arrival;
use super::backups::{Kept, kept};
use super::elsewhere::well;
use super::memory::RecentOffice;
use super::strength::strong_enough;
use crate::api::{Nothing, Watch};
use crate::commands::TOPMOST;
use crate::error::{Error, Result, file_error};
use crate::record::Wire;
use crate::store::{Db, LostEnd, Right, Role, Secret, Sidecar, Store, discard, is_noted, stem};

/// What lies on the desk.
#[derive(Debug, Serialize, Wire)]
pub struct DeskState {
    /// The program's version.
    pub version: &'static str,
    /// The day at the office.
    pub today: NaiveDate,
    /// The folder to propose for new files and for what is exported.
    pub documents: PathBuf,
    /// The open file.
    pub office: Option<OpenOffice>,
    /// The files that were open lately, the latest first.
    pub recent: Vec<RecentOffice>,
}

/// The open file.
#[derive(Debug, Serialize, Wire)]
pub struct OpenOffice {
    /// Where it lies.
    pub path: PathBuf,
    /// The file's own name.
    pub file: String,
    /// What the office is called: its topmost union, or the file where it has none.
    pub name: String,
    /// The id of its topmost union.
    pub unit: Option<i64>,
    /// Whose account has it open, as every step names them.
    pub clerk: String,
    /// What they may do.
    pub role: Role,
    /// Their rights, one word each.
    pub rights: Vec<&'static str>,
    /// Whether the recovery key opened it, so that a password is to be set.
    pub by_recovery: bool,
    /// Whether a new recovery key was made that nobody said to have printed or written down.
    pub unnoted: bool,
    /// The folder that its backups go to.
    pub backups: Option<String>,
    /// How its backups stand.
    pub kept: Kept,
    /// How it came here from a backup or a predecessor, until what follows from it was seen to.
    pub arrival: Option<Arrival>,
    /// What the file lacked, when it was opened, of what had been saved before; nothing where all was there.
    pub lost: Option<LostEnd>,
}

/// A file to make, with the first row that it begins with.
#[derive(Debug, Deserialize, Wire)]
pub struct NewOffice<F: Wire> {
    /// Where it shall lie; must not exist.
    pub path: PathBuf,
    /// Its password: at least six characters, and not guessed at once.
    pub password: String,
    /// Who works.
    pub clerk: String,
    /// The folder that its backups go to.
    #[serde(default)]
    pub backups: Option<String>,
    /// What it begins with.
    #[serde(flatten)]
    pub first: F,
}

/// What a new file begins with.
pub trait Founding {
    /// Enters it into the empty file.
    fn found(&self, store: &Store) -> Result<()>;
}

/// A file to make with a demonstration in it.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct NewDemo<S: Wire> {
    /// Where it shall lie; must not exist.
    pub path: PathBuf,
    /// Its password: at least six characters, and not guessed at once.
    pub password: String,
    /// How large it is.
    pub scale: S,
}

/// Finds what an office is called by: the id and the name of its topmost row.
pub type Topmost = fn(&Db<'_>) -> Result<Option<(i64, String)>>;

/// What fills a file with a demonstration.
pub trait Filling {
    /// Fills the empty file; tells `watch` how far it has come.
    fn fill(&self, store: &Store, watch: Watch<'_>) -> Result<()>;
}

/// A file that was made.
#[derive(Debug, Serialize, Wire)]
pub struct NewFile {
    /// Its recovery key, shown this once, for printing.
    pub recovery: String,
}

/// A file to open, by its password or its recovery key.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Where it lies.
    pub path: PathBuf,
    /// Its password.
    #[serde(default)]
    pub password: Option<String>,
    /// Its recovery key, as it was printed.
    #[serde(default)]
    pub recovery: Option<String>,
    /// Whose password it is; may be left out where there is one account.
    #[serde(default)]
    pub account: Option<String>,
}

/// Whose accounts a file has that is not open.
#[derive(Debug, Serialize, Wire)]
pub struct Names {
    /// The names; none where the file is of before accounts or its keys are missing.
    pub names: Vec<String>,
    /// The one that opened it last on this PC.
    pub last: Option<String>,
}

/// Names a file on disk.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct OnDisk {
    /// Where it lies.
    pub path: PathBuf,
}

/// Where the open file's backups go.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Backups {
    /// The folder; nothing where none is chosen.
    #[serde(default)]
    pub folder: Option<String>,
}

/// Tells what lies on the desk.
pub fn state(desk: &Desk, _: &Nothing) -> Result<DeskState> {
    let recent = desk.memory.recent()?;
    let office = desk.on_desk().map(|store| {
        let (unit, name) = topmost(&store);
        let (path, file, session) = (store.path().to_owned(), file_name(store.path()), store.session());
        let (clerk, role, by_recovery) = (session.name.clone(), store.role().unwrap_or(session.role), session.account.is_none());
        let rights = Right::ALL.into_iter().filter(|right| role.may(*right)).map(Right::word).collect();
        let known = recent.iter().find(|known| known.path == path);
        let known = known.cloned();
        let (backups, last, arrival) = known.map_or((None, None, None), |known| (known.backups, known.last_backup, known.arrival));
        OpenOffice {
            kept: kept(desk, &store, last),
            lost: store.lost_end(),
            unnoted: !store.read(is_noted).unwrap_or(true),
            backups,
            arrival,
            path,
            file,
            name,
            unit,
            clerk,
            role,
            rights,
            by_recovery,
        }
    });
    let today = (desk.place.clock)().today;
    let documents = desk.place.documents.clone();
    Ok(DeskState { version: env!("CARGO_PKG_VERSION"), today, documents, office, recent })
}

/// Makes a file, enters what it begins with, and opens it; where that is refused, no file is left.
pub fn create<F: Wire + Founding>(desk: &Desk, new: &NewOffice<F>) -> Result<NewFile> {
    make(desk, &new.path, &new.password, Some(&new.clerk), new.backups.as_deref(), |store| new.first.found(store))
}

/// Makes a file with a demonstration in it and opens it; where it is stopped, no file is left.
pub fn demo<S: Wire + Filling>(desk: &Desk, new: &NewDemo<S>, watch: Watch<'_>) -> Result<NewFile> {
    make(desk, &new.path, &new.password, None, None, |store| new.scale.fill(store, watch))
}

/// Opens a file in the place of the one that is open; that one stays open where it is refused. After some wrong passwords each next one
/// has to wait.
pub fn open(desk: &Desk, file: &Opening) -> Result<DeskState> {
    let secret = secret(file.account.as_deref(), file.password.as_deref(), file.recovery.as_deref())?;
    let (path, access) = (whole(&file.path)?, desk.place.access(None)?);
    well(&path)?;
    let store = desk.attempts.of(&path, (desk.place.clock)().at, || Store::open(&path, &secret, access))?;
    lay(desk, store, None);
    state(desk, &Nothing {})
}

/// Tells whose accounts a file has, so that the screen can offer them before it is open.
pub fn accounts(desk: &Desk, file: &OnDisk) -> Result<Names> {
    let path = whole(&file.path)?;
    let names = Sidecar::read(&path).map(|sidecar| sidecar.names()).unwrap_or_default();
    let last = desk.memory.known(&path).and_then(|known| known.account).filter(|last| names.contains(last));
    Ok(Names { names, last })
}

/// What opens a file: a password, of an account where there are several, or the recovery key.
pub(super) fn secret(account: Option<&str>, password: Option<&str>, recovery: Option<&str>) -> Result<Secret> {
    match (password, recovery) {
        (Some(password), None) => Ok(Secret::of(account, password)),
        (None, Some(recovery)) => Ok(Secret::Recovery(recovery.to_owned())),
        _ => Err(Error::Usage("打开台账要给出密码或恢复密钥中的一个".into())),
    }
}

/// Closes the open file, where one is, after a backup of what was done since the last.
pub fn close(desk: &Desk, _: &Nothing) -> Result<DeskState> {
    desk.shut();
    state(desk, &Nothing {})
}

/// Takes a file off the list of recent ones; the file itself is left alone.
pub fn forget(desk: &Desk, file: &OnDisk) -> Result<DeskState> {
    desk.memory.forget(&file.path)?;
    state(desk, &Nothing {})
}

/// Says where the open file's backups go from now on; refuses a folder that is not there, which may be a slip of the pen.
pub fn backups(desk: &Desk, asked: &Backups) -> Result<DeskState> {
    if let Some(folder) = asked.folder.as_deref().map(Path::new).filter(|folder| !folder.is_dir()) {
        return Err(file_error(folder, "选择备份文件夹", &std::io::ErrorKind::NotFound.into()));
    }
    desk.memory.set_backups(desk.store()?.path(), asked.folder.as_deref())?;
    state(desk, &Nothing {})
}

fn make(
    desk: &Desk,
    path: &Path,
    password: &str,
    clerk: Option<&str>,
    backups: Option<&str>,
    begin: impl FnOnce(&Store) -> Result<()>,
) -> Result<NewFile> {
    strong_enough(password, clerk.unwrap_or_default())?;
    let path = whole(path)?;
    well(&path)?;
    let mut draft = Draft { path: &path, kept: true };
    let (store, recovery) = Store::create(&path, password, desk.place.access(clerk)?)?;
    draft.kept = false;
    // Declared after the draft, the store is closed before the draft is removed.
    let store = store;
    begin(&store)?;
    draft.kept = true;
    lay(desk, store, backups.map(str::to_owned));
    Ok(NewFile { recovery: recovery.print() })
}

/// A file that is removed with its keys where it was not begun to the end, by an error or a panic.
struct Draft<'p> {
    path: &'p Path,
    kept: bool,
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.kept {
            discard(self.path);
        }
    }
}

/// Puts an opened file on the desk and among the recent ones.
pub(super) fn lay(desk: &Desk, store: Store, backups: Option<String>) {
    let (_, name) = topmost(&store);
    let office = RecentOffice::new(store.path().to_owned(), name, store.now().at);
    let account = store.session().account.map(|_| store.clerk().to_owned());
    desk.shut();
    desk.put(Some(Arc::new(store)));
    // A list that cannot be written is no reason to keep an office closed.
    let _ = desk.memory.opened(RecentOffice { account, backups, ..office });
}

/// The id and the name of the office's topmost union; the file's name where there is none.
fn topmost(store: &Store) -> (Option<i64>, String) {
    let found = store.read(TOPMOST).ok().flatten();
    found.map_or_else(|| (None, stem(store.path())), |(unit, name)| (Some(unit), name))
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Gives the whole path, as the recent files are known by.
pub(super) fn whole(path: &Path) -> Result<PathBuf> {
    absolute(path).map_err(|source| file_error(path, "打开", &source))
}
