//! Entering a month's dues.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Dues, Member, ledger};
use crate::calendar::Month;
use crate::error::{Result, refused};
use crate::record::{Entered, Id, Money, Wire};
use crate::store::Tx;

/// A month's dues as they are entered: one sheet, one step.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct CollectDues {
    /// The month that they are for, as 2026-10.
    pub month: String,
    /// The day on which they came in; none where they are only owed.
    pub paid: Option<NaiveDate>,
    /// Who pays how much.
    pub rows: Vec<DuesRow>,
}

/// One member's dues.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct DuesRow {
    /// Who.
    pub member: Id<Member>,
    /// How much.
    pub amount: Money,
}

/// Enters dues in place of what was entered for the same member and month, for the union that the member was in on the day of
/// payment, and gives their sum. Refused where the day of
/// payment is ahead, the month is none, or an amount is below nought.
pub fn collect_dues(tx: &Tx<'_>, act: &CollectDues) -> Result<Money> {
    let Some(month) = Month::parse(&act.month) else {
        return refused(format!("“{}”不是月份。", act.month), "请写作 2026-10 这样的年和月。");
    };
    crate::units::stand::has_come(tx, act.paid.unwrap_or_else(|| tx.now().today))?;
    for row in &act.rows {
        enter(tx, &month.to_string(), act.paid, row)?;
    }
    Ok(Money(act.rows.iter().map(|row| row.amount.0).sum()))
}

fn enter(tx: &Tx<'_>, month: &str, paid: Option<NaiveDate>, row: &DuesRow) -> Result<()> {
    let found = tx.select::<Dues>("WHERE member = ?1 AND month = ?2", (row.member.get(), month))?.pop();
    match found {
        Some(old) => tx.save(&Dues { amount: row.amount, paid, ..old }),
        None => {
            let unit = ledger::unit_on(tx, row.member, paid.unwrap_or_else(|| tx.now().today))?;
            let (id, month, entered) = (Id::NEW, month.to_owned(), Entered(0));
            tx.add(&Dues { id, member: row.member, unit, month, amount: row.amount, paid, entered }).map(|_| ())
        }
    }
}
