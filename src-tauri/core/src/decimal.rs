//! Decimal numbers as people type them, taken exactly: no float ever stands between a text and a count of fen or minutes.

/// A decimal number: `digits` × 10^-`places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i64,
    places: u32,
}

impl Decimal {
    /// Reads plain decimals: a sign, digits, commas between groups of three, a point and digits. No exponent.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let whole = ungrouped(whole)?;
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty() && !text.starts_with('.') || text == "." || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits: i64 = format!("0{whole}{fraction}").parse().ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, places: u32::try_from(fraction.len()).ok()? })
    }

    /// Gives the number times `scale` where that is whole and fits, else none.
    pub(crate) fn times(self, scale: i64) -> Option<i64> {
        let (product, divisor) = self.product(scale)?;
        if product % divisor == 0 { i64::try_from(product / divisor).ok() } else { None }
    }

    /// Gives the number times `scale`, rounded half away from zero, where it fits.
    pub(crate) fn times_rounded(self, scale: i64) -> Option<i64> {
        let (product, divisor) = self.product(scale)?;
        i64::try_from((product + product.signum() * divisor / 2) / divisor).ok()
    }

    fn product(self, scale: i64) -> Option<(i128, i128)> {
        Some((i128::from(self.digits) * i128::from(scale), 10_i128.checked_pow(self.places)?))
    }
}

/// Drops the commas of 1,234,567; commas that do not part groups of three make it no number.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let sound = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    let plain: String = whole.chars().filter(|&letter| letter != ',').collect();
    (sound && plain.bytes().all(|byte| byte.is_ascii_digit())).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_taken_exactly_or_not_at_all() {
        let cents = |text: &str| Decimal::parse(text).and_then(|number| number.times(100));
        assert_eq!(cents("1,234.5"), Some(123_450), "groups and a fraction");
        assert_eq!(cents("-0.07"), Some(-7), "a negative fraction");
        assert_eq!(cents("+12"), Some(1200), "a plus sign");
        assert_eq!(cents(".5"), Some(50), "no whole part");
        assert_eq!(cents("7."), Some(700), "nothing after the point");
        assert_eq!(cents("1.2300"), Some(123), "zeros at the end carry nothing");
        assert_eq!(cents("0.123"), None, "finer than asked for");
        for text in ["", ".", "-", "1,23", "1234,567", ",123", "1.2.3", "1e3", "１２", "--1", "1,2345", "1.2-", "0x1"] {
            assert_eq!(Decimal::parse(text), None, "{text} is no decimal");
        }
        assert_eq!(cents("99999999999999999999"), None, "too large to hold");
    }

    #[test]
    fn rounding_goes_half_away_from_zero() {
        let whole = |text: &str| Decimal::parse(text).and_then(|number| number.times_rounded(1));
        assert_eq!((whole("0.5"), whole("-0.5"), whole("0.49"), whole("2.5")), (Some(1), Some(-1), Some(0), Some(3)), "halves go outwards");
    }
}
