//! What is counted of unions.

use std::sync::Arc;

use super::UnitLevel;
use crate::Result;
use crate::record::Code;
use crate::report::{By, Counts, Family, Indicator, Kind, Measure, Rows, Scope, Split, When, bytes, int, stream};
use crate::store::Db;

const SPLITS: &[Split] = &[
    Split { key: "level", label: "工会层级", by: By::Code(UnitLevel::LIST) },
    Split { key: "kind", label: "基层工会类型", by: By::Broad("union_kind") },
];

const OPEN: Indicator = Indicator {
    code: "units.open",
    label: "工会组织数",
    measure: Measure::Things,
    kind: Kind::Moment,
    definition: "期末存在的工会组织数：建会日期不晚于期末（未填的视为早已建会），且期末尚未撤销。含本工会自身和各级下级工会；隶属关系以期末为准。",
    additive: true,
    splits: SPLITS,
    rows: &[Rows {
        table: "unit",
        sql: "SELECT u.id, 0, 1, u.level, u.kind FROM place CROSS JOIN unit u ON u.id = place.id
              WHERE coalesce(u.opened <= ?3, 1) AND coalesce(u.closed > ?3, 1)",
    }],
};

const FOUNDED: Indicator = Indicator {
    code: "units.founded",
    label: "新建工会数",
    measure: Measure::Things,
    kind: Kind::Within,
    definition: "建会日期在本期内的工会组织数，本期内又撤销的也计入。",
    additive: true,
    splits: SPLITS,
    rows: &[Rows {
        table: "unit",
        sql: "SELECT u.id, 0, 1, u.level, u.kind FROM place CROSS JOIN unit u ON u.id = place.id WHERE u.opened BETWEEN ?2 AND ?3",
    }],
};

const CLOSED: Indicator = Indicator {
    code: "units.closed",
    label: "撤销工会数",
    measure: Measure::Things,
    kind: Kind::Within,
    definition: "撤销日期在本期内的工会组织数，含因合并而撤销的；计入撤销时所属的上级工会。",
    additive: true,
    splits: SPLITS,
    rows: &[Rows {
        table: "unit",
        sql: "SELECT u.id, 0, 1, u.level, u.kind FROM place CROSS JOIN unit u ON u.id = place.id WHERE u.closed BETWEEN ?2 AND ?3",
    }],
};

const STAFF: Indicator = Indicator {
    code: "units.staff",
    label: "职工人数",
    measure: Measure::People,
    kind: Kind::Moment,
    definition: "期末存在的各工会最近一次登记的职工人数之和，取截止日期不晚于期末的最后一次；从未登记的工会不计。每个工会只登记本级单位的职工，不含下级工会已登记的。",
    additive: true,
    splits: &[],
    rows: &[Rows {
        table: "headcount",
        sql: "SELECT h.id, 0, h.staff FROM place CROSS JOIN unit u ON u.id = place.id
              JOIN headcount h ON h.unit = u.id AND h.day = (SELECT max(day) FROM headcount WHERE unit = u.id AND day <= ?3)
              WHERE coalesce(u.opened <= ?3, 1) AND coalesce(u.closed > ?3, 1)",
    }],
};

const INDICATORS: &[Indicator] = &[OPEN, FOUNDED, CLOSED, STAFF];

/// The indicators of unions.
pub fn family() -> Family {
    Family::new("units", INDICATORS)
}

/// Counts the unions and those who work there, for every place of the tree.
pub fn count(db: &Db<'_>, scope: &Scope) -> Result<Counts> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let [open, founded, closed] = [OPEN, FOUNDED, CLOSED].map(|indicator| layout.cells(indicator.code));
    let mut standing = vec![false; scope.hierarchy.len()];
    stream(db, "SELECT id, opened, closed, level, kind FROM unit", [], |row| {
        let Some(place) = scope.hierarchy.place(int(row, 0)?) else { return Ok(()) };
        let (began, ended) = (bytes(row, 1)?, bytes(row, 2)?);
        let stands = scope.stands(began, ended);
        standing.get_mut(place as usize).into_iter().for_each(|known| *known = stands);
        let values = [row.get_ref(3)?, row.get_ref(4)?];
        for (cells, counted) in [(&open, stands), (&founded, scope.within(began)), (&closed, scope.within(ended))] {
            cells.add(&mut counts, place, &values, i64::from(counted));
        }
        Ok(())
    })?;
    staff(db, scope, &standing, &mut counts)?;
    Ok(counts)
}

/// Adds each standing union's latest count up to the last day.
fn staff(db: &Db<'_>, scope: &Scope, standing: &[bool], counts: &mut Counts) -> Result<()> {
    let mut latest: Vec<(Vec<u8>, i64)> = vec![Default::default(); standing.len()];
    stream(db, "SELECT unit, day, staff FROM headcount", [], |row| {
        let place = scope.hierarchy.place(int(row, 0)?).filter(|place| standing.get(*place as usize) == Some(&true));
        let day = bytes(row, 1)?;
        let known = place.and_then(|place| latest.get_mut(place as usize));
        if let Some(known) = known.filter(|known| scope.when(day) != When::After && known.0.as_slice() <= day) {
            *known = (day.to_vec(), int(row, 2)?);
        }
        Ok(())
    })?;
    let slot = counts.layout.cells(STAFF.code).whole;
    (0..).zip(latest).for_each(|(place, (_, staff))| counts.add(place, slot, staff));
    Ok(())
}
