//! Judging a file that came in: what it is, from whom, and whether it may be taken.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::compute::{due, period};
use super::delivery::{Compared, DeliveryState, Parcel};
use super::look::{differing, telling};
use super::spot::Spot;
use super::statement::{Note, Return};
use super::task_file::TaskFile;
use crate::calendar::Period;
use crate::error::Result;
use crate::record::Id;
use crate::report::seal::{self, Digest, Found, Manifest, Opened, Outer, Receipt, SeatKey};
use crate::report::task::{Task, Value, Values};
use crate::report::workbook::{Changed, Forms, Recognised, Understood, Unread, changed};
use crate::store::{Db, Now};
use crate::units::Unit;

/// The longest file that is read.
const LARGEST: u64 = 64 << 20;

/// What this office knows, read once for a whole batch.
pub(super) struct Known {
    units: HashMap<String, (Id<Unit>, String)>,
    names: HashMap<String, String>,
    keys: HashMap<String, String>,
    pub tasks: Arc<[Task]>,
    digests: Vec<String>,
    newest: HashMap<Asked, Newest>,
    own: HashSet<String>,
    now: Now,
}

/// A union, a task's word and a period's key.
type Asked = (Id<Unit>, String, String);

/// The newest version that was received from a union.
#[derive(Clone)]
struct Newest {
    no: i64,
    digest: Option<String>,
    id: Id<Return>,
}

/// A file as it was judged.
pub(super) struct Judged {
    pub file: String,
    pub digest: String,
    pub state: DeliveryState,
    pub unit: Option<Id<Unit>>,
    pub sender: String,
    pub task: Option<usize>,
    pub period: Option<Period>,
    pub no: i64,
    pub late: bool,
    pub notes: Vec<String>,
    pub changed: Vec<Changed>,
    pub understood: Vec<Understood>,
    pub unread: Vec<Unread>,
    pub parcel: Parcel,
    pub receipt: Option<Box<Opened<Receipt>>>,
}

