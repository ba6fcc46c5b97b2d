//! Coordinates of places and the three datums that China's maps are in.
//!
//! WGS-84 is what satellites give; GCJ-02 what 高德 and 腾讯 show; BD-09 what 百度 shows. The conversions are the published
//! approximations: good to a few metres against the maps themselves, and no survey.

use std::f64::consts::PI;

use crate::record::Code;

/// The datum that a pair of coordinates is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum Datum {
    /// WGS-84
    #[code(1, "WGS-84", "WGS84|GPS|天地图|CGCS2000|大地坐标")]
    Wgs84,
    /// GCJ-02 (高德, 腾讯)
    #[code(2, "GCJ-02（高德、腾讯）", "GCJ-02|GCJ02|高德|高德地图|腾讯|腾讯地图|火星坐标")]
    Gcj02,
    /// BD-09 (百度)
    #[code(3, "BD-09（百度）", "BD-09|BD09|BD09LL|百度|百度地图")]
    Bd09,
}

impl Datum {
    /// All of them in the order of their codes.
    pub const ALL: [Self; 3] = [Self::Wgs84, Self::Gcj02, Self::Bd09];

    /// Reads a datum by its name or by the map it belongs to.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().map(crate::text::half_width).filter(|letter| letter.is_alphanumeric()).collect();
        match plain.to_ascii_lowercase().as_str() {
            "wgs84" | "gps" | "大地坐标" | "天地图" | "cgcs2000" => Some(Self::Wgs84),
            "gcj02" | "gcj02高德腾讯" | "高德" | "高德地图" | "腾讯" | "腾讯地图" | "火星坐标" => Some(Self::Gcj02),
            "bd09" | "bd09ll" | "bd09百度" | "百度" | "百度地图" => Some(Self::Bd09),
            _ => None,
        }
    }
}

/// A place in millionths of a degree (0.11 m), east and north positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// Longitude in millionths of a degree, -180,000,000 to 180,000,000.
    pub lon: i64,
    /// Latitude in millionths of a degree, -90,000,000 to 90,000,000.
    pub lat: i64,
}

impl Point {
    /// Makes a point from millionths of degrees, or none beyond the globe.
    pub fn new(lon: i64, lat: i64) -> Option<Self> {
        let on_globe = (-180_000_000..=180_000_000).contains(&lon) && (-90_000_000..=90_000_000).contains(&lat);
        on_globe.then_some(Self { lon, lat })
    }

    /// Reads `116.397128,39.916527` or the two apart by blanks: longitude first, as the maps of China copy it.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().map(crate::text::half_width).collect();
        let mut parts = plain.split([',', ' ', ';', '、']).filter(|part| !part.is_empty());
        let (lon, lat) = (parts.next()?, parts.next()?);
        if parts.next().is_some() { None } else { Self::new(millionths(lon)?, millionths(lat)?) }
    }

    /// Says whether the point lies in the box around China that the conversions are made for.
    pub fn in_china(self) -> bool {
        (72_004_000..=137_834_700).contains(&self.lon) && (829_300..=55_827_100).contains(&self.lat)
    }

    /// Gives the point with longitude and latitude exchanged where only that puts it into China; there longitude is always the larger.
    pub fn swapped_into_china(self) -> Option<Self> {
        let swapped = Self::new(self.lat, self.lon)?;
        (!self.in_china() && swapped.in_china()).then_some(swapped)
    }

    /// Converts the point from one datum to another; outside China all three are the same.
    ///
    /// The ways back are found by iteration and agree with the ways there to the last millionth or two.
    #[must_use]
    pub fn convert(self, from: Datum, to: Datum) -> Self {
        if from == to || !self.in_china() {
            return self;
        }
        let wgs = match from {
            Datum::Wgs84 => self.degrees(),
            Datum::Gcj02 => inverse(gcj_from_wgs, self.degrees()),
            Datum::Bd09 => inverse(gcj_from_wgs, inverse(bd_from_gcj, self.degrees())),
        };
        Self::rounded(match to {
            Datum::Wgs84 => wgs,
            Datum::Gcj02 => gcj_from_wgs(wgs),
            Datum::Bd09 => bd_from_gcj(gcj_from_wgs(wgs)),
        })
    }

    /// Gives the distance to another point of the same datum in metres, on a sphere of the earth's mean radius (within 0.5 %).
    pub fn metres_to(self, other: Self) -> f64 {
        let ((lon_a, lat_a), (lon_b, lat_b)) = (self.degrees(), other.degrees());
        let (lat_a, lat_b) = (lat_a.to_radians(), lat_b.to_radians());
        let half = |difference: f64| (difference / 2.0).sin().powi(2);
        let chord = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((lon_b - lon_a).to_radians());
        2.0 * 6_371_008.8 * chord.sqrt().min(1.0).asin()
    }

    fn degrees(self) -> Degrees {
        (self.lon as f64 / 1e6, self.lat as f64 / 1e6)
    }

    fn rounded((lon, lat): Degrees) -> Self {
        Self { lon: (lon * 1e6).round() as i64, lat: (lat * 1e6).round() as i64 }
    }
}

