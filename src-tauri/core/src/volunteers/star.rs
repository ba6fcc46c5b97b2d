//! Stars by hours: rows of a table, not constants, since documents change them.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::record::{Id, Minutes, Record};

/// 星级标准：累计服务满多少小时评几星；从某日起按新标准的，另加一行。
#[derive(Debug, Clone, PartialEq, Record, Deserialize)]
#[record(table = "star_rule", label = "星级标准", order = "from_day, stars", key = "stars, from_day")]
pub struct StarRule {
    /// The id.
    #[serde(default)]
    pub id: Id<StarRule>,
    /// 几星，一至五。
    #[field(label = "星级", listed)]
    pub stars: i64,
    /// 累计服务时长达到多少。
    #[field(label = "累计时长（小时）", listed)]
    pub minutes: Minutes,
    /// 定这个标准的文件和文号。
    #[field(label = "依据", max = 120, listed)]
    pub source: String,
    /// 从哪一天起执行；同一星级以最近的一行为准。
    #[field(label = "执行日期", listed)]
    pub from_day: NaiveDate,
}
