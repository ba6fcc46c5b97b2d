//! The words of a form around its table: whose it is, of which period, who signed it.

use chrono::NaiveDate;

use crate::calendar::{Month, Period, UnionYear};
use crate::report::task::{Cycle, Fact};
use crate::text;

/// What forms call the facts; the last of the codes is read but never written, since it may be another code than ours.
const WORDS: [(Fact, &[&str]); 7] = [
    (Fact::Unit, &["填报单位", "填表单位", "报送单位", "上报单位", "填报工会", "单位名称", "工会名称"]),
    (Fact::Code, &["单位代码", "工会代码", "组织代码", "单位编码", "工会编码", "组织编码", CREDIT]),
    (
        Fact::Period,
        &["报告期", "报告期别", "报表期", "统计期", "统计期间", "统计时间", "统计月份", "报告月份", "填报月份", "所属期", "所属月份"],
    ),
    (Fact::Until, &["截止日期", "截至日期", "截止时间", "截至时间"]),
    (Fact::Head, &["单位负责人", "工会负责人", "工会主席", "负责人"]),
    (Fact::Clerk, &["填表人", "填报人", "制表人", "经办人"]),
    (Fact::Day, &["填报日期", "填表日期", "上报日期", "报出日期", "制表日期"]),
];
const CREDIT: &str = "统一社会信用代码";

/// A label in a text and the value behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub(super) fact: Fact,
    /// What stands behind the colon, without blanks and lines to write on.
    pub(super) value: &'a str,
    /// Where the label begins, where its colon ends.
    from: usize,
    colon: usize,
}

/// The fact that a text is the bare label of.
pub(super) fn labelled(text: &str) -> Option<Fact> {
    let plain: String = super::grid::plain(text).chars().filter(|letter| *letter != ':').collect();
    let plain = crate::sheet::normal::bare_header(&plain);
    WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(fact, _)| *fact)
}

/// The facts that a text names, each behind its label and a colon: 填报单位（盖章）：甲厂工会　　填表人：张三.
pub(super) fn said(text: &str) -> Vec<Said<'_>> {
    let colons = text.char_indices().filter(|(_, letter)| matches!(letter, ':' | '：'));
    let found = colons.filter_map(|(at, colon)| {
        let (fact, from) = label_before(text.get(..at)?)?;
        Some((fact, from, at + colon.len_utf8()))
    });
    let found: Vec<(Fact, usize, usize)> = found.collect();
    let ends = found.iter().skip(1).map(|(_, from, _)| *from).chain([text.len()]);
    let value = |((fact, from, colon), end): (&(Fact, usize, usize), usize)| Said {
        fact: *fact,
        value: text.get(*colon..end).unwrap_or_default().trim_matches(|letter: char| letter.is_whitespace() || letter == '_'),
        from: *from,
        colon: *colon,
    };
    found.iter().zip(ends).map(value).collect()
}

/// The fact whose label ends a text, and where the label begins; blanks inside and brackets at its end do not count.
fn label_before(text: &str) -> Option<(Fact, usize)> {
    let mut end = text.trim_end();
    if end.ends_with([')', '）']) {
        end = end.rfind(['(', '（']).and_then(|open| end.get(..open))?.trim_end();
    }
    let all = WORDS.iter().flat_map(|(fact, words)| words.iter().map(move |word| (*fact, *word)));
    let fits = all.filter_map(|(fact, word)| ends_with(end, word).map(|from| (word.len(), fact, from)));
    fits.max_by_key(|(length, ..)| *length).map(|(_, fact, from)| (fact, from))
}

/// Where a word begins that ends a text, blanks inside it apart.
fn ends_with(text: &str, word: &str) -> Option<usize> {
    let mut letters = text.char_indices().rev().filter(|(_, letter)| !letter.is_whitespace());
    let mut from = None;
    for wanted in word.chars().rev() {
        from = letters.next().filter(|(_, letter)| *letter == wanted).map(|(at, _)| at);
        from?;
    }
    from
}

/// The text with the facts behind their labels where nothing stands there yet; none where nothing is to be added.
pub(super) fn completed(text: &str, facts: &dyn Fn(Fact) -> String) -> Option<String> {
    let said = said(text);
    let mut made = String::new();
    let mut at = 0;
    for (number, part) in said.iter().enumerate().filter(|(_, part)| part.value.is_empty()) {
        let credit = text.get(part.from..part.colon).is_some_and(|label| label.contains(CREDIT));
        let fact = if credit { String::new() } else { facts(part.fact) };
        if fact.is_empty() {
            continue;
        }
        made.push_str(text.get(at..part.colon)?);
        made.push_str(&fact);
        at = part.colon;
        if let Some(next) = said.get(number + 1) {
            // The room up to the next label shrinks by what is written, a full width for each letter that takes one.
            let room = text.get(part.colon..next.from)?;
            let wide = room.starts_with('\u{3000}');
            let taken = fact.chars().map(|letter| if letter.is_ascii() && wide { 1 } else { 2 }).sum::<usize>() / if wide { 2 } else { 1 };
            let left = room.chars().count().saturating_sub(taken).max(2);
            made.extend(std::iter::repeat_n(if wide { '\u{3000}' } else { ' ' }, left));
            at = next.from;
        }
    }
    made.push_str(text.get(at..)?);
    (made != text).then_some(made)
}

