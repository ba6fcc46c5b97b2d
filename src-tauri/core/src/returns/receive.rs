//! Receiving files from the unions below (装入): all of a batch are judged, those without a fault may be taken at once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::compute::{blank, formulas};
use super::correspondent::own_keys;
use super::delivery::{Delivered, Delivery, DeliveryState, Parcel};
use super::judge::{Judged, Known, compared};
use super::statement::{Basis, Content, Return, ReturnState};
use super::task_file::adopt;
use crate::api::{Progress, Watch};
use crate::error::{Error, Result, file_error, refused};
use crate::record::{Code, Entered, Id, Value as _, Wire};
use crate::report::seal::{Opened, Receipt, SeatKey};
use crate::report::task::Task;
use crate::report::workbook::Forms;
use crate::store::{Db, Step, Store, Tx, Written};

/// The most files of one batch.
const MOST: usize = 20_000;
/// How many are judged before they are kept, so that what they say need not all be held.
const AT_ONCE: usize = 200;

/// What is received.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Receive {
    /// Files and folders; a folder stands for the workbooks in it and below it.
    pub paths: Vec<PathBuf>,
    /// Whether what is without a fault is taken at once.
    #[serde(default)]
    pub take: bool,
}

/// Receives files: each is recognised, judged, compared with the last one from the same union and kept; no file stops the others.
pub fn receive(store: &Store, ask: &Receive, watch: Watch<'_>) -> Result<Written<Vec<Delivered>>> {
    let files = files(&ask.paths)?;
    let keys = own_keys(store)?;
    let mut known = store.read(Known::read)?;
    let tasks = Arc::clone(&known.tasks);
    let forms = Forms::of(&tasks)?;
    let name = format!("装入 {} 份文件", files.len());
    store.write(Step::new(name), |tx| {
        let mut told = Vec::with_capacity(files.len());
        for some in files.chunks(AT_ONCE) {
            let far =
                |progress: Progress| watch(Progress { done: progress.done + told.len() as u64, of: Some(files.len() as u64), ..progress });
            for mut judged in judge_all(&known, &forms, some, &keys, &far)? {
                known.again(&mut judged);
                told.push(keep(tx, &mut known, judged, ask.take)?);
            }
        }
        Ok(told)
    })
}

/// Judges files, on two threads, in their order.
fn judge_all(known: &Known, forms: &Forms<'_>, files: &[PathBuf], keys: &[SeatKey], watch: Watch<'_>) -> Result<Vec<Judged>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(files.len())));
    let stopped = std::sync::atomic::AtomicBool::new(false);
    let work = |told: Option<Watch<'_>>| -> Result<()> {
        while !stopped.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = files.get(at) else { break };
            let judged = known.judge(path, keys, forms);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, judged));
            let progress = Progress { stage: "装入", done: at as u64, of: Some(files.len() as u64) };
            if let Some(Err(error)) = told.map(|told| told(progress)) {
                stopped.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    };
    std::thread::scope(|threads| {
        let other = threads.spawn(|| work(None));
        let own = work(Some(watch));
        let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        own.and(other)
    })?;
    let mut judged = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    judged.sort_by_key(|(at, _)| *at);
    Ok(judged.into_iter().map(|(_, judged)| judged).collect())
}

/// The files of a batch: those named, and the workbooks of named folders.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { inside(path, &mut found)? } else { found.push(path.clone()) }
    }
    if found.is_empty() {
        return refused("没有找到可装入的文件。", "请选择下级发来的上报文件（.xlsx、.xls、.age），或它们所在的文件夹。");
    }
    if found.len() > MOST {
        return refused(format!("一次装入的文件超过 {MOST} 份。"), "请分几次装入。");
    }
    Ok(found)
}

fn inside(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |source: std::io::Error| file_error(folder, "读取", &source);
    let mut entries = std::fs::read_dir(folder).map_err(failed)?.collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let known = |ending: &std::ffi::OsStr| ["xlsx", "xls", "et", "age"].iter().any(|own| ending.eq_ignore_ascii_case(own));
        // A workbook that is open in Excel or WPS has a lock file beside it.
        let lock = entry.file_name().to_string_lossy().starts_with("~$");
        if kind.is_dir() {
            inside(&path, found)?;
        } else if kind.is_file() && !lock && path.extension().is_some_and(known) {
            found.push(path);
        }
    }
    Ok(())
}

