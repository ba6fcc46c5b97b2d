//! Worlds to count in: what an office does from January to October 2026, made from a row of numbers.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use unionbook_core::Error;
use unionbook_core::activities::{Activity, Participation};
use unionbook_core::closing::{self, CloseUnion, MergeUnion};
use unionbook_core::members::{self, CollectDues, DuesRow, Join, Member, OpenBook, Profile, Transfer, TransferIn, Turn, collect_dues};
use unionbook_core::people::{Person, sex::Sex};
use unionbook_core::record::{Cell, Entered, Id, Minutes, Money, Record, Row, Term};
use unionbook_core::stations::{Station, Visit};
use unionbook_core::store::{Step, Store, Tx};
use unionbook_core::units::{self, Headcount, Relocate, Unit, UnitLevel};
use unionbook_core::volunteers::{Service, ServiceSource, Team, Volunteer};

use crate::world::World;

const LEVELS: [UnitLevel; 6] =
    [UnitLevel::Province, UnitLevel::City, UnitLevel::County, UnitLevel::Town, UnitLevel::Grassroots, UnitLevel::Branch];
const PEOPLE: usize = 16;

/// One thing that happens: what, three choices, and how many days after the last.
#[derive(Debug, Clone, Copy)]
pub struct Op {
    what: u8,
    choice: [u16; 3],
    gap: u64,
}

impl Op {
    /// Up to so many of them.
    pub fn several(most: usize) -> impl Strategy<Value = Vec<Self>> {
        let one = (any::<u8>(), any::<[u16; 3]>(), 0u64..8).prop_map(|(what, choice, gap)| Self { what, choice, gap });
        prop::collection::vec(one, most / 2..most)
    }

    /// Always the same ones, of every kind.
    pub fn fixed() -> Vec<Self> {
        let mut state = 20u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u16
        };
        let mut op = |what: u8| Op { what, choice: [next(), next(), next()], gap: u64::from(next() % 2) };
        // The world ends with turns alone, so that some membership is retained at its end.
        (0..330).map(|at| at as u8).chain([12; 16]).map(&mut op).collect()
    }

    fn pick<T: Copy>(&self, choice: usize, from: &[T]) -> T {
        from[usize::from(self.choice[choice]) % from.len()]
    }

    fn number(&self, choice: usize, below: u16) -> i64 {
        i64::from(self.choice[choice] % below)
    }
}

/// A city's unions and what happened in them.
pub struct Town {
    _world: World,
    /// The file.
    pub store: Store,
    units: Vec<Id<Unit>>,
    people: Vec<Id<Person>>,
    stations: Vec<Id<Station>>,
    today: NaiveDate,
    made: usize,
}

impl Town {
    /// Does one thing after the other; what is refused does not happen.
    pub fn of(ops: &[Op]) -> Self {
        let world = World::new();
        let store = world.create();
        let today = "2026-01-01".parse().expect("a day");
        let mut town = Self { _world: world, store, units: Vec::new(), people: Vec::new(), stations: Vec::new(), today, made: 0 };
        town.begin();
        for op in ops {
            let later = town.today + Days::new(op.gap);
            town.today = later.min("2026-10-31".parse().expect("a day"));
            town.made += 1;
            town.step(op);
        }
        town
    }

    /// Every union.
    pub fn units(&self) -> Vec<Id<Unit>> {
        self.units.clone()
    }

