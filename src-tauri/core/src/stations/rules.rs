//! What is wrong with a station's record across its fields.

use super::coordinates::{Point, degrees_text};
use super::{Station, StationState, Visit};
use crate::error::Faults;
use crate::people::phone;
use crate::store::{Db, Now};
use crate::terms::divisions;
use crate::units::Unit;

/// More than any station serves of one group in one day: such a count is a slip of the keys.
pub(super) const MOST_A_DAY: i64 = 1_000_000;

/// Gives the phone its canonical form; says where it is none.
pub(super) fn tidy(station: &mut Station, _: Now, faults: &mut Faults) {
    let Some(text) = &station.phone else { return };
    match phone::parse(text) {
        Ok(phone) => station.phone = Some(phone.text),
        Err(fault) => faults.warn("phone", "联系电话", fault.to_string(), ""),
    }
}

/// Refuses a second station of one code, coordinates that lie nowhere, and days that contradict the state.
pub(super) fn check(station: &Station, db: &Db<'_>, faults: &mut Faults) {
    let taken = db.one::<i64>("SELECT id FROM station WHERE code = ?1 AND id <> ?2", (&station.code, station.id.get()));
    if matches!(taken, Ok(Some(_))) {
        faults.error("code", "站点编码", format!("编码“{}”已有别的站点在用", station.code), "请换一个编码，或打开原有站点修改");
    }
    coordinates(station, faults);
    days(station, db, faults);
    counts(station, faults);
    if let Some(division) = station.division.as_deref().filter(|division| !known(division)) {
        faults.warn("division", "政区代码", format!("没有代码为“{division}”的政区"), "如是新设的政区可以保留，否则请重新选择");
    }
    let unit = db.find::<Unit>(station.unit);
    if let Ok(Some(closed)) = unit.map(|unit| unit.and_then(|unit| unit.closed)) {
        faults.warn("unit", "主管工会", format!("这个工会已于 {closed} 撤销"), "请把站点划给现在主管的工会");
    }
}

/// Villages (12 digits) are not in the list: their street is looked up.
fn known(division: &str) -> bool {
    let street = division.get(..9).filter(|_| division.len() == 12).unwrap_or(division);
    divisions::find(division).or_else(|| divisions::find(street)).is_some()
}

fn coordinates(station: &Station, faults: &mut Faults) {
    let (lon, lat) = match (station.longitude, station.latitude) {
        (Some(lon), Some(lat)) => (lon.0, lat.0),
        (None, None) => {
            if station.datum.is_some() {
                faults.warn("datum", "坐标系", "填了坐标系，却没有经纬度", "请补填经纬度，或清空坐标系");
            }
            return;
        }
        (None, Some(_)) => return faults.error("longitude", "经度", "只填了纬度，没有经度", "请补填经度，或把纬度清空"),
        (Some(_), None) => return faults.error("latitude", "纬度", "只填了经度，没有纬度", "请补填纬度，或把经度清空"),
    };
    if station.datum.is_none() {
        faults.error(
            "datum",
            "坐标系",
            "填了经纬度，没有选坐标系；各种地图的坐标相差几百米",
            "从高德、腾讯地图抄的选 GCJ-02，从百度地图抄的选 BD-09，手持 GPS 测的选 WGS-84",
        );
    }
    place(lon, lat, faults);
}

/// Longitude comes first: a pair that only makes sense exchanged is refused, not exchanged unasked.
fn place(lon: i64, lat: i64, faults: &mut Faults) {
    let exchanged = Point::new(lat, lon).is_some_and(Point::in_china);
    match Point::new(lon, lat) {
        Some(point) if point.in_china() => {}
        _ if exchanged => faults.error(
            "longitude",
            "经度",
            format!("经度 {}、纬度 {} 填反了：在中国，经度总是大的那个", degrees_text(lon), degrees_text(lat)),
            format!("请改成经度 {}、纬度 {}", degrees_text(lat), degrees_text(lon)),
        ),
        None => faults.error("longitude", "经度", "经纬度超出了地球的范围", "经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间"),
        Some(_) => faults.warn("longitude", "经度", "这个位置不在中国境内", "请核对经纬度"),
    }
}

fn days(station: &Station, db: &Db<'_>, faults: &mut Faults) {
    let (today, state) = (db.now().today, station.state);
    if state.is_closed() && station.closed.is_none() {
        faults.error("closed", "停用日期", format!("状态是“{}”，没有填停用日期", label(state)), "请填写不再服务的第一天");
    }
    if !state.is_closed() && station.closed.is_some() {
        faults.error(
            "closed",
            "停用日期",
            format!("状态是“{}”，却填了停用日期", label(state)),
            "请把状态改为“停用”或“摘牌”，或清空停用日期",
        );
    }
    if station.built.is_some_and(|built| built > today) {
        faults.error("built", "建成日期", "建成日期在今天之后", "筹建中的站点先不填建成日期，建成后再填");
    }
    if station.closed.is_some_and(|closed| closed > today) {
        faults.error("closed", "停用日期", "停用日期在今天之后", "请到停用那天再办理，或核对日期");
    }
    if station.built.zip(station.closed).is_some_and(|(built, closed)| closed < built) {
        faults.error("closed", "停用日期", "停用日期早于建成日期", "请核对两个日期");
    }
    if state == StationState::Planned && station.built.is_some() {
        faults.warn("state", "站点状态", "已填建成日期，状态还是“筹建”", "已开始服务的，请把状态改为“开放”");
    }
}

fn counts(station: &Station, faults: &mut Faults) {
    let counts =
        [("area", "面积（㎡）", station.area), ("covers", "覆盖职工（人）", station.covers), ("staff", "管理人员（人）", station.staff)];
    for (field, label, _) in counts.into_iter().filter(|(.., count)| count.is_some_and(|count| count < 0)) {
        faults.error(field, label, "不能是负数", "请核对");
    }
}

/// Refuses a count below nought or beyond belief, a day ahead, and a second count of one group and day; warns where the station was not open.
pub(super) fn check_visit(visit: &Visit, db: &Db<'_>, faults: &mut Faults) {
    if !(0..=MOST_A_DAY).contains(&visit.count) {
        faults.error("count", "人次", format!("一天的人次不会是 {}", visit.count), "请核对人次");
    }
    if visit.day > db.now().today {
        faults.error("day", "日期", format!("{} 还没有到", visit.day), "请核对日期");
    }
    let sql = "SELECT id FROM visit WHERE station = ?1 AND day = ?2 AND visitor = ?3 AND id <> ?4";
    let same = db.one::<i64>(sql, (visit.station.get(), visit.day.to_string(), visit.visitor.code(), visit.id.get()));
    if matches!(same, Ok(Some(_))) {
        faults.error("visitor", "服务对象", format!("{} 这个群体已有一条", visit.day), "请修改原来的那一条");
    }
    if matches!(db.find(visit.station), Ok(Some(station)) if !Station::was_open(&station, visit.day)) {
        faults.warn("day", "日期", format!("{} 站点没有开放", visit.day), "请核对日期，或修改站点的建成、停用日期");
    }
}

fn label(state: StationState) -> &'static str {
    crate::record::Code::label(state)
}
