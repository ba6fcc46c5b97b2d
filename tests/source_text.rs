//! Reading the product's own sources, crudely but without being misled by comments and strings.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Gives the folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_path_buf()
}

/// Lists the Rust files below a folder, in order; none where the folder is not there.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    entries.sort();
    let below = |path: PathBuf| if path.is_dir() { rust_files(&path) } else { vec![path] };
    entries.into_iter().flat_map(below).filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Replaces comments and the insides of string and character literals by blanks; lines and offsets stay.
pub fn code_of(text: &str) -> String {
    let mut code = text.as_bytes().to_vec();
    let mut at = 0;
    while at < code.len() {
        let end = at + opaque(&text.as_bytes()[at..], at.checked_sub(1).map(|before| text.as_bytes()[before]));
        code[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at = end.max(at + 1);
    }
    String::from_utf8(code).expect("blanked sources stay text")
}

/// Gives the length of the comment or literal that starts here, or 0.
fn opaque(rest: &[u8], before: Option<u8>) -> usize {
    let in_word = before.is_some_and(is_word);
    match rest {
        [b'/', b'/', ..] => until(rest, 2, b"\n"),
        [b'/', b'*', ..] => until(rest, 2, b"*/") + 2,
        [b'"', ..] => quoted(rest, 1, b'"'),
        [b'r' | b'b' | b'c', ..] if !in_word => prefixed(rest),
        [b'\'', b'\\', ..] => quoted(rest, 1, b'\''),
        [b'\'', ..] => character(rest),
        _ => 0,
    }
    .min(rest.len())
}

/// Gives the length of a literal with a prefix: `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"`.
fn prefixed(rest: &[u8]) -> usize {
    let letters = rest.iter().take_while(|byte| matches!(byte, b'r' | b'b' | b'c')).count();
    let hashes = rest[letters..].iter().take_while(|byte| **byte == b'#').count();
    let raw = rest[..letters].contains(&b'r');
    match rest.get(letters + hashes) {
        Some(b'"') if raw => {
            let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
            until(rest, letters + hashes + 1, &close) + close.len()
        }
        Some(b'"') if hashes == 0 => quoted(rest, letters + 1, b'"'),
        _ => 0,
    }
}

/// Gives the length of a character literal, or 0 for a lifetime.
fn character(rest: &[u8]) -> usize {
    let width = rest.get(1).map_or(0, |first| match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    });
    if rest.get(1 + width) == Some(&b'\'') { width + 2 } else { 0 }
}

