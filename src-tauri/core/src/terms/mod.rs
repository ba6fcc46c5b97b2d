//! The open code lists, each with its source standard, and the administrative divisions.
//!
//! A list holds the codes of its standard and the spellings that mean the same thing everywhere. What one
//! province spells or numbers differently belongs to a layout, never here.

pub mod divisions;
mod list;

pub use list::{Entry, TermList};

use std::sync::OnceLock;

/// A marker type of an open code list, so that a field can say which list its term is of.
pub trait List {
    /// The list's key: the name of its file in assets/terms.
    const KEY: &'static str;
}

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name;

        impl List for $name {
            const KEY: &'static str = $key;
        })*

        const SOURCES: &[(&str, &str)] = &[$(($key, include_str!(concat!("../../../../assets/terms/", $key, ".csv")))),*];
    };
}

terms! {
    /// Nationalities (民族): GB/T 3304.
    Ethnic = "ethnic";
    /// Schooling (学历): GB/T 4658, levels as parents.
    Education = "education";
    /// Political affiliation (政治面貌): GB/T 4762.
    Politics = "politics";
    /// Marital status (婚姻状况): GB/T 2261.2.
    Marital = "marital";
    /// Kind of household registration (户籍类型).
    Household = "household";
    /// Employment state (就业状况).
    Employment = "employment";
    /// Skill level (技术等级): the five levels and none; names of the eight-level scheme as children.
    Skill = "skill";
    /// Nature of the employer (单位性质).
    UnitNature = "unit_nature";
    /// Economic type of the employer (经济类型).
    Economy = "economy";
    /// Industry (行业): sections of GB/T 4754-2017.
    Industry = "industry";
    /// Kind of union (基层工会类型).
    UnionKind = "union_kind";
    /// Level of a union in the tree (工会层级).
    UnionLevel = "union_level";
    /// New-employment groups (新就业形态群体).
    NewEmployment = "new_employment";
    /// Reason of a membership change (会籍变化原因).
    ChangeReason = "change_reason";
    /// Kind of record that a retention rule is about (资料种类).
    HeldKind = "held_kind";
    /// Kind of identity document (证件类别).
    IdKind = "id_kind";
    /// Way by which a member joined (入会渠道).
    JoinSource = "join_source";
    /// Field of voluntary service (志愿服务领域).
    ServiceArea = "service_area";
    /// Skill that a volunteer offers (专业技能).
    VolunteerSkill = "volunteer_skill";
    /// Kind of a professional volunteer team (专业队类型).
    TeamKind = "team_kind";
    /// Kind of service station (站点类型).
    StationKind = "station_kind";
    /// Level of a station (站点级别).
    StationLevel = "station_level";
    /// Facility of a station (站点设施).
    StationFacility = "station_facility";
    /// Service of a station (站点服务).
    StationService = "station_service";
    /// Kind of the body that hosts a station (共建单位类型).
    StationHost = "station_host";
    /// Way in which a station was built (建设方式).
    BuildingMode = "building_mode";
    /// Group of people whom a station serves (服务对象群体).
    VisitorGroup = "visitor_group";
    /// Kind of activity (活动类型).
    ActivityKind = "activity_kind";
    /// Kind of an activity's partner (联合单位类型).
    ActivityPartner = "activity_partner";
    /// Source of funds (经费来源).
    FundSource = "fund_source";
}

static LISTS: OnceLock<Vec<TermList>> = OnceLock::new();

/// Gives every list, in the order of their declaration.
pub fn lists() -> impl Iterator<Item = &'static TermList> {
    LISTS.get_or_init(|| SOURCES.iter().map(|&(key, csv)| TermList::parse(key, csv)).collect()).iter()
}

/// Finds a list by its key.
pub fn list(key: &str) -> Option<&'static TermList> {
    lists().find(|list| list.key == key)
}

/// Gives the list of a marker type.
pub fn of<L: List>() -> Option<&'static TermList> {
    list(L::KEY)
}

/// Writes a text the one way in which names are compared: full-width forms as half-width, letters small, no white space.
///
/// A bracket, comma or colon typed either way is the same; Chinese stops such as 、 stay.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).map(half_width).collect()
}

