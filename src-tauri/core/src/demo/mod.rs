//! Demonstrations: an invented province's unions, people and what they did, the same for the same seed.
//!
//! Nobody in them exists: places are invented, id numbers and credit codes have right check digits in division 000000, and
//! phone numbers lie in a range that is not assigned. Everything is made from the seed and a number alone, one noun a step.

mod activities;
mod births;
mod days;
mod ledger;
mod lives;
mod names;
mod people;
mod plots;
mod pour;
mod random;
pub mod roster;
mod scale;
mod setting;
mod stations;
mod tree;
mod units;
mod volunteers;
mod words;

use serde::Serialize;

pub use pour::Progress;
pub use scale::Scale;

use crate::activities::Activity;
use crate::calendar::Month;
use crate::error::{Result, refused};
use crate::members::Member;
use crate::modules::Module;
use crate::people::Person;
use crate::record::Row;
use crate::stations::Station;
use crate::store::{Step, Store};
use crate::units::Unit;
use crate::volunteers::Team;
use activities::Calendar;
use pour::pour;
use setting::Setting;
use stations::Stations;
use volunteers::Corps;

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
        Some(setting) => {
            // Those who took part are found all over the people, so that these are better held whole: half a KiB each.
            let room = i64::try_from(setting.size.people / 2).unwrap_or(i64::MAX);
            store.with_room(room, || Filling { store, counts: Counts::default(), progress }.fill(setting))
        }
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
        let (mut stations, mut corps) = (Stations::default(), Corps::default());
        let mut calendar = Calendar::default();
        self.number(&mut setting, &mut stations, &mut corps, &mut calendar)?;
        let (setting, people) = (&setting, setting.size.people);
        self.step(0, units::units(setting))?;
        self.step(0, units::moves(setting))?;
        self.step(0, units::headcounts(setting))?;
        self.step(people, people::people(setting))?;
        stations.plan(setting);
        self.step(0, stations.all().iter().cloned())?;
        self.step(people, stations::visits(setting, &stations))?;
        self.step(people, people::members(setting, &stations))?;
        self.step(people * 5 / 4, ledger::changes(setting))?;
        self.step(people, ledger::dues(setting))?;
        corps.plan(setting);
        self.step(0, volunteers::teams(setting, &corps))?;
        self.step(people / 12, volunteers::volunteers(setting, &corps))?;
        calendar.plan(setting, &corps);
        self.step(setting.size.activities, activities::activities(setting, &calendar, &stations))?;
        self.step(setting.size.attendances, activities::participations(setting, &calendar))?;
        self.step(setting.size.attendances / 8, activities::services(setting, &calendar, &corps))?;
        Ok(self.counts)
    }

    /// Finds the ids that the first records are going to have; the step that asks writes nothing and leaves no trace.
    fn number(&self, setting: &mut Setting, stations: &mut Stations, corps: &mut Corps, calendar: &mut Calendar) -> Result<()> {
        let asked = self.store.write(Step::new("准备示例数据"), |tx| {
            setting.units = tx.coming::<Unit>()?.get();
            setting.people = tx.coming::<Person>()?.get();
            setting.members = tx.coming::<Member>()?.get();
            stations.first = tx.coming::<Station>()?.get();
            corps.first = tx.coming::<Team>()?.get();
            calendar.first = tx.coming::<Activity>()?.get();
            Ok(())
        });
        asked.map(|_| ())
    }

    /// Stores about so many records in one step.
    fn step<T: Row>(&mut self, about: u64, rows: impl Iterator<Item = T> + Send) -> Result<()> {
        let step = Step::new(format!("填入示例：{}", T::table().label));
        let count = self.store.write(step, |tx| pour(tx, about, rows, self.progress))?.value;
        self.counts.0.push((T::NAME, count));
        Ok(())
    }
}