/// Keeps a judged file, and takes it where that is asked for and nothing is in the way.
fn keep(tx: &Tx<'_>, known: &mut Known, mut judged: Judged, take: bool) -> Result<Delivered> {
    if let Some(receipt) = judged.receipt.take() {
        return receipt_came(tx, &judged, &receipt);
    }
    let before = known.before(&judged).map(|id| tx.get(id)).transpose()?;
    let taken = take && judged.state == DeliveryState::Clean;
    let mut delivery = Delivery {
        id: Id::NEW,
        file: judged.file.clone(),
        digest: judged.digest.clone(),
        state: judged.state,
        unit: judged.unit,
        sender: Some(judged.sender.clone()).filter(|sender| !sender.is_empty()),
        code: known.task(&judged).map(|task| task.key.clone()),
        period: judged.period.map(|period| period.to_string()),
        no: judged.unit.map(|_| judged.no),
        late: judged.late,
        notes: Some(crate::text::cut(&judged.notes.join("\n"), 4000)).filter(|notes| !notes.is_empty()),
        content: None,
        took: None,
        entered: Entered(0),
    };
    let before = before.map(|before| before.content()).transpose()?;
    let task = known.task(&judged).cloned();
    let compared =
        before.zip(task.as_ref()).map(|(before, task)| compared(task, &before.values, &judged.parcel.values)).unwrap_or_default();
    if taken {
        let Some(task) = &task else { return Err(Error::Bug("a clean file has a task".into())) };
        match take_in(tx, task, &delivery, &judged.parcel) {
            Ok(id) => {
                known.took(&judged, id);
                (delivery.state, delivery.took) = (DeliveryState::Taken, Some(id));
            }
            Err(Error::Refused(why)) => {
                delivery.state = DeliveryState::Quarantined;
                judged.notes.push(why.message);
            }
            Err(other) => return Err(other),
        }
    }
    let mut told = Delivered {
        id: None,
        file: judged.file,
        state: delivery.state.word().to_owned(),
        state_label: delivery.state.label().to_owned(),
        sender: judged.sender,
        title: task.as_ref().map(|task| task.title.clone()).unwrap_or_default(),
        period: delivery.period.clone().unwrap_or_default(),
        no: judged.no,
        late: judged.late,
        notes: judged.notes,
        changed: judged.changed,
        understood: judged.understood,
        unread: judged.unread,
        compared,
    };
    if delivery.took.is_none() && judged.state != DeliveryState::PassedOver {
        let parcel = Parcel { told: Some(Box::new(told.clone())), ..judged.parcel };
        delivery.content = serde_json::to_string(&parcel).ok();
    }
    told.id = Some(tx.insert(&delivery)?);
    Ok(told)
}

/// Makes a received return of a delivery; the version before it is replaced by it.
fn take_in(tx: &Tx<'_>, task: &Task, delivery: &Delivery, parcel: &Parcel) -> Result<Id<Return>> {
    let (Some(unit), Some(period)) = (delivery.unit, &delivery.period) else {
        return Err(Error::Bug("a clean file has a union and a period".into()));
    };
    let (unit, period) = (tx.get(unit)?, super::compute::period(period)?);
    let package = adopt(tx, task)?;
    let rest = " WHERE unit = ?1 AND code = ?2 AND period = ?3 ORDER BY no DESC";
    let versions = tx.select::<Return>(rest, (unit.id.get(), &task.key, period.to_string()))?;
    let no = delivery.no.unwrap_or(1);
    if let Some(same) = versions.iter().find(|own| own.no == no) {
        return refused(
            format!("“{}”{}的第 {no} 版已经有了（{}）。", unit.name, period.label(), same.state.label()),
            "本台账自己运算的报表与下级报来的不能并存：请先核对，以下级报来的为准时，删去自己运算的草稿。",
        );
    }
    for before in versions.iter().filter(|before| before.state == ReturnState::Accepted) {
        tx.set(before.id, &[("state", ReturnState::Superseded.to_cell())])?;
    }
    let mut content = Content { values: parcel.values.clone(), notes: parcel.notes.clone(), ..Content::default() };
    if !parcel.sealed {
        formulas(task)?.compute(&mut content.values);
    }
    tx.insert(&Return {
        task: package,
        no,
        state: ReturnState::Accepted,
        sent: Some(tx.now().today),
        reason: parcel.reason.clone(),
        content: content.write(),
        digest: parcel.manifest.clone(),
        ..blank(task, &unit, period, if parcel.sealed { Basis::Sealed } else { Basis::Plain })
    })
}

