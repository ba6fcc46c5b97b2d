//! A place as a blank spells it, and its code.

use crate::sheet::layout::LayoutColumn;
use crate::terms::divisions;

/// Finds the code of a place: a code stays one; a blank's own spelling comes first, then any written-out place, also one that is only
/// clear near the place `near`.
pub fn code(text: &str, column: Option<&LayoutColumn>, near: Option<&str>) -> Option<String> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let spelt = column.and_then(|column| column.code(text)).map(str::to_owned);
    let around = || near.and_then(|near| divisions::resolve(&format!("{}{text}", divisions::path(near))));
    let deeper = |found: divisions::Division| near.is_none_or(|near| !near.starts_with(found.code));
    spelt.or_else(|| divisions::resolve(text).or_else(|| around().filter(|found| deeper(*found))).map(|found| found.code.to_owned()))
}

/// What a blank calls a place: its spelling of it or of what lies around it, else the place with its parents.
pub fn word(code: &str, column: Option<&LayoutColumn>) -> String {
    let around = |column: &LayoutColumn| {
        let prefixes = [12, 9, 6, 4, 2].into_iter().filter_map(|digits| code.get(..digits));
        std::iter::once(code).chain(prefixes).find_map(|prefix| column.spelling(prefix).map(str::to_owned))
    };
    let named = || Some(divisions::path(code).replace(' ', "")).filter(|path| !path.is_empty());
    column.and_then(around).or_else(named).unwrap_or_else(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column() -> LayoutColumn {
        let values = vec![("469007".to_owned(), "东方市 ".to_owned())];
        LayoutColumn { field: "division".into(), header: "单位所在政区".into(), values }
    }

    #[test]
    fn a_blank_keeps_its_own_spelling_and_every_way_of_writing_is_understood() {
        let column = column();
        for text in ["东方市", "东方市 ", "海南省东方市", "469007"] {
            assert_eq!(code(text, Some(&column), None).as_deref(), Some("469007"), "“{text}” is understood");
        }
        assert_eq!(word("469007", Some(&column)), "东方市 ", "to the letter, the blank at the end included");
        assert_eq!(word("469007100", Some(&column)), "东方市 ", "a street by the county that the blank lists");
        assert_eq!(word("330106", Some(&column)), "浙江省杭州市西湖区", "what the blank does not list, by its whole name");
        assert_eq!(word("99", Some(&column)), "99", "what nobody knows stays as it is");
    }

    #[test]
    fn a_place_that_is_clear_only_nearby_is_looked_for_there() {
        assert_eq!(code("鼓楼区", None, None), None, "several cities have one");
        assert_eq!(code("鼓楼区", None, Some("3201")).as_deref(), Some("320106"), "there is one in this city");
        assert_eq!(code("没有的地方", None, Some("3201")), None, "a place that is none is not taken for the city");
    }
}
