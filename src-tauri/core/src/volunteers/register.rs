//! Registering volunteers, moving them between teams, and ending their registration.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Team, Volunteer};
use crate::error::{Result, refused};
use crate::people::Person;
use crate::record::{Id, Term, Value, Wire};
use crate::store::{Db, Tx};
use crate::terms::{ServiceArea, VolunteerSkill};
use crate::units::Unit;

/// People who register as volunteers on one day.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct RegisterVolunteers {
    /// Who; members or not.
    pub persons: Vec<Id<Person>>,
    /// With which union.
    pub unit: Id<Unit>,
    /// In which team.
    pub team: Option<Id<Team>>,
    /// The day of registration.
    pub day: NaiveDate,
    /// What they can do.
    #[serde(default)]
    pub skills: Vec<Term<VolunteerSkill>>,
    /// Where they want to serve.
    #[serde(default)]
    pub areas: Vec<Term<ServiceArea>>,
}

/// What the step did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct RegisteredVolunteers {
    /// People registered for the first time.
    pub added: usize,
    /// People whose registration had ended and goes on.
    pub resumed: usize,
    /// People who were registered already; nothing about them changed.
    pub already: usize,
}

/// Registers people. One who is registered stays as he is; one whose registration ended is registered again in the same row,
/// with the unit and team given. Refuses a day ahead or before the end of the earlier registration, and a disbanded team.
pub fn register(tx: &Tx<'_>, act: &RegisterVolunteers) -> Result<RegisteredVolunteers> {
    standing(tx, act.team)?;
    let mut done = RegisteredVolunteers::default();
    for person in &act.persons {
        match by_person(tx, *person)? {
            None => {
                tx.add(&new(act, *person))?;
                done.added += 1;
            }
            Some(Volunteer { ended: None, .. }) => done.already += 1,
            Some(old) => {
                resume(tx, act, old)?;
                done.resumed += 1;
            }
        }
    }
    Ok(done)
}

fn new(act: &RegisterVolunteers, person: Id<Person>) -> Volunteer {
    let (skills, areas) = (act.skills.clone(), act.areas.clone());
    Volunteer { team: act.team, skills, areas, ..Volunteer::registered(person, act.unit, act.day) }
}

fn resume(tx: &Tx<'_>, act: &RegisterVolunteers, old: Volunteer) -> Result<()> {
    if let Some(ended) = old.ended.filter(|ended| act.day < *ended) {
        return refused(format!("这名志愿者 {ended} 才注销，不能从 {} 起重新注册。", act.day), "请把注册日期改为注销那天或之后。");
    }
    if act.day > tx.now().today {
        return refused(format!("{} 还没有到，不能注册。", act.day), "请核对注册日期。");
    }
    tx.save(&Volunteer { unit: act.unit, team: act.team, ended: None, ended_for: None, ..old })
}

/// Finds the registration of a person, ended or not.
pub fn by_person(db: &Db<'_>, person: Id<Person>) -> Result<Option<Volunteer>> {
    Ok(db.select("WHERE person = ?1", [person.get()])?.pop())
}

fn standing(tx: &Tx<'_>, team: Option<Id<Team>>) -> Result<()> {
    let Some(team) = team.map(|team| tx.get(team)).transpose()? else { return Ok(()) };
    match team.disbanded {
        Some(day) => refused(format!("“{}”已于 {day} 撤销，不能再加入志愿者。", team.name), "请选择现有的队伍。"),
        None => Ok(()),
    }
}

/// Volunteers who go to another team, or to none.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct MoveToTeam {
    /// Who.
    pub volunteers: Vec<Id<Volunteer>>,
    /// The new team.
    pub team: Option<Id<Team>>,
}

/// Moves volunteers to a team; gives how many moved. Refuses a disbanded team and volunteers whose registration has ended.
pub fn move_to_team(tx: &Tx<'_>, act: &MoveToTeam) -> Result<usize> {
    standing(tx, act.team)?;
    let mut moved = 0;
    for id in &act.volunteers {
        let volunteer = tx.get(*id)?;
        if let Some(ended) = volunteer.ended {
            return refused(format!("所选的志愿者中有人已于 {ended} 注销，不能调整队伍。"), "请去掉已注销的人，或先重新注册。");
        }
        if volunteer.team != act.team {
            tx.set(*id, &[("team", act.team.to_cell())])?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// Volunteers whose registration ends.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct EndVolunteers {
    /// Who.
    pub volunteers: Vec<Id<Volunteer>>,
    /// The first day on which they are no longer registered.
    pub day: NaiveDate,
    /// Why.
    pub reason: Option<String>,
}

/// Ends registrations. Refuses a day ahead or before the registration, one that has ended, and service on or after the day.
pub fn end(tx: &Tx<'_>, act: &EndVolunteers) -> Result<usize> {
    for id in &act.volunteers {
        let volunteer = tx.get(*id)?;
        if let Some(ended) = volunteer.ended {
            return refused(format!("这名志愿者已于 {ended} 注销。"), "不用再注销；日期登记错了的，请打开志愿者修改。");
        }
        if let Some((day, title)) = served_since(tx, volunteer.person, act.day)? {
            let what = format!("这名志愿者 {day} 还在“{title}”里服务，不能从 {} 起注销。", act.day);
            return refused(what, "请把注销日期改到最后一次服务之后，或核对那次服务。");
        }
        tx.save(&Volunteer { ended: Some(act.day), ended_for: crate::text::trimmed(act.reason.clone()), ..volunteer })?;
    }
    Ok(act.volunteers.len())
}

fn served_since(db: &Db<'_>, person: Id<Person>, day: NaiveDate) -> Result<Option<(String, String)>> {
    let sql = "SELECT a.day, a.title FROM service s JOIN activity a ON a.id = s.activity WHERE s.person = ?1 AND a.day >= ?2 ORDER BY a.day DESC LIMIT 1";
    Ok(db.rows(sql, (person.get(), day.to_string()), |row| Ok((row.get(0)?, row.get(1)?)))?.pop())
}
