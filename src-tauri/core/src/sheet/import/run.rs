//! Judging all rows of a sheet, and taking those that hold in one step.

use std::path::Path;
use std::time::UNIX_EPOCH;
use std::{fs, mem};

use super::draft::Draft;
use super::preview::{Preview, RowFault, Sample, State};
use super::sheet::{Options, Sheet};
use super::{Choice, Intake, Verdict};
use crate::error::{Error, Refusal, Result, Weight, file_error, refused};
use crate::store::{Db, Step, Store, Tx, Written};

/// Rows whose particulars a preview keeps; more are counted, and stand in the error workbook.
const KEPT: usize = 20_000;
/// Changed rows shown side by side.
const SAMPLES: usize = 200;

/// Says how many rows are done; an error stops the work.
pub type Progress<'p> = &'p dyn Fn(u64) -> Result<()>;

/// Judges every row of a sheet; writes nothing.
pub fn preview(store: &Store, path: &Path, options: &Options, intake: &mut dyn Intake, progress: Progress<'_>) -> Result<Preview> {
    let (bytes, stamp) = stamp(path)?;
    let mut sheet = Sheet::of(store, path, options, intake)?;
    let mut preview = sheet.unjudged(stamp);
    store.read(|db| {
        intake.prepare(db, rows_guess(bytes))?;
        sheet.survey(db, intake)?;
        sheet.drafts(|mut draft| {
            progress(preview.counts.rows)?;
            judge(db, intake, &mut draft, &mut preview).map(|_| ())
        })
    })?;
    Ok(preview)
}

/// A guess at the number of rows from the file's size, for looking things up one by one or all at once.
fn rows_guess(bytes: u64) -> u64 {
    bytes / 100
}

/// Judges a row and notes what was found.
fn judge(db: &Db<'_>, intake: &mut dyn Intake, draft: &mut Draft, preview: &mut Preview) -> Result<State> {
    let verdict = intake.judge(db, draft)?;
    let (state, differences) = match verdict {
        _ if draft.faults.refuse() => (State::Faulty, Vec::new()),
        Verdict::New => (State::New, Vec::new()),
        Verdict::Changed(differences) => (State::Changed, differences),
        Verdict::Same => (State::Same, Vec::new()),
        Verdict::Conflict(fault) => {
            draft.faults.0.push(fault);
            (State::Conflicting, Vec::new())
        }
        Verdict::Faulty => (State::Faulty, Vec::new()),
    };
    preview.counts.note(state);
    let faults = mem::take(&mut draft.faults.0);
    if !faults.is_empty() {
        preview.counts.warned += u64::from(state != State::Faulty && state != State::Conflicting);
        if preview.faults.len() < KEPT {
            preview.faults.push(RowFault { row: draft.row, faults });
        }
    }
    if !differences.is_empty() && preview.samples.len() < SAMPLES {
        preview.samples.push(Sample { row: draft.row, state, differences });
    }
    Ok(state)
}

/// What the clerk decided.
pub struct Taking {
    /// [`Preview::stamp`] of what the clerk saw; a file that is not the same any more is refused.
    pub seen: Option<String>,
    /// What becomes of the rows that the clerk must choose for.
    pub choice: Choice,
    /// What the step is called.
    pub step: Step,
}

/// What an import did.
#[derive(Debug)]
pub struct Taken {
    /// What was found of each row.
    pub preview: Preview,
    /// How many rows were taken.
    pub rows: u64,
}

/// Takes the rows that hold, as one step: each is judged, and taken at once where it is fit.
pub fn take(
    store: &Store,
    path: &Path,
    options: &Options,
    intake: &mut dyn Intake,
    taking: Taking,
    progress: Progress<'_>,
) -> Result<Written<Taken>> {
    let Taking { seen, choice, step } = taking;
    let (bytes, stamp) = stamp(path)?;
    if seen.is_some_and(|seen| seen != stamp) {
        return refused("预览之后，这个表格文件又被改动过。", "请重新导入，先看新的预览。");
    }
    let mut sheet = Sheet::of(store, path, options, intake)?;
    let preview = sheet.unjudged(stamp);
    let rows = rows_guess(bytes);
    let table = |name| store.registry().entry(name).map(|entry| (entry.table, i64::try_from(rows).unwrap_or(i64::MAX)));
    let tables: Vec<_> = intake.tables().into_iter().filter_map(table).collect();
    store.write(step, |tx| {
        // While indexes are made anew a look-up by key reads the whole table, so then all keys are looked up beforehand.
        intake.prepare(tx, if tx.bulk_pays(&tables)? { u64::MAX } else { rows })?;
        sheet.survey(tx, intake)?;
        tx.bulk_change(&tables, |tx| take_all(tx, &mut sheet, intake, preview, choice, progress))
    })
}

fn take_all(
    tx: &Tx<'_>,
    sheet: &mut Sheet,
    intake: &mut dyn Intake,
    mut preview: Preview,
    choice: Choice,
    progress: Progress<'_>,
) -> Result<Taken> {
    let mut rows = 0;
    sheet.drafts(|mut draft| {
        progress(preview.counts.rows)?;
        let state = judge(tx, intake, &mut draft, &mut preview)?;
        let fit = matches!(state, State::New | State::Changed) || (state == State::Conflicting && choice != Choice::Skip);
        if !fit {
            return Ok(());
        }
        rows += 1;
        intake.take(tx, &draft, state, choice).map_err(|error| at_row(error, draft.row))
    })?;
    intake.finish(tx).map(|()| Taken { preview, rows })
}

/// Names the row in a refusal that only the writing met.
pub fn at_row(error: Error, row: u32) -> Error {
    match error {
        Error::Refused(refusal) => Error::Refused(Refusal::new(format!("第 {row} 行：{}", refusal.message), refusal.hint)),
        Error::Faults(mut faults) => {
            for fault in faults.0.iter_mut().filter(|fault| fault.weight == Weight::Error) {
                fault.message = format!("第 {row} 行：{}", fault.message);
            }
            Error::Faults(faults)
        }
        other => other,
    }
}

/// A file's length in bytes, and what changes whenever the file does.
fn stamp(path: &Path) -> Result<(u64, String)> {
    let meta = fs::metadata(path).map_err(|source| file_error(path, "读取", &source))?;
    let moment = meta.modified().ok().and_then(|moment| moment.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Ok((meta.len(), format!("{}-{}", meta.len(), moment.as_nanos())))
}
