//! Blocking (封存): while the law still wants a record, it is kept and no longer used (《个人信息保护法》第四十七条).

use chrono::NaiveDate;
use serde::Deserialize;

use super::standing;
use crate::error::{Error, Refusal, Result, refused};
use crate::people::Person;
use crate::record::{Cell, Code, Entered, Id, Record, Value, Wire};
use crate::store::{Db, Tx};

/// 封存或清除的缘由。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Ground {
    /// 本人要求删除
    #[code(1, "本人要求删除", "本人申请")]
    Asked,
    /// 撤回同意
    #[code(2, "撤回同意", "")]
    Withdrawn,
    /// 目的已实现，或保存期限已满
    #[code(3, "目的已实现或期限已满", "期限届满")]
    Over,
    /// 其他
    #[code(4, "其他", "")]
    Other,
}

/// 封存：保存期限未满、不能删除的个人信息，只保存、不使用；解除或清除时结束。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "blocking", label = "封存记录", order = "day", kept = "*")]
pub struct Blocking {
    /// The id.
    pub id: Id<Blocking>,
    /// 谁的个人信息。
    #[field(label = "人员", listed)]
    pub person: Id<Person>,
    /// 从哪一天起封存。
    #[field(label = "封存日期", listed)]
    pub day: NaiveDate,
    /// 为什么封存。
    #[field(label = "缘由", listed, filter)]
    pub ground: Ground,
    /// 申请的经过、文号等。
    #[field(label = "说明", max = 500)]
    pub note: Option<String>,
    /// 解除封存或清除的日期；空着的仍在封存。
    #[field(label = "结束日期", listed, filter)]
    pub ended: Option<NaiveDate>,
    /// 为什么解除。
    #[field(label = "结束说明", max = 500)]
    pub ended_for: Option<String>,
    /// The moment of entry.
    #[field(label = "录入时间")]
    pub entered: Entered,
}

/// A person to block.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Who.
    pub person: Id<Person>,
    /// From which day on.
    pub day: NaiveDate,
    /// Why.
    pub ground: Ground,
    /// How it came about.
    #[serde(default)]
    pub note: Option<String>,
}

/// A person whose blocking ends.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Unblock {
    /// Who.
    pub person: Id<Person>,
    /// On which day.
    pub day: NaiveDate,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

/// Blocks a person: 封存. Refuses one whom something still ties to the office, since that cannot be done without their data.
pub fn block(tx: &Tx<'_>, act: &Block) -> Result<Id<Blocking>> {
    let person = tx.get(act.person)?;
    not_ahead(tx, act.day)?;
    if let Some(refusal) = why_not(tx, act.person, &person)? {
        return Err(Error::Refused(refusal));
    }
    let new = Blocking {
        id: Id::NEW,
        person: act.person,
        day: act.day,
        ground: act.ground,
        note: act.note.clone(),
        ended: None,
        ended_for: None,
        entered: Entered(0),
    };
    tx.insert(&new)
}

/// Says why a person cannot be blocked today; nothing where they can.
pub(super) fn why_not(db: &Db<'_>, id: Id<Person>, person: &Person) -> Result<Option<Refusal>> {
    let standing = standing::of(db, id, db.now().today)?;
    let (name, live) = (&person.name, standing.live.join("、"));
    Ok(if standing.erased {
        Some(Refusal::new("这个人的个人信息已经清除，不用再封存。", ""))
    } else if standing.blocked {
        Some(Refusal::new(format!("“{name}”已经封存。"), ""))
    } else if !live.is_empty() {
        let way_out = "请先办理退会、注销等手续，再封存。";
        Some(Refusal::new(format!("“{name}”还有没结束的{live}，封存后就不能办了。"), way_out))
    } else {
        None
    })
}

/// Ends a blocking: 解除封存.
pub fn unblock(tx: &Tx<'_>, act: &Unblock) -> Result<()> {
    not_ahead(tx, act.day)?;
    let Some((id, since)) = standing_of(tx, act.person)? else { return refused("这个人没有封存。", "") };
    if act.day < since {
        return refused(format!("解除的日期在封存的日期（{since}）以前。"), "请核对日期。");
    }
    end(tx, id, act.day, act.note.clone())
}

/// Ends a blocking on a day.
pub(super) fn end(tx: &Tx<'_>, id: Id<Blocking>, day: NaiveDate, why: Option<String>) -> Result<()> {
    tx.set(id, &[("ended", day.to_cell()), ("ended_for", why.map_or(Cell::Null, Cell::Text))])
}

/// The blocking of a person that stands, and its day.
pub(super) fn standing_of(db: &Db<'_>, person: Id<Person>) -> Result<Option<(Id<Blocking>, NaiveDate)>> {
    let found = db.select::<Blocking>("WHERE person = ?1 AND ended IS NULL", [person.get()])?;
    Ok(found.first().map(|blocking| (blocking.id, blocking.day)))
}

fn not_ahead(db: &Db<'_>, day: NaiveDate) -> Result<()> {
    if day > db.now().today { refused(format!("日期 {day} 在今天之后。"), "请核对日期。") } else { Ok(()) }
}
