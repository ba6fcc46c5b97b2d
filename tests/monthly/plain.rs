//! Every indicator again, by plain loops over raw rows: no index, no arrays by place, nothing shared with the counting.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use unionbook_core::Result;
use unionbook_core::activities::{Activity, ActivityState, Participation};
use unionbook_core::calendar::Period;
use unionbook_core::members::{Change, ChangeKind, Dues, Member};
use unionbook_core::people::{Person, sex::Sex};
use unionbook_core::record::{Code, Term};
use unionbook_core::stations::{Station, StationState, Visit};
use unionbook_core::store::Db;
use unionbook_core::terms;
use unionbook_core::units::{Headcount, Unit, UnitMove};
use unionbook_core::volunteers::{Service, Team, Volunteer};

/// Everything that is stored.
pub struct Raw {
    units: Vec<Unit>,
    moves: Vec<UnitMove>,
    headcounts: Vec<Headcount>,
    people: Vec<Person>,
    members: Vec<Member>,
    changes: Vec<Change>,
    dues: Vec<Dues>,
    stations: Vec<Station>,
    visits: Vec<Visit>,
    activities: Vec<Activity>,
    participations: Vec<Participation>,
    services: Vec<Service>,
    teams: Vec<Team>,
    volunteers: Vec<Volunteer>,
}

type Part<'p> = Option<&'p (String, String)>;
type Units = BTreeSet<i64>;

impl Raw {
    /// Reads all rows.
    pub fn read(db: &Db<'_>) -> Result<Self> {
        Ok(Self {
            units: db.select("", [])?,
            moves: db.select("", [])?,
            headcounts: db.select("", [])?,
            people: db.select("", [])?,
            members: db.select("", [])?,
            changes: db.select("", [])?,
            dues: db.select("", [])?,
            stations: db.select("", [])?,
            visits: db.select("", [])?,
            activities: db.select("", [])?,
            participations: db.select("", [])?,
            services: db.select("", [])?,
            teams: db.select("", [])?,
            volunteers: db.select("", [])?,
        })
    }

    /// A union and all that stood under it at the end of a day.
    pub fn under(&self, top: i64, day: NaiveDate) -> Units {
        let below = |unit: &&Unit| std::iter::successors(Some(unit.id.get()), |at| self.above(*at, day)).take(20).any(|at| at == top);
        self.units.iter().filter(below).map(|unit| unit.id.get()).collect()
    }

    fn above(&self, unit: i64, day: NaiveDate) -> Option<i64> {
        let later = self.moves.iter().filter(|moved| moved.unit.get() == unit && moved.day > day);
        match later.min_by_key(|moved| (moved.day, moved.id.get())) {
            Some(moved) => moved.before.map(|id| id.get()),
            None => self.units.iter().find(|known| known.id.get() == unit)?.parent.map(|id| id.get()),
        }
    }

    /// One number: an indicator or a part of it, of some unions, over a period.
    pub fn number(&self, code: &str, part: Part<'_>, units: &Units, period: Period) -> i64 {
        let look = Look { raw: self, part, units, from: period.from(), to: period.to() };
        let (noun, name) = code.split_once('.').expect("a code of two words");
        match noun {
            "units" => look.of_units(name),
            "members" => look.of_members(name),
            "stations" => look.of_stations(name),
            "activities" => look.of_activities(name),
            _ => look.of_volunteers(name),
        }
    }
}

struct Look<'r> {
    raw: &'r Raw,
    part: Part<'r>,
    units: &'r Units,
    from: NaiveDate,
    to: NaiveDate,
}

