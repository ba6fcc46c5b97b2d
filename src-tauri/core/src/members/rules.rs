//! What is wrong with a membership's records across their fields.

use super::{Dues, Member};
use crate::calendar::Month;
use crate::error::Faults;
use crate::store::Db;

/// Refuses a second membership of one person, a joining day ahead, and changes that only acts may make; warns of a card
/// number that another has.
pub fn check(member: &Member, db: &Db<'_>, faults: &mut Faults) {
    let taken = db.one::<i64>("SELECT id FROM member WHERE person = ?1 AND id <> ?2", (member.person.get(), member.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error("person", "人员", "这个人已经有会籍", "请打开原有会员办理转会或重新入会，不要重复登记");
    }
    if member.joined.is_some_and(|joined| joined > db.now().today) {
        faults.error("joined", "入会日期", "入会日期在今天之后", "请核对日期");
    }
    by_acts_alone(member, db, faults);
    let Some(card) = &member.card_number else { return };
    let shared = db.one::<i64>("SELECT id FROM member WHERE card_number = ?1 AND id <> ?2", (card, member.id.get()));
    if matches!(shared, Ok(Some(_))) {
        faults.warn("card_number", "会员卡号", "另一位会员也是这个卡号", "请对照会员卡核对");
    }
}

/// Union and state are the end of a ledger, which a form would pass by.
fn by_acts_alone(member: &Member, db: &Db<'_>, faults: &mut Faults) {
    let Ok(Some(stored)) = db.find(member.id) else { return };
    if stored.person != member.person {
        faults.error("person", "人员", "会籍不能改到另一个人名下", "登记错了人的，请撤销后重新办理");
    }
    if stored.unit != member.unit {
        faults.error("unit", "所在工会", "所在工会不能直接修改", "请用“转会”办理");
    }
    if stored.state != member.state {
        faults.error("state", "会籍状态", "会籍状态不能直接修改", "请用“保留”“恢复”“退会”或“除名”办理");
    }
}

/// Refuses a month that is none, an amount below nought, and a second row of one month.
pub fn check_dues(dues: &Dues, db: &Db<'_>, faults: &mut Faults) {
    if Month::parse(&dues.month).is_none_or(|month| month.to_string() != dues.month) {
        faults.error("month", "所属月份", format!("“{}”不是月份", dues.month), "请写作 2026-10 这样的年和月");
    }
    if dues.amount.0 < 0 {
        faults.error("amount", "金额", "会费不能是负数", "退回会费请改原来的那一条");
    }
    let sql = "SELECT id FROM dues WHERE member = ?1 AND month = ?2 AND id <> ?3";
    if matches!(db.one::<i64>(sql, (dues.member.get(), &dues.month, dues.id.get())), Ok(Some(_))) {
        faults.error("month", "所属月份", format!("这位会员 {} 的会费已有一条", dues.month), "请修改原来的那一条");
    }
}
