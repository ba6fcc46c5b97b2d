//! How long what is kept: rows of a table, not constants, since documents and localities differ.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::error::{Faults, Result};
use crate::record::{Code, Id, Record, Term};
use crate::store::Db;
use crate::terms::HeldKind;

/// 从什么时候算起。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Counted {
    /// 从关系结束的那天算起
    #[code(1, "结束之日", "当日")]
    End,
    /// 从关系结束那年的最后一天算起
    #[code(2, "结束当年年末", "年度终了")]
    YearEnd,
}

/// 保存期限：每一种资料从关系结束算起至少保存几年；从某日起按新规定的，另加一行。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "retention_rule", label = "保存期限", order = "from_day, kind", key = "kind, from_day", check = check)]
pub struct RetentionRule {
    /// The id.
    pub id: Id<RetentionRule>,
    /// 哪一种资料。
    #[field(label = "资料种类", listed, filter)]
    pub kind: Term<HeldKind>,
    /// 至少保存几年。
    #[field(label = "保存年数", listed)]
    pub years: i64,
    /// 从结束之日，还是从结束当年的年末算起。
    #[field(label = "起算", listed)]
    pub counted: Counted,
    /// 定这个期限的文件和条款。
    #[field(label = "依据", max = 120, listed)]
    pub source: String,
    /// 从哪一天起执行；同一种资料以最近的一行为准。
    #[field(label = "执行日期", listed)]
    pub from_day: NaiveDate,
}

fn check(rule: &RetentionRule, _: &Db<'_>, faults: &mut Faults) {
    if !(0..=100).contains(&rule.years) {
        faults.error("years", "保存年数", "应在 0 到 100 之间", "不需要保存的填 0；永久保存的填 100");
    }
}

impl RetentionRule {
    /// The day from which on a record that ended on a day need not be kept any longer.
    pub fn until(&self, ended: NaiveDate) -> NaiveDate {
        let from = match self.counted {
            Counted::End => ended,
            Counted::YearEnd => NaiveDate::from_ymd_opt(ended.year(), 12, 31).unwrap_or(ended),
        };
        let months = u32::try_from(self.years.clamp(0, 100)).unwrap_or_default() * 12;
        from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
    }
}

/// The rules in force on a day: of each kind the one with the latest first day.
#[derive(Debug, Clone, Default)]
pub struct Rules(HashMap<String, RetentionRule>);

impl Rules {
    /// Reads the rules of a day.
    pub fn on(db: &Db<'_>, day: NaiveDate) -> Result<Self> {
        let rows = db.select::<RetentionRule>("WHERE from_day <= ?1 ORDER BY from_day", [day.to_string()])?;
        Ok(Self(rows.into_iter().map(|rule| (rule.kind.code().to_owned(), rule)).collect()))
    }

    /// The rule of a kind; where there is none, nothing of it need be kept.
    pub fn of(&self, kind: &str) -> Option<&RetentionRule> {
        self.0.get(kind)
    }

    /// The day from which on what ended on a day need not be kept.
    pub fn until(&self, kind: &str, ended: NaiveDate) -> NaiveDate {
        self.of(kind).map_or(ended, |rule| rule.until(ended))
    }
}
