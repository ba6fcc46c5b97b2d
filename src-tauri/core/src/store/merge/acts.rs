//! Comparing with another file, and taking in what it has.

use super::super::backup;
use super::super::buffer::Key;
use super::super::db::Db;
use super::super::tx::Tx;
use super::super::{Right, Step, Store, Written};
use super::carry;
use super::changes::{Of, of, steps};
use super::clash::Taken;
use super::known::{Known, Writer, agree, writer};
use super::other::Other;
use super::plan::{Comparison, Plan, What};
use crate::error::{Faults, Result, Weight, refused};
use crate::record::{Cell, Table};

/// What a merge did.
#[derive(Debug, Clone)]
pub struct Merging {
    /// What was written, and what contradicted.
    pub plan: Plan,
    /// Rows that break a rule of their record now that both files' facts stand together: table, key, and what is wrong.
    pub problems: Vec<(&'static Table, Key, String)>,
}

impl Store {
    /// Says what merging another file would write and what contradicts; refuses a file of another office, and one whose journal and
    /// ours contradict each other.
    pub fn compare(&self, other: &Other, taken: &Taken) -> Result<Plan> {
        self.read(|ours| other.read(|theirs| plan(ours, theirs, self.seat(), taken)))
    }

    /// Brings over what another file has and this one does not know, as one step, after an automatic backup of this file. Where
    /// both changed the same, the other's word stands where it was taken. Refused as [`Store::compare`], and where there is nothing new.
    pub fn merge(&self, other: &Other, taken: &Taken) -> Result<Written<Merging>> {
        self.allow(Right::Manage, "合并另一台电脑的台账")?;
        let who = self.read(|ours| other.read(|theirs| news(ours, theirs, self.seat())))?;
        backup::automatic(self)?;
        self.take_logs(other, &who)?;
        let step = Step::new(format!("合并{}电脑上的台账", who.clerk)).noted();
        self.write(step, |tx| {
            other.read(|theirs| {
                let plan = plan(tx, theirs, self.seat(), taken)?;
                tx.through_veils(|| carry::out(tx, &plan))?;
                carry::note(tx, theirs)?;
                let problems = problems(tx, &plan)?;
                Ok(Merging { plan, problems })
            })
        })
    }

    /// Logs come first and stay: they are told once more where the merge itself is refused, and never lost.
    fn take_logs(&self, other: &Other, who: &Writer) -> Result<()> {
        let news = self.read(|ours| other.read(|theirs| log_rows(ours, theirs)))?;
        if news.is_empty() {
            return Ok(());
        }
        self.write(Step::log(format!("并入{}电脑上的登记", who.clerk)), |tx| {
            news.iter().try_for_each(|(table, key, cells)| tx.insert_as(table, *key, cells))
        })?;
        Ok(())
    }
}

fn plan(ours: &Db<'_>, theirs: &Db<'_>, own: i64, taken: &Taken) -> Result<Plan> {
    agree(ours, theirs, own)?;
    let mine = of(ours, &steps(ours, &Known::of(theirs)?, Of::Work)?)?;
    let yours = of(theirs, &steps(theirs, &Known::of(ours)?, Of::Work)?)?;
    Comparison::new(ours, theirs, [&mine, &yours], taken)?.plan()
}

/// Who wrote the other file; refused where it has nothing that this one does not know.
fn news(ours: &Db<'_>, theirs: &Db<'_>, own: i64) -> Result<Writer> {
    agree(ours, theirs, own)?;
    let known = Known::of(ours)?;
    let is_new = Known::of(theirs)?.seats().any(|(seat, upto)| !known.holds(seat, upto));
    match writer(theirs)?.filter(|_| is_new) {
        Some(who) => Ok(who),
        None => refused("那份台账里没有本台账还没有的内容，不用合并。", "如果那台电脑上又有了新的录入，请重新复制一份过来。"),
    }
}

type LogRow = (&'static Table, Key, Vec<Cell>);

/// The rows of the other's logs that are not here.
fn log_rows(ours: &Db<'_>, theirs: &Db<'_>) -> Result<Vec<LogRow>> {
    let changes = of(theirs, &steps(theirs, &Known::of(ours)?, Of::Log)?)?;
    let mut rows = Vec::new();
    for table in ours.registry().tables() {
        for key in changes.get(table.name).into_iter().flat_map(|rows| rows.keys()) {
            if let (Some(cells), None) = (theirs.cells(table, *key)?, ours.cells(table, *key)?) {
                rows.push((table, *key, cells));
            }
        }
    }
    Ok(rows)
}

/// The most rules broken that are told.
const MOST: usize = 200;

/// What the rules of the records say of the rows that were written.
fn problems(tx: &Tx<'_>, plan: &Plan) -> Result<Vec<(&'static Table, Key, String)>> {
    let mut problems = Vec::new();
    for write in plan.writes.iter().filter(|write| write.what != What::Remove) {
        let (Some(cells), Some(entry)) = (tx.cells(write.table, write.key)?, tx.registry().entry(write.table.name)) else { continue };
        let mut faults = Faults::default();
        (entry.check)(tx, write.key.first(), &cells, &mut faults)?;
        let told = faults.0.into_iter().filter(|fault| fault.weight == Weight::Error);
        problems.extend(told.map(|fault| (write.table, write.key, fault.message)));
        if problems.len() >= MOST {
            break;
        }
    }
    Ok(problems)
}
