//! Accounts (账号): who may open the file, and as what.
//!
//! An account is a row in the encrypted file, which says its role, and a [ring](super::sidecar::Ring) in the sidecar, which its
//! password opens. The two are tied by the pair's public key: a ring whose key the file does not know opens nothing, so that an old
//! or edited sidecar gives nobody back what was taken away.
//!
//! ```text
//! store.add_account(&NewAccount { name: "李四".into(), role: Role::Auditor, password: "…".into() })?;
//! Store::open(path, &Secret::Account("李四".into(), "…".into()), access)?.may(Right::Approve) // true
//! ```

mod acts;
mod found;
mod right;
mod session;

use chrono::NaiveDate;

pub use acts::{AccountChange, NewAccount};
pub use found::{role_in, settle};
pub use right::{Right, Role};
pub use session::{Session, Sitting, stands};

use super::db::Db;
use super::pair::PublicKey;
use crate::error::Result;
use crate::record::{Entered, Id, Record, Value};

/// 可以打开台账的人和他的角色；用“设置”里的“账号与钥匙”办理。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "account", label = "账号", order = "since", kept = "*")]
pub struct Account {
    /// The id.
    pub id: Id<Account>,
    /// 姓名；每一步操作都记在这个名下。
    #[field(label = "姓名", max = 50, listed)]
    pub name: String,
    /// 能办哪些事。
    #[field(label = "角色", listed, filter)]
    pub role: Role,
    /// The moment of entry.
    #[field(label = "启用时间", listed)]
    pub since: Entered,
    /// 停用以后打不开台账；以前办的事仍记在他名下。
    #[field(label = "停用日期", listed)]
    pub removed: Option<NaiveDate>,
}

/// The accounts that may open the file, the oldest first.
pub fn live(db: &Db<'_>) -> Result<Vec<Account>> {
    db.select(" WHERE removed IS NULL ORDER BY since, id", [])
}

/// The public key of an account; nothing where none was ever made.
pub fn public_of(db: &Db<'_>, account: Id<Account>) -> Result<Option<PublicKey>> {
    let text: Option<String> = db.one("SELECT public_key FROM account_seal WHERE account = ?1", [account.get()])?;
    Ok(text.and_then(|text| PublicKey::read(&text)))
}

/// The names of those who may manage accounts.
fn managers(db: &Db<'_>) -> Result<Vec<String>> {
    let sql = "SELECT name FROM account WHERE removed IS NULL AND role = ?1 ORDER BY since, id";
    db.rows(sql, [Role::Admin.to_cell()], |row| row.get(0))
}
