//! Freezing a return and writing the file that goes up (上报).

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::compute::period;
use super::correspondent::{Correspondent, cards, own_key};
use super::edit::{ReturnOf, audited};
use super::masked::Masked;
use super::statement::{Basis, Content, Return, ReturnState};
use crate::calendar::chinese_day;
use crate::disclosure::{self, DisclosureKind, Given};
use crate::error::{Result, refused};
use crate::outside;
use crate::record::{Id, Value as _, Wire};
use crate::report::seal::{self, Attached, Digest, Explained, Manifest, SeatKey, SignedOff, Superseded};
use crate::report::task::{Each, Fact, Table, Task};
use crate::report::workbook;
use crate::sheet::write::{Target, bytes_noted, bytes_to_file};
use crate::store::{Db, Step, Store, Tx, Written};
use crate::units::Unit;

/// A return that goes up.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Send {
    /// The return.
    #[serde(flatten)]
    pub of: ReturnOf,
    /// Where the file goes, an older file of the name is replaced; frozen without a file where nothing is said.
    pub path: Option<PathBuf>,
    /// For whom it is encrypted; in the clear where nobody is named.
    #[serde(default)]
    pub to: Vec<Id<Correspondent>>,
}

/// The file that goes up.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct SentFile {
    /// Where it lies, where one was written.
    pub path: Option<PathBuf>,
    /// The fingerprint of the seat that sealed it.
    pub fingerprint: String,
    /// The digest of what it says.
    pub digest: String,
}

/// Everything that a return's file is made of.
struct Whole {
    found: Return,
    task: Task,
    content: Content,
    unit: Unit,
    before: Option<Return>,
}

impl Whole {
    fn read(db: &Db<'_>, id: Id<Return>) -> Result<Self> {
        let found = db.get(id)?;
        let (task, content, unit) = (found.package(db)?, found.content()?, db.get(found.unit)?);
        let rest = " WHERE unit = ?1 AND code = ?2 AND period = ?3 AND no < ?4 ORDER BY no DESC LIMIT 1";
        let before = db.select::<Return>(rest, (found.unit.get(), &found.code, &found.period, found.no))?.into_iter().next();
        Ok(Self { found, task, content, unit, before })
    }

    /// Writes down that the return goes into a file: of a roster which columns of how many rows, of numbers that it does.
    fn note(&self, store: &Store, path: &Path, file: &mut Target) -> Result<()> {
        let title = format!("{} {}", self.task.name(period(&self.found.period)?), self.found.period);
        let roster = |table: &&Table| table.block.as_ref().is_some_and(|block| matches!(block.each, Each::Record(_)));
        let blocks = self.task.tables.iter().filter(roster).filter_map(|table| table.block.as_ref());
        let columns: Vec<&str> = blocks.flat_map(|block| &block.columns).map(|column| column.label.as_str()).collect();
        let rows = self.task.tables.iter().zip(&self.content.values.sheets).filter(|(table, _)| roster(table));
        let many = rows.map(|(_, sheet)| sheet.lines.len() as u64).sum();
        disclosure::note(store, &Given { kind: DisclosureKind::Sent, of: &title, columns: &columns, many, path }, file)
    }

    /// The workbook that people open.
    fn workbook(&self) -> Result<Vec<u8>> {
        let signers = &self.content.signers;
        let of = period(&self.found.period)?;
        let fact = |fact: Fact| match fact {
            Fact::Unit => self.unit.name.clone(),
            Fact::Code => self.unit.code.clone(),
            Fact::Period => of.label(),
            Fact::Until => chinese_day(of.to()),
            Fact::Head if signers.head.is_empty() => self.unit.head.clone().unwrap_or_default(),
            Fact::Head => signers.head.clone(),
            Fact::Clerk => signers.clerk.clone(),
            Fact::Day => self.found.sent.map(chinese_day).unwrap_or_default(),
        };
        workbook::fill(&self.task, &workbook::blank(&self.task)?, &self.content.values, &fact)
    }

