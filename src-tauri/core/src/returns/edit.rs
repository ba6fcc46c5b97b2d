//! What people do to a draft: type in, explain, check, sign; and the correction of what was sent.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::compute::{formulas, newest, period};
use super::look::{Others, beside};
use super::spot::Spot;
use super::statement::{Attachment, Basis, Content, Note, Return, ReturnState, Signers};
use crate::error::{Error, Result, refused};
use crate::record::{Code as _, Id, Value as _, Wire};
use crate::report::formula::{Broken, outliers, says_something};
use crate::report::seal::Digest;
use crate::report::task::{Each, Holds, Task, Value, Weight};
use crate::store::{Db, Step, Store, Tx, Written};

/// Which return.
#[derive(Debug, Clone, Copy, Deserialize, Wire)]
pub struct ReturnOf {
    /// The return.
    pub id: Id<Return>,
}

/// A value that somebody types in.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct TypeIn {
    /// The return.
    pub id: Id<Return>,
    /// The address: `会员!C6`, `分单位!C:000102`.
    pub at: String,
    /// The value, in the kind's smallest part; nothing gives a computed cell its computed value back.
    pub value: Value,
}

/// A draft with what belongs to it; refuses one that is frozen.
fn draft(db: &Db<'_>, id: Id<Return>) -> Result<(Return, Task, Content)> {
    let found = db.get(id)?;
    if found.state.is_frozen() {
        return refused(format!("这份报表已经{}，不再改变。", found.state.label()), "数有变动时，请用“更正”另做一版，并写明原因。");
    }
    let (task, content) = (found.package(db)?, found.content()?);
    Ok((found, task, content))
}

/// Stores a draft's content; it has to be checked again.
fn store_draft(tx: &Tx<'_>, id: Id<Return>, content: &Content) -> Result<()> {
    tx.set(id, &[("content", content.write().to_cell()), ("state", ReturnState::Draft.to_cell())])
}

/// Types a value in. A computed cell is marked as typed and keeps the computed value beside it. Refuses facts and formulas, and a
/// value that is none of the cell's kind.
pub fn type_in(tx: &Tx<'_>, act: &TypeIn) -> Result<()> {
    let (found, task, mut content) = draft(tx, act.id)?;
    let Some(spot) = Spot::read(&task, &act.at) else { return Err(Error::Usage(format!("报表的格子“{}”", act.at))) };
    let Some((label, holds, kind)) = spot.said(&task) else { return Err(Error::Usage(format!("报表的格子“{}”", act.at))) };
    match holds {
        Holds::Formula(_) => return refused(format!("“{label}”由公式得出，不能填写。"), "请改它所依据的格子。"),
        Holds::Fact(_) | Holds::Number => return refused(format!("“{label}”由程序填写。"), "请在相应的台账里修改。"),
        Holds::Typed | Holds::Indicator(_) | Holds::Opening(_) | Holds::Field(_) => (),
    }
    unmasked(std::iter::once(&act.value))?;
    let is_text = matches!(act.value, Value::Text(_));
    if act.value != Value::Blank && is_text != (kind.divisor() == 0) {
        return refused(format!("“{label}”应填{}。", if is_text { "数" } else { "文字" }), "请核对后再填。");
    }
    let was = spot.get(&content.values).cloned().unwrap_or_default();
    let computed = content.typed.get(&act.at).cloned().unwrap_or(was);
    // What adds up is computed in a sum, from its parts.
    let counted = *holds != Holds::Typed || found.basis == Basis::Returns && kind.adds();
    let value = if act.value == Value::Blank && counted { computed.clone() } else { act.value.clone() };
    if counted {
        if value == computed {
            content.typed.remove(&act.at)
        } else {
            content.typed.insert(act.at.clone(), computed)
        };
    }
    spot.put(&mut content.values, value);
    formulas(&task)?.compute(&mut content.values);
    store_draft(tx, found.id, &content)
}

