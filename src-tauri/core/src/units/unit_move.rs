//! The ledger of who stood under whom.

use chrono::NaiveDate;

use super::unit::Unit;
use crate::record::{Entered, Id, Record};

/// 隶属变动：一个工会从一个上级改属另一个上级的一笔记录。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "unit_move", label = "隶属变动", order = "unit,day", unit = "unit", kept = "*")]
pub struct UnitMove {
    /// The id.
    pub id: Id<UnitMove>,
    /// 变动的工会。
    #[field(label = "工会", listed)]
    pub unit: Id<Unit>,
    /// 从这一天起属于新的上级。
    #[field(label = "变动日期", listed)]
    pub day: NaiveDate,
    /// 变动前的上级工会。
    #[field(label = "原上级工会", listed)]
    pub before: Option<Id<Unit>>,
    /// 变动后的上级工会。
    #[field(label = "新上级工会", listed)]
    pub after: Option<Id<Unit>>,
    /// 变动的原因或批复文号。
    #[field(label = "原因", max = 200, listed)]
    pub reason: Option<String>,
    /// 录入时间。
    #[field(label = "录入时间")]
    pub entered: Entered,
}
