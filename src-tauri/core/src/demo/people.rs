//! The people of a demonstration and their memberships, as records.

use chrono::{Datelike, NaiveDate};

use super::births::Birth;
use super::days;
use super::names;
use super::plots::{Kind, Plot};
use super::random::{Random, Stream};
use super::setting::Setting;
use super::stations::Stations;
use super::units::phone;
use super::words::PLACES;
use crate::calendar;
use crate::members::{ChangeKind, Member, MemberKind, MemberState};
use crate::people::Person;
use crate::people::id_number::IdKind;
use crate::people::sex::Sex;
use crate::record::{Id, Term};

/// Where people's families come from; most from the province itself.
pub const NATIVE_PLACES: &[&str] = &[
    "云岭省",
    "云岭省",
    "云岭省",
    "云岭省",
    "云岭省",
    "云岭省",
    "四川省",
    "贵州省",
    "湖南省",
    "河南省",
    "重庆市",
    "江西省",
    "湖北省",
    "广西壮族自治区",
];

/// Of 10,000 people, how many are of each nationality.
const ETHNIC: [(u32, &str); 15] = [
    (8_360, "01"),
    (420, "07"),
    (200, "06"),
    (190, "14"),
    (180, "03"),
    (150, "15"),
    (110, "08"),
    (90, "11"),
    (70, "12"),
    (60, "04"),
    (55, "05"),
    (40, "18"),
    (35, "02"),
    (25, "27"),
    (15, "17"),
];

const EDUCATION_PUBLIC: [(u32, &str); 5] = [(9, "14"), (58, "21"), (24, "31"), (6, "41"), (3, "61")];
const EDUCATION: [(u32, &str); 8] = [(2, "14"), (16, "21"), (26, "31"), (14, "41"), (6, "47"), (18, "61"), (16, "71"), (2, "81")];
const POLITICS_PUBLIC: [(u32, &str); 6] = [(46, "01"), (2, "02"), (8, "03"), (1, "05"), (1, "10"), (42, "13")];
const POLITICS: [(u32, &str); 5] = [(10, "01"), (1, "02"), (9, "03"), (1, "12"), (79, "13")];
const SKILL: [(u32, &str); 6] = [(62, "0"), (14, "5"), (12, "4"), (8, "3"), (3, "2"), (1, "1")];
const SOURCE: [(u32, &str); 4] = [(82, "unit"), (7, "online"), (6, "personal"), (5, "visit")];
const SOURCE_LINE: [(u32, &str); 4] = [(38, "batch"), (30, "scan"), (20, "station"), (12, "visit")];

/// Everybody, in order.
pub fn people(setting: &Setting) -> impl Iterator<Item = Person> {
    setting.everybody().map(|person| one(setting, person))
}

fn one(setting: &Setting, person: u64) -> Person {
    let mut random = setting.random(Stream::People, person);
    let (birth, plot) = (setting.births.of(person), setting.plots.get(setting.plots.home(person)));
    let public = plot.trade.is_public();
    let ethnic = random.weighted(&ETHNIC);
    let education = random.weighted(if public { &EDUCATION_PUBLIC[..] } else { &EDUCATION });
    let adult = days::years_after(birth.day, 18);
    let politics = politics(&mut random, public, calendar::age(birth.day, setting.end));
    Person {
        id: Id::NEW,
        name: names::name(&mut random, birth.male, birth.day.year(), ethnic),
        sex: if birth.male { Sex::Male } else { Sex::Female },
        birth: Some(birth.day),
        id_kind: Some(IdKind::Resident),
        id_number: birth.id_number(),
        ethnic: Some(Term::new(ethnic)),
        education: Some(Term::new(education)),
        politics: Some(Term::new(politics)),
        marital: random.chance(900_000).then(|| Term::new(marital(&mut random, calendar::age(birth.day, setting.end)))),
        phone: (!random.chance(15_000)).then(|| phone(setting.seed, person)),
        email: None,
        address: random.chance(60_000).then(|| address(&mut random, plot)),
        division: None,
        household: Some(Term::new(household(&mut random, plot))),
        household_place: Some(plot.place.clone()),
        native_place: Some(random.pick(NATIVE_PLACES).to_owned()),
        employer: Some(employer(&mut random, plot)),
        job: job(&mut random, plot),
        title: (public && random.chance(350_000)).then(|| random.pick(&["初级", "中级", "中级", "副高级"]).to_owned()),
        employment: Some(Term::new(employment(setting, person))),
        skill: Some(Term::new(if public { "0" } else { random.weighted(&SKILL) })),
        started_work: random.chance(300_000).then(|| days::plus(adult, random.within(60, 2_200))).filter(|day| *day <= setting.end),
        note: None,
    }
}

/// 就业状况, as far as the membership tells it.
fn employment(setting: &Setting, person: u64) -> &'static str {
    let life = setting.is_member(person).then(|| setting.life(person)).filter(|life| life.state == MemberState::Retained);
    match life.and_then(|life| life.events.last().and_then(|event| event.reason)) {
        Some("retired") => "retired",
        Some("laid_off") => "laid_off",
        Some("unemployed" | "unit_closed") => "unemployed",
        _ => "on_post",
    }
}

