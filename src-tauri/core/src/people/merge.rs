//! One person who was entered twice.

use serde::Deserialize;

use super::Person;
use crate::api::{Pair, United, fill, unite};
use crate::error::{Result, refused};
use crate::record::{Cell, Id, Row, Wire};
use crate::store::Tx;

/// Two records turn out to be one person: 合并人员.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
pub struct MergePeople {
    /// The record that stays.
    pub keep: Id<Person>,
    /// The record that goes; all that refers to it goes over to the other.
    pub gone: Id<Person>,
}

/// Makes two records of one person one. Everything that refers to the record that goes refers to the other afterwards, memberships
/// and registrations of both become one, and what the kept record leaves open is filled from the other. Refused for a record with
/// itself, for two different id numbers, where two memberships overlap in time, and as [`unite`] is.
pub fn merge(tx: &Tx<'_>, act: &MergePeople) -> Result<United> {
    if act.keep == act.gone {
        return refused("选的是同一条人员记录，不用合并。", "请选择两条不同的记录。");
    }
    unite(tx, Person::table(), act.keep.get(), act.gone.get())
}

/// Two id numbers are two people, however alike the rest (GB 11643-1999: one number, one person, for life).
pub(super) fn blend(_tx: &Tx<'_>, pair: &Pair<'_>) -> Result<Vec<Cell>> {
    let table = Person::table();
    let number = |cells: &[Cell]| table.position("id_number").and_then(|at| cells.get(at)).and_then(Cell::text).map(str::to_owned);
    if let (Some(keep), Some(gone)) = (number(pair.keep), number(pair.gone))
        && keep != gone
    {
        return refused(
            "这两条记录的证件号码不同，是两个人，不能合并。",
            "确是同一个人的，请先对照证件，把登记错的那条的号码改正或清空，再合并。",
        );
    }
    let mut whole = fill(table, pair);
    if number(pair.keep).is_none() && number(pair.gone).is_some() {
        // A number is of its own kind of document, whatever the kept record said of a document without one.
        let at = table.position("id_kind").unwrap_or(usize::MAX);
        whole.get_mut(at).zip(pair.gone.get(at)).into_iter().for_each(|(kind, gone)| *kind = gone.clone());
    }
    Ok(whole)
}
