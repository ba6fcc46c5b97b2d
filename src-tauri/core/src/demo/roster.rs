//! The roster that is shipped: people who join one union of the town in one month, in the columns of
//! 《工会会员信息采集表》（附件四）, with a handful of faults as real rosters have them.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use super::births::Birth;
use super::days;
use super::names;
use super::plots::Plot;
use super::random::{Random, Stream};
use super::setting::Setting;
use super::{Scale, people};
use crate::calendar::{Month, age};
use crate::people::id_number::{generate, mask};

/// How many people are on the roster, those with faults included.
const PEOPLE: u64 = 120;

/// The columns in order, as the form heads them.
pub const COLUMNS: [&str; 20] = [
    "序号",
    "姓名",
    "性别",
    "出生日期（格式：yyyy/MM/dd）",
    "民族",
    "就业状况",
    "有效证件类别",
    "证件号码\n(填写18位身份证)",
    "学历",
    "技术等级",
    "移动电话",
    "户籍类型",
    "户籍所在地",
    "会籍变化类型",
    "会籍变化日期（格式：yyyy/MM/dd）",
    "会籍变化原因",
    "政治面貌",
    "工作单位",
    "籍贯",
    "是否农民工会员\n填写“是”或“否”",
];

/// A roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The code of the union that the people join: the first one below the town's.
    pub unit: String,
    /// The union's name.
    pub name: String,
    /// The month in which they join.
    pub month: Month,
    /// The rows.
    pub rows: Vec<Line>,
}

/// A row of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The texts in the order of [`COLUMNS`].
    pub cells: [String; 20],
    /// What is wrong with it, where anything is.
    pub fault: Option<Slip>,
}

/// What is wrong with a row on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// The last digit of the id number does not fit the others.
    Checksum,
    /// The sex is not the one that the id number says.
    Sex,
    /// The same person stands on the roster twice.
    Twice,
    /// The id number is a number, of which a spreadsheet keeps 15 digits.
    Cut,
    /// A word that is on no list.
    Word,
    /// A day that no calendar has.
    Day,
}

/// Which rows have a fault.
const SLIPS: [(u64, Slip); 6] =
    [(17, Slip::Checksum), (33, Slip::Sex), (58, Slip::Twice), (71, Slip::Cut), (90, Slip::Word), (104, Slip::Day)];

/// Makes the roster for the town that the seed gives, joining in `month`; the town's story must end with it or later.
pub fn roster(seed: u64, month: Month) -> Option<Roster> {
    let setting = Setting::new(Scale::Town, seed, month, month.last_day())?;
    let plot = setting.plots.all().get(1)?.clone();
    let mut names = HashSet::new();
    let mut rows: Vec<Line> = (0..PEOPLE).map(|nth| line(&setting, &plot, month, nth, &mut names)).collect();
    for (at, slip) in SLIPS {
        let before = usize::try_from(at).ok().and_then(|at| rows.get(at - 12)).map(|line| line.cells.clone()).unwrap_or_default();
        if let Some(line) = usize::try_from(at).ok().and_then(|at| rows.get_mut(at)) {
            line.fault = Some(slip);
            spoil(line, slip, before);
        }
    }
    Some(Roster { unit: plot.code, name: plot.name, month, rows })
}

