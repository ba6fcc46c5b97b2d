//! The volunteers of a demonstration and their teams, as records.

use chrono::{Datelike, NaiveDate};

use super::days;
use super::names;
use super::plots::Kind;
use super::random::{Random, Stream};
use super::setting::Setting;
use super::units::phone;
use crate::record::{Id, Term, Terms};
use crate::terms::{ServiceArea, VolunteerSkill};
use crate::units::UnitLevel;
use crate::volunteers::{Team, TeamLevel, Volunteer};

/// How many of a million people are volunteers.
const SHARE: u32 = 80_000;

/// Professional teams: kind, field, words in the name.
const PROFESSIONAL: [(&str, &str, &str); 6] = [
    ("law", "law_aid", "法律援助队"),
    ("psychology", "psychology", "心理帮扶队"),
    ("culture", "culture", "文艺轻骑兵"),
    ("medical", "clinic", "医疗健康队"),
    ("rescue", "emergency", "应急救援队"),
    ("model", "technology", "劳模领军队"),
];

const SKILLS: [(u32, &str); 14] = [
    (10, "repair"),
    (12, "driving"),
    (10, "organising"),
    (9, "performance"),
    (8, "sports"),
    (8, "computing"),
    (7, "medicine"),
    (6, "teaching"),
    (6, "law"),
    (5, "photography"),
    (5, "psychology"),
    (5, "first_aid"),
    (4, "hairdressing"),
    (5, "writing"),
];

const AREAS: [(u32, &str); 10] = [
    (18, "community"),
    (14, "environment"),
    (12, "care_elderly"),
    (10, "traffic"),
    (10, "station"),
    (9, "outdoor"),
    (8, "care_children"),
    (7, "rural_farming"),
    (6, "culture"),
    (6, "emergency"),
];

/// A volunteer as planned.
#[derive(Debug, Clone, Copy)]
pub struct Helper {
    /// The person.
    pub person: u64,
    registered: NaiveDate,
    ended: Option<NaiveDate>,
}

impl Helper {
    /// Says whether the person was registered on a day.
    pub fn is_in(&self, day: NaiveDate) -> bool {
        self.registered <= day && self.ended.is_none_or(|ended| day < ended)
    }
}

/// A team as planned.
#[derive(Debug, Clone, Copy)]
struct Squad {
    plot: usize,
    parent: Option<usize>,
    /// Its place among the professional ones; none for the general team of a union.
    line: Option<usize>,
}

/// All volunteers and teams.
#[derive(Debug, Default)]
pub struct Corps {
    helpers: Vec<Helper>,
    squads: Vec<Squad>,
    /// The id of the first team.
    pub first: i64,
}

impl Corps {
    /// Plans the volunteers and their teams.
    pub fn plan(&mut self, setting: &Setting) {
        self.helpers = setting.everybody().filter_map(|person| helper(setting, person)).collect();
        self.squads = squads(setting);
    }

    /// The volunteers among the people of a union's subtree.
    pub fn of(&self, setting: &Setting, unit: usize) -> &[Helper] {
        let (first, end) = setting.plots.people_of(unit);
        let from = self.helpers.partition_point(|helper| helper.person < first);
        let to = self.helpers.partition_point(|helper| helper.person < end);
        self.helpers.get(from..to).unwrap_or_default()
    }

    /// The general team of a union, or of the nearest above that has one.
    fn team_of(&self, setting: &Setting, unit: usize) -> Option<usize> {
        setting.plots.up(unit).find_map(|plot| self.general(plot))
    }

    /// A union's teams stand together, the general one first.
    fn general(&self, plot: usize) -> Option<usize> {
        let at = self.squads.partition_point(|squad| squad.plot < plot);
        self.squads.get(at).filter(|squad| squad.plot == plot).map(|_| at)
    }
}

fn helper(setting: &Setting, person: u64) -> Option<Helper> {
    let mut random = setting.random(Stream::Volunteers, person);
    if !random.chance(SHARE) {
        return None;
    }
    let adult = setting.adult(person);
    let from = if random.chance(560_000) { days::years_after(setting.book, -5) } else { setting.book };
    let to = if from < setting.book { setting.book } else { setting.end };
    let registered = days::between(&mut random, from.max(adult), to.max(adult));
    let ended = random.chance(40_000).then(|| days::plus(registered, random.within(120, 1_500)));
    Some(Helper { person, registered, ended: ended.filter(|day| *day <= setting.end) })
}

/// Every union above the grass roots has a team, counties have professional ones; large unions at the grass roots too.
fn squads(setting: &Setting) -> Vec<Squad> {
    let mut squads: Vec<Squad> = Vec::new();
    let mut general = vec![None; setting.plots.all().len()];
    for (at, plot) in setting.plots.all().iter().enumerate() {
        let (first, end) = setting.plots.people_of(at);
        let has = plot.kind == Kind::Above || at == 0 || (end - first > 300 && plot.closed.is_none());
        if !has {
            continue;
        }
        let ranks = |above: &usize| general_level(*above, setting.plots.get(*above).level) < general_level(at, plot.level);
        let parent = setting.plots.up(at).skip(1).filter(ranks).find_map(|above| general.get(above).copied().flatten());
        let own = squads.len();
        if let Some(place) = general.get_mut(at) {
            *place = Some(own);
        }
        squads.push(Squad { plot: at, parent, line: None });
        let lines = if plot.level == UnitLevel::County || at == 0 { 2 + at % 3 } else { 0 };
        squads.extend((0..lines).map(|line| Squad { plot: at, parent: Some(own), line: Some((line * 2 + at) % PROFESSIONAL.len()) }));
    }
    squads
}

