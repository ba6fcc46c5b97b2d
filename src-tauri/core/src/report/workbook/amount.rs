//! What people type where a number belongs, understood or refused, never guessed.

use super::grid::Held;
use crate::report::task::{Kind, Value};
use crate::sheet::normal;
use crate::text;

/// What a cell was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// As it stands.
    Plain(Value),
    /// Understood, with a note how.
    Read(Value, &'static str),
    /// Not understood: what is wrong, and the way out.
    Not(String, String),
}

/// The words that people put behind a number of people or things.
const MEASURES: [&str; 22] = [
    "人次", "人", "名", "个", "家", "场次", "场", "次", "件", "户", "张", "支", "队", "条", "项", "位", "所", "处", "座", "本", "份", "台",
];
const MULTIPLES: [(char, u64); 5] = [('十', 10), ('百', 100), ('千', 1000), ('万', 10_000), ('亿', 100_000_000)];

/// Takes a cell for a value of a kind; `spellings` are the drop-down's codes and words.
pub(super) fn take(held: Option<&Held>, kind: Kind, spellings: &[(String, String)]) -> Taken {
    match (held, kind) {
        (None, _) => Taken::Plain(Value::Blank),
        (Some(Held::Error(error)), _) => Taken::Not(format!("公式出错（{error}）"), "请在表格里改正公式，或直接填数。".into()),
        (Some(Held::Uncomputed), _) => Taken::Not("公式还没有算出结果".into(), "请用 Excel 或 WPS 打开文件，保存一次后再交。".into()),
        (Some(held), Kind::Text) => words(&held.text(), spellings),
        (Some(Held::Number(number, _)), _) => counted(kind, *number, "", None),
        (Some(Held::Text(text)), _) => typed(text, kind),
        (Some(Held::Moment(text)), _) => Taken::Not(format!("这里要填数，却是日期“{text}”"), "请把单元格格式改为“数值”后重新填数。".into()),
        (Some(Held::Bool(_)), _) => Taken::Not("这里要填数，却是“是/否”".into(), "请填写阿拉伯数字。".into()),
    }
}

fn words(raw: &str, spellings: &[(String, String)]) -> Taken {
    let plain = text::line(raw).into_owned();
    if plain.is_empty() {
        return Taken::Plain(Value::Blank);
    }
    if spellings.is_empty() {
        return Taken::Plain(Value::Text(plain));
    }
    let exact = spellings.iter().find(|(_, word)| *word == raw).map(|(code, _)| code.clone());
    let close = || spellings.iter().find(|(_, word)| text::line(word) == plain).map(|(code, _)| code.clone());
    match (exact, close) {
        (Some(code), _) => Taken::Plain(Value::Text(code)),
        (None, close) => close().map_or_else(
            || {
                let known: Vec<&str> = spellings.iter().map(|(_, word)| word.as_str()).take(8).collect();
                Taken::Not(format!("“{plain}”不在可选的范围内"), format!("请从下拉选项里选择：{}。", known.join("、")))
            },
            |code| Taken::Read(Value::Text(code), "去掉了多余的空格"),
        ),
    }
}

/// A number in the kind's smallest part, or why it is none.
fn counted(kind: Kind, number: f64, typed: &str, note: Option<&'static str>) -> Taken {
    match (kind.stored(number), note) {
        (Some(value), Some(note)) => Taken::Read(Value::Int(value), note),
        (Some(value), None) => Taken::Plain(Value::Int(value)),
        (None, _) => {
            let shown = if typed.is_empty() { number.to_string() } else { typed.to_owned() };
            let what = match kind {
                Kind::Count | Kind::Distinct => format!("“{shown}”不是整数"),
                _ => format!("“{shown}”的小数位数太多"),
            };
            Taken::Not(what, "请核对后填写准确的数。".into())
        }
    }
}

fn typed(raw: &str, kind: Kind) -> Taken {
    let plain = text::line(raw).into_owned();
    let solid: String = plain.chars().filter(|letter| !letter.is_whitespace()).collect();
    match solid.as_str() {
        "" => return Taken::Plain(Value::Blank),
        "-" | "—" | "——" | "/" | "\\" | "无" | "空" | "／" | "*" => return Taken::Read(Value::Blank, "这个记号按没有填写算"),
        _ => {}
    }
    if let Some(number) = normal::number(&solid) {
        return counted(kind, number, &plain, Some("文字写的数，按数字算"));
    }
    let measured = |words: &[&str]| words.iter().find_map(|word| solid.strip_suffix(word).and_then(normal::number));
    let found = match kind {
        Kind::Count | Kind::Distinct => measured(&MEASURES),
        Kind::Minutes => measured(&["分钟"]).map(|minutes| minutes / 60.0).or_else(|| measured(&["个小时", "小时", "时"])),
        Kind::Money => measured(&["元整", "元"]),
        Kind::Rate => measured(&["%"]),
        Kind::Text => None,
    };
    found.map_or_else(
        || Taken::Not(why(&plain, &solid, kind), hint(&solid)),
        |number| counted(kind, number, &plain, Some("去掉了数字后面的单位")),
    )
}

