//! Stations: what a record must hold, a month of visits in one step, and what a file check says.

use proptest::prelude::*;
use unionbook_core::calendar::Month;
use unionbook_core::error::{Error, Faults, Result, Weight};
use unionbook_core::record::{Degrees, Entered, Id, Row, Term};
use unionbook_core::stations::coordinates::{Datum, Point};
use unionbook_core::stations::{RecordVisits, RecordedVisits, Station, StationState, Visit, VisitCell, month, record_visits};
use unionbook_core::store::{Key, Step, Store, check, of_record};
use unionbook_core::units::{Unit, UnitLevel};

use crate::dump::dump;
use crate::units::{day, found, refusal};
use crate::world::World;

/// Does an act as one step, takes it back and does it again: each time the file holds exactly what it held.
#[track_caller]
pub fn undone_exactly<T>(store: &Store, name: &str, act: impl FnOnce(&Store) -> T) -> T {
    let before = dump(store);
    let value = act(store);
    let after = dump(store);
    assert_ne!(before, after, "{name}: it does something");
    store.undo(None).expect("it is undone");
    assert_eq!(dump(store), before, "{name}: undo restores everything");
    store.redo().expect("it is done again");
    assert_eq!(dump(store), after, "{name}: redo brings it back");
    value
}

/// What of a file does not hold.
pub fn wrong(store: &Store) -> Vec<(String, i64)> {
    let findings = store.read(check).expect("checked");
    findings.into_iter().filter(|finding| finding.wrong > 0).map(|finding| (finding.what, finding.wrong)).collect()
}

/// Stores a station.
pub fn build(store: &Store, code: &str, unit: Id<Unit>) -> Id<Station> {
    let station = Station { built: Some(day("2026-01-01")), ..plain(code, unit) };
    store.write(Step::new("新建站点"), |tx| tx.add(&station)).expect("a station is built").value
}

fn plain(code: &str, unit: Id<Unit>) -> Station {
    Station::named(code, format!("第{code}驿站"), Term::new("station"), unit)
}

struct Office {
    store: Store,
    unit: Id<Unit>,
    station: Id<Station>,
    _world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let store = world.create();
        let unit = found(&store, "A", UnitLevel::Grassroots, None);
        let station = build(&store, "S1", unit);
        Self { store, unit, station, _world: world }
    }

    /// The faults of a station that is tidied and looked at but not stored.
    fn faults(&self, mut station: Station) -> Vec<(String, Weight, String)> {
        let mut faults = Faults::default();
        let said = self.store.read(|db| {
            station.tidy(db.now(), &mut faults);
            station.check(db, &mut faults);
            Ok(faults)
        });
        said.expect("looked at").0.into_iter().map(|fault| (fault.field.into_owned(), fault.weight, fault.message + "；" + &fault.hint)).collect()
    }

    fn record(&self, cells: &[(&str, &str, Option<i64>)]) -> Result<RecordedVisits> {
        let cell = |(on, visitor, count): &(&str, &str, Option<i64>)| VisitCell { day: day(on), visitor: Term::new(*visitor), count: *count };
        let act = RecordVisits { station: self.station, cells: cells.iter().map(cell).collect() };
        self.store.write(Step::new("登记服务人次"), |tx| record_visits(tx, &act)).map(|written| written.value)
    }

    fn visits(&self) -> Vec<(String, String, i64)> {
        let visits = self.store.read(|db| month(db, self.station, Month::new(2026, 10).expect("a month"))).expect("a month of visits");
        visits.into_iter().map(|visit| (visit.day.to_string(), visit.visitor.code().to_owned(), visit.count)).collect()
    }
}

fn at(lon: i64, lat: i64, datum: Option<Datum>) -> impl Fn(Station) -> Station {
    move |station| Station { longitude: Some(Degrees(lon)), latitude: Some(Degrees(lat)), datum, ..station }
}

