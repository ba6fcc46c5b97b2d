//! The activities of a demonstration, who took part and who served, as records.

use chrono::{Datelike, NaiveDate};

use super::days;
use super::names;
use super::random::{Random, Shuffle, Stream};
use super::setting::Setting;
use super::stations::Stations;
use super::volunteers::Corps;
use super::words::ACTIVITIES;
use crate::activities::{Activity, ActivityState, Participation};
use crate::record::{Id, Minutes, Money, Term, Terms};
use crate::units::UnitLevel;
use crate::volunteers::{Service, ServiceSource};

/// A kind of activity.
#[derive(Debug, Clone, Copy, Default)]
struct Sort {
    kind: &'static str,
    /// The field of service, where it is one of volunteers.
    area: Option<&'static str>,
    /// The months it is held in, between commas; all where it is `-`.
    months: &'static str,
    minutes: i64,
    /// What it costs a head, in yuan.
    cost: i64,
    title: &'static str,
}

impl Sort {
    fn all() -> Vec<(u32, Self)> {
        let read = |(kind, words): (&'static str, &[&'static str])| {
            let [area, months, weight, minutes, cost, title @ ..] = words else { return None };
            let area = Some(*area).filter(|area| *area != "-");
            let (minutes, cost) = (minutes.parse().ok()?, cost.parse().ok()?);
            Some((weight.parse().ok()?, Self { kind, area, months, minutes, cost, title: title.first()? }))
        };
        ACTIVITIES.rest(&[]).filter_map(read).collect()
    }

    fn fits(self, month: u32) -> bool {
        self.months == "-" || self.months.split(',').any(|one| one.parse() == Ok(month))
    }
}

/// How it is known who took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Roll {
    /// By name.
    Names,
    /// Volunteers by name, with their hours.
    Hours,
    /// By count.
    Counts,
    /// Not at all: it was not held, or not yet.
    None,
}

/// An activity as planned.
#[derive(Debug, Clone, Copy)]
struct Plan {
    unit: u32,
    sort: u16,
    day: NaiveDate,
    state: ActivityState,
    roll: Roll,
    people: u32,
}

/// All activities, in the order of their days.
#[derive(Debug, Default)]
pub struct Calendar {
    sorts: Vec<(u32, Sort)>,
    plans: Vec<Plan>,
    /// The id of the first one.
    pub first: i64,
}

impl Calendar {
    /// Plans the activities, so that about as many people are named in them as the size says.
    pub fn plan(&mut self, setting: &Setting, corps: &Corps) {
        self.sorts = Sort::all();
        self.plans = (0..setting.size.activities).map(|nth| self.draft(setting, nth)).collect();
        let most: Vec<u64> = self.plans.iter().map(|plan| most(setting, corps, plan)).collect();
        let named = |scale: u64| -> u64 {
            let size = |(plan, most): (&Plan, &u64)| if plan.roll == Roll::Counts { 0 } else { scaled(plan, *most, scale) };
            self.plans.iter().zip(&most).map(size).sum()
        };
        let (mut low, mut high) = (0, 100_000);
        while low + 1 < high {
            let middle = (low + high) / 2;
            if named(middle) < setting.size.attendances { low = middle } else { high = middle }
        }
        let sizes: Vec<u64> = self.plans.iter().zip(&most).map(|(plan, most)| scaled(plan, *most, high)).collect();
        for (plan, size) in self.plans.iter_mut().zip(sizes) {
            plan.people = u32::try_from(size).unwrap_or(u32::MAX);
        }
    }

    fn draft(&self, setting: &Setting, nth: u64) -> Plan {
        let mut random = setting.random(Stream::Activities, nth);
        let days = (setting.end - setting.book).num_days().cast_unsigned();
        let place = (nth * 1_000 + random.below(1_000)) * days / (setting.size.activities * 1_000);
        let day = days::plus(setting.book, place.cast_signed() + 1).min(setting.end);
        let unit = organiser(setting, &mut random, day);
        let fitting: Vec<(u32, u16)> =
            (0u16..).zip(&self.sorts).filter(|(_, (_, sort))| sort.fits(day.month())).map(|(at, (weight, _))| (*weight, at)).collect();
        let sort = random.weighted(&fitting);
        let (state, day) = match random.below(1_000) {
            0..25 => (ActivityState::Cancelled, day),
            25..37 => (ActivityState::Planned, days::plus(setting.end, random.within(2, 40))),
            _ => (ActivityState::Held, day),
        };
        let roll = match (state, self.sort(sort).area) {
            (ActivityState::Held, Some(_)) => Roll::Hours,
            (ActivityState::Held, None) if random.chance(200_000) => Roll::Counts,
            (ActivityState::Held, None) => Roll::Names,
            _ => Roll::None,
        };
        let people = eagerness(setting, &mut random, unit, roll);
        Plan { unit: u32::try_from(unit).unwrap_or(0), sort, day, state, roll, people }
    }

