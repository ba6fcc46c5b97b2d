//! Recording a whole activity's sheet of hours in one step.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Service, ServiceSource};
use crate::activities::{Activity, ActivityState};
use crate::error::{Error, Fault, Faults, Refusal, Result};
use crate::minutes;
use crate::people::{Person, name};
use crate::record::{Entered, Id, Minutes, Row, Wire};
use crate::store::{Db, Key, Tx};

/// The hours of an activity's volunteers; those of others stay as they are.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct RecordService {
    /// The activity.
    pub activity: Id<Activity>,
    /// One row a volunteer.
    pub rows: Vec<Hours>,
}

/// The hours of one volunteer.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Hours {
    /// Who.
    pub person: Id<Person>,
    /// Minutes of service, without the way there and back; none takes the volunteer off the sheet.
    pub minutes: Option<Minutes>,
    /// Signed in on the spot or entered later.
    pub source: ServiceSource,
    /// What proves it; needed where it is entered later.
    pub evidence: Option<String>,
    /// What was done.
    pub content: Option<String>,
}

/// What the step did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct RecordedService {
    /// Volunteers new on the sheet.
    pub added: usize,
    /// Volunteers whose row changed.
    pub changed: usize,
    /// Volunteers taken off.
    pub removed: usize,
    /// The minutes of all on the sheet afterwards.
    pub minutes: i64,
    /// What is doubtful.
    pub warnings: Vec<Fault>,
}

/// Records hours. Refuses an activity that was not held, is none of voluntary service, has no length or was entered by count;
/// hours above the activity's length; hours entered later without evidence; a person given twice.
/// Warns of people who were not registered volunteers on the day.
pub fn record_service(tx: &Tx<'_>, act: &RecordService) -> Result<RecordedService> {
    let activity = tx.get(act.activity)?;
    if let Some(refusal) = closed_to_hours(&activity) {
        return Err(Error::Refused(refusal));
    }
    let mut done = RecordedService { warnings: judge(tx, &activity, &act.rows)?, ..RecordedService::default() };
    for hours in &act.rows {
        enter(tx, act.activity, hours, &mut done)?;
    }
    let sql = "SELECT coalesce(sum(minutes), 0) FROM service WHERE activity = ?1";
    done.minutes = tx.one(sql, [act.activity.get()])?.unwrap_or(0);
    Ok(done)
}

/// Says why no hours can be recorded for an activity, if so.
pub(super) fn closed_to_hours(activity: &Activity) -> Option<Refusal> {
    let title = &activity.title;
    let (message, hint) = if activity.state != ActivityState::Held {
        (format!("活动“{title}”还没有登记为已举办，不能登记志愿服务时长。"), "请先填写举办日期，把状态改为“已举办”。")
    } else if activity.area.is_none() {
        (format!("活动“{title}”不是志愿服务活动，不能登记志愿服务时长。"), "请先在活动里选择志愿服务领域。")
    } else if activity.length.is_none() {
        (format!("活动“{title}”没有填写每人时长，无法核对志愿者的时长。"), "请先填写一个人全程服务的时长，不含路途。")
    } else if activity.is_counted() {
        (format!("活动“{title}”已按数填了参加人数或人次，再登记名单就会重复统计。"), "请先清空这场活动的参加人数和参加人次。")
    } else {
        return None;
    };
    Some(Refusal::new(message, hint))
}

/// Says what is wrong with a length of service in an activity: that it is none, or above the activity's own length.
pub(super) fn wrong_minutes(activity: &Activity, Minutes(minutes): Minutes) -> Option<(String, &'static str)> {
    let length = activity.length.map_or(0, |length| length.0);
    if minutes <= 0 {
        return Some(("服务时长应大于零".into(), "没有服务的人不用登记"));
    }
    (minutes > length).then(|| {
        let (own, whole) = (minutes::hours(minutes), minutes::hours(length));
        (format!("服务时长 {own} 小时，超过了活动的每人时长 {whole} 小时"), "时长不含路途，请核对；活动时长填少了的，请先改活动")
    })
}

/// Says whether a person was a registered volunteer on a day.
pub(super) fn was_registered(db: &Db<'_>, person: Id<Person>, day: NaiveDate) -> Result<bool> {
    let sql = "SELECT 1 FROM volunteer WHERE person = ?1 AND registered <= ?2 AND (ended IS NULL OR ended > ?2)";
    Ok(db.one::<i64>(sql, (person.get(), day.to_string()))?.is_some())
}

/// All rows are looked at before the first is written; a fault names the row and, masked, the person.
fn judge(db: &Db<'_>, activity: &Activity, rows: &[Hours]) -> Result<Vec<Fault>> {
    let (mut faults, mut seen) = (Faults::default(), std::collections::HashSet::new());
    let day = activity.day.unwrap_or(db.now().today);
    let mut strangers = Vec::new();
    for (at, hours) in rows.iter().enumerate() {
        let Some(person) = db.find(hours.person)? else { return Err(Error::Gone(format!("第 {} 行的人员", at + 1))) };
        let who = format!("第 {} 行 {}", at + 1, name::mask(&person.name));
        if !seen.insert(hours.person) {
            faults.error("person", "姓名", format!("{who}：同一个人填了两行"), "一个人在一场活动里只登记一行，请合并时长");
        }
        judge_row(activity, hours, &who, &mut faults);
        if hours.minutes.is_some() && !was_registered(db, hours.person, day)? {
            strangers.push(who);
        }
    }
    if let Some(first) = strangers.first() {
        let what = format!("{day} 有 {} 人不是注册志愿者：{first}{}", strangers.len(), if strangers.len() > 1 { "等" } else { "" });
        faults.warn("person", "姓名", what, "请登记注册；注册日期登记晚了的，请改正注册日期");
    }
    if faults.refuse() { Err(faults.into()) } else { Ok(faults.0) }
}

fn judge_row(activity: &Activity, hours: &Hours, who: &str, faults: &mut Faults) {
    let Some(minutes) = hours.minutes else { return };
    if let Some((what, hint)) = wrong_minutes(activity, minutes) {
        faults.error("minutes", "服务时长（小时）", format!("{who}：{what}"), hint);
    }
    if hours.source == ServiceSource::Entered && text(&hours.evidence).is_none() {
        faults.error("evidence", "依据", format!("{who}：补录的时长没有写依据"), "请写明签到表、照片、服务对象证明等依据");
    }
}

fn text(text: &Option<String>) -> Option<String> {
    crate::text::trimmed(text.clone())
}

fn enter(tx: &Tx<'_>, activity: Id<Activity>, hours: &Hours, done: &mut RecordedService) -> Result<()> {
    let key = Key::Pair(activity.get(), hours.person.get());
    let old = tx.cells(Service::table(), key)?.map(|cells| Service::from_cells(0, cells)).transpose()?;
    match (old, hours.minutes) {
        (None, Some(minutes)) => {
            tx.link(&row(activity, hours, minutes, Entered(0)))?;
            done.added += 1;
        }
        (Some(old), Some(minutes)) => {
            let new = row(activity, hours, minutes, old.entered);
            if new != old {
                tx.update(Service::table(), key, &new.cells())?;
                done.changed += 1;
            }
        }
        (Some(_), None) => {
            tx.delete(Service::table(), key)?;
            done.removed += 1;
        }
        (None, None) => {}
    }
    Ok(())
}

fn row(activity: Id<Activity>, hours: &Hours, minutes: Minutes, entered: Entered) -> Service {
    let (evidence, content) = (text(&hours.evidence), text(&hours.content));
    Service { activity, person: hours.person, minutes, source: hours.source, evidence, content, entered }
}
