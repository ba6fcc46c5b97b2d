//! What the people of a sound file hold among themselves.

use crate::error::Result;
use crate::store::{Db, Finding};

/// Looks for people who may have been entered twice.
pub fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let seen: i64 = db.one("SELECT count(*) FROM person", [])?.unwrap_or(0);
    // Two different id numbers are two people, however alike the rest.
    let born = "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) n, count(id_number) numbers FROM person \
                WHERE birth IS NOT NULL GROUP BY name, birth HAVING n > 1 AND numbers < n)";
    let called = "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) n, count(id_number) numbers FROM person \
                  WHERE phone IS NOT NULL GROUP BY phone, name HAVING n > 1 AND numbers < n)";
    let hint = "请在人员列表里按姓名核对；确是同一个人的，请用“合并人员”合成一条，并补全证件号码。";
    Ok(vec![
        Finding::new("没有姓名和出生日期都相同的重复人员", seen, db.one(born, [])?.unwrap_or(0), hint),
        Finding::new("没有姓名和电话都相同的重复人员", seen, db.one(called, [])?.unwrap_or(0), hint),
    ])
}
