//! What is wrong with an activity's record across its fields.

use chrono::NaiveDate;

use super::{Activity, ActivityState, Participation};
use crate::error::Faults;
use crate::minutes;
use crate::record::{Code, Id, Minutes};
use crate::stations::Station;
use crate::store::{Db, Now};
use crate::units::Unit;

/// Gives times of day the form 09:00, and takes the times of attendance from the persons where only these were given.
pub(super) fn tidy(activity: &mut Activity, _: Now, _: &mut Faults) {
    for time in [&mut activity.begins, &mut activity.ends] {
        if let Some(minute) = time.as_deref().and_then(minute_of_day) {
            *time = Some(format!("{:02}:{:02}", minute / 60, minute % 60));
        }
    }
    if activity.times.is_none() {
        activity.times = activity.persons;
    }
}

/// Reads `9:00`, `09：00` or `9点30分` as the minute of the day, up to 24:00.
pub(super) fn minute_of_day(text: &str) -> Option<i64> {
    let minute = minutes::parse(&text.trim().replace('点', "小时")).ok()?;
    (text.contains([':', '：', '点']) && (0..=1440).contains(&minute)).then_some(minute)
}

/// Refuses a second activity of one code, days and times that contradict the state, figures that cannot be,
/// and counts beside names.
pub(super) fn check(activity: &Activity, db: &Db<'_>, faults: &mut Faults) {
    if let Some(code) = &activity.code {
        let taken = db.one::<i64>("SELECT id FROM activity WHERE code = ?1 AND id <> ?2", (code, activity.id.get()));
        if matches!(taken, Ok(Some(_))) {
            faults.error("code", "活动编号", format!("编号“{code}”已有别的活动在用"), "请换一个编号，或打开原有活动修改");
        }
    }
    days(activity, db.now().today, faults);
    times(activity, faults);
    figures(activity, faults);
    money(activity, faults);
    names(activity, db, faults);
    places(activity, db, faults);
    twice(activity, db, faults);
}

fn days(activity: &Activity, today: NaiveDate, faults: &mut Faults) {
    match (activity.state, activity.day) {
        (ActivityState::Held, None) => {
            faults.error("day", "举办日期", "状态是“已举办”，没有填举办日期", "请填写举办日期，多日活动填第一天");
        }
        (ActivityState::Held, Some(day)) if day > today => {
            faults.error("day", "举办日期", format!("{day} 还没有到，不能登记为“已举办”"), "请把状态改为“计划”，日期填在“计划日期”");
        }
        (ActivityState::Planned | ActivityState::Cancelled, Some(_)) => {
            let what = format!("填了举办日期，状态却是“{}”，不会计入统计", activity.state.label());
            faults.warn("state", "状态", what, "已经举办的，请把状态改为“已举办”");
        }
        _ => {}
    }
    match (activity.day, activity.until) {
        (Some(day), Some(until)) if until < day => faults.error("until", "结束日期", "结束日期早于举办日期", "请核对两个日期"),
        (None, Some(_)) => faults.error("until", "结束日期", "填了结束日期，没有填举办日期", "请补填举办日期（第一天）"),
        _ => {}
    }
}

fn times(activity: &Activity, faults: &mut Faults) {
    let read = |text: &Option<String>| text.as_deref().map(minute_of_day);
    let (begins, ends) = (read(&activity.begins), read(&activity.ends));
    for (field, label, _) in
        [("begins", "开始时间", begins), ("ends", "结束时间", ends)].into_iter().filter(|(.., time)| *time == Some(None))
    {
        faults.error(field, label, "不是一天里的时间", "请写成 09:00 这样的时和分");
    }
    let span = begins.flatten().zip(ends.flatten()).map(|(begins, ends)| ends - begins);
    if span.is_some_and(|span| span <= 0) && activity.days() == 1 {
        faults.error("ends", "结束时间", "结束时间不晚于开始时间", "请核对；过了午夜的活动，请填结束日期");
    }
    let Some(Minutes(length)) = activity.length else { return };
    if length <= 0 || length > 1440 * activity.days() {
        let what = format!("每人时长不会是 {} 小时：活动共 {} 天", minutes::hours(length), activity.days());
        faults.error("length", "每人时长（小时）", what, "请填写一个人全程参加的小时数；多日活动请填结束日期");
    } else if span.is_some_and(|span| span > 0 && length > span * activity.days()) {
        faults.warn("length", "每人时长（小时）", "比开始到结束的时间还长", "时长不含路途，请核对");
    }
}

fn figures(activity: &Activity, faults: &mut Faults) {
    let counts = [
        ("planned_people", "计划人数", activity.planned_people),
        ("persons", "参加人数", activity.persons),
        ("women", "其中女性", activity.women),
        ("times", "参加人次", activity.times),
        ("served", "受益人次", activity.served),
    ];
    for (field, label, _) in counts.into_iter().filter(|(.., count)| count.is_some_and(|count| count < 0)) {
        faults.error(field, label, "不能是负数", "请核对");
    }
    if let Some((persons, times)) = activity.persons.zip(activity.times).filter(|(persons, times)| times < persons) {
        faults.error("times", "参加人次", format!("参加人次 {times} 少于参加人数 {persons}"), "一人参加一次记一人次，请核对两个数");
    }
    if activity.women.is_some_and(|women| women > activity.persons.unwrap_or(0)) {
        faults.error("women", "其中女性", "女性人数多于参加人数", "请核对两个数");
    }
    if activity.state != ActivityState::Held && activity.times.or(activity.persons).or(activity.served).is_some() {
        let what = format!("状态是“{}”，参加和受益的人数不会计入统计", activity.state.label());
        faults.warn("state", "状态", what, "已经举办的，请把状态改为“已举办”；计划的人数填在“计划人数”");
    }
}