impl Look<'_> {
    fn has(&self, unit: i64) -> bool {
        self.units.contains(&unit)
    }

    fn within(&self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| self.from <= day && day <= self.to)
    }

    /// There on the last day.
    fn stands(&self, began: Option<NaiveDate>, ended: Option<NaiveDate>) -> bool {
        began.is_none_or(|began| began <= self.to) && ended.is_none_or(|ended| ended > self.to)
    }

    /// Whether a closed code is the part asked for.
    fn is(&self, split: &str, code: i64) -> bool {
        self.part.is_none_or(|(key, wanted)| key != split || *wanted == code.to_string())
    }

    /// Whether an open code, or the broadest that it is within, is the part asked for; what no list has is the part without a code.
    fn falls(&self, split: &str, list: &str, broad: bool, code: Option<&str>) -> bool {
        let list = terms::list(list).expect("a list");
        let found = code.and_then(|code| list.find(code));
        let parent = |entry: &&terms::Entry| entry.parent.filter(|_| broad).and_then(|parent| list.find(parent));
        let end = std::iter::successors(found, parent).last().map_or("", |entry| entry.code);
        self.part.is_none_or(|(key, wanted)| key != split || wanted == end)
    }

    fn of_units(&self, name: &str) -> i64 {
        let counted = |unit: &&Unit| {
            let kind = unit.kind.as_ref().map(Term::code);
            self.has(unit.id.get()) && self.is("level", unit.level.code()) && self.falls("kind", "union_kind", true, kind)
        };
        let units = self.raw.units.iter().filter(counted);
        match name {
            "open" => count(units.filter(|unit| self.stands(unit.opened, unit.closed))),
            "founded" => count(units.filter(|unit| self.within(unit.opened))),
            "closed" => count(units.filter(|unit| self.within(unit.closed))),
            "staff" => units.filter(|unit| self.stands(unit.opened, unit.closed)).map(|unit| self.staff(unit)).sum(),
            other => panic!("units.{other} is not known here"),
        }
    }

    fn staff(&self, unit: &Unit) -> i64 {
        let mut counts: Vec<_> = self.raw.headcounts.iter().filter(|count| count.unit == unit.id && count.day <= self.to).collect();
        counts.sort_by_key(|count| count.day);
        counts.last().map_or(0, |count| count.staff)
    }

    fn of_members(&self, name: &str) -> i64 {
        use ChangeKind::{Expelled, Joined, Left, Opening, TransferredIn, TransferredOut};
        match name {
            "opening" => {
                self.stock(|_| true) - self.moved(&[Joined, TransferredIn], |_| true)
                    + self.moved(&[Left, Expelled, TransferredOut], |_| true)
            }
            "carried" => {
                self.stock(|_| true) - self.moved(&[Opening, Joined, TransferredIn], |_| true)
                    + self.moved(&[Left, Expelled, TransferredOut], |_| true)
            }
            "opened" => self.moved(&[Opening], |_| true),
            "joined" => self.moved(&[Joined], |member| self.in_group(member)),
            "transferred_in" => self.moved(&[TransferredIn], |_| true),
            "transferred_out" => self.moved(&[TransferredOut], |_| true),
            "left" => self.moved(&[Left], |_| true),
            "expelled" => self.moved(&[Expelled], |_| true),
            "closing" => self.stock(|_| true),
            "women" => self.stock(|member| self.person(member).sex == Sex::Female),
            "migrants" => self.stock(|member| member.migrant),
            "new_employment" => self.stock(|member| member.new_employment.is_some() && self.in_group(member)),
            "new_employment_joined" => self.moved(&[Joined], |member| member.new_employment.is_some() && self.in_group(member)),
            "retained" => self.raw.members.iter().filter(|member| self.is_retained(member)).count() as i64,
            "dues" => {
                self.raw.dues.iter().filter(|dues| self.has(dues.unit.get()) && self.within(dues.paid)).map(|dues| dues.amount.0).sum()
            }
            other => panic!("members.{other} is not known here"),
        }
    }

    fn member(&self, change: &Change) -> &Member {
        self.raw.members.iter().find(|member| member.id == change.member).expect("its member")
    }

    fn person(&self, member: &Member) -> &Person {
        self.raw.people.iter().find(|person| person.id == member.person).expect("its person")
    }

    fn in_group(&self, member: &Member) -> bool {
        self.falls("new_employment", "new_employment", true, member.new_employment.as_ref().map(Term::code))
    }

    fn moved(&self, kinds: &[ChangeKind], wanted: impl Fn(&Member) -> bool) -> i64 {
        let changes = self.raw.changes.iter().filter(|change| kinds.contains(&change.kind) && self.within(Some(change.day)));
        count(changes.filter(|change| self.has(change.unit.get()) && wanted(self.member(change))))
    }

    /// The ledger of a member up to the last day, in the order of what happened.
    fn ledger(&self, member: &Member) -> Vec<&Change> {
        let mut changes: Vec<_> = self.raw.changes.iter().filter(|change| change.member == member.id && change.day <= self.to).collect();
        changes.sort_by_key(|change| (change.day, change.id.get()));
        changes
    }

    /// The union that has a member on the last day, by the last change: none where that was a leaving.
    fn home(&self, member: &Member) -> Option<i64> {
        let last = *self.ledger(member).last()?;
        let gone = matches!(last.kind, ChangeKind::TransferredOut | ChangeKind::Expelled | ChangeKind::Left);
        (!gone).then_some(last.unit.get())
    }

    fn stock(&self, wanted: impl Fn(&Member) -> bool) -> i64 {
        count(self.raw.members.iter().filter(|member| self.home(member).is_some_and(|unit| self.has(unit)) && wanted(member)))
    }

    fn is_retained(&self, member: &Member) -> bool {
        self.ledger(member).last().is_some_and(|last| last.kind == ChangeKind::Retained && self.has(last.unit.get()))
    }

    fn of_stations(&self, name: &str) -> i64 {
        match name {
            "open" => count(self.raw.stations.iter().filter(|station| self.is_open(station))),
            "visits" => {
                let runs =
                    |visit: &&Visit| self.raw.stations.iter().any(|station| station.id == visit.station && self.has(station.unit.get()));
                let falls = |visit: &&Visit| self.falls("visitor", "visitor_group", false, Some(visit.visitor.code()));
                let visits = self.raw.visits.iter().filter(|visit| self.within(Some(visit.day)));
                visits.filter(runs).filter(falls).map(|visit| visit.count).sum()
            }
            "covers" => self.raw.stations.iter().filter(|station| self.is_open(station)).map(|station| station.covers.unwrap_or(0)).sum(),
            "finest" => count(self.raw.stations.iter().filter(|station| self.is_open(station) && station.finest)),
            "smart" => count(self.raw.stations.iter().filter(|station| self.is_open(station) && station.smart)),
            service => {
                let offers = |station: &&Station| station.services.iter().any(|own| own.code() == service);
                count(self.raw.stations.iter().filter(|station| self.is_open(station)).filter(offers))
            }
        }
    }

    fn is_open(&self, station: &Station) -> bool {
        let serves = match station.state {
            StationState::Planned | StationState::Mending => false,
            StationState::Open => station.closed.is_none_or(|closed| closed > self.to),
            StationState::Stopped | StationState::Revoked => station.closed.is_some_and(|closed| closed > self.to),
        };
        let counted = self.has(station.unit.get()) && self.is("opening", station.opening.code());
        serves
            && counted
            && station.built.is_none_or(|built| built <= self.to)
            && self.falls("kind", "station_kind", true, Some(station.kind.code()))
    }

    fn held(&self) -> impl Iterator<Item = &Activity> {
        self.raw.activities.iter().filter(|activity| activity.state == ActivityState::Held && self.within(activity.day))
    }

    fn of_activities(&self, name: &str) -> i64 {
        if name == "at_stations" {
            let runs = |activity: &&Activity| {
                self.raw.stations.iter().any(|station| Some(station.id) == activity.station && self.has(station.unit.get()))
            };
            return count(self.held().filter(runs));
        }
        let of_kind = |activity: &&Activity| self.falls("kind", "activity_kind", true, Some(activity.kind.code()));
        let held: Vec<_> = self.held().filter(|activity| self.has(activity.unit.get())).filter(of_kind).collect();
        match name {
            "held" => held.len() as i64,
            "cost" => held.iter().filter_map(|activity| activity.cost).map(|cost| cost.0).sum(),
            "times" => held.iter().map(|activity| times(activity, &self.named(activity))).sum(),
            "persons" => {
                let all: BTreeSet<i64> = held.iter().flat_map(|activity| self.named(activity)).collect();
                let without = held.iter().filter(|activity| self.named(activity).is_empty());
                all.len() as i64 + without.map(|activity| activity.persons.or(activity.times).unwrap_or(0)).sum::<i64>()
            }
            other => panic!("activities.{other} is not known here"),
        }
    }

    fn named(&self, activity: &Activity) -> BTreeSet<i64> {
        let took_part = self.raw.participations.iter().filter(|link| link.activity == activity.id).map(|link| link.person.get());
        took_part.chain(self.service(activity).map(|service| service.person.get())).collect()
    }

    fn service(&self, activity: &Activity) -> impl Iterator<Item = &Service> {
        self.raw.services.iter().filter(move |service| service.activity == activity.id)
    }

    fn of_volunteers(&self, name: &str) -> i64 {
        let registered =
            |volunteer: &&Volunteer| self.has(volunteer.unit.get()) && self.stands(Some(volunteer.registered), volunteer.ended);
        let mut volunteers = self.raw.volunteers.iter();
        match name {
            "teams" => {
                let counted = |team: &&Team| {
                    self.has(team.unit.get()) && self.stands(team.founded, team.disbanded) && self.is("level", team.level.code())
                };
                count(self.raw.teams.iter().filter(counted))
            }
            "registered" => count(volunteers.by_ref().filter(registered)),
            "members" => count(volunteers.filter(registered).filter(|volunteer| self.is_member(volunteer))),
            "newly_registered" => {
                count(volunteers.filter(|volunteer| self.has(volunteer.unit.get()) && self.within(Some(volunteer.registered))))
            }
            _ => self.of_service(name),
        }
    }

    fn is_member(&self, volunteer: &Volunteer) -> bool {
        self.raw.members.iter().any(|member| member.person == volunteer.person && self.home(member).is_some())
    }

    fn of_service(&self, name: &str) -> i64 {
        let of_area = |activity: &&Activity| self.falls("area", "service_area", true, activity.area.as_ref().map(Term::code));
        let held: Vec<_> = self.held().filter(|activity| self.has(activity.unit.get())).filter(of_area).collect();
        let serving = held.iter().filter(|activity| activity.area.is_some());
        match name {
            "activities" => count(serving),
            "served" => serving.filter_map(|activity| activity.served).sum(),
            "times" => count(held.iter().flat_map(|activity| self.service(activity))),
            "minutes" => held.iter().flat_map(|activity| self.service(activity)).map(|service| service.minutes.0).sum(),
            "active" => {
                held.iter().flat_map(|activity| self.service(activity)).map(|service| service.person.get()).collect::<BTreeSet<_>>().len()
                    as i64
            }
            other => panic!("volunteers.{other} is not known here"),
        }
    }
}

fn times(activity: &Activity, named: &BTreeSet<i64>) -> i64 {
    if named.is_empty() { activity.times.or(activity.persons).unwrap_or(0) } else { named.len() as i64 }
}

fn count<T>(found: impl Iterator<Item = T>) -> i64 {
    found.count() as i64
}
