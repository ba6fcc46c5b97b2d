//! What members pay.

use chrono::NaiveDate;

use super::member::Member;
use crate::record::{Entered, Id, Money, Record};
use crate::units::Unit;

/// 会费：一位会员一个月的会费。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "dues", label = "会费", order = "month", key = "member,month", unit = "unit", check = super::rules::check_dues)]
pub struct Dues {
    /// The id.
    pub id: Id<Dues>,
    /// 谁的会费。
    #[field(label = "会员", listed)]
    pub member: Id<Member>,
    /// 会费交给哪个工会；转会以后不改。
    #[field(label = "收缴工会", listed)]
    pub unit: Id<Unit>,
    /// 会费所属的月份，写作 2026-10。
    #[field(label = "所属月份", max = 7, listed)]
    pub month: String,
    /// 应交或实交的金额。
    #[field(label = "金额", listed)]
    pub amount: Money,
    /// 收到的日期；没有收到的留空。
    #[field(label = "交纳日期", listed)]
    pub paid: Option<NaiveDate>,
    /// 录入时间。
    #[field(label = "录入时间")]
    pub entered: Entered,
}
