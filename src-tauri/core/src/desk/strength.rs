//! How hard a password is to guess: all that stands between a copied file and what is in it.

use pinyin::ToPinyin;
use serde::{Deserialize, Serialize};
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

use super::Desk;
use crate::error::{Result, refused};
use crate::record::Wire;

/// The fewest characters of a new password.
const FEWEST: usize = 6;
/// Guesses, as powers of ten, below which a password is refused, is middling, is strong. One guess costs half a second: 10⁷ of them
/// keep a processor busy for two months.
const LEVELS: [f64; 3] = [7.0, 9.0, 12.0];
/// How many powers of ten a Chinese character weighs more than the one that zxcvbn gives any character.
const HAN: f64 = 0.7;
/// What people of these offices try first, beyond the words that zxcvbn knows.
const TRIED_FIRST: [&str; 36] = [
    "gonghui",
    "zonggonghui",
    "taizhang",
    "gonghuitaizhang",
    "unionbook",
    "mima",
    "bangongshi",
    "woaini",
    "woaini1314",
    "5201314",
    "woaizuguo",
    "zhongguo",
    "beijing",
    "shanghai",
    "工会",
    "总工会",
    "工会台账",
    "密码",
    "办公室",
    "一二三四五六",
    "我爱你",
    "我爱祖国",
    "中国",
    "新年快乐",
    "中华人民共和国",
    "中华人民共和国万岁",
    "万岁",
    "为人民服务",
    "好好学习",
    "天天向上",
    "不忘初心",
    "恭喜发财",
    "身体健康",
    "万事如意",
    "zhonghuarenmin",
    "weirenminfuwu",
];

/// A password that somebody thinks of.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Thought {
    /// The password.
    pub password: String,
    /// Whose it is to be: a name is tried first.
    #[serde(default)]
    pub name: String,
}

/// How hard a password is to guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Strength {
    /// 0 where it is too short, 1 where it is guessed at once, and up to 4; from 2 on it is taken.
    pub level: u32,
    /// The level in one word.
    pub word: &'static str,
    /// How to make it better; nothing where nothing is left to do.
    pub advice: String,
}

/// Says how hard a password is to guess.
pub fn strength_of(_: &Desk, thought: &Thought) -> Result<Strength> {
    Ok(strength(&thought.password, &thought.name))
}

/// Refuses a new password that is too short or guessed at once.
pub fn strong_enough(password: &str, name: &str) -> Result<()> {
    match strength(password, name) {
        Strength { level: 0, .. } => {
            refused(format!("密码太短，至少要 {FEWEST} 个字符。"), "请设一个自己记得住、别人猜不到的密码，例如一句话。")
        }
        Strength { level: 1, .. } => {
            refused("这个密码很容易被猜到，没有采用。", "不要用连续的数字和字母、生日、手机号、姓名和常见的词；可以用一句自己记得住的话。")
        }
        _ => Ok(()),
    }
}

fn strength(password: &str, name: &str) -> Strength {
    let said = |level, word, advice: &str| Strength { level, word, advice: advice.into() };
    let length = password.chars().count();
    if length < FEWEST {
        return said(0, "太短", &format!("还差 {} 位；建议 10 位以上，例如一句话。", FEWEST - length));
    }
    let guesses = if is_number_of_somebody(password) { 0.0 } else { guesses(password, name) };
    match LEVELS.iter().take_while(|least| guesses >= **least).count() {
        0 => said(1, "很容易被猜到", "不要用连续的数字和字母、生日、手机号、姓名和常见的词。"),
        1 => said(2, "一般", "再长几位，或掺入字母、数字和符号，会更难猜。"),
        2 => said(3, "较强", ""),
        _ => said(4, "强", ""),
    }
}

/// A mobile number or an id number: long, but known to many.
fn is_number_of_somebody(password: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (password.len(), password.get(..17)) {
        (11, _) => digits(password) && password.starts_with('1'),
        (18, Some(before)) => digits(before) && password.ends_with(|last: char| last.is_ascii_digit() || last.eq_ignore_ascii_case(&'x')),
        _ => false,
    }
}

/// How many guesses it takes, as a power of ten.
fn guesses(password: &str, name: &str) -> f64 {
    let spelt: String =
        name.chars().map(|letter| letter.to_pinyin().map_or_else(|| letter.to_string(), |sound| sound.plain().into())).collect();
    let initials: String = name.chars().filter_map(|letter| letter.to_pinyin()?.plain().chars().next()).collect();
    let known: Vec<&str> = TRIED_FIRST.into_iter().chain([name, &spelt, &initials].into_iter().filter(|word| word.len() > 1)).collect();
    let entropy = zxcvbn(password, &known);
    let unknown = entropy.sequence().iter().filter(|part| matches!(part.pattern, MatchPattern::BruteForce));
    let mut han: Vec<char> =
        unknown.flat_map(|part| part.token.chars()).filter(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}')).collect();
    han.sort_unstable();
    han.dedup();
    let more = u8::try_from(han.len()).map_or(f64::from(u8::MAX), f64::from);
    entropy.guesses_log10() + more * HAN
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level(password: &str) -> u32 {
        strength(password, "张伟").level
    }

    #[test]
    fn what_others_try_first_is_refused() {
        let tried = [
            "中华人民共和国万岁",
            "好好学习天天向上",
            "123456",
            "111111",
            "aaaaaa1a",
            "qwertyuiop",
            "Password1",
            "19850712",
            "13800000000",
            "abcdef",
            "gonghui2026",
            "zhangwei",
            "zhangwei1985",
            "张伟123456",
            "一二三四五六",
            "工会台账2026",
            "woaini1314",
            "00000019850712001X",
            "zw123456",
            "啊啊啊啊啊啊",
        ];
        for password in tried {
            assert_eq!(level(password), 1, "{password}");
            assert!(strong_enough(password, "张伟").is_err_and(|error| error.to_string().contains("容易被猜到")), "{password}");
        }
    }

    #[test]
    fn a_sentence_and_what_has_no_sense_are_taken_and_longer_is_harder() {
        let levels = ["kmtwpz4x", "kmtwpz48xe", "kmT#pz48xeQ2", "一句好记的话", "大雪压青松青松挺且直"].map(level);
        assert_eq!(levels, [2, 3, 4, 3, 4], "each as hard as it is long");
        assert_eq!(strength("a1!甲", "").advice, "还差 2 位；建议 10 位以上，例如一句话。", "how many are missing");
    }

    proptest! {
        #[test]
        fn any_text_has_a_level_and_too_few_characters_have_none(password in "\\PC{0,24}", name in "\\PC{0,6}") {
            let said = strength(&password, &name);
            prop_assert_eq!(said.level > 0, password.chars().count() >= FEWEST);
            prop_assert!(said.level >= 3 || !said.advice.is_empty(), "who is not done is told how to go on");
        }
    }
}
