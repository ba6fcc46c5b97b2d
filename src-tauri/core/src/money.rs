//! Money: fen in an i64, read from and written to the texts of forms without a float in between.

use std::fmt;

use crate::decimal::Decimal;
use crate::text::{half_width, invisible};

/// The unit that a money column is headed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 元
    Yuan,
    /// 万元
    TenThousandYuan,
    /// 亿元
    HundredMillionYuan,
}

impl Unit {
    /// Gives the worth of one unit in fen.
    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::TenThousandYuan => 1_000_000,
            Self::HundredMillionYuan => 10_000_000_000,
        }
    }

    /// Gives the unit's Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
            Self::HundredMillionYuan => "亿元",
        }
    }
}

/// Why a text is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFault {
    /// It is no number.
    NotANumber,
    /// It is finer than a fen.
    FinerThanFen,
    /// It is larger than any office's money (over 90,000 billion yuan).
    TooLarge,
}

/// Says in a Chinese sentence what is wrong and what to do.
impl fmt::Display for MoneyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "金额不是数字，请只填写数字，例如 1234.50 或 1,234.50。",
            Self::FinerThanFen => "金额比“分”还小，请四舍五入到分（小数点后两位）。",
            Self::TooLarge => "金额过大，请检查单位（元、万元）和小数点。",
        })
    }
}

impl std::error::Error for MoneyFault {}

/// Reads an amount as fen: `1,234.5`, `￥1,234.50元`, `1.2万元`, `-3`; `(3)` is negative as in accounts. `unit` holds where the text names none.
pub fn parse(text: &str, unit: Unit) -> Result<i64, MoneyFault> {
    let plain: String =
        text.chars().filter(|&letter| !invisible(letter)).map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    let (negative, plain) =
        plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map_or((false, plain.as_str()), |inner| (true, inner));
    let plain = plain.strip_prefix("人民币").unwrap_or(plain);
    let plain = plain.trim_start_matches(['¥', '￥']);
    let (number, unit) = unit_of(plain, unit);
    let number = Decimal::parse(number).ok_or_else(|| overlong(number))?;
    let fen = number.times(unit.fen()).ok_or_else(|| too_large_or_fine(number, unit))?;
    Ok(if negative { -fen } else { fen })
}

fn unit_of(text: &str, unit: Unit) -> (&str, Unit) {
    let named = [
        ("亿元", Unit::HundredMillionYuan),
        ("亿", Unit::HundredMillionYuan),
        ("万元", Unit::TenThousandYuan),
        ("万", Unit::TenThousandYuan),
        ("元整", Unit::Yuan),
        ("元", Unit::Yuan),
        ("圆", Unit::Yuan),
    ];
    named.iter().find_map(|&(suffix, unit)| text.strip_suffix(suffix).map(|number| (number, unit))).unwrap_or((text, unit))
}

/// A number too long for an i64 is still a number, and the sentence should say so.
fn overlong(text: &str) -> MoneyFault {
    let long = text.len() > 18 && text.bytes().all(|byte| byte.is_ascii_digit() || b",.-".contains(&byte));
    if long { MoneyFault::TooLarge } else { MoneyFault::NotANumber }
}

fn too_large_or_fine(number: Decimal, unit: Unit) -> MoneyFault {
    if number.times_rounded(unit.fen()).is_some() { MoneyFault::FinerThanFen } else { MoneyFault::TooLarge }
}

/// Writes fen as yuan with two decimals: 1234.50.
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Writes fen as yuan with two decimals and commas: 1,234.50.
pub fn grouped_yuan(fen: i64) -> String {
    let plain = yuan(fen);
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, cents) = plain.split_once('.').unwrap_or((plain, "00"));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + "." + cents
}

/// Writes fen in a unit with so many decimals (up to 9), rounded half away from zero as the foot of a form says.
pub fn rounded(fen: i64, unit: Unit, decimals: u32) -> String {
    let decimals = decimals.min(9);
    let scale = 10_i128.pow(decimals);
    let (product, divisor) = (i128::from(fen) * scale, i128::from(unit.fen()));
    let count = (product + product.signum() * divisor / 2) / divisor;
    let (sign, count) = (if count < 0 { "-" } else { "" }, count.unsigned_abs());
    let scale = scale.unsigned_abs();
    let whole = count / scale;
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{:0width$}", count % scale, width = decimals as usize) }
}