impl Known {
    /// Reads what is needed to judge files.
    pub fn read(db: &Db<'_>) -> Result<Self> {
        let rows = db.rows("SELECT code, id, name FROM unit", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<(String, i64, String)> = rows;
        let names = rows.iter().map(|(code, _, name)| (name.clone(), code.clone())).collect();
        let units = rows.into_iter().map(|(code, id, name)| (code, (Id::new(id), name))).collect();
        let keys = db.rows("SELECT fingerprint, code FROM correspondent", [], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
        let mut tasks = super::task_file::shipped()?;
        for kept in db.select::<TaskFile>(" ORDER BY code, version", [])? {
            let kept = Task::read(&kept.package)?;
            if !tasks.contains(&kept) {
                tasks.push(kept);
            }
        }
        let digests = tasks.iter().map(|task| Digest::of(task.write().as_bytes()).to_string()).collect();
        let own = db.rows("SELECT digest FROM return WHERE basis <= 2 AND digest IS NOT NULL", [], |row| row.get(0))?.into_iter().collect();
        Ok(Self { units, names, keys, tasks: tasks.into(), digests, newest: newest(db)?, own, now: db.now() })
    }

    /// Judges a file. A file that cannot be read is quarantined with the reason; it never stops the others.
    pub fn judge(&self, path: &Path, keys: &[SeatKey], forms: &Forms<'_>) -> Judged {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let mut judged = Judged::unknown(name);
        let outcome = bytes(path).and_then(|bytes| {
            judged.digest = Digest::of(&bytes).to_string();
            let bytes = if seal::is_encrypted(&bytes) { seal::decrypt(&bytes, keys)? } else { bytes };
            self.open(&mut judged, &bytes, forms)
        });
        if let Err(error) = outcome {
            let report = error.report();
            judged.apart(format!("{}{}", report.message, report.hint));
        }
        judged
    }

    fn open(&self, judged: &mut Judged, bytes: &[u8], forms: &Forms<'_>) -> Result<()> {
        match seal::open(bytes)? {
            Found::Return(opened) => self.sealed(judged, bytes, &opened, forms),
            Found::Receipt(opened) => {
                judged.sender = opened.says.by.clone();
                judged.receipt = Some(opened);
                Ok(())
            }
            Found::Plain => forms.recognise(&judged.file.clone(), bytes).map(|found| self.plain(judged, found)),
        }
    }

    fn sealed(&self, judged: &mut Judged, bytes: &[u8], opened: &Opened<Manifest>, forms: &Forms<'_>) -> Result<()> {
        let says = &opened.says;
        judged.sender = format!("{}（{}）", says.name, says.unit);
        judged.no = i64::from(says.no);
        let notes = says.explanations.iter().map(|said| Note {
            check: said.check.clone(),
            line: None,
            text: said.text.clone(),
            by: says.name.clone(),
        });
        judged.parcel = Parcel {
            values: says.values.clone(),
            notes: notes.collect(),
            version: says.version,
            manifest: Some(opened.digest.to_string()),
            reason: says.supersedes.as_ref().map(|before| before.reason.clone()),
            sealed: true,
            told: None,
        };
        let task = self.tasks.iter().position(|task| task.key == says.task && task.version == says.version);
        self.place(judged, &says.unit, task, &says.period);
        self.seal_of(judged, opened);
        match task.and_then(|at| Some((at, self.digests.get(at)?))) {
            None => judged.apart(format!("本台账没有任务“{}”第 {} 版，请先装入它的任务文件。", says.task, says.version)),
            Some((_, digest)) if *digest != says.package.to_string() => {
                judged.apart("对方用的任务文件与本台账的同一版本内容不同，请核实任务文件。")
            }
            Some((at, _)) => self.compare(judged, at, &forms.read(at, bytes)?),
        }
        self.version(judged, Some(opened.digest.to_string()));
        Ok(())
    }

    fn seal_of(&self, judged: &mut Judged, opened: &Opened<Manifest>) {
        let fingerprint = opened.signer.fingerprint();
        match self.keys.get(&fingerprint) {
            _ if !opened.signed => judged.apart("清单被改动过，与签名不符。"),
            None => judged.apart(format!(
                "还没有与“{}”交换通讯卡（指纹 {fingerprint}）。请先装入对方的通讯卡，并当面或打电话核对指纹。",
                opened.says.name
            )),
            Some(code) if *code != opened.says.unit => {
                judged.apart(format!("封存它的通讯卡属于组织编号 {code}，不是 {}。", opened.says.unit))
            }
            Some(_) => (),
        }
        match opened.outer {
            Outer::Whole => (),
            Outer::SavedAgain => judged.notes.push("文件封存后又被打开并保存过，内容没有改变。".into()),
            Outer::Broken => judged.apart("文件的封条已破坏：封存后有字节被改动，或传输中损坏。请对方重新发送。"),
        }
    }

    fn compare(&self, judged: &mut Judged, task: usize, found: &Values) {
        let Some(task) = self.tasks.get(task) else { return };
        judged.changed = changed(task, &judged.parcel.values, found);
        if let Some(first) = judged.changed.first() {
            let what = format!("{}!{}“{}”封存时是“{}”，现在是“{}”", first.sheet, first.at, first.label, first.sealed, first.found);
            let more = judged.changed.len();
            judged.apart(format!("封存后有 {more} 处数被改动：{what}。"));
        }
    }

    fn plain(&self, judged: &mut Judged, found: Recognised) {
        let code = found.code.clone().or_else(|| found.unit.as_ref().and_then(|name| self.names.get(name.trim()).cloned()));
        judged.sender = [found.unit.clone(), found.code.clone().map(|code| format!("（{code}）"))].into_iter().flatten().collect();
        judged.notes.push("普通表格，没有封条：按版式认出，请核对认得对不对再接收。".into());
        judged.notes.extend(found.notes);
        self.place(judged, code.as_deref().unwrap_or_default(), Some(found.task), found.period.as_deref().unwrap_or_default());
        judged.parcel =
            Parcel { values: found.values, version: self.tasks.get(found.task).map_or(0, |task| task.version), ..Parcel::default() };
        if let Some(first) = found.faults.first() {
            let at = if first.at.is_empty() { first.label.clone() } else { format!("{}!{}", first.sheet, first.at) };
            judged.apart(format!("有 {} 处认不出：{at}“{}”，{}", found.faults.len(), first.text, first.what));
        }
        judged.understood = found.understood;
        judged.unread = found.faults;
        judged.no = judged.key(self).and_then(|key| self.newest.get(&key)).map_or(1, |newest| newest.no + 1);
        if judged.state == DeliveryState::Clean {
            judged.state = DeliveryState::ToLook;
        }
    }

    /// Finds union and period, and says what is wrong with them.
    fn place(&self, judged: &mut Judged, code: &str, task: Option<usize>, key: &str) {
        judged.task = task;
        match self.units.get(code) {
            Some((unit, _)) => judged.unit = Some(*unit),
            None if code.is_empty() => judged.apart("没有写明填报单位，或本台账里没有这个名称的工会。请在表里写明填报单位的全称。"),
            None => judged.apart(format!("本台账里没有组织编号为 {code} 的工会。请先在“工会组织”里建立它，或核对编号。")),
        }
        let Ok(of) = period(key) else {
            return judged.apart("没有写明报告期。请在表里写明是哪一个月（季、年）的。");
        };
        judged.period = Some(of);
        if let Some(task) = task.and_then(|at| self.tasks.get(at)) {
            judged.late = self.now.today > due(task, of);
            if !task.asks(of) {
                judged.apart(format!("“{}”不按这样的期间报送：{}。", task.title, of.label()));
            }
        }
        if of.from() > self.now.today {
            judged.apart(format!("报告期 {} 还没有到。", of.label()));
        }
    }

    /// Says whether it is a repetition, outdated, or another file of the same version.
    fn version(&self, judged: &mut Judged, digest: Option<String>) {
        if digest.as_ref().is_some_and(|digest| self.own.contains(digest)) {
            return judged.pass_over("这是本台账自己上报的文件，不用装入。");
        }
        let Some(newest) = judged.key(self).and_then(|key| self.newest.get(&key)) else { return };
        if newest.digest == digest && newest.no == judged.no {
            judged.pass_over("与已接收的一份完全相同。");
        } else if judged.no < newest.no {
            judged.pass_over(&format!("已接收过更新的第 {} 版，这份第 {} 版已过时。", newest.no, judged.no));
        } else if judged.no == newest.no {
            judged.apart(format!("第 {} 版已接收过一份，内容与这份不同。更正应另做一版，请对方用“更正”后重报。", judged.no));
        }
    }

    /// Notes that a file of a batch was taken, for those that follow.
    pub fn took(&mut self, judged: &Judged, id: Id<Return>) {
        let newest = Newest { no: judged.no, digest: judged.parcel.manifest.clone(), id };
        if let Some(key) = judged.key(self) {
            self.newest.insert(key, newest);
        }
    }

    /// Judges the version once more, after others of the batch were taken.
    pub fn again(&self, judged: &mut Judged) {
        if judged.state == DeliveryState::Clean {
            self.version(judged, judged.parcel.manifest.clone());
        }
    }

    /// The newest return that was received from the same union for the same task and period.
    pub fn before(&self, judged: &Judged) -> Option<Id<Return>> {
        judged.key(self).and_then(|key| self.newest.get(&key)).map(|newest| newest.id)
    }

    /// The task of a judged file.
    pub fn task(&self, judged: &Judged) -> Option<&Task> {
        judged.task.and_then(|at| self.tasks.get(at))
    }
}

impl Judged {
    fn unknown(file: String) -> Self {
        Self {
            file,
            digest: String::new(),
            state: DeliveryState::Clean,
            unit: None,
            sender: String::new(),
            task: None,
            period: None,
            no: 0,
            late: false,
            notes: Vec::new(),
            changed: Vec::new(),
            understood: Vec::new(),
            unread: Vec::new(),
            parcel: Parcel::default(),
            receipt: None,
        }
    }

    /// Keeps the file apart, with a reason.
    fn apart(&mut self, why: impl Into<String>) {
        self.state = DeliveryState::Quarantined;
        self.notes.push(why.into());
    }

    fn pass_over(&mut self, why: &str) {
        if self.state != DeliveryState::Quarantined {
            self.state = DeliveryState::PassedOver;
        }
        self.notes.push(why.to_owned());
    }

    fn key(&self, known: &Known) -> Option<Asked> {
        Some((self.unit?, known.task(self)?.key.clone(), self.period?.to_string()))
    }
}

/// Reads a file that somebody chose; refuses one over 64 MB.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>> {
    crate::outside::bytes(path, LARGEST)
}

fn newest(db: &Db<'_>) -> Result<HashMap<Asked, Newest>> {
    let sql = "SELECT unit, code, period, no, digest, id FROM return WHERE basis >= 3 AND state = 4 ORDER BY no";
    let rows = db.rows(sql, [], |row| {
        let key: (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((key, row.get::<_, i64>(3)?, row.get::<_, Option<String>>(4)?, row.get::<_, i64>(5)?))
    })?;
    let of = |((unit, code, period), no, digest, id): ((i64, String, String), i64, Option<String>, i64)| {
        ((Id::new(unit), code, period), Newest { no, digest, id: Id::new(id) })
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Where two versions of a union's return differ.
pub(super) fn compared(task: &Task, before: &Values, now: &Values) -> Vec<Compared> {
    let show = |address: String| {
        let spot = Spot::read(task, &address)?;
        let (label, _, kind) = spot.said(task)?;
        let text = |values: &Values| spot.get(values).map_or_else(String::new, |value: &Value| value.show(kind));
        Some(Compared { label: label.to_owned(), before: text(before), now: text(now), at: address })
    };
    differing(task, before, now, telling).into_iter().filter_map(show).collect()
}
