//! What is wrong with a union's record across its fields.

use super::{Headcount, Unit, credit_code};
use crate::error::Faults;
use crate::store::{Db, Now};
use crate::terms::divisions;

/// Writes credit codes in capitals without blanks.
pub fn tidy(unit: &mut Unit, _now: Now, _faults: &mut Faults) {
    for code in [&mut unit.union_code, &mut unit.employer_code] {
        if let Some(Ok(sound)) = code.as_deref().map(credit_code::parse) {
            *code = Some(sound.to_string());
        }
    }
}

/// Refuses codes that do not hold, a second union of one code, days that cannot be, and changes that only acts may make;
/// warns of an unknown division.
pub fn check(unit: &Unit, db: &Db<'_>, faults: &mut Faults) {
    let taken = db.one::<i64>("SELECT id FROM unit WHERE code = ?1 AND id <> ?2", (&unit.code, unit.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error("code", "组织编号", format!("编号“{}”已有别的工会在用", unit.code), "请换一个编号");
    }
    credit_codes(unit, faults);
    days(unit, db, faults);
    by_acts_alone(unit, db, faults);
    if let Some(division) = unit.division.as_deref().filter(|division| divisions::find(division).is_none()) {
        faults.warn("division", "所在政区", format!("没有代码为“{division}”的政区"), "如是新设的政区可以保留，否则请重新选择");
    }
}

fn credit_codes(unit: &Unit, faults: &mut Faults) {
    if let Some(Err(fault)) = unit.employer_code.as_deref().map(credit_code::parse) {
        faults.error("employer_code", "单位统一社会信用代码", fault.to_string(), "");
    }
    match unit.union_code.as_deref().map(credit_code::parse) {
        Some(Err(fault)) => faults.error("union_code", "工会统一社会信用代码", fault.to_string(), ""),
        Some(Ok(code)) if !code.is_union() => {
            faults.warn("union_code", "工会统一社会信用代码", "不是以 8 开头的工会代码", "请核对是否填成了单位的代码");
        }
        _ => {}
    }
}

fn days(unit: &Unit, db: &Db<'_>, faults: &mut Faults) {
    if unit.opened.zip(unit.closed).is_some_and(|(opened, closed)| closed < opened) {
        faults.error("closed", "撤销日期", "撤销日期早于建会日期", "请核对两个日期");
    }
    if unit.opened.is_some_and(|opened| opened > db.now().today) {
        faults.error("opened", "建会日期", "建会日期在今天之后", "请核对日期");
    }
}

/// Where a union stands and whether it is closed have a ledger and rules behind them, which a form would pass by.
fn by_acts_alone(unit: &Unit, db: &Db<'_>, faults: &mut Faults) {
    let Ok(Some(stored)) = db.find(unit.id) else { return };
    if stored.parent != unit.parent {
        faults.error("parent", "上级工会", "上级工会不能直接修改", "请用“调整隶属关系”办理");
    }
    if (stored.closed, stored.merged_into) != (unit.closed, unit.merged_into) {
        faults.error("closed", "撤销日期", "撤销和合并不能直接填写", "请用“撤销工会”或“合并工会”办理");
    }
}

/// Refuses counts below nought, parts above the whole, and a second count of one day.
pub fn check_headcount(count: &Headcount, db: &Db<'_>, faults: &mut Faults) {
    let parts = [
        ("women", "女职工人数", count.women),
        ("migrants", "农民工人数", count.migrants),
        ("new_employment", "新就业形态劳动者人数", count.new_employment),
        ("full_time", "专职工会工作人员数", count.full_time),
        ("part_time", "兼职工会工作人员数", count.part_time),
    ];
    for (field, label, part) in parts.into_iter().chain([("staff", "职工人数", Some(count.staff))]) {
        if part.is_some_and(|part| part < 0) {
            faults.error(field, label, "人数不能是负数", "请核对");
        }
        if part.is_some_and(|part| part > count.staff) {
            faults.error(field, label, format!("超过了职工总数 {}", count.staff), "请核对其中数和总数");
        }
    }
    let sql = "SELECT id FROM headcount WHERE unit = ?1 AND day = ?2 AND id <> ?3";
    let same = db.one::<i64>(sql, (count.unit.get(), count.day.to_string(), count.id.get()));
    if matches!(same, Ok(Some(_))) {
        faults.error("day", "截止日期", format!("{} 已有一条职工人数", count.day), "请修改原来的那一条");
    }
    if count.day > db.now().today {
        faults.error("day", "截止日期", "截止日期在今天之后", "请核对日期");
    }
}
