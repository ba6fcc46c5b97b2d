//! Who has the file open, and what they may do in it.

use std::sync::OnceLock;

use super::right::{Right, Role, not_own};
use super::{Account, managers};
use crate::error::{Error, Result};
use crate::record::{Id, Value};
use crate::store::db::Db;
use crate::store::step::Step;
use crate::store::{Act, Store};

/// Who has the file open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The account; nothing where the recovery key opened the file.
    pub account: Option<Id<Account>>,
    /// What every step names.
    pub name: String,
    /// What they might do when they opened it; [`Store::role`] says what they may now.
    pub role: Role,
}

/// Who has the file open, and who that is since they gave themselves another name; what was lent out before stays as it was.
#[derive(Debug)]
pub struct Sitting {
    session: Session,
    renamed: OnceLock<Box<Sitting>>,
}

impl From<Session> for Sitting {
    fn from(session: Session) -> Self {
        Self { session, renamed: OnceLock::new() }
    }
}

impl Sitting {
    fn last(&self) -> &Self {
        let mut at = self;
        while let Some(next) = at.renamed.get() {
            at = next;
        }
        at
    }

    /// Goes on by another name.
    pub fn rename(&self, name: &str) {
        let last = self.last();
        // Two at once are one after the other: the accounts' steps are written one by one.
        let _ = last.renamed.set(Box::new(Session { name: name.to_owned(), ..last.session.clone() }.into()));
    }
}

impl Session {
    /// The session of whoever has the recovery key.
    pub(super) fn by_recovery_key() -> Self {
        Self { account: None, name: "恢复密钥".into(), role: Role::Admin }
    }
}

impl Store {
    /// Who has the file open.
    pub fn session(&self) -> &Session {
        &self.session.last().session
    }

    /// What whoever has the file open may do at this moment: another program may have given them another role meanwhile. Refuses an
    /// account that was removed.
    pub fn role(&self) -> Result<Role> {
        match self.read(|db| role_now(db, self.session())) {
            // A file that cannot be read any more is still to be checked and restored by who opened it.
            Err(error @ Error::Forbidden(_)) => Err(error),
            found => Ok(found.unwrap_or(self.session().role)),
        }
    }

    /// Says whether whoever has the file open has a right now.
    pub fn may(&self, right: Right) -> bool {
        self.role().is_ok_and(|role| role.may(right))
    }

    /// Refuses what is called so where whoever has the file open may not do it now; says who may.
    pub fn allow(&self, right: Right, what: &str) -> Result<()> {
        if right == Right::Anyone {
            return Ok(());
        }
        let role = self.role()?;
        if role.may(right) { Ok(()) } else { self.read(|db| allowed(db, role, right, what)) }
    }
}

/// Refuses what is called so where the role lacks the right.
fn allowed(db: &Db<'_>, role: Role, right: Right, what: &str) -> Result<()> {
    if role.may(right) { Ok(()) } else { Err(Error::Forbidden(right.refusal(what, role, &managers(db)?))) }
}

/// The second line behind the commands' own rights: no step of an account that was removed meanwhile or only reads, and no undo of
/// another's step but by a 管理员. `clerk` did the step that is inverted.
pub fn stands(db: &Db<'_>, session: &Session, step: &Step, act: Act, clerk: Option<String>) -> Result<()> {
    let role = role_now(db, session)?;
    allowed(db, role, step.needs, &step.name)?;
    match clerk.filter(|clerk| act != Act::Do && role != Role::Admin && *clerk != session.name) {
        Some(clerk) => Err(Error::Forbidden(not_own(step, &clerk))),
        None => Ok(()),
    }
}

/// The role that the file gives them now; refuses an account that was removed.
fn role_now(db: &Db<'_>, session: &Session) -> Result<Role> {
    let Some(account) = session.account else { return Ok(session.role) };
    let found = db.one("SELECT role FROM account WHERE id = ?1 AND removed IS NULL", [account.get()])?;
    found.and_then(Role::from_cell).ok_or_else(|| Error::Forbidden(super::found::removed(&session.name)))
}
