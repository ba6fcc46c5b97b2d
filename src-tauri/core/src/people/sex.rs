//! Sex, by GB/T 2261.1 个人基本信息分类与代码 第1部分：人的性别代码.

use crate::record::Code;

/// A person's sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum Sex {
    /// 未知的性别 (0)
    #[code(0, "未知", "未知的性别|未知性别|00")]
    Unknown,
    /// 男性 (1)
    #[code(1, "男", "男性|01|m|male")]
    Male,
    /// 女性 (2)
    #[code(2, "女", "女性|02|f|female")]
    Female,
    /// 未说明的性别 (9)
    #[code(9, "未说明", "未说明的性别|未说明性别|09")]
    Unstated,
}

impl Sex {
    /// All of them in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Male, Self::Female, Self::Unstated];

    /// Reads a code or a word in its usual spellings: 男, 男性, 1, M, male.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().map(crate::text::half_width).filter(|letter| !letter.is_whitespace()).collect();
        Self::named(&text.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_read_back() {
        for sex in Sex::ALL {
            assert_eq!(Sex::of(sex.code()), Some(sex), "code of {}", sex.label());
            assert_eq!(Sex::parse(sex.label()), Some(sex), "word {}", sex.label());
            assert_eq!(Sex::parse(&sex.code().to_string()), Some(sex), "code as text of {}", sex.label());
        }
    }

    #[test]
    fn usual_spellings_are_read_and_others_refused() {
        for (text, sex) in [("男性", Sex::Male), (" 女　", Sex::Female), ("Ｆ", Sex::Female), ("Male", Sex::Male), ("01", Sex::Male)] {
            assert_eq!(Sex::parse(text), Some(sex), "{text}");
        }
        for text in ["", "3", "男女", "先生", "-1"] {
            assert_eq!(Sex::parse(text), None, "{text} is no sex");
        }
        assert_eq!(Sex::of(3), None, "the standard has no code 3");
    }
}
