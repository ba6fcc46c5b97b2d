//! How memberships went: joining, moving, retiring, leaving. Each is told from the seed and the person's number alone.

use chrono::NaiveDate;

use super::days;
use super::plots::Kind;
use super::random::{Random, Stream};
use super::setting::Setting;
use crate::members::{ChangeKind, MemberState};
use crate::units::UnitLevel;

/// One entry of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub day: NaiveDate,
    /// What happened.
    pub kind: ChangeKind,
    /// Where it counts.
    pub unit: usize,
    /// Why, a code of the list of reasons.
    pub reason: Option<&'static str>,
    /// The other union, where it is one of the demonstration.
    pub counterpart: Option<usize>,
}

/// A whole membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The day of joining, where it is known.
    pub joined: Option<NaiveDate>,
    /// The entries of the ledger, in order.
    pub events: Vec<Event>,
    /// Where the membership is now.
    pub unit: usize,
    /// How it stands now.
    pub state: MemberState,
}

impl Life {
    /// Says whether the person was a member on a day.
    pub fn is_in(&self, day: NaiveDate) -> bool {
        self.events.iter().filter(|event| event.day <= day).map(|event| event.kind.stock()).sum::<i64>() > 0
    }
}

/// What may befall a member, of a million in the 36 months.
const FATES: [(u32, Fate); 6] = [
    (60_000, Fate::Moves),
    (30_000, Fate::GoesElsewhere),
    (22_000, Fate::Rests),
    (16_000, Fate::Leaves),
    (400, Fate::IsExpelled),
    (0, Fate::Stays),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Fate {
    /// Nothing happens.
    #[default]
    Stays,
    /// 转会 within the demonstration.
    Moves,
    /// 转出 to a union elsewhere.
    GoesElsewhere,
    /// 保留会籍 for want of work, often resumed.
    Rests,
    /// 恢复会籍.
    Resumes,
    /// 保留会籍 on retirement.
    Retires,
    /// 退会.
    Leaves,
    /// 除名.
    IsExpelled,
    /// The union is closed or merged.
    LosesUnion,
}

/// Tells a person's membership.
pub fn live(setting: &Setting, person: u64) -> Life {
    let mut random = setting.random(Stream::Lives, person);
    let home = setting.plots.home(person);
    let mut life = origin(setting, &mut random, person, home);
    let mut fates = drawn(setting, &mut random, person, &life);
    fates.sort_by_key(|(day, _)| *day);
    for (day, fate) in fates {
        befall(setting, &mut random, &mut life, day, fate);
    }
    life
}

/// How the membership begins: it was there when the books opened, or began since.
fn origin(setting: &Setting, random: &mut Random, person: u64, home: usize) -> Life {
    let plot = setting.plots.get(home);
    let from = setting.adult(person).max(plot.opened);
    let old = from < setting.book && random.chance(915_000);
    let (day, kind, joined) = if old { opening(setting, random, from) } else { begun(setting, random, from) };
    let gone = plot.closed.filter(|(closed, _)| *closed <= day);
    let unit = gone.map_or(home, |(_, heir)| heir);
    Life { joined, events: vec![Event { day, kind, unit, reason: None, counterpart: None }], unit, state: MemberState::Active }
}

/// 建账: the day is the one of joining where it is known, else the one on which the books open.
fn opening(setting: &Setting, random: &mut Random, from: NaiveDate) -> (NaiveDate, ChangeKind, Option<NaiveDate>) {
    let joined = (!random.chance(30_000)).then(|| days::between(random, from, setting.book).min(days::between(random, from, setting.book)));
    (joined.unwrap_or(setting.book), ChangeKind::Opening, joined)
}

fn begun(setting: &Setting, random: &mut Random, from: NaiveDate) -> (NaiveDate, ChangeKind, Option<NaiveDate>) {
    let day = days::between(random, from.max(days::plus(setting.book, 1)), setting.end);
    let came = random.chance(160_000);
    let earlier = days::plus(day, -random.within(200, 3_000));
    let joined = if came { earlier.max(days::plus(from, 1)).min(day) } else { day };
    (day, if came { ChangeKind::TransferredIn } else { ChangeKind::Joined }, Some(joined))
}

/// What befalls the person, each with its day; not all of it need come to pass.
fn drawn(setting: &Setting, random: &mut Random, person: u64, life: &Life) -> Vec<(NaiveDate, Fate)> {
    let mut fates = Vec::new();
    let start = life.events.first().map_or(setting.book, |event| event.day).max(setting.book);
    let (whole, left) = ((setting.end - setting.book).num_days().max(1), (setting.end - start).num_days().max(0));
    if let Some((closed, _)) = setting.plots.get(life.unit).closed {
        fates.push((closed, Fate::LosesUnion));
    }
    for (chance, fate) in FATES {
        let part = u64::from(chance) * left.cast_unsigned() / whole.cast_unsigned();
        if random.chance(u32::try_from(part).unwrap_or(0)) {
            let day = days::between(random, days::plus(start, 1).min(setting.end), setting.end);
            fates.push((day, fate));
            if fate == Fate::Rests && random.chance(400_000) {
                fates.push((days::plus(day, random.within(40, 400)), Fate::Resumes));
            }
        }
    }
    let birth = setting.births.of(person);
    let retires = days::plus(days::years_after(birth.day, if birth.male { 60 } else { 55 }), 30);
    let opened = life.events.first().is_some_and(|event| event.kind == ChangeKind::Opening);
    if (opened || retires > start) && random.chance(660_000) {
        fates.push((retires.max(start), Fate::Retires));
    }
    fates.retain(|(day, _)| *day <= setting.end);
    fates
}

fn befall(setting: &Setting, random: &mut Random, life: &mut Life, day: NaiveDate, fate: Fate) {
    let after = life.events.last().is_none_or(|event| event.day <= day);
    if life.state == MemberState::Gone || !after {
        return;
    }
    let active = life.state == MemberState::Active;
    match fate {
        Fate::LosesUnion => lose_union(setting, life, day),
        Fate::Moves if active => {
            if let Some(to) = elsewhere(setting, random, life.unit, day) {
                transfer(life, day, to, Some("job_change"));
            }
        }
        Fate::GoesElsewhere if active => {
            end(life, day, ChangeKind::TransferredOut, "job_change");
        }
        Fate::Rests if active => {
            let reason = random.pick(&["unemployed", "laid_off", "unemployed", "other"]);
            note(life, day, ChangeKind::Retained, Some(reason));
            life.state = MemberState::Retained;
        }
        Fate::Retires if active => {
            note(life, day, ChangeKind::Retained, Some("retired"));
            life.state = MemberState::Retained;
        }
        Fate::Resumes if !active && life.events.last().is_some_and(|last| last.reason != Some("retired")) => {
            note(life, day, ChangeKind::Resumed, None);
            life.state = MemberState::Active;
        }
        Fate::Leaves if active => end(life, day, ChangeKind::Left, random.pick(&["own_request", "own_request", "dues_lapsed", "deceased"])),
        Fate::IsExpelled if active => end(life, day, ChangeKind::Expelled, "crime"),
        _ => {}
    }
}

fn note(life: &mut Life, day: NaiveDate, kind: ChangeKind, reason: Option<&'static str>) {
    life.events.push(Event { day, kind, unit: life.unit, reason, counterpart: None });
}

fn end(life: &mut Life, day: NaiveDate, kind: ChangeKind, reason: &'static str) {
    note(life, day, kind, Some(reason));
    life.state = MemberState::Gone;
}

/// Both halves of a transfer within the demonstration.
fn transfer(life: &mut Life, day: NaiveDate, to: usize, reason: Option<&'static str>) {
    let from = life.unit;
    life.events.push(Event { day, kind: ChangeKind::TransferredOut, unit: from, reason, counterpart: Some(to) });
    life.events.push(Event { day, kind: ChangeKind::TransferredIn, unit: to, reason, counterpart: Some(from) });
    life.unit = to;
}

/// A merged union's members go to the other one; a closed one's are retained by the union above (工会会员会籍管理办法).
fn lose_union(setting: &Setting, life: &mut Life, day: NaiveDate) {
    let plot = setting.plots.get(life.unit);
    let Some((_, heir)) = plot.closed.filter(|(closed, _)| *closed == day) else { return };
    let retained = life.state == MemberState::Retained;
    if retained {
        note(life, day, ChangeKind::Resumed, None);
    }
    let stays_retained = retained || !plot.merged;
    transfer(life, day, heir, Some("unit_closed"));
    life.state = MemberState::Active;
    if stays_retained {
        note(life, day, ChangeKind::Retained, Some("unit_closed"));
        life.state = MemberState::Retained;
    }
}

/// Another union of the same county that takes members on that day.
fn elsewhere(setting: &Setting, random: &mut Random, from: usize, day: NaiveDate) -> Option<usize> {
    let plots = &setting.plots;
    let county = plots.above(from, UnitLevel::County).unwrap_or(0);
    let after = plots.get(county).after;
    (0..8).find_map(|_| {
        let to = county + usize::try_from(random.below((after - county) as u64)).unwrap_or(0);
        let plot = plots.get(to);
        let takes = plot.kind != Kind::Above && to != from && plot.closed.is_none() && plot.opened <= day;
        takes.then_some(to)
    })
}
