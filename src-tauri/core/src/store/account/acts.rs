//! What is done to accounts. Each act is a step that stays, named after whom it concerns.
//!
//! An act writes the file and the sidecar. The sidecar gets the new ring beside the old ones before the step is kept, and loses what
//! the file no longer knows after it; a cut between the two leaves a ring that opens nothing, which the next opening takes away.

use serde::Deserialize;

use super::super::pair::PublicKey;
use super::super::sidecar::{Ring, Sidecar};
use super::super::{Store, Tx, Whole, Written, held, step::Step};
use super::right::{Right, Role};
use super::{Account, live, public_of};
use crate::error::{Faults, Result, refused};
use crate::record::{Cell, Code, Entered, Id, Value, Wire};
use crate::store::db::Db;
use crate::text::{half_width, invisible};

/// An account to add.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Whose it is; every step of theirs is written down under this name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first password, which they change themselves: at least six characters, and not guessed at once.
    pub password: String,
}

/// Another name or role for an account.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// The account.
    pub id: Id<Account>,
    /// The name from now on; steps done before keep the name of then.
    #[serde(default)]
    pub name: Option<String>,
    /// The role from now on.
    #[serde(default)]
    pub role: Option<Role>,
}

impl Store {
    /// The accounts that may open the file, each with whether it has a password.
    pub fn accounts(&self) -> Result<Vec<(Account, bool)>> {
        let publics: Vec<String> = self.rings().into_iter().map(|ring| ring.public).collect();
        self.read(|db| {
            let keyed = |account: Account| {
                let public = public_of(db, account.id)?.map(PublicKey::text);
                Ok((account, public.is_some_and(|public| publics.contains(&public))))
            };
            live(db)?.into_iter().map(keyed).collect()
        })
    }

    /// What the sidecar holds; nothing where it is lost.
    fn rings(&self) -> Vec<Ring> {
        Sidecar::read(&self.path).map(|sidecar| sidecar.rings().to_vec()).unwrap_or_default()
    }

    /// Adds an account; refuses a name that another one has.
    pub fn add_account(&self, new: &NewAccount) -> Result<Written<Id<Account>>> {
        self.allow(Right::Manage, "新增账号")?;
        let name = named(&new.name)?;
        let ring = Ring::new(&name, &new.password, &self.key(), self.access.cost)?;
        self.on_accounts(Step::new(format!("新增账号：{name}（{}）", new.role.label())).open_to(Right::Manage), Some(&ring), |tx| {
            unused(tx, &name, None)?;
            let id = tx.insert(&Account { id: Id::NEW, name, role: new.role, since: Entered(0), removed: None })?;
            sealed_to(tx, id, &ring.public)?;
            managed(tx)?;
            Ok(id)
        })
    }

    /// Gives an account another name or role; refuses the change of one's own role and of the last 管理员's.
    pub fn change_account(&self, change: &AccountChange) -> Result<Written<()>> {
        self.allow(Right::Manage, "修改账号")?;
        let before = self.read(|db| found(db, change.id))?;
        let name = change.name.as_deref().map_or(Ok(before.name.clone()), named)?;
        let role = change.role.unwrap_or(before.role);
        if role != before.role && self.session().account == Some(change.id) {
            return refused("自己的角色不能自己改。", "请另一位管理员来改；没有的，先新增一位管理员。");
        }
        let done = self.on_accounts(Step::new(format!("修改账号：{}", before.name)).open_to(Right::Manage), None, |tx| {
            unused(tx, &name, Some(change.id))?;
            tx.set(change.id, &[("name", Cell::Text(name.clone())), ("role", role.to_cell())])?;
            managed(tx)
        })?;
        if self.session().account == Some(change.id) {
            self.session.rename(&name);
        }
        Ok(done)
    }

    /// Removes an account: its password opens the file no more. Refuses one's own and the last 管理员's.
    pub fn remove_account(&self, id: Id<Account>) -> Result<Written<()>> {
        self.allow(Right::Manage, "停用账号")?;
        let before = self.read(|db| found(db, id))?;
        if self.session().account == Some(id) {
            return refused("不能停用自己正在用的账号。", "请另一位管理员来停用。");
        }
        self.on_accounts(Step::new(format!("停用账号：{}", before.name)).open_to(Right::Manage), None, |tx| {
            tx.set(id, &[("removed", tx.now().today.to_cell())])?;
            managed(tx)
        })
    }

    /// Gives an account another password, with a pair of its own; another's only by a 管理员. One's own old password is asked by the
    /// caller.
    pub fn set_password_of(&self, id: Id<Account>, password: &str) -> Result<Written<()>> {
        let own = self.session().account == Some(id);
        let (what, right) = if own { ("修改密码", Right::Read) } else { ("重设密码", Right::Manage) };
        self.allow(right, what)?;
        let account = self.read(|db| found(db, id))?;
        let ring = Ring::new(&account.name, password, &self.key(), self.access.cost)?;
        self.on_accounts(Step::new(format!("{what}：{}", account.name)).open_to(right), Some(&ring), |tx| sealed_to(tx, id, &ring.public))
    }

    /// Gives whoever has the file open another password; by the recovery key, the only account, or the first one where there is none.
    pub fn set_password(&self, password: &str) -> Result<()> {
        match self.session().account.map_or_else(|| self.read(only), |id| Ok(Some(id)))? {
            Some(id) => self.set_password_of(id, password).map(drop),
            None => {
                let name = self.read(|db| last_clerk(db, self.seat))?;
                self.add_account(&NewAccount { name, role: Role::Admin, password: password.into() }).map(drop)
            }
        }
    }

