//! Kinds of identity documents.

use crate::record::Code;

/// A kind of identity document; its number and its word never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Code)]
pub enum IdKind {
    /// 居民身份证
    #[code(1, "居民身份证", "身份证|二代身份证|第二代身份证|第二代居民身份证|中华人民共和国居民身份证|临时居民身份证|公民身份证")]
    Resident,
    /// 港澳居民居住证: divisions 810000 and 820000
    #[code(2, "港澳居民居住证", "港澳居住证|港澳台居民居住证|香港居民居住证|澳门居民居住证")]
    HongKongMacaoResidence,
    /// 台湾居民居住证: division 830000
    #[code(3, "台湾居民居住证", "台湾居住证")]
    TaiwanResidence,
    /// 外国人永久居留身份证 of 2023: 18 digits, the first a 9
    #[code(4, "外国人永久居留身份证", "外国人永久居留证|永久居留证|外国人居留证")]
    ForeignPermanent,
    /// 港澳居民来往内地通行证 (回乡证): H or M and 8 digits, on older cards 10
    #[code(5, "港澳居民来往内地通行证", "回乡证|港澳通行证|港澳居民通行证|港澳居民来往内地通行证(非中国籍)")]
    HomeReturnPermit,
    /// 台湾居民来往大陆通行证 (台胞证): 8 digits, in older booklets 10
    #[code(6, "台湾居民来往大陆通行证", "台胞证|台湾通行证|台湾居民通行证")]
    TaiwanPermit,
    /// 外国人永久居留证 of before 2023: 3 letters and 12 digits
    #[code(7, "外国人永久居留证（旧版）", "外国人永久居留证(旧版)")]
    ForeignPermanentOld,
    /// 护照
    #[code(8, "护照", "普通护照|中国护照|外国护照|因私护照")]
    Passport,
    /// 军人证件: 军官证, 士兵证, 文职干部证
    #[code(9, "军人证件", "军官证|士兵证|军人证|文职干部证|警官证|武警证")]
    Military,
    /// 其他有效证件
    #[code(99, "其他证件", "其他|其它|其他有效证件|其它证件")]
    Other,
}

impl IdKind {
    /// All of them in the order of their codes.
    pub const ALL: [Self; 10] = [
        Self::Resident,
        Self::HongKongMacaoResidence,
        Self::TaiwanResidence,
        Self::ForeignPermanent,
        Self::HomeReturnPermit,
        Self::TaiwanPermit,
        Self::ForeignPermanentOld,
        Self::Passport,
        Self::Military,
        Self::Other,
    ];

    /// Reads a kind by its name, in the spellings that rosters use (二代身份证, 回乡证, 台胞证, 中国护照 ...), or by its word.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().map(crate::text::half_width).filter(|letter| !letter.is_whitespace()).collect();
        Self::named(&text)
    }

    /// Says whether the kind's numbers have the 18 digits of GB 11643.
    pub const fn is_of_18_digits(self) -> bool {
        matches!(self, Self::Resident | Self::HongKongMacaoResidence | Self::TaiwanResidence | Self::ForeignPermanent)
    }

    /// Says whether the kind's numbers begin with an administrative division; those of foreigners begin otherwise.
    pub const fn has_division(self) -> bool {
        matches!(self, Self::Resident | Self::HongKongMacaoResidence | Self::TaiwanResidence)
    }

    /// Tells the kind of a normalised number from its build, where the build tells it.
    ///
    /// Eight digits after an H are a 回乡证 here, though passports of Hong Kong look the same.
    pub fn guess(text: &str) -> Option<Self> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let only = letters + digits == text.len();
        match (letters, digits) {
            (0, 8) if only => Some(Self::TaiwanPermit),
            (1, 8 | 10) if only && text.starts_with(['H', 'M']) => Some(Self::HomeReturnPermit),
            (1, 8) | (2, 7) if only => Some(Self::Passport),
            (3, 12) if only => Some(Self::ForeignPermanentOld),
            _ if text.contains("字第") => Some(Self::Military),
            _ => None,
        }
    }

    /// Tells which of the kinds with 18 digits a number is.
    pub(super) fn of_18_digits(text: &str) -> Self {
        match text.get(..6) {
            Some("810000" | "820000") => Self::HongKongMacaoResidence,
            Some("830000") => Self::TaiwanResidence,
            _ if text.starts_with('9') => Self::ForeignPermanent,
            _ => Self::Resident,
        }
    }
}
