//! The row that names the columns, found by its names.
//!
//! Title rows above it, inserted rows, moved or missing columns and headings in two rows (a group over its columns, or
//! a heading merged downwards) do not matter: the row, or pair of rows, that names most wins.

use super::normal::{bare_header, header};
use super::read::TextRow;

/// The names one wanted column may have: its label, then its aliases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderName {
    /// The names; any of them will do.
    pub names: Vec<String>,
}

impl<S: Into<String>, I: IntoIterator<Item = S>> From<I> for HeaderName {
    fn from(names: I) -> Self {
        Self { names: names.into_iter().map(Into::into).collect() }
    }
}

/// Where the columns are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The last row of the heading; what follows is data.
    pub row: u32,
    /// Whether the heading takes two rows, this one and the one above.
    pub two_rows: bool,
    /// For each wanted column its place in the sheet (from 1), or `None` where no heading names it.
    pub columns: Vec<Option<u16>>,
    /// Headings that name no wanted column, or one that is named already: columns and texts.
    pub unknown: Vec<(u16, String)>,
}

impl Found {
    fn matched(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

/// Finds the heading among the first rows of a sheet; `None` where no row names two of the wanted columns (or the
/// only one wanted).
pub fn find(rows: &[TextRow], wanted: &[HeaderName]) -> Option<Found> {
    let wanted: Vec<Wanted> = wanted.iter().map(Wanted::new).collect();
    let mut best: Option<Found> = None;
    let mut above: Option<&TextRow> = None;
    for row in rows {
        let single = matched(row.number, &plain_headings(row), &wanted, false);
        let pair = above
            .filter(|above| above.number + 1 == row.number)
            .map(|above| matched(row.number, &joined_headings(above, row), &wanted, true));
        for found in std::iter::once(single).chain(pair) {
            if found.matched() > best.as_ref().map_or(0, Found::matched) {
                best = Some(found);
            }
        }
        above = Some(row);
    }
    best.filter(|found| found.matched() >= wanted.len().min(2))
}

/// A column's heading: as it stands, and in the forms in which headings are compared.
struct Heading {
    column: u16,
    text: String,
    /// Its own name.
    exact: String,
    /// The name behind its group's.
    grouped: Option<String>,
    /// Its own name without brackets.
    bare: String,
}

impl Heading {
    fn new(column: u16, text: &str, group: Option<&str>) -> Self {
        let grouped = group.map(|group| header(&format!("{group}{text}")));
        Self { column, text: text.to_owned(), exact: header(text), grouped, bare: bare_header(text) }
    }
}

struct Wanted {
    exact: Vec<String>,
    bare: Vec<String>,
}

impl Wanted {
    fn new(name: &HeaderName) -> Self {
        let forms = |form: fn(&str) -> String| name.names.iter().map(|name| form(name)).collect();
        Self { exact: forms(header), bare: forms(bare_header) }
    }

    /// Says how well a heading fits: 0 by its own name, 1 behind its group's name, 2 without its brackets.
    fn rank(&self, heading: &Heading) -> Option<u8> {
        let is = |names: &[String], text: &str| !text.is_empty() && names.iter().any(|name| name == text);
        if is(&self.exact, &heading.exact) {
            Some(0)
        } else if heading.grouped.as_ref().is_some_and(|grouped| is(&self.exact, grouped)) {
            Some(1)
        } else {
            is(&self.bare, &heading.bare).then_some(2)
        }
    }
}

fn plain_headings(row: &TextRow) -> Vec<Heading> {
    row.cells.iter().map(|(column, text)| Heading::new(*column, text, None)).collect()
}

/// Joins two rows: a heading of the upper row stands for its own column where the lower row is empty, and for the group
/// of the columns from it to the next heading of the upper row elsewhere.
fn joined_headings(above: &TextRow, below: &TextRow) -> Vec<Heading> {
    let own = |column: u16| below.cells.iter().any(|(other, _)| *other == column);
    let alone = above.cells.iter().filter(|(column, _)| !own(*column));
    let mut headings: Vec<_> = alone.map(|(column, text)| Heading::new(*column, text, None)).collect();
    headings.extend(below.cells.iter().map(|(column, text)| {
        let group = above.cells.iter().filter(|(other, _)| other <= column).max_by_key(|(other, _)| *other);
        Heading::new(*column, text, group.map(|(_, group)| group.as_str()))
    }));
    headings.sort_by_key(|heading| heading.column);
    headings
}

fn matched(row: u32, headings: &[Heading], wanted: &[Wanted], two_rows: bool) -> Found {
    let mut columns = vec![None; wanted.len()];
    let mut taken = vec![false; headings.len()];
    for rank in 0..=2 {
        for (wanted, column) in wanted.iter().zip(&mut columns).filter(|(_, column)| column.is_none()) {
            let mut free = headings.iter().zip(&mut taken).filter(|(_, taken)| !**taken);
            if let Some((heading, taken)) = free.find(|(heading, _)| wanted.rank(heading) == Some(rank)) {
                *taken = true;
                *column = Some(heading.column);
            }
        }
    }
    let left = headings.iter().zip(&taken).filter(|(heading, taken)| !**taken && !heading.text.trim().is_empty());
    Found { row, two_rows, columns, unknown: left.map(|(heading, _)| (heading.column, heading.text.clone())).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u16, &str)]) -> TextRow {
        TextRow { number, cells: cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect() }
    }