#[test]
fn coordinates_need_their_datum_and_their_right_order() {
    let office = Office::new();
    let said = |change: &dyn Fn(Station) -> Station| office.faults(change(plain("S2", office.unit)));
    let beijing = (116_404_000, 39_915_000);
    assert!(said(&at(beijing.0, beijing.1, Some(Datum::Gcj02))).is_empty(), "a place in China with its datum is right");
    let bare = said(&at(beijing.0, beijing.1, None));
    assert_eq!((bare.len(), bare[0].0.as_str(), bare[0].1), (1, "datum", Weight::Error), "without a datum it is refused: {bare:?}");
    assert!(bare[0].2.contains("百度"), "and the way out says which map has which: {bare:?}");
    let swapped = said(&at(39_915_000, 85_000_000, Some(Datum::Bd09)));
    assert_eq!((swapped.len(), swapped[0].1), (1, Weight::Error), "exchanged coordinates are refused: {swapped:?}");
    assert!(swapped[0].2.contains("填反了") && swapped[0].2.contains("请改成经度 85.000000、纬度 39.915000"), "with what they should be: {swapped:?}");
    let usual = said(&at(beijing.1, beijing.0, Some(Datum::Bd09)));
    assert!(usual[0].1 == Weight::Error && usual[0].2.contains("请改成经度 116.404000"), "a latitude beyond 90 is seen to be exchanged, too: {usual:?}");
    let london = said(&at(-127_600, 51_507_300, Some(Datum::Wgs84)));
    assert_eq!((london.len(), london[0].1), (1, Weight::Warning), "abroad is doubtful only: {london:?}");
    let nowhere = said(&at(200_000_000, 100_000_000, Some(Datum::Wgs84)));
    assert!(nowhere[0].1 == Weight::Error && nowhere[0].2.contains("地球"), "off the globe is refused: {nowhere:?}");
    let half = said(&|station| Station { longitude: Some(Degrees(beijing.0)), ..station });
    assert_eq!((half[0].0.as_str(), half[0].1), ("latitude", Weight::Error), "half a pair is refused: {half:?}");
}

#[test]
fn the_place_is_given_in_the_datum_asked_for() {
    let office = Office::new();
    let station = at(116_404_000, 39_915_000, Some(Datum::Wgs84))(plain("S2", office.unit));
    assert_eq!(station.place_in(Datum::Gcj02), Point::new(116_410_244, 39_916_404), "converted as the maps need it");
    assert_eq!(plain("S3", office.unit).place_in(Datum::Gcj02), None, "a station without coordinates has no place");
}

#[test]
fn days_and_state_agree() {
    let office = Office::new();
    let said = |station: Station| office.faults(station).into_iter().map(|(field, weight, _)| (field, weight)).collect::<Vec<_>>();
    let station = || plain("S2", office.unit);
    let closed = Some(day("2026-05-01"));
    let error = |field: &str| vec![(field.to_owned(), Weight::Error)];
    assert_eq!(said(Station { state: StationState::Revoked, ..station() }), error("closed"), "a closed station names the day");
    assert_eq!(said(Station { closed, ..station() }), error("closed"), "an open one does not");
    assert_eq!(said(Station { state: StationState::Stopped, closed, ..station() }), [], "a stopped one with its day is right");
    let early = Station { state: StationState::Stopped, closed, built: Some(day("2026-05-02")), ..station() };
    assert_eq!(said(early), error("closed"), "not closed before it was built");
    assert_eq!(said(Station { built: Some(day("2026-11-02")), ..station() }), error("built"), "not built tomorrow");
    let planned = Station { state: StationState::Planned, built: Some(day("2026-05-02")), ..station() };
    assert_eq!(said(planned), [("state".to_owned(), Weight::Warning)], "built and still planned is doubtful");
    assert_eq!(said(plain("S1", office.unit)), error("code"), "a code is given once");
    assert_eq!(said(Station { area: Some(-1), ..station() }), error("area"), "no negative size");
    assert_eq!(said(Station { division: Some("999999".into()), ..station() }), [("division".to_owned(), Weight::Warning)], "an unknown division is doubtful");
    assert_eq!(said(Station { division: Some("110101001001".into()), ..station() }), [], "a village is known by its street");
}

#[test]
fn a_months_grid_is_one_step_and_one_undo() {
    let office = Office::new();
    let done = undone_exactly(&office.store, "登记服务人次", |_| {
        office.record(&[("2026-10-01", "courier", Some(30)), ("2026-10-01", "truck", Some(0)), ("2026-10-02", "courier", Some(25))])
    });
    let done = done.expect("recorded");
    assert_eq!((done.added, done.changed, done.removed, done.warnings.len()), (3, 0, 0, 0), "three cells are new");
    let wanted = [("2026-10-01", "courier", 30), ("2026-10-01", "truck", 0), ("2026-10-02", "courier", 25)];
    assert_eq!(office.visits(), wanted.map(|(on, visitor, count)| (on.to_owned(), visitor.to_owned(), count)), "nought is a count, too");
    let done = undone_exactly(&office.store, "再次登记", |_| {
        office.record(&[("2026-10-01", "courier", Some(31)), ("2026-10-01", "truck", None), ("2026-10-02", "courier", Some(25)), ("2026-10-03", "food", None)])
    });
    let done = done.expect("recorded again");
    assert_eq!((done.added, done.changed, done.removed), (0, 1, 1), "only what differs is written; an empty cell stays empty");
    assert_eq!(office.visits().len(), 2, "one cell was emptied");
    let one = office.store.read(|db| db.select::<Visit>("WHERE count = 31", [])).expect("read")[0].clone();
    let past = office.store.read(|db| of_record(db, Visit::table(), Key::Id(one.id.get()))).expect("history");
    assert_eq!(past.last().map(|past| past.line.name.as_str()), Some("登记服务人次"), "its history names the act");
    assert!(one.entered.0 > 0, "the moment of entry is stamped");
}

