//! The tasks that an office has: shipped ones, and those it was sent or made from its own blank.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::error::{Error, Refusal, Result, refused};
use crate::record::{Entered, Id, Record, Wire};
use crate::report::task::{Catalogue, Cycle, Flaw, Task, proof};
use crate::report::workbook::{Proposal, blank, propose};
use crate::store::{Db, Tx};

/// 上级要的一种报表：有哪些表、每一格取什么数、要审核什么、何时要报。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "task", label = "报表任务", order = "code, version", key = "code, version", kept = "*")]
pub struct TaskFile {
    /// The id.
    pub id: Id<TaskFile>,
    /// 任务代号；各版本相同。
    #[field(label = "任务代号", max = 60, listed)]
    pub code: String,
    /// 任务版本，从 1 起。
    #[field(label = "任务版本", listed)]
    pub version: i64,
    /// 任务名称。
    #[field(label = "任务名称", max = 100, listed, search)]
    pub title: String,
    /// 谁要的，依据什么文件。
    #[field(label = "来源", max = 300, listed)]
    pub source: String,
    /// 任务文件全文。
    #[field(label = "任务文件", max = 8000000)]
    pub package: String,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}

/// The packages that are shipped.
const SHIPPED: &[&str] = &[
    include_str!("../../../../assets/tasks/members.json"),
    include_str!("../../../../assets/tasks/new-employment.json"),
    include_str!("../../../../assets/tasks/volunteers.json"),
    include_str!("../../../../assets/tasks/stations.json"),
    include_str!("../../../../assets/tasks/activities.json"),
    include_str!("../../../../assets/tasks/member-roster.json"),
    include_str!("../../../../assets/tasks/unit-roster.json"),
    include_str!("../../../../assets/tasks/volunteer-roster.json"),
    include_str!("../../../../assets/tasks/station-roster.json"),
];

/// A task in the list of those that can be filled in.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct TaskLine {
    /// Its word.
    pub key: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// Who asks for it.
    pub source: String,
    /// For which periods.
    pub periods: Vec<Cycle>,
    /// How many days after a period's last day it is due.
    pub due: u32,
    /// Whether it came with the app.
    pub shipped: bool,
}

/// Which task.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct TaskOf {
    /// Its word.
    pub key: String,
    /// Its version; the newest where nothing is said.
    pub version: Option<u32>,
}

/// The shipped packages.
pub fn shipped() -> Result<Vec<Task>> {
    SHIPPED.iter().map(|json| Task::read(json)).collect()
}

/// The newest version of every task.
pub fn list(db: &Db<'_>, _: &crate::api::Nothing) -> Result<Vec<TaskLine>> {
    let mut lines: Vec<TaskLine> = shipped()?.into_iter().map(|task| line(task, true)).collect();
    for file in db.select::<TaskFile>(" ORDER BY code, version", [])? {
        let task = Task::read(&file.package)?;
        match lines.iter_mut().find(|line| line.key == task.key) {
            Some(known) if known.version < task.version => *known = line(task, false),
            Some(_) => (),
            None => lines.push(line(task, false)),
        }
    }
    Ok(lines)
}

fn line(task: Task, shipped: bool) -> TaskLine {
    let Task { key, version, title, source, periods, due, .. } = task;
    TaskLine { key, version, title, source, periods, due, shipped }
}

/// A task as its package has it; refuses one that is not known.
pub fn task(db: &Db<'_>, of: &TaskOf) -> Result<Task> {
    let kept: Option<String> = db
        .one(
            "SELECT package FROM task WHERE code = ?1 AND version = coalesce(?2, version) ORDER BY version DESC LIMIT 1",
            (&of.key, of.version.map(i64::from)),
        )?
        .flatten();
    let kept = kept.map(|package| Task::read(&package)).transpose()?;
    let fits = |task: &Task| task.key == of.key && of.version.is_none_or(|version| version == task.version);
    let newest = shipped()?.into_iter().filter(fits).chain(kept).max_by_key(|task| task.version);
    newest.ok_or_else(|| unknown(&of.key))
}

fn unknown(key: &str) -> Error {
    Error::Refused(Refusal::new(format!("没有代号为“{key}”的报表任务。"), "请在“报表任务”里查看已有的任务，或装入上级下发的任务文件。"))
}

/// Looks a package through.
pub fn flaws(db: &Db<'_>, task: &Task) -> Vec<Flaw> {
    let families = crate::monthly::catalogue();
    let known = Catalogue { families: &families, registry: db.registry() };
    let found = proof(task, &known);
    if !found.is_empty() {
        return found;
    }
    crate::report::formula::Formulas::of(task).err().unwrap_or_default()
}

/// Refuses a package that does not hold together.
pub(super) fn must_hold(db: &Db<'_>, task: &Task) -> Result<()> {
    let flaws = flaws(db, task);
    if let Some(flaw) = flaws.first() {
        let more = if flaws.len() > 1 { format!("（共 {} 处）", flaws.len()) } else { String::new() };
        return refused(
            format!("任务“{}”前后不一致：{}，{}{more}。", task.title, flaw.place, flaw.what),
            "请向下发任务的上级工会索取更正后的任务文件，或改好后再装入。",
        );
    }
    Ok(())
}

/// Takes a package into the office. Refuses one that does not hold together, and another package under a version that is known.
pub fn adopt(tx: &Tx<'_>, task: &Task) -> Result<Id<TaskFile>> {
    let package = task.write();
    let kept = tx.select::<TaskFile>(" WHERE code = ?1 AND version = ?2", (&task.key, i64::from(task.version)))?.into_iter().next();
    match kept {
        Some(kept) if kept.package == package || Task::read(&kept.package)? == *task => Ok(kept.id),
        Some(_) => refused(
            format!("任务“{}”的第 {} 版已经有了，内容不同。", task.title, task.version),
            "内容有改动的任务应有新的版本号，请向下发任务的上级工会核实。",
        ),
        None => must_hold(tx, task).and_then(|()| add_file(tx, task, package)),
    }
}

fn add_file(tx: &Tx<'_>, task: &Task, package: String) -> Result<Id<TaskFile>> {
    tx.insert(&TaskFile {
        id: Id::NEW,
        code: task.key.clone(),
        version: i64::from(task.version),
        title: task.title.clone(),
        source: task.source.clone(),
        package,
        entered: Entered(0),
    })
}

/// A package that somebody brings or made.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct NewTask {
    /// The task.
    pub task: Task,
}

/// Takes a package into the office.
pub fn add(tx: &Tx<'_>, act: &NewTask) -> Result<Id<TaskFile>> {
    adopt(tx, &act.task)
}

/// Says what does not hold together in a package.
pub fn check(db: &Db<'_>, act: &NewTask) -> Result<Vec<Flaw>> {
    Ok(flaws(db, &act.task))
}

/// Shows a task's form: its sheets as a grid, with merges and widths.
pub fn form(db: &Db<'_>, of: &TaskOf) -> Result<Vec<Proposal>> {
    propose(&blank(&task(db, of)?)?)
}

/// The task of a period, as it is asked; refuses one that is not asked for such a period.
pub fn asked(db: &Db<'_>, of: &TaskOf, period: Period) -> Result<Task> {
    let task = task(db, of)?;
    if !task.asks(period) {
        let cycles: Vec<_> = task.periods.iter().map(|cycle| cycle.label()).collect();
        return refused(format!("“{}”不按这样的期间报送：{}。", task.title, period.label()), format!("它有：{}。", cycles.join("、")));
    }
    Ok(task)
}
