//! Counting teams, the register and service in one pass each.

use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::indicators::{ACTIVE, ACTIVITIES, INDICATORS, MEMBERS, MINUTES, NEWLY, REGISTERED, SERVED, TEAMS, TIMES};
use crate::Result;
use crate::activities::{Held, TookPart};
use crate::report::{Balance, Counts, Distinct, Scope, bytes, int, stream};
use crate::store::Db;

/// Counts the teams and the register, for every place of the tree; `since` tells who became a member and who left after the last day.
pub fn count_register(db: &Db<'_>, scope: &Scope, since: &Balance) -> Result<Counts> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let teams = layout.cells(TEAMS.code);
    stream(db, "SELECT unit, founded, disbanded, level FROM team", [], |row| {
        let place = scope.hierarchy.place(int(row, 0)?);
        if scope.stands(bytes(row, 1)?, bytes(row, 2)?) {
            let level = row.get_ref(3)?;
            place.into_iter().for_each(|place| teams.add(&mut counts, place, &[level], 1));
        }
        Ok(())
    })?;
    let [registered, among, newly] = [REGISTERED, MEMBERS, NEWLY].map(|indicator| layout.cells(indicator.code).whole);
    let mut last = (0, None);
    let sql = "SELECT unit, registered, ended, person, EXISTS (SELECT 1 FROM member INDEXED BY member_standing WHERE person = v.person AND state <> 3)
               FROM volunteer v INDEXED BY volunteer_report ORDER BY unit, registered";
    stream(db, sql, [], |row| {
        let unit = int(row, 0)?;
        if last.0 != unit {
            last = (unit, scope.hierarchy.place(unit));
        }
        let Some(place) = last.1 else { return Ok(()) };
        let began = bytes(row, 1)?;
        let stands = scope.stands(began, bytes(row, 2)?);
        counts.add(place, newly, i64::from(scope.within(began)));
        counts.add(place, registered, i64::from(stands));
        let member = int(row, 4)? - i64::from(since.of(int(row, 3)?)) > 0;
        counts.add(place, among, i64::from(stands && member));
        Ok(())
    })?;
    Ok(counts)
}

/// Counts the service of the activities held, for every place of the tree, and notes in `took_part` whom it names.
pub fn count_service(db: &Db<'_>, scope: &Scope, held: &[Held], took_part: &mut TookPart) -> Result<Counts> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let [activities, times, minutes, served] = [ACTIVITIES, TIMES, MINUTES, SERVED].map(|indicator| layout.cells(indicator.code));
    let (mut seen, mut sums) = (Distinct::default(), vec![(0, 0); held.len()]);
    took_part.read(db, "service", "minutes", held, scope, |at, person, minutes| {
        let Some(activity) = held.get(at as usize) else { return };
        seen.see(person, activity.place, 0);
        sums.get_mut(at as usize).into_iter().for_each(|(times, sum): &mut (i64, i64)| (*times, *sum) = (*times + 1, *sum + minutes));
    })?;
    for (activity, (often, long)) in held.iter().zip(sums) {
        let area = [activity.area.as_ref().map_or(ValueRef::Null, |area| ValueRef::Text(area.as_bytes()))];
        times.add(&mut counts, activity.place, &area, often);
        minutes.add(&mut counts, activity.place, &area, long);
        if activity.area.is_some() {
            activities.add(&mut counts, activity.place, &area, 1);
            served.add(&mut counts, activity.place, &area, activity.served);
        }
    }
    counts.add_distinct(&scope.hierarchy, seen, &layout.cells(ACTIVE.code));
    Ok(counts)
}