fn line(setting: &Setting, plot: &Plot, month: Month, nth: u64, names: &mut HashSet<String>) -> Line {
    let mut random = setting.random(Stream::Roster, nth);
    let male = random.chance(600_000);
    let from = NaiveDate::from_ymd_opt(month.year() - 56, 1, 1).unwrap_or_default();
    let day = days::between(&mut random, from, days::years_after(month.first_day(), -19));
    let ethnic =
        random.weighted(&[(88, ("01", "汉族")), (4, ("07", "彝族")), (3, ("03", "回族")), (3, ("06", "苗族")), (2, ("05", "维吾尔族"))]);
    let name = (0..50).map(|_| names::name(&mut random, male, day.year(), ethnic.0)).find(|name| names.insert(name.clone()));
    let number = Birth::outside(day, male, u16::try_from(nth % 5).unwrap_or(0)).id_number();
    let agrarian = random.chance(450_000);
    let came = random.chance(60_000);
    let cells = [
        (nth + 1).to_string(),
        name.unwrap_or_default(),
        if male { "男" } else { "女" }.into(),
        day.format("%Y/%m/%d").to_string(),
        ethnic.1.into(),
        "在岗".into(),
        "居民身份证".into(),
        number.unwrap_or_default(),
        random.weighted(&[(2, "硕士"), (20, "本科"), (28, "大专"), (16, "中专"), (18, "高中"), (16, "初中")]).into(),
        random.weighted(&[(70, "无"), (14, "职业资格五级（初级）"), (10, "职业资格四级（中级）"), (6, "职业资格三级（高级）")]).into(),
        format!("168{:08}", 10_000_000 + nth * 7_003),
        if agrarian { "农业户口" } else { "非农业户口" }.into(),
        plot.place.clone(),
        if came { "转入" } else { "入会" }.into(),
        joined(&mut random, month).format("%Y/%m/%d").to_string(),
        if came { "劳动（工作）关系发生变化" } else { "" }.into(),
        politics(&mut random, age(day, month.last_day())).into(),
        plot.employer.clone().unwrap_or_else(|| plot.name.clone()),
        random.pick(people::NATIVE_PLACES).into(),
        if agrarian && random.chance(600_000) { "是" } else { "否" }.into(),
    ];
    Line { cells, fault: None }
}

/// A working day of the month, as the minutes of a committee's sitting say.
fn joined(random: &mut Random, month: Month) -> NaiveDate {
    days::plus(month.first_day(), random.pick(&[8, 14, 14, 21, 21, 21, 26]))
}

fn politics(random: &mut Random, age: i32) -> &'static str {
    match random.below(100) {
        0..8 => "中共党员",
        8..11 => "中共预备党员",
        _ if age < 28 && random.chance(600_000) => "共青团员",
        _ => "群众",
    }
}

fn spoil(line: &mut Line, slip: Slip, before: [String; 20]) {
    let [_, _, sex, _, ethnic, _, _, number, _, _, _, _, _, _, day, ..] = &mut line.cells;
    match slip {
        Slip::Checksum => {
            let last = if number.ends_with('7') { '3' } else { '7' };
            number.pop();
            number.push(last);
        }
        Slip::Sex => *sex = if sex == "男" { "女" } else { "男" }.into(),
        Slip::Twice => {
            let own = line.cells.first().cloned().unwrap_or_default();
            line.cells = before;
            if let Some(first) = line.cells.first_mut() {
                *first = own;
            }
        }
        // Division 990000 exists nowhere either, and unlike 000000 it keeps its digits as a number.
        Slip::Cut => *number = generate("990000", NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default(), 13).unwrap_or_default(),
        Slip::Word => *ethnic = "云岭族".into(),
        Slip::Day => *day = day.get(..5).map(|year| format!("{year}02/30")).unwrap_or_default(),
    }
}

impl Line {
    /// Says who it is without giving the id number away.
    pub fn told(&self) -> String {
        let [no, name, _, _, _, _, _, number, ..] = &self.cells;
        format!("{no} {name} {}", mask(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::id_number;

    #[test]
    fn the_roster_has_the_faults_it_says_and_no_others() {
        let month = Month::new(2026, 10).unwrap();
        let roster = roster(1, month).unwrap();
        assert_eq!((roster.unit.as_str(), roster.rows.len()), ("demo-1", 120), "the town's first union");
        let mut seen = HashSet::new();
        for line in &roster.rows {
            let number = &line.cells[7];
            let read = id_number::parse(None, number, month.last_day());
            let sound = read.as_ref().is_ok_and(|read| read.sex.map(crate::record::Code::label) == Some(line.cells[2].as_str()));
            let first = seen.insert(number.clone());
            let expected = match line.fault {
                Some(Slip::Checksum) => !sound && read.is_err(),
                Some(Slip::Sex) => !sound && read.is_ok(),
                Some(Slip::Twice) => !first,
                Some(Slip::Cut) => number.starts_with("99"),
                Some(Slip::Word | Slip::Day) | None => sound && first,
            };
            assert!(expected, "{} is as it should be: {:?}", line.told(), line.fault);
            let inside = NaiveDate::parse_from_str(&line.cells[14], "%Y/%m/%d").is_ok_and(|day| month.contains(day));
            assert_eq!(inside, line.fault != Some(Slip::Day), "{} joins within the month", line.told());
        }
        assert_eq!(roster.rows.iter().filter(|line| line.fault.is_some()).count(), SLIPS.len(), "a handful of faults");
    }
}
