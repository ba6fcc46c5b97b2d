//! Sheets in: workbook → drafts → faults by row and column → preview → one step → an error workbook.
//!
//! A preview judges every row and writes nothing. An import judges them again, each taken at once where it is fit, so nothing is kept
//! of a row and a million need little memory; a file that changed since the preview is refused.

mod draft;
mod parent;
mod plain;
mod preview;
mod returned;
mod run;
mod sheet;

pub use draft::{Column, Draft, Drafter};
pub use parent::{Behind, Parent, same_word, tidied, with_defaults};
pub(in crate::sheet) use plain::behind;
pub use plain::{KEY_HEADING, Plain, conflict, differences, key_heading};
pub use preview::{Counts, Difference, Preview, RowFault, Sample, State};
pub use returned::write_errors;
pub use run::{Progress, Taken, Taking, at_row, preview, take};
pub use sheet::{Options, Sheet};

use crate::error::{Error, Fault, Result, refused};
use crate::modules::Registry;
use crate::record::Wire;
use crate::sheet::layout::Layout;
use crate::sheet::read::TextRow;
use crate::store::{Db, Now, Tx};

/// What judging a row found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing like it is there.
    New,
    /// It is there and differs; what from, what to.
    Changed(Vec<Difference>),
    /// It is there and says the same.
    Same,
    /// It is there in another way; the choices are the clerk's.
    Conflict(Fault),
    /// It cannot be taken; the draft holds its faults.
    Faulty,
}

/// What the clerk chose for all rows of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Leave the row out.
    #[default]
    Skip,
    /// Take the row's facts into the record that is there.
    Update,
    /// Bring the record over to this unit.
    Transfer,
}

/// How a sheet is to be taken.
#[derive(Debug, Clone, Default)]
pub struct IntakeOptions {
    /// The unit of rows that name none.
    pub unit: Option<i64>,
    /// The day on which the book is opened, where the sheet is the opening stock.
    pub opening: Option<chrono::NaiveDate>,
    /// The blank that the sheet follows.
    pub layout: Option<Layout>,
}

/// Makes the intake of a record.
pub type MakeIntake = fn(&Registry, IntakeOptions) -> Result<Box<dyn Intake>>;

/// Makes the intake of a record: its module's own, or the plain one; refuses a record that is not known.
pub fn intake(registry: &Registry, record: &str, options: IntakeOptions) -> Result<Box<dyn Intake>> {
    if let Some((_, make)) = registry.0.iter().flat_map(|module| &module.intakes).find(|(name, _)| *name == record) {
        return make(registry, options);
    }
    if let Some(entry) = registry.entry(record).filter(|entry| entry.table.is_ledger()) {
        let message = format!("“{}”由办理业务产生，不能从表格导入。", entry.table.label);
        return refused(message, "请导入会员名册等原始表格，或使用相应的业务办理命令。");
    }
    match registry.entry(record) {
        Some(entry) if !entry.table.view && !entry.table.link => Ok(Box::new(Plain::new(registry, *entry, options.layout, options.unit))),
        _ => Err(Error::Usage(format!("没有可以导入的记录“{record}”"))),
    }
}

/// Gives a draft its stored form.
pub type Tidier = Box<dyn Fn(&mut Draft) -> Result<()> + Send>;

/// A kind of record that sheets bring in.
pub trait Intake {
    /// The columns that a sheet may have.
    fn columns(&self) -> Vec<Column>;
    /// Makes ready for about `rows` rows: looks up what many of them will need.
    fn prepare(&mut self, db: &Db<'_>, rows: u64) -> Result<()>;
    /// The part of judging that asks nothing of the store; it is done ahead, where the sheet is read.
    fn tidier(&self, _now: Now) -> Option<Tidier> {
        None
    }
    /// Judges a row; adds its faults to the draft.
    fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict>;
    /// Takes the row that was judged last, and as `state`; its faults have been taken out of the draft.
    fn take(&mut self, tx: &Tx<'_>, draft: &Draft, state: State, choice: Choice) -> Result<()>;
    /// Ends the taking: refuses what a row left open for a later one that did not come.
    fn finish(&mut self, _tx: &Tx<'_>) -> Result<()> {
        Ok(())
    }
    /// The tables that it adds rows to, for the bulk path.
    fn tables(&self) -> Vec<&'static str>;
    /// Says whether it looks at the whole sheet before the first row is judged: a row may point at one further down.
    fn surveys(&self) -> bool {
        false
    }
    /// Looks at what stands above the heading (a day, a name); asked before the rows, and only where it surveys.
    fn survey_above(&mut self, _above: &[TextRow]) {}
    /// Looks at a row before any is judged; asked only where it surveys.
    fn survey(&mut self, _db: &Db<'_>, _draft: &mut Draft) -> Result<()> {
        Ok(())
    }
}
