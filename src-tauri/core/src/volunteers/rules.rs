//! What is wrong with the records of teams, volunteers, service and stars across their fields.

use super::{Scale, Service, ServiceSource, StarRule, Team, Volunteer, record_service};
use crate::error::Faults;
use crate::people::{id_number, phone};
use crate::record::{Code, Id};
use crate::store::{Db, Now};
use crate::units::Unit;

/// No tree of teams is deeper: there are four levels.
const DEEPEST: usize = 16;

/// Gives the team's phone its canonical form; says where it is none.
pub(super) fn tidy_team(team: &mut Team, _: Now, faults: &mut Faults) {
    let Some(text) = &team.phone else { return };
    match phone::parse(text) {
        Ok(phone) => team.phone = Some(phone.text),
        Err(fault) => faults.warn("phone", "联系电话", fault.to_string(), ""),
    }
}

/// Refuses a team above itself, a superior team that does not rank above, and days that contradict each other.
pub(super) fn check_team(team: &Team, db: &Db<'_>, faults: &mut Faults) {
    if let Some(Ok(parent)) = team.parent.map(|parent| db.get(parent)) {
        above(team, &parent, db, faults);
    }
    below(team, db, faults);
    let today = db.now().today;
    for (field, label, _) in
        [("founded", "成立日期", team.founded), ("disbanded", "撤销日期", team.disbanded)].into_iter().filter(|(.., day)| day.is_some_and(|day| day > today))
    {
        faults.error(field, label, "在今天之后", "请核对日期");
    }
    if team.founded.zip(team.disbanded).is_some_and(|(founded, disbanded)| disbanded < founded) {
        faults.error("disbanded", "撤销日期", "撤销日期早于成立日期", "请核对两个日期");
    }
    let same = db.one::<i64>("SELECT id FROM team WHERE unit = ?1 AND name = ?2 AND id <> ?3", (team.unit.get(), &team.name, team.id.get()));
    if matches!(same, Ok(Some(_))) {
        faults.error("name", "队伍名称", format!("这个工会已有一支“{}”", team.name), "请换一个名称，或打开原有队伍修改");
    }
    if let Ok(Some(Unit { closed: Some(closed), .. })) = db.find(team.unit) {
        faults.warn("unit", "组建工会", format!("这个工会已于 {closed} 撤销"), "请把队伍划给现在的工会");
    }
}

fn above(team: &Team, parent: &Team, db: &Db<'_>, faults: &mut Faults) {
    if line(db, parent).contains(&team.id) && team.id != Id::NEW {
        faults.error("parent", "上级队伍", format!("“{}”就是本队或本队的下级", parent.name), "请选择一支不在本队之下的队伍");
    } else if parent.level >= team.level {
        let what = format!("上级队伍“{}”是{}，不高于本队的{}", parent.name, parent.level.label(), team.level.label());
        faults.error("parent", "上级队伍", what, "请选择级别更高的队伍，或核对本队的级别");
    }
    if parent.disbanded.is_some() && team.disbanded.is_none() {
        faults.error("parent", "上级队伍", format!("“{}”已撤销", parent.name), "请选择现有的队伍");
    }
}

/// A team with all above it.
fn line(db: &Db<'_>, team: &Team) -> Vec<Id<Team>> {
    let up = |id: &Id<Team>| db.find(*id).ok().flatten().and_then(|team: Team| team.parent);
    std::iter::successors(Some(team.id), up).take(DEEPEST).collect()
}

fn below(team: &Team, db: &Db<'_>, faults: &mut Faults) {
    let sql = "SELECT name FROM team WHERE parent = ?1 AND level <= ?2 LIMIT 1";
    if let Ok(Some(name)) = db.one::<String>(sql, (team.id.get(), team.level.code())) {
        let what = format!("本队改为{}后，下级队伍“{name}”的级别不再低于本队", team.level.label());
        faults.error("level", "队伍级别", what, "请先调整下级队伍的级别或上级");
    }
    if team.disbanded.is_none() {
        return;
    }
    let count = |sql: &str| db.one::<i64>(sql, [team.id.get()]).ok().flatten().unwrap_or(0);
    let teams = count("SELECT count(*) FROM team WHERE parent = ?1 AND disbanded IS NULL");
    let people = count("SELECT count(*) FROM volunteer WHERE team = ?1 AND ended IS NULL");
    if teams + people > 0 {
        let what = format!("还有 {teams} 支下级队伍、{people} 名志愿者");
        faults.error("disbanded", "撤销日期", what, "请先撤销或划转下级队伍，把志愿者调到别的队伍");
    }
}

