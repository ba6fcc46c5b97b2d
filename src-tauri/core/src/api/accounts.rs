//! Accounts and keys on the wire.

use serde::{Deserialize, Serialize};

use super::payload::Nothing;
use crate::desk::strong_enough;
use crate::error::{Result, refused};
use crate::record::{Entered, Id, Wire};
use crate::store::{Account, AccountChange, NewAccount, Role, Store, Written};

/// An account as it is listed.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct AccountLine {
    /// Its id.
    pub id: Id<Account>,
    /// Whose it is.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Since when, in unix seconds.
    pub since: Entered,
    /// Whether it is the one that has the file open.
    pub own: bool,
    /// Whether it has a password; where not, one is to be set anew.
    pub keyed: bool,
}

/// Names an account.
#[derive(Debug, Clone, Copy, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct AccountOf {
    /// The account.
    pub id: Id<Account>,
}

/// Another password for an account.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct PasswordOf {
    /// The account.
    pub id: Id<Account>,
    /// The password from now on: at least six characters, and not guessed at once.
    pub password: String,
}

/// A new recovery key.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Recovery {
    /// The key, for printing.
    pub recovery: String,
}

/// Lists the accounts that may open the file, the oldest first.
pub fn accounts(store: &Store, _: &Nothing) -> Result<Vec<AccountLine>> {
    let own = store.session().account;
    let line = |(account, keyed): (Account, bool)| {
        let Account { id, name, role, since, .. } = account;
        AccountLine { own: own == Some(id), id, name, role, since, keyed }
    };
    Ok(store.accounts()?.into_iter().map(line).collect())
}

/// Adds an account.
pub fn add_account(store: &Store, new: &NewAccount) -> Result<Written<Id<Account>>> {
    strong_enough(&new.password, &new.name)?;
    store.add_account(new)
}

/// Gives an account another name or role.
pub fn change_account(store: &Store, change: &AccountChange) -> Result<Written<()>> {
    store.change_account(change)
}

/// Removes an account.
pub fn remove_account(store: &Store, ask: &AccountOf) -> Result<Written<()>> {
    store.remove_account(ask.id)
}

/// Gives somebody else's account another password without its old one; one's own goes by `desk.password`, which asks for it.
pub fn reset_account(store: &Store, ask: &PasswordOf) -> Result<Written<()>> {
    if store.session().account == Some(ask.id) {
        return refused("这是您自己的账号，换密码要先输入现在的密码。", "请用“设置—我的密码”更换。");
    }
    let whose = store.accounts()?.into_iter().find(|(account, _)| account.id == ask.id);
    strong_enough(&ask.password, &whose.map_or_else(String::new, |(account, _)| account.name))?;
    store.set_password_of(ask.id, &ask.password)
}

/// Encrypts the file by a new key and gives its recovery key.
pub fn rekey(store: &Store, _: &Nothing) -> Result<Written<Recovery>> {
    Ok(store.rekey()?.map(|key| Recovery { recovery: key.print() }))
}

/// Gives a recovery key that was made and not yet said to have been noted.
pub fn unnoted_recovery(store: &Store, _: &Nothing) -> Result<Option<String>> {
    store.unnoted_recovery()
}

/// Says that the recovery key was printed or written down.
pub fn noted_recovery(store: &Store, _: &Nothing) -> Result<()> {
    store.noted_recovery()
}
