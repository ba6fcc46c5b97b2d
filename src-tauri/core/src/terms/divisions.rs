//! The administrative divisions, to the street: those in force on 2023-06-30 (统计用区划代码) and the codes of
//! GB/T 2260 that are no longer in force, which id numbers and old records keep.
//!
//! A code has 2, 4, 6 or 9 digits; its parents are its prefixes, and a level may be missing (省直辖县级, 东莞).
//! What is not known here may still exist: it was founded later. An unknown code is a warning, never a refusal.

mod resolve;

pub use resolve::resolve;

use std::cmp::Ordering;
use std::io::Read;
use std::sync::OnceLock;

use super::plain;

const PACKED: &[u8] = include_bytes!("../../../../assets/divisions/divisions.txt.zz");

/// The level of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 省、自治区、直辖市、特别行政区.
    Province,
    /// 地级市、地区、自治州、盟.
    Prefecture,
    /// 县、区、县级市、旗.
    County,
    /// 乡、镇、街道, and what stands in for them.
    Street,
}

/// One administrative division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Division {
    /// Its code in the short form: 2, 4, 6 or 9 digits by level.
    pub code: &'static str,
    /// Its own name, without its parents'.
    pub name: &'static str,
    /// Its level.
    pub level: Level,
    /// Whether the code is no longer in force.
    pub abolished: bool,
    /// Whether it only fills a level of the code (市辖区, 省直辖县级行政区划); such rows stand in no path and no list.
    pub filler: bool,
}

impl Division {
    /// Reads `code[mark]name`; the mark is `!` for abolished, `~` for a filler.
    fn parse(line: &'static str) -> Option<Self> {
        let (code, rest) = line.split_at_checked(line.bytes().take_while(u8::is_ascii_digit).count())?;
        let level = match code.len() {
            2 => Level::Province,
            4 => Level::Prefecture,
            6 => Level::County,
            9 => Level::Street,
            _ => return None,
        };
        let name = rest.trim_start_matches(['!', '~']);
        Some(Self { code, name, level, abolished: rest.starts_with('!'), filler: rest.starts_with('~') })
    }

    /// Gives the code in the form that official tables print: 6 digits, 9 for a street.
    pub fn official(&self) -> String {
        format!("{:0<6}", self.code)
    }
}

/// The unpacked table: its text, and where each line begins, the end of the text being the last.
struct Atlas {
    text: &'static str,
    starts: Vec<u32>,
}

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(Atlas::unpack)
}

impl Atlas {
    fn unpack() -> Self {
        let mut text = String::with_capacity(1 << 20);
        // The asset is part of the program; were it damaged, every place would be unknown, which is a warning.
        if flate2::read::ZlibDecoder::new(PACKED).read_to_string(&mut text).is_err() {
            text.clear();
        }
        text.shrink_to_fit();
        let text: &'static str = text.leak();
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).filter_map(|at| u32::try_from(at + 1).ok()));
        Self { text, starts }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn line(&self, at: usize) -> Option<&'static str> {
        let (start, next) = (*self.starts.get(at)? as usize, *self.starts.get(at + 1)? as usize);
        self.text.get(start..next)?.strip_suffix('\n')
    }

    fn row(&self, at: usize) -> Option<Division> {
        Division::parse(self.line(at)?)
    }

    /// The first row whose code is not before `code`; a code stands before all that it is a prefix of.
    fn at(&self, code: &str) -> usize {
        let before =
            |start: &u32| self.text.get(*start as usize..).is_some_and(|line| !line.is_empty() && compare(line, code) == Ordering::Less);
        self.starts.partition_point(before)
    }

    /// The rows whose code begins with `code`, the division itself first.
    fn under<'a>(&'static self, code: &'a str) -> impl Iterator<Item = Division> + use<'a> {
        (self.at(code)..self.len()).map_while(|at| self.row(at)).take_while(move |row| row.code.starts_with(code))
    }

    fn exact(&self, code: &str) -> Option<Division> {
        self.row(self.at(code)).filter(|row| row.code == code)
    }
}

/// Compares the code that a line begins with to another.
fn compare(line: &str, code: &str) -> Ordering {
    line.bytes().take_while(u8::is_ascii_digit).cmp(code.bytes())
}