    fn write<T>(&self, act: impl FnOnce(&Tx<'_>) -> unionbook_core::Result<T>) -> Option<T> {
        match self.store.write(Step::new("办理"), act) {
            Ok(written) => Some(written.value),
            Err(Error::Refused(_) | Error::Faults(_)) => None,
            Err(other) => panic!("neither done nor refused: {other:?}"),
        }
    }

    fn begin(&mut self) {
        let top = self.found(UnitLevel::City, None, "2000-01-01");
        for _ in 0..2 {
            let county = self.found(UnitLevel::County, Some(top), "2005-05-05");
            self.found(UnitLevel::Grassroots, Some(county), "2010-10-10");
            self.found(UnitLevel::Grassroots, Some(county), "2026-02-10");
        }
        self.people = (0..PEOPLE)
            .map(|at| {
                let sex = [Sex::Male, Sex::Female, Sex::Unknown][at % 3];
                let person = Person { sex, ..Person::named(format!("人员{at}")) };
                self.write(|tx| tx.insert(&person)).expect("a person")
            })
            .collect();
    }

    fn found(&mut self, level: UnitLevel, parent: Option<Id<Unit>>, on: &str) -> Id<Unit> {
        let code = format!("U{:03}", self.units.len());
        let kind = [None, Some("single"), Some("federation_region"), Some("group")][self.units.len() % 4].map(Term::new);
        let opened = Some(on.parse().expect("a day"));
        let unit = Unit { opened, kind, ..Unit::named(&code, format!("第{code}工会"), level, parent) };
        let id = self.write(|tx| units::open(tx, &unit)).expect("a union is founded");
        self.units.push(id);
        id
    }

    fn step(&mut self, op: &Op) {
        match op.what % 29 {
            0 => self.branch(op),
            1 => self.relocate(op),
            2 => self.close(op),
            3 => self.merge(op),
            4..=8 => self.enter(op),
            9..=11 => self.transfer(op),
            12..=15 => self.turn(op),
            16 => self.dues(op),
            17 => self.headcount(op),
            18 | 19 => self.station(op),
            20 | 21 => self.visit(op),
            22 => self.team(op),
            23 | 24 => self.volunteer(op),
            _ => self.activity(op),
        }
    }

    fn branch(&mut self, op: &Op) {
        let parent = op.pick(0, &self.units);
        let above: Unit = self.store.read(|db| db.get(parent)).expect("a union");
        if self.units.len() < 12 && above.closed.is_none() {
            let at = LEVELS.iter().position(|level| *level == above.level).unwrap_or(0);
            self.found(LEVELS[(at + 1).min(5)], Some(parent), &self.today.to_string());
        }
    }

    fn relocate(&self, op: &Op) {
        let act = Relocate { unit: op.pick(0, &self.units), after: Some(op.pick(1, &self.units)), day: self.today, reason: None };
        self.write(|tx| units::relocate(tx, &act));
    }

    fn close(&self, op: &Op) {
        let act = CloseUnion { unit: op.pick(0, &self.units), day: self.today, heir: None, reason: None, document: None };
        self.write(|tx| closing::close(tx, &act));
    }

    fn merge(&self, op: &Op) {
        let (from, into) = (op.pick(0, &self.units), op.pick(1, &self.units));
        self.write(|tx| closing::merge(tx, &MergeUnion { from, into, day: self.today, reason: None, document: None }));
    }

    fn enter(&self, op: &Op) {
        let (person, unit, day) = (op.pick(0, &self.people), op.pick(1, &self.units), self.today);
        let group = op.pick(2, &[None, Some("courier"), Some("streamer"), Some("other"), None]).map(Term::new);
        let profile = Profile { migrant: op.choice[2] % 2 == 1, new_employment: group, ..Profile::default() };
        match op.what % 3 {
            0 => {
                let joined = op.pick(2, &[Some(2_000), None, Some(3)]).map(|days| day - Days::new(days));
                self.write(|tx| {
                    members::open_book(tx, &OpenBook { person, unit, day, joined, retained: op.choice[2].is_multiple_of(5), profile })
                });
            }
            1 => {
                self.write(|tx| members::join(tx, &Join { person, unit, day, document: None, profile }));
            }
            _ => {
                let other = "外地工会".to_owned();
                self.write(|tx| members::transfer_in(tx, &TransferIn { person, unit, day, other, joined: None, document: None, profile }));
            }
        }
    }

    fn member(&self, op: &Op) -> Option<Id<Member>> {
        let members = self.store.read(|db| db.rows("SELECT id FROM member ORDER BY id", [], |row| row.get(0))).expect("members");
        (!members.is_empty()).then(|| Id::new(op.pick(0, &members)))
    }

    fn transfer(&self, op: &Op) {
        let Some(member) = self.member(op) else { return };
        let away = op.choice[2].is_multiple_of(4);
        let (to, other) = if away { (None, Some("外地工会".into())) } else { (Some(op.pick(1, &self.units)), None) };
        let (reason, keep_retained) = (Some(Term::new("job_change")), op.choice[2].is_multiple_of(2));
        let act = Transfer { member, to, other, day: self.today, reason, keep_retained, document: None, note: None };
        self.write(|tx| members::transfer(tx, &act));
    }

    fn turn(&self, op: &Op) {
        let Some(member) = self.member(op) else { return };
        let act = Turn { member, day: self.today, reason: Some(Term::new("job_change")), document: None, note: None };
        let acts = [members::retain, members::resume, members::leave, members::expel, members::retain, members::resume];
        let act_of = op.pick(1, &acts);
        self.write(|tx| act_of(tx, &act));
    }

    fn dues(&self, op: &Op) {
        let Some(member) = self.member(op) else { return };
        let paid = (!op.choice[1].is_multiple_of(4)).then_some(self.today);
        let rows = vec![DuesRow { member, amount: Money(op.number(2, 5_000)) }];
        self.write(|tx| collect_dues(tx, &CollectDues { month: format!("2026-{:02}", op.number(1, 12) + 1), paid, rows }));
    }

    fn headcount(&self, op: &Op) {
        let (unit, staff) = (op.pick(0, &self.units), op.number(1, 500));
        let (women, migrants, new_employment, full_time, part_time) = (None, None, None, None, None);
        let (id, day, entered) = (Id::NEW, self.today, Entered(0));
        let count = Headcount { id, unit, day, staff, women, migrants, new_employment, full_time, part_time, entered };
        self.write(|tx| units::count_staff(tx, &count));
    }

    fn station(&mut self, op: &Op) {
        let (state, closed) = op.pick(0, &[(1, false), (2, false), (2, false), (2, true), (3, false), (4, true), (4, false), (5, true)]);
        let closed = closed.then(|| self.today + Days::new(u64::from(op.choice[2] % 60)));
        let built = (!op.choice[2].is_multiple_of(3)).then_some(self.today);
        let station = row::<Station>(&[
            ("code", format!("S{}", self.made).into_cell()),
            ("name", "驿站".to_owned().into_cell()),
            ("kind", op.pick(2, &["station_care", "library", "none_such"]).to_owned().into_cell()),
            ("unit", Cell::Int(op.pick(1, &self.units).get())),
            ("state", Cell::Int(state)),
            ("opening", Cell::Int(op.number(2, 3) + 1)),
            ("built", built.into_cell()),
            ("closed", closed.into_cell()),
            ("covers", Cell::Int(op.number(0, 500))),
            ("finest", Cell::Int(i64::from(op.choice[0] / 16 % 2))),
            ("smart", Cell::Int(i64::from(op.choice[0] / 8 % 2))),
            (
                "services",
                op.pick(0, &["|law|", "|meal|swap|", "|water|", "|haircut|law|mutual|", "|ideology|medicine|volunteer|"])
                    .to_owned()
                    .into_cell(),
            ),
        ]);
        let id = self.write(|tx| tx.insert(&station)).expect("a station");
        self.stations.push(id);
    }

    fn visit(&self, op: &Op) {
        if self.stations.is_empty() {
            return;
        }
        let (id, station, day, entered) = (Id::NEW, op.pick(0, &self.stations), self.today, Entered(0));
        let visitor = Term::new(op.pick(1, &["courier", "sanitation", "none_such"]));
        let key = (station.get(), day.to_string(), visitor.code().to_owned());
        let known = self.store.read(|db| db.one::<i64>("SELECT id FROM visit WHERE station = ?1 AND day = ?2 AND visitor = ?3", key));
        if known.expect("visits can be read").is_none() {
            self.write(|tx| tx.insert(&Visit { id, station, day, visitor, count: op.number(2, 90), entered }));
        }
    }

    fn team(&self, op: &Op) {
        let disbanded = (op.choice[2].is_multiple_of(3)).then(|| self.today + Days::new(u64::from(op.choice[2] % 90)));
        let team = row::<Team>(&[
            ("name", "服务队".to_owned().into_cell()),
            ("level", Cell::Int(op.number(0, 4) + 1)),
            ("unit", Cell::Int(op.pick(1, &self.units).get())),
            ("founded", (!op.choice[0].is_multiple_of(3)).then_some(self.today).into_cell()),
            ("disbanded", disbanded.into_cell()),
        ]);
        self.write(|tx| tx.insert(&team));
    }

    fn volunteer(&self, op: &Op) {
        let person = op.pick(0, &self.people).get();
        let known = self.store.read(|db| db.one::<i64>("SELECT id FROM volunteer WHERE person = ?1", [person]));
        if known.expect("volunteers can be read").is_some() {
            return;
        }
        let ended = (op.choice[2].is_multiple_of(3)).then(|| self.today + Days::new(u64::from(op.choice[2] % 90)));
        let volunteer = row::<Volunteer>(&[
            ("person", Cell::Int(person)),
            ("unit", Cell::Int(op.pick(1, &self.units).get())),
            ("registered", Some(self.today).into_cell()),
            ("ended", ended.into_cell()),
        ]);
        self.write(|tx| tx.insert(&volunteer));
    }

    fn activity(&self, op: &Op) {
        let station = (op.choice[0].is_multiple_of(3)).then(|| self.stations.first().map(|station| Cell::Int(station.get()))).flatten();
        let area = op.pick(2, &[None, Some("care_elderly"), Some("care"), Some("none_such")]);
        let counts = op.pick(1, &[(None, None), (Some(30), Some(40)), (Some(12), None), (None, Some(25))]);
        let whole = |count: Option<i64>| count.map_or(Cell::Null, Cell::Int);
        let activity = row::<Activity>(&[
            ("title", "活动".to_owned().into_cell()),
            ("kind", op.pick(0, &["cooling", "care", "volunteer", "none_such"]).to_owned().into_cell()),
            ("area", area.map_or(Cell::Null, |area| area.to_owned().into_cell())),
            ("unit", Cell::Int(op.pick(1, &self.units).get())),
            ("state", Cell::Int(op.pick(2, &[2, 2, 2, 1, 3]))),
            ("day", Some(self.today).into_cell()),
            ("station", station.unwrap_or_default()),
            ("persons", whole(counts.0)),
            ("times", whole(counts.1)),
            ("served", whole((op.choice[0].is_multiple_of(2)).then(|| op.number(2, 200)))),
            ("cost", whole((op.choice[1].is_multiple_of(2)).then(|| op.number(0, 9_000)))),
        ]);
        let (first, second) = (usize::from(op.choice[0]) % PEOPLE, usize::from(op.choice[1]) % PEOPLE);
        let named = if op.choice[2].is_multiple_of(3) { 0 } else { usize::from(op.choice[0] % 6) };
        let served = if op.choice[1].is_multiple_of(3) { usize::from(op.choice[2] % 5) } else { 0 };
        self.write(|tx| {
            let activity = tx.insert(&activity)?;
            for at in 0..named {
                let person = self.people[(first + at) % PEOPLE];
                tx.link(&Participation { activity, person, member: false, entered: Entered(0) })?;
            }
            for at in 0..served {
                let (person, minutes) = (self.people[(second + at) % PEOPLE], Minutes(op.number(0, 300) + 1));
                let (source, evidence, content) = (ServiceSource::SignedIn, None, None);
                tx.link(&Service { activity, person, minutes, source, evidence, content, entered: Entered(0) })?;
            }
            Ok(())
        });
    }
}

trait IntoCell {
    fn into_cell(self) -> Cell;
}

impl IntoCell for String {
    fn into_cell(self) -> Cell {
        Cell::Text(self)
    }
}

impl IntoCell for Option<NaiveDate> {
    fn into_cell(self) -> Cell {
        self.map_or(Cell::Null, |day| Cell::Text(day.to_string()))
    }
}

/// A record of the fields given; other fields are empty, or nought where they may not be.
fn row<T: Record>(given: &[(&str, Cell)]) -> T {
    let cells = T::table().fields.iter().map(|field| {
        let found = given.iter().find(|(name, _)| *name == field.name).map(|(_, cell)| cell.clone());
        found.unwrap_or(if field.required { Cell::Int(0) } else { Cell::Null })
    });
    T::from_cells(0, cells.collect()).unwrap_or_else(|error| panic!("{}: {error}", <T as Row>::NAME))
}
