//! What can be wrong with a number, in sentences that show nothing of the number itself.

use super::IdKind;
use crate::record::Code;

/// Why a text is no number of an identity document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdFault {
    /// There is nothing.
    Empty,
    /// It has another length than numbers of its kind.
    WrongLength {
        /// How many characters it has.
        found: usize,
    },
    /// A letter stands where a digit belongs and looks like one: O for 0, I or l for 1.
    LetterForDigit {
        /// Its place, counted from 1.
        at: usize,
        /// The letter, in upper case.
        letter: char,
    },
    /// A character stands where a digit belongs.
    NotADigit {
        /// Its place, counted from 1.
        at: usize,
    },
    /// The check digit does not fit the others.
    WrongChecksum,
    /// The birth date is no day of the calendar, lies ahead or too far back.
    ImpossibleBirth,
    /// A spreadsheet kept only the first 15 digits; the others are lost.
    CutBySpreadsheet,
    /// It does not have the build of its kind.
    WrongBuild(IdKind),
}

impl IdFault {
    /// Says what is wrong, as a full Chinese sentence without the number.
    pub fn message(self) -> String {
        match self {
            Self::Empty => "证件号码没有填写。".into(),
            Self::WrongLength { found } => format!("证件号码是 {found} 位，身份证号码应为 18 位（旧证 15 位）。"),
            Self::LetterForDigit { at, letter } => format!("证件号码第 {at} 位是字母“{letter}”，应为数字“{}”。", looks_like(letter)),
            Self::NotADigit { at } => format!("证件号码第 {at} 位不是数字。"),
            Self::WrongChecksum => "证件号码的校验码不符，至少有一位数字写错或相邻两位写反。".into(),
            Self::ImpossibleBirth => "证件号码中的出生日期不存在或不合理。".into(),
            Self::CutBySpreadsheet => "证件号码被表格软件当作数字处理，只留下前 15 位，后三位已经丢失。".into(),
            Self::WrongBuild(kind) => format!("证件号码不符合{}的编号格式。", kind.label()),
        }
    }

    /// Says the way out, as a full Chinese sentence.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Empty => "请填写证件号码。",
            Self::WrongLength { .. } => "请对照证件补全或删去多余的数字；若不是身份证，请先改证件类别。",
            Self::LetterForDigit { .. } => "请把字母改为数字（字母 O 是数字 0，字母 I 或小写 l 是数字 1）。",
            Self::NotADigit { .. } => "请对照证件改正；只有第 18 位可以是 X。",
            Self::WrongChecksum | Self::ImpossibleBirth => "请对照证件逐位核对。",
            Self::CutBySpreadsheet => "请把该列设为“文本”格式，再从原始资料重新录入这一行；丢失的数字无法推算。",
            Self::WrongBuild(kind) => build_hint(kind),
        }
    }
}

fn build_hint(kind: IdKind) -> &'static str {
    match kind {
        IdKind::HomeReturnPermit => "应为字母 H 或 M 加 8 位数字（旧证 10 位），请对照证件改正。",
        IdKind::TaiwanPermit => "应为 8 位数字（旧证 10 位），请对照证件改正。",
        IdKind::ForeignPermanentOld => "应为 3 位字母加 12 位数字，请对照证件改正。",
        IdKind::Passport => "应为 5 至 15 位字母和数字，请对照护照改正。",
        IdKind::Military => "应含证件字号和数字，如“军字第1234567号”，请对照证件改正。",
        _ => "号码应为 3 至 30 个字符，请对照证件改正，或先改证件类别。",
    }
}

/// The digit that a letter is taken for.
pub(super) fn looks_like(letter: char) -> char {
    match letter {
        'O' | 'Q' | 'D' => '0',
        'I' | 'L' => '1',
        _ => letter,
    }
}

impl std::fmt::Display for IdFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())?;
        f.write_str(self.hint())
    }
}

impl std::error::Error for IdFault {}