/// Longitude and latitude in degrees.
type Degrees = (f64, f64);

/// Reads degrees as millionths: `116.397128`, `116.397128°`, `116°23'49.66"`, with E, N, 东经 or 北纬 around them; finer digits are rounded.
pub fn millionths(text: &str) -> Option<i64> {
    let plain: String = text.chars().map(crate::text::half_width).filter(|letter| !letter.is_whitespace()).collect();
    let south_or_west = plain.contains(['S', 's', 'W', 'w']) || plain.contains("南纬") || plain.contains("西经");
    let around = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '东' | '经' | '北' | '纬' | '南' | '西' | ':');
    let mut parts =
        plain.trim_matches(around).split(['°', '度', '\'', '′', '’', '分', '"', '″', '”', '秒']).filter(|part| !part.is_empty());
    let part = |text: Option<&str>| text.map_or(Some(0), |text| crate::decimal::Decimal::parse(text)?.times_rounded(1_000_000));
    let (degrees, minutes, seconds) = (part(Some(parts.next()?))?, part(parts.next())?, part(parts.next())?);
    let clock = |value: i64| (0..60_000_000).contains(&value);
    if parts.next().is_some() || !clock(minutes) || !clock(seconds) || degrees.abs() > 360_000_000 {
        return None;
    }
    let size = degrees.abs() + (minutes * 60 + seconds + 1_800) / 3_600;
    Some(if south_or_west || degrees < 0 { -size } else { size })
}

/// Writes millionths of a degree with six decimals: 116.397128.
pub fn degrees_text(millionths: i64) -> String {
    let (sign, size) = (if millionths < 0 { "-" } else { "" }, millionths.unsigned_abs());
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

/// Finds the point that `there` takes to `target`: the difference between the two changes slowly, so that each round
/// leaves about a thousandth of the error.
fn inverse(there: fn(Degrees) -> Degrees, target: Degrees) -> Degrees {
    (0..6).fold(target, |guess, _| {
        let reached = there(guess);
        (guess.0 + target.0 - reached.0, guess.1 + target.1 - reached.1)
    })
}

/// The semi-major axis and the squared eccentricity of the Krasovsky 1940 ellipsoid, on which GCJ-02 is defined.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

fn gcj_from_wgs((lon, lat): Degrees) -> Degrees {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let latitude = lat.to_radians();
    let bend = 1.0 - ECCENTRICITY * latitude.sin().powi(2);
    let east = shift_east(x, y) * 180.0 / (AXIS / bend.sqrt() * latitude.cos() * PI);
    let north = shift_north(x, y) * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (bend * bend.sqrt()) * PI);
    (lon + east, lat + north)
}

/// Metres to the east.
fn shift_east(x: f64, y: f64) -> f64 {
    let plane = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    plane + ripple(x) + waves(20.0, x, 1.0) + waves(40.0, x, 3.0) + waves(150.0, x, 12.0) + waves(300.0, x, 30.0)
}

/// Metres to the north.
fn shift_north(x: f64, y: f64) -> f64 {
    let plane = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    plane + ripple(x) + waves(20.0, y, 1.0) + waves(40.0, y, 3.0) + waves(160.0, y, 12.0) + waves(320.0, y, 30.0)
}

