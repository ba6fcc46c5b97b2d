//! What a formula comes to: as a value of a return, as a side of a comparison, as people read it.

use std::cmp::Ordering;

use ironcalc_base::expressions::token::{Error, OpCompare};

use crate::report::task::{Kind, Value};

/// What stands in a cell once everything was run.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Blank,
    Number(f64),
    Text(String),
    Truth(bool),
    Error(Error),
}

/// The stored number that a formula's number stands for: money and rates are rounded to their hundredths, time to its minutes; half a
/// person is none.
pub fn rounded(kind: Kind, shown: f64) -> Option<i64> {
    match kind {
        Kind::Money | Kind::Rate => kind.stored((shown * 100.0).round() / 100.0),
        Kind::Count | Kind::Distinct | Kind::Minutes | Kind::Text => kind.stored(shown),
    }
}

impl Outcome {
    /// As a value of a kind; an error where it is none.
    pub(super) fn value(self, kind: Kind) -> Result<Value, Error> {
        match (self, kind) {
            (Self::Error(error), _) => Err(error),
            (Self::Blank, _) => Ok(Value::Blank),
            (Self::Text(text), _) if text.is_empty() => Ok(Value::Blank),
            (Self::Text(text), Kind::Text) => Ok(Value::Text(text)),
            (Self::Truth(truth), Kind::Text) => Ok(Value::Text(yes(truth).into())),
            (Self::Number(number), Kind::Text) => Ok(Value::Text(digits(number, 6))),
            (Self::Number(number), kind) => rounded(kind, number).map(Value::Int).ok_or(Error::NUM),
            (Self::Text(_) | Self::Truth(_), _) => Err(Error::VALUE),
        }
    }

    /// Whether a comparison holds; an error where either side is one.
    pub(super) fn holds(&self, op: &OpCompare, other: &Self) -> Result<bool, Error> {
        let order = self.order(other)?;
        Ok(match op {
            OpCompare::LessThan => order.is_lt(),
            OpCompare::GreaterThan => order.is_gt(),
            OpCompare::Equal => order.is_eq(),
            OpCompare::LessOrEqualThan => order.is_le(),
            OpCompare::GreaterOrEqualThan => order.is_ge(),
            OpCompare::NonEqual => order.is_ne(),
        })
    }

    /// As sheets order values: numbers, texts, truths; nothing is as good as nought, as an empty text, as untrue.
    fn order(&self, other: &Self) -> Result<Ordering, Error> {
        match (self, other) {
            (Self::Error(error), _) | (_, Self::Error(error)) => Err(error.clone()),
            (Self::Number(one), Self::Number(other)) => Ok(near(*one, *other)),
            (Self::Text(one), Self::Text(other)) => Ok(one.to_uppercase().cmp(&other.to_uppercase())),
            (Self::Truth(one), Self::Truth(other)) => Ok(one.cmp(other)),
            (Self::Blank, Self::Blank) => Ok(Ordering::Equal),
            (Self::Blank, other) => other.nothing().order(other),
            (one, Self::Blank) => one.order(&one.nothing()),
            (one, other) => Ok(one.rank().cmp(&other.rank())),
        }
    }

    fn nothing(&self) -> Self {
        match self {
            Self::Text(_) => Self::Text(String::new()),
            Self::Truth(_) => Self::Truth(false),
            Self::Blank | Self::Number(_) | Self::Error(_) => Self::Number(0.0),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Blank | Self::Number(_) | Self::Error(_) => 0,
            Self::Text(_) => 1,
            Self::Truth(_) => 2,
        }
    }

    /// Whether what was asked is so; an error where it is neither so nor not so.
    pub(super) fn truth(&self) -> Result<bool, Error> {
        match self {
            Self::Truth(truth) => Ok(*truth),
            Self::Number(number) => Ok(*number != 0.0),
            Self::Blank => Ok(false),
            Self::Text(_) => Err(Error::VALUE),
            Self::Error(error) => Err(error.clone()),
        }
    }

    /// As people read it, a number with at most so many decimals.
    fn show(&self, decimals: usize) -> String {
        match self {
            Self::Blank => "空".into(),
            Self::Number(number) => digits(*number, decimals),
            Self::Text(text) if text.is_empty() => "空".into(),
            Self::Text(text) => format!("“{text}”"),
            Self::Truth(truth) => yes(*truth).into(),
            Self::Error(error) => reason(error).into(),
        }
    }
}

/// Numbers that differ by less than a millionth (by less than floats can tell, where they are big) are the same.
fn near(one: f64, other: f64) -> Ordering {
    let dust = 1e-6_f64.max(1e-13 * one.abs().max(other.abs()));
    if (one - other).abs() <= dust { Ordering::Equal } else { one.total_cmp(&other) }
}