/// The level of a union's general team. The one at the top has professional ones below it, so it is never of the lowest level.
fn general_level(plot: usize, of: UnitLevel) -> TeamLevel {
    let level = match of {
        UnitLevel::Province => TeamLevel::Corps,
        UnitLevel::City => TeamLevel::Detachment,
        UnitLevel::County => TeamLevel::Brigade,
        _ => TeamLevel::Squad,
    };
    if plot == 0 { level.min(TeamLevel::Brigade) } else { level }
}

/// A professional team stands one level below its union's general one.
fn below(level: TeamLevel) -> TeamLevel {
    match level {
        TeamLevel::Corps => TeamLevel::Detachment,
        TeamLevel::Detachment => TeamLevel::Brigade,
        TeamLevel::Brigade | TeamLevel::Squad => TeamLevel::Squad,
    }
}

/// All teams, parents first.
pub fn teams<'s>(setting: &'s Setting, corps: &'s Corps) -> impl Iterator<Item = Team> + 's {
    corps.squads.iter().enumerate().map(|(nth, squad)| team(setting, corps.first, squad, nth))
}

fn team(setting: &Setting, first: i64, squad: &Squad, nth: usize) -> Team {
    let mut random = setting.random(Stream::Volunteers, 1 << 40 | nth as u64);
    let plot = setting.plots.get(squad.plot);
    let line = squad.line.and_then(|line| PROFESSIONAL.get(line));
    let general = general_level(squad.plot, plot.level);
    let level = if line.is_some() { below(general) } else { general };
    let grade = crate::record::Code::label(general);
    let name = match line {
        Some((.., words)) => format!("{}{words}", plot.short),
        None => format!("{}职工志愿服务{grade}", plot.short),
    };
    let founded = days::between(&mut random, plot.opened.max(days::years_after(setting.book, -6)), days::plus(setting.end, -60));
    let male = random.chance(500_000);
    Team {
        id: Id::NEW,
        name,
        level,
        parent: squad.parent.and_then(|parent| i64::try_from(parent).ok()).map(|parent| Id::new(first + parent)),
        unit: setting.unit(squad.plot),
        kind: Some(Term::new(line.map_or("general", |(kind, ..)| kind))),
        area: line.map(|(_, area, _)| Term::new(*area)),
        brand: None,
        slogan: None,
        leader: Some(names::name(&mut random, male, 1978, "01")),
        phone: Some(phone(0x7ea3 ^ setting.seed, 50_000_000 + nth as u64)),
        founded: Some(founded),
        disbanded: None,
        note: None,
    }
}

/// All volunteers, in the order of their people.
pub fn volunteers<'s>(setting: &'s Setting, corps: &'s Corps) -> impl Iterator<Item = Volunteer> + 's {
    corps.helpers.iter().enumerate().map(|(nth, helper)| volunteer(setting, corps, helper, nth))
}

fn volunteer(setting: &Setting, corps: &Corps, helper: &Helper, nth: usize) -> Volunteer {
    let mut random = setting.random(Stream::Volunteers, 1 << 41 | nth as u64);
    let home = setting.plots.home(helper.person);
    let unit = setting.plots.get(home).closed.map_or(home, |(_, heir)| heir);
    let team = corps.team_of(setting, unit).map(|team| corps.professional(&mut random, team));
    let ended_for = helper.ended.map(|_| random.pick(&["本人申请", "工作调动", "长期未参加活动"]).to_owned());
    let mut several = |list: &[(u32, &'static str)], most: i64| {
        let mut codes: Vec<&str> = (0..random.within(1, most)).map(|_| random.weighted(list)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let skills = several(&SKILLS, 3).into_iter().map(Term::new).collect::<Terms<VolunteerSkill>>();
    let areas = several(&AREAS, 2).into_iter().map(Term::new).collect::<Terms<ServiceArea>>();
    Volunteer {
        id: Id::NEW,
        person: setting.person(helper.person),
        unit: setting.unit(unit),
        team: team.and_then(|team| i64::try_from(team).ok()).map(|team| Id::new(corps.first + team)),
        number: Some(format!("ZY{}{:07}", helper.registered.year(), nth + 1)),
        registered: helper.registered,
        ended: helper.ended,
        ended_for,
        skills,
        areas,
        insured_until: None,
        vest: random.chance(600_000),
        note: None,
    }
}

impl Corps {
    /// One in six volunteers of a union is in one of its professional teams, where it has any.
    fn professional(&self, random: &mut Random, general: usize) -> usize {
        let plot = self.squads.get(general).map(|squad| squad.plot);
        let lines = self.squads.iter().skip(general + 1).take_while(|squad| Some(squad.plot) == plot).count();
        if lines > 0 && random.chance(160_000) { general + 1 + usize::try_from(random.below(lines as u64)).unwrap_or(0) } else { general }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scale::Scale;
    use super::*;

    #[test]
    fn every_team_stands_under_one_that_ranks_above_it() {
        for scale in Scale::ALL {
            let month: crate::calendar::Month = "2026-10".parse().expect("a month");
            let setting = Setting::new(scale, 1, month, month.last_day()).expect("a setting");
            let corps = Corps { squads: squads(&setting), first: 0, ..Corps::default() };
            let all: Vec<Team> = teams(&setting, &corps).collect();
            let parents = all.iter().filter_map(|team| Some((team, all.get(usize::try_from(team.parent?.get()).ok()?)?)));
            let wrong = parents.filter(|(team, parent)| parent.level >= team.level).count();
            assert_eq!(wrong, 0, "of {} teams of a {}", all.len(), scale.word());
        }
    }
}
