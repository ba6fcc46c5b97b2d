//! The ledger of activities.

use chrono::NaiveDate;

use crate::record::{Code, Id, Minutes, Money, Record, Term, Terms};
use crate::stations::Station;
use crate::terms::{ActivityKind, ActivityPartner, FundSource, ServiceArea};
use crate::units::Unit;

/// 活动状态。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum ActivityState {
    /// 计划
    #[code(1, "计划", "计划中|未举办|筹备")]
    Planned,
    /// 已举办
    #[code(2, "已举办", "已开展|已完成|举办|完成")]
    Held,
    /// 取消
    #[code(3, "取消", "已取消|未开展")]
    Cancelled,
}

/// 工会举办或联合举办的一场活动；填了志愿服务领域的是志愿服务活动。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "activity", label = "活动", order = "day, title", key = "code", unit = "unit", tidy = super::rules::tidy, check = super::rules::check)]
pub struct Activity {
    /// The id.
    pub id: Id<Activity>,
    /// 本单位自编的编号，可不填。
    #[field(label = "活动编号", max = 32, section = "活动", listed, search)]
    pub code: Option<String>,
    /// 活动的名称。
    #[field(label = "活动名称", max = 100, section = "活动", listed, search)]
    pub title: String,
    /// 活动属于哪一类。
    #[field(label = "活动类型", section = "活动", listed, filter)]
    pub kind: Term<ActivityKind>,
    /// 志愿服务的领域；填了就是志愿服务活动，可以登记志愿者时长。
    #[field(label = "志愿服务领域", section = "活动", listed, filter)]
    pub area: Option<Term<ServiceArea>>,
    /// 所属的品牌项目或主题，如“工会送万家”。
    #[field(label = "品牌项目", max = 60, section = "活动", listed, search)]
    pub brand: Option<String>,
    /// 主办的工会；联合举办时只由牵头的一家登记，以免重复统计。
    #[field(label = "主办工会", section = "活动", listed)]
    pub unit: Id<Unit>,
    /// 联合主办、承办、协办的单位。
    #[field(label = "联合单位", max = 200, section = "活动")]
    pub partners: Option<String>,
    /// 联合单位是哪些类型。
    #[field(label = "联合单位类型", section = "活动")]
    pub partner_kinds: Terms<ActivityPartner>,
    /// 计划、已举办或取消。
    #[field(label = "状态", section = "时间地点", listed, filter)]
    pub state: ActivityState,
    /// 计划举办的日期。
    #[field(label = "计划日期", section = "时间地点")]
    pub planned: Option<NaiveDate>,
    /// 举办的日期，多日活动填第一天；它决定活动统计在哪一期。
    #[field(label = "举办日期", section = "时间地点", listed)]
    pub day: Option<NaiveDate>,
    /// 多日活动的最后一天。
    #[field(label = "结束日期", section = "时间地点")]
    pub until: Option<NaiveDate>,
    /// 开始时间，如 09:00。
    #[field(label = "开始时间", max = 5, section = "时间地点")]
    pub begins: Option<String>,
    /// 结束时间，如 11:30。
    #[field(label = "结束时间", max = 5, section = "时间地点")]
    pub ends: Option<String>,
    /// 一个人全程参加的时长，不含路途。
    #[field(label = "每人时长（小时）", section = "时间地点", listed)]
    pub length: Option<Minutes>,
    /// 在哪个站点举办。
    #[field(label = "举办站点", section = "时间地点", listed)]
    pub station: Option<Id<Station>>,
    /// 不在站点举办的，写地点。
    #[field(label = "地点", max = 120, section = "时间地点", listed)]
    pub place: Option<String>,
    /// 为谁举办、服务谁。
    #[field(label = "服务对象", max = 120, section = "人数")]
    pub audience: Option<String>,
    /// 计划参加的人数。
    #[field(label = "计划人数", section = "人数")]
    pub planned_people: Option<i64>,
    /// 参加人数：没有登记名单的活动才填。
    #[field(label = "参加人数", section = "人数", listed)]
    pub persons: Option<i64>,
    /// 其中女性人数。
    #[field(label = "其中女性", section = "人数")]
    pub women: Option<i64>,
    /// 参加人次：没有登记名单的活动才填；一人参加两次记两次，不少于人数。
    #[field(label = "参加人次", section = "人数", listed)]
    pub times: Option<i64>,
    /// 得到服务或慰问的人次，不含组织者和志愿者。
    #[field(label = "受益人次", section = "人数", listed)]
    pub served: Option<i64>,
    /// 预算，元。
    #[field(label = "预算（元）", section = "经费")]
    pub budget: Option<Money>,
    /// 实际支出，元。
    #[field(label = "支出（元）", section = "经费", listed)]
    pub cost: Option<Money>,
    /// 主要的经费来源。
    #[field(label = "经费来源", section = "经费", filter)]
    pub fund: Option<Term<FundSource>>,
    /// 活动的负责人。
    #[field(label = "负责人", max = 40, section = "记录")]
    pub leader: Option<String>,
    /// 谁记录，谁证明（志愿服务记录与证明出具办法）。
    #[field(label = "记录人", max = 40, section = "记录")]
    pub recorder: Option<String>,
    /// 内容和成效。
    #[field(label = "活动小结", max = 2000, section = "记录")]
    pub summary: Option<String>,
    /// 备注。
    #[field(label = "备注", max = 500, section = "记录")]
    pub note: Option<String>,
}

impl Activity {
    /// A planned activity of which nothing else is known.
    pub fn named(title: impl Into<String>, kind: Term<ActivityKind>, unit: Id<Unit>) -> Self {
        Self {
            id: Id::NEW,
            code: None,
            title: title.into(),
            kind,
            area: None,
            brand: None,
            unit,
            partners: None,
            partner_kinds: Terms::new(),
            state: ActivityState::Planned,
            planned: None,
            day: None,
            until: None,
            begins: None,
            ends: None,
            length: None,
            station: None,
            place: None,
            audience: None,
            planned_people: None,
            persons: None,
            women: None,
            times: None,
            served: None,
            budget: None,
            cost: None,
            fund: None,
            leader: None,
            recorder: None,
            summary: None,
            note: None,
        }
    }

    /// How many days it lasts, the first and the last counted; 1 where no last day is given.
    pub fn days(&self) -> i64 {
        self.day.zip(self.until).map_or(1, |(day, until)| (until - day).num_days() + 1).max(1)
    }

    /// Says whether those who took part were counted, so that there can be no list of names.
    pub fn is_counted(&self) -> bool {
        self.persons.or(self.times).is_some()
    }
}