    fn manifest(&self, key: &SeatKey, sealed: i64) -> Manifest {
        let (found, content) = (&self.found, &self.content);
        let no = |no: i64| u32::try_from(no).unwrap_or(u32::MAX);
        let signers = [("单位负责人", &content.signers.head), ("审核人", &content.signers.auditor), ("填表人", &content.signers.clerk)];
        let signed = signers.into_iter().filter(|(_, name)| !name.is_empty());
        Manifest {
            format: Manifest::FORMAT,
            task: self.task.key.clone(),
            version: self.task.version,
            package: Digest::of(self.task.write().as_bytes()),
            unit: self.unit.code.clone(),
            name: self.unit.name.clone(),
            period: found.period.clone(),
            no: no(found.no),
            supersedes: self.before.as_ref().map(|before| Superseded {
                no: no(before.no),
                digest: before.digest.as_ref().and_then(|digest| digest.parse().ok()),
                reason: found.reason.clone().unwrap_or_default(),
            }),
            sealed,
            seat: key.public().fingerprint(),
            signers: signed.map(|(role, name)| SignedOff { role: role.into(), name: name.clone() }).collect(),
            explanations: content.notes.iter().map(|note| self.explained(note)).collect(),
            attachments: content
                .attachments
                .iter()
                .filter_map(|file| Some(Attached { name: file.name.clone(), size: file.size, digest: file.digest.parse().ok()? }))
                .collect(),
            values: content.values.clone(),
            note: String::new(),
        }
    }

    fn explained(&self, note: &super::Note) -> Explained {
        let sheets = self.task.tables.iter().zip(&self.content.values.sheets).filter(|(table, _)| table.block.is_some());
        let key = note.line.and_then(|line| sheets.into_iter().find_map(|(_, sheet)| sheet.lines.get(line)).map(|line| line.key.clone()));
        Explained { check: note.check.clone(), line: key.unwrap_or_default(), text: note.text.clone() }
    }
}

/// Freezes a checked return and writes its sealed file; a return that was sent before is written again as it was. Refuses a draft in
/// which something is in the way.
pub fn send(store: &Store, act: &Send) -> Result<Written<SentFile>> {
    let key = own_key(store)?;
    let mut written = store.write(Step::new("上报封存报表").irrevocable(), |tx| {
        let mut whole = Whole::read(tx, act.of.id)?;
        if !whole.found.state.is_frozen() {
            freeze(tx, &mut whole, &key)?;
        }
        let manifest = whole.manifest(&key, whole.content.sealed.unwrap_or_default());
        let file = seal::seal(&whole.workbook()?, &manifest, &key)?;
        let to = cards(tx, &act.to)?;
        let file = if to.is_empty() { file } else { seal::encrypt(&file, &to)? };
        Ok((file, SentFile { path: act.path.clone(), fingerprint: manifest.seat.clone(), digest: manifest.digest().to_string() }))
    })?;
    let file = std::mem::take(&mut written.value.0);
    if let Some(path) = &act.path {
        let whole = store.read(|db| Whole::read(db, act.of.id))?;
        bytes_noted(path, &file, |target| whole.note(store, path, target))?;
    }
    Ok(written.map(|(_, sent)| sent))
}

