//! The ledger of memberships.

use chrono::NaiveDate;

use super::member::Member;
use crate::record::{Code, Entered, Id, Record, Term};
use crate::terms::ChangeReason;
use crate::units::Unit;

/// Kind of a membership change (会籍变化类型); 1 to 6 are those of 《工会会员信息采集表》.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
pub enum ChangeKind {
    /// 建账时已在会：计入会员数，不算变动
    #[code(0, "建账", "期初|原有")]
    Opening,
    /// 入会
    #[code(1, "入会")]
    Joined,
    /// 转入
    #[code(2, "转入")]
    TransferredIn,
    /// 保留会籍
    #[code(3, "保留", "保留会籍")]
    Retained,
    /// 转出
    #[code(4, "转出")]
    TransferredOut,
    /// 除名
    #[code(5, "除名", "开除|开除会籍")]
    Expelled,
    /// 退会
    #[code(6, "退会")]
    Left,
    /// 恢复：保留会籍后恢复
    #[code(7, "恢复", "恢复会籍")]
    Resumed,
}

impl ChangeKind {
    /// What a change of the kind adds to the number of members of its unit: 1, -1 or 0.
    pub fn stock(self) -> i64 {
        match self {
            Self::Opening | Self::Joined | Self::TransferredIn => 1,
            Self::TransferredOut | Self::Expelled | Self::Left => -1,
            Self::Retained | Self::Resumed => 0,
        }
    }
}

/// 会籍变动：入会、转入、保留、转出、除名、退会、恢复中的一笔。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(
    table = "change",
    label = "会籍变动",
    order = "day",
    unit = "unit",
    kept = "*",
    carries = "member._sex, member.migrant, member.new_employment, member.person"
)]
pub struct Change {
    /// The id.
    pub id: Id<Change>,
    /// 谁的会籍。
    #[field(label = "会员", listed)]
    pub member: Id<Member>,
    /// 计入哪个工会的变动。
    #[field(label = "工会", listed)]
    pub unit: Id<Unit>,
    /// 变动发生的日期，决定计入哪个月。
    #[field(label = "变动日期", listed)]
    pub day: NaiveDate,
    /// 会籍变化类型。
    #[field(label = "变动类型", listed, filter)]
    pub kind: ChangeKind,
    /// 会籍变化原因。
    #[field(label = "变动原因", listed, filter)]
    pub reason: Option<Term<ChangeReason>>,
    /// 转会的另一方，是本台账里的工会。
    #[field(label = "对方工会")]
    pub counterpart: Option<Id<Unit>>,
    /// 转会的另一方，不在本台账里。
    #[field(label = "对方工会名称", max = 100)]
    pub other: Option<String>,
    /// 批准的文号或介绍信号。
    #[field(label = "文号", max = 60)]
    pub document: Option<String>,
    /// 备注。
    #[field(label = "备注", max = 500)]
    pub note: Option<String>,
    /// 录入时间。
    #[field(label = "录入时间")]
    pub entered: Entered,
}
