//! Demonstrations: the same for the same seed, sound, and as offices are.

use unionbook_core::activities::{Activity, Participation};
use unionbook_core::calendar::Month;
use unionbook_core::demo::{Counts, Scale, fill};
use unionbook_core::error::Faults;
use unionbook_core::members::{Change, Dues, Member};
use unionbook_core::modules::Entry;
use unionbook_core::people::Person;
use unionbook_core::people::id_number;
use unionbook_core::record::Cell;
use unionbook_core::stations::{Station, Visit};
use unionbook_core::store::{Store, check};
use unionbook_core::units::{Unit, credit_code};
use unionbook_core::volunteers::{Service, Team, Volunteer};
use unionbook_core::{Error, Result};

use crate::world::World;

fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

fn filled(world: &World, scale: Scale, seed: u64) -> (Store, Counts) {
    let store = world.create();
    let counts = fill(&store, scale, seed, month("2026-10"), &mut |_, _| Ok(())).expect("a demonstration");
    (store, counts)
}

fn one(store: &Store, sql: &str) -> i64 {
    store.read(|db| db.one::<i64>(sql, [])).expect(sql).unwrap_or(0)
}

/// All rows of all tables as text.
fn dump(store: &Store) -> String {
    let rows = |entry: &Entry| -> Result<String> {
        let table = entry.table;
        let sql = format!("SELECT * FROM {} ORDER BY 1, 2", table.name);
        let lines = store.read(|db| {
            let width = db.connection().prepare(&sql)?.column_count();
            db.rows(&sql, [], |row| Ok((0..width).map(|at| row.get::<_, Cell>(at).expect("a cell")).collect::<Vec<_>>()))
        })?;
        Ok(lines.into_iter().map(|line| format!("{} {line:?}\n", table.name)).collect())
    };
    store.registry().entries().filter(|entry| !entry.table.view).map(|entry| rows(entry).expect("rows")).collect()
}

fn assert_sound(store: &Store) {
    let findings = store.read(check).expect("a check");
    let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
    assert!(wrong.is_empty(), "the file is sound: {wrong:?}");
}

#[test]
fn the_same_seed_gives_the_same_rows_and_another_one_others() {
    let worlds = [World::new(), World::new(), World::new()];
    let [first, again, other] =
        [(&worlds[0], 7), (&worlds[1], 7), (&worlds[2], 8)].map(|(world, seed)| dump(&filled(world, Scale::Office, seed).0));
    assert!(first.lines().count() > 3_000, "there is something to compare: {} rows", first.lines().count());
    assert!(first == again, "seed 7 twice gives the same rows to the byte");
    assert!(first != other, "seed 8 gives others");
}

#[test]
fn an_office_has_300_people_in_one_union_with_three_branches() {
    let world = World::new();
    let (store, counts) = filled(&world, Scale::Office, 1);
    assert_sound(&store);
    assert_eq!((counts.of::<Person>(), counts.of::<Unit>(), counts.of::<Activity>()), (300, 4, 60), "{counts:?}");
    assert_eq!(one(&store, "SELECT count(*) FROM unit WHERE parent IS NULL AND code = 'demo' AND level = 5"), 1, "one union at the top");
    assert!(counts.0.iter().filter(|(name, _)| *name != "unit_move").all(|(_, count)| *count > 0), "nothing is left out: {counts:?}");
    let again = fill(&store, Scale::Office, 1, month("2026-10"), &mut |_, _| Ok(()));
    assert!(matches!(again, Err(Error::Refused(_))), "a file with content is not filled");
}

#[test]
fn a_town_is_as_towns_are() {
    let world = World::new();
    let (store, counts) = filled(&world, Scale::Town, 1);
    assert_sound(&store);
    assert_eq!((counts.of::<Person>(), counts.of::<Unit>(), counts.of::<Station>()), (6_000, 40, 15), "{counts:?}");
    assert_eq!((counts.of::<Member>(), counts.of::<Activity>()), (5_850, 400), "39 of 40 people are members: {counts:?}");
    let named = counts.of::<Participation>() + counts.of::<Service>();
    assert!((13_300..=14_700).contains(&named), "people named in activities: {named}");
    assert!(counts.of::<Dues>() > 50_000 && counts.of::<Visit>() > 10_000 && counts.of::<Team>() > 3, "{counts:?}");
    assert!((400..=560).contains(&counts.of::<Volunteer>()), "about 8 in 100 are volunteers: {counts:?}");
    shares(&store);
    movements(&store, counts.of::<Change>());
    lifelike(&store);
}

/// Shares of all people or members, in thousandths.
fn shares(store: &Store) {
    let share = |sql: &str, of: &str| one(store, sql) * 1_000 / one(store, of).max(1);
    let people = |condition: &str| share(&format!("SELECT count(*) FROM person WHERE {condition}"), "SELECT count(*) FROM person");
    let members = |condition: &str| share(&format!("SELECT count(*) FROM member WHERE {condition}"), "SELECT count(*) FROM member");
    for (what, found, low, high) in [
        ("women", people("sex = 2"), 390, 460),
        ("called 王", people("name GLOB '王*'"), 50, 95),
        ("with a dot in the name", people("instr(name, '·')"), 3, 40),
        ("of minorities", people("ethnic <> '01'"), 120, 220),
        ("born 1962 to 2006", people("birth BETWEEN '1962-01-01' AND '2006-12-31'"), 1_000, 1_000),
        ("in a new-employment group", members("new_employment IS NOT NULL"), 40, 260),
        ("migrant workers", members("migrant = 1"), 150, 480),
        ("retained", members("state = 2"), 20, 130),
        ("gone", members("state = 3"), 15, 90),
    ] {
        assert!((low..=high).contains(&found), "{found} of 1,000 are {what}");
    }
}