/// A receipt came from the union above: the return that it names is accepted or returned.
fn receipt_came(tx: &Tx<'_>, judged: &Judged, opened: &Opened<Receipt>) -> Result<Delivered> {
    let says = &opened.says;
    let told = |state: DeliveryState, notes: Vec<String>| Delivered {
        file: judged.file.clone(),
        state: state.word().to_owned(),
        state_label: state.label().to_owned(),
        sender: says.by.clone(),
        title: says.title.clone(),
        period: says.period.clone(),
        no: i64::from(says.no),
        notes,
        ..Delivered::default()
    };
    if !opened.signed {
        return Ok(told(DeliveryState::Quarantined, vec!["回执被改动过，与签名不符。".into()]));
    }
    let found = tx.select::<Return>(" WHERE digest = ?1 AND basis <= 2", [says.manifest.to_string()])?.into_iter().next();
    let Some(found) = found.filter(|found| found.state.is_frozen()) else {
        return Ok(told(DeliveryState::PassedOver, vec!["回执所说的报表不在本台账里。".into()]));
    };
    let reasons: Vec<String> = says.reasons.iter().map(|reason| format!("{} {}", reason.place, reason.reason).trim().to_owned()).collect();
    let state = if says.taken { ReturnState::Accepted } else { ReturnState::Refused };
    let reason = (!says.taken).then(|| crate::text::cut(&reasons.join("\n"), 1000));
    let mut changes = vec![("state", state.to_cell())];
    changes.extend(reason.map(|reason| ("reason", Some(reason).to_cell())));
    tx.set(found.id, &changes)?;
    let mut notes = vec![if says.taken { "上级已接收。".to_owned() } else { "上级退回，请更正后重报。".to_owned() }];
    notes.extend(reasons);
    Ok(told(if says.taken { DeliveryState::Taken } else { DeliveryState::Returned }, notes))
}

/// Which deliveries.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Deliveries {
    /// The deliveries.
    pub ids: Vec<Id<Delivery>>,
}

/// Takes deliveries that somebody has looked at. Refuses what is quarantined, returned, taken already or outdated.
pub fn take(tx: &Tx<'_>, act: &Deliveries) -> Result<Vec<Id<Return>>> {
    let mut took = Vec::with_capacity(act.ids.len());
    for id in &act.ids {
        let delivery = tx.get(*id)?;
        let parcel = delivery.content.as_deref().and_then(|content| serde_json::from_str::<Parcel>(content).ok());
        let (Some(parcel), DeliveryState::Clean | DeliveryState::ToLook) = (parcel, delivery.state) else {
            return refused(
                format!("“{}”的状态是“{}”，不能接收。", delivery.file, delivery.state.label()),
                "隔离的文件请退回对方，由对方改正后重报。",
            );
        };
        let task = task_of(tx, &delivery, parcel.version)?;
        let made = take_in(tx, &task, &delivery, &parcel)?;
        let changes = [("state", DeliveryState::Taken.to_cell()), ("took", Some(made).to_cell()), ("content", None::<String>.to_cell())];
        tx.set(*id, &changes)?;
        took.push(made);
    }
    Ok(took)
}

pub(super) fn task_of(db: &Db<'_>, delivery: &Delivery, version: u32) -> Result<Task> {
    let key = delivery.code.clone().unwrap_or_default();
    super::task_file::task(db, &super::TaskOf { key, version: Some(version) })
}