/// Finds a division by its code, in the short form or filled up with zeros (33, 330000, 330106000, 330106000000).
///
/// The code of a village (12 digits that do not end in 000) is not known.
pub fn find(code: &str) -> Option<Division> {
    let mut code = code.trim();
    if !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    loop {
        if let Some(found) = atlas().exact(code) {
            return Some(found);
        }
        code = code.strip_suffix(if code.len() > 6 { "000" } else { "00" })?;
    }
}

/// Gives the division of an id number by its first six digits, also one abolished since.
///
/// 830000 stands for Taiwan: residence permits of 港澳台 residents begin with 810000, 820000 and 830000.
pub fn county_of_id(digits: &str) -> Option<Division> {
    if digits.len() != 6 {
        return None;
    }
    find(if digits == "830000" { "71" } else { digits })
}

/// Gives the divisions in force right below one, in code order; the provinces below the empty code.
///
/// A filler is skipped and what stands under it is given in its place: 北京市's are its 16 districts.
pub fn children(code: &str) -> Vec<Division> {
    if code.trim().is_empty() {
        return provinces();
    }
    let Some(parent) = find(code) else { return Vec::new() };
    let mut found: Vec<Division> = Vec::new();
    for row in atlas().under(parent.code).skip(1).filter(|row| !row.filler && !row.abolished) {
        if !found.last().is_some_and(|last| row.code.starts_with(last.code)) {
            found.push(row);
        }
    }
    found
}

fn provinces() -> Vec<Division> {
    (10..100).filter_map(|code: u32| atlas().exact(&code.to_string())).collect()
}

/// Gives a division with its parents, from the province down and without fillers; none for an unknown code.
pub fn chain(code: &str) -> Vec<Division> {
    let Some(row) = find(code) else { return Vec::new() };
    let prefixes = [2, 4, 6, 9].into_iter().filter_map(|digits| row.code.get(..digits));
    prefixes.filter_map(|prefix| atlas().exact(prefix)).filter(|row| !row.filler).collect()
}

/// Writes a division with its parents: “浙江省 杭州市 西湖区 北山街道”, without fillers; empty for an unknown code.
pub fn path(code: &str) -> String {
    let names: Vec<_> = chain(code).into_iter().map(|row| row.name).collect();
    names.join(" ")
}

/// Finds divisions as one types: by part of the name, by parents and name apart (“杭州 西湖”), by the beginning of the
/// code, or by a written-out address; at most 20, the best first: in force, whole name, beginning of the name, level.
pub fn search(text: &str) -> Vec<Division> {
    let words: Vec<String> = text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let Some((name, parents)) = words.split_last() else { return Vec::new() };
    if parents.is_empty() && name.bytes().all(|digit| digit.is_ascii_digit()) {
        return atlas().under(name).filter(|row| !row.filler).take(20).collect();
    }
    let mut hits = named(name);
    if !parents.is_empty() {
        keep_below(&mut hits, parents);
    }
    hits.sort_by_key(|row| (row.abolished, rank(row.name, name), row.level, row.code));
    hits.truncate(20);
    if hits.is_empty() { resolve(text).into_iter().collect() } else { hits }
}

/// The divisions whose name contains `part`.
fn named(part: &str) -> Vec<Division> {
    let atlas = atlas();
    let mut rows: Vec<usize> = memchr::memmem::find_iter(atlas.text.as_bytes(), part.as_bytes())
        .map(|found| atlas.starts.partition_point(|start| *start as usize <= found).saturating_sub(1))
        .collect();
    rows.dedup();
    rows.into_iter().filter_map(|at| atlas.row(at)).filter(|row| !row.filler && row.name.contains(part)).collect()
}

/// Keeps the divisions in whose parents' names every word occurs. Rows come in code order: the path above is written
/// once for all that share it.
fn keep_below(rows: &mut Vec<Division>, words: &[String]) {
    let mut last = ("", false);
    rows.retain(|row| {
        if last.0 != above(row) {
            let path = path(above(row));
            last = (above(row), words.iter().all(|word| path.contains(word.as_str())));
        }
        last.1
    });
}

/// The code of the level above, whether or not it has a row of its own.
fn above(row: &Division) -> &'static str {
    row.code.get(..row.code.len() - if row.level == Level::Street { 3 } else { 2 }).unwrap_or_default()
}

fn rank(name: &str, wanted: &str) -> u8 {
    if name == wanted { 0 } else { 2 - u8::from(name.starts_with(wanted)) }
}

#[cfg(test)]
mod tests;
