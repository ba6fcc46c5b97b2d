//! The membership of a person.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::people::Person;
use crate::record::{Code, Id, Record, Term};
use crate::stations::Station;
use crate::terms::{JoinSource, NewEmployment};
use crate::units::Unit;

/// Where a membership stands today (会籍状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
pub enum MemberState {
    /// 在会
    #[code(1, "在会", "正常|会员")]
    Active,
    /// 保留会籍：仍计入会员数，另列保留数
    #[code(2, "保留会籍", "保留")]
    Retained,
    /// 已离会：转出、退会或除名
    #[code(3, "已离会", "离会|转出|退会|除名")]
    Gone,
}

/// Kind of membership (会员类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
pub enum MemberKind {
    /// 普通会员
    #[code(1, "普通会员", "普通|正式|正式会员")]
    Full,
    /// 预备会员
    #[code(2, "预备会员", "预备")]
    Probationary,
}

/// 会员：一个人的会籍，一生只有一个，随劳动关系在工会之间接转。
#[derive(Debug, Clone, PartialEq, Record, Deserialize)]
#[record(
    table = "member",
    label = "会员",
    order = "_pinyin, person",
    key = "person",
    unit = "unit",
    kept = "person, unit, state",
    carries = "person._pinyin, person.sex",
    check = super::rules::check
)]
pub struct Member {
    /// The id.
    #[serde(default)]
    pub id: Id<Member>,
    /// 会员是谁。
    #[field(label = "人员", listed)]
    pub person: Id<Person>,
    /// 会籍现在所在的工会；变更请用“转会”。
    #[field(label = "所在工会", listed)]
    pub unit: Id<Unit>,
    /// 会籍现在的状态；由入会、转会、保留等办理得出。
    #[field(label = "会籍状态", listed, filter)]
    pub state: MemberState,
    /// 普通会员或预备会员。
    #[field(label = "会员类型", filter)]
    pub kind: MemberKind,
    /// 工会会员卡或会员证的号码。
    #[field(label = "会员卡号", max = 30, listed)]
    pub card_number: Option<String>,
    /// 首次加入工会的日期。
    #[field(label = "入会日期", listed)]
    pub joined: Option<NaiveDate>,
    /// 是否农民工会员。
    #[field(label = "是否农民工会员", listed, filter)]
    pub migrant: bool,
    /// 所属的新就业形态群体；不是新就业形态劳动者的留空。
    #[field(label = "新就业形态群体", listed, filter)]
    pub new_employment: Option<Term<NewEmployment>>,
    /// 通过什么渠道入会。
    #[field(label = "入会渠道", filter)]
    pub source: Option<Term<JoinSource>>,
    /// 在哪个服务站点入会；按站点统计入会人数。
    #[field(label = "入会站点")]
    pub station: Option<Id<Station>>,
    /// 在单位的工号。
    #[field(label = "工号", max = 30)]
    pub work_number: Option<String>,
    /// 所在的班组或工会小组。
    #[field(label = "班组", max = 50)]
    pub team: Option<String>,
    /// 备注。
    #[field(label = "备注", max = 500)]
    pub note: Option<String>,
}
