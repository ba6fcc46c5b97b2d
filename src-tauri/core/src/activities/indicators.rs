//! What is counted of activities: events, people, person-times and money, by kind.

use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::held::{Held, TookPart};
use crate::report::{By, Counts, Distinct, Family, Indicator, Kind, Measure, Rows, Scope, Split};

const KINDS: &[Split] = &[Split { key: "kind", label: "活动类型", by: By::Broad("activity_kind") }];

const HELD: Indicator = Indicator {
    code: "activities.held",
    label: "活动场次",
    measure: Measure::Events,
    kind: Kind::Within,
    definition: "举办日期（多日的为第一天）在本期内、状态为“已举办”的活动场次，计入主办工会；联合举办的只由登记的一家计。",
    additive: true,
    splits: KINDS,
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, 1, a.kind FROM place CROSS JOIN activity a ON a.unit = place.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

const PERSONS: Indicator = Indicator {
    code: "activities.persons",
    label: "参加人数",
    measure: Measure::People,
    kind: Kind::Within,
    definition: "本期内参加已举办活动的人数。有名单的（参加名单、志愿服务时长）按人去重，一人参加多场只计一人，跨工会的在共同的上级只计一人；\
                 没有名单的活动按登记的参加人数（未填的按参加人次）另加，无法去重。去重后各下级之和可能大于合计。",
    additive: false,
    splits: KINDS,
    rows: &[
        Rows {
            table: "person",
            sql: "SELECT t.person, 0, 1, a.kind FROM place CROSS JOIN activity a ON a.unit = place.id
                  JOIN took_part t ON t.activity = a.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
        },
        Rows {
            table: "activity",
            sql: "SELECT a.id, 0, coalesce(a.persons, a.times, 0), a.kind FROM place CROSS JOIN activity a ON a.unit = place.id
                  WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3 AND NOT EXISTS (SELECT 1 FROM took_part t WHERE t.activity = a.id)",
        },
    ],
};

const TIMES: Indicator = Indicator {
    code: "activities.times",
    label: "参加人次",
    measure: Measure::Times,
    kind: Kind::Within,
    definition: "本期内已举办活动的参加人次：有名单的，一人一场计一次（参加名单和志愿服务时长里都有的仍计一次）；没有名单的按登记的参加人次（未填的按参加人数）。",
    additive: true,
    splits: KINDS,
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, coalesce(nullif((SELECT count(*) FROM took_part t WHERE t.activity = a.id), 0), a.times, a.persons, 0), a.kind
              FROM place CROSS JOIN activity a ON a.unit = place.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

const COST: Indicator = Indicator {
    code: "activities.cost",
    label: "支出",
    measure: Measure::Money,
    kind: Kind::Within,
    definition: "本期内已举办活动登记的实际支出。",
    additive: true,
    splits: KINDS,
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, coalesce(a.cost, 0), a.kind FROM place CROSS JOIN activity a ON a.unit = place.id
              WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

const AT_STATIONS: Indicator = Indicator {
    code: "activities.at_stations",
    label: "站点活动场次",
    measure: Measure::Events,
    kind: Kind::Within,
    definition: "本期内在服务站点举办的活动场次，计入站点现在的主管工会，不论由哪个工会主办。",
    additive: true,
    splits: &[],
    rows: &[Rows {
        table: "activity",
        sql: "SELECT a.id, 0, 1 FROM place CROSS JOIN station s ON s.unit = place.id
              JOIN activity a ON a.station = s.id WHERE a.state = 2 AND a.day BETWEEN ?2 AND ?3",
    }],
};

const INDICATORS: &[Indicator] = &[HELD, PERSONS, TIMES, COST, AT_STATIONS];

/// The indicators of activities; `links` are the tables that name who took part, each by `activity` and `person`.
pub fn family(links: &[&str]) -> Family {
    let selects: Vec<String> = links.iter().map(|link| format!("SELECT activity, person FROM {link}")).collect();
    let with = format!("took_part (activity, person) AS ({}),", selects.join(" UNION "));
    Family { with, ..Family::new("activities", INDICATORS) }
}

/// Counts the activities held, for every place of the tree; `took_part` says who took part by name.
pub fn count(scope: &Scope, held: &[Held], took_part: TookPart) -> Counts {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let [events, persons, times, cost] = [HELD, PERSONS, TIMES, COST].map(|indicator| layout.cells(indicator.code));
    let at_stations = layout.cells(AT_STATIONS.code).whole;
    let mut seen = Distinct::with_capacity(took_part.len());
    let kind = persons.splits.first().map(|(_, parts)| *parts);
    let part = |activity: &Held| kind.map_or(0, |parts| parts.place(ValueRef::Text(activity.kind.as_bytes()))) as u32;
    let mut named = vec![0; held.len()];
    for (at, person) in took_part.each() {
        let Some(activity) = held.get(at as usize) else { continue };
        named.get_mut(at as usize).into_iter().for_each(|named| *named += 1);
        seen.see(person, activity.place, part(activity));
    }
    for (activity, named) in held.iter().zip(named) {
        let value = [ValueRef::Text(activity.kind.as_bytes())];
        events.add(&mut counts, activity.place, &value, 1);
        cost.add(&mut counts, activity.place, &value, activity.cost);
        let (people, often) = if named > 0 { (0, named) } else { activity.counted() };
        persons.add(&mut counts, activity.place, &value, people);
        times.add(&mut counts, activity.place, &value, often);
        activity.station.into_iter().for_each(|place| counts.add(place, at_stations, 1));
    }
    counts.add_distinct(&scope.hierarchy, seen, &persons);
    counts
}