/// What a text says of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Period(Period),
    Day(NaiveDate),
}

/// The period that a text names, as one that is asked for: 2026年10月, 2026年第三季度, 2026年1-6月, 2026-10-31, 202610.
pub(super) fn period(text: &str, asked: &[Cycle]) -> Option<Period> {
    let plain: String = text::line(text).chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut times: Vec<(Time, usize)> = Vec::new();
    let mut from = 0;
    while let Some((time, end)) = next_time(&plain, from) {
        times.push((time, from));
        from = end;
    }
    if let [(Time::Day(first), _), (Time::Day(last), _), ..] = times.as_slice()
        && let Some(period) = stretch(*first, *last)
    {
        return asked.contains(&Cycle::of(period)).then_some(period);
    }
    times.into_iter().find_map(|(time, _)| fit(time, asked))
}

fn stretch(first: NaiveDate, last: NaiveDate) -> Option<Period> {
    all_of(last).into_iter().find(|period| period.from() == first && period.to() == last)
}

/// All periods that a day lies in.
fn all_of(day: NaiveDate) -> Vec<Period> {
    let month = Month::of(day);
    let longer = [
        Period::quarter(month.year(), month.month().div_ceil(3)),
        Period::half_year(month.year(), month.month().div_ceil(6)),
        Period::year(month.year()),
    ];
    let mut all = vec![Period::Month(month)];
    all.extend(longer.into_iter().flatten());
    all.push(Period::UnionYear(UnionYear::of(day)));
    all
}

/// The asked-for period that a time means: itself, or the one that ends with it.
fn fit(time: Time, asked: &[Cycle]) -> Option<Period> {
    let (exact, last) = match time {
        Time::Period(period) => (Some(period), period.to()),
        Time::Day(day) => (None, day),
    };
    let known = exact.filter(|period| asked.contains(&Cycle::of(*period)));
    let ends = || all_of(last).into_iter().find(|period| period.to() == last && asked.contains(&Cycle::of(*period)));
    let named = || match exact {
        Some(Period::Year(first)) => UnionYear::new(first.year()).map(Period::UnionYear).filter(|_| asked == [Cycle::UnionYear]),
        Some(_) => None,
        None => Some(Period::Month(Month::of(last))).filter(|_| asked.contains(&Cycle::Month)),
    };
    known.or_else(ends).or_else(named)
}

/// The next time in a text without blanks, and where it ends.
fn next_time(text: &str, from: usize) -> Option<(Time, usize)> {
    let starts = text.char_indices().map(|(at, _)| at).filter(|at| *at >= from);
    starts.filter(|at| !text.get(..*at).is_some_and(|before| before.ends_with(|letter: char| letter.is_ascii_digit()))).find_map(|at| {
        let rest = text.get(at..)?;
        let (time, after) = time_at(rest)?;
        Some((time, at + rest.len() - after.len()))
    })
}

fn time_at(text: &str) -> Option<(Time, &str)> {
    let (year, rest) = text.split_at_checked(4).filter(|(year, _)| year.bytes().all(|digit| digit.is_ascii_digit()))?;
    let year: i32 = year.parse().ok().filter(|year| (1949..=2199).contains(year))?;
    if let Some(rest) = rest.strip_prefix('年') {
        return Some(chinese(year, rest.strip_prefix('度').unwrap_or(rest)));
    }
    let mark = rest.chars().next().filter(|mark| "-/.".contains(*mark));
    let (month, after) = match mark {
        Some(mark) => number(rest.strip_prefix(mark)?)?,
        None => rest.split_at_checked(2).and_then(|(month, after)| Some((month.parse().ok()?, after)))?,
    };
    let month = Month::new(year, month)?;
    let day = match mark {
        Some(mark) => after.strip_prefix(mark).and_then(number),
        None => after.split_at_checked(2).and_then(|(day, after)| Some((day.parse().ok()?, after))),
    };
    Some(match day.and_then(|(day, after)| Some((NaiveDate::from_ymd_opt(year, month.month(), day)?, after))) {
        Some((day, after)) => (Time::Day(day), after),
        None => (Time::Period(Period::Month(month)), after),
    })
}

