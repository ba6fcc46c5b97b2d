//! Erasure (清除): what identifies a person goes for good; what past periods count stays (《个人信息保护法》第四十七条).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::block::{self, Ground};
use super::mention::{self, Mention};
use super::standing::{self, Last};
use crate::error::{Error, Refusal, Result, refused};
use crate::modules::Gone;
use crate::people::Person;
use crate::record::{Entered, Id, Record, Row as _, Wire};
use crate::store::{Db, Key, Kin, Step, Store, Tx, Words, Written, kin_of, of_record};

/// 一次清除的登记：谁、什么时候、为什么、多少人；不记是谁的。由程序写，不能改、不能删。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "erasure", label = "清除记录", order = "entered, id", kept = "*")]
pub struct Erasure {
    /// The id.
    pub id: Id<Erasure>,
    /// 谁办的。
    #[field(label = "经办人", max = 50, listed)]
    pub clerk: String,
    /// 什么时候。
    #[field(label = "时间", listed)]
    pub entered: Entered,
    /// 为什么清除。
    #[field(label = "缘由", listed, filter)]
    pub ground: Ground,
    /// 清除了多少人。
    #[field(label = "人数", listed)]
    pub people: i64,
    /// 涉及多少条记录。
    #[field(label = "记录条数", listed)]
    pub records: i64,
    /// 申请的文号等；不要写姓名和证件号码。
    #[field(label = "说明", max = 500, listed)]
    pub note: Option<String>,
}

/// People to erase.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Erase {
    /// Who.
    pub persons: Vec<Id<Person>>,
    /// Why.
    pub ground: Ground,
    /// A document's number; no name.
    #[serde(default)]
    pub note: Option<String>,
}

/// What was erased.
#[derive(Debug, Default, Serialize, Wire)]
pub struct Erased {
    /// How many people.
    pub people: usize,
    /// How many records of theirs say nothing of them any more.
    pub records: usize,
    /// How many entries of the history were emptied.
    pub entries: usize,
    /// Texts of other records in which their names stand, to be looked through by hand.
    pub mentions: Vec<Mention>,
    /// Whether the file's own pages are clean already; else they are when it is opened for the next time.
    pub clean: bool,
}

/// Erases people for good: 清除. Refused while anything ties one of them to the office, or a record of theirs must still be kept.
pub fn erase(store: &Store, ask: &Erase) -> Result<Written<Erased>> {
    let mut persons = ask.persons.clone();
    persons.sort_unstable();
    persons.dedup();
    if persons.is_empty() {
        return refused("没有选中要清除的人。", "请先选择人员。");
    }
    let step = Step::new(format!("清除 {} 人的个人信息", persons.len())).irrevocable();
    let written = store.write(step, |tx| act(tx, ask, &persons, store.clerk()))?;
    let clean = store.scrub().unwrap_or(false);
    Ok(written.map(|done| Erased { clean, ..done }))
}

fn act(tx: &Tx<'_>, ask: &Erase, persons: &[Id<Person>], clerk: &str) -> Result<Erased> {
    let (mut words, mut names) = (Words::default(), Vec::new());
    for id in persons {
        let person = tx.get(*id)?;
        if let Some(refusal) = why_not(tx, *id, &person)? {
            return Err(Error::Refused(refusal));
        }
        if let Some(number) = &person.id_number {
            words.add(number);
        }
        names.extend(former(tx, *id)?.into_iter().filter(|name| *name != person.name));
        names.push(person.name);
    }
    for person in persons {
        if let Some((blocking, _)) = block::standing_of(tx, *person)? {
            block::end(tx, blocking, tx.now().today, None)?;
        }
    }
    let ids: Vec<i64> = persons.iter().map(|person| person.get()).collect();
    let kin = kin_of(tx, Person::NAME, &ids)?;
    let mut done = Erased { people: ids.len(), records: tx.blank(Person::NAME, &kin)?, ..Erased::default() };
    let (changed, mentions) = tx.erasing(|| Ok((documents(tx, &kin, &words)?, mention::sweep(tx, &words, &names)?)))?;
    (done.records, done.mentions) = (done.records + changed, mentions);
    done.entries = tx.redact(Person::table(), &kin, &mut words, &names)?;
    noted(tx, ask, &ids, &done, clerk)?;
    Ok(done)
}

/// The names that a person had before, as the history has them.
fn former(db: &Db<'_>, id: Id<Person>) -> Result<Vec<String>> {
    let name = Person::table().searched().next().map(|field| field.name);
    let past = of_record(db, Person::table(), Key::Id(id.get()))?;
    let columns = past.into_iter().flat_map(|past| past.columns).filter(|(column, ..)| Some(column.as_str()) == name);
    let texts = columns.flat_map(|(_, old, new)| [old, new]).filter_map(|cell| cell.text().map(str::to_owned));
    Ok(texts.collect::<BTreeSet<_>>().into_iter().collect())
}

fn documents(tx: &Tx<'_>, kin: &Kin, words: &Words) -> Result<usize> {
    let gone = Gone { kin, words: words.all() };
    tx.registry().0.iter().flat_map(|module| &module.wipes).try_fold(0, |changed, wipe| Ok(changed + wipe(tx, &gone)?))
}

fn noted(tx: &Tx<'_>, ask: &Erase, ids: &[i64], done: &Erased, clerk: &str) -> Result<()> {
    for id in ids {
        tx.connection().execute("INSERT INTO erased (person) VALUES (?1)", [id])?;
    }
    tx.insert(&Erasure {
        id: Id::NEW,
        clerk: clerk.to_owned(),
        entered: Entered(0),
        ground: ask.ground,
        people: i64::try_from(done.people).unwrap_or(i64::MAX),
        records: i64::try_from(done.records).unwrap_or(i64::MAX),
        note: ask.note.clone(),
    })?;
    tx.note_erasure()
}

/// Says why a person cannot be erased today, and until when; nothing where they can.
pub(super) fn why_not(db: &Db<'_>, id: Id<Person>, person: &Person) -> Result<Option<Refusal>> {
    let (today, name) = (db.now().today, &person.name);
    let standing = standing::of(db, id, today)?;
    if standing.erased {
        return Ok(Some(Refusal::new("所选的人里，有的已经清除过了。", "请去掉他们再办。")));
    }
    if !standing.live.is_empty() {
        let live = standing.live.join("、");
        return Ok(Some(Refusal::new(format!("“{name}”还有没结束的{live}，不能清除。"), "请先办理退会、注销等手续。")));
    }
    let Some(Last { kind, until, source, .. }) = standing.last.filter(|last| last.until > today) else { return Ok(None) };
    let source = source.map_or(String::new(), |source| format!("（{source}）"));
    let way_out = if standing.blocked {
        "现已封存：只保存、不使用。到期后再清除。"
    } else {
        "本人要求删除的，现在可以先“封存”：只保存、不使用，到期后再清除。"
    };
    Ok(Some(Refusal::new(format!("“{name}”的{kind}资料要保存到 {until}{source}，现在不能清除。"), way_out)))
}