/// Refuses a number that is masked: it was seen on the screen and is not what stands there.
fn unmasked<'v>(mut values: impl Iterator<Item = &'v Value>) -> Result<()> {
    match values.find_map(|value| if let Value::Text(text) = value { Some(text).filter(|text| text.contains("***")) } else { None }) {
        Some(text) => refused(format!("“{text}”是打了星号的号码，没有填。"), "请勾选“显示完整号码”再改，或填写完整的号码。"),
        None => Ok(()),
    }
}

/// Rows that somebody types into a block of typed rows.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct TypeRows {
    /// The return.
    pub id: Id<Return>,
    /// The sheet.
    pub sheet: String,
    /// The rows, a value for each column of the block.
    pub rows: Vec<Vec<Value>>,
}

/// Replaces the typed rows of a block. Refuses a block whose rows are not typed, a sum, and rows of another width.
pub fn type_rows(tx: &Tx<'_>, act: &TypeRows) -> Result<()> {
    let (found, task, mut content) = draft(tx, act.id)?;
    if found.basis == Basis::Returns {
        return refused("汇总表里逐行的部分来自下级的报表，不能直接填写。", "请由下级更正后重报，再重新汇总。");
    }
    let table = task.tables.iter().position(|table| table.sheet == act.sheet);
    let block = table.and_then(|at| task.tables.get(at)?.block.as_ref()).filter(|block| block.each == Each::Typed);
    let (Some(at), Some(block)) = (table, block) else {
        return refused(format!("“{}”里没有逐行填写的部分。", act.sheet), "请核对表名。");
    };
    if act.rows.iter().any(|row| row.len() != block.columns.len()) {
        return Err(Error::Usage("逐行填写的列数".into()));
    }
    unmasked(act.rows.iter().flatten())?;
    let line = |row: &Vec<Value>| crate::report::task::Line { key: String::new(), values: row.clone() };
    content.values.sheets.get_mut(at).into_iter().for_each(|sheet| sheet.lines = act.rows.iter().map(line).collect());
    formulas(&task)?.compute(&mut content.values);
    store_draft(tx, found.id, &content)
}

/// An explanation of a check that does not hold.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Explain {
    /// The return.
    pub id: Id<Return>,
    /// The check's word.
    pub check: String,
    /// The row's place in the block from 0, where the check is asked for every row.
    pub line: Option<usize>,
    /// What there is to say; nothing takes the explanation back.
    pub text: String,
}

/// Explains why a check does not hold. Refuses an explanation that says nothing.
pub fn explain(store: &Store, act: &Explain) -> Result<Written<()>> {
    store.write(Step::new("说明审核问题"), |tx| {
        let (found, task, mut content) = draft(tx, act.id)?;
        if task.checks.iter().all(|check| check.key != act.check) {
            return Err(Error::Usage(format!("审核“{}”", act.check)));
        }
        let text = act.text.trim();
        if !text.is_empty() && !says_something(text) {
            return refused("这样的说明等于没有说。", "请写明是什么原因造成的，例如：“本月接收某公司整体转入 35 人”。");
        }
        content.notes.retain(|note| note.check != act.check || note.line != act.line);
        if !text.is_empty() {
            let note = Note { check: act.check.clone(), line: act.line, text: text.to_owned(), by: store.clerk().to_owned() };
            content.notes.push(note);
        }
        store_draft(tx, found.id, &content)
    })
}

/// Who signs.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct SetSigners {
    /// The return.
    pub id: Id<Return>,
    /// The names.
    pub signers: Signers,
}

/// Notes who signs a return.
pub fn sign(tx: &Tx<'_>, act: &SetSigners) -> Result<()> {
    let (found, _, mut content) = draft(tx, act.id)?;
    content.signers = act.signers.clone();
    tx.set(found.id, &[("content", content.write().to_cell())])
}

