//! What a roster row means for the books.

use chrono::NaiveDate;

use super::Roster;
use super::columns::OWN;
use crate::error::{Error, Faults, Result};
use crate::members::{ChangeKind, Member, MemberKind, MemberState, ledger, membership};
use crate::people::Person;
use crate::record::{Cell, Code, Id, Row, Value};
use crate::sheet::import::{Behind, Difference, Draft, Verdict, conflict, differences, same_word};
use crate::store::Db;
use crate::units::Unit;

/// A row that was understood.
pub struct Meaning {
    pub behind: Behind,
    pub unit: Unit,
    /// The membership that is there.
    pub member: Option<Member>,
    /// What the row asks for, where it asks for a change.
    pub change: Option<(ChangeKind, NaiveDate)>,
    /// The membership as the row describes it.
    pub whole: Member,
}

impl Roster {
    pub(super) fn judged(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        self.judged = self.meaning(db, draft)?;
        let Some(Meaning { behind, unit, member, change, whole }) = &self.judged else { return Ok(Verdict::Faulty) };
        let Some(member) = member else { return Ok(Verdict::New) };
        if member.state != MemberState::Gone && member.unit != unit.id && change.is_none_or(|(kind, _)| kind.stock() >= 0) {
            let there = db.get(member.unit)?.name;
            let hint = "请选择：转入（办理转会到本工会）、更新（只更新个人信息）或跳过";
            return Ok(Verdict::Conflict(conflict(format!("这个人已经是“{there}”的会员"), hint)));
        }
        if other_name(behind) {
            let hint = "请核对是否同一个人；确认改名的选“更新”，否则跳过";
            return Ok(Verdict::Conflict(conflict("证件号码相同但姓名不同".into(), hint)));
        }
        let mut changes = if behind.changes() { differences(Person::table(), &behind.known, &behind.whole) } else { Vec::new() };
        changes.extend(differences(Member::table(), &member.cells(), &whole.cells()));
        if let Some((kind, day)) = change {
            changes.push(Difference {
                label: "会籍变化",
                before: member.state.label().into(),
                after: format!("{}（{day}）", kind.label()),
            });
        }
        Ok(if changes.is_empty() { Verdict::Same } else { Verdict::Changed(changes) })
    }

