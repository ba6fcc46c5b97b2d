//! The unions of a demonstration as records.

use chrono::NaiveDate;

use super::days;
use super::names;
use super::plots::{Kind, Plot};
use super::random::{Random, Stream};
use super::setting::Setting;
use super::words::PLACES;
use crate::calendar::Month;
use crate::record::{Id, Term};
use crate::units::{Headcount, Unit, UnitLevel, UnitMove, credit_code};

/// All unions, parents first.
pub fn units(setting: &Setting) -> impl Iterator<Item = Unit> {
    (0..setting.plots.all().len()).map(|at| unit(setting, at))
}

fn unit(setting: &Setting, at: usize) -> Unit {
    let plot = setting.plots.get(at);
    let mut random = setting.random(Stream::Units, 1 + at as u64);
    let born = random.within(1966, 1990);
    let male = random.chance(640_000);
    let road = random.pick(PLACES.of("路"));
    Unit {
        id: Id::NEW,
        code: plot.code.clone(),
        name: plot.name.clone(),
        short_name: Some(plot.short.clone()),
        level: plot.level,
        kind: Some(Term::new(kind(plot))),
        parent: plot.parent.map(|parent| setting.unit(parent)),
        union_code: union_code(plot, at),
        legal_person_no: None,
        head: Some(names::name(&mut random, male, i32::try_from(born).unwrap_or(1980), "01")),
        phone: Some(phone(0x5eed ^ setting.seed, 90_000_000 + at as u64)),
        email: None,
        opened: Some(plot.opened),
        closed: plot.closed.map(|(day, _)| day),
        merged_into: plot.closed.filter(|_| plot.merged).map(|(_, heir)| setting.unit(heir)),
        employer: plot.employer.clone(),
        employer_code: employer_code(plot, at),
        nature: nature(plot).map(Term::new),
        economy: (!plot.trade.economy.is_empty()).then(|| Term::new(plot.trade.economy)),
        industry: Some(Term::new(if plot.trade.industry.is_empty() { "S" } else { plot.trade.industry })),
        division: None,
        address: Some(format!("{}{road}{}号", plot.place, random.within(1, 380))),
        postcode: None,
        note: None,
    }
}

fn kind(plot: &Plot) -> &'static str {
    match plot.kind {
        Kind::Above if plot.name.ends_with("委员会") => "committee",
        Kind::Above => "general",
        Kind::Single => "single",
        Kind::Joint => "joint",
        Kind::Line(_) => "federation_industry",
        Kind::Branch => "branch",
    }
}

fn nature(plot: &Plot) -> Option<&'static str> {
    match plot.kind {
        Kind::Above => Some("association"),
        Kind::Joint | Kind::Line(_) => None,
        Kind::Single | Kind::Branch => Some(plot.trade.nature),
    }
}

/// The union's own credit code: 81 for a union at the grass roots and above, in a division that exists nowhere.
fn union_code(plot: &Plot, at: usize) -> Option<String> {
    let own = plot.level <= UnitLevel::Grassroots;
    own.then(|| credit_code::generate("81", "000000", &format!("MC{at:06}"))).flatten().map(|code| code.as_str().to_owned())
}

fn employer_code(plot: &Plot, at: usize) -> Option<String> {
    let prefix = match plot.trade.nature {
        "organ" => "11",
        "institution_funded" => "12",
        _ => "91",
    };
    let own = plot.kind == Kind::Single;
    own.then(|| credit_code::generate(prefix, "000000", &format!("MA{at:06}"))).flatten().map(|code| code.as_str().to_owned())
}

/// A mobile number in a range that is not assigned (169), each number to one thing.
pub fn phone(seed: u64, number: u64) -> String {
    format!("169{:08}", (number * 38_196_601 + seed % 100_000_000) % 100_000_000)
}

/// The moves of unions from one parent to another.
pub fn moves(setting: &Setting) -> impl Iterator<Item = UnitMove> {
    let plots = setting.plots.all().iter().enumerate();
    plots.filter_map(|(at, plot)| {
        let (day, before) = plot.moved?;
        let reason = "行政区划和隶属关系调整".to_owned();
        let (before, after) = (before.map(|before| setting.unit(before)), plot.parent.map(|parent| setting.unit(parent)));
        Some(UnitMove { id: Id::NEW, unit: setting.unit(at), day, before, after, reason: Some(reason), entered: days::entered(day) })
    })
}

/// The head-counts of every employer, at the ends of half-years since before the books opened.
pub fn headcounts(setting: &Setting) -> impl Iterator<Item = Headcount> {
    let days: Vec<NaiveDate> = setting.months(42).filter(|month| month.month() % 6 == 0).map(Month::last_day).collect();
    let plots = setting.plots.all().iter().enumerate().filter(|(_, plot)| plot.kind != Kind::Above);
    plots.flat_map(move |(at, plot)| {
        let there = |day: &NaiveDate| *day <= setting.end && *day >= plot.opened && plot.closed.is_none_or(|(closed, _)| *day < closed);
        let days: Vec<_> = days.iter().copied().filter(there).collect();
        days.into_iter().enumerate().map(move |(nth, day)| headcount(setting, at, nth, day))
    })
}

fn headcount(setting: &Setting, at: usize, nth: usize, day: NaiveDate) -> Headcount {
    let plot = setting.plots.get(at);
    let (first, end) = setting.plots.people_of(at);
    let mut random = setting.random(Stream::Headcounts, at as u64);
    // One in 20 employees is no member; the staff drifts a little from one half-year to the next.
    let base = i64::try_from(end - first).unwrap_or(0) * random.within(102, 118) / 100;
    let drift = |random: &mut Random| (0..=nth).fold(0, |sum, _| sum + random.within(-2, 2));
    let staff = (base + base * drift(&mut random) / 200).max(1);
    let women = staff * random.within(28, 52) / 100;
    let migrants = staff * if plot.trade.is_public() { random.within(0, 6) } else { random.within(15, 55) } / 100;
    let new_employment =
        if matches!(plot.kind, Kind::Line(_)) { staff * random.within(88, 96) / 100 } else { staff * random.within(0, 3) / 100 };
    Headcount {
        id: Id::NEW,
        unit: setting.unit(at),
        day,
        staff,
        women: Some(women),
        migrants: Some(migrants),
        new_employment: Some(new_employment),
        full_time: Some((staff / 400).min(6)),
        part_time: Some((staff / 60 + 1).min(staff).min(12)),
        entered: days::entered(day),
    }
}