/// Freezes a return; the version before it is corrected by it.
fn freeze(tx: &Tx<'_>, whole: &mut Whole, key: &SeatKey) -> Result<()> {
    refuse_blocked(tx, whole)?;
    let audit = audited(tx, &whole.found, &whole.task, &whole.content)?;
    if !audit.passed {
        let (must, open) = (audit.must, audit.unexplained);
        return refused(
            format!("报表没有通过审核：强制错误 {must} 处，待说明 {open} 处。"),
            "请在“审核”里逐条处理：改正强制错误，给核实项写明原因，再上报。",
        );
    }
    whole.content.sealed = Some(tx.now().at);
    whole.found.sent = Some(tx.now().today);
    let digest = whole.manifest(key, tx.now().at).digest().to_string();
    let changes = [
        ("content", whole.content.write().to_cell()),
        ("state", ReturnState::Sent.to_cell()),
        ("sent", whole.found.sent.to_cell()),
        ("digest", Some(digest).to_cell()),
    ];
    tx.set(whole.found.id, &changes)?;
    whole.found.state = ReturnState::Sent;
    if let Some(before) = whole.before.as_ref().filter(|before| before.state.counts()) {
        tx.set(before.id, &[("state", ReturnState::Superseded.to_cell())])?;
    }
    Ok(())
}

/// Refuses a roster of this office's own records with people in it who were blocked since.
fn refuse_blocked(db: &Db<'_>, whole: &Whole) -> Result<()> {
    if whole.found.basis != Basis::Records {
        return Ok(());
    }
    let (blocked, _) = Masked::of(db, &whole.task)?.leave_out(&mut whole.content.values.clone());
    if blocked == 0 {
        return Ok(());
    }
    refused(
        format!("名册里有 {blocked} 人在运算以后封存了个人信息，不能上报。"),
        "请重新运算（封存的人不再列入），审核以后再上报；确需列入的，请先“解除封存”。",
    )
}

/// A return's workbook to write, unsealed.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct WriteReturn {
    /// The return.
    #[serde(flatten)]
    pub of: ReturnOf,
    /// Where it goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// Writes a return's workbook as it stands, without a seal: to look at, to print, or for a union above that wants no sealed file.
/// Rows of people who were blocked since say nothing.
pub fn write(store: &Store, act: &WriteReturn) -> Result<PathBuf> {
    let whole = store.read(|db| {
        let mut whole = Whole::read(db, act.of.id)?;
        Masked::of(db, &whole.task)?.leave_out(&mut whole.content.values);
        Ok(whole)
    })?;
    bytes_noted(&act.path, &whole.workbook()?, |file| whole.note(store, &act.path, file))?;
    Ok(act.path.clone())
}

/// A task's empty form to write.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct WriteBlank {
    /// The task's word.
    pub key: String,
    /// Where it goes: a workbook, or with the ending `.json` the package itself.
    pub path: PathBuf,
}

/// Writes a task's empty form, or its package for other offices.
pub fn write_blank(db: &Db<'_>, act: &WriteBlank) -> Result<PathBuf> {
    let task = super::task_file::task(db, &super::TaskOf { key: act.key.clone(), version: None })?;
    let package = act.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let bytes = if package { task.write().into_bytes() } else { workbook::blank(&task)? };
    bytes_to_file(&act.path, &bytes).map(|()| act.path.clone())
}

/// Reads a task package from a file; refuses what is none.
pub fn read_package(_: &Db<'_>, ask: &super::CardFile) -> Result<Task> {
    Task::read(&outside::text(&ask.path, LARGEST_PACKAGE)?)
}

/// Says of a blank what a task could be made of.
pub fn propose(_: &Db<'_>, ask: &super::CardFile) -> Result<Proposed> {
    let bytes = outside::bytes(&ask.path, LARGEST_BLANK)?;
    Ok(Proposed { sheets: workbook::propose(&bytes)?, blank: STANDARD.encode(&bytes) })
}

/// The largest blank that a task is made of, in bytes.
const LARGEST_BLANK: u64 = 4 << 20;
/// The largest task package, in bytes: it carries such a blank as text.
const LARGEST_PACKAGE: u64 = 16 << 20;

/// A blank as a task could be made of it.
#[derive(Debug, Serialize, Wire)]
pub struct Proposed {
    /// Its sheets.
    pub sheets: Vec<workbook::Proposal>,
    /// The file in base64, for the package.
    pub blank: String,
}
