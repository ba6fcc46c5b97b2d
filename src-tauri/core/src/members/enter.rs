//! How memberships begin: when the book is opened, by joining, from a union elsewhere.

use chrono::NaiveDate;
use serde::Deserialize;

use super::profile::Profile;
use super::{Change, ChangeKind, Member, MemberKind, MemberState, ledger};
use crate::error::{Result, refused};
use crate::people::Person;
use crate::record::{Code, Id, Wire};
use crate::store::{Db, Tx};
use crate::units::Unit;

/// A member whom the union already had when its book was opened: 建账.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct OpenBook {
    /// Who.
    pub person: Id<Person>,
    /// In which union.
    pub unit: Id<Unit>,
    /// The day on which the book was opened.
    pub day: NaiveDate,
    /// The day of joining, where known.
    pub joined: Option<NaiveDate>,
    /// Whether the membership was retained then.
    #[serde(default)]
    pub retained: bool,
    /// The particulars.
    #[serde(flatten)]
    pub profile: Profile,
}

/// A person joins a union: 入会; for one who left before, 重新入会.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Join {
    /// Who.
    pub person: Id<Person>,
    /// Which union.
    pub unit: Id<Unit>,
    /// The day on which the union agreed.
    pub day: NaiveDate,
    /// The document.
    pub document: Option<String>,
    /// The particulars.
    #[serde(flatten)]
    pub profile: Profile,
}

/// A member comes from a union that is not in this file: 转入.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct TransferIn {
    /// Who.
    pub person: Id<Person>,
    /// To which union.
    pub unit: Id<Unit>,
    /// The day of the transfer.
    pub day: NaiveDate,
    /// The name of the union that the member comes from.
    pub other: String,
    /// The day of joining, where known.
    pub joined: Option<NaiveDate>,
    /// The document.
    pub document: Option<String>,
    /// The particulars.
    #[serde(flatten)]
    pub profile: Profile,
}

/// Enters a member whom the union already had. The member counts from the day of joining, but no earlier than the union's
/// founding; from the opening of the book where it is not known. Refused for one who has a membership already, and where the
/// member joined after the opening.
pub fn open_book(tx: &Tx<'_>, act: &OpenBook) -> Result<Id<Member>> {
    if let Some(joined) = act.joined.filter(|joined| *joined > act.day) {
        return refused(format!("入会日期 {joined} 在建账日期 {} 之后。", act.day), "建账之后入会的，请用“入会”办理。");
    }
    if membership(tx, act.person)?.is_some() {
        return refused("这个人已经有会籍，不能再建账。", "请打开原有会员核对。");
    }
    let founded = tx.get(act.unit)?.opened;
    let day = act.joined.map_or(act.day, |joined| founded.map_or(joined, |founded| founded.max(joined).min(act.day)));
    let entry = Entry { person: act.person, unit: act.unit, day, kind: ChangeKind::Opening, joined: act.joined };
    let member = admit(tx, &entry, &act.profile)?;
    ledger::note(tx, &ledger::change(member, act.unit, day, ChangeKind::Opening))?;
    if act.retained {
        ledger::note(tx, &ledger::change(member, act.unit, day, ChangeKind::Retained))?;
    }
    Ok(member)
}

/// Enters a person who joins. Refused for one who is a member, and by the rules of the ledger.
pub fn join(tx: &Tx<'_>, act: &Join) -> Result<Id<Member>> {
    let entry = Entry { person: act.person, unit: act.unit, day: act.day, kind: ChangeKind::Joined, joined: Some(act.day) };
    let member = admit(tx, &entry, &act.profile)?;
    let change = Change { document: act.document.clone(), ..ledger::change(member, act.unit, act.day, ChangeKind::Joined) };
    ledger::note(tx, &change)?;
    Ok(member)
}

/// Enters a member from a union elsewhere. Refused for one who is a member here, without the other union's name, and by the
/// rules of the ledger.
pub fn transfer_in(tx: &Tx<'_>, act: &TransferIn) -> Result<Id<Member>> {
    if act.other.trim().is_empty() {
        return refused("没有填写转出的工会。", "请填写会员原来所在工会的全称。");
    }
    let entry = Entry { person: act.person, unit: act.unit, day: act.day, kind: ChangeKind::TransferredIn, joined: act.joined };
    let member = admit(tx, &entry, &act.profile)?;
    let (document, other) = (act.document.clone(), Some(act.other.trim().to_owned()));
    ledger::note(tx, &Change { document, other, ..ledger::change(member, act.unit, act.day, ChangeKind::TransferredIn) })?;
    Ok(member)
}

/// Finds a person's membership.
pub fn membership(db: &Db<'_>, person: Id<Person>) -> Result<Option<Member>> {
    Ok(db.select::<Member>("WHERE person = ?1", [person.get()])?.pop())
}

/// How a membership begins.
struct Entry {
    person: Id<Person>,
    unit: Id<Unit>,
    day: NaiveDate,
    kind: ChangeKind,
    joined: Option<NaiveDate>,
}

/// Gives the membership to note the change in: the person's own where they left before, else a new one.
fn admit(tx: &Tx<'_>, entry: &Entry, profile: &Profile) -> Result<Id<Member>> {
    let before = membership(tx, entry.person)?;
    not_a_member(tx, before.as_ref())?;
    ledger::fits(tx, before.as_ref().map(|member| member.id), &tx.get(entry.unit)?, entry.day, entry.kind)?;
    let Some(mut member) = before else {
        let mut member = blank(entry.person, entry.unit, entry.joined);
        profile.fill(&mut member);
        return tx.add(&member);
    };
    member.joined = member.joined.or(entry.joined);
    profile.fill(&mut member);
    tx.save(&member)?;
    Ok(member.id)
}

fn not_a_member(db: &Db<'_>, member: Option<&Member>) -> Result<()> {
    let Some(member) = member.filter(|member| member.state != MemberState::Gone) else { return Ok(()) };
    let unit = db.get(member.unit)?.name;
    let message = format!("这个人已是“{unit}”的会员（{}）。", member.state.label());
    refused(message, "劳动关系变了的，请办理转会；不要重复入会。")
}

fn blank(person: Id<Person>, unit: Id<Unit>, joined: Option<NaiveDate>) -> Member {
    Member {
        id: Id::NEW,
        person,
        unit,
        state: MemberState::Active,
        kind: MemberKind::Full,
        card_number: None,
        joined,
        migrant: false,
        new_employment: None,
        source: None,
        station: None,
        work_number: None,
        team: None,
        note: None,
    }
}
