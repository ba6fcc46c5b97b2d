//! The stations of a demonstration and the people they served, as records.

use chrono::{Datelike, NaiveDate, Weekday};

use super::days;
use super::names;
use super::random::{Random, Stream};
use super::setting::Setting;
use super::units::phone;
use super::words::PLACES;
use crate::record::{Degrees, Id, Term, Terms};
use crate::stations::coordinates::Datum;
use crate::stations::{Opening, Station, StationState, Visit};
use crate::terms::{StationFacility, StationService};
use crate::units::UnitLevel;

/// The kinds: code, words in the name.
const KINDS: [(u32, (&str, &str)); 11] = [
    (52, ("station", "工会驿站")),
    (10, ("station_worker", "劳动者驿站")),
    (6, ("station_care", "爱心驿站")),
    (5, ("station_site", "工地驿站")),
    (4, ("drivers_home", "司机之家")),
    (9, ("workers_home", "职工之家")),
    (6, ("library", "职工书屋")),
    (2, ("health", "职工健康服务站")),
    (3, ("mother", "母婴小屋")),
    (2, ("psychology", "职工心理服务站")),
    (1, ("law", "法律援助站点")),
];

/// The hosts: code, words in the name.
const HOSTS: [(u32, (&str, &str)); 9] = [
    (20, ("community", "社区居民委员会")),
    (14, ("bank", "农村商业银行网点")),
    (10, ("store", "便利店")),
    (8, ("pharmacy", "药店")),
    (8, ("sanitation", "环卫所")),
    (8, ("telecom", "通信营业厅")),
    (6, ("fuel", "加油站")),
    (6, ("logistics", "物流园")),
    (5, ("property", "物业服务中心")),
];

const STATES: [(u32, Option<StationState>); 5] = [
    (930, Some(StationState::Open)),
    (15, Some(StationState::Planned)),
    (20, Some(StationState::Mending)),
    (28, Some(StationState::Stopped)),
    (7, Some(StationState::Revoked)),
];

const BASIC: [&str; 4] = ["water", "heating", "medicine", "seat"];
const MORE: [&str; 10] = ["charging", "ac", "books", "umbrella", "wifi", "fridge", "tools", "sewing", "toilet", "blood_pressure"];
const SERVED: [&str; 4] = ["water", "meal_heating", "medicine", "rest"];
const SERVED_MORE: [&str; 9] = ["charging", "cooling", "warming", "reading", "join", "policy", "law", "employment", "toilet"];

/// The groups that come to a station, with how many of each on a usual day.
const GROUPS: [(&str, i64); 8] = [
    ("sanitation", 14),
    ("courier", 11),
    ("food", 16),
    ("ride", 6),
    ("truck", 5),
    ("construction", 7),
    ("auxiliary_police", 4),
    ("resident", 6),
];

/// Where the invented province lies: west, south, and its width and height, in millionths of a degree.
const BOX: (i64, i64, i64, i64) = (102_200_000, 25_100_000, 3_600_000, 2_800_000);

/// The stations, in order, and where they stand in the tree.
#[derive(Debug, Default)]
pub struct Stations {
    all: Vec<Station>,
    /// Union and station, in the order of the unions.
    by_unit: Vec<(usize, usize)>,
    /// The id of the first one.
    pub first: i64,
}

impl Stations {
    /// Plans the stations.
    pub fn plan(&mut self, setting: &Setting) {
        for nth in 0..setting.size.stations {
            let mut random = setting.random(Stream::Stations, nth);
            let at = host_union(setting, &mut random);
            self.by_unit.push((at, self.all.len()));
            self.all.push(station(setting, &mut random, at, nth));
        }
        self.by_unit.sort_unstable();
    }

    /// All of them.
    pub fn all(&self) -> &[Station] {
        &self.all
    }

    /// Picks a station within the same county.
    pub fn near(&self, random: &mut Random, unit: usize, setting: &Setting) -> Option<Id<Station>> {
        let county = setting.plots.above(unit, UnitLevel::County).unwrap_or(0);
        self.within(random, county, setting).filter(|(_, station)| station.state != StationState::Planned).map(|(id, _)| id)
    }

