//! Who took part in an activity, by name.

use super::Activity;
use crate::people::Person;
use crate::record::{Entered, Id, Record};

/// 一个人参加一场活动。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "participation", label = "参加名单", key = "activity, person", kept = "member", check = super::rules::check_participation, link)]
pub struct Participation {
    /// 参加的活动。
    #[field(label = "活动", listed)]
    pub activity: Id<Activity>,
    /// 参加的人。
    #[field(label = "姓名", listed)]
    pub person: Id<Person>,
    /// 举办那天是否是工会会员。
    #[field(label = "当时是会员", listed, filter)]
    pub member: bool,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}