fn money(activity: &Activity, faults: &mut Faults) {
    for (field, label, _) in [("budget", "预算（元）", activity.budget), ("cost", "支出（元）", activity.cost)]
        .into_iter()
        .filter(|(.., amount)| amount.is_some_and(|amount| amount.0 < 0))
    {
        faults.error(field, label, "不能是负数", "请核对；退回的款项请从支出里减去");
    }
    if activity.budget.zip(activity.cost).is_some_and(|(budget, cost)| cost > budget) {
        faults.warn("cost", "支出（元）", "支出超过了预算", "请核对，或补办预算调整");
    }
}

/// What stands on an activity's lists of names.
struct Named {
    participants: i64,
    volunteers: i64,
    longest: i64,
}

fn named(db: &Db<'_>, activity: Id<Activity>) -> crate::Result<Named> {
    let count = |sql: &str| Ok::<_, crate::Error>(db.one::<i64>(sql, [activity.get()])?.unwrap_or(0));
    Ok(Named {
        participants: count("SELECT count(*) FROM participation WHERE activity = ?1")?,
        volunteers: count("SELECT count(*) FROM service WHERE activity = ?1")?,
        longest: count("SELECT coalesce(max(minutes), 0) FROM service WHERE activity = ?1")?,
    })
}

/// Names that are there already bind what the record may say.
fn names(activity: &Activity, db: &Db<'_>, faults: &mut Faults) {
    let Ok(named) = named(db, activity.id) else { return };
    let people = named.participants + named.volunteers;
    if people == 0 {
        return;
    }
    if activity.persons.or(activity.times).is_some() {
        let what = format!("这场活动已登记 {people} 人的名单，人数和人次由名单得出");
        faults.error("persons", "参加人数", what, "请清空参加人数和参加人次；没有名单才按数填写");
    }
    if activity.state != ActivityState::Held {
        let what = format!("这场活动已登记 {people} 人的名单，不能改为“{}”", activity.state.label());
        faults.error("state", "状态", what, "确实没有举办的，请先清空名单");
    }
    if named.volunteers > 0 && activity.area.is_none() {
        let what = format!("已登记 {} 名志愿者的时长，不能改为非志愿服务活动", named.volunteers);
        faults.error("area", "志愿服务领域", what, "请选择服务领域，或先清空时长");
    }
    if let Some(length) = activity.length.filter(|length| length.0 < named.longest) {
        let (length, longest) = (minutes::hours(length.0), minutes::hours(named.longest));
        let what = format!("每人时长 {length} 小时，已登记的志愿者时长最长有 {longest} 小时");
        faults.error("length", "每人时长（小时）", what, "请核对；确须改短的，请先改短登记的时长");
    }
    moved(activity, db, named.participants, faults);
}

fn moved(activity: &Activity, db: &Db<'_>, participants: i64, faults: &mut Faults) {
    let before = db.find(activity.id).ok().flatten().and_then(|before| before.day);
    if participants > 0 && before.is_some() && before != activity.day {
        faults.warn(
            "day",
            "举办日期",
            "改了举办日期，名单里的会员身份仍是按原日期认定的",
            "会籍在两个日期之间有变动的，请移出名单后重新加入",
        );
    }
}

fn places(activity: &Activity, db: &Db<'_>, faults: &mut Faults) {
    let Some(day) = activity.day else { return };
    if let Some(Ok(Some(station))) = activity.station.map(|station| db.find::<Station>(station)) {
        if !station.was_open(day) {
            faults.warn("station", "举办站点", format!("{day} 站点“{}”没有开放", station.name), "请核对举办日期和站点");
        }
    }
    if let Ok(Some(unit)) = db.find::<Unit>(activity.unit) {
        if unit.closed.is_some_and(|closed| day >= closed) {
            faults.warn("unit", "主办工会", "举办时这个工会已经撤销", "请核对举办日期和主办工会");
        }
    }
}

fn twice(activity: &Activity, db: &Db<'_>, faults: &mut Faults) {
    let sql = "SELECT id FROM activity WHERE unit = ?1 AND day = ?2 AND title = ?3 AND id <> ?4";
    let day = activity.day.map(|day| day.to_string());
    let same = db.one::<i64>(sql, (activity.unit.get(), day, &activity.title, activity.id.get()));
    if matches!(same, Ok(Some(_))) {
        faults.warn("title", "活动名称", "同一天已登记过同名的活动", "如是重复登记，请删去一条；如分场次，请在名称里写明场次");
    }
}

/// Refuses names of an activity that was not held, and names beside counts.
pub(super) fn check_participation(row: &Participation, db: &Db<'_>, faults: &mut Faults) {
    let Ok(Some(activity)) = db.find(row.activity) else { return };
    if activity.state != ActivityState::Held {
        faults.error("activity", "活动", format!("“{}”还没有登记为已举办", activity.title), "请先填写举办日期，把状态改为“已举办”");
    }
    if activity.is_counted() {
        faults.error("activity", "活动", format!("“{}”已按数填了参加人数或人次", activity.title), "请先清空人数和人次，再登记名单");
    }
}