fn ripple(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn waves(height: f64, at: f64, length: f64) -> f64 {
    height * (at / length * PI).sin() * 2.0 / 3.0
}

fn bd_from_gcj((lon, lat): Degrees) -> Degrees {
    let turn = PI * 3000.0 / 180.0;
    let radius = lon.hypot(lat) + 0.000_02 * (lat * turn).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * turn).cos();
    (radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: i64, lat: i64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    /// The figures are those of gcoord 1.0.7, an independent implementation.
    #[test]
    fn known_places_convert_as_elsewhere() {
        let cases = [
            (at(116_404_000, 39_915_000), at(116_410_244, 39_916_404), at(116_416_627, 39_922_700)),
            (at(121_473_700, 31_230_400), at(121_478_223, 31_228_458), at(121_484_781, 31_234_311)),
            (at(87_616_800, 43_825_600), at(87_619_650, 43_826_805), at(87_626_100, 43_832_950)),
            (at(113_264_400, 23_129_100), at(113_269_730, 23_126_423), at(113_276_151, 23_132_711)),
        ];
        for (wgs, gcj, bd) in cases {
            assert_eq!(wgs.convert(Datum::Wgs84, Datum::Gcj02), gcj, "to GCJ-02");
            assert_eq!(wgs.convert(Datum::Wgs84, Datum::Bd09), bd, "to BD-09");
            assert!(gcj.convert(Datum::Gcj02, Datum::Wgs84).metres_to(wgs) < 0.3, "back from GCJ-02");
            assert!(bd.convert(Datum::Bd09, Datum::Wgs84).metres_to(wgs) < 0.3, "back from BD-09");
            assert!(bd.convert(Datum::Bd09, Datum::Gcj02).metres_to(gcj) < 0.3, "from BD-09 to GCJ-02");
        }
    }

    #[test]
    fn the_datums_lie_as_far_apart_in_beijing_as_is_known() {
        let place = at(116_404_000, 39_915_000);
        assert_eq!(place.metres_to(place.convert(Datum::Wgs84, Datum::Gcj02)).round() as i64, 555, "WGS-84 to GCJ-02");
        assert_eq!(place.metres_to(place.convert(Datum::Wgs84, Datum::Bd09)).round() as i64, 1376, "WGS-84 to BD-09");
    }

    #[test]
    fn outside_china_nothing_is_shifted() {
        let london = at(-127_600, 51_507_300);
        for (from, to) in [(Datum::Wgs84, Datum::Gcj02), (Datum::Gcj02, Datum::Bd09), (Datum::Bd09, Datum::Wgs84)] {
            assert_eq!(london.convert(from, to), london, "{} to {}", from.label(), to.label());
        }
    }

    #[test]
    fn exchanged_coordinates_are_noticed() {
        let right = at(116_404_000, 39_915_000);
        assert_eq!(at(39_915_000, 85_000_000).swapped_into_china(), Some(at(85_000_000, 39_915_000)), "Xinjiang with the latitude first");
        assert_eq!(right.swapped_into_china(), None, "a place in China is right");
        assert_eq!(at(-127_600, 51_507_300).swapped_into_china(), None, "exchanging does not put London into China");
        assert_eq!(Point::parse("39.915,116.404"), None, "a latitude above 90 lies on no globe");
    }

    #[test]
    fn degrees_are_read_as_people_copy_them() {
        let cases = [
            ("116.397128", Some(116_397_128)),
            ("116.397128°", Some(116_397_128)),
            ("１１６．４", Some(116_400_000)),
            ("116.3971284", Some(116_397_128)),
            ("116°23'49.66\"", Some(116_397_128)),
            ("东经116度23分49.66秒", Some(116_397_128)),
            ("116.4E", Some(116_400_000)),
            ("-0.1276", Some(-127_600)),
            ("0.1276W", Some(-127_600)),
            ("116°60'", None),
            ("", None),
            ("北京", None),
            ("1e2", None),
            ("99999999999999999999", None),
        ];
        for (text, expected) in cases {
            assert_eq!(millionths(text), expected, "{text}");
        }
        assert_eq!(Point::parse("116.404， 39.915"), Some(at(116_404_000, 39_915_000)), "a pair with a Chinese comma");
        assert_eq!(Point::parse("116.404,39.915,12"), None, "three numbers are no pair");
        assert_eq!(degrees_text(-127_600), "-0.127600", "written with six decimals");
    }

    #[test]
    fn datums_read_back() {
        for datum in Datum::ALL {
            assert_eq!(Datum::of(datum.code()), Some(datum), "code of {}", datum.label());
            assert_eq!(Datum::parse(datum.label()), Some(datum), "name {}", datum.label());
        }
        assert_eq!(Datum::parse("高德地图"), Some(Datum::Gcj02), "by its map");
    }

    proptest! {
        #[test]
        fn every_conversion_and_its_way_back_stay_within_a_metre(lon in 73_000_000i64..136_000_000, lat in 3_000_000i64..54_000_000) {
            let place = at(lon, lat);
            for from in Datum::ALL {
                for to in Datum::ALL {
                    let back = place.convert(from, to).convert(to, from);
                    prop_assert!(back.metres_to(place) < 1.0, "{} to {} at {:?}", from.label(), to.label(), place);
                }
            }
        }

        #[test]
        fn written_degrees_read_back(value in -180_000_000i64..=180_000_000) {
            prop_assert_eq!(millionths(&degrees_text(value)), Some(value), "six decimals are exact");
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,24}") {
            let _ = (Point::parse(&text), Datum::parse(&text));
        }
    }
}