    fn sort(&self, at: u16) -> Sort {
        self.sorts.get(usize::from(at)).map(|(_, sort)| *sort).unwrap_or_default()
    }
}

/// Who holds it: the grass roots half the time, else a union above that was there by then.
fn organiser(setting: &Setting, random: &mut Random, day: NaiveDate) -> usize {
    let all = setting.plots.all();
    let wanted = random.weighted(&[
        (48, Some(UnitLevel::Grassroots)),
        (30, Some(UnitLevel::Town)),
        (18, Some(UnitLevel::County)),
        (4, Some(UnitLevel::City)),
    ]);
    let lasting = |at: &usize| setting.plots.get(*at).closed.is_none() && setting.plots.get(*at).opened < day;
    let leaf = (0..8).map(|_| usize::try_from(random.below(all.len() as u64)).unwrap_or(0)).find(lasting).unwrap_or(0);
    let up = wanted.and_then(|level| setting.plots.above(leaf, level));
    up.filter(lasting).unwrap_or(leaf)
}

/// How many people it is meant for, before it is fitted to how many there are.
fn eagerness(setting: &Setting, random: &mut Random, unit: usize, roll: Roll) -> u32 {
    let (first, last) = match (setting.plots.get(unit).level, roll) {
        (_, Roll::Hours) => random.weighted(&[(60, (5, 20)), (30, (20, 60)), (10, (60, 160))]),
        (UnitLevel::Grassroots | UnitLevel::Branch, _) => random.weighted(&[(60, (12, 50)), (30, (50, 120)), (10, (120, 300))]),
        (UnitLevel::Town, _) => random.weighted(&[(60, (25, 80)), (30, (80, 200)), (10, (200, 500))]),
        _ => random.weighted(&[(55, (40, 140)), (33, (140, 400)), (12, (400, 1_200))]),
    };
    u32::try_from(random.within(first, last)).unwrap_or(20)
}

fn most(setting: &Setting, corps: &Corps, plan: &Plan) -> u64 {
    let unit = plan.unit as usize;
    let (first, end) = setting.plots.people_of(unit);
    match plan.roll {
        Roll::Names | Roll::Counts => (end - first) * 7 / 10,
        Roll::Hours => corps.of(setting, unit).iter().filter(|helper| helper.is_in(plan.day)).count() as u64,
        Roll::None => 0,
    }
}

/// The size of an activity, scaled by so many thousandths, as far as there are people.
fn scaled(plan: &Plan, most: u64, scale: u64) -> u64 {
    let wanted = if plan.roll == Roll::None { 0 } else { (u64::from(plan.people) * scale / 1_000).max(3) };
    wanted.min(most)
}

/// All activities.
pub fn activities<'s>(setting: &'s Setting, calendar: &'s Calendar, stations: &'s Stations) -> impl Iterator<Item = Activity> + 's {
    (0u64..).zip(&calendar.plans).map(|(nth, plan)| activity(setting, calendar, stations, plan, nth))
}

