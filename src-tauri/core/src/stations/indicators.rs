//! What is counted of stations.

use std::sync::Arc;

use super::{Opening, StationState};
use crate::Result;
use crate::record::Code;
use crate::report::{By, Counts, Family, Indicator, Kind, Measure, Rows, Scope, Split, bytes, int, stream};
use crate::store::Db;

/// Stations that are open on the last day and of which a condition holds, each adding an amount.
macro_rules! open_stations {
    ($amount:literal, $condition:literal) => {
        &[Rows {
            table: "station",
            sql: concat!(
                "SELECT s.id, 0, ",
                $amount,
                ", s.kind, s.opening FROM place CROSS JOIN station s ON s.unit = place.id WHERE coalesce(s.built <= ?3, 1) ",
                "AND (s.state = 2 AND coalesce(s.closed > ?3, 1) OR s.state IN (4, 5) AND s.closed > ?3) AND ",
                $condition
            ),
        }]
    };
}

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
    rows: open_stations!("1", "1"),
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

/// Stations of a kind among those that are open.
const SOME: Indicator =
    Indicator { code: "", label: "", measure: Measure::Things, kind: Kind::Moment, definition: "", additive: true, splits: &[], rows: &[] };

const COVERS: Indicator = Indicator {
    code: "stations.covers",
    label: "覆盖职工",
    measure: Measure::People,
    definition: "期末开放站点登记的覆盖职工人数之和；一名职工被几个站点覆盖的，重复计算。",
    rows: open_stations!("s.covers", "s.covers > 0"),
    ..SOME
};

const FINEST: Indicator = Indicator {
    code: "stations.finest",
    label: "最美驿站",
    definition: "期末开放的站点中登记为“最美”的。",
    rows: open_stations!("1", "s.finest = 1"),
    ..SOME
};

const SMART: Indicator = Indicator {
    code: "stations.smart",
    label: "智能化站点",
    definition: "期末开放的站点中登记为智能化的。",
    rows: open_stations!("1", "s.smart = 1"),
    ..SOME
};

/// Stations that offer a service, by the service's code.
macro_rules! offering {
    ($code:literal, $label:literal, $condition:literal) => {
        Indicator {
            code: concat!("stations.", $code),
            label: $label,
            definition: concat!("期末开放的站点中，服务项目里有“", $label, "”一项的（全国总工会2024年驿站统计指标）。"),
            rows: open_stations!("1", $condition),
            ..SOME
        }
    };
}

const IDEOLOGY: Indicator = offering!("ideology", "思想引领", "s.services LIKE '%|ideology|%'");
const LAW: Indicator = offering!("law", "法律服务", "s.services LIKE '%|law|%'");
const SWAP: Indicator = offering!("swap", "换电", "s.services LIKE '%|swap|%'");
const MEAL: Indicator = offering!("meal", "优惠餐食", "s.services LIKE '%|meal|%'");
const MEDICINE: Indicator = offering!("medicine", "应急药品", "s.services LIKE '%|medicine|%'");
const VOLUNTEER: Indicator = offering!("volunteer", "志愿服务对接", "s.services LIKE '%|volunteer|%'");
const HAIRCUT: Indicator = offering!("haircut", "理发", "s.services LIKE '%|haircut|%'");
const MUTUAL: Indicator = offering!("mutual", "爱心互献", "s.services LIKE '%|mutual|%'");

/// The services that the national figures of 2024 name (全国总工会户外劳动者服务站点统计指标), by their codes between bars.
const SERVICES: &[(&[u8], Indicator)] = &[
    (b"|ideology|", IDEOLOGY),
    (b"|law|", LAW),
    (b"|swap|", SWAP),
    (b"|meal|", MEAL),
    (b"|medicine|", MEDICINE),
    (b"|volunteer|", VOLUNTEER),
    (b"|haircut|", HAIRCUT),
    (b"|mutual|", MUTUAL),
];

const INDICATORS: &[Indicator] = &[OPEN, VISITS, COVERS, FINEST, SMART, IDEOLOGY, LAW, SWAP, MEAL, MEDICINE, VOLUNTEER, HAIRCUT, MUTUAL];

/// The indicators of stations.
pub fn family() -> Family {
    Family::new("stations", INDICATORS)
}

/// Counts the stations and whom they served, for every place of the tree.
pub fn count(db: &Db<'_>, scope: &Scope) -> Result<Counts> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let open = layout.cells(OPEN.code);
    let whole = |indicator: &Indicator| layout.cells(indicator.code).whole;
    let (covers, finest, smart) = (whole(&COVERS), whole(&FINEST), whole(&SMART));
    let services: Vec<(&[u8], usize)> = SERVICES.iter().map(|(code, of)| (*code, whole(of))).collect();
    let mut places = std::collections::HashMap::new();
    stream(db, "SELECT id, unit, state, built, closed, kind, opening, covers, finest, smart, services FROM station", [], |row| {
        let Some(place) = scope.hierarchy.place(int(row, 1)?) else { return Ok(()) };
        places.insert(int(row, 0)?, place);
        let (built, closed) = (bytes(row, 3)?, bytes(row, 4)?);
        let serves =
            StationState::of(int(row, 2)?).is_some_and(|state| state == StationState::Open || state.is_closed() && !closed.is_empty());
        if serves && scope.stands(built, closed) {
            open.add(&mut counts, place, &[row.get_ref(5)?, row.get_ref(6)?], 1);
            counts.add(place, covers, int(row, 7)?);
            counts.add(place, finest, int(row, 8)?);
            counts.add(place, smart, int(row, 9)?);
            let offered = bytes(row, 10)?;
            let offers = |(code, _): &&(&[u8], usize)| offered.windows(code.len()).any(|at| at == *code);
            services.iter().filter(offers).for_each(|(_, slot)| counts.add(place, *slot, 1));
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
