//! What is wrong with a person's record across its fields.

use super::Person;
use crate::error::Faults;
use crate::store::Db;

/// Refuses a second person of one id number.
pub fn check(person: &Person, db: &Db<'_>, faults: &mut Faults) {
    let Some(number) = &person.id_number else { return };
    let taken = db.one::<i64>("SELECT id FROM person WHERE id_number = ?1 AND id <> ?2", (number, person.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error(
            "id_number",
            "证件号码",
            "已有另一位人员登记了这个证件号码",
            "请打开原有人员，给他增加会员、志愿者等身份，不要重复登记",
        );
    }
}
