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
    /// What they may do.
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

    /// Says whether whoever has the file open has a right.
    pub fn may(&self, right: Right) -> bool {
        self.session().role.may(right)
    }

    /// Refuses what is called so where whoever has the file open may not do it; says who may.
    pub fn allow(&self, right: Right, what: &str) -> Result<()> {
        if self.may(right) { Ok(()) } else { self.read(|db| allowed(db, self.session().role, right, what)) }
    }
}

/// Refuses what is called so where the role lacks the right.
fn allowed(db: &Db<'_>, role: Role, right: Right, what: &str) -> Result<()> {
    if role.may(right) { Ok(()) } else { Err(Error::Forbidden(right.refusal(what, role, &managers(db)?))) }
}

/// The second line behind the commands' own rights: no step of an account that was removed meanwhile or only reads, and no undo of
/// another's step but by a 管理员. `clerk` did the step that is inverted.
pub fn stands(db: &Db<'_>, session: &Session, step: &Step, act: Act, clerk: Option<String>) -> Result<()> {
    let role = match session.account {
        None => Some(session.role),
        Some(account) => role_now(db, account)?,
    };
    let Some(role) = role else {
        return Err(Error::Forbidden(super::found::removed(&session.name)));
    };
    allowed(db, role, step.needs, &step.name)?;
    match clerk.filter(|clerk| act != Act::Do && role != Role::Admin && *clerk != session.name) {
        Some(clerk) => Err(Error::Forbidden(not_own(step, &clerk))),
        None => Ok(()),
    }
}

fn role_now(db: &Db<'_>, account: Id<Account>) -> Result<Option<Role>> {
    let found = db.one("SELECT role FROM account WHERE id = ?1 AND removed IS NULL", [account.get()])?;
    Ok(found.and_then(Role::from_cell))
}