/// What follows 2026年.
fn chinese(year: i32, rest: &str) -> (Time, &str) {
    let whole = Month::new(year, 1).map_or(Time::Day(NaiveDate::default()), |first| Time::Period(Period::Year(first)));
    for (word, half) in [("上半年", 1), ("下半年", 2)] {
        if let (Some(after), Some(period)) = (rest.strip_prefix(word), Period::half_year(year, half)) {
            return (Time::Period(period), after);
        }
    }
    for word in ["工会统计年度", "统计年度", "工会统计年报", "统计年报"] {
        if let (Some(after), Some(period)) = (rest.strip_prefix(word), UnionYear::new(year)) {
            return (Time::Period(Period::UnionYear(period)), after);
        }
    }
    let quarter = rest.strip_prefix('第').unwrap_or(rest);
    for (number, words) in (1..).zip([["一季度", "1季度"], ["二季度", "2季度"], ["三季度", "3季度"], ["四季度", "4季度"]])
    {
        for word in words {
            if let (Some(after), Some(period)) = (quarter.strip_prefix(word), Period::quarter(year, number)) {
                return (Time::Period(period), after);
            }
        }
    }
    months(year, rest).unwrap_or((whole, rest))
}

/// 10月, 10月31日, 1-6月, 1月至6月.
fn months(year: i32, rest: &str) -> Option<(Time, &str)> {
    let (first, after) = number(rest)?;
    let to = after.strip_prefix('月').unwrap_or(after).trim_start_matches('份');
    if let Some((last, end)) = to.strip_prefix(['-', '至', '—', '~', '～', '到']).map(|to| to.trim_start_matches('—')).and_then(number)
        && let Some(end) = end.strip_prefix('月')
    {
        let (from, until) = (Month::new(year, first)?.first_day(), Month::new(year, last)?.last_day());
        return stretch(from, until).map(|period| (Time::Period(period), end));
    }
    let after = after.strip_prefix('月')?;
    let month = Month::new(year, first)?;
    let day = number(after).and_then(|(day, end)| Some((NaiveDate::from_ymd_opt(year, first, day)?, end.strip_prefix(['日', '号'])?)));
    Some(day.map_or((Time::Period(Period::Month(month)), after), |(day, end)| (Time::Day(day), end)))
}

/// A number of one or two digits.
fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length).filter(|_| (1..=2).contains(&length))?;
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Cycle; 5] = [Cycle::Month, Cycle::Quarter, Cycle::Half, Cycle::Year, Cycle::UnionYear];

    #[test]
    fn periods_are_read_in_the_forms_that_headings_and_file_names_have() {
        for (text, wanted) in [
            ("报告期：2026年10月", "2026-10"),
            ("２０２６ 年 10 月", "2026-10"),
            ("城关镇总工会202610会员月报（终稿）", "2026-10"),
            ("2026.9", "2026-09"),
            ("截止日期：2026年10月31日", "2026-10"),
            ("2026-12-31止", "2026-12"),
            ("2026年第三季度", "2026-Q3"),
            ("2026年度3季度", "2026-Q3"),
            ("2026年上半年", "2026-H1"),
            ("2026年1—6月", "2026-H1"),
            ("2026年7月至9月", "2026-Q3"),
            ("2026年工会统计年度", "2026-U"),
            ("2025年10月1日至2026年9月30日", "2026-U"),
            ("二、2026年度", "2026"),
        ] {
            assert_eq!(period(text, &ALL).map(|period| period.to_string()).as_deref(), Some(wanted), "{text}");
        }
        for text in ["10月", "共 2026 人", "电话 13812342026", "", "20261399"] {
            assert_eq!(period(text, &[Cycle::Month]), None, "{text} names no month");
        }
        assert_eq!(
            period("2026年9月", &[Cycle::Quarter]),
            Period::quarter(2026, 3),
            "a quarter's last month, where quarters are asked for"
        );
        assert_eq!(
            period("2026年9月30日", &[Cycle::UnionYear]).map(|year| year.to_string()).as_deref(),
            Some("2026-U"),
            "and its last day"
        );
    }

    #[test]
    fn labels_are_told_from_their_values_and_filled_where_nothing_stands() {
        let line = "填报单位（盖章）：　　　　　　填 表 人：张三   填报日期：____";
        let said = said(line);
        assert_eq!(
            said.iter().map(|part| (part.fact, part.value)).collect::<Vec<_>>(),
            [(Fact::Unit, ""), (Fact::Clerk, "张三"), (Fact::Day, "")],
            "blanks inside a label and lines to write on do not count"
        );
        let facts = |fact| if fact == Fact::Unit { "甲厂工会".into() } else { String::new() };
        let filled = completed(line, &facts).expect("the union's name is missing");
        assert_eq!(filled, "填报单位（盖章）：甲厂工会　　填 表 人：张三   填报日期：____", "what is known goes in, the rest stays");
        assert_eq!(completed("统一社会信用代码：", &|_| "C1".into()), None, "our code is not a credit code");
        assert_eq!(labelled("填报单位"), Some(Fact::Unit), "a label alone in its cell");
        assert!(super::said("说明：本表一式两份").is_empty(), "other colons are none");
    }
}