/// Writes fen in the capitals of receipts, 人民币壹仟贰佰叁拾肆元伍角整, by 《正确填写票据和结算凭证的基本规定》
/// (attached to 《支付结算办法》, 银发〔1997〕393号).
///
/// 整 closes an amount without fen; 零 stands where digits are left out between others; a negative amount begins 人民币负.
pub fn capitals(fen: i64) -> String {
    let amount = fen.unsigned_abs();
    let (whole, jiao, cents) = (amount / 100, amount / 10 % 10, amount % 10);
    let mut out = String::from(if fen < 0 { "人民币负" } else { "人民币" });
    if whole > 0 || amount == 0 {
        out += &capital_count(whole);
        out.push('元');
    }
    if whole > 0 && cents + jiao > 0 && (jiao == 0 || whole % 10 == 0) {
        out.push('零');
    }
    if jiao > 0 {
        out.extend([capital(jiao), '角']);
    }
    if cents > 0 {
        out.extend([capital(cents), '分']);
    } else {
        out.push('整');
    }
    out
}

fn capital(digit: u64) -> char {
    usize::try_from(digit).ok().and_then(|at| "零壹贰叁肆伍陆柒捌玖".chars().nth(at)).unwrap_or('零')
}

/// Spells a whole number: groups of four digits, each with its 万 or 亿, and one 零 for every gap between digits.
fn capital_count(number: u64) -> String {
    if number == 0 {
        return "零".into();
    }
    let mut out = String::new();
    let mut gap = false;
    for (size, name) in [(1_0000_0000_0000_0000, "亿亿"), (1_0000_0000_0000, "万"), (1_0000_0000, "亿"), (1_0000, "万"), (1, "")] {
        let group = number / size % 10_000;
        // 壹拾万柒仟, not 壹拾万零柒仟: where thousands follow directly, the rule leaves the 零 free.
        gap &= group < 1000 || (number / size / 10_000).is_multiple_of(10_000);
        capital_group(group, &mut gap, &mut out);
        let trillions_only = size == 1_0000_0000 && number >= 1_0000_0000_0000 && !out.ends_with('亿');
        if group > 0 || trillions_only {
            out += name;
        }
    }
    out
}

