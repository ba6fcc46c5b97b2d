//! Filling in a return from this office's own records (运算).

use serde::{Deserialize, Serialize};

use super::edit::{Audited, audited};
use super::fill::{Filling, Reach};
use super::late::{Earlier, carry, earlier};
use super::masked::Masked;
use super::spot::Spot;
use super::statement::{Basis, Content, Return, ReturnState};
use super::task_file::{TaskOf, adopt, asked, must_hold};
use crate::calendar::Period;
use crate::disclosure;
use crate::error::{Error, Result, refused};
use crate::monthly::{Numbers, numbers};
use crate::record::{Code, Entered, Id, Value as _, Wire};
use crate::report::formula::Formulas;
use crate::report::task::{Each, Task, Values};
use crate::store::{Db, Step, Store, Tx, Written};
use crate::units::Unit;

/// Which return is asked for.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct ComputeOf {
    /// The task's word; its newest version is used.
    pub task: String,
    /// The union.
    pub unit: Id<Unit>,
    /// The period's key: 2026-10.
    pub period: String,
}

impl ComputeOf {
    /// The period; refuses what is none.
    pub(super) fn period(&self) -> Result<Period> {
        period(&self.period)
    }
}

/// Reads a period's key; refuses what is none.
pub(super) fn period(text: &str) -> Result<Period> {
    text.parse().map_err(|_| Error::Usage(format!("“{text}”不是期间，请写作 2026-10、2026-Q3、2026-H1、2026 或 2026-U")))
}

/// Computes a return from the records of this office and keeps it as a draft; what was typed before stays, with the computed value
/// beside it. Refuses a return that was sent: it is corrected instead.
pub fn compute(store: &Store, ask: &ComputeOf) -> Result<Written<Id<Return>>> {
    let period = ask.period()?;
    let task = store.read(|db| asked(db, &TaskOf { key: ask.task.clone(), version: None }, period))?;
    let numbers = numbers(store, period)?;
    let earlier = earlier(store, &task, ask.unit, period)?;
    let name = format!("运算{} {}", task.name(period), period.label());
    store.write(Step::new(name), |tx| computed_draft(tx, &task, &numbers, &earlier, ask.unit, store.clerk()))
}

fn computed_draft(tx: &Tx<'_>, task: &Task, numbers: &Numbers, earlier: &[Earlier], unit: Id<Unit>, clerk: &str) -> Result<Id<Return>> {
    let unit = tx.get(unit)?;
    let values = computed(tx, task, numbers, &unit, Reach::Whole, clerk)?;
    let mut content = Content { values, ..Content::default() };
    carry(tx, task, unit.id, numbers.period, earlier, &mut content)?;
    let draft = Draft { task, unit: &unit, period: numbers.period, basis: Basis::Records };
    keep(tx, draft, &mut formulas(task)?, content)
}

/// A task that is being made, tried on a period.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct TryTask {
    /// The task.
    pub task: Task,
    /// The union.
    pub unit: Id<Unit>,
    /// The period's key.
    pub period: String,
    /// Whether the secrets of a roster are shown in full.
    #[serde(default)]
    pub reveal: bool,
}

/// What a task that is being made would say.
#[derive(Debug, Serialize, Wire)]
pub struct Tried {
    /// The values.
    pub values: Values,
    /// What does not hold.
    pub audit: Audited,
}

/// Computes and checks a task that is not kept. Refuses one that does not hold together. Its formulas and checks are whoever's tries it:
/// they see a roster's secrets masked as in lists, unless those are asked for, which the disclosure log has.
pub fn try_task(store: &Store, ask: &TryTask) -> Result<Tried> {
    let period = period(&ask.period)?;
    store.read(|db| must_hold(db, &ask.task))?;
    let numbers = numbers(store, period)?;
    let (unit, mut values, masked) = store.read(|db| {
        let unit = db.get(ask.unit)?;
        let values = computed(db, &ask.task, &numbers, &unit, Reach::Whole, store.clerk())?;
        Ok((unit, values, Masked::of(db, &ask.task)?))
    })?;
    if ask.reveal {
        let (columns, many) = masked.secrets(&ask.task, &values);
        disclosure::revealed(store, &ask.task.title, &columns, many)?;
    } else {
        masked.mask(&mut values);
    }
    store.read(|db| {
        formulas(&ask.task)?.compute(&mut values);
        let content = Content { values, ..Content::default() };
        let audit = audited(db, &blank(&ask.task, &unit, period, Basis::Records), &ask.task, &content)?;
        Ok(Tried { values: content.values, audit })
    })
}