    /// Does one step on accounts, with a ring that it brings.
    fn on_accounts<T>(&self, step: Step, ring: Option<&Ring>, act: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Written<T>> {
        let written = self.write(step.irrevocable().noted(), |tx| {
            let value = act(tx)?;
            if let Some(ring) = ring {
                Sidecar::of(self.rings().into_iter().chain([ring.clone()]).collect()).write(&self.path)?;
            }
            Ok(value)
        })?;
        // What cannot be tidied now opens nothing, and is tidied at the next opening.
        let _ = self.tidy_sidecar();
        Ok(written)
    }

    /// Takes rings out of the sidecar that the file does not know, and gives the others their names; other programs wait meanwhile.
    pub(in crate::store) fn tidy_sidecar(&self) -> Result<()> {
        let tidied = || -> Result<Option<Sidecar>> {
            let before = Sidecar::read(&self.path)?;
            let after = self.read(|db| tidy(db, &before))?;
            Ok((after != before && before.has_rings()).then_some(after))
        };
        if tidied()?.is_none() {
            return Ok(());
        }
        let connection = held(&self.writer);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let _whole = Whole(&connection);
        tidied()?.map_or(Ok(()), |sidecar| sidecar.write(&self.path))
    }
}

/// The rings of live accounts, by their names in the file.
fn tidy(db: &Db<'_>, before: &Sidecar) -> Result<Sidecar> {
    let mut rings = Vec::new();
    for account in live(db)? {
        let public = public_of(db, account.id)?.map(PublicKey::text);
        let own = before.rings().iter().find(|ring| Some(&ring.public) == public.as_ref());
        rings.extend(own.map(|ring| ring.called(account.name)));
    }
    Ok(Sidecar::of(rings))
}

fn found(db: &Db<'_>, id: Id<Account>) -> Result<Account> {
    let account = db.get(id)?;
    if account.removed.is_some() {
        refused(format!("账号“{}”已经停用。", account.name), "如需再用，请新增账号。")
    } else {
        Ok(account)
    }
}

/// The only account of a file; nothing where there is none, as in a file of before accounts that the recovery key opened.
fn only(db: &Db<'_>) -> Result<Option<Id<Account>>> {
    let names = |accounts: &[Account]| accounts.iter().map(|account| account.name.clone()).collect::<Vec<_>>().join("、");
    match live(db)?.as_slice() {
        [] => Ok(None),
        [account] => Ok(Some(account.id)),
        several => refused(format!("这个台账有 {} 个账号：{}。", several.len(), names(several)), "请说明为哪个账号设密码。"),
    }
}

/// The clerk who worked here last, or at another seat.
fn last_clerk(db: &Db<'_>, seat: i64) -> Result<String> {
    let own = super::session::Session::by_recovery_key().name;
    let sql = "SELECT clerk FROM seat WHERE clerk <> ?2 ORDER BY n <> ?1, n LIMIT 1";
    Ok(db.one(sql, (seat, own))?.unwrap_or_else(|| Role::Admin.label().into()))
}

/// A name in its stored form; refuses an empty or long one, and one with signs that nobody sees.
fn named(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut faults = Faults::default();
    if name.is_empty() || name.chars().count() > 50 {
        faults.error("name", "姓名", "没有填写或超过 50 个字", "请填写本人姓名");
    } else if name.chars().any(unseen) {
        faults.error("name", "姓名", "里有看不见的字符", "请删掉重新输入，不要从别处粘贴");
    }
    faults.or(|| Ok(())).map(|()| name)
}

/// Whether a sign of a name leaves nothing on the screen: what copied text carries along, fillers, variants of another sign, tags.
fn unseen(letter: char) -> bool {
    let filler =
        matches!(letter, '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}');
    let mark = matches!(letter, '\u{2061}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}');
    invisible(letter) || letter.is_control() || filler || mark || matches!(letter, '\u{e0000}'..='\u{e0fff}')
}

/// Refuses a name that another account has or had: steps are told apart by it. Full-width letters look like the others.
fn unused(db: &Db<'_>, name: &str, own: Option<Id<Account>>) -> Result<()> {
    let all: Vec<Account> = db.select(" ORDER BY since, id", [])?;
    if all.iter().any(|account| Some(account.id) == own && account.name == name) {
        return Ok(());
    }
    let seen = |name: &str| name.chars().map(half_width).collect::<String>();
    let other = all.into_iter().find(|account| seen(&account.name) == seen(name) && Some(account.id) != own);
    let mut faults = Faults::default();
    if let Some(removed) = other.as_ref().and_then(|other| other.removed) {
        faults.error("name", "姓名", format!("“{name}”是 {removed} 停用的账号用过的，以前的操作记在这个名下"), "请在姓名后加部门或序号");
    } else if other.is_some() || seen(name) == super::session::Session::by_recovery_key().name {
        faults.error("name", "姓名", format!("“{name}”已经有人用了"), "同名的人，请在姓名后加部门或序号");
    }
    faults.or(|| Ok(()))
}

/// Ties an account to the public key of its pair.
fn sealed_to(tx: &Tx<'_>, id: Id<Account>, public: &str) -> Result<()> {
    let sql = "INSERT INTO account_seal (account, public_key) VALUES (?1, ?2) ON CONFLICT (account) DO UPDATE SET public_key = excluded.public_key";
    tx.connection().execute(sql, (id.get(), public))?;
    Ok(())
}

/// Refuses an act after which nobody could manage accounts.
fn managed(db: &Db<'_>) -> Result<()> {
    if super::managers(db)?.is_empty() {
        return refused("台账至少要有一位管理员。", "请先让另一个账号当管理员，再办这一步。");
    }
    Ok(())
}