fn why(plain: &str, solid: &str, kind: Kind) -> String {
    let rough = ["约", "大概", "近", "左右", "余", "多", "以上", "不到", "超过", "+", "~", "～"];
    if solid.chars().any(|letter| MULTIPLES.iter().any(|(multiple, _)| *multiple == letter)) {
        format!("“{plain}”带有“十、百、千、万、亿”，没有当作数字")
    } else if rough.iter().any(|word| solid.contains(word)) {
        format!("“{plain}”是约数，不是准确的数")
    } else {
        let unit = match kind {
            Kind::Minutes => "小时数",
            Kind::Money => "以元为单位的金额",
            _ => "数字",
        };
        format!("“{plain}”不是{unit}")
    }
}

/// The way out; where one number is clearly meant it is spelt out, but never taken.
fn hint(solid: &str) -> String {
    let bare = solid.trim_end_matches(|letter: char| MEASURES.iter().any(|word| word.starts_with(letter)) || letter == '元');
    let multiple = bare.chars().last().and_then(|last| MULTIPLES.iter().find(|(letter, _)| *letter == last));
    let meant = multiple.and_then(|(letter, times)| {
        let number = bare.strip_suffix(*letter).and_then(normal::number)? * *times as f64;
        (number.fract() == 0.0 && number.abs() < 1e15).then(|| format!("{number}"))
    });
    match meant {
        Some(number) => format!("如果是 {number}，请把数字完整地写出来。"),
        None => "请填写准确的阿拉伯数字，不要带文字。".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, kind: Kind) -> Taken {
        take(Some(&Held::Text(text.into())), kind, &[])
    }

    #[test]
    fn numbers_typed_as_text_are_understood_and_said_so() {
        for (text, kind, wanted) in [
            ("１２３", Kind::Count, 123),
            ("1,234", Kind::Count, 1234),
            ("12人", Kind::Count, 12),
            (" 8 人次 ", Kind::Distinct, 8),
            ("12.5小时", Kind::Minutes, 750),
            ("90分钟", Kind::Minutes, 90),
            ("1,200.50元", Kind::Money, 120_050),
            ("35.5%", Kind::Rate, 3550),
        ] {
            assert!(
                matches!(taken(text, kind), Taken::Read(Value::Int(value), note) if value == wanted && !note.is_empty()),
                "{text}: {:?}",
                taken(text, kind)
            );
        }
        assert_eq!(take(Some(&Held::Number(12.0, "12".into())), Kind::Count, &[]), Taken::Plain(Value::Int(12)), "a number needs no note");
        assert!(matches!(taken("——", Kind::Count), Taken::Read(Value::Blank, _)), "a dash is nothing, and not nought");
    }

    #[test]
    fn what_is_no_exact_number_is_refused_and_never_nought() {
        for (text, kind) in [
            ("2000万", Kind::Count),
            ("约30", Kind::Count),
            ("三十", Kind::Count),
            ("12.5", Kind::Count),
            ("30余人", Kind::Count),
            ("12人3", Kind::Count),
            ("5万元", Kind::Money),
            ("12人", Kind::Money),
            ("见附件", Kind::Distinct),
        ] {
            assert!(
                matches!(taken(text, kind), Taken::Not(what, hint) if what.contains(text) && !hint.is_empty()),
                "{text}: {:?}",
                taken(text, kind)
            );
        }
        let Taken::Not(_, hint) = taken("2000万", Kind::Count) else { panic!("refused") };
        assert!(hint.contains("20000000"), "the way out spells the number: {hint}");
        for held in [Held::Moment("2026-10-01".into()), Held::Error("#REF!".into()), Held::Bool(true), Held::Number(0.5, "0.5".into())] {
            assert!(matches!(take(Some(&held), Kind::Count, &[]), Taken::Not(..)), "{held:?} is no count");
        }
    }
}
