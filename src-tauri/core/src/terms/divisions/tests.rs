use super::*;
use proptest::prelude::*;

fn all() -> Vec<Division> {
    (0..atlas().len()).map(|at| atlas().row(at).unwrap()).collect()
}

fn named(code: &str) -> &'static str {
    find(code).unwrap_or_else(|| panic!("{code} is known")).name
}

fn resolved(text: &str) -> String {
    resolve(text).map(|row| path(row.code)).unwrap_or_default()
}

#[test]
fn the_table_holds_what_its_source_note_says() {
    let count = |level, abolished, filler| {
        all().iter().filter(|row| row.level == level && row.abolished == abolished && row.filler == filler).count()
    };
    assert_eq!(count(Level::Province, false, false), 34, "23 provinces, 5 autonomous regions, 4 municipalities, 2 special regions");
    assert_eq!(count(Level::Prefecture, false, false), 333, "prefectures in force");
    assert_eq!(count(Level::County, false, false), 2974, "counties in force");
    assert_eq!(count(Level::Street, false, false), 41350, "streets in force");
    assert_eq!(count(Level::Prefecture, true, false), 193, "prefectures no longer in force");
    assert_eq!(count(Level::County, true, false), 3286, "counties no longer in force");
    assert_eq!(all().iter().filter(|row| row.filler).count(), 301, "rows that only fill a level");
}

#[test]
fn rows_are_in_code_order_each_found_by_its_code() {
    let rows = all();
    for (before, after) in rows.iter().zip(rows.iter().skip(1)) {
        assert!(before.code < after.code, "{} stands before {}", before.code, after.code);
    }
    for row in &rows {
        assert_eq!(find(row.code).as_ref(), Some(row), "{} by its short code", row.code);
        assert!(!row.name.is_empty(), "{} has a name", row.code);
        let province = row.code.get(..2).and_then(find);
        assert!(province.is_some_and(|province| !province.abolished), "{} lies in a province in force", row.code);
    }
}

#[test]
fn a_code_is_found_in_every_official_form() {
    for (code, name) in [("33", "浙江省"), ("330000", "浙江省"), ("330100", "杭州市"), ("330106", "西湖区"), ("441900", "东莞市")]
    {
        assert_eq!(named(code), name, "{code}");
    }
    assert_eq!(named("330106000000"), "西湖区", "twelve digits");
    assert_eq!(named("110101001"), "东华门街道", "a street");
    assert_eq!(named("110101001000"), "东华门街道", "a street in twelve digits");
    for unknown in ["", "000000", "990101", "33010", "西湖区", "110101001001"] {
        assert_eq!(find(unknown), None, "{unknown:?} is not known");
    }
    assert_eq!(find("33").unwrap().official(), "330000", "filled up to six digits");
    assert_eq!(find("110101001").unwrap().official(), "110101001", "a street keeps nine");
}

#[test]
fn the_county_of_an_id_number_is_found_after_its_abolition() {
    let gone = county_of_id("110103").unwrap();
    assert_eq!((gone.name, gone.abolished), ("崇文区", true), "abolished in 2010, still on cards");
    assert_eq!(path("110222"), "北京市 顺义县", "abolished in 1998, still on cards");
    assert_eq!(path("440301"), "广东省 深圳市", "a filler's path is its city's");
    assert!(!county_of_id("110101").unwrap().abolished, "东城区 is in force");
    for (digits, name) in [("810000", "香港特别行政区"), ("820000", "澳门特别行政区"), ("830000", "台湾省"), ("441900", "东莞市")]
    {
        assert_eq!(county_of_id(digits).unwrap().name, name, "{digits}");
    }
    for unknown in ["000000", "11", "1101011", ""] {
        assert_eq!(county_of_id(unknown), None, "{unknown:?}");
    }
}

#[test]
fn children_skip_fillers_and_what_is_abolished() {
    let names = |code: &str| children(code).into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(children("").len(), 34, "the provinces");
    assert_eq!(names("11").len(), 16, "北京市 has 16 districts and no prefecture");
    assert_eq!(names("50").len(), 38, "重庆市 has 26 districts and 12 counties, below two fillers");
    assert!(names("410000").contains(&"济源市") && names("41").contains(&"郑州市"), "省直辖县级 stand beside the prefectures");
    assert!(names("441900").contains(&"石碣镇"), "东莞市 has its towns right below it");
    assert!(names("6202").iter().all(|name| *name != "嘉峪关市"), "嘉峪关市 is not its own child");
    assert!(names("330106").contains(&"北山街道"), "a county has streets");
    assert!(names("110103").is_empty() && names("999999").is_empty(), "nothing is below what is not in force");
}

#[test]
fn the_children_of_all_divisions_are_all_divisions_in_force() {
    let mut seen = 0;
    let mut open = children("");
    while let Some(row) = open.pop() {
        seen += 1;
        open.extend(children(row.code));
    }
    let living = all().iter().filter(|row| !row.abolished && !row.filler).count();
    assert_eq!(seen, living, "each is reached exactly once from the provinces down");
}

#[test]
fn a_path_names_every_real_level_once() {
    assert_eq!(path("330106002"), "浙江省 杭州市 西湖区 北山街道", "four levels");
    assert_eq!(path("110101001"), "北京市 东城区 东华门街道", "no 市辖区");
    assert_eq!(path("441900101"), "广东省 东莞市 石碣镇", "no county");
    assert_eq!(path("419001"), "河南省 济源市", "no prefecture");
    assert_eq!(path("620201"), "甘肃省 嘉峪关市", "the only county of its city is its city");
    assert_eq!(path("000000"), "", "an unknown code has no path");
    assert_eq!(chain("330106").len(), 3, "the same as rows");
}