/// Spells one group of up to four digits; `gap` says that zeros came before it.
fn capital_group(group: u64, gap: &mut bool, out: &mut String) {
    for (size, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let digit = group / size % 10;
        if digit == 0 {
            *gap = !out.is_empty();
            continue;
        }
        if std::mem::take(gap) {
            out.push('零');
        }
        out.push(capital(digit));
        out.push_str(name);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let cases = [
            ("1,234.5", 123_450),
            ("￥1,234.50", 123_450),
            ("¥ 88元", 8_800),
            ("１２．３４", 1_234),
            ("1.2万元", 1_200_000),
            ("0.0001万", 100),
            ("3亿元", 30_000_000_000),
            ("500元整", 50_000),
            ("-3", -300),
            ("(3.20)", -320),
            ("\u{feff}7", 700),
        ];
        for (text, fen) in cases {
            assert_eq!(parse(text, Unit::Yuan), Ok(fen), "{text} in fen");
        }
        assert_eq!(parse("1.5", Unit::TenThousandYuan), Ok(1_500_000), "the column's unit holds where the text names none");
        assert_eq!(parse("1.5元", Unit::TenThousandYuan), Ok(150), "the text's unit goes before the column's");
    }

    #[test]
    fn what_is_no_amount_is_refused_with_its_reason() {
        for text in ["", "元", "一百", "12a", "1,23", "1e5"] {
            assert_eq!(parse(text, Unit::Yuan), Err(MoneyFault::NotANumber), "{text} is no number");
        }
        assert_eq!(parse("0.001", Unit::Yuan), Err(MoneyFault::FinerThanFen), "a tenth of a fen");
        assert_eq!(parse("1.2345678万元", Unit::Yuan), Err(MoneyFault::FinerThanFen), "finer than a fen in ten thousands");
        assert_eq!(parse("999999999999亿", Unit::Yuan), Err(MoneyFault::TooLarge), "does not fit");
        assert_eq!(parse("99999999999999999999999", Unit::Yuan), Err(MoneyFault::TooLarge), "does not fit before the unit either");
    }

    #[test]
    fn amounts_are_written_in_yuan_and_in_larger_units() {
        assert_eq!(yuan(-5), "-0.05", "a negative fraction keeps its sign");
        assert_eq!(grouped_yuan(123_456_789), "1,234,567.89", "groups of three");
        assert_eq!(grouped_yuan(-99_900), "-999.00", "no comma where there are three digits");
        assert_eq!(rounded(123_456_789, Unit::TenThousandYuan, 2), "123.46", "two decimals of 万元");
        assert_eq!(rounded(-50, Unit::Yuan, 0), "-1", "half a yuan goes outwards");
        assert_eq!(rounded(-49, Unit::Yuan, 0), "0", "no negative zero");
        assert_eq!(rounded(i64::MAX, Unit::Yuan, 2), yuan(i64::MAX), "the largest amount");
    }

    #[test]
    fn capitals_follow_the_examples_of_the_rule() {
        let cases = [
            (0, "人民币零元整"),
            (7, "人民币柒分"),
            (50, "人民币伍角整"),
            (140_950, "人民币壹仟肆佰零玖元伍角整"),
            (600_714, "人民币陆仟零柒元壹角肆分"),
            (168_032, "人民币壹仟陆佰捌拾元零叁角贰分"),
            (10_700_053, "人民币壹拾万柒仟元零伍角叁分"),
            (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
            (32_504, "人民币叁佰贰拾伍元零肆分"),
            (1_000_000, "人民币壹万元整"),
            (1_000_100, "人民币壹万零壹元整"),
            (100_000_010_000, "人民币壹拾亿零壹佰元整"),
            (10_010_000_000, "人民币壹亿零壹拾万元整"),
            (-123_456, "人民币负壹仟贰佰叁拾肆元伍角陆分"),
            (100_000_000_000_000, "人民币壹万亿元整"),
            (100_000_001_000_000, "人民币壹万亿零壹万元整"),
            (100_010_000_000_000, "人民币壹万零壹亿元整"),
        ];
        for (fen, words) in cases {
            assert_eq!(capitals(fen), words, "{fen} fen");
        }
    }

    /// Reads capitals back by place value, knowing nothing of how they are written.
    fn read_capitals(words: &str) -> i64 {
        let (negative, words) = words.strip_prefix("人民币负").map_or((false, words.trim_start_matches("人民币")), |rest| (true, rest));
        let (mut total, mut billions, mut group, mut digit) = (0_i64, 0_i64, 0_i64, 0_i64);
        let mut fen = 0;
        for letter in words.chars() {
            match letter {
                '零' | '整' => {}
                '拾' => group += std::mem::take(&mut digit) * 10,
                '佰' => group += std::mem::take(&mut digit) * 100,
                '仟' => group += std::mem::take(&mut digit) * 1000,
                '万' => total += (std::mem::take(&mut group) + std::mem::take(&mut digit)) * 10_000,
                '亿' => billions = (std::mem::take(&mut total) + std::mem::take(&mut group) + std::mem::take(&mut digit)) * 100_000_000,
                '元' => fen = (billions + total + group + std::mem::take(&mut digit)) * 100,
                '角' => fen += std::mem::take(&mut digit) * 10,
                '分' => fen += std::mem::take(&mut digit),
                _ => digit = "零壹贰叁肆伍陆柒捌玖".chars().position(|numeral| numeral == letter).unwrap() as i64,
            }
        }
        if negative { -fen } else { fen }
    }

    proptest! {
        #[test]
        fn a_written_amount_reads_back(fen in any::<i64>()) {
            prop_assert_eq!(parse(&yuan(fen), Unit::Yuan), if fen == i64::MIN { Err(MoneyFault::TooLarge) } else { Ok(fen) }, "plain");
            prop_assert_eq!(parse(&grouped_yuan(fen), Unit::Yuan).ok(), parse(&yuan(fen), Unit::Yuan).ok(), "with commas");
        }

        #[test]
        fn capitals_say_the_amount_and_never_double_a_zero(exponent in 0u32..17, mantissa in -9999i64..=9999) {
            let fen = mantissa.saturating_mul(10_i64.pow(exponent.min(14)));
            let words = capitals(fen);
            prop_assert_eq!(read_capitals(&words), fen, "{} says {}", words, fen);
            prop_assert!(!words.contains("零零") && !words.contains("零万") && !words.contains("零亿"), "{} has a stray zero", words);
        }

        #[test]
        fn capitals_of_any_amount_say_it(fen in -9_000_000_000_000_000i64..9_000_000_000_000_000) {
            prop_assert_eq!(read_capitals(&capitals(fen)), fen, "read by place value");
        }
    }
}