    /// Picks a station of a union's subtree that was open on a day.
    pub fn open_within(&self, random: &mut Random, unit: usize, day: NaiveDate, setting: &Setting) -> Option<(Id<Station>, &Station)> {
        self.within(random, unit, setting).filter(|(_, station)| station.was_open(day))
    }

    fn within(&self, random: &mut Random, unit: usize, setting: &Setting) -> Option<(Id<Station>, &Station)> {
        let (first, after) = (unit, setting.plots.get(unit).after);
        let found = self.by_unit.partition_point(|(at, _)| *at < first)..self.by_unit.partition_point(|(at, _)| *at < after);
        let found = self.by_unit.get(found).filter(|found| !found.is_empty())?;
        let (_, nth) = random.pick(found);
        Some((Id::new(self.first + i64::try_from(nth).ok()?), self.all.get(nth)?))
    }
}

/// The union in charge: half of them of towns, half at the grass roots.
fn host_union(setting: &Setting, random: &mut Random) -> usize {
    let all = setting.plots.all();
    let wanted = if random.chance(550_000) { UnitLevel::Town } else { UnitLevel::Grassroots };
    let picked = (0..64).map(|_| usize::try_from(random.below(all.len() as u64)).unwrap_or(0));
    let fits = |at: &usize| setting.plots.get(*at).level == wanted && setting.plots.get(*at).closed.is_none();
    picked.into_iter().find(fits).unwrap_or(0)
}

fn station(setting: &Setting, random: &mut Random, at: usize, nth: u64) -> Station {
    let plot = setting.plots.get(at);
    let (kind, words) = random.weighted(&KINDS);
    let state = random.weighted(&STATES).unwrap_or(StationState::Open);
    let (built, closed) = span(setting, random, at, state);
    let road = random.pick(PLACES.of("路"));
    let (host_kind, host) = random.weighted(&HOSTS);
    let joint = random.chance(620_000);
    let opening = random.weighted(&[(60, Some(Opening::Regular)), (28, Some(Opening::Extended)), (12, Some(Opening::Always))]);
    let opening = opening.unwrap_or(Opening::Regular);
    let town = plot.place.rsplit(['市', '县', '区']).next().unwrap_or_default();
    let (longitude, latitude, datum) = position(setting, random, at);
    Station {
        id: Id::NEW,
        code: format!("YZ{:06}", nth + 1),
        name: format!("{town}{road}{words}"),
        kind: Term::new(kind),
        level: random.chance(800_000).then(|| Term::new(random.weighted(&[(12, "model"), (48, "standard"), (40, "ordinary")]))),
        unit: setting.unit(at),
        state,
        built,
        closed,
        division: None,
        address: Some(format!("{}{road}{}号", plot.place, random.within(1, 300))),
        longitude,
        latitude,
        datum,
        mapped: datum.is_some() && random.chance(700_000),
        mode: Some(Term::new(if joint { "joint" } else { "own" })),
        host: joint.then(|| format!("{town}{host}")),
        host_kind: Some(Term::new(if joint { host_kind } else { "union" })),
        area: Some(random.within(8, 120)),
        covers: Some(random.within(30, 1_500)),
        plaque: random
            .chance(600_000)
            .then(|| format!("云工驿〔{}〕{:04}号", built.map_or(setting.until.year(), |day| day.year()), nth + 1)),
        opening,
        hours: Some(hours(opening).to_owned()),
        facilities: some_of(random, &BASIC, &MORE).into_iter().map(Term::new).collect::<Terms<StationFacility>>(),
        services: some_of(random, &SERVED, &SERVED_MORE).into_iter().map(Term::new).collect::<Terms<StationService>>(),
        smart: opening == Opening::Always || random.chance(80_000),
        staff: Some(random.within(1, 4)),
        manager: Some(names::name(random, nth.is_multiple_of(2), 1980, "01")),
        phone: Some(phone(0xca11 ^ setting.seed, 70_000_000 + nth)),
        finest: state == StationState::Open && random.chance(30_000),
        honours: None,
        note: None,
    }
}

