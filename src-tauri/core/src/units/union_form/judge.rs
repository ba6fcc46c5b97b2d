//! What a row of a sheet of unions would do.

use chrono::NaiveDate;

use super::UnionForm;
use super::columns::{self, MEMBERS, STAFF, count_place, place};
use super::division;
use super::line::{Line, is_dummy};
use super::plan::{Meaning, Target, outranked};
use crate::error::{Faults, Result};
use crate::record::{Cell, Code, Entered, Field, Id, Row, Value};
use crate::sheet::import::{Difference, Draft, Verdict, conflict, differences, same_word, tidied, with_defaults};
use crate::store::Db;
use crate::units::{Headcount, Unit, UnitLevel};

/// Stands for the code of a new union until all rows have been seen.
const UNKNOWN: &str = "?";

/// A row that was understood.
pub struct Understood {
    /// The union that is there.
    pub before: Option<Unit>,
    /// The union as the row describes it, still where it stands.
    pub whole: Unit,
    /// The count of staff that the row adds or puts right, and the one before it.
    pub staff: Option<(Headcount, Option<Headcount>)>,
}

impl UnionForm {
    /// Keeps a row's words, and whether its own cells hold.
    pub(super) fn seen(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<()> {
        let mut line = Line::of(draft);
        if !is_dummy(draft) {
            let meaning = Meaning { code: UNKNOWN.into(), level: Some(UnitLevel::Branch), ..Meaning::default() };
            line.sound = self.understand(db, draft, &meaning)?.is_some();
        }
        self.lines.push(line);
        Ok(())
    }

    pub(super) fn judged(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        if is_dummy(draft) {
            draft.faults = Faults::default();
            draft.faults.error("", "整行", "是空白表自带的示例行（“11”），不是真实的工会", "请删去示例行后重新导入；其余的行不受影响");
            return Ok(Verdict::Faulty);
        }
        let (_, meaning) = self.meaning(draft.row);
        draft.faults.0.extend(meaning.faults.0.iter().cloned());
        self.judged = self.understand(db, draft, &meaning)?;
        let Some(understood) = &self.judged else { return Ok(Verdict::Faulty) };
        self.compare_members(draft, meaning.union);
        self.verdict(db, draft, &meaning, understood)
    }

    fn verdict(&self, db: &Db<'_>, draft: &mut Draft, meaning: &Meaning, understood: &Understood) -> Result<Verdict> {
        let Understood { before, whole, staff } = understood;
        let Some(before) = before else { return Ok(Verdict::New) };
        let id = before.id.get();
        if let Some(above) = meaning.above {
            if self.upward(above).any(|higher| higher == Target::Known(id)) {
                draft.faults.error("parent", "上级工会", "填的是自己的下级，或与表里别的行绕成了一圈", "请核对上级工会名称");
                return Ok(Verdict::Faulty);
            }
            let said = draft.text(place("parent")).unwrap_or_default().to_owned();
            if self.level(above).is_some_and(|above| above > whole.level) {
                outranked(&said, &whole.name, &mut draft.faults);
                return Ok(Verdict::Faulty);
            }
            let now = before.parent.map(|parent| db.get(parent)).transpose()?.map_or("无".into(), |parent| parent.name);
            let hint = "确已改变隶属的选“转入”（按填报日期办理调整隶属关系），只更新其他内容的选“更新”，否则跳过";
            return Ok(Verdict::Conflict(conflict(format!("上级工会现在是“{now}”，表里是“{said}”"), hint)));
        }
        let mut changes = differences(Unit::table(), &before.cells(), &whole.cells());
        changes.extend(staff.as_ref().map(|(count, last)| Difference {
            label: "职工人数",
            before: last.as_ref().map(|last| format!("{}（{}）", last.staff, last.day)).unwrap_or_default(),
            after: format!("{}（{}）", count.staff, count.day),
        }));
        Ok(if changes.is_empty() { Verdict::Same } else { Verdict::Changed(changes) })
    }

    /// Understands a row's own cells; adds what is wrong to the draft and gives nothing then.
    pub(super) fn understand(&self, db: &Db<'_>, draft: &mut Draft, meaning: &Meaning) -> Result<Option<Understood>> {
        let before = meaning.union.map(|id| db.get::<Unit>(Id::new(id))).transpose()?;
        let given = self.given(draft);
        not_by_acts(&given, before.as_ref(), &mut draft.faults);
        let cells = match &before {
            Some(before) => self.over(&before.cells(), &given),
            None => with_defaults(Unit::table(), &new(given, meaning)),
        };
        let Some(entry) = db.registry().entry(Unit::NAME) else { return Ok(None) };
        let Some(cells) = tidied(db, entry, cells, &mut draft.faults)? else { return Ok(None) };
        let whole = Unit::from_cells(meaning.union.unwrap_or(0), cells)?;
        whole.check(db, &mut draft.faults);
        let staff = self.staff(db, draft, &whole)?;
        Ok((!draft.faults.refuse()).then_some(Understood { before, whole, staff }))
    }

    /// The cells of the union's fields, with a place's code for its name.
    fn given(&self, draft: &mut Draft) -> Vec<Cell> {
        let mut given = columns::own(&draft.cells).to_vec();
        let at = Unit::table().position("division").unwrap_or(0);
        let Some(Cell::Text(text)) = given.get(at).cloned() else { return given };
        let column = self.options.layout.as_ref().and_then(|layout| layout.column("division"));
        let code = division::code(&text, column, self.known.near(self.options.unit));
        if code.is_none() {
            draft.faults.warn("division", "所在政区", format!("找不到“{text}”，没有导入这一栏"), "请在台账里选择政区");
        }
        if let Some(place) = given.get_mut(at) {
            *place = code.map_or(Cell::Null, Cell::Text);
        }
        given
    }

    /// What is known, with what the sheet says over it: an empty cell wipes nothing out, a coarser word no finer one, and where it
    /// stands and whether it is closed stay with the acts.
    fn over(&self, known: &[Cell], given: &[Cell]) -> Vec<Cell> {
        let layout = self.options.layout.as_ref();
        let keep = |(field, (known, given)): (&Field, (&Cell, &Cell))| {
            let coarser = field.name == "division" && known.text().zip(given.text()).is_some_and(|(known, given)| known.starts_with(given));
            let silent = given.is_null() || Unit::table().is_kept(field.name) || coarser;
            if silent || same_word(layout, field.name, field.kind, known, given) { known.clone() } else { given.clone() }
        };
        Unit::table().fields.iter().zip(known.iter().zip(given)).map(keep).collect()
    }

    /// The count that a row adds on the day of filling in, where it is not the latest known up to then.
    fn staff(&self, db: &Db<'_>, draft: &mut Draft, unit: &Unit) -> Result<Option<(Headcount, Option<Headcount>)>> {
        let Some(staff) = draft.cells.get(count_place(STAFF)).and_then(Cell::int) else { return Ok(None) };
        let filled = self.day(db);
        let day = unit.opened.map_or(filled, |opened| opened.max(filled));
        let latest = "WHERE unit = ?1 AND day <= ?2 ORDER BY day DESC LIMIT 1";
        let last = db.select::<Headcount>(latest, (unit.id.get(), day.to_string()))?.pop();
        if unit.closed.is_some() || last.as_ref().is_some_and(|last| last.staff == staff) {
            return Ok(None);
        }
        let count = match &last {
            Some(same) if same.day == day => Headcount { staff, ..same.clone() },
            _ => counted(unit.id, day, staff),
        };
        count.check(db, &mut draft.faults);
        Ok(Some((count, last)))
    }

    /// The day of what the sheet says: 填报日期 where it has come, else the day of the import.
    pub(super) fn day(&self, db: &Db<'_>) -> NaiveDate {
        let today = db.now().today;
        self.filled.filter(|day| *day <= today).unwrap_or(today)
    }

    /// Members come in by the roster alone, so another number is a matter to look into, not a fault.
    fn compare_members(&self, draft: &mut Draft, union: Option<i64>) {
        let Some(said) = draft.cells.get(count_place(MEMBERS)).and_then(Cell::int) else { return };
        let staff = draft.cells.get(count_place(STAFF)).and_then(Cell::int);
        if let Some(staff) = staff.filter(|staff| *staff < said) {
            draft.faults.warn("members", "会员人数", format!("会员 {said} 人，多于职工 {staff} 人"), "请核对两个人数");
        }
        let ours = union.map_or(0, |union| self.known.members.get(&union).copied().unwrap_or(0));
        if ours != said {
            let what = format!("表里是 {said} 人，台账里是 {ours} 人");
            draft.faults.warn("members", "会员人数", what, "会员人数由会员名册得出，这一栏不导入；请核对会员名册");
        }
    }
}

/// A new union's cells: the code and level that were found for it, nothing that acts alone write.
fn new(mut given: Vec<Cell>, meaning: &Meaning) -> Vec<Cell> {
    for (field, cell) in Unit::table().fields.iter().zip(&mut given) {
        match field.name {
            "code" => *cell = Cell::Text(meaning.code.clone()),
            "level" => *cell = meaning.level.map_or(Cell::Null, |level| Cell::Int(level.code())),
            name if Unit::table().is_kept(name) => *cell = Cell::Null,
            _ => {}
        }
    }
    given
}

/// Closing and merging have acts of their own; a sheet may only repeat what is known of them.
fn not_by_acts(given: &[Cell], before: Option<&Unit>, faults: &mut Faults) {
    let said = |field: &str| Unit::table().position(field).and_then(|at| given.get(at)).filter(|cell| !cell.is_null());
    let closed = before.and_then(|before| before.closed);
    let other = said("closed").is_some_and(|day| NaiveDate::from_cell(day.clone()) != closed);
    if other || (said("merged_into").is_some() && before.is_none_or(|before| before.merged_into.is_none())) {
        faults.error("closed", "撤销日期", "撤销和合并不能由表格导入", "请用“撤销工会”或“合并工会”办理，并清空这一格");
    }
    if said("closed").is_none()
        && let Some(day) = closed
    {
        faults.error("name", "工会名称", format!("这个工会已于 {day} 撤销"), "请删去这一行；重新建会的请填写新的统一社会信用代码");
    }
}

fn counted(unit: Id<Unit>, day: NaiveDate, staff: i64) -> Headcount {
    Headcount {
        id: Id::NEW,
        unit,
        day,
        staff,
        women: None,
        migrants: None,
        new_employment: None,
        full_time: None,
        part_time: None,
        entered: Entered(0),
    }
}
