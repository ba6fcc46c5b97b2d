//! The ledger of stations.

use chrono::NaiveDate;

use super::coordinates::{Datum, Point};
use crate::record::{Code, Degrees, Id, Record, Term, Terms};
use crate::terms::{BuildingMode, StationFacility, StationHost, StationKind, StationLevel, StationService};
use crate::units::Unit;

/// 开放类型：全国统计把延时（全周期）服务和24小时驿站单列。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Opening {
    /// 常规
    #[code(1, "常规", "常规开放|正常|日间")]
    Regular,
    /// 延时
    #[code(2, "延时", "延时服务|全周期|全周期服务|错时延时")]
    Extended,
    /// 24小时
    #[code(3, "24小时", "24h|24H|全天|全天候|不打烊")]
    Always,
}

/// 站点状态。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum StationState {
    /// 筹建
    #[code(1, "筹建", "在建|建设中|筹备")]
    Planned,
    /// 开放
    #[code(2, "开放", "正常|运营|运营中|启用|在用")]
    Open,
    /// 整改
    #[code(3, "整改", "整改中|限期整改|维护|维修")]
    Mending,
    /// 停用
    #[code(4, "停用", "关闭|停止服务|暂停")]
    Stopped,
    /// 摘牌
    #[code(5, "摘牌", "撤销|收回牌匾")]
    Revoked,
}

impl StationState {
    /// Says whether the station no longer serves, so that a day of closing is asked for.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Stopped | Self::Revoked)
    }
}

/// 工会建设或联合建设的服务站点：驿站、职工之家、书屋、健康站等，一处一条。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "station", label = "服务站点", order = "code", key = "code", unit = "unit", tidy = super::rules::tidy, check = super::rules::check)]
pub struct Station {
    /// The id.
    pub id: Id<Station>,
    /// 每个站点一个编码，与牌匾和二维码上的一致。
    #[field(label = "站点编码", max = 32, section = "基本情况", listed, search)]
    pub code: String,
    /// 牌匾上的全称。
    #[field(label = "站点名称", max = 80, section = "基本情况", listed, search)]
    pub name: String,
    /// 站点属于哪一类阵地。
    #[field(label = "站点类型", section = "基本情况", listed, filter)]
    pub kind: Term<StationKind>,
    /// 本地分级的办法评定的级别。
    #[field(label = "站点级别", section = "基本情况", listed, filter)]
    pub level: Option<Term<StationLevel>>,
    /// 负责管理这个站点的工会。
    #[field(label = "主管工会", section = "基本情况", listed)]
    pub unit: Id<Unit>,
    /// 现在的状态；停用或摘牌须填日期。
    #[field(label = "站点状态", section = "基本情况", listed, filter)]
    pub state: StationState,
    /// 建成并开始服务的日期。
    #[field(label = "建成日期", section = "基本情况", listed)]
    pub built: Option<NaiveDate>,
    /// 停用或摘牌的日期；从这一天起不再服务。
    #[field(label = "停用日期", section = "基本情况")]
    pub closed: Option<NaiveDate>,
    /// 所在省、市、县、街道、社区的代码，6 至 12 位。
    #[field(label = "政区代码", max = 12, section = "位置")]
    pub division: Option<String>,
    /// 写到门牌，便于查找。
    #[field(label = "地址", max = 200, section = "位置", listed)]
    pub address: Option<String>,
    /// 东经，如 116.397128。
    #[field(label = "经度", section = "位置")]
    pub longitude: Option<Degrees>,
    /// 北纬，如 39.916527。
    #[field(label = "纬度", section = "位置")]
    pub latitude: Option<Degrees>,
    /// 经纬度取自哪种地图；不同地图相差数百米。
    #[field(label = "坐标系", section = "位置")]
    pub datum: Option<Datum>,
    /// 是否已能在公开地图上查到。
    #[field(label = "地图可查", section = "位置", filter)]
    pub mapped: bool,
    /// 工会自建还是社会共建。
    #[field(label = "建设方式", section = "建设", filter)]
    pub mode: Option<Term<BuildingMode>>,
    /// 共建或提供场地的单位。
    #[field(label = "共建单位", max = 120, section = "建设", listed, search)]
    pub host: Option<String>,
    /// 共建单位是哪一类。
    #[field(label = "共建单位类型", section = "建设", filter)]
    pub host_kind: Option<Term<StationHost>>,
    /// 使用面积，平方米。
    #[field(label = "面积（㎡）", section = "建设")]
    pub area: Option<i64>,
    /// 服务半径内覆盖的职工人数。
    #[field(label = "覆盖职工（人）", section = "建设")]
    pub covers: Option<i64>,
    /// 牌匾的编号。
    #[field(label = "牌匾号", max = 40, section = "建设")]
    pub plaque: Option<String>,
    /// 常规、延时或24小时。
    #[field(label = "开放类型", section = "服务", listed, filter)]
    pub opening: Opening,
    /// 如“周一至周五 09:00-17:00”。
    #[field(label = "开放时间", max = 80, section = "服务")]
    pub hours: Option<String>,
    /// 站内设施。
    #[field(label = "设施", section = "服务", filter)]
    pub facilities: Terms<StationFacility>,
    /// 提供的服务。
    #[field(label = "服务", section = "服务", filter)]
    pub services: Terms<StationService>,
    /// 智能化驿站（远程开门、自助设备、线上预约等）。
    #[field(label = "智能化", section = "服务", filter)]
    pub smart: bool,
    /// 日常管理的人数。
    #[field(label = "管理人员（人）", section = "管理")]
    pub staff: Option<i64>,
    /// 站长或负责人。
    #[field(label = "站长", max = 40, section = "管理", listed)]
    pub manager: Option<String>,
    /// 站长或站点的电话。
    #[field(label = "联系电话", max = 30, section = "管理", secret)]
    pub phone: Option<String>,
    /// 是否入选全国“最美工会户外劳动者服务站点”。
    #[field(label = "最美驿站", section = "管理", filter)]
    pub finest: bool,
    /// 其他荣誉及年度。
    #[field(label = "荣誉", max = 200, section = "管理")]
    pub honours: Option<String>,
    /// 备注。
    #[field(label = "备注", max = 500, section = "管理")]
    pub note: Option<String>,
}

impl Station {
    /// A station that is open, and of which nothing else is known.
    pub fn named(code: impl Into<String>, name: impl Into<String>, kind: Term<StationKind>, unit: Id<Unit>) -> Self {
        Self {
            id: Id::NEW,
            code: code.into(),
            name: name.into(),
            kind,
            level: None,
            unit,
            state: StationState::Open,
            built: None,
            closed: None,
            division: None,
            address: None,
            longitude: None,
            latitude: None,
            datum: None,
            mapped: false,
            mode: None,
            host: None,
            host_kind: None,
            area: None,
            covers: None,
            plaque: None,
            opening: Opening::Regular,
            hours: None,
            facilities: Terms::new(),
            services: Terms::new(),
            smart: false,
            staff: None,
            manager: None,
            phone: None,
            finest: false,
            honours: None,
            note: None,
        }
    }

    /// Says whether the station served on a day, as far as its days of building and closing tell; one still planned did not.
    pub fn was_open(&self, day: NaiveDate) -> bool {
        self.state != StationState::Planned && self.built.is_none_or(|built| built <= day) && self.closed.is_none_or(|closed| day < closed)
    }

    /// Gives the station's place in a datum, where its coordinates are known.
    pub fn place_in(&self, datum: Datum) -> Option<Point> {
        let point = Point::new(self.longitude?.0, self.latitude?.0)?;
        Some(point.convert(self.datum?, datum))
    }
}
