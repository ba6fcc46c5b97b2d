//! Making and opening files.

use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;

use rusqlite::Connection;

use super::sidecar::{By, Ring};
use super::{
    Access, FileKey, RecoveryKey, Registry, Secret, Shared, Sidecar, Stamp, Store, Witness, account, backup, connect, discard, list,
    migrate, readers, restore, swap, triggers, vacant,
};
use crate::error::{Error, Refusal, Result, file_error};

/// How often a file is opened anew whose keys changed in the midst of its opening.
const TRIES: usize = 4;

impl Store {
    /// Makes a new file with its sidecar and one 管理员, and gives the recovery key, which is shown once. Refuses an existing file.
    pub fn create(path: &Path, password: &str, access: Access) -> Result<(Self, RecoveryKey)> {
        vacant(path)?;
        let recovery = RecoveryKey::random()?;
        let key = recovery.file_key();
        let ring = Ring::new(&access.clerk.name, password, &key, access.cost)?;
        Sidecar::of(vec![ring]).write(path)?;
        let made = (|| {
            let (_, by) = Sidecar::read(path)?.open(None, password)?;
            Self::prepare(path, key.clone(), &by, access, connect::writer(path, &key, true)?)
        })();
        if made.is_err() {
            discard(path);
        }
        Ok((made?, recovery))
    }

    /// Opens a file by a password or the recovery key; a restore that was cut off is ended first.
    pub fn open(path: &Path, secret: &Secret, access: Access) -> Result<Self> {
        for _ in 1..TRIES {
            let keys = Sidecar::bytes(path);
            match Self::attempt(path, secret, access.clone()) {
                // Another program gave the file new keys meanwhile, or its accounts.
                Err(Error::Busy(_) | Error::Damaged(_) | Error::Locked(_)) if Sidecar::bytes(path) != keys => {}
                done => return done,
            }
        }
        Self::attempt(path, secret, access)
    }

    fn attempt(path: &Path, secret: &Secret, access: Access) -> Result<Self> {
        restore::end(path)?;
        let keys = Sidecar::bytes(path);
        let (key, by) = unlock(path, secret)?;
        let connection = connect::writer(path, &key, false).map_err(|error| other_key(secret, error))?;
        // Whoever waited while the file got a new key holds the one that was set aside.
        if restore::is_pending(path) || Sidecar::bytes(path) != keys {
            return Err(Error::Busy("台账文件".into()));
        }
        if !migrate::pending(&connection, &access.registry)?.is_empty() {
            backup::before(path, &connection, &key, "升级前")?;
        }
        let store = Self::prepare(path, key, &by, access, connection)?;
        restore::finish(path)?;
        swap::sweep(path);
        // A sidecar that cannot be written is no reason to keep an office closed.
        let _ = store.tidy_sidecar();
        // Nor is a file that somebody else reads and cannot be cleaned now: it is tried again.
        let _ = store.scrub_due();
        Ok(store)
    }

    pub(super) fn prepare(path: &Path, key: FileKey, by: &By, access: Access, mut writer: Connection) -> Result<Self> {
        migrate::migrate(&mut writer, &access.registry, (access.clock)().at)?;
        let buffer = Shared::default();
        equip(&writer, &access.registry, &buffer)?;
        let (seat, session) = account::settle(&writer, path, &key, by, &access)?;
        let (origin, last) = identity(&writer)?;
        let (witness, lost) = Witness::open(path, &key, &origin, last);
        Ok(Self {
            access,
            buffer,
            kept: Mutex::default(),
            key: key.into(),
            lists: list::Lists::default(),
            lost,
            path: path.into(),
            readers: readers::Readers::default(),
            seat,
            session: session.into(),
            stamp: Stamp::of(path).into(),
            witness: witness.into(),
            writer: writer.into(),
        })
    }

    /// Goes on with another connection and key, in the place of those so far.
    pub(super) fn go_on(&self, key: FileKey, held: &mut Connection) -> Result<()> {
        let writer = connect::writer(&self.path, &key, false)?;
        equip(&writer, &self.access.registry, &self.buffer)?;
        let (origin, last) = identity(&writer)?;
        let (witness, _) = Witness::open(&self.path, &key, &origin, last);
        *held = writer;
        *self.stamp.write().unwrap_or_else(PoisonError::into_inner) = Stamp::of(&self.path);
        *self.witness.write().unwrap_or_else(PoisonError::into_inner) = witness;
        self.readers.close();
        Ok(())
    }
}

/// Gives a writer its functions and triggers.
fn equip(writer: &Connection, registry: &Registry, buffer: &Shared) -> Result<()> {
    triggers::functions(writer, registry, buffer)?;
    triggers::create(writer, registry)?;
    prove(writer, registry)
}

/// A recovery key that does not open a file is more likely an old one than the file is damaged: nobody should put a backup over it for that.
fn other_key(secret: &Secret, error: Error) -> Error {
    match (secret, error) {
        (Secret::Recovery(_), Error::Damaged(_)) => Error::Locked(Refusal::new(
            "这串恢复密钥打不开这本台账：它可能是换钥匙以前的，或是别的台账的。",
            "请找出最近一次换钥匙时打印的那一张，或用账号和密码打开；账号和密码也说文件已损坏的，再用备份恢复。",
        )),
        (_, error) => error,
    }
}

/// The key of a file, by password or recovery key, and how it was come by.
pub(super) fn unlock(path: &Path, secret: &Secret) -> Result<(FileKey, By)> {
    if !path.exists() {
        return Err(file_error(path, "打开", &std::io::ErrorKind::NotFound.into()));
    }
    match secret {
        Secret::Password(password) => Sidecar::read(path)?.open(None, password),
        Secret::Account(name, password) => Sidecar::read(path)?.open(Some(name), password),
        Secret::Recovery(text) => RecoveryKey::read(text).map(|key| (key.file_key(), By::Recovery)),
    }
}

/// A writer without its triggers would write past the journal, so their being there is checked, not assumed.
fn prove(connection: &Connection, registry: &Registry) -> Result<()> {
    let mut statement = connection.prepare("SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger' AND name = ?1")?;
    for name in triggers::names(registry) {
        if statement.query_row([&name], |row| row.get::<_, i64>(0))? != 1 {
            return Err(Error::Damaged(Refusal::new(
                "操作记录没有启用，为安全起见不打开台账。",
                "请重新启动程序；若反复出现，请重新安装。",
            )));
        }
    }
    Ok(())
}

/// What tells the file from others, and its last step; 0 where it has none.
fn identity(connection: &Connection) -> Result<(String, i64)> {
    let sql = "SELECT value, (SELECT coalesce(max(id), 0) FROM step) FROM meta WHERE name = 'origin'";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
