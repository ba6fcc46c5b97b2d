//! What belongs to a union goes over to another one.

use chrono::NaiveDate;
use serde::Serialize;

use crate::error::{Result, refused};
use crate::record::{Id, Wire};
use crate::store::{Db, Tx};
use crate::units::{Close, Unit, stand};
use crate::{activities, members, stations, volunteers};

/// How much went over to another union.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Wire)]
pub struct HandedOver {
    /// Members, the retained among them.
    pub members: usize,
    /// Stations that serve or are being built.
    pub stations: usize,
    /// Volunteer teams.
    pub teams: usize,
    /// Registered volunteers.
    pub volunteers: usize,
    /// Planned activities.
    pub activities: usize,
}

impl HandedOver {
    /// Says whether there was nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What belongs to a union.
    pub fn of(db: &Db<'_>, unit: Id<Unit>) -> Result<Self> {
        Ok(Self {
            members: members::staying(db, unit)?.len(),
            stations: stations::serving(db, unit)?.len(),
            teams: volunteers::teams_of(db, unit)?.len(),
            volunteers: volunteers::registered_with(db, unit)?.len(),
            activities: activities::planned_by(db, unit)?.len(),
        })
    }

    /// Names what there is: `3 名会员、1 个服务站点`.
    pub fn told(&self) -> String {
        let counts = [
            (self.members, "名会员"),
            (self.stations, "个服务站点"),
            (self.teams, "支志愿服务队"),
            (self.volunteers, "名志愿者"),
            (self.activities, "场计划中的活动"),
        ];
        let named = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        named.collect::<Vec<_>>().join("、")
    }
}

/// Gives stations, teams, volunteers and planned activities to another union; members follow by their own acts. Refused where that
/// union is not open, and as [`volunteers::hand_over`] is.
pub(super) fn hand_over(tx: &Tx<'_>, from: &Unit, to: &Unit, day: NaiveDate) -> Result<()> {
    stand::exists(to, day)?;
    stand::exists(to, tx.now().today)?;
    stations::hand_over(tx, from.id, to.id)?;
    volunteers::hand_over(tx, from, to)?;
    activities::hand_over(tx, from.id, to.id)
}

/// A union that did something after a day did not end on it.
pub(super) fn nothing_since(db: &Db<'_>, unit: &Unit, act: &Close) -> Result<()> {
    let (day, word, way_out) = (act.day, act.word(), "请把日期改为那天或以后，或先核对那一笔。");
    if let Some(last) = members::last_change(db, unit.id)?.filter(|last| *last > day) {
        return refused(format!("“{}”在 {last} 还有会籍变动，不能在 {day} 就{word}。", unit.name), way_out);
    }
    match activities::last_held(db, unit.id)?.filter(|(last, _)| *last > day) {
        Some((last, title)) => refused(format!("“{}”在 {last} 还举办了活动“{title}”，不能在 {day} 就{word}。", unit.name), way_out),
        None => Ok(()),
    }
}
