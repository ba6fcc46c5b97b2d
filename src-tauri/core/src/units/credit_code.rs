//! Unified social credit codes (统一社会信用代码), by GB 32100-2015 《法人和其他组织统一社会信用代码编码规则》.
//!
//! 18 characters: registering authority (1), kind of body (1), administrative division (6), organisation code (9, GB 11714-1997),
//! check character (1). Codes of trade unions begin 81 (基层工会) or 89 (其他); an organisation code or division that does not hold is
//! no reason to refuse one, as early codes were issued with such.

use std::fmt;

use crate::text::{half_width, invisible};

/// The characters of a code in the order of their values: no I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The weights of the 17 characters before the check character: 3^(i-1) mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// The weights of the eight characters of an organisation code before its own check character (GB 11714-1997).
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code whose check character holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// Why a text is no credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// There is nothing.
    Empty,
    /// It has another length than 18.
    WrongLength {
        /// How many characters it has.
        found: usize,
    },
    /// It has one of the letters that codes never have (I, O, S, V, Z).
    ForeignLetter {
        /// Its place, counted from 1.
        at: usize,
        /// The letter.
        letter: char,
    },
    /// It has a character that is neither digit nor letter, or a letter within the division.
    ForeignSign {
        /// Its place, counted from 1.
        at: usize,
    },
    /// The check character does not fit the others.
    WrongChecksum,
    /// A spreadsheet has cut its digits.
    CutBySpreadsheet,
}

/// Says in Chinese sentences what is wrong and what to do.
impl fmt::Display for CreditCodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("统一社会信用代码没有填写。"),
            Self::WrongLength { found } => write!(f, "统一社会信用代码是 {found} 位，应为 18 位，请对照证书补全或删去多余的字符。"),
            Self::ForeignLetter { at, letter } => match likeness(letter) {
                Some(likely) => {
                    write!(f, "统一社会信用代码第 {at} 位是字母“{letter}”，代码中不会出现这个字母，可能是“{likely}”，请对照证书改正。")
                }
                None => write!(f, "统一社会信用代码第 {at} 位是字母“{letter}”，代码中不会出现这个字母，请对照证书改正。"),
            },
            Self::ForeignSign { at } => {
                write!(f, "统一社会信用代码第 {at} 位的字符不对，请对照证书改正；第 3 至 8 位应为数字，其余为数字或大写字母。")
            }
            Self::WrongChecksum => f.write_str("统一社会信用代码的校验码不符，请对照证书逐位核对。"),
            Self::CutBySpreadsheet => {
                f.write_str("统一社会信用代码被表格软件当作数字处理，后几位已经丢失，请把该列设为“文本”格式后重新录入。")
            }
        }
    }
}

impl std::error::Error for CreditCodeFault {}

/// What a letter that codes never have is likely to be a misreading of.
fn likeness(letter: char) -> Option<char> {
    match letter {
        'O' => Some('0'),
        'I' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'V' => Some('U'),
        _ => None,
    }
}

/// Reads a code; blanks, hyphens, full-width forms and small letters are put right without a word.
pub fn parse(text: &str) -> Result<CreditCode, CreditCodeFault> {
    let letters = text
        .chars()
        .map(half_width)
        .filter(|&letter| !letter.is_whitespace() && !invisible(letter) && !matches!(letter, '-' | '\'' | '‘' | '’'));
    let plain: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
    let length = plain.chars().count();
    match length {
        0 => return Err(CreditCodeFault::Empty),
        18 => {}
        _ if plain.contains("E+") => return Err(CreditCodeFault::CutBySpreadsheet),
        _ => return Err(CreditCodeFault::WrongLength { found: length }),
    }
    if let Some(fault) = plain.chars().enumerate().find_map(|(at, letter)| foreign(at, letter)) {
        return Err(fault);
    }
    let sound = plain.get(..17).and_then(check_character) == plain.chars().last();
    if sound {
        Ok(CreditCode(plain))
    } else {
        Err(if plain.ends_with("000") { CreditCodeFault::CutBySpreadsheet } else { CreditCodeFault::WrongChecksum })
    }
}

