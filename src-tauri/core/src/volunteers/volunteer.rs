//! The register of volunteers.

use chrono::NaiveDate;

use super::Team;
use crate::people::Person;
use crate::record::{Id, Record, Terms};
use crate::terms::{ServiceArea, VolunteerSkill};
use crate::units::Unit;

/// 在工会注册的志愿者；一个人只登记一次，会员和非会员都可以注册。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(
    table = "volunteer",
    label = "志愿者",
    order = "_pinyin",
    key = "person",
    unit = "unit",
    carries = "person._pinyin, person.sex",
    check = super::rules::check_volunteer
)]
pub struct Volunteer {
    /// The id.
    pub id: Id<Volunteer>,
    /// 哪个人。
    #[field(label = "姓名", section = "注册", listed)]
    pub person: Id<Person>,
    /// 在哪个工会注册。
    #[field(label = "注册工会", section = "注册", listed)]
    pub unit: Id<Unit>,
    /// 所在的队伍。
    #[field(label = "所在队伍", section = "注册", listed, filter)]
    pub team: Option<Id<Team>>,
    /// 对外公示和出具证明用的编号，不得用身份证号。
    #[field(label = "志愿者编号", max = 32, section = "注册", listed, search)]
    pub number: Option<String>,
    /// 注册的日期。
    #[field(label = "注册日期", section = "注册", listed)]
    pub registered: NaiveDate,
    /// 注销的日期；从这一天起不再是注册志愿者。
    #[field(label = "注销日期", section = "注册", listed)]
    pub ended: Option<NaiveDate>,
    /// 注销的原因。
    #[field(label = "注销原因", max = 60, section = "注册")]
    pub ended_for: Option<String>,
    /// 能够提供的专业技能。
    #[field(label = "专业技能", section = "服务", listed, filter)]
    pub skills: Terms<VolunteerSkill>,
    /// 愿意服务的领域。
    #[field(label = "意向领域", section = "服务", filter)]
    pub areas: Terms<ServiceArea>,
    /// 人身意外伤害保险的到期日（志愿服务条例第十七条）。
    #[field(label = "保险到期日", section = "服务")]
    pub insured_until: Option<NaiveDate>,
    /// 是否已发志愿服务马甲。
    #[field(label = "已发马甲", section = "服务", filter)]
    pub vest: bool,
    /// 备注。
    #[field(label = "备注", max = 500, section = "服务")]
    pub note: Option<String>,
}

impl Volunteer {
    /// A volunteer who registers with a union on a day, and of whom nothing else is known.
    pub fn registered(person: Id<Person>, unit: Id<Unit>, day: NaiveDate) -> Self {
        Self {
            id: Id::NEW,
            person,
            unit,
            team: None,
            number: None,
            registered: day,
            ended: None,
            ended_for: None,
            skills: Terms::new(),
            areas: Terms::new(),
            insured_until: None,
            vest: false,
            note: None,
        }
    }
}
