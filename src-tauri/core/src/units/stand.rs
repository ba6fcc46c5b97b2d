//! What every act on a union asks of its day and of the union above.

use chrono::NaiveDate;

use super::Unit;
use crate::error::{Result, refused};
use crate::store::Db;

/// Refuses a day that is still to come.
pub fn has_come(db: &Db<'_>, day: NaiveDate) -> Result<()> {
    if day > db.now().today {
        return refused(format!("日期 {day} 在今天之后。"), "请填写今天或以前的日期。");
    }
    Ok(())
}

/// Refuses a union that does not exist on a day: not founded yet, or closed.
pub fn exists(unit: &Unit, day: NaiveDate) -> Result<()> {
    match (unit.opened, unit.closed) {
        (_, Some(closed)) if closed <= day => refused(format!("“{}”已于 {closed} 撤销。", unit.name), "请选择还在的工会，或核对日期。"),
        (Some(opened), _) if opened > day => refused(format!("“{}”在 {opened} 才建会，晚于 {day}。", unit.name), "请核对日期。"),
        _ => Ok(()),
    }
}

/// Refuses a union as the one above another: closed today or on the day, or of a lower level.
pub fn under(db: &Db<'_>, unit: &Unit, above: &Unit, day: NaiveDate) -> Result<()> {
    if above.closed.is_some() {
        exists(above, db.now().today)?;
    }
    exists(above, day)?;
    if above.level > unit.level {
        return refused(
            format!("“{}”的层级比“{}”低，不能做它的上级。", above.name, unit.name),
            "请选择同级或更高层级的工会，或先改正工会层级。",
        );
    }
    Ok(())
}
