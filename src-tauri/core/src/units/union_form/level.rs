//! The level of a union that a sheet does not tell, from what kind of union it is and where it stands.

use crate::record::Code;
use crate::units::UnitLevel;

/// Gives the level: a 分工会 or 小组 is a branch and a union of one or several employers one of the grass roots, wherever it stands;
/// a 总工会, 联合会, 产业工会, 工委 or 办事处 stands one level below the union above it, at the grass roots at the lowest. None where that
/// would have to be guessed.
pub fn of(kind: Option<&str>, above: Option<UnitLevel>) -> Option<UnitLevel> {
    match kind {
        Some("branch" | "sub_branch" | "group") => Some(UnitLevel::Branch),
        Some("general" | "federation" | "federation_industry" | "federation_region" | "industrial" | "committee" | "office") => {
            UnitLevel::of((above?.code() + 1).min(UnitLevel::Grassroots.code()))
        }
        Some(_) => Some(UnitLevel::Grassroots),
        None => above.map(|_| UnitLevel::Grassroots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_and_the_union_above_tell_the_level_and_nothing_is_a_province_by_default() {
        use UnitLevel::{Branch, City, County, Grassroots, Province, Town};
        let cases = [
            (Some("single"), Some(Town), Some(Grassroots)),
            (Some("joint"), None, Some(Grassroots)),
            (Some("general"), Some(Province), Some(City)),
            (Some("general"), Some(County), Some(Town)),
            (Some("federation_region"), Some(Town), Some(Grassroots)),
            (Some("general"), Some(Grassroots), Some(Grassroots)),
            (Some("general"), None, None),
            (Some("branch"), Some(Grassroots), Some(Branch)),
            (None, Some(Town), Some(Grassroots)),
            (None, None, None),
        ];
        for (kind, above, level) in cases {
            assert_eq!(of(kind, above), level, "{kind:?} under {above:?}");
        }
    }
}
