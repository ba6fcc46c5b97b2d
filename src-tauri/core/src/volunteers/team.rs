//! The tree of volunteer teams.

use chrono::NaiveDate;

use crate::record::{Code, Id, Record, Term};
use crate::terms::{ServiceArea, TeamKind};
use crate::units::Unit;

/// 队伍级别：总队、支队、大队、分队。
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Code)]
pub enum TeamLevel {
    /// 总队
    #[code(1, "总队", "志愿服务总队")]
    Corps,
    /// 支队
    #[code(2, "支队", "志愿服务支队")]
    Detachment,
    /// 大队
    #[code(3, "大队", "志愿服务大队")]
    Brigade,
    /// 分队
    #[code(4, "分队", "小分队|小队|中队|服务队")]
    Squad,
}

/// 工会组建的志愿服务队，上下级构成总队、支队、大队、分队。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "team", label = "志愿服务队", order = "level, name", unit = "unit", tidy = super::rules::tidy_team, check = super::rules::check_team)]
pub struct Team {
    /// The id.
    pub id: Id<Team>,
    /// 队伍的全称。
    #[field(label = "队伍名称", max = 80, section = "队伍", listed, search)]
    pub name: String,
    /// 总队、支队、大队或分队。
    #[field(label = "队伍级别", section = "队伍", listed, filter)]
    pub level: TeamLevel,
    /// 上级队伍，级别须高于本队。
    #[field(label = "上级队伍", section = "队伍", listed)]
    pub parent: Option<Id<Team>>,
    /// 组建队伍的工会。
    #[field(label = "组建工会", section = "队伍", listed)]
    pub unit: Id<Unit>,
    /// 专业队的类型；综合性的可不填。
    #[field(label = "专业队类型", section = "队伍", listed, filter)]
    pub kind: Option<Term<TeamKind>>,
    /// 主要的服务领域。
    #[field(label = "服务领域", section = "队伍", filter)]
    pub area: Option<Term<ServiceArea>>,
    /// 队伍的品牌项目。
    #[field(label = "品牌项目", max = 60, section = "队伍")]
    pub brand: Option<String>,
    /// 队伍的口号。
    #[field(label = "口号", max = 80, section = "队伍")]
    pub slogan: Option<String>,
    /// 队长。
    #[field(label = "队长", max = 40, section = "队伍", listed)]
    pub leader: Option<String>,
    /// 队长或队伍的电话。
    #[field(label = "联系电话", max = 30, section = "队伍", secret)]
    pub phone: Option<String>,
    /// 成立的日期。
    #[field(label = "成立日期", section = "队伍", listed)]
    pub founded: Option<NaiveDate>,
    /// 撤销的日期。
    #[field(label = "撤销日期", section = "队伍")]
    pub disbanded: Option<NaiveDate>,
    /// 备注。
    #[field(label = "备注", max = 500, section = "队伍")]
    pub note: Option<String>,
}

impl Team {
    /// A team of which nothing else is known.
    pub fn named(name: impl Into<String>, level: TeamLevel, parent: Option<Id<Team>>, unit: Id<Unit>) -> Self {
        Self {
            id: Id::NEW,
            name: name.into(),
            level,
            parent,
            unit,
            kind: None,
            area: None,
            brand: None,
            slogan: None,
            leader: None,
            phone: None,
            founded: None,
            disbanded: None,
            note: None,
        }
    }
}
