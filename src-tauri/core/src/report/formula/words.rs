//! The text of a formula as offices write it, made into what the engine reads.

use super::parse::Names;

/// How long a formula may be, in characters: Excel's own bound.
const LONGEST: usize = 8_192;
/// How deep its brackets may lie in one another: Excel's own bound.
const DEEPEST: usize = 64;

/// Makes a formula plain: full-width signs become half-width, sheets get their full names and quotes, the leading `=` goes.
///
/// Says, as half a sentence, what is wrong with a formula that no engine should see.
pub(super) fn plain(formula: &str, names: &Names) -> Result<String, &'static str> {
    let formula = formula.trim();
    let Some(rest) = formula.strip_prefix(['=', '＝']) else { return Err("公式要以“=”开头") };
    if rest.chars().count() > LONGEST {
        return Err("公式太长，请拆成几格来算");
    }
    let mut made = Made { text: String::with_capacity(rest.len() + 16), depth: 0 };
    let mut rest = rest;
    while let Some(next) = rest.chars().next() {
        rest = made.take(rest, next, names)?;
    }
    if made.depth == 0 { Ok(made.text) } else { Err("括号没有配对") }
}

struct Made {
    text: String,
    depth: usize,
}

impl Made {
    /// Takes one piece from the front, and gives what is left.
    fn take<'t>(&mut self, rest: &'t str, next: char, names: &Names) -> Result<&'t str, &'static str> {
        if let Some((full, left)) = self.starts().then(|| names.lead(rest)).flatten() {
            self.sheet(full);
            return Ok(left);
        }
        let left = rest.strip_prefix(next).unwrap_or_default();
        match next {
            '"' => self.copied(left, '"'),
            '“' => self.quoted(left),
            '\'' => self.named(left, names),
            _ => self.sign(next).map(|()| left),
        }
    }

    /// Whether a word may begin here.
    fn starts(&self) -> bool {
        self.text.chars().next_back().is_none_or(|last| "=+-*/^&<>(),;:{% ".contains(last))
    }

    fn sheet(&mut self, name: &str) {
        self.text.push('\'');
        self.text.push_str(&name.replace('\'', "''"));
        self.text.push_str("'!");
    }

    /// A text between straight quotes goes over as it is.
    fn copied<'t>(&mut self, rest: &'t str, until: char) -> Result<&'t str, &'static str> {
        let (text, left) = rest.split_once(until).ok_or("引号没有配对")?;
        self.text.push('"');
        self.text.push_str(text);
        self.text.push('"');
        Ok(left)
    }

    /// A text between Chinese quotes.
    fn quoted<'t>(&mut self, rest: &'t str) -> Result<&'t str, &'static str> {
        let (text, left) = rest.split_once('”').ok_or("引号没有配对")?;
        self.text.push('"');
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
        Ok(left)
    }

    /// A sheet's name between single quotes.
    fn named<'t>(&mut self, rest: &'t str, names: &Names) -> Result<&'t str, &'static str> {
        let closes = |(at, _): &(usize, &str)| rest.split_at_checked(at + 1).is_some_and(|(_, after)| after.starts_with(['!', '！']));
        let (at, _) = rest.match_indices('\'').find(closes).ok_or("单引号只用来括住工作表的名称，后面要跟“!”")?;
        let (name, left) = rest.split_at_checked(at).unwrap_or_default();
        let name = name.replace("''", "'");
        self.sheet(names.full(&name).unwrap_or(&name));
        let left = left.strip_prefix('\'').unwrap_or_default();
        Ok(left.strip_prefix(['!', '！']).unwrap_or_default())
    }

    fn sign(&mut self, sign: char) -> Result<(), &'static str> {
        match half(sign) {
            '≥' => self.text.push_str(">="),
            '≤' => self.text.push_str("<="),
            '≠' => self.text.push_str("<>"),
            '(' => {
                self.depth += 1;
                self.text.push('(');
            }
            ')' => {
                self.depth = self.depth.checked_sub(1).ok_or("括号没有配对")?;
                self.text.push(')');
            }
            other => self.text.push(other),
        }
        if self.depth > DEEPEST { Err("括号套得太深，请拆成几格来算") } else { Ok(()) }
    }
}

/// The half-width sign of a full-width one.
fn half(sign: char) -> char {
    match sign {
        '！'..='～' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' => ' ',
        '×' => '*',
        '÷' => '/',
        '、' => ',',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::of(vec![("会员".into(), "会员".into()), ("表 1-2".into(), "表 1-2".into()), ("上期".into(), "上期_会员".into())])
    }

    #[test]
    fn full_width_signs_and_sheet_names_become_what_the_engine_reads() {
        let cases = [
            ("=C5+C6", "C5+C6"),
            ("＝ＳＵＭ（C5：C6）", "SUM(C5:C6)"),
            ("=C5≥C6×2", "C5>=C6*2"),
            ("=会员!C5=上期!C9", "'会员'!C5='上期_会员'!C9"),
            ("=会员！C5", "'会员'!C5"),
            ("='上期'!C5", "'上期_会员'!C5"),
            ("=表 1-2!C5*2", "'表 1-2'!C5*2"),
            ("=COUNTIF(C5:C6,“县（总）”)", "COUNTIF(C5:C6,\"县（总）\")"),
            ("=IF(C5=\"会员!（\",1,0)", "IF(C5=\"会员!（\",1,0)"),
            ("=县会员!C5", "县会员!C5"),
        ];
        for (written, read) in cases {
            assert_eq!(plain(written, &names()).as_deref(), Ok(read), "{written}");
        }
    }

    #[test]
    fn what_no_engine_should_see_is_refused() {
        let deep = format!("={}1{}", "(".repeat(65), ")".repeat(65));
        let long = format!("={}1", "1+".repeat(5_000));
        for bad in ["C5", "=SUM(C5", "=C5)", "=)C5(", "=\"县", "='会员C5", &deep, &long] {
            assert!(plain(bad, &names()).is_err(), "{bad} is refused");
        }
    }
}