/// Both sides as people read them: with two decimals, with more where two would make them look the same.
pub(super) fn both(left: &Outcome, right: &Outcome) -> (String, String) {
    let short = (left.show(2), right.show(2));
    if short.0 == short.1 && left != right { (left.show(6), right.show(6)) } else { short }
}

/// How far apart two numbers are, as people read it.
pub(super) fn apart(left: &Outcome, right: &Outcome) -> Option<String> {
    let (Outcome::Number(left), Outcome::Number(right)) = (left, right) else { return None };
    Some(digits((left - right).abs(), if (left - right).abs() < 0.005 { 6 } else { 2 }))
}

/// A number with at most so many decimals, without noughts at its end.
pub(super) fn digits(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.to_owned() }
}

fn yes(truth: bool) -> &'static str {
    if truth { "是" } else { "否" }
}

/// Why a formula gives no value.
pub(super) fn reason(error: &Error) -> &'static str {
    match error {
        Error::DIV => "除数为零",
        Error::VALUE => "把文字当成了数",
        Error::NUM => "得数不是这一格该有的数",
        Error::NA => "没有找到要找的内容",
        Error::CIRC => "公式绕回了自己",
        Error::REF | Error::NULL => "引用的单元格不存在",
        Error::NAME | Error::NIMPL => "用了不认识的函数",
        Error::ERROR | Error::SPILL | Error::CALC => "公式无法计算",
    }
}

/// The sign between two sides, as people write it.
pub(super) fn sign(op: &OpCompare) -> &'static str {
    match op {
        OpCompare::LessThan => "＜",
        OpCompare::GreaterThan => "＞",
        OpCompare::Equal => "＝",
        OpCompare::LessOrEqualThan => "≤",
        OpCompare::GreaterOrEqualThan => "≥",
        OpCompare::NonEqual => "≠",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_compare_as_in_a_sheet_without_the_dust_of_floats() {
        use OpCompare::{Equal, GreaterOrEqualThan, LessThan, NonEqual};
        use Outcome::{Blank, Number, Text, Truth};
        let text = |text: &str| Text(text.into());
        let cases = [
            (Number(0.1 + 0.2), Equal, Number(0.3), true),
            (Number(0.1 + 0.2), NonEqual, Number(0.3), false),
            (Number(0.3), GreaterOrEqualThan, Number(0.1 + 0.2), true),
            (Number(0.3), LessThan, Number(0.1 + 0.2), false),
            (Number(1_000_000.01), Equal, Number(1_000_000.02), false),
            (Blank, Equal, Number(0.0), true),
            (Blank, Equal, text(""), true),
            (Blank, Equal, Blank, true),
            (text("a"), Equal, text("A"), true),
            (text("县总"), Equal, text("市总"), false),
            (Number(9e9), LessThan, text("1"), true),
            (text("x"), LessThan, Truth(false), true),
        ];
        for (left, op, right, held) in cases {
            assert_eq!(left.holds(&op, &right), Ok(held), "{left:?} {op} {right:?}");
        }
        assert_eq!(Outcome::Error(Error::DIV).holds(&Equal, &Number(1.0)), Err(Error::DIV), "an error is no answer");
    }

    #[test]
    fn an_outcome_becomes_a_value_of_its_kind_or_none() {
        let cases = [
            (Outcome::Number(3.0), Kind::Count, Ok(Value::Int(3))),
            (Outcome::Number(2.5), Kind::Count, Err(Error::NUM)),
            (Outcome::Number(100.0 / 3.0), Kind::Rate, Ok(Value::Int(3_333))),
            (Outcome::Number(0.1 + 0.2), Kind::Minutes, Ok(Value::Int(18))),
            (Outcome::Text(String::new()), Kind::Count, Ok(Value::Blank)),
            (Outcome::Text("无".into()), Kind::Count, Err(Error::VALUE)),
            (Outcome::Number(7.0), Kind::Text, Ok(Value::Text("7".into()))),
        ];
        for (outcome, kind, value) in cases {
            assert_eq!(outcome.clone().value(kind), value, "{outcome:?} as {kind:?}");
        }
    }

    #[test]
    fn both_sides_show_where_they_differ() {
        let number = Outcome::Number;
        assert_eq!(both(&number(120.0), &number(118.5)), ("120".into(), "118.5".into()), "no noughts at the end");
        assert_eq!(both(&number(33.33), &number(100.0 / 3.0)), ("33.33".into(), "33.333333".into()), "more decimals where two hide it");
        assert_eq!(digits(-0.001, 2), "0", "no minus before nought");
    }
}