fn activity(setting: &Setting, calendar: &Calendar, stations: &Stations, plan: &Plan, nth: u64) -> Activity {
    let mut random = setting.random(Stream::Activities, 1 << 40 | nth);
    let (sort, unit) = (calendar.sort(plan.sort), plan.unit as usize);
    let plot = setting.plots.get(unit);
    let held = plan.state == ActivityState::Held;
    let at_station = matches!(sort.kind, "station_day" | "workers_day") || matches!(sort.area, Some("station" | "outdoor"));
    let station = if at_station && held { stations.open_within(&mut random, unit, plan.day, setting) } else { None };
    let begins = random.pick(&[8 * 60 + 30, 9 * 60, 9 * 60 + 30, 14 * 60, 14 * 60 + 30]).min(23 * 60 - sort.minutes);
    let people = i64::from(plan.people);
    let planned = if held { people } else { random.within(20, 120) };
    let cost = people * sort.cost * random.within(60, 130);
    let budget = (cost.max(planned * sort.cost * 100) * random.within(100, 120) / 100 + 9_999) / 10_000 * 10_000;
    let counted = plan.roll == Roll::Counts;
    Activity {
        id: Id::NEW,
        code: Some(format!("HD{}{:06}", plan.day.year(), nth + 1)),
        title: sort.title.replace("{年}", &plan.day.year().to_string()),
        kind: Term::new(sort.kind),
        area: sort.area.map(Term::new),
        brand: (sort.area.is_some() && random.chance(180_000)).then(|| random.pick(&["工会蓝", "职工帮帮团", "匠心志愿行"]).to_owned()),
        unit: setting.unit(unit),
        partners: None,
        partner_kinds: Terms::new(),
        state: plan.state,
        planned: Some(if held { days::plus(plan.day, -random.within(0, 6)) } else { plan.day }),
        day: held.then_some(plan.day),
        until: None,
        begins: held.then(|| clock(begins)),
        ends: held.then(|| clock(begins + sort.minutes)),
        length: Some(Minutes(sort.minutes)),
        station: station.map(|(id, _)| id),
        place: Some(station.map_or_else(|| place(&mut random, &plot.short), |(_, station)| station.name.clone())),
        audience: None,
        planned_people: Some(planned),
        persons: counted.then_some(people),
        women: counted.then(|| people * random.within(25, 60) / 100),
        times: counted.then_some(people),
        served: (held && sort.area.is_some()).then(|| people * random.within(2, 12)),
        budget: (sort.cost > 4).then_some(Money(budget)),
        cost: held.then_some(Money(cost.min(if sort.cost > 4 { budget } else { cost }))),
        fund: Some(Term::new(random.weighted(&[(66, "union"), (16, "superior"), (12, "administration"), (6, "society")]))),
        leader: Some(names::name(&mut random, !nth.is_multiple_of(3), 1982, "01")),
        recorder: None,
        summary: None,
        note: None,
    }
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn place(random: &mut Random, short: &str) -> String {
    let owner = short.trim_end_matches("工会委员会").trim_end_matches("总工会").trim_end_matches("工会");
    format!("{owner}{}", random.pick(&["会议室", "职工活动中心", "文化广场", "报告厅", "职工之家", "体育馆"]))
}

/// Who took part in each activity, the one after the other.
pub fn participations<'s>(setting: &'s Setting, calendar: &'s Calendar) -> impl Iterator<Item = Participation> + 's {
    let named = (0u64..).zip(&calendar.plans).filter(|(_, plan)| plan.roll == Roll::Names);
    named.flat_map(move |(nth, plan)| {
        let activity = Id::new(calendar.first + nth.cast_signed());
        let entered = days::entered(plan.day);
        participants(setting, plan, nth).into_iter().map(move |(person, member)| Participation {
            activity,
            person: setting.person(person),
            member,
            entered,
        })
    })
}

/// Picks people of the organiser's subtree: members of that day, and those without any membership.
fn participants(setting: &Setting, plan: &Plan, nth: u64) -> Vec<(u64, bool)> {
    let (first, end) = setting.plots.people_of(plan.unit as usize);
    let shuffle = Shuffle::new(setting.random(Stream::Participants, nth).bits(), end - first);
    let there = |person: u64| {
        let member = setting.is_member(person);
        let takes = if member { setting.life(person).is_in(plan.day) } else { setting.adult(person) <= plan.day };
        takes.then_some((person, member))
    };
    let picked = (0..end - first).filter_map(|number| there(first + shuffle.place(number)));
    let mut picked: Vec<_> = picked.take(plan.people as usize).collect();
    picked.sort_unstable();
    picked
}

/// Who served in each activity of volunteers, the one after the other.
pub fn services<'s>(setting: &'s Setting, calendar: &'s Calendar, corps: &'s Corps) -> impl Iterator<Item = Service> + 's {
    let served = (0u64..).zip(&calendar.plans).filter(|(_, plan)| plan.roll == Roll::Hours);
    served.flat_map(move |(nth, plan)| {
        let mut random = setting.random(Stream::Participants, 1 << 40 | nth);
        let length = calendar.sort(plan.sort).minutes;
        let activity = Id::new(calendar.first + nth.cast_signed());
        volunteers(setting, corps, plan, nth).into_iter().map(move |person| {
            let by_hand = random.chance(90_000);
            Service {
                activity,
                person: setting.person(person),
                minutes: Minutes(length - random.weighted(&[(70, 0), (16, 30), (9, 45), (5, 60)])),
                source: if by_hand { ServiceSource::Entered } else { ServiceSource::SignedIn },
                evidence: by_hand.then(|| random.pick(&["纸质签到表扫描件", "现场照片和队长证明", "服务对象签字确认单"]).to_owned()),
                content: None,
                entered: days::entered(plan.day),
            }
        })
    })
}

fn volunteers(setting: &Setting, corps: &Corps, plan: &Plan, nth: u64) -> Vec<u64> {
    let all = corps.of(setting, plan.unit as usize);
    let shuffle = Shuffle::new(setting.random(Stream::Participants, nth).bits(), all.len() as u64);
    let places = (0..all.len() as u64).filter_map(|number| usize::try_from(shuffle.place(number)).ok());
    let there = places.filter_map(|at| all.get(at)).filter(|helper| helper.is_in(plan.day));
    let mut picked: Vec<u64> = there.take(plan.people as usize).map(|helper| helper.person).collect();
    picked.sort_unstable();
    picked
}
