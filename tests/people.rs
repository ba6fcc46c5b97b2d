//! People: one stored form however they come, each once, found by every key.

use chrono::NaiveDate;
use proptest::prelude::*;
use unionbook_core::error::{Faults, Weight};
use unionbook_core::people::id_number::{IdKind, generate};
use unionbook_core::people::sex::Sex;
use unionbook_core::people::{Person, amend, register};
use unionbook_core::record::{Id, Row, Term};
use unionbook_core::store::{Key, Now, Step, Store, check, match_of, of_record};

use crate::dump::dump;
use crate::units::{day, refusal};
use crate::world::World;

/// A number of division 000000, which is nobody's; odd sequences are men's.
pub fn number(birth: &str, sequence: u16) -> String {
    generate("000000", day(birth), sequence).expect("a number")
}

/// Enters a person with a number.
pub fn enter(store: &Store, name: &str, id_number: &str) -> Id<Person> {
    let person = Person { id_number: Some(id_number.into()), ..Person::named(name) };
    store.write(Step::new("登记人员"), |tx| register(tx, &person)).expect("a person is entered").value
}

fn person(store: &Store, id: Id<Person>) -> Person {
    store.read(|db| db.get(id)).expect("the person is there")
}

fn today() -> NaiveDate {
    day("2026-11-01")
}

/// Puts a person into the stored form, and gives what was said of it.
fn normalised(mut person: Person) -> (Person, Vec<(&'static str, Weight)>) {
    let mut faults = Faults::default();
    person.tidy(Now { at: 0, today: today() }, &mut faults);
    let said = ["name", "sex", "birth", "id_number", "phone", "division", "started_work"];
    let said = said
        .into_iter()
        .flat_map(|field| faults.0.iter().filter(move |fault| fault.field == field).map(move |fault| (field, fault.weight)));
    (person, said.collect())
}

#[test]
fn what_was_typed_gets_its_stored_form() {
    let typed = Person {
        id_number: Some(" ０00000 19900101 123".replace(' ', "") + &number("1990-01-01", 123)[17..].to_lowercase()),
        phone: Some("+86 138-0000-1234".into()),
        email: Some("  ".into()),
        employer: Some("　第一公司 ".into()),
        ..Person::named("张　三")
    };
    let (stored, _) = normalised(typed);
    assert_eq!(stored.name, "张三", "blanks within a name go");
    assert_eq!(stored.id_number.as_deref(), Some(number("1990-01-01", 123).as_str()), "full-width digits and blanks are put right");
    assert_eq!(
        (stored.birth, stored.sex, stored.id_kind),
        (Some(day("1990-01-01")), Sex::Male, Some(IdKind::Resident)),
        "read off the number"
    );
    assert_eq!(stored.phone.as_deref(), Some("13800001234"), "a mobile without country code and hyphens");
    assert_eq!((stored.email, stored.employer.as_deref()), (None, Some("第一公司")), "blanks are nothing, ends are trimmed");
}

#[test]
fn fifteen_digits_become_eighteen_and_are_the_same_person() {
    let world = World::new();
    let store = world.create();
    let old = Person { id_number: Some("000000900101123".into()), ..Person::named("张三") };
    let id = store.write(Step::new("登记人员"), |tx| register(tx, &old)).expect("entered").value;
    assert_eq!(person(&store, id).id_number, Some(number("1990-01-01", 123)), "18 digits are stored");
    let again = Person { id_number: Some(number("1990-01-01", 123)), ..Person::named("张三") };
    let refused = store.write(Step::new("登记人员"), |tx| register(tx, &again)).map(|written| written.value);
    let said = refusal(refused);
    assert!(said.contains("已有另一位人员") && !said.contains("19900101"), "the same card, and no digit of it is said: {said}");
}

#[test]
fn doubts_are_warnings_and_contradictions_stay_as_entered() {
    let typed = Person {
        id_number: Some(number("1990-01-01", 123)),
        sex: Sex::Female,
        birth: Some(day("1991-01-01")),
        phone: Some("12345678901".into()),
        division: Some("999999".into()),
        started_work: Some(day("2005-12-31")),
        ..Person::named("李?")
    };
    let (stored, said) = normalised(typed);
    let fields: Vec<_> = said.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["name", "sex", "birth", "id_number", "phone", "division", "started_work"], "each doubt at its own field");
    assert!(said.iter().all(|(_, weight)| *weight == Weight::Warning), "none of them forbids the record: {said:?}");
    assert_eq!((stored.sex, stored.birth), (Sex::Female, Some(day("1991-01-01"))), "what was entered stays; the clerk decides");
    assert_eq!(stored.phone.as_deref(), Some("12345678901"), "a number that is none is kept as it is");
}

#[test]
fn what_cannot_be_is_an_error() {
    let sound = number("1990-01-01", 123);
    let swapped = format!("{}{}{}{}", &sound[..6], "91", &sound[8..17], &sound[17..]);
    let cases = [
        (Person { id_number: Some(swapped), ..Person::named("甲") }, "id_number"),
        (Person { id_number: Some("1.10105E+17".into()), ..Person::named("甲") }, "id_number"),
        (Person { birth: Some(day("2026-11-02")), ..Person::named("甲") }, "birth"),
        (Person { birth: Some(day("1870-01-01")), ..Person::named("甲") }, "birth"),
        (Person { started_work: Some(day("2026-11-02")), ..Person::named("甲") }, "started_work"),
    ];
    for (case, field) in cases {
        let (_, said) = normalised(case);
        assert!(said.contains(&(field, Weight::Error)), "{field} is refused: {said:?}");
    }
    let world = World::new();
    let store = world.create();
    let unwritten = Person { id_number: Some(sound.to_lowercase() + " "), id_kind: Some(IdKind::Resident), ..Person::named("甲") };
    let added = store.write(Step::new("登记人员"), |tx| tx.add(&unwritten)).expect("added").value;
    assert_eq!(person(&store, added).id_number.as_deref(), Some(sound.as_str()), "no way in passes by the stored form");
    let nameless = store.write(Step::new("登记人员"), |tx| register(tx, &Person::named(" "))).map(|written| written.value);
    assert!(refusal(nameless).contains("姓名"), "a name is asked for");
    let strange = Person { ethnic: Some(Term::new("00")), ..Person::named("乙") };
    let refused = store.write(Step::new("登记人员"), |tx| register(tx, &strange)).map(|written| written.value);
    assert!(refusal(refused).contains("民族"), "a term must be of its list");
}