/// Whose returns are computed together.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct ComputeAll {
    /// The union.
    pub unit: Id<Unit>,
    /// The period's key: 2026-10.
    pub period: String,
}

/// Computes every task that is asked for such a period, counting the records once; rosters and what was sent are passed over.
pub fn compute_all(store: &Store, ask: &ComputeAll) -> Result<Written<Vec<Id<Return>>>> {
    let period = period(&ask.period)?;
    let tasks = store.read(|db| due_tasks(db, ask.unit, period))?;
    let numbers = numbers(store, period)?;
    let with_earlier = |task| Ok((earlier(store, &task, ask.unit, period)?, task));
    let tasks: Vec<(Vec<Earlier>, Task)> = tasks.into_iter().map(with_earlier).collect::<Result<_>>()?;
    store.write(Step::new(format!("运算全部报表 {}", period.label())), |tx| {
        tasks.iter().map(|(earlier, task)| computed_draft(tx, task, &numbers, earlier, ask.unit, store.clerk())).collect()
    })
}

/// The newest version of every task of numbers that is asked for such a period and was not sent yet.
fn due_tasks(db: &Db<'_>, unit: Id<Unit>, period: Period) -> Result<Vec<Task>> {
    let mut found = Vec::new();
    for line in super::task_file::list(db, &crate::api::Nothing {})? {
        let task = super::task_file::task(db, &TaskOf { key: line.key, version: None })?;
        let roster = task.tables.iter().any(|table| table.block.as_ref().is_some_and(|block| matches!(block.each, Each::Record(_))));
        let sent =
            newest(db, unit, &task.key, period, "1")?.is_some_and(|found| found.state.is_frozen() && found.state != ReturnState::Refused);
        found.extend((task.asks(period) && !roster && !sent).then_some(task));
    }
    Ok(found)
}

/// The formulas of a task that held together when it was taken in.
pub(super) fn formulas(task: &Task) -> Result<Formulas> {
    Formulas::of(task).map_err(|flaws| {
        let first = flaws.first().map(|flaw| format!("{}：{}", flaw.place, flaw.what)).unwrap_or_default();
        Error::Usage(format!("任务“{}”的公式：{first}", task.title))
    })
}

/// What the records say, without formulas.
pub(super) fn computed(db: &Db<'_>, task: &Task, numbers: &Numbers, unit: &Unit, reach: Reach, clerk: &str) -> Result<Values> {
    let period = numbers.period;
    let last = frozen(db, unit.id, &task.key, period.previous())?;
    Filling { task, numbers, unit, reach, last: last.as_ref(), period, clerk }.values(db)
}

/// What the newest frozen return of a union and a period says.
pub(super) fn frozen(db: &Db<'_>, unit: Id<Unit>, task: &str, period: Period) -> Result<Option<Values>> {
    let found = newest(db, unit, task, period, "state IN (3, 4)")?;
    found.map(|found| Ok(found.content()?.values)).transpose()
}

/// Finds the newest version of a return.
pub fn find(db: &Db<'_>, ask: &ComputeOf) -> Result<Option<Id<Return>>> {
    Ok(newest(db, ask.unit, &ask.task, ask.period()?, "1")?.map(|found| found.id))
}

