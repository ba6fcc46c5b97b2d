//! Who took part: names picked, or mere counts; never both.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::membership::member_on;
use super::{Activity, ActivityState, Participation};
use crate::error::{Error, Result, refused};
use crate::people::Person;
use crate::record::{Entered, Id, Row, Wire};
use crate::store::{Key, Tx};

/// Names to put on an activity's list and to take off it.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Participants {
    /// The activity, which must have been held.
    pub activity: Id<Activity>,
    /// To be put on the list.
    #[serde(default)]
    pub add: Vec<Id<Person>>,
    /// To be taken off the list.
    #[serde(default)]
    pub remove: Vec<Id<Person>>,
}

/// How many took part, where there is no list.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct CountPeople {
    /// The activity, which must have been held.
    pub activity: Id<Activity>,
    /// How many persons.
    pub persons: Option<i64>,
    /// How many of them women.
    pub women: Option<i64>,
    /// How many attendances, at least as many as persons; the persons where it is not given.
    pub times: Option<i64>,
    /// How many were served.
    pub served: Option<i64>,
}

/// A planned activity took place.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct HoldActivity {
    /// The activity.
    pub activity: Id<Activity>,
    /// The (first) day on which it was held.
    pub day: NaiveDate,
}

/// What the step did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct Attended {
    /// Names put on the list.
    pub added: usize,
    /// Of them members of a union on the day.
    pub members: usize,
    /// Names that were on the list before.
    pub already: usize,
    /// Names taken off the list.
    pub removed: usize,
}

/// Puts people on the list of those who took part, and takes others off. Refuses an activity that was not held or whose
/// attendance was entered by count.
pub fn participants(tx: &Tx<'_>, act: &Participants) -> Result<Attended> {
    let activity = held(tx, act.activity)?;
    if activity.is_counted() && !act.add.is_empty() {
        let what = format!("活动“{}”已按数填了参加人数或人次，再登记名单就会重复统计。", activity.title);
        return refused(what, "请先清空这场活动的参加人数和参加人次，再登记名单。");
    }
    let mut done = Attended::default();
    for person in &act.add {
        put(tx, &activity, *person, &mut done)?;
    }
    for person in &act.remove {
        tx.delete(Participation::table(), Key::Pair(activity.id.get(), person.get()))?;
        done.removed += 1;
    }
    Ok(done)
}

/// Enters how many took part, or nothing any more. Refuses an activity that was not held or that has a list of names.
pub fn count(tx: &Tx<'_>, act: &CountPeople) -> Result<()> {
    let activity = held(tx, act.activity)?;
    let (persons, women, times, served) = (act.persons, act.women, act.times.or(act.persons), act.served);
    tx.save(&Activity { persons, women, times, served, ..activity })
}

fn held(tx: &Tx<'_>, activity: Id<Activity>) -> Result<Activity> {
    let activity = tx.get(activity)?;
    if activity.state == ActivityState::Held {
        return Ok(activity);
    }
    refused(format!("活动“{}”还没有登记为已举办。", activity.title), "请先填写举办日期，把状态改为“已举办”，再登记参加的人。")
}

fn put(tx: &Tx<'_>, activity: &Activity, person: Id<Person>, done: &mut Attended) -> Result<()> {
    if tx.cells(Participation::table(), Key::Pair(activity.id.get(), person.get()))?.is_some() {
        done.already += 1;
        return Ok(());
    }
    if tx.find(person)?.is_none() {
        return Err(Error::Gone("所选的人员".into()));
    }
    let day = activity.day.unwrap_or(tx.now().today);
    let member = member_on(tx, person, day)?;
    tx.link(&Participation { activity: activity.id, person, member, entered: Entered(0) })?;
    done.added += 1;
    done.members += usize::from(member);
    Ok(())
}

/// Takes everyone off an activity's list, so that it can be counted, cancelled or deleted; gives how many there were.
pub fn clear_names(tx: &Tx<'_>, activity: Id<Activity>) -> Result<usize> {
    let people: Vec<i64> = tx.rows("SELECT person FROM participation WHERE activity = ?1", [activity.get()], |row| row.get(0))?;
    people.iter().try_for_each(|person| tx.delete(Participation::table(), Key::Pair(activity.get(), *person)))?;
    Ok(people.len())
}

/// Marks a planned activity as held on a day, which may not be ahead.
pub fn hold(tx: &Tx<'_>, act: &HoldActivity) -> Result<()> {
    let activity = tx.get(act.activity)?;
    if activity.state == ActivityState::Held {
        return refused(format!("活动“{}”已经登记为已举办。", activity.title), "要改举办日期的，请打开活动修改。");
    }
    tx.save(&Activity { state: ActivityState::Held, day: Some(act.day), ..activity })
}