fn half_width(c: char) -> char {
    let narrow = match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    };
    narrow.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_list_is_a_sound_table_with_a_label_and_a_source() {
        for &(key, csv) in SOURCES {
            let list = list(key).unwrap();
            let mut lines = csv.lines();
            assert_eq!(
                lines.next(),
                Some(format!("# {} | {}", list.label, list.source).as_str()),
                "{key}: the first line names label and source"
            );
            assert!(!list.label.is_empty() && !list.source.is_empty(), "{key}: neither is empty");
            assert_eq!(lines.next(), Some("code,name,aliases,parent,note"), "{key}: the header");
            let rows: Vec<_> = lines.collect();
            assert_eq!(rows.len(), list.entries.len(), "{key}: no row is lost");
            for row in rows {
                assert_eq!(row.split(',').count(), 5, "{key}: five fields in {row}");
                assert!(!row.contains('"') && row.trim() == row, "{key}: no quotes or stray spaces in {row}");
            }
        }
    }

    #[test]
    fn codes_and_spellings_are_unique_and_parents_exist() {
        for list in lists() {
            let (mut codes, mut spellings) = (HashSet::new(), HashSet::new());
            for entry in &list.entries {
                assert!(!entry.code.is_empty() && entry.code.is_ascii(), "{}: a code is ASCII: {}", list.key, entry.code);
                assert!(codes.insert(entry.code), "{}: code {} stands twice", list.key, entry.code);
                for name in std::iter::once(entry.name).chain(entry.aliases.iter().copied()) {
                    assert!(!name.is_empty() && spellings.insert(plain(name)), "{}: {name} is empty or stands twice", list.key);
                }
                if let Some(parent) = entry.parent {
                    assert!(list.find(parent).is_some_and(|above| above.code != entry.code), "{}: no parent {parent}", list.key);
                }
            }
        }
    }

    #[test]
    fn every_name_and_alias_finds_its_own_entry() {
        for list in lists() {
            for entry in &list.entries {
                for spelling in std::iter::once(entry.name).chain(entry.aliases.iter().copied()) {
                    let found = list.find_name(&format!(" {spelling}\u{3000}")).map(|entry| entry.code);
                    assert_eq!(found, Some(entry.code), "{}: {spelling}", list.key);
                }
            }
        }
    }

    #[test]
    fn the_lists_are_those_of_the_standards() {
        let names = |list: &TermList| list.entries.iter().filter(|entry| entry.name.ends_with('族')).count();
        assert_eq!(names(of::<Ethnic>().unwrap()), 56, "GB/T 3304 has 56 nationalities");
        assert_eq!(of::<Ethnic>().unwrap().find("20").unwrap().name, "傈僳族", "the standard's spelling, not a template's");
        assert_eq!(of::<Politics>().unwrap().entries.len(), 13, "GB/T 4762 has 13 codes");
        let sections: String = of::<Industry>().unwrap().entries.iter().map(|entry| entry.code).filter(|code| code.len() == 1).collect();
        assert_eq!(sections, "ABCDEFGHIJKLMNOPQRST", "GB/T 4754-2017 has the sections A to T");
    }

    #[test]
    fn the_official_drop_downs_are_understood() {
        let known = |key: &str, options: &str| {
            for option in options.split(',') {
                assert!(list(key).unwrap().find_name(option).is_some(), "{key}: {option} is on the official form");
            }
        };
        known("employment", "在岗,待（下）岗,失业,退休,退职,退养（内退）,病休,其他,离休");
        known("education", "博士,硕士,本科,大专,中专,高中,初中");
        known("skill", "无,职业资格一级（高级技师）,职业资格二级（技师）,职业资格三级（高级）,职业资格四级（中级）,职业资格五级（初级）");
        known("household", "农业户口,非农业户口");
        known("change_reason", "劳动（工作）关系发生变化,在本单位下岗后待岗,失业,所在企业破产,个人要求退会,因犯罪被开除会籍");
        known(
            "politics",
            "中共党员,中共预备党员,共青团员,民革党员,民盟盟员,民建会员,民进会员,农工党党员,致公党党员,九三学社社员,台盟盟员,无党派人士,群众",
        );
        known(
            "unit_nature",
            "国有企业,国有独资公司,港澳台商投资企业,财政拨款的事业单位,机关,个体经济组织,社会团体,民办非企业单位,基金会,其他组织",
        );
        known("union_kind", "独立基层工会,联合基层工会,工会联合会,产业(系统)工会,总工会");
        known(
            "industry",
            "农、林、牧、渔业,电力、热力、燃气及水的生产和供应业,住宿、餐饮业,金融、保险业,综合（含投资类、主业不明显）,其它",
        );
    }

    #[test]
    fn full_and_half_width_brackets_and_letters_are_one() {
        assert_eq!(plain("　产业（系统）工会 "), "产业(系统)工会", "brackets and spaces");
        assert_eq!(plain("ＡＥＤ"), "aed", "letters");
        assert!(list("nothing").is_none(), "an unknown key has no list");
    }
}