fn foreign(at: usize, letter: char) -> Option<CreditCodeFault> {
    let in_division = (2..8).contains(&at);
    if likeness(letter).is_some() {
        return Some(CreditCodeFault::ForeignLetter { at: at + 1, letter });
    }
    let fits = letter.is_ascii_digit() || (!in_division && value(letter).is_some());
    (!fits).then_some(CreditCodeFault::ForeignSign { at: at + 1 })
}

fn value(letter: char) -> Option<u32> {
    let value = letter.to_digit(36).filter(|_| !letter.is_ascii_lowercase() && likeness(letter).is_none())?;
    let left_out = "IOSV".chars().filter(|absent| *absent < letter).count();
    value.checked_sub(u32::try_from(left_out).ok()?)
}

/// Gives the check character of the 17 others (GB 32100-2015), or none where they are not 17 of the alphabet.
pub fn check_character(body: &str) -> Option<char> {
    let values: Vec<u32> = body.chars().map(value).collect::<Option<_>>()?;
    let sum: u32 = (values.len() == WEIGHTS.len()).then(|| values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum())?;
    ALPHABET.chars().nth(((31 - sum % 31) % 31) as usize)
}

/// Gives the check character of the eight others of an organisation code (GB 11714-1997), or none where they are not eight digits or letters.
pub fn organisation_check(body: &str) -> Option<char> {
    let values: Vec<u32> = body.chars().map(|letter| letter.to_digit(36)).collect::<Option<_>>()?;
    let sum: u32 = (values.len() == 8).then(|| values.iter().zip(ORGANISATION_WEIGHTS).map(|(value, weight)| value * weight).sum())?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// Makes a code with right check characters, for demonstrations and tests: a `prefix` of two (81 for a 基层工会), a division of six digits and
/// eight characters of an organisation code. Division 000000 exists nowhere. Gives none where the parts do not fit.
pub fn generate(prefix: &str, division: &str, body: &str) -> Option<CreditCode> {
    let organisation = organisation_check(body)?;
    let code = format!("{prefix}{division}{body}{organisation}");
    let check = check_character(&code)?;
    parse(&format!("{code}{check}")).ok().filter(|_| prefix.len() == 2 && division.len() == 6)
}

impl CreditCode {
    /// Gives the code: 18 digits and capital letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether the code is a trade union's: registered by the unions themselves (8).
    pub fn is_union(&self) -> bool {
        self.0.starts_with('8')
    }

    /// Gives the registering authority's name, or none where the standard names none for the character.
    pub fn authority(&self) -> Option<&'static str> {
        match self.0.chars().next()? {
            '1' => Some("机构编制"),
            '2' => Some("外交"),
            '3' => Some("司法行政"),
            '4' => Some("文化"),
            '5' => Some("民政"),
            '6' => Some("旅游"),
            '7' => Some("宗教"),
            '8' => Some("工会"),
            '9' => Some("市场监督管理"),
            'A' => Some("中央军委改革和编制办公室"),
            'N' => Some("农业"),
            'Y' => Some("其他"),
            _ => None,
        }
    }

    /// Gives the six digits of the division of the registering authority (GB/T 2260).
    pub fn division(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// Gives the organisation code: nine characters, the last its own check character.
    pub fn organisation(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// Says whether the organisation code's own check character holds; where it does not, a warning is due and no more.
    pub fn organisation_holds(&self) -> bool {
        let code = self.organisation();
        code.get(..8).and_then(organisation_check) == code.chars().last()
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example in the standard's annex.
    const EXAMPLE: &str = "91350100M000100Y43";

    #[test]
    fn the_example_of_the_standard_holds() {
        let code = parse(EXAMPLE).unwrap();
        assert_eq!(code.authority(), Some("市场监督管理"), "9 is the registration of enterprises");
        assert_eq!((code.division(), code.organisation()), ("350100", "M000100Y4"), "its parts");
        assert!(code.organisation_holds(), "its organisation code holds too");
        assert!(!code.is_union(), "it is no union's");
    }

    #[test]
    fn codes_of_unions_begin_with_8() {
        for prefix in ["81", "89"] {
            let code = generate(prefix, "000000", "MC000001").unwrap();
            assert!(code.is_union(), "{code} is a union's");
            assert_eq!(code.authority(), Some("工会"), "registered by the unions");
            assert!(code.organisation_holds(), "a made code holds throughout");
        }
        assert_eq!(generate("8", "1000000", "MC000001"), None, "parts of other lengths do not fit");
        assert_eq!(generate("81", "00000A", "MC000001"), None, "a division has digits only");
    }

    #[test]
    fn typing_habits_are_put_right() {
        for text in [" 91350100 m000100y43", "９１３５０１００Ｍ０００１００Ｙ４３", "91350100-M000100Y4-3", "'91350100M000100Y43\u{feff}"]
        {
            assert_eq!(parse(text).map(|code| code.to_string()).as_deref(), Ok(EXAMPLE), "{text}");
        }
    }

    #[test]
    fn faults_are_named_with_their_place() {
        let cases = [
            ("", CreditCodeFault::Empty),
            ("91350100M000100Y4", CreditCodeFault::WrongLength { found: 17 }),
            ("9135O100M000100Y43", CreditCodeFault::ForeignLetter { at: 5, letter: 'O' }),
            ("9I350100M000100Y43", CreditCodeFault::ForeignLetter { at: 2, letter: 'I' }),
            ("91350100M000100Z43", CreditCodeFault::ForeignLetter { at: 16, letter: 'Z' }),
            ("91A50100M000100Y43", CreditCodeFault::ForeignSign { at: 3 }),
            ("91350100M000100工43", CreditCodeFault::ForeignSign { at: 16 }),
            ("91350100M000100Y44", CreditCodeFault::WrongChecksum),
            ("8.11E+17", CreditCodeFault::CutBySpreadsheet),
            ("811101050000010000", CreditCodeFault::CutBySpreadsheet),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text), Err(fault), "{text}");
            assert!(fault.to_string().ends_with('。'), "in a full sentence");
        }
        assert!(parse("9135O100M000100Y43").unwrap_err().to_string().contains("“0”"), "the likely digit is named");
    }

    #[test]
    fn values_count_up_along_the_alphabet() {
        for (at, letter) in ALPHABET.chars().enumerate() {
            assert_eq!(value(letter).map(|value| value as usize), Some(at), "{letter}");
        }
        for letter in "IOSVZaz-工".chars() {
            assert_eq!(value(letter), None, "{letter} is not of the alphabet");
        }
    }

    #[test]
    fn an_organisation_code_that_does_not_hold_is_still_taken() {
        let body = "81000000MC0000019";
        let code = parse(&format!("{body}{}", check_character(body).unwrap())).unwrap();
        assert!(!code.organisation_holds(), "9 is not its check character");
    }

    proptest! {
        /// The weights have no common factor with 31, so that the standard promises both.
        #[test]
        fn every_wrong_character_and_every_swap_of_neighbours_is_found(division in "[0-9]{6}", body in "[0-9A-HJ-NPQRTUWXY]{8}") {
            let Some(code) = generate("81", &division, &body) else { return Ok(()) };
            let code = code.as_str();
            for at in 0..18 {
                for letter in ALPHABET.bytes() {
                    let mut changed = code.as_bytes().to_vec();
                    changed[at] = letter;
                    let changed = String::from_utf8(changed).unwrap();
                    prop_assert!(changed == code || parse(&changed).is_err(), "{} for {}", changed, code);
                }
            }
            for at in 0..17 {
                let mut changed = code.as_bytes().to_vec();
                changed.swap(at, at + 1);
                let changed = String::from_utf8(changed).unwrap();
                prop_assert!(changed == code || parse(&changed).is_err(), "{} for {}", changed, code);
            }
        }

        #[test]
        fn a_made_code_reads_back(division in "[0-9]{6}", body in "[0-9A-HJ-NPQRTUWXY]{8}") {
            let code = generate("81", &division, &body).unwrap();
            prop_assert_eq!(parse(code.as_str()), Ok(code.clone()), "as it was made");
            prop_assert_eq!((code.division(), code.organisation().get(..8)), (division.as_str(), Some(body.as_str())), "with its parts");
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,24}") {
            if let Ok(code) = parse(&text) {
                prop_assert_eq!(parse(code.as_str()), Ok(code.clone()), "what is taken is in its canonical form");
            }
        }
    }
}