#[test]
fn a_person_is_found_by_name_pinyin_initials_and_the_end_of_the_phone_and_no_longer_by_the_old_ones() {
    let world = World::new();
    let store = world.create();
    let id = store
        .write(Step::new("登记人员"), |tx| register(tx, &Person { phone: Some("13800001234".into()), ..Person::named("曾小贤") }))
        .expect("entered")
        .value;
    let by = |column: &str, key: &str| -> Vec<i64> {
        let sql = format!("SELECT id FROM person WHERE {column} = ?1");
        store.read(|db| db.rows(&sql, [key], |row| row.get(0))).expect("looked up")
    };
    let by_name = |part: &str| -> Vec<i64> {
        let pattern = match_of(part).expect("letters");
        store
            .read(|db| db.rows("SELECT rowid FROM person_search WHERE person_search MATCH ?1", [pattern], |row| row.get(0)))
            .expect("searched")
    };
    let keys = |pinyin: &str, initials: &str, tail: &str, name: &str| {
        [by("_pinyin", pinyin), by("_initials", initials), by("_tail", tail), by_name(name)]
    };
    let (found, nothing) = (vec![id.get()], Vec::<i64>::new());
    assert_eq!(keys("zengxiaoxian", "zxx", "1234", "小贤"), std::array::from_fn(|_| found.clone()), "the surname is read as one");
    let before = dump(&store);
    let renamed = Person { name: "单小贤".into(), phone: Some("13800005678".into()), ..person(&store, id) };
    store.write(Step::new("修改人员"), |tx| amend(tx, &renamed)).expect("renamed");
    assert_eq!(keys("shanxiaoxian", "sxx", "5678", "单小"), std::array::from_fn(|_| found.clone()), "by the new keys");
    assert_eq!(keys("zengxiaoxian", "zxx", "1234", "曾小"), std::array::from_fn(|_| nothing.clone()), "not by the old ones");
    let past = store.read(|db| of_record(db, Person::table(), Key::Id(id.get()))).expect("history");
    assert_eq!(past.last().map(|past| past.columns.len()), Some(2), "the history tells both changes and no copies");
    store.undo(None).expect("undone");
    assert_eq!(dump(&store), before, "undo brings back every key and every word of the search");
}

#[test]
fn a_namesake_of_the_same_day_is_doubted_unless_two_numbers_tell_them_apart() {
    let world = World::new();
    let store = world.create();
    enter(&store, "王芳", &number("1990-01-01", 124));
    let suspects = |store: &Store| {
        let findings = store.read(check).expect("checked");
        findings.iter().find(|finding| finding.what.contains("姓名和出生日期")).map(|finding| finding.wrong)
    };
    enter(&store, "王芳", &number("1990-01-01", 126));
    assert_eq!(suspects(&store), Some(0), "two cards are two people");
    let unproved = Person { birth: Some(day("1990-01-01")), ..Person::named("王芳") };
    let mut faults = Faults::default();
    store
        .read(|db| {
            unproved.check(db, &mut faults);
            Ok(())
        })
        .expect("checked");
    assert!(faults.0.iter().any(|fault| fault.message.contains("同名")) && !faults.refuse(), "a form says so and takes it: {faults:?}");
    store.write(Step::new("登记人员"), |tx| register(tx, &unproved)).expect("entered");
    assert_eq!(suspects(&store), Some(2), "one without a card may be either of them");
}

proptest! {
    #[test]
    fn the_stored_form_is_stable(name in "[张李欧阳·. a-zA-Z　]{0,8}", id in "[0-9０-９Xx ]{0,19}", phone in "[-0-9+ 转]{0,16}", sex in 0usize..4) {
        let typed = Person { id_number: Some(id), phone: Some(phone), sex: Sex::ALL[sex], ..Person::named(name) };
        let (once, said) = normalised(typed);
        let (twice, said_again) = normalised(once.clone());
        prop_assert_eq!(&twice, &once, "what is in its stored form stays so");
        prop_assert_eq!(said_again, said, "and the same is said of it");
    }

    #[test]
    fn a_sound_number_says_birth_and_sex_in_whatever_form_it_comes(offset in 0u64..40_000, sequence in 0u16..1000, wide in any::<bool>()) {
        let birth = day("1910-01-01") + chrono::Days::new(offset);
        let sound = generate("000000", birth, sequence).unwrap();
        let typed = if wide { sound.chars().map(|letter| char::from_u32(u32::from(letter) + 0xfee0).unwrap()).collect() } else { sound.to_lowercase() };
        let (stored, _) = normalised(Person { id_number: Some(typed), ..Person::named("张三") });
        prop_assert_eq!(stored.birth, Some(birth), "birth");
        prop_assert_eq!(stored.sex, if sequence % 2 == 1 { Sex::Male } else { Sex::Female }, "sex");
        prop_assert_eq!(stored.id_number, Some(sound), "number");
    }
}