    /// Understands a row; adds what is wrong to the draft and gives nothing then.
    fn meaning(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Option<Meaning>> {
        let unit = self.unit(db, draft)?;
        let Some((behind, unit)) = self.people.judge(db, draft)?.zip(unit) else { return Ok(None) };
        if behind.whole.get(Person::table().position("id_number").unwrap_or(0)).is_none_or(Cell::is_null) {
            draft.faults.error("id_number", "证件号码", "没有填写，无法查重", "请补填证件号码");
            return Ok(None);
        }
        let member = behind.id.map(|id| membership(db, Id::new(id))).transpose()?.flatten();
        let change = match self.change(db, draft, &unit, member.as_ref())? {
            Asked::Wrong => return Ok(None),
            Asked::Nothing => None,
            Asked::Change(kind, day) => Some((kind, day)),
        };
        let whole = self.described(draft, member.as_ref(), behind.id, &unit, change)?;
        self.retired(db, draft, &behind);
        Ok((!draft.faults.refuse()).then_some(Meaning { behind, unit, member, change, whole }))
    }

    /// Finds out what change a row asks for, and whether it may be.
    fn change(&self, db: &Db<'_>, draft: &mut Draft, unit: &Unit, member: Option<&Member>) -> Result<Asked> {
        let kind = ChangeKind::from_cell(self.cell(draft, "change_kind"));
        let day = NaiveDate::from_cell(self.cell(draft, "change_day"));
        let here = member.filter(|member| member.state != MemberState::Gone);
        match (self.options.opening, here) {
            (Some(opening), None) => {
                let day = day.or(NaiveDate::from_cell(self.cell(draft, "joined")));
                match opened(kind, day, opening, unit, &mut draft.faults) {
                    Asked::Change(kind, day) => allowed(ledger::fits(db, None, unit, day, kind), kind, day, &mut draft.faults),
                    asked => Ok(asked),
                }
            }
            (Some(_), Some(_)) => Ok(Asked::Nothing),
            (None, None) => entered(db, kind, day, unit, member, &mut draft.faults),
            (None, Some(member)) => turned(db, kind, day, member, &mut draft.faults),
        }
    }

    /// The membership as the row describes it, over what is known.
    fn described(
        &self,
        draft: &Draft,
        member: Option<&Member>,
        person: Option<i64>,
        unit: &Unit,
        change: Option<(ChangeKind, NaiveDate)>,
    ) -> Result<Member> {
        let table = Member::table();
        let known = member.cloned().unwrap_or_else(|| blank(person, unit, change));
        let mut cells = known.cells();
        for (name, place) in OWN.iter().filter_map(|name| Some((*name, table.position(name)?))) {
            let Some((field, cell)) = table.fields.get(place).zip(cells.get_mut(place)) else { continue };
            let said = self.cell(draft, name);
            let joined_twice = name == "joined" && member.is_some() && !cell.is_null();
            if !said.is_null() && !joined_twice && !same_word(self.options.layout.as_ref(), name, field.kind, cell, &said) {
                *cell = said;
            }
        }
        Member::from_cells(known.id.get(), cells)
    }

    /// The upstream importer turns retired people away, so it is said here first.
    fn retired(&self, _db: &Db<'_>, draft: &mut Draft, behind: &Behind) {
        let cell = |name: &str| Person::table().position(name).and_then(|at| behind.whole.get(at)).cloned().unwrap_or_default();
        if cell("employment").text() == Some("retired") && self.options.opening.is_none() {
            draft.faults.warn("employment", "就业状况", "已退休，上级平台不收", "退休人员请办理保留会籍");
        }
    }
}

/// What a row asks for.
enum Asked {
    Wrong,
    Nothing,
    Change(ChangeKind, NaiveDate),
}

fn blank(person: Option<i64>, unit: &Unit, change: Option<(ChangeKind, NaiveDate)>) -> Member {
    let joined = change.filter(|(kind, _)| *kind == ChangeKind::Joined).map(|(_, day)| day);
    Member {
        id: Id::NEW,
        person: Id::new(person.unwrap_or(0)),
        unit: unit.id,
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

/// 建账: counted from the day of joining, from the union's founding at the earliest, from the opening where it is not known.
fn opened(kind: Option<ChangeKind>, day: Option<NaiveDate>, opening: NaiveDate, unit: &Unit, faults: &mut Faults) -> Asked {
    if let Some(kind) = kind.filter(|kind| kind.stock() < 0) {
        faults.error("change_kind", "会籍变化类型", format!("是“{}”，已不是会员", kind.label()), "建账只收在会会员，请删去这一行");
        return Asked::Wrong;
    }
    if let Some(day) = day.filter(|day| *day > opening) {
        faults.error("change_day", "会籍变化日期", format!("{day} 在建账日期 {opening} 之后"), "建账之后入会的，请不要用建账导入");
        return Asked::Wrong;
    }
    let from = match kind {
        Some(ChangeKind::Retained) | None if day.is_none() => opening,
        _ => day.unwrap_or(opening),
    };
    Asked::Change(ChangeKind::Opening, unit.opened.map_or(from, |founded| from.max(founded).min(opening)))
}

/// A row that makes a member.
fn entered(
    db: &Db<'_>,
    kind: Option<ChangeKind>,
    day: Option<NaiveDate>,
    unit: &Unit,
    member: Option<&Member>,
    faults: &mut Faults,
) -> Result<Asked> {
    let kind = kind.unwrap_or(ChangeKind::Joined);
    if !matches!(kind, ChangeKind::Joined | ChangeKind::TransferredIn) {
        if member.is_some() {
            return Ok(Asked::Nothing);
        }
        faults.error("change_kind", "会籍变化类型", format!("是“{}”，但他不是本台账的会员", kind.label()), "请先建账或办理入会");
        return Ok(Asked::Wrong);
    }
    let Some(day) = day else {
        faults.error("change_day", "会籍变化日期", "没有填写，不知道是哪天入会的", "原有会员请用“建账”导入；新入会的请填写日期");
        return Ok(Asked::Wrong);
    };
    allowed(ledger::fits(db, member.map(|member| member.id), unit, day, kind), kind, day, faults)
}

/// A row about somebody who is a member.
fn turned(db: &Db<'_>, kind: Option<ChangeKind>, day: Option<NaiveDate>, member: &Member, faults: &mut Faults) -> Result<Asked> {
    let Some(kind) =
        kind.filter(|kind| matches!(kind, ChangeKind::Retained | ChangeKind::TransferredOut | ChangeKind::Expelled | ChangeKind::Left))
    else {
        return Ok(Asked::Nothing);
    };
    if kind == ChangeKind::Retained && member.state == MemberState::Retained {
        return Ok(Asked::Nothing);
    }
    let Some(day) = day else {
        faults.error("change_day", "会籍变化日期", format!("没有填写“{}”的日期", kind.label()), "请补填");
        return Ok(Asked::Wrong);
    };
    allowed(ledger::fits(db, Some(member.id), &db.get(member.unit)?, day, kind), kind, day, faults)
}

/// Turns a refusal of the ledger into a fault of the row.
fn allowed(fits: Result<()>, kind: ChangeKind, day: NaiveDate, faults: &mut Faults) -> Result<Asked> {
    match fits {
        Ok(()) => Ok(Asked::Change(kind, day)),
        Err(Error::Refused(refusal)) => {
            faults.error("change_day", "会籍变化", refusal.message, refusal.hint);
            Ok(Asked::Wrong)
        }
        Err(other) => Err(other),
    }
}

fn other_name(behind: &Behind) -> bool {
    let name = |cells: &[Cell]| Person::table().position("name").and_then(|at| cells.get(at)).cloned();
    behind.id.is_some() && name(&behind.known) != name(&behind.whole)
}
