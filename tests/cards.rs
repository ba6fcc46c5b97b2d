//! Records that hang on others, for the wire's tests: a card with a secret and a state that acts keep, its ledger, and a link.

use unionbook_core::error::Faults;
use unionbook_core::modules::Module;
use unionbook_core::record::{Id, Money, Record};
use unionbook_core::store::Db;

use crate::plain_record::Note;

/// A card that belongs to a note.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "card", label = "卡片", order = "day", kept = "state", check = rules)]
pub struct Card {
    /// The id.
    pub id: Id<Card>,
    /// The note.
    #[field(label = "便条", listed)]
    pub note: Id<Note>,
    /// Its number, not shown to everybody.
    #[field(label = "证号", max = 18, secret)]
    pub number: Option<String>,
    /// What it cost.
    #[field(label = "工本费")]
    pub fee: Option<Money>,
    /// When it was made.
    #[field(label = "制卡日期", listed)]
    pub day: Option<chrono::NaiveDate>,
    /// Whether it is open.
    #[field(label = "是否公开")]
    pub open: bool,
    /// Its state, which acts alone change.
    #[field(label = "状态")]
    pub state: Option<i64>,
}

fn rules(card: &Card, _: &Db<'_>, faults: &mut Faults) {
    if card.fee.is_some_and(|fee| fee.0 < 0) {
        faults.error("fee", "工本费", "不能是负数", "请改正");
    }
    if card.number.is_none() {
        faults.warn("number", "证号", "还没有填写", "请尽快补填");
    }
}

/// A line of the ledger behind a card's state.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "mark", label = "卡片记录", kept = "*")]
pub struct Mark {
    /// The id.
    pub id: Id<Mark>,
    /// The card.
    #[field(label = "卡片")]
    pub card: Id<Card>,
}

/// A note and a card that go together.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "pair", label = "搭配", key = "note,card", link)]
pub struct Pair {
    /// The note.
    #[field(label = "便条")]
    pub note: Id<Note>,
    /// The card.
    #[field(label = "卡片")]
    pub card: Id<Card>,
    /// How much it weighs.
    #[field(label = "分量")]
    pub weight: Option<i64>,
}

/// The module of the cards.
pub fn module() -> Module {
    Module::new("cards").migration("1_card.sql", include_str!("cards/1_card.sql")).record::<Card>().record::<Mark>().record::<Pair>()
}
