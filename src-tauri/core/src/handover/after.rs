//! What a successor has still to do, once the file is theirs.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::record::Wire;
use crate::returns::signing;
use crate::store::{Account, Db, key_state};

/// Since when a file is the successor's, and whose it was.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// When it came, in unix seconds.
    pub at: i64,
    /// Who handed it over.
    pub by: String,
}

/// Where a thing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum DoneWhere {
    /// With the accounts and keys.
    Accounts,
    /// With the cards.
    Cards,
}

/// A thing that is to be done after a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct AfterLine {
    /// What.
    pub what: String,
    /// Why.
    pub why: &'static str,
    /// Whether the file shows that it was done.
    pub done: bool,
    /// Where it is done.
    pub place: DoneWhere,
}

/// Lists what is to be done after a handover, in the order in which it is done.
pub fn after(db: &Db<'_>, since: &Since) -> Result<Vec<AfterLine>> {
    let live: Vec<Account> = db.select(" WHERE removed IS NULL", [])?;
    let key = key_state(db)?;
    let is_newer = |at: i64| at >= since.at;
    let sealing = signing(db)?;
    let line = |what: String, why, done, place| AfterLine { what, why, done, place };
    Ok(vec![
        line(
            format!("停用移交人“{}”的账号", since.by),
            "不停用，他的密码还打得开这个台账。",
            live.iter().all(|account| account.name != since.by),
            DoneWhere::Accounts,
        ),
        line(
            "换新钥匙，收好新的恢复密钥".into(),
            "移交人见过的恢复密钥，换过以后才打不开。",
            key.renewed.is_some_and(is_newer) && key.is_noted,
            DoneWhere::Accounts,
        ),
        line(
            "更换签名钥匙，把新的通讯卡发给上级和下级".into(),
            "移交人手里的旧钥匙，就不能再用本单位的名义封存报表。",
            !sealing.is_empty() && sealing.iter().all(|key| is_newer(key.made)),
            DoneWhere::Cards,
        ),
    ])
}
