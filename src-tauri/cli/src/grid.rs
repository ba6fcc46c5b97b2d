//! Tables for a terminal, aligned by the width of Chinese letters.

/// Writes rows under a heading, two blanks between columns.
pub fn grid(heading: &[String], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..heading.len())
        .map(|at| {
            std::iter::once(heading)
                .chain(rows.iter().map(Vec::as_slice))
                .filter_map(|row| row.get(at))
                .map(|cell| width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let lines = [heading, rule.as_slice()].into_iter().chain(rows.iter().map(Vec::as_slice)).map(|row| line(row, &widths));
    lines.collect::<Vec<_>>().join("\n")
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).map(|(cell, width_of)| format!("{cell}{}", " ".repeat(width_of.saturating_sub(width(cell)))));
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// How many columns of a terminal a text takes: two for each wide letter of East Asia (Unicode UAX #11), none for a joining mark.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|letter| {
            if is_joining(letter) {
                0
            } else if is_wide(letter) {
                2
            } else {
                1
            }
        })
        .sum()
}

fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
}

fn is_joining(letter: char) -> bool {
    matches!(u32::from(letter), 0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_a_terminal_shows() {
        let rows =
            [vec!["张三".to_owned(), "12".to_owned()], vec!["Li".to_owned(), "3".to_owned()], vec!["𠮷野家".to_owned(), "4".to_owned()]];
        let text = grid(&["姓名".to_owned(), "数".to_owned()], &rows);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines, ["姓名    数", "──────  ──", "张三    12", "Li      3", "𠮷野家  4"], "wide letters take two columns");
    }
}
