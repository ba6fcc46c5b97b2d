//! What is said of a number beside those of other periods, in sentences and cells.

use super::number::TaskNumber;
use super::series::SeriesPoint;

/// One number of a period, with what stands beside it.
pub(super) struct Story<'t> {
    pub number: &'t TaskNumber,
    pub now: Option<i64>,
    pub before: Option<i64>,
    pub year_ago: Option<i64>,
    pub year_to_date: Option<i64>,
}

impl<'t> Story<'t> {
    /// The story of a number at the end of a series; `at` is its place in it.
    pub fn new(number: &'t TaskNumber, at: usize, points: &[SeriesPoint]) -> Self {
        let (last, before) = (points.last(), points.iter().rev().nth(1));
        let of = |values: Option<&Vec<Option<i64>>>| values.and_then(|values| values.get(at).copied().flatten());
        Self {
            number,
            now: of(last.map(|point| &point.values)),
            before: of(before.map(|point| &point.values)),
            year_ago: of(last.map(|point| &point.year_ago)),
            year_to_date: of(last.map(|point| &point.year_to_date)).filter(|_| number.sums),
        }
    }

    /// A sentence without its stop: 期末会员数 1,234 人，比上期增加 12 人（+1.0%），比去年同期减少 3 人（−0.2%）.
    pub fn sentence(&self) -> String {
        let Some(now) = self.now else { return format!("{}没有填报", self.number.label) };
        let mut said = format!("{} {}", self.number.label, self.with_measure(now));
        for (whom, other) in [("上期", self.before), ("去年同期", self.year_ago)] {
            if let Some(other) = other {
                said += &format!("，{}", self.against(whom, now, other));
            }
        }
        if let Some(sum) = self.year_to_date {
            said += &format!("，本年累计 {}", self.with_measure(sum));
        }
        said
    }

    fn against(&self, whom: &str, now: i64, other: i64) -> String {
        let by = now.saturating_sub(other);
        if by == 0 {
            return format!("与{whom}持平");
        }
        let way = if by > 0 { "增加" } else { "减少" };
        let part = growth(now, other).map_or_else(String::new, |part| format!("（{part}）"));
        format!("比{whom}{way} {}{part}", self.with_measure(by.saturating_abs()))
    }

    fn with_measure(&self, value: i64) -> String {
        let gap = if self.number.measure.is_empty() { "" } else { " " };
        format!("{}{gap}{}", self.number.show(value), self.number.measure)
    }

    /// Its row: what it is called, now, before, growth, a year ago, growth, the year to date.
    pub fn row(&self) -> Vec<String> {
        let show = |value: Option<i64>| value.map_or_else(|| "—".into(), |value| self.number.show(value));
        let grown = |other: Option<i64>| self.now.zip(other).and_then(|(now, other)| growth(now, other)).unwrap_or_else(|| "—".into());
        vec![
            self.number.named(),
            show(self.now),
            show(self.before),
            grown(self.before),
            show(self.year_ago),
            grown(self.year_ago),
            show(self.year_to_date),
        ]
    }
}

/// By how much a number grew, in per cent with a sign; nothing where there is nothing to compare with.
#[expect(clippy::cast_precision_loss, reason = "numbers of a return stay far below 2^53")]
fn growth(now: i64, before: i64) -> Option<String> {
    let by = (before != 0).then(|| now.saturating_sub(before) as f64 / before.unsigned_abs() as f64 * 100.0)?;
    let sign = if by > 0.0 {
        "+"
    } else if by < 0.0 {
        "−"
    } else {
        ""
    };
    // What is small is no nought.
    Some(if by != 0.0 && by.abs() < 0.1 { format!("{sign}{:.2}%", by.abs()) } else { format!("{sign}{:.1}%", by.abs()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::task::Kind;

    fn number(kind: Kind, measure: &str, sums: bool) -> TaskNumber {
        TaskNumber { at: "表1!C6".into(), label: "会员数".into(), sheet: "表1".into(), kind, measure: measure.into(), sums }
    }

    fn story(number: &TaskNumber, now: i64, before: Option<i64>, year_ago: Option<i64>) -> String {
        Story { number, now: Some(now), before, year_ago, year_to_date: number.sums.then_some(now) }.sentence()
    }

    #[test]
    fn a_sentence_says_what_is_known_and_no_more() {
        let people = number(Kind::Count, "人", false);
        assert_eq!(
            story(&people, 1234, Some(1222), Some(1240)),
            "会员数 1,234 人，比上期增加 12 人（+1.0%），比去年同期减少 6 人（−0.5%）",
            "both sides"
        );
        assert_eq!(story(&people, 7, None, None), "会员数 7 人", "nothing to compare with");
        assert_eq!(story(&people, 7, Some(7), Some(0)), "会员数 7 人，与上期持平，比去年同期增加 7 人", "no share of nought");
        let hours = number(Kind::Minutes, "小时", true);
        assert_eq!(story(&hours, 90, Some(60), None), "会员数 1.5 小时，比上期增加 0.5 小时（+50.0%），本年累计 1.5 小时", "in hours");
    }
}
