//! How many people work where a union is.

use chrono::NaiveDate;

use super::unit::Unit;
use crate::record::{Entered, Id, Record};

/// 职工人数：工会所在单位某一天的职工总数和其中数。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "headcount", label = "职工人数", order = "unit,day", key = "unit,day", unit = "unit", check = super::rules::check_headcount)]
pub struct Headcount {
    /// The id.
    pub id: Id<Headcount>,
    /// 所在的工会。
    #[field(label = "工会", listed)]
    pub unit: Id<Unit>,
    /// 统计的截止日期；到下一次统计为止都按这个数。
    #[field(label = "截止日期", listed)]
    pub day: NaiveDate,
    /// 职工总数。
    #[field(label = "职工人数", listed)]
    pub staff: i64,
    /// 其中女职工。
    #[field(label = "女职工人数", listed)]
    pub women: Option<i64>,
    /// 其中农民工。
    #[field(label = "农民工人数", listed)]
    pub migrants: Option<i64>,
    /// 其中新就业形态劳动者。
    #[field(label = "新就业形态劳动者人数", listed)]
    pub new_employment: Option<i64>,
    /// 专职工会工作人员。
    #[field(label = "专职工会工作人员数")]
    pub full_time: Option<i64>,
    /// 兼职工会工作人员。
    #[field(label = "兼职工会工作人员数")]
    pub part_time: Option<i64>,
    /// 录入时间。
    #[field(label = "录入时间")]
    pub entered: Entered,
}