/// Refuses a second registration of a person, a number that is another's or an id number, and days that contradict each other.
pub(super) fn check_volunteer(volunteer: &Volunteer, db: &Db<'_>, faults: &mut Faults) {
    let taken = db.one::<i64>("SELECT id FROM volunteer WHERE person = ?1 AND id <> ?2", (volunteer.person.get(), volunteer.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error("person", "姓名", "这个人已经登记为志愿者", "请打开原有的登记修改；注销过的请重新注册");
    }
    if let Some(number) = &volunteer.number {
        check_number(number, volunteer, db, faults);
    }
    let today = db.now().today;
    if volunteer.registered > today {
        faults.error("registered", "注册日期", "注册日期在今天之后", "请核对日期");
    }
    if volunteer.ended.is_some_and(|ended| ended < volunteer.registered || ended > today) {
        faults.error("ended", "注销日期", "注销日期早于注册日期或在今天之后", "请核对两个日期");
    }
    if let Some(Ok(Some(team))) = volunteer.team.map(|team| db.find(team)) {
        if team.disbanded.is_some() && volunteer.ended.is_none() {
            faults.error("team", "所在队伍", format!("“{}”已撤销", team.name), "请选择现有的队伍");
        }
    }
}

/// 志愿者编号 is shown in public: 志愿服务条例 forbids telling who a volunteer is without consent, so it is never the id number.
fn check_number(number: &str, volunteer: &Volunteer, db: &Db<'_>, faults: &mut Faults) {
    let own = db.find(volunteer.person).ok().flatten().and_then(|person| person.id_number);
    if own.as_deref() == Some(number) || (number.len() >= 15 && id_number::parse(None, number, db.now().today).is_ok()) {
        faults.error("number", "志愿者编号", "编号用了证件号码", "编号会出现在公示和证明上，请另编一个号");
    }
    let taken = db.one::<i64>("SELECT id FROM volunteer WHERE number = ?1 AND id <> ?2", (number, volunteer.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error("number", "志愿者编号", format!("编号“{number}”已有别的志愿者在用"), "请换一个编号");
    }
}

/// Refuses hours that the activity does not allow, and hours entered later without evidence; warns where the person was not registered.
pub(super) fn check_service(service: &Service, db: &Db<'_>, faults: &mut Faults) {
    let Ok(Some(activity)) = db.find(service.activity) else { return };
    if let Some(refusal) = record_service::closed_to_hours(&activity) {
        return faults.error("activity", "活动", refusal.message.trim_end_matches('。'), refusal.hint.trim_end_matches('。'));
    }
    if let Some((what, hint)) = record_service::wrong_minutes(&activity, service.minutes) {
        faults.error("minutes", "服务时长（小时）", what, hint);
    }
    if service.source == ServiceSource::Entered && service.evidence.as_deref().is_none_or(|text| text.trim().is_empty()) {
        faults.error("evidence", "依据", "补录的时长没有写依据", "请写明签到表、照片、服务对象证明等依据");
    }
    let day = activity.day.unwrap_or(db.now().today);
    if matches!(record_service::was_registered(db, service.person, day), Ok(false)) {
        faults.warn("person", "姓名", format!("{day} 这个人不是注册志愿者"), "请先登记注册；注册日期登记晚了的，请改正注册日期");
    }
}

/// Refuses stars beyond one to five, hours that are none and a second rule of one day; warns where more stars would not need
/// more hours, since a new scale comes row by row.
pub(super) fn check_star(rule: &StarRule, db: &Db<'_>, faults: &mut Faults) {
    if !(1..=5).contains(&rule.stars) {
        faults.error("stars", "星级", "星级是一至五星", "请填 1 至 5");
    }
    if rule.minutes.0 <= 0 {
        faults.error("minutes", "累计时长（小时）", "时长应大于零", "请核对");
    }
    let sql = "SELECT id FROM star_rule WHERE stars = ?1 AND from_day = ?2 AND id <> ?3";
    if matches!(db.one::<i64>(sql, (rule.stars, rule.from_day.to_string(), rule.id.get())), Ok(Some(_))) {
        faults.error("from_day", "执行日期", format!("{} 起的{}星标准已有一行", rule.from_day, rule.stars), "请修改原来的那一行");
    }
    if Scale::on(db, rule.from_day).is_ok_and(|scale| !scale.with(rule).rises()) {
        faults.warn("minutes", "累计时长（小时）", "同一天起执行的各星标准里，星级高的时长反而不多", "请一并修改其他星级的时长");
    }
}
