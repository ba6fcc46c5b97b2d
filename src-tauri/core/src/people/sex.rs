//! Sex, by GB/T 2261.1 个人基本信息分类与代码 第1部分：人的性别代码.

/// A person's sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 未知的性别 (0)
    Unknown,
    /// 男性 (1)
    Male,
    /// 女性 (2)
    Female,
    /// 未说明的性别 (9)
    Unstated,
}

impl Sex {
    /// All of them in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Male, Self::Female, Self::Unstated];

    /// Gives the code of GB/T 2261.1.
    pub const fn code(self) -> i64 {
        match self {
            Self::Unknown => 0,
            Self::Male => 1,
            Self::Female => 2,
            Self::Unstated => 9,
        }
    }

    /// Finds the sex with a code of GB/T 2261.1.
    pub fn of(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }

    /// Gives the word that forms use: 男, 女, 未知, 未说明.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unknown => "未知",
            Self::Male => "男",
            Self::Female => "女",
            Self::Unstated => "未说明",
        }
    }

    /// Reads a code or a word in its usual spellings: 男, 男性, 1, M, male.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().map(crate::text::half_width).filter(|letter| !letter.is_whitespace()).collect();
        match text.to_ascii_lowercase().as_str() {
            "男" | "男性" | "1" | "01" | "m" | "male" => Some(Self::Male),
            "女" | "女性" | "2" | "02" | "f" | "female" => Some(Self::Female),
            "未知" | "未知的性别" | "未知性别" | "0" | "00" => Some(Self::Unknown),
            "未说明" | "未说明的性别" | "未说明性别" | "9" | "09" => Some(Self::Unstated),
            _ => None,
        }
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