#[test]
fn a_grid_that_cannot_be_is_refused_whole() {
    let office = Office::new();
    let good = ("2026-10-01", "courier", Some(1));
    let before = dump(&office.store);
    assert!(refusal(office.record(&[good, ("2026-10-02", "courier", Some(-2))])).contains("2026年10月2日“快递员”的人次不会是 -2"), "below nought");
    assert!(refusal(office.record(&[good, ("2026-10-02", "courier", Some(i64::MAX))])).contains("人次"), "beyond belief");
    assert!(refusal(office.record(&[good, ("2026-11-02", "courier", Some(2))])).contains("还没有到"), "tomorrow");
    assert!(refusal(office.record(&[good, good])).contains("填了两次"), "twice");
    assert!(refusal(office.record(&[good, ("2026-10-02", "martian", Some(2))])).contains("请从下拉列表里选择"), "a group that is none");
    assert_eq!(dump(&office.store), before, "nothing of it was kept");
    let gone = RecordVisits { station: Id::new(999), cells: Vec::new() };
    let gone = office.store.write(Step::new("登记服务人次"), |tx| record_visits(tx, &gone));
    assert!(matches!(gone, Err(Error::Gone(_))), "a station that is not there");
}

#[test]
fn visits_while_the_station_was_not_open_are_taken_with_a_warning_and_found_by_the_check() {
    let office = Office::new();
    let done = office.record(&[("2025-12-31", "courier", Some(3)), ("2026-01-01", "courier", Some(4)), ("2025-12-30", "courier", Some(0))]).expect("taken");
    assert_eq!(done.warnings.len(), 1, "one warning for all days");
    assert!(done.warnings[0].message.contains("有 1 天没有开放") && done.warnings[0].message.contains("2025年12月31日"), "{}", done.warnings[0].message);
    assert_eq!(wrong(&office.store), [("服务人次都在站点开放期间".to_owned(), 1)], "the check counts the one day before it was built");
    let store = &office.store;
    let station = store.read(|db| db.get(office.station)).expect("the station");
    let closed = Station { state: StationState::Stopped, closed: Some(day("2026-01-01")), ..station };
    store.write(Step::new("停用站点"), |tx| tx.save(&closed)).expect("closed");
    assert_eq!(wrong(store), [("服务人次都在站点开放期间".to_owned(), 2)], "from the day of closing it serves no more");
}

#[test]
fn a_form_of_one_visit_says_the_same_as_the_grid() {
    let office = Office::new();
    office.record(&[("2026-10-01", "courier", Some(3))]).expect("recorded");
    let visit = |on: &str, count| Visit { id: Id::NEW, station: office.station, day: day(on), visitor: Term::new("courier"), count, entered: Entered(0) };
    let add = |visit: Visit| office.store.write(Step::new("新增服务人次"), |tx| tx.add(&visit)).map(|written| written.value);
    assert!(refusal(add(visit("2026-10-01", 3))).contains("已有一条"), "once a day and group");
    assert!(refusal(add(visit("2026-10-02", -3))).contains("不会是 -3"), "not below nought");
    assert!(refusal(add(visit("2026-11-02", 3))).contains("还没有到"), "not tomorrow");
    add(visit("2026-10-02", 3)).expect("a right one is taken");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a grid is filled in, and in how many steps, the month holds the last count of each cell, and undoing all leaves none.
    #[test]
    fn the_month_is_the_last_count_of_each_cell(steps in proptest::collection::vec(
        proptest::collection::btree_map((1_u32..29, 0_usize..3), proptest::option::of(0_i64..500), 1..12), 1..5)) {
        let office = Office::new();
        let empty = dump(&office.store);
        let groups = ["courier", "truck", "food"];
        let mut wanted = std::collections::BTreeMap::new();
        let mut written = 0;
        for step in &steps {
            let days: Vec<_> = step.iter().map(|((on, group), count)| (format!("2026-10-{on:02}"), groups[*group], *count)).collect();
            let cells: Vec<_> = days.iter().map(|(on, group, count)| (on.as_str(), *group, *count)).collect();
            let done = office.record(&cells).expect("recorded");
            written += usize::from(done.added + done.changed + done.removed > 0);
            for (on, group, count) in days {
                wanted.insert((on, group.to_owned()), count);
            }
        }
        let kept: Vec<_> = wanted.into_iter().filter_map(|((on, group), count)| Some((on, group, count?))).collect();
        prop_assert_eq!(office.visits(), kept, "the last count of each cell");
        for _ in 0..written {
            office.store.undo(None).expect("undone");
        }
        prop_assert_eq!(dump(&office.store), empty, "and nothing is left");
    }
}