/// The days of building and of closing that go with a state.
fn span(setting: &Setting, random: &mut Random, at: usize, state: StationState) -> (Option<NaiveDate>, Option<NaiveDate>) {
    if state == StationState::Planned {
        return (None, None);
    }
    let from = days::years_after(setting.book, -5).max(setting.plots.get(at).opened);
    let built = days::between(random, from, days::plus(setting.end, -70));
    let closed = state.is_closed().then(|| days::between(random, days::plus(built, 30), setting.end));
    (Some(built), closed)
}

fn hours(opening: Opening) -> &'static str {
    match opening {
        Opening::Regular => "08:30-18:00",
        Opening::Extended => "07:00-22:00",
        Opening::Always => "00:00-24:00",
    }
}

/// The whole of one list and a part of another.
fn some_of(random: &mut Random, all: &[&'static str], some: &[&'static str]) -> Vec<&'static str> {
    all.iter().chain(some.iter().filter(|_| random.chance(450_000))).copied().collect()
}

/// Each county has its own spot in the province; its stations lie around it.
fn position(setting: &Setting, random: &mut Random, at: usize) -> (Option<Degrees>, Option<Degrees>, Option<Datum>) {
    if random.chance(40_000) {
        return (None, None, None);
    }
    let county = setting.plots.above(at, UnitLevel::County).unwrap_or(0);
    let mut centre = setting.random(Stream::Stations, 1 << 40 | county as u64);
    let (west, south, width, height) = BOX;
    let around = |random: &mut Random| random.within(-60_000, 60_000) + random.within(-60_000, 60_000);
    let longitude = west + centre.within(150_000, width - 150_000) + around(random);
    let latitude = south + centre.within(150_000, height - 150_000) + around(random);
    let datum = random.weighted(&[(60, Some(Datum::Gcj02)), (25, Some(Datum::Wgs84)), (15, Some(Datum::Bd09))]);
    (Some(Degrees(longitude)), Some(Degrees(latitude)), datum)
}

/// Visits of the last months, a station's month after the other.
pub fn visits<'s>(setting: &'s Setting, stations: &'s Stations) -> impl Iterator<Item = Visit> + 's {
    setting.months(setting.size.visit_months).flat_map(move |month| {
        stations.all().iter().enumerate().filter(|(_, station)| counts_visits(station)).flat_map(move |(nth, station)| {
            let last = setting.last_of(month);
            let open = month.first_day().iter_days().take_while(move |day| *day <= last).filter(|day| station.was_open(*day));
            open.flat_map(move |day| of_day(setting, stations.first, nth, station, day))
        })
    })
}

/// Libraries, rooms for mothers and the like keep no count.
fn counts_visits(station: &Station) -> bool {
    station.kind.code().starts_with("station") || matches!(station.kind.code(), "drivers_home" | "workers_home")
}

fn of_day(setting: &Setting, first: i64, nth: usize, station: &Station, day: NaiveDate) -> Vec<Visit> {
    let number = u64::from(day.num_days_from_ce().unsigned_abs());
    let mut random = setting.random(Stream::Visits, (nth as u64) << 24 | number);
    let mut size = setting.random(Stream::Visits, 1 << 56 | nth as u64);
    let rest = station.opening == Opening::Regular && (day.weekday() == Weekday::Sun || random.chance(60_000));
    if rest {
        return Vec::new();
    }
    let (busy, id) = (size.within(30, 180), Id::new(first + i64::try_from(nth).unwrap_or(0)));
    let drivers = station.kind.code() == "drivers_home";
    let groups = GROUPS.into_iter().filter(|(group, _)| if drivers { matches!(*group, "truck" | "ride") } else { size.chance(520_000) });
    let counted = groups.filter_map(|(visitor, usual)| {
        let count = usual * busy * random.within(40, 160) / 10_000;
        (count > 0).then(|| Visit { id: Id::NEW, station: id, day, visitor: Term::new(visitor), count, entered: days::entered(day) })
    });
    counted.collect()
}