fn quoted(rest: &[u8], start: usize, close: u8) -> usize {
    let mut at = start;
    while at < rest.len() && rest[at] != close {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn until(rest: &[u8], start: usize, close: &[u8]) -> usize {
    rest[start..].windows(close.len()).position(|window| window == close).map_or(rest.len(), |found| start + found)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Finds a word in code, from an offset on; a part of a longer word does not count.
pub fn find_word(code: &str, word: &str, from: usize) -> Option<usize> {
    let bytes = code.as_bytes();
    let found = code.get(from..)?.match_indices(word).map(|(at, _)| from + at);
    let mut whole = found.filter(|at| {
        let before = at.checked_sub(1).is_none_or(|before| !is_word(bytes[before]));
        before && bytes.get(at + word.len()).is_none_or(|after| !is_word(*after))
    });
    whole.next()
}

/// Gives the offset of the brace that closes the one at `open`.
pub fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Blanks every item that only tests are built with.
pub fn without_tests(code: &str) -> String {
    let mut left = code.to_owned();
    while let Some(start) = left.find("#[cfg(test)]") {
        let end = item_end(&left, start).unwrap_or(left.len() - 1);
        let blank: String = left[start..=end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
        left.replace_range(start..=end, &blank);
    }
    left
}

/// Gives the offset where an item ends: its semicolon, or the brace that closes its body.
fn item_end(code: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    // The semicolon of `[u8; 4]` in a signature ends nothing.
    let end = code[start..].find(|letter| {
        depth += i32::from(matches!(letter, '(' | '[')) - i32::from(matches!(letter, ')' | ']'));
        depth == 0 && matches!(letter, ';' | '{')
    })?;
    let end = start + end;
    if code[end..].starts_with('{') { closing(code, end) } else { Some(end) }
}

/// Finds each function with a body: its name, and its lines counted from 0, the signature's first line included.
pub fn functions(code: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find_word(code, "fn", from) {
        from = at + 2;
        let name: String = code[from..].trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let line = |offset: usize| code[..offset].matches('\n').count();
        if let Some(end) = item_end(code, at).filter(|end| !name.is_empty() && code[*end..].starts_with('}')) {
            found.push((name, line(at)..line(end) + 1));
        }
    }
    found
}

/// Lists the first words of all paths that start at the crate's root: `crate::a::b`, `use crate::{a, b::c}`, and `super::a` in a
/// file that lies so many modules deep.
pub fn paths_from_root(code: &str, depth: usize) -> Vec<String> {
    let supers = vec!["super"; depth].join("::");
    [firsts_after(code, "crate"), firsts_after(&without_tests(code), &supers)].concat()
}

fn firsts_after(code: &str, start: &str) -> Vec<String> {
    let mut firsts = Vec::new();
    let mut from = 0;
    while let Some(at) = find_word(code, start, from) {
        from = at + start.len();
        let Some(rest) = code[from..].trim_start().strip_prefix("::") else { continue };
        let rest = rest.trim_start();
        let group = rest.starts_with('{').then(|| closing(rest, 0)).flatten();
        firsts.extend(group.map_or_else(|| vec![first_word(rest)], |end| branches(&rest[1..end])));
    }
    firsts
}

/// Gives the first word of each branch of a `use` group, however deep the groups within it go.
fn branches(group: &str) -> Vec<String> {
    let mut depth = 0;
    let split = group.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    split.map(first_word).filter(|word| !word.is_empty()).collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_lifetimes_are_not() {
        let text = "fn a<'x>(b: &'x str) { // fn no\n/* fn no */ let c = ('{', '民', '\\'', \"fn \\\" no\", r#\"fn \" no\"#, b\"{\"); }";
        let code = code_of(text);
        assert!(!code.contains("no") && !code.contains('民'), "nothing of comments and literals is left: {code}");
        assert_eq!(code.matches('{').count(), 1, "only the body's brace is left: {code}");
        assert!(code.contains("&'x str"), "lifetimes stay: {code}");
        assert_eq!((code.len(), code.matches('\n').count()), (text.len(), 1), "offsets and lines stay");
    }

    #[test]
    fn functions_are_measured_from_signature_to_closing_brace() {
        let found = functions("trait T {\n    fn none(&self);\n}\nfn one() {}\nfn four(\n    a: [u8; 2],\n) {\n}\n");
        assert_eq!(found, [("one".to_owned(), 3..4), ("four".to_owned(), 4..8)], "a declaration without a body is no function");
    }

    #[test]
    fn items_for_tests_are_left_out() {
        let code = without_tests("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nuse x;\n");
        let names: Vec<_> = functions(&code).into_iter().map(|(name, lines)| (name, lines.start)).collect();
        assert_eq!(names, [("a".to_owned(), 0), ("c".to_owned(), 5)], "only the product's functions are left, on their lines");
    }

    #[test]
    fn paths_are_found_alone_in_groups_and_through_super() {
        let code = "use crate::{store::{Tx, Db}, units};\nuse crate::people::Person; fn f() { super::super::members::g(super::own) }";
        assert_eq!(paths_from_root(code, 2), ["store", "units", "people", "members"], "each path's first word, two modules deep");
        assert_eq!(paths_from_root("use super::members;", 1), ["members"], "one module deep, the root is one up");
        assert_eq!(paths_from_root("use super::members;", 2), [""; 0], "two modules deep, one up is the folder's own");
    }
}
