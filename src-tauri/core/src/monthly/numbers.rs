//! Every indicator of every noun, counted for every union at once.

use std::thread;

use crate::calendar::Period;
use crate::error::{Error, Result};
use crate::record::Id;
use crate::report::{Counts, Family, Figures, Hierarchy, Indicator, Scope};
use crate::store::{Db, ROOM, Store};
use crate::units::{Tree, Unit};
use crate::{activities, members, stations, units, volunteers};

/// The tables that say by name who took part in an activity.
const TOOK_PART: &[&str] = &["participation", "service"];

/// How often the count starts again because somebody wrote in between.
const PATIENCE: usize = 8;

/// The indicators of all nouns.
pub fn catalogue() -> Vec<Family> {
    vec![
        units::indicators::family(),
        members::indicators::family(),
        volunteers::indicators::family(),
        stations::indicators::family(),
        activities::indicators::family(TOOK_PART),
    ]
}

/// Finds an indicator of the [`catalogue`] by its code.
pub fn indicator(code: &str) -> Option<&'static Indicator> {
    catalogue().iter().find_map(|family| family.find(code))
}

/// The numbers of a period for every union of the file.
#[derive(Debug)]
pub struct Numbers {
    /// The period.
    pub period: Period,
    /// The tree on the last day and the days.
    pub scope: Scope,
    /// For each family of the [`catalogue`], in order, its numbers.
    pub figures: Vec<Figures>,
}

impl Numbers {
    /// The place of a union; `Gone` where there is none.
    pub fn place(&self, unit: Id<Unit>) -> Result<u32> {
        self.scope.hierarchy.place(unit.get()).ok_or_else(|| Error::Gone("这个工会".into()))
    }

    /// Finds the family of figures that has an indicator.
    pub fn family(&self, code: &str) -> Option<(usize, &Figures)> {
        self.figures.iter().enumerate().find(|(_, figures)| figures.layout.indicator(code).is_some())
    }
}

/// Counts every indicator of a period for every union, on two threads, from one state of the file.
pub fn numbers(store: &Store, period: Period) -> Result<Numbers> {
    for _ in 0..PATIENCE {
        let (before, scope) = store.read(|db| Ok((state(db)?, scope(db, period)?)))?;
        let (left, right) = thread::scope(|threads| {
            let left = threads.spawn(|| store.read(|db| Ok((state(db)?, people(db, &scope)?))));
            let right = store.read(|db| Ok((state(db)?, events(db, &scope)?)));
            (left.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), right)
        });
        let ((first, people), (second, events)) = (left?, right?);
        if before == first && first == second {
            return Ok(together(period, scope, people, events));
        }
    }
    Err(Error::Busy("台账文件".into()))
}

/// The last step that was written; two readers with the same one see the same file.
fn state(db: &Db<'_>) -> Result<i64> {
    Ok(db.one("SELECT coalesce(max(id), 0) FROM step", [])?.unwrap_or_default())
}

/// The tree as it stood on a period's last day, with the period's days.
pub(super) fn scope(db: &Db<'_>, period: Period) -> Result<Scope> {
    let tree = Tree::on(db, period.to())?;
    let above = |place| tree.parent(place).and_then(|parent| u32::try_from(parent).ok());
    let hierarchy = Hierarchy::new(tree.ids().enumerate().map(|(place, id)| (id.get(), above(place))));
    Ok(Scope::new(hierarchy, period.from(), period.to()))
}

/// Those who are registered somewhere.
struct People {
    members: Counts,
    register: Counts,
}

fn people(db: &Db<'_>, scope: &Scope) -> Result<People> {
    db.hold(ROOM)?;
    let (members, since) = members::count(db, scope)?;
    let register = volunteers::count_register(db, scope, &since)?;
    Ok(People { members, register })
}

/// What stands and what happened.
struct Events {
    units: Counts,
    stations: Counts,
    activities: Counts,
    service: Counts,
}

fn events(db: &Db<'_>, scope: &Scope) -> Result<Events> {
    db.hold(ROOM)?;
    let units = units::indicators::count(db, scope)?;
    let stations = stations::indicators::count(db, scope)?;
    let held = activities::held(db, scope)?;
    let mut took_part = activities::TookPart::default();
    took_part.read(db, "participation", "member", &held, scope, |_, _, _| ())?;
    let service = volunteers::count_service(db, scope, &held, &mut took_part)?;
    let activities = activities::indicators::count(scope, &held, took_part);
    Ok(Events { units, stations, activities, service })
}

fn together(period: Period, scope: Scope, people: People, events: Events) -> Numbers {
    let mut volunteers = people.register;
    volunteers.merge(events.service);
    let counts = [events.units, people.members, volunteers, events.stations, events.activities];
    let figures = counts.map(|counts| counts.roll_up(&scope.hierarchy)).into();
    Numbers { period, scope, figures }
}
