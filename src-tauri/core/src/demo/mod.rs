//! Demonstrations: an invented province's unions, people and what they did, the same for the same seed.
//!
//! Nobody in them exists: places are invented, id numbers and credit codes have right check digits in division 000000, and
//! phone numbers lie in a range that is not assigned. Everything is made from the seed and a number alone, one noun a step.

mod births;
mod days;
mod ledger;
mod lives;
mod names;
mod people;
mod plots;
mod pour;
mod random;
mod scale;
mod setting;
mod tree;
mod units;
mod words;

use serde::Serialize;

pub use pour::Progress;
pub use scale::Scale;

use crate::calendar::Month;
use crate::error::{Result, refused};
use crate::modules::Module;
use crate::record::Row;
use crate::store::{Step, Store};
use pour::pour;
use setting::Setting;

/// The demonstrations; they have no records of their own.
pub fn module() -> Module {
    Module::new("demo")
}

/// How many rows of each record a demonstration has, by table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts(pub Vec<(&'static str, i64)>);

impl Counts {
    /// How many rows of a table there are.
    pub fn of<T: Row>(&self) -> i64 {
        self.0.iter().filter(|(name, _)| *name == T::NAME).map(|(_, count)| count).sum()
    }
}

/// Fills an empty file with a demonstration whose last month is `until`; the same seed gives the same rows.
///
/// Refuses a file that has unions or people already, and a month after the current one. Each kind of record is one step.
pub fn fill(store: &Store, scale: Scale, seed: u64, until: Month, progress: &mut Progress<'_>) -> Result<Counts> {
    let today = store.now().today;
    let taken = store.read(|db| db.one::<bool>("SELECT EXISTS (SELECT 1 FROM unit) OR EXISTS (SELECT 1 FROM person)", []))?;
    if taken == Some(true) {
        return refused("这个台账里已经有内容，不能填入示例数据。", "请新建一个台账文件，再填入示例数据。");
    }
    if until > Month::of(today) {
        return refused(format!("示例数据不能写到{}，这个月还没有到。", until.label()), "请选择本月或更早的月份。");
    }
    match Setting::new(scale, seed, until, today) {
        Some(setting) => Filling { store, counts: Counts::default(), progress }.fill(setting),
        None => refused("没有可填入的示例数据。", ""),
    }
}

/// A demonstration on its way into a file.
struct Filling<'f, 'p> {
    store: &'f Store,
    counts: Counts,
    progress: &'f mut Progress<'p>,
}

impl Filling<'_, '_> {
    fn fill(mut self, mut setting: Setting) -> Result<Counts> {
        let people = setting.size.people;
        setting.units = self.step(0, units::units(&setting))?;
        self.step(0, units::moves(&setting))?;
        self.step(0, units::headcounts(&setting))?;
        setting.people = self.step(people, people::people(&setting))?;
        setting.members = self.step(people, people::members(&setting))?;
        self.step(people * 5 / 4, ledger::changes(&setting))?;
        self.step(people, ledger::dues(&setting))?;
        Ok(self.counts)
    }

    /// Stores about so many records in one step; gives the first one's id.
    fn step<T: Row>(&mut self, about: u64, rows: impl Iterator<Item = T> + Send) -> Result<i64> {
        let step = Step::new(format!("填入示例：{}", T::table().label));
        let (first, count) = self.store.write(step, |tx| pour(tx, about, rows, self.progress))?.value;
        self.counts.0.push((T::NAME, count));
        Ok(first)
    }
}
