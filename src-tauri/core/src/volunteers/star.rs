//! Stars by hours: rows of a table, not constants, since documents change them.

use chrono::NaiveDate;

use crate::Result;
use crate::record::{Id, Minutes, Record};
use crate::store::Db;

/// 星级标准：累计服务满多少小时评几星；从某日起按新标准的，另加一行。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "star_rule", label = "星级标准", order = "from_day, stars", key = "stars, from_day", check = super::rules::check_star)]
pub struct StarRule {
    /// The id.
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

/// The scale in force on a day: of each star the rule with the latest first day, by stars.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale(Vec<StarRule>);

impl Scale {
    /// Reads the scale of a day.
    pub fn on(db: &Db<'_>, day: NaiveDate) -> Result<Self> {
        let rest = "WHERE from_day = (SELECT max(r.from_day) FROM star_rule r WHERE r.stars = star_rule.stars AND r.from_day <= ?1) ORDER BY stars";
        db.select(rest, [day.to_string()]).map(Self)
    }

    /// Gives the most stars that so many minutes reach; 0 where they reach none.
    pub fn stars(&self, minutes: Minutes) -> i64 {
        self.0.iter().filter(|rule| rule.minutes <= minutes).map(|rule| rule.stars).max().unwrap_or(0)
    }

    /// Gives the next rule that so many minutes do not reach yet.
    pub fn next(&self, minutes: Minutes) -> Option<&StarRule> {
        let stars = self.stars(minutes);
        self.0.iter().find(|rule| rule.stars > stars)
    }

    /// The rules, by stars.
    pub fn rules(&self) -> &[StarRule] {
        &self.0
    }

    /// Gives the scale with a rule in the place of the one of its stars.
    #[must_use]
    pub fn with(mut self, rule: &StarRule) -> Self {
        self.0.retain(|other| other.stars != rule.stars);
        self.0.push(rule.clone());
        self.0.sort_by_key(|rule| rule.stars);
        self
    }

    /// Says whether more stars need more minutes throughout.
    pub fn rises(&self) -> bool {
        self.0.iter().zip(self.0.iter().skip(1)).all(|(less, more)| less.minutes < more.minutes)
    }
}
