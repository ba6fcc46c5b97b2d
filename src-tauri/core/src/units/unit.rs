//! The union itself.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::record::{Code, Id, Record, Term};
use crate::terms::{Economy, Industry, UnionKind, UnitNature};

/// The level of a union in the tree (工会层级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Code)]
pub enum UnitLevel {
    /// 省、自治区、直辖市总工会
    #[code(1, "省级", "省|省总|省（自治区、直辖市）")]
    Province,
    /// 市（州）总工会
    #[code(2, "市级", "市州|地市级|市（州）|市")]
    City,
    /// 区县总工会
    #[code(3, "区县级", "县级|区县|县（市、区）|县|区")]
    County,
    /// 乡镇、街道工会
    #[code(4, "乡镇街道级", "乡镇街道|乡镇（街道）|乡镇|街道")]
    Town,
    /// 基层工会
    #[code(5, "基层", "基层工会|基层单位")]
    Grassroots,
    /// 基层工会之下的分工会、工会小组
    #[code(6, "分工会（小组）", "分工会|工会小组|小组|分会")]
    Branch,
}

/// 工会组织：省、市、区县、乡镇街道的工会，到基层工会和它的分工会、小组。
#[derive(Debug, Clone, PartialEq, Record, Deserialize)]
#[record(table = "unit", label = "工会组织", order = "code", key = "code", kept = "parent, closed, merged_into", tidy = super::rules::tidy, check = super::rules::check)]
pub struct Unit {
    /// The id.
    #[serde(default)]
    pub id: Id<Unit>,
    /// 本台账内的固定编号，不随改名、隶属变化而变。
    #[field(label = "组织编号", max = 30, section = "工会", listed)]
    pub code: String,
    /// 工会的全称，与印章一致。
    #[field(label = "工会名称", max = 100, section = "工会", listed, search)]
    pub name: String,
    /// 列表和图表上用的短名称。
    #[field(label = "工会简称", max = 30, section = "工会", search)]
    pub short_name: Option<String>,
    /// 在工会组织体系中的层级。
    #[field(label = "工会层级", section = "工会", listed, filter)]
    pub level: UnitLevel,
    /// 《工会组织信息采集表》中的基层工会类型。
    #[field(label = "基层工会类型", section = "工会", listed, filter)]
    pub kind: Option<Term<UnionKind>>,
    /// 现在的上级工会；变更请用“调整隶属关系”。
    #[field(label = "上级工会", section = "工会", listed)]
    pub parent: Option<Id<Unit>>,
    /// 工会自己的统一社会信用代码，以 8 开头。
    #[field(label = "工会统一社会信用代码", max = 18, section = "工会")]
    pub union_code: Option<String>,
    /// 工会法人资格证书上的编号。
    #[field(label = "工会法人资格证书号", max = 40, section = "工会")]
    pub legal_person_no: Option<String>,
    /// 工会主席或负责人（法定代表人）。
    #[field(label = "工会负责人", max = 50, section = "工会", listed)]
    pub head: Option<String>,
    /// 工会办公电话或负责人电话。
    #[field(label = "联系电话", max = 30, section = "工会", secret)]
    pub phone: Option<String>,
    /// 工会电子邮箱。
    #[field(label = "电子邮箱", max = 100, section = "工会")]
    pub email: Option<String>,
    /// 批准建会的日期。
    #[field(label = "建会日期", section = "工会", listed)]
    pub opened: Option<NaiveDate>,
    /// 撤销的日期；由“撤销”“合并”填写。
    #[field(label = "撤销日期", section = "工会")]
    pub closed: Option<NaiveDate>,
    /// 合并后会员所在的工会。
    #[field(label = "并入的工会", section = "工会")]
    pub merged_into: Option<Id<Unit>>,
    /// 工会所在单位的法定全称。
    #[field(label = "单位名称", max = 100, section = "所在单位", search)]
    pub employer: Option<String>,
    /// 工会所在单位的统一社会信用代码。
    #[field(label = "单位统一社会信用代码", max = 18, section = "所在单位")]
    pub employer_code: Option<String>,
    /// 单位性质类别。
    #[field(label = "单位性质类别", section = "所在单位", filter)]
    pub nature: Option<Term<UnitNature>>,
    /// 经济类型。
    #[field(label = "经济类型", section = "所在单位", filter)]
    pub economy: Option<Term<Economy>>,
    /// 单位所属行业。
    #[field(label = "所属行业", section = "所在单位", filter)]
    pub industry: Option<Term<Industry>>,
    /// 所在政区的代码，到街道为止。
    #[field(label = "所在政区", max = 12, section = "所在单位", filter)]
    pub division: Option<String>,
    /// 单位地址。
    #[field(label = "单位地址", max = 200, section = "所在单位")]
    pub address: Option<String>,
    /// 邮政编码。
    #[field(label = "邮政编码", max = 6, section = "所在单位")]
    pub postcode: Option<String>,
    /// 备注。
    #[field(label = "备注", max = 500, section = "其他")]
    pub note: Option<String>,
}

impl Unit {
    /// A union of which only code, name, level and the one above are known.
    pub fn named(code: impl Into<String>, name: impl Into<String>, level: UnitLevel, parent: Option<Id<Unit>>) -> Self {
        Self {
            id: Id::NEW,
            code: code.into(),
            name: name.into(),
            short_name: None,
            level,
            kind: None,
            parent,
            union_code: None,
            legal_person_no: None,
            head: None,
            phone: None,
            email: None,
            opened: None,
            closed: None,
            merged_into: None,
            employer: None,
            employer_code: None,
            nature: None,
            economy: None,
            industry: None,
            division: None,
            address: None,
            postcode: None,
            note: None,
        }
    }
}
