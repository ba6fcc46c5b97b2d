//! What is counted of stations.

use std::sync::Arc;

use super::{Opening, StationState};
use crate::Result;
use crate::record::Code;
use crate::report::{By, Counts, Family, Indicator, Kind, Measure, Rows, Scope, Split, bytes, int, stream};
use crate::store::Db;

const OPEN: Indicator = Indicator {
    code: "stations.open",
    label: "开放站点",
    measure: Measure::Things,
    kind: Kind::Moment,
    definition: "期末开放的服务站点数：建成日期不晚于期末（未填的视为早已建成），现在状态为“开放”，或期末以后才停用、摘牌。筹建和整改中的不计。按现在的主管工会、类型和开放类型归类。",
    additive: true,
    splits: &[
        Split { key: "kind", label: "站点类型", by: By::Broad("station_kind") },
        Split { key: "opening", label: "开放类型", by: By::Code(Opening::LIST) },
    ],
    rows: &[Rows {
        table: "station",
        sql: "SELECT s.id, 0, 1, s.kind, s.opening FROM place CROSS JOIN station s ON s.unit = place.id
              WHERE coalesce(s.built <= ?3, 1) AND (s.state = 2 AND coalesce(s.closed > ?3, 1) OR s.state IN (4, 5) AND s.closed > ?3)",
    }],
};

const VISITS: Indicator = Indicator {
    code: "stations.visits",
    label: "服务人次",
    measure: Measure::Times,
    kind: Kind::Within,
    definition: "本期内各站点每日登记的服务人次之和，不论站点期末是否开放；同一人一天来两次计两次。按站点现在的主管工会归类。",
    additive: true,
    splits: &[Split { key: "visitor", label: "服务对象", by: By::Term("visitor_group") }],
    rows: &[Rows {
        table: "visit",
        sql: "SELECT v.id, 0, v.count, v.visitor FROM place CROSS JOIN station s ON s.unit = place.id
              JOIN visit v ON v.station = s.id WHERE v.day BETWEEN ?2 AND ?3",
    }],
};

const INDICATORS: &[Indicator] = &[OPEN, VISITS];

/// The indicators of stations.
pub fn family() -> Family {
    Family::new("stations", INDICATORS)
}

/// Counts the stations and whom they served, for every place of the tree.
pub fn count(db: &Db<'_>, scope: &Scope) -> Result<Counts> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let open = layout.cells(OPEN.code);
    let mut places = std::collections::HashMap::new();
    stream(db, "SELECT id, unit, state, built, closed, kind, opening FROM station", [], |row| {
        let Some(place) = scope.hierarchy.place(int(row, 1)?) else { return Ok(()) };
        places.insert(int(row, 0)?, place);
        let (built, closed) = (bytes(row, 3)?, bytes(row, 4)?);
        let serves = StationState::of(int(row, 2)?).is_some_and(|state| state == StationState::Open || state.is_closed() && !closed.is_empty());
        if serves && scope.stands(built, closed) {
            open.add(&mut counts, place, &[row.get_ref(5)?, row.get_ref(6)?], 1);
        }
        Ok(())
    })?;
    let visits = layout.cells(VISITS.code);
    let mut last = (0, None);
    let sql = "SELECT station, visitor, count FROM visit INDEXED BY visit_report WHERE day BETWEEN ?1 AND ?2";
    stream(db, sql, [scope.from(), scope.to()], |row| {
        let station = int(row, 0)?;
        if last.0 != station {
            last = (station, places.get(&station).copied());
        }
        let (value, amount) = (row.get_ref(1)?, int(row, 2)?);
        last.1.into_iter().for_each(|place| visits.add(&mut counts, place, &[value], amount));
        Ok(())
    })?;
    Ok(counts)
}
