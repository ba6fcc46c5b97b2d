//! The natural person, who exists once.

use chrono::NaiveDate;
use serde::Deserialize;

use super::id_number::IdKind;
use super::sex::Sex;
use crate::record::{Id, Record, Term};
use crate::terms::{Education, Employment, Ethnic, Household, Marital, Politics, Skill};

/// 人员：一个自然人只登记一次，会员、志愿者等都是他的身份。
#[derive(Debug, Clone, PartialEq, Record, Deserialize)]
#[record(
    table = "person",
    label = "人员",
    order = "_pinyin",
    key = "id_number",
    computed = "pinyin(name), initials(name), tail(phone)",
    tidy = super::rules::tidy,
    check = super::rules::check
)]
pub struct Person {
    /// The id.
    #[serde(default)]
    pub id: Id<Person>,
    /// 与证件一致的姓名。
    #[field(label = "姓名", max = 50, section = "基本信息", listed, search)]
    pub name: String,
    /// 按证件登记；有身份证号码时由号码得出。
    #[field(label = "性别", section = "基本信息", listed, filter)]
    pub sex: Sex,
    /// 有身份证号码时由号码得出。
    #[field(label = "出生日期", section = "基本信息", listed)]
    pub birth: Option<NaiveDate>,
    /// 有效证件的类别。
    #[field(label = "证件类别", section = "基本信息")]
    pub id_kind: Option<IdKind>,
    /// 证件上的号码；旧的 15 位身份证号码存为 18 位。
    #[field(label = "证件号码", max = 30, section = "基本信息", listed, secret)]
    pub id_number: Option<String>,
    /// 民族。
    #[field(label = "民族", section = "基本信息", filter)]
    pub ethnic: Option<Term<Ethnic>>,
    /// 学历。
    #[field(label = "学历", section = "基本信息", filter)]
    pub education: Option<Term<Education>>,
    /// 政治面貌。
    #[field(label = "政治面貌", section = "基本信息", filter)]
    pub politics: Option<Term<Politics>>,
    /// 婚姻状况。
    #[field(label = "婚姻状况", section = "基本信息")]
    pub marital: Option<Term<Marital>>,
    /// 移动电话。
    #[field(label = "移动电话", max = 30, section = "联系方式", listed, secret)]
    pub phone: Option<String>,
    /// 电子邮箱。
    #[field(label = "电子邮箱", max = 100, section = "联系方式", secret)]
    pub email: Option<String>,
    /// 现居住地址。
    #[field(label = "现居住地址", max = 200, section = "联系方式", secret)]
    pub address: Option<String>,
    /// 现居住地的政区代码，到街道为止。
    #[field(label = "现居住政区", max = 12, section = "联系方式")]
    pub division: Option<String>,
    /// 户籍类型。
    #[field(label = "户籍类型", section = "户籍", filter)]
    pub household: Option<Term<Household>>,
    /// 户口所在地。
    #[field(label = "户籍所在地", max = 200, section = "户籍")]
    pub household_place: Option<String>,
    /// 籍贯。
    #[field(label = "籍贯", max = 100, section = "户籍")]
    pub native_place: Option<String>,
    /// 工作单位的法定全称。
    #[field(label = "工作单位", max = 100, section = "工作", listed)]
    pub employer: Option<String>,
    /// 从事的工种或岗位。
    #[field(label = "工种", max = 50, section = "工作")]
    pub job: Option<String>,
    /// 专业技术职称。
    #[field(label = "职称", max = 50, section = "工作")]
    pub title: Option<String>,
    /// 就业状况。
    #[field(label = "就业状况", section = "工作", filter)]
    pub employment: Option<Term<Employment>>,
    /// 技术等级。
    #[field(label = "技术等级", section = "工作", filter)]
    pub skill: Option<Term<Skill>>,
    /// 参加工作的日期。
    #[field(label = "参加工作日期", section = "工作")]
    pub started_work: Option<NaiveDate>,
    /// 备注。
    #[field(label = "备注", max = 500, section = "其他")]
    pub note: Option<String>,
}

impl Person {
    /// A person of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            id: Id::NEW,
            name: name.into(),
            sex: Sex::Unknown,
            birth: None,
            id_kind: None,
            id_number: None,
            ethnic: None,
            education: None,
            politics: None,
            marital: None,
            phone: None,
            email: None,
            address: None,
            division: None,
            household: None,
            household_place: None,
            native_place: None,
            employer: None,
            job: None,
            title: None,
            employment: None,
            skill: None,
            started_work: None,
            note: None,
        }
    }
}