fn movements(store: &Store, changes: i64) {
    let members = one(store, "SELECT count(*) FROM member");
    let later = one(store, "SELECT count(*) FROM change WHERE kind <> 0 AND day > '2023-10-31'");
    let a_month = later * 10_000 / 36 / members;
    assert!((50..=130).contains(&a_month), "movements a month: {a_month} of 10,000 members");
    let kinds = one(store, "SELECT count(DISTINCT kind) FROM change");
    assert!(kinds >= 7 && changes > members, "every kind but expulsion occurs even in a town: {kinds} kinds, {changes} changes");
    let months = one(store, "SELECT count(DISTINCT substr(day, 1, 7)) FROM change WHERE kind = 1 AND day > '2023-10-31'");
    assert!(months >= 34, "people join in nearly every month: {months}");
    let halves = one(
        store,
        "SELECT count(*) FROM change o WHERE o.kind = 4 AND o.counterpart IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change i \
         WHERE i.member = o.member AND i.kind = 2 AND i.day = o.day AND i.unit = o.counterpart AND i.counterpart = o.unit)",
    );
    assert_eq!(halves, 0, "each half of a transfer has the other one");
    assert_eq!(one(store, "SELECT count(*) FROM change WHERE kind IN (4, 5, 6) AND reason IS NULL"), 0, "who goes has a reason");
    let early = "SELECT count(*) FROM change c JOIN unit u ON u.id = c.unit WHERE c.day < u.opened OR c.day > coalesce(u.closed, c.day)";
    assert_eq!(one(store, early), 0, "nothing happens in a union before it is founded or after it is closed");
}

fn lifelike(store: &Store) {
    for condition in ["opened > '2023-10-31'", "closed IS NOT NULL", "merged_into IS NOT NULL"] {
        assert!(one(store, &format!("SELECT count(*) FROM unit WHERE {condition}")) > 0, "there is a union with {condition}");
    }
    assert!(one(store, "SELECT count(*) FROM unit_move") > 0, "a union has moved");
    let roster = "SELECT count(*) FROM unit WHERE code = 'demo-1' AND level = 5 AND closed IS NULL AND opened < '2023-10-31'";
    assert_eq!(one(store, roster), 1, "the union that the shipped roster belongs to is there all the time");
    let too_long = "SELECT count(*) FROM service s JOIN activity a ON a.id = s.activity WHERE s.minutes > a.length OR a.area IS NULL";
    assert_eq!(one(store, too_long), 0, "nobody served longer than the activity");
    let unregistered = "SELECT count(*) FROM service s JOIN activity a ON a.id = s.activity WHERE NOT EXISTS \
                        (SELECT 1 FROM volunteer v WHERE v.person = s.person AND v.registered <= a.day AND coalesce(v.ended, '9') > a.day)";
    assert_eq!(one(store, unregistered), 0, "who served was registered");
    let wrong = "SELECT count(*) FROM participation p JOIN activity a ON a.id = p.activity LEFT JOIN member m ON m.person = p.person \
                 WHERE a.state <> 2 OR a.persons IS NOT NULL OR p.member <> (m.id IS NOT NULL AND \
                 (SELECT sum(CASE WHEN c.kind IN (0, 1, 2) THEN 1 WHEN c.kind IN (4, 5, 6) THEN -1 ELSE 0 END) FROM change c \
                 WHERE c.member = m.id AND c.day <= a.day) > 0)";
    assert_eq!(one(store, wrong), 0, "who is called a member was one on that day");
    assert_eq!(one(store, "SELECT count(*) FROM activity WHERE day > '2026-10-31'"), 0, "nothing is held after the last month");
}

#[test]
fn every_row_of_a_town_holds_by_its_own_rules() {
    let world = World::new();
    let (store, _) = filled(&world, Scale::Town, 3);
    let today = store.now().today;
    let numbers = store.read(|db| db.rows("SELECT id_number FROM person", [], |row| row.get::<_, String>(0))).expect("numbers");
    for number in &numbers {
        let read = id_number::parse(None, number, today).expect("an id number holds");
        assert_eq!(read.division(), Some("000000"), "it is nobody's");
    }
    let codes =
        "SELECT union_code FROM unit WHERE union_code IS NOT NULL UNION ALL SELECT employer_code FROM unit WHERE employer_code IS NOT NULL";
    for code in store.read(|db| db.rows(codes, [], |row| row.get::<_, String>(0))).expect("codes") {
        let read = credit_code::parse(&code).expect("a credit code holds");
        assert!(read.division() == "000000" && read.organisation_holds(), "{code} is nobody's");
    }
    for entry in store.registry().entries().filter(|entry| !entry.table.view && entry.table.name != "visit") {
        let errors = errors_of(&store, entry).expect("a check of every row");
        assert!(errors.is_empty(), "rows of {} hold: {errors:?}", entry.table.name);
    }
}

/// What is wrong, by the record's own rules, with every 37th row of a table.
fn errors_of(store: &Store, entry: &Entry) -> Result<Vec<Faults>> {
    store.read(|db| {
        let (table, mut wrong) = (entry.table, Vec::new());
        let mut statement = db.connection().prepare(&table.sql().select)?;
        let mut rows = statement.query([])?;
        let mut nth = 0;
        while let Some(row) = rows.next()? {
            nth += 1;
            if nth % 37 == 0 {
                let cells: Vec<Cell> = (1..=table.fields.len()).map(|at| row.get(at).expect("a cell")).collect();
                let mut faults = Faults::default();
                (entry.check)(db, row.get(0)?, &cells, &mut faults)?;
                unionbook_core::store::check_cells(db, table, &cells, &mut faults)?;
                wrong.extend(faults.refuse().then_some(faults));
            }
        }
        Ok(wrong)
    })
}
