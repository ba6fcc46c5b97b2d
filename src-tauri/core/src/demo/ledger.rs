//! The ledgers of memberships and of dues, as records.

use chrono::Datelike;

use super::days;
use super::plots::Kind;
use super::random::Stream;
use super::setting::Setting;
use crate::calendar::Month;
use crate::members::{Change, ChangeKind, Dues, MemberState};
use crate::record::{Id, Money, Term};

/// Other unions that members came from or went to.
const ELSEWHERE: [&str; 6] = [
    "海州市港务集团工会",
    "江左省建设工程工会",
    "北原省能源工会",
    "东屏市软件园工会联合会",
    "南浦市职工技术学院工会",
    "西泉市物流行业工会",
];

/// What members pay a month, in fen.
const AMOUNTS: [(u32, i64); 5] = [(10, 300), (30, 500), (34, 1_000), (18, 1_500), (8, 2_000)];

/// All entries of the members' ledger: first those of the opening, then the others by their days.
pub fn changes(setting: &Setting) -> impl Iterator<Item = Change> {
    let openings = events(setting).filter(|entry| entry.opening).map(|entry| change(setting, &entry));
    let mut later: Vec<_> = events(setting).filter(|entry| !entry.opening).collect();
    later.sort_by_key(|entry| (entry.day, entry.person, entry.nth));
    openings.chain(later.into_iter().map(|entry| change(setting, &entry)))
}

/// Where an entry of the ledger is found: little enough to sort all of them.
struct Entry {
    day: u32,
    person: u32,
    nth: u8,
    opening: bool,
}

fn events(setting: &Setting) -> impl Iterator<Item = Entry> {
    setting.everybody().filter(|person| setting.is_member(*person)).flat_map(|person| {
        let events = setting.life(person).events.into_iter().enumerate();
        events.map(move |(nth, event)| Entry {
            day: event.day.num_days_from_ce().unsigned_abs(),
            person: u32::try_from(person).unwrap_or(u32::MAX),
            nth: u8::try_from(nth).unwrap_or(u8::MAX),
            opening: event.kind == ChangeKind::Opening,
        })
    })
}

fn change(setting: &Setting, entry: &Entry) -> Change {
    let (person, nth) = (u64::from(entry.person), usize::from(entry.nth));
    let life = setting.life(person);
    let event = life.events.get(nth).or(life.events.first()).copied();
    let day = event.map_or(setting.book, |event| event.day);
    let kind = event.map_or(ChangeKind::Opening, |event| event.kind);
    let counterpart = event.and_then(|event| event.counterpart);
    let outside = counterpart.is_none() && matches!(kind, ChangeKind::TransferredIn | ChangeKind::TransferredOut);
    let other = outside.then(|| setting.random(Stream::Members, 1 << 40 | person).pick(&ELSEWHERE).to_owned());
    let entered = if kind == ChangeKind::Opening { setting.book } else { day };
    Change {
        id: Id::NEW,
        member: setting.member(person),
        unit: setting.unit(event.map_or(life.unit, |event| event.unit)),
        day,
        kind,
        reason: event.and_then(|event| event.reason).map(Term::new),
        counterpart: counterpart.map(|at| setting.unit(at)),
        other,
        document: None,
        note: None,
        entered: days::entered(entered),
    }
}

/// The dues of the last months, of the unions that keep them.
pub fn dues(setting: &Setting) -> impl Iterator<Item = Dues> {
    let (months, every) = setting.size.dues;
    setting.months(months).flat_map(move |month| {
        let payers = setting.everybody().filter(move |person| pays(setting, *person, every));
        payers.filter_map(move |person| paid(setting, person, month))
    })
}

fn pays(setting: &Setting, person: u64, every: u64) -> bool {
    let home = setting.plots.home(person);
    let kept = setting.plots.get(home).kind != Kind::Above && (every == 1 || home as u64 % every == 7);
    kept && setting.is_member(person)
}

/// Who is retained pays nothing, nor who has not joined by the end of the month.
fn paid(setting: &Setting, person: u64, month: Month) -> Option<Dues> {
    let life = setting.life(person);
    let day = setting.last_of(month);
    if life.state != MemberState::Active || !life.is_in(day) {
        return None;
    }
    let mut random = setting.random(Stream::Dues, person);
    let amount = random.weighted(&AMOUNTS);
    let mut random = setting.random(Stream::Dues, 1 << 40 | person << 8 | u64::from(month.month()));
    let late = random.chance(40_000);
    let on = days::between(&mut random, days::plus(month.first_day(), 4).min(day), day);
    let there = life.events.iter().rev().find(|event| event.day <= day && event.kind.stock() > 0);
    Some(Dues {
        id: Id::NEW,
        member: setting.member(person),
        unit: setting.unit(there.map_or(life.unit, |event| event.unit)),
        month: month.to_string(),
        amount: Money(amount),
        paid: (!late).then_some(on),
        entered: days::entered(on),
    })
}
