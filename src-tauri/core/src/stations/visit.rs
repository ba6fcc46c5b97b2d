//! How many people of each group a station served on a day.

use chrono::NaiveDate;

use super::Station;
use crate::record::{Entered, Id, Record, Term};
use crate::terms::VisitorGroup;

/// 站点一天里服务一个群体的人次。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "visit", label = "服务人次", order = "day, station, visitor", key = "station, day, visitor", check = super::rules::check_visit)]
pub struct Visit {
    /// The id.
    pub id: Id<Visit>,
    /// 哪个站点。
    #[field(label = "站点", listed)]
    pub station: Id<Station>,
    /// 哪一天。
    #[field(label = "日期", listed, filter)]
    pub day: NaiveDate,
    /// 哪个群体。
    #[field(label = "服务对象", listed, filter)]
    pub visitor: Term<VisitorGroup>,
    /// 服务人次；同一人一天来两次记两次。
    #[field(label = "人次", listed)]
    pub count: i64,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}