/// The newest return of a union and a period that a condition holds for.
pub(super) fn newest(db: &Db<'_>, unit: Id<Unit>, task: &str, period: Period, condition: &str) -> Result<Option<Return>> {
    let rest = format!(" WHERE unit = ?1 AND code = ?2 AND period = ?3 AND {condition} ORDER BY no DESC LIMIT 1");
    Ok(db.select::<Return>(&rest, (unit.get(), task, period.to_string()))?.into_iter().next())
}

/// A return that is about to be kept.
pub(super) struct Draft<'a> {
    pub task: &'a Task,
    pub unit: &'a Unit,
    pub period: Period,
    pub basis: Basis,
}

/// Keeps a content as the draft of a return, a new one or in the place of the draft that there is; what was typed and explained
/// before stays.
pub(super) fn keep(tx: &Tx<'_>, draft: Draft<'_>, formulas: &mut Formulas, mut content: Content) -> Result<Id<Return>> {
    let Draft { task, unit, period, basis } = draft;
    let before = newest(tx, unit.id, &task.key, period, "1")?;
    if let Some(before) = &before {
        if before.state.is_frozen() && before.state != ReturnState::Refused {
            return refused(
                format!("“{}”{}的{}已经{}，封存的数不再改变。", unit.name, period.label(), task.name(period), before.state.label()),
                "数有变动时，请用“更正”另做一版，并写明原因。",
            );
        }
        take_over(task, &before.content()?, &mut content, basis);
    }
    formulas.compute(&mut content.values);
    let package = adopt(tx, task)?;
    match before.filter(|before| !before.state.is_frozen()) {
        Some(before) => {
            let state = ReturnState::Draft.to_cell();
            let changes =
                [("content", content.into_text().to_cell()), ("task", package.to_cell()), ("state", state), ("basis", basis.to_cell())];
            tx.set(before.id, &changes)?;
            Ok(before.id)
        }
        None => tx.insert(&Return { task: package, content: content.into_text(), ..blank(task, unit, period, basis) }),
    }
}

/// A return of which nothing is known yet.
pub(super) fn blank(task: &Task, unit: &Unit, period: Period, basis: Basis) -> Return {
    Return {
        id: Id::NEW,
        unit: unit.id,
        task: Id::NEW,
        code: task.key.clone(),
        period: period.to_string(),
        until: period.to(),
        no: 1,
        state: ReturnState::Draft,
        basis,
        due: due(task, period),
        sent: None,
        reason: None,
        content: String::new(),
        digest: None,
        entered: Entered(0),
    }
}

/// The last day on which a return is in time.
pub(super) fn due(task: &Task, period: Period) -> chrono::NaiveDate {
    period.to() + chrono::Days::new(u64::from(task.due))
}

/// Takes over what people typed and said before: a typed cell keeps its value, with what is computed now beside it. In a sum, what
/// adds up and the rows come from its parts, so that a part's correction arrives there.
fn take_over(task: &Task, before: &Content, now: &mut Content, basis: Basis) {
    let sums = basis == Basis::Returns;
    for spot in Spot::typed(task, &before.values).into_iter().filter(|spot| !sums || spot.said(task).is_some_and(|(.., kind)| !kind.adds()))
    {
        let was = spot.get(&before.values).cloned().unwrap_or_default();
        spot.put(&mut now.values, was);
    }
    for (at, (table, sheet)) in task.tables.iter().zip(&before.values.sheets).enumerate() {
        if !sums && table.block.as_ref().is_some_and(|block| block.each == Each::Typed) {
            now.values.sheets.get_mut(at).into_iter().for_each(|own| own.lines.clone_from(&sheet.lines));
        }
    }
    for address in before.typed.keys() {
        let Some(spot) = Spot::read(task, address) else { continue };
        let computed = spot.get(&now.values).cloned().unwrap_or_default();
        spot.put(&mut now.values, spot.get(&before.values).cloned().unwrap_or_default());
        now.typed.insert(address.clone(), computed);
    }
    now.notes.clone_from(&before.notes);
    now.signers.clone_from(&before.signers);
    now.attachments.clone_from(&before.attachments);
}
