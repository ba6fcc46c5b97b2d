//! Hours of service, with their evidence.

use crate::activities::Activity;
use crate::people::Person;
use crate::record::{Code, Entered, Id, Minutes, Record};

/// 时长的来源。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum ServiceSource {
    /// 签到
    #[code(1, "签到", "签到签退|扫码|打卡")]
    SignedIn,
    /// 补录
    #[code(2, "补录", "补登|事后补录")]
    Entered,
}

/// 一名志愿者在一场志愿服务活动里实际服务的时长，不含路途。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "service", label = "志愿服务时长", key = "activity, person", check = super::rules::check_service, link)]
pub struct Service {
    /// 哪场志愿服务活动。
    #[field(label = "活动", listed)]
    pub activity: Id<Activity>,
    /// 哪个人。
    #[field(label = "姓名", listed)]
    pub person: Id<Person>,
    /// 实际服务的时长，不含往返路途。
    #[field(label = "服务时长（小时）", listed)]
    pub minutes: Minutes,
    /// 签到记录，还是事后补录。
    #[field(label = "来源", listed, filter)]
    pub source: ServiceSource,
    /// 补录的依据：签到表、照片、服务对象证明等。
    #[field(label = "依据", max = 200, listed)]
    pub evidence: Option<String>,
    /// 做了什么；与活动名称相同的可不填。
    #[field(label = "服务内容", max = 200)]
    pub content: Option<String>,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}