/// 共青团员 leave the league at 28.
fn politics(random: &mut Random, public: bool, age: i32) -> &'static str {
    match random.weighted(if public { &POLITICS_PUBLIC[..] } else { &POLITICS }) {
        "03" if age > 28 => "13",
        "13" if age < 26 => "03",
        other => other,
    }
}

fn marital(random: &mut Random, age: i32) -> &'static str {
    match age {
        ..24 => "10",
        24..31 => random.weighted(&[(55, "10"), (45, "20")]),
        _ => random.weighted(&[(6, "10"), (85, "20"), (2, "30"), (7, "40")]),
    }
}

fn household(random: &mut Random, plot: &Plot) -> &'static str {
    let farmers = if plot.trade.is_public() { 12 } else { 46 };
    random.weighted(&[(farmers, "agri"), (100 - farmers, "nonagri")])
}

fn address(random: &mut Random, plot: &Plot) -> String {
    let road = random.pick(PLACES.of("路"));
    format!(
        "{}{road}{}号{}幢{}室",
        plot.place,
        random.within(1, 300),
        random.within(1, 20),
        random.within(1, 6) * 100 + random.within(1, 4)
    )
}

/// The employer of one union, or one of the small ones that a joint union stands for.
fn employer(random: &mut Random, plot: &Plot) -> String {
    if let Some(employer) = &plot.employer {
        return employer.clone();
    }
    match plot.kind {
        Kind::Above => plot.name.clone(),
        _ => {
            let nth = random.below(9);
            let stem: String = plot.short.chars().take(4).collect();
            let suffix = ["便利店", "餐饮店", "汽修厂", "五金加工部", "配送站", "超市", "快递服务点", "货运部", "理发店"];
            format!("{stem}{}", usize::try_from(nth).ok().and_then(|nth| suffix.get(nth)).copied().unwrap_or("商店"))
        }
    }
}

fn job(random: &mut Random, plot: &Plot) -> Option<String> {
    let jobs: Vec<&str> = match plot.kind {
        Kind::Line(group) => vec![line_job(group)],
        Kind::Above => vec!["工会干事", "社会化工会工作者"],
        _ => plot.trade.jobs.split(',').collect(),
    };
    Some(random.pick(&jobs).to_owned()).filter(|job| !job.is_empty())
}

fn line_job(group: &str) -> &'static str {
    match group {
        "truck" => "货车司机",
        "courier" => "快递员",
        "food" => "外卖配送员",
        "ride" => "网约车司机",
        "domestic" => "家政服务员",
        _ => "保安员",
    }
}

/// All memberships, in the order of their people.
pub fn members(setting: &Setting, stations: &Stations) -> impl Iterator<Item = Member> {
    setting.everybody().filter(|person| setting.is_member(*person)).map(|person| member(setting, stations, person))
}

fn member(setting: &Setting, stations: &Stations, person: u64) -> Member {
    let mut random = setting.random(Stream::Members, person);
    let (birth, plot) = (setting.births.of(person), setting.plots.get(setting.plots.home(person)));
    let life = setting.life(person);
    let came = life.events.first().map_or(ChangeKind::Opening, |event| event.kind);
    let known = came == ChangeKind::Joined || life.joined.is_some_and(|day| day >= later_sources());
    let source: &str = random.weighted(if matches!(plot.kind, Kind::Line(_)) { &SOURCE_LINE } else { &SOURCE });
    Member {
        id: Id::NEW,
        person: setting.person(person),
        unit: setting.unit(life.unit),
        state: life.state,
        kind: MemberKind::Full,
        card_number: random.chance(700_000).then(|| format!("YL{:010}", person + 1)),
        joined: life.joined,
        migrant: is_migrant(&mut random, plot),
        new_employment: group(&mut random, plot, birth).map(Term::new),
        source: known.then(|| Term::new(source)),
        station: (known && source == "station").then(|| stations.near(&mut random, life.unit, setting)).flatten(),
        work_number: (plot.kind == Kind::Single && random.chance(500_000)).then(|| format!("{:05}", person - plot.first + 1)),
        team: (plot.kind == Kind::Single && life.state != MemberState::Gone)
            .then(|| format!("第{}工会小组", (person - plot.first) / 25 + 1))
            .filter(|_| random.chance(400_000)),
        note: None,
    }
}

/// Since when it is noted by what way members joined.
fn later_sources() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, 1).unwrap_or_default()
}

fn is_migrant(random: &mut Random, plot: &Plot) -> bool {
    random.chance(match plot.kind {
        Kind::Line(_) => 620_000,
        Kind::Joint => 480_000,
        _ if plot.trade.is_public() => 25_000,
        _ => 360_000,
    })
}

/// The new-employment group: nearly everybody of a line of work, here and there one elsewhere.
fn group(random: &mut Random, plot: &Plot, birth: Birth) -> Option<&'static str> {
    let (line, others) = match plot.kind {
        Kind::Line(group) => (Some(group), 30_000),
        Kind::Joint => (None, 120_000),
        Kind::Single if !plot.trade.is_public() => (None, 12_000),
        _ => (None, 0),
    };
    if line.is_some() && !random.chance(others) {
        return line;
    }
    let men = [(30, "truck"), (25, "courier"), (22, "food"), (15, "ride"), (8, "guard")];
    let women = [(30, "domestic"), (25, "carer"), (20, "food"), (15, "mall"), (10, "streamer")];
    random.chance(others).then(|| random.weighted(if birth.male { &men } else { &women }))
}