#[test]
fn a_written_place_is_resolved() {
    for (text, expected) in [
        ("海南省东方市 ", "海南省 东方市"),
        ("浙江省杭州市西湖区北山街道曙光路1号", "浙江省 杭州市 西湖区 北山街道"),
        ("浙江杭州西湖区", "浙江省 杭州市 西湖区"),
        ("中国　浙江省 义乌市", "浙江省 金华市 义乌市"),
        ("杭州市文三路12号", "浙江省 杭州市"),
        ("广东省东莞市石碣镇", "广东省 东莞市 石碣镇"),
        ("东莞", "广东省 东莞市"),
        ("广东中山石岐街道", "广东省 中山市 石岐街道"),
        ("河南省济源市", "河南省 济源市"),
        ("北京市朝阳区大屯街道", "北京市 朝阳区 大屯街道"),
        ("北京市市辖区朝阳区", "北京市 朝阳区"),
        ("朝阳区大屯街道", "北京市 朝阳区 大屯街道"),
        ("内蒙古呼和浩特新城区", "内蒙古自治区 呼和浩特市 新城区"),
        ("湖北恩施", "湖北省 恩施土家族苗族自治州"),
        ("吉林", "吉林省"),
        ("吉林吉林", "吉林省 吉林市"),
        ("吉林市", "吉林省 吉林市"),
        ("辽宁朝阳", "辽宁省 朝阳市"),
        ("上海浦东", "上海市 浦东新区"),
        ("上海市黄浦路1号", "上海市"),
        ("北京市崇文区", "北京市 崇文区"),
        ("香港", "香港特别行政区"),
        ("新疆石河子", "新疆维吾尔自治区 石河子市"),
    ] {
        assert_eq!(resolved(text), expected, "{text}");
    }
}

#[test]
fn what_could_be_several_places_or_none_is_not_guessed() {
    for text in ["", " ", "西湖区", "鼓楼区", "北京路12号", "某某公司", "000000", "朝阳"] {
        assert_eq!(resolved(text), "", "{text:?}");
    }
    assert_eq!(resolved("河北省桥西区"), "河北省", "two counties of the province: only the province is certain");
}

#[test]
fn every_division_in_force_is_resolved_from_its_path() {
    for row in all().iter().filter(|row| !row.abolished && !row.filler) {
        let written = path(row.code);
        assert_eq!(resolved(&written), written, "{}", row.code);
        assert_eq!(resolved(&written.replace(' ', "")), written, "{} written in one", row.code);
    }
}

#[test]
fn an_abolished_division_gives_way_only_to_one_in_force_that_is_written_alike() {
    for row in all().iter().filter(|row| row.abolished) {
        let written = path(row.code);
        let found = resolve(&written).unwrap_or_else(|| panic!("{written} is known"));
        assert_eq!(resolved(&path(found.code)), path(found.code), "{} is stable", row.code);
        // 三明市沙县 is read as 沙县区 without its suffix.
        let same = path(found.code) == written || (found.name.starts_with(row.name) && !found.abolished);
        assert!(same, "{written} became {}", path(found.code));
    }
}

#[test]
fn a_search_gives_the_best_first() {
    let names = |text: &str| search(text).into_iter().map(|row| path(row.code)).collect::<Vec<_>>();
    assert_eq!(names("杭州").first().map(String::as_str), Some("浙江省 杭州市"), "the beginning of a name, the highest level");
    assert_eq!(names("杭州 西湖").first().map(String::as_str), Some("浙江省 杭州市 西湖区"), "parents and name apart");
    assert_eq!(names("杭州西湖区").first().map(String::as_str), Some("浙江省 杭州市 西湖区"), "written in one");
    assert_eq!(names("3301").first().map(String::as_str), Some("浙江省 杭州市"), "by the beginning of the code");
    assert_eq!(names("崇文区"), ["北京市 崇文区"], "what is abolished too");
    let west = search("西湖区");
    assert!(west.iter().take(2).all(|row| row.name == "西湖区" && !row.abolished), "whole names before parts: {west:?}");
    assert_eq!(search("街道").len(), 20, "never more than twenty");
    assert!(search("").is_empty() && search("市辖区").is_empty(), "nothing, and no fillers");
}

proptest! {
    #[test]
    fn any_text_is_resolved_to_a_place_whose_path_is_stable(text in "[北京上海市区县杭州西湖东路 0-9中国]{0,12}") {
        if let Some(row) = resolve(&text) {
            let written = path(row.code);
            prop_assert_eq!(resolved(&written), written, "from {}", text);
        }
    }

    #[test]
    fn no_text_is_too_odd_to_ask_for(text in "\\PC{0,16}") {
        prop_assert!(search(&text).len() <= 20, "at most twenty");
        let _ = (resolve(&text), find(&text), county_of_id(&text), children(&text));
    }

    #[test]
    fn search_gives_only_what_contains_the_text(part in "[\u{4e00}-\u{9fa5}]{1,2}") {
        let hits = search(&part);
        let outright = hits.iter().all(|row| row.name.contains(&part));
        prop_assert!(outright || hits.len() == 1, "{:?}", hits);
    }
}
