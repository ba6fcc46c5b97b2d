//! What is put right in a person's record, and what is wrong with it across its fields.

use chrono::NaiveDate;

use super::id_number::{self, IdNumber};
use super::name::{self, NameDoubt};
use super::sex::Sex;
use super::{Person, phone};
use crate::calendar::age;
use crate::error::Faults;
use crate::record::Code;
use crate::store::{Db, Now};
use crate::terms::divisions;

/// Gives what was typed its stored form; see `normalised`.
pub fn tidy(person: &mut Person, now: Now, faults: &mut Faults) {
    person.normalised(now.today, faults);
}

impl Person {
    /// Puts a person's record into the form it is stored in, however it came: one spelling of the name, numbers without
    /// blanks, 18 digits for 15, birth and sex out of the id number where they are missing (GB 11643-1999). An id number that
    /// cannot be one is an error; what is only doubtful, or says otherwise than the number, is a warning and stays.
    fn normalised(&mut self, today: NaiveDate, faults: &mut Faults) {
        self.name = name::normalise(&self.name);
        for doubt in name::doubts(&self.name).into_iter().filter(|doubt| *doubt != NameDoubt::Empty) {
            faults.warn("name", "姓名", doubt.message(), "");
        }
        self.read_id_number(today, faults);
        self.read_phone(faults);
        days(self, today, faults);
        if let Some(division) = self.division.as_deref().filter(|division| divisions::find(division).is_none()) {
            faults.warn("division", "现居住政区", format!("没有代码为“{division}”的政区"), "如是新设的政区可以保留，否则请重新选择");
        }
    }

    fn read_id_number(&mut self, today: NaiveDate, faults: &mut Faults) {
        let Some(text) = &self.id_number else { return };
        match id_number::parse(self.id_kind, text, today) {
            Ok(number) => self.take_id_number(number, faults),
            Err(fault) => {
                self.id_number = Some(id_number::normalise(text));
                faults.error("id_number", "证件号码", fault.message(), fault.hint());
            }
        }
    }

    fn take_id_number(&mut self, number: IdNumber, faults: &mut Faults) {
        agree_on_birth(self, &number, faults);
        agree_on_sex(self, &number, faults);
        if number.division().is_some_and(|division| divisions::county_of_id(division).is_none()) {
            faults.warn("id_number", "证件号码", "号码前六位不是已知的行政区划代码", "请对照证件核对；号码无误的可以保留");
        }
        self.id_kind = Some(number.kind);
        self.id_number = Some(number.text);
    }

    fn read_phone(&mut self, faults: &mut Faults) {
        let Some(text) = &self.phone else { return };
        match phone::parse(text) {
            Ok(phone) => self.phone = Some(phone.text),
            Err(fault) => faults.warn("phone", "移动电话", fault.to_string(), ""),
        }
    }
}

fn agree_on_birth(person: &mut Person, number: &IdNumber, faults: &mut Faults) {
    match (person.birth, number.birth) {
        (Some(given), Some(in_number)) if given != in_number => {
            faults.warn("birth", "出生日期", "出生日期与证件号码中的不一致", "请对照证件核对；一般以证件号码为准");
        }
        (None, found) => person.birth = found,
        _ => {}
    }
}

fn agree_on_sex(person: &mut Person, number: &IdNumber, faults: &mut Faults) {
    match (person.sex, number.sex) {
        (Sex::Unknown | Sex::Unstated, Some(found)) => person.sex = found,
        (given, Some(in_number)) if given != in_number => {
            let message = format!("填的是“{}”，证件号码中是“{}”", given.label(), in_number.label());
            faults.warn("sex", "性别", message, "请对照证件核对；一般以证件号码为准");
        }
        _ => {}
    }
}

fn days(person: &Person, today: NaiveDate, faults: &mut Faults) {
    let started = person.started_work;
    if person.birth.is_some_and(|birth| birth > today) {
        faults.error("birth", "出生日期", "出生日期在今天之后", "请核对日期");
    } else if person.birth.is_some_and(|birth| age(birth, today) > 150) {
        faults.error("birth", "出生日期", "按出生日期已超过 150 岁", "请核对日期");
    } else if person.birth.zip(started).is_some_and(|(birth, started)| age(birth, started) < 16) {
        faults.warn("started_work", "参加工作日期", "参加工作时不满 16 周岁", "请核对出生日期和参加工作日期");
    }
    if started.is_some_and(|started| started > today) {
        faults.error("started_work", "参加工作日期", "参加工作日期在今天之后", "请核对日期");
    }
}

/// Refuses an id number that is not in its stored form, or that another person has; warns of a namesake born on the same day.
pub fn check(person: &Person, db: &Db<'_>, faults: &mut Faults) {
    if let Some(number) = &person.id_number {
        sound(person, number, db.now().today, faults);
        let taken = db.one::<i64>("SELECT id FROM person WHERE id_number = ?1 AND id <> ?2", (number, person.id.get()));
        if matches!(taken, Ok(Some(_))) {
            let hint = "请打开原有人员，给他增加会员、志愿者等身份，不要重复登记";
            faults.error("id_number", "证件号码", "已有另一位人员登记了这个证件号码", hint);
        }
    }
    let Some(birth) = person.birth else { return };
    let namesake = "SELECT id FROM person WHERE name = ?1 AND birth = ?2 AND id <> ?3 AND (id_number IS NULL OR ?4 IS NULL) LIMIT 1";
    let found = db.one::<i64>(namesake, (&person.name, birth.to_string(), person.id.get(), &person.id_number));
    if matches!(found, Ok(Some(_))) {
        faults.warn("name", "姓名", "已有一位同名且出生日期相同的人员", "请核对是否同一个人；同一个人只登记一次");
    }
}

fn sound(person: &Person, number: &str, today: NaiveDate, faults: &mut Faults) {
    match id_number::parse(person.id_kind, number, today) {
        Err(fault) => faults.error("id_number", "证件号码", fault.message(), fault.hint()),
        Ok(read) if read.text != number => faults.error("id_number", "证件号码", "证件号码的写法不规范", "请去掉空格等多余字符后重新填写"),
        Ok(_) => {}
    }
}
