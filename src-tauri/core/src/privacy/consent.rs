//! Who agreed to what, and when.

use chrono::NaiveDate;

use crate::calendar::age;
use crate::error::Faults;
use crate::people::Person;
use crate::record::{Code, Id, Record};
use crate::store::Db;

/// Below so many years of age a guardian consents (第三十一条).
const GUARDED: i32 = 14;

/// 同意处理哪一类个人信息。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum ConsentScope {
    /// 一般个人信息
    #[code(1, "一般", "一般个人信息")]
    Plain,
    /// 敏感个人信息：证件、健康、金融账户等，须单独同意
    #[code(2, "敏感", "敏感个人信息")]
    Sensitive,
    /// 不满十四周岁未成年人的个人信息，须监护人单独同意
    #[code(3, "未成年人", "不满十四周岁|儿童")]
    Minor,
}

/// 以什么形式同意。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum ConsentForm {
    /// 书面
    #[code(1, "书面", "纸质|签字")]
    Written,
    /// 电子
    #[code(2, "电子", "网上|短信|扫码")]
    Electronic,
    /// 口头
    #[code(3, "口头", "当面|电话")]
    Oral,
}

/// 本人（不满十四周岁的由监护人）同意处理个人信息的一次记录；撤回的填撤回日期，不删除。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "consent", label = "同意记录", order = "given", check = check)]
pub struct Consent {
    /// The id.
    pub id: Id<Consent>,
    /// 谁的个人信息。
    #[field(label = "人员", listed)]
    pub person: Id<Person>,
    /// 为办什么事处理，例如：入会登记、医疗互助、职工子女暑托班。
    #[field(label = "处理目的", max = 200, listed)]
    pub purpose: String,
    /// 一般、敏感，还是不满十四周岁未成年人的个人信息。
    #[field(label = "信息范围", listed, filter)]
    pub scope: ConsentScope,
    /// 哪一天同意的。
    #[field(label = "同意日期", listed)]
    pub given: NaiveDate,
    /// 书面、电子或口头。
    #[field(label = "同意形式", listed, filter)]
    pub form: ConsentForm,
    /// 敏感个人信息和未成年人的个人信息，应当就这一个目的单独同意（第二十九条）。
    #[field(label = "单独同意", filter)]
    pub separate: bool,
    /// 代为同意的监护人；本人同意的不填。
    #[field(label = "监护人姓名", max = 50, listed)]
    pub guardian: Option<String>,
    /// 监护人与本人的关系，例如：父亲、母亲。
    #[field(label = "与本人关系", max = 20)]
    pub relation: Option<String>,
    /// 撤回同意的日期；没有撤回的不填。
    #[field(label = "撤回日期", listed, filter)]
    pub withdrawn: Option<NaiveDate>,
    /// 备注。
    #[field(label = "备注", max = 500)]
    pub note: Option<String>,
}

/// Refuses days ahead or out of order, sensitive data without a consent of its own, and a child who consented alone.
fn check(consent: &Consent, db: &Db<'_>, faults: &mut Faults) {
    let today = db.now().today;
    if consent.given > today {
        faults.error("given", "同意日期", "在今天之后", "请核对日期");
    }
    if consent.withdrawn.is_some_and(|day| day < consent.given || day > today) {
        faults.error("withdrawn", "撤回日期", "应在同意日期和今天之间", "请核对日期");
    }
    if consent.scope != ConsentScope::Plain && !consent.separate {
        let hint = "请就这一个目的另行取得同意，再勾选“单独同意”（《个人信息保护法》第二十九条）";
        faults.error("separate", "单独同意", "处理敏感个人信息、未成年人个人信息应当取得单独同意", hint);
    }
    if consent.guardian.is_some() != consent.relation.is_some() {
        let (field, label) = if consent.guardian.is_some() { ("relation", "与本人关系") } else { ("guardian", "监护人姓名") };
        faults.error(field, label, "监护人姓名和与本人的关系要一起填", "本人同意的两项都不填");
    }
    guarded(consent, db, faults);
}

fn guarded(consent: &Consent, db: &Db<'_>, faults: &mut Faults) {
    let years = db.get(consent.person).ok().and_then(|person| person.birth).map(|birth| age(birth, consent.given));
    let child = years.is_some_and(|years| years < GUARDED);
    if child && consent.scope != ConsentScope::Minor {
        faults.error("scope", "信息范围", "那一天本人不满十四周岁", "请选择“未成年人”（《个人信息保护法》第三十一条）");
    }
    if (child || consent.scope == ConsentScope::Minor) && consent.guardian.is_none() {
        let hint = "请填写父母或其他监护人的姓名和关系（《个人信息保护法》第三十一条）";
        faults.error("guardian", "监护人姓名", "不满十四周岁的，应当由监护人同意", hint);
    }
    if consent.scope == ConsentScope::Minor && years.is_some_and(|years| years >= GUARDED) {
        faults.error("scope", "信息范围", "那一天本人已满十四周岁", "请选择“一般”或“敏感”");
    }
}
