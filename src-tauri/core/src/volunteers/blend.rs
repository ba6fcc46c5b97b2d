//! Two registrations of one person.

use super::Volunteer;
use crate::api::{Pair, fill};
use crate::error::Result;
use crate::record::{Cell, Row, Terms};
use crate::store::Tx;

/// Makes one registration of two: from the earlier day, still open where one of them is, with the union and the team of the one that
/// stands (the kept one's where both do), and all skills and fields of both.
pub(super) fn blend(_tx: &Tx<'_>, pair: &Pair<'_>) -> Result<Vec<Cell>> {
    let [keep, gone] = pair.ids;
    let (keep, gone) = (Volunteer::from_cells(keep, pair.keep.to_vec())?, Volunteer::from_cells(gone, pair.gone.to_vec())?);
    let mut whole = Volunteer::from_cells(keep.id.get(), fill(Volunteer::table(), pair))?;
    let later = match (keep.ended, gone.ended) {
        (Some(_), None) => &gone,
        (Some(one), Some(other)) if one < other => &gone,
        _ => &keep,
    };
    (whole.unit, whole.team) = (later.unit, later.team);
    (whole.ended, whole.ended_for) = (later.ended, later.ended_for.clone());
    whole.registered = keep.registered.min(gone.registered);
    whole.insured_until = keep.insured_until.max(gone.insured_until);
    whole.vest = keep.vest || gone.vest;
    whole.skills = both(&keep.skills, &gone.skills);
    whole.areas = both(&keep.areas, &gone.areas);
    whole.person = keep.person;
    Ok(whole.cells())
}

fn both<L: crate::terms::List>(one: &Terms<L>, other: &Terms<L>) -> Terms<L> {
    let more = other.iter().filter(|term| !one.iter().any(|own| own.code() == term.code()));
    one.iter().chain(more).cloned().collect()
}
