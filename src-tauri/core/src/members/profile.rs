//! What is entered of a membership however it begins.

use serde::Deserialize;

use super::{Member, MemberKind};
use crate::record::{Id, Term, Wire};
use crate::stations::Station;
use crate::terms::{JoinSource, NewEmployment};

/// The particulars of a membership; all of them may be put right later in the member's form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Wire)]
pub struct Profile {
    /// Full or probationary; full where nothing is said.
    pub kind: Option<MemberKind>,
    /// The number of the card.
    pub card_number: Option<String>,
    /// Whether the member is a migrant worker (农民工会员).
    #[serde(default)]
    pub migrant: bool,
    /// The new-employment group.
    pub new_employment: Option<Term<NewEmployment>>,
    /// The way by which the member joined.
    pub source: Option<Term<JoinSource>>,
    /// The station where the member joined.
    pub station: Option<Id<Station>>,
    /// The number at the employer.
    pub work_number: Option<String>,
    /// The team or 工会小组.
    pub team: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

impl Profile {
    /// Writes the particulars into a membership; what is not said stays.
    pub(super) fn fill(&self, member: &mut Member) {
        let say = |own: &mut Option<String>, said: &Option<String>| {
            if said.is_some() {
                own.clone_from(said);
            }
        };
        say(&mut member.card_number, &self.card_number);
        say(&mut member.work_number, &self.work_number);
        say(&mut member.team, &self.team);
        say(&mut member.note, &self.note);
        member.kind = self.kind.unwrap_or(member.kind);
        member.migrant |= self.migrant;
        member.new_employment = self.new_employment.clone().or(member.new_employment.take());
        member.station = self.station.or(member.station);
        member.source = self.source.clone().or(member.source.take());
    }
}