/// What checking a return found.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Audited {
    /// What does not hold, with its explanation where there is one.
    pub broken: Vec<Broken>,
    /// How many of them must hold.
    pub must: usize,
    /// How many of them wait for an explanation.
    pub unexplained: usize,
    /// Whether it may be sent.
    pub passed: bool,
}

/// Checks a draft; where nothing is in the way it becomes 已审核.
pub fn audit(tx: &Tx<'_>, act: &ReturnOf) -> Result<Audited> {
    let (found, task, content) = draft(tx, act.id)?;
    let audited = audited(tx, &found, &task, &content)?;
    let state = if audited.passed { ReturnState::Audited } else { ReturnState::Draft };
    if state != found.state {
        tx.set(found.id, &[("state", state.to_cell())])?;
    }
    Ok(audited)
}

/// Checks a return without changing it.
pub(super) fn audited(db: &Db<'_>, found: &Return, task: &Task, content: &Content) -> Result<Audited> {
    audited_beside(&beside(db, found, task, content)?, task, content)
}

/// Checks a return beside others that were read before.
pub(super) fn audited_beside(others: &Others, task: &Task, content: &Content) -> Result<Audited> {
    let mut broken = formulas(task)?.check(&others.beside(&content.values));
    broken.extend(outliers(&content.values, &others.past.iter().collect::<Vec<_>>(), task));
    let explained = |broken: &&Broken| content.notes.iter().any(|note| note.check == broken.check && note.line == broken.line);
    let must = broken.iter().filter(|broken| broken.weight == Weight::Must).count();
    let unexplained = broken.iter().filter(|broken| broken.weight == Weight::Explain && !explained(broken)).count();
    Ok(Audited { must, unexplained, passed: must == 0 && unexplained == 0, broken })
}

/// A correction of a return that was sent.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Correct {
    /// The return.
    pub id: Id<Return>,
    /// Why.
    pub reason: String,
}

/// Starts the next version of a return that was sent, accepted or returned. Refuses one without a reason, and one of a return that is
/// not the newest.
pub fn correct(tx: &Tx<'_>, act: &Correct) -> Result<Id<Return>> {
    let before = tx.get(act.id)?;
    if !before.state.is_frozen() {
        return refused("这份报表还没有上报，不用更正。", "请直接重新运算或填写。");
    }
    if !says_something(&act.reason) {
        return refused("没有写明为什么更正。", "请写明原因，例如：“漏录 10 月 20 日入会的 3 人”。");
    }
    let newest = newest(tx, before.unit, &before.code, period(&before.period)?, "1")?;
    if newest.is_none_or(|newest| newest.id != before.id) {
        return refused("这份报表已有更新的版本。", "请打开最新的一版再更正。");
    }
    let next = Return {
        id: Id::NEW,
        no: before.no + 1,
        state: ReturnState::Draft,
        sent: None,
        digest: None,
        reason: Some(act.reason.trim().to_owned()),
        ..before
    };
    tx.insert(&next)
}

/// Files that go with a return.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Attach {
    /// The return.
    pub id: Id<Return>,
    /// Files to name in it; the files themselves are sent beside it.
    #[serde(default)]
    pub add: Vec<PathBuf>,
    /// Names of files to take away again.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// Names files that go with a return, with their digests, so that the receiver knows them when they come. Refuses a file over 64 MB.
pub fn attach(tx: &Tx<'_>, act: &Attach) -> Result<()> {
    let (found, _, mut content) = draft(tx, act.id)?;
    content.attachments.retain(|file| !act.remove.contains(&file.name));
    for path in &act.add {
        let bytes = super::judge::bytes(path)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        content.attachments.retain(|file| file.name != name);
        content.attachments.push(Attachment { name, digest: Digest::of(&bytes).to_string(), size: bytes.len() as u64 });
    }
    tx.set(found.id, &[("content", content.write().to_cell())])
}
