//! Statutory retirement from 2025: when a member comes of age for it, for prompts and lists only.
//!
//! 《国务院关于渐进式延迟法定退休年龄的办法》, approved by 《全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定》 of
//! 2024-09-13, in force from 2025-01-01. Early retirement of hazardous and other special work is not in these rows.

use chrono::NaiveDate;

use crate::calendar::Month;

use super::sex::Sex;

/// The three groups that had an age of their own before 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// 男职工 (60)
    Man,
    /// 原法定退休年龄五十五周岁的女职工 (女干部)
    WomanOf55,
    /// 原法定退休年龄五十周岁的女职工 (女工人)
    WomanOf50,
}

impl Category {
    /// Gives the category of a sex and whether the post is a cadre's (管理、技术岗位); none where the sex is not known.
    pub fn of(sex: Sex, cadre: bool) -> Option<Self> {
        match (sex, cadre) {
            (Sex::Male, _) => Some(Self::Man),
            (Sex::Female, true) => Some(Self::WomanOf55),
            (Sex::Female, false) => Some(Self::WomanOf50),
            (Sex::Unknown | Sex::Unstated, _) => None,
        }
    }
}

/// One row of the rule: how the age of a category grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetirementRule {
    /// Whom it holds for.
    pub category: Category,
    /// The age before the rule, in months.
    pub original_age: i32,
    /// The age that growth ends at, in months.
    pub final_age: i32,
    /// How many months of reaching the original age share one more month of delay.
    pub step: i32,
    /// The year and month in which the original age must be reached for the first month of delay.
    pub from: (i32, u32),
    /// By how many months one may go earlier (never before the original age) or, agreed with the employer, later.
    pub flexible: i32,
    /// The document.
    pub source: &'static str,
}

const SOURCE: &str = "《国务院关于渐进式延迟法定退休年龄的办法》（2024年9月13日全国人大常委会决定批准，2025年1月1日起施行）";

/// The rows in force from 2025-01-01 (articles 1 and 3).
pub const RULES: [RetirementRule; 3] = [
    RetirementRule {
        category: Category::Man,
        original_age: 60 * 12,
        final_age: 63 * 12,
        step: 4,
        from: (2025, 1),
        flexible: 36,
        source: SOURCE,
    },
    RetirementRule {
        category: Category::WomanOf55,
        original_age: 55 * 12,
        final_age: 58 * 12,
        step: 4,
        from: (2025, 1),
        flexible: 36,
        source: SOURCE,
    },
    RetirementRule {
        category: Category::WomanOf50,
        original_age: 50 * 12,
        final_age: 55 * 12,
        step: 2,
        from: (2025, 1),
        flexible: 36,
        source: SOURCE,
    },
];

/// When a person comes of age for retirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retirement {
    /// The statutory age in months.
    pub age: i32,
    /// The month in which it is reached.
    pub statutory: Month,
    /// The earliest month that may be chosen.
    pub earliest: Month,
    /// The latest month that may be agreed on.
    pub latest: Month,
}

/// Tells when a person of a category comes of age for retirement, by the rows given (`RULES`); none where no row is for the category.
///
/// Who reached the original age before the rule keeps it.
pub fn retirement(rules: &[RetirementRule], category: Category, birth: NaiveDate) -> Option<Retirement> {
    let rule = rules.iter().find(|rule| rule.category == category)?;
    let born = Month::of(birth);
    let original = born.plus(rule.original_age);
    let since = original.ordinal() - Month::new(rule.from.0, rule.from.1)?.ordinal();
    let delay = if since < 0 { 0 } else { (since / rule.step.max(1) + 1).min(rule.final_age - rule.original_age) };
    let statutory = original.plus(delay);
    let flexible = if since < 0 { 0 } else { rule.flexible };
    let earliest = statutory.plus(-flexible).max(original);
    Some(Retirement { age: rule.original_age + delay, statutory, earliest, latest: statutory.plus(flexible) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(category: Category, born: &str) -> (i32, i32, String) {
        let birth = format!("{born}-15").parse().unwrap();
        let found = retirement(&RULES, category, birth).unwrap();
        (found.age / 12, found.age % 12, found.statutory.to_string())
    }

    /// Rows of the three tables that are attached to the document.
    #[test]
    fn the_attached_tables_are_met() {
        let cases = [
            (Category::Man, "1964-12", (60, 0, "2024-12")),
            (Category::Man, "1965-01", (60, 1, "2025-02")),
            (Category::Man, "1965-04", (60, 1, "2025-05")),
            (Category::Man, "1965-05", (60, 2, "2025-07")),
            (Category::Man, "1970-12", (61, 6, "2032-06")),
            (Category::Man, "1976-08", (62, 11, "2039-07")),
            (Category::Man, "1976-09", (63, 0, "2039-09")),
            (Category::Man, "1990-01", (63, 0, "2053-01")),
            (Category::WomanOf55, "1969-12", (55, 0, "2024-12")),
            (Category::WomanOf55, "1970-01", (55, 1, "2025-02")),
            (Category::WomanOf55, "1981-08", (57, 11, "2039-07")),
            (Category::WomanOf55, "1981-09", (58, 0, "2039-09")),
            (Category::WomanOf50, "1974-12", (50, 0, "2024-12")),
            (Category::WomanOf50, "1975-01", (50, 1, "2025-02")),
            (Category::WomanOf50, "1975-02", (50, 1, "2025-03")),
            (Category::WomanOf50, "1975-03", (50, 2, "2025-05")),
            (Category::WomanOf50, "1984-10", (54, 11, "2039-09")),
            (Category::WomanOf50, "1984-11", (55, 0, "2039-11")),
        ];
        for (category, born, (years, months, reached)) in cases {
            assert_eq!(told(category, born), (years, months, reached.to_owned()), "{category:?} born {born}");
        }
    }

    #[test]
    fn the_flexible_years_never_begin_before_the_original_age() {
        let found = retirement(&RULES, Category::Man, "1965-01-01".parse().unwrap()).unwrap();
        assert_eq!(
            (found.earliest.to_string(), found.latest.to_string()),
            ("2025-01".into(), "2028-02".into()),
            "one month early at most, three years late"
        );
        let found = retirement(&RULES, Category::Man, "1990-01-01".parse().unwrap()).unwrap();
        assert_eq!((found.earliest.to_string(), found.latest.to_string()), ("2050-01".into(), "2056-01".into()), "three years either way");
    }

    #[test]
    fn a_category_needs_a_known_sex_and_a_row() {
        assert_eq!(Category::of(Sex::Female, true), Some(Category::WomanOf55), "a woman cadre");
        assert_eq!(Category::of(Sex::Unstated, false), None, "no sex, no category");
        assert_eq!(retirement(&[], Category::Man, NaiveDate::default()), None, "no row, no answer");
    }

    proptest! {
        #[test]
        fn the_younger_never_retire_earlier(offset in 0i64..25_000) {
            let day = |offset| NaiveDate::default() + chrono::Duration::days(offset - 9_000);
            for rule in RULES {
                let (older, younger) = (retirement(&RULES, rule.category, day(offset)).unwrap(), retirement(&RULES, rule.category, day(offset + 31)).unwrap());
                prop_assert!(older.statutory <= younger.statutory && older.age <= younger.age, "{:?}", rule.category);
                prop_assert!((rule.original_age..=rule.final_age).contains(&older.age), "the age stays within the row");
                prop_assert!(older.earliest <= older.statutory && older.statutory <= older.latest, "early, due and late are in order");
            }
        }
    }
}
