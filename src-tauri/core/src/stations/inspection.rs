//! Inspecting stations: what is wrong, by when it must be mended, and when it was.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Station, StationState};
use crate::error::{Faults, Result, refused};
use crate::record::{Code, Entered, Id, Record, Value, Wire};
use crate::store::{Db, Tx};

/// 检查结果。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Verdict {
    /// 合格
    #[code(1, "合格", "通过|正常")]
    Passed,
    /// 限期整改
    #[code(2, "限期整改", "整改|不合格")]
    ToMend,
}

/// 对一个站点的一次检查；不合格的限期整改，到期未完成的可以收回牌匾。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "inspection", label = "站点检查", order = "day", kept = "verdict, cleared", check = check)]
pub struct Inspection {
    /// The id.
    pub id: Id<Inspection>,
    /// 检查了哪个站点。
    #[field(label = "站点", listed)]
    pub station: Id<Station>,
    /// 检查的日期。
    #[field(label = "检查日期", listed)]
    pub day: NaiveDate,
    /// 谁检查。
    #[field(label = "检查人", max = 60, listed)]
    pub inspector: Option<String>,
    /// 合格或限期整改。
    #[field(label = "检查结果", listed, filter)]
    pub verdict: Verdict,
    /// 发现的问题。
    #[field(label = "发现的问题", max = 500, listed)]
    pub problems: Option<String>,
    /// 整改的最后期限。
    #[field(label = "整改期限", listed)]
    pub due: Option<NaiveDate>,
    /// 复查合格的日期。
    #[field(label = "整改合格日期", listed)]
    pub cleared: Option<NaiveDate>,
    /// 备注。
    #[field(label = "备注", max = 500)]
    pub note: Option<String>,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}

/// Refuses a day ahead, problems without a day by which they must be mended, and days in the wrong order.
fn check(inspection: &Inspection, db: &Db<'_>, faults: &mut Faults) {
    let today = db.now().today;
    if inspection.day > today {
        faults.error("day", "检查日期", "在今天之后", "请核对日期");
    }
    if inspection.verdict == Verdict::ToMend {
        if inspection.problems.is_none() {
            faults.error("problems", "发现的问题", "限期整改没有写明问题", "请写明要整改什么");
        }
        if inspection.due.is_none_or(|due| due < inspection.day) {
            faults.error("due", "整改期限", "限期整改没有写明期限，或期限早于检查日期", "请填写检查日期之后的一天");
        }
    }
    if inspection.cleared.is_some_and(|cleared| cleared < inspection.day || cleared > today) {
        faults.error("cleared", "整改合格日期", "早于检查日期或在今天之后", "请核对日期");
    }
}

/// A station was inspected.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Inspect {
    /// The station.
    pub station: Id<Station>,
    /// The day.
    pub day: NaiveDate,
    /// By whom.
    pub inspector: Option<String>,
    /// What is wrong; nothing where it passed.
    pub problems: Option<String>,
    /// By when it must be mended; needed where something is wrong.
    pub due: Option<NaiveDate>,
    /// A remark.
    pub note: Option<String>,
}

/// Notes an inspection; a station with problems is 整改 until they are cleared. Refuses a station that is closed or still planned.
pub fn inspect(tx: &Tx<'_>, act: &Inspect) -> Result<Id<Inspection>> {
    let station = tx.get(act.station)?;
    if station.state.is_closed() || station.state == StationState::Planned {
        let what = format!("站点“{}”的状态是“{}”，没有在服务，不用检查。", station.name, station.state.label());
        return refused(what, "请先把站点的状态改为“开放”。");
    }
    let problems = crate::text::trimmed(act.problems.clone());
    let verdict = if problems.is_some() { Verdict::ToMend } else { Verdict::Passed };
    let due = act.due.filter(|_| problems.is_some());
    let (inspector, note) = (crate::text::trimmed(act.inspector.clone()), crate::text::trimmed(act.note.clone()));
    let inspection = Inspection {
        id: Id::NEW,
        station: act.station,
        day: act.day,
        inspector,
        verdict,
        problems,
        due,
        cleared: None,
        note,
        entered: Entered(0),
    };
    let id = tx.add(&inspection)?;
    if verdict == Verdict::ToMend && station.state != StationState::Mending {
        tx.set(act.station, &[("state", StationState::Mending.to_cell())])?;
    }
    Ok(id)
}

/// What was wrong with a station is mended.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct ClearInspection {
    /// The inspection that found it.
    pub inspection: Id<Inspection>,
    /// The day on which it was found mended.
    pub day: NaiveDate,
}

/// Clears an inspection; the station is 开放 again where no other is left. Refuses one that passed or is cleared.
pub fn clear_inspection(tx: &Tx<'_>, act: &ClearInspection) -> Result<()> {
    let inspection = tx.get(act.inspection)?;
    if inspection.verdict == Verdict::Passed || inspection.cleared.is_some() {
        return refused("这次检查没有待整改的问题。", "请选择“限期整改”且尚未整改合格的检查。");
    }
    let station = inspection.station;
    tx.save(&Inspection { cleared: Some(act.day), ..inspection })?;
    let sql = "SELECT count(*) FROM inspection WHERE station = ?1 AND verdict = ?2 AND cleared IS NULL";
    let left: i64 = tx.one(sql, (station.get(), Verdict::ToMend.code()))?.unwrap_or(0);
    if left == 0 && tx.get(station)?.state == StationState::Mending {
        tx.set(station, &[("state", StationState::Open.to_cell())])?;
    }
    Ok(())
}

/// The inspections whose problems should have been mended before a day and were not, the longest overdue first.
pub fn overdue(db: &Db<'_>, day: NaiveDate) -> Result<Vec<Inspection>> {
    db.select("WHERE verdict = ?1 AND cleared IS NULL AND due < ?2 ORDER BY due, id", (Verdict::ToMend.code(), day.to_string()))
}