    fn wanted(names: &[&[&str]]) -> Vec<HeaderName> {
        names.iter().map(|names| HeaderName::from(names.iter().copied())).collect()
    }

    #[test]
    fn the_heading_is_found_below_titles_with_moved_and_missing_columns() {
        let rows = [
            row(1, &[(1, "附件四")]),
            row(2, &[(1, "工会会员信息采集表")]),
            row(4, &[(1, "填表单位（盖章）：")]),
            row(6, &[(2, "性别"), (3, "证件号码\n(填写18位身份证)"), (5, "*姓名"), (6, "备注")]),
            row(7, &[(2, "男"), (5, "姓名")]),
        ];
        let found =
            find(&rows, &wanted(&[&["姓名"], &["性别"], &["出生日期"], &["公民身份号码", "证件号码"]])).expect("row 6 names three columns");
        assert_eq!((found.row, found.two_rows), (6, false), "the heading is row 6 alone");
        assert_eq!(found.columns, [Some(5), Some(2), None, Some(3)], "by name, not by place; an alias will do");
        assert_eq!(found.unknown, [(6, "备注".to_owned())], "what nobody asked for is named");
    }

    #[test]
    fn a_heading_in_two_rows_is_read_as_one() {
        let rows = [
            row(4, &[(1, "序号"), (2, "单位信息"), (4, "工会信息")]),
            row(5, &[(2, "名称"), (3, "信用代码"), (4, "名称"), (5, "信用代码")]),
            row(6, &[(1, "1"), (2, "甲厂")]),
        ];
        let names = wanted(&[&["序号"], &["工会信息名称"], &["工会信息信用代码"], &["单位信息名称"], &["单位信息信用代码"]]);
        let found = find(&rows, &names).expect("rows 4 and 5");
        assert_eq!((found.row, found.two_rows), (5, true), "data follow row 5");
        assert_eq!(found.columns, [Some(1), Some(4), Some(5), Some(2), Some(3)], "equal headings are told apart by their group");
    }

    #[test]
    fn brackets_are_dropped_only_where_nothing_fits_exactly() {
        let rows = [row(1, &[(1, "代码（单位）"), (2, "代码（工会）"), (3, "金额（元）")])];
        let found = find(&rows, &wanted(&[&["代码（工会）"], &["代码（单位）"], &["金额"]])).expect("all three");
        assert_eq!(found.columns, [Some(2), Some(1), Some(3)], "brackets that tell columns apart count");
    }

    #[test]
    fn a_sheet_without_a_heading_is_not_guessed_at() {
        let rows = [row(1, &[(1, "姓名")]), row(2, &[(1, "张"), (2, "男")])];
        assert_eq!(find(&rows, &wanted(&[&["姓名"], &["性别"]])), None, "one name of two is chance");
        assert!(find(&rows, &wanted(&[&["姓名"]])).is_some(), "the only one wanted is enough");
    }
}
