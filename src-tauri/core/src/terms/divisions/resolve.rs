//! From a place as people write it to its division.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Atlas, Division, Level, atlas, chain, path, plain};
use crate::terms::{Ethnic, half_width, of};

/// What may follow a short name only by chance: 上海市黄浦路 does not lie in 黄浦区.
const OF_A_STREET: &[char] = &['路', '街', '道', '巷', '弄', '大', '里', '村', '桥', '站', '东', '西', '南', '北', '中'];

/// Finds the division that a written-out place or address names: “海南省东方市 ”, “浙江杭州西湖区北山街道8号”.
///
/// Levels may be left out and suffixes dropped (浙江 杭州); what follows the last division is ignored. A place that could
/// be several (西湖区 alone) gives the division above them that is certain, or none.
pub fn resolve(text: &str) -> Option<Division> {
    let text = plain(text);
    let text = ["中华人民共和国", "中国"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(&text);
    walk(text, None).map(|found| found.row)
}

/// A division reached, the one by which it was entered, and how many bytes of the text are still unread.
#[derive(Clone, Copy)]
struct Reached {
    entry: Division,
    row: Division,
    left: usize,
}

/// Reads as much of the text as names divisions under `parent`, or under none.
fn walk(text: &str, parent: Option<Division>) -> Option<Reached> {
    let text = if parent.is_some() { without_filler(text) } else { text };
    let mut all: Vec<Reached> = candidates(text, parent).into_iter().filter_map(|row| enter(text, row, parent.is_some())).collect();
    all.sort_by_cached_key(|reached| (reached.left, reached.row.abolished, depth(&reached.entry)));
    let best = *all.first()?;
    let mut rivals = all.iter().skip(1).filter(|other| other.left == best.left && other.row.abolished == best.row.abolished);
    rivals.all(|rival| yields(rival, &best, parent.is_some())).then_some(best)
}

/// Addresses copied from official tables name the fillers too: 北京市市辖区东城区.
fn without_filler(text: &str) -> &str {
    const FILLERS: &[&str] = &["市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"];
    FILLERS.iter().find_map(|filler| text.strip_prefix(filler)).unwrap_or(text)
}

/// Says whether a rival that read as much gives way: the best one skips fewer levels (below a known parent, or beginning
/// with the province), or both are the same place.
fn yields(rival: &Reached, best: &Reached, below: bool) -> bool {
    let nearer = depth(&best.entry) < depth(&rival.entry) && (below || best.entry.level == Level::Province);
    nearer || path(rival.row.code) == path(best.row.code)
}

fn depth(row: &Division) -> usize {
    chain(row.code).len()
}

/// Reads a division's whole or short name off the text, then goes on below it.
fn enter(text: &str, row: Division, below: bool) -> Option<Reached> {
    let name = plain(row.name);
    if let Some(rest) = text.strip_prefix(name.as_str()) {
        return Some(further(rest, row).unwrap_or(Reached { entry: row, row, left: rest.len() }));
    }
    let rest = text.strip_prefix(short(&row)?)?;
    if let Some(reached) = further(rest, row) {
        return Some(reached);
    }
    let closed = rest.is_empty() || (below && !rest.starts_with(OF_A_STREET));
    closed.then_some(Reached { entry: row, row, left: rest.len() })
}

fn further(rest: &str, row: Division) -> Option<Reached> {
    if rest.is_empty() { None } else { walk(rest, Some(row)).map(|reached| Reached { entry: row, ..reached }) }
}

/// The divisions under `parent` whose names may begin the text: any level down to the county, streets from the prefecture on.
fn candidates(text: &str, parent: Option<Division>) -> Vec<Division> {
    let atlas = atlas();
    let code = parent.map_or("", |row| row.code);
    let within = |row: &Division| row.code.len() > code.len() && row.code.starts_with(code);
    let mut rows: Vec<_> = initial(atlas, text).filter(within).collect();
    if parent.is_some_and(|row| row.level > Level::Province) {
        let first = text.chars().next();
        let begins = |row: &Division| row.name.chars().next().map(half_width) == first;
        rows.extend(atlas.under(code).filter(|row| row.level == Level::Street && !row.filler && begins(row) && within(row)));
    }
    rows
}

/// The divisions from the province to the county whose names begin like the text.
fn initial(atlas: &'static Atlas, text: &str) -> impl Iterator<Item = Division> + use<> {
    static INITIALS: OnceLock<HashMap<char, Vec<u32>>> = OnceLock::new();
    let initials = INITIALS.get_or_init(|| index(atlas));
    let rows = text.chars().next().and_then(|first| initials.get(&first)).map(Vec::as_slice).unwrap_or_default();
    rows.iter().filter_map(|at| atlas.row(*at as usize))
}

fn index(atlas: &'static Atlas) -> HashMap<char, Vec<u32>> {
    let mut initials: HashMap<char, Vec<u32>> = HashMap::new();
    let rows = (0_u32..).zip((0..atlas.len()).map_while(|at| atlas.row(at)));
    for (at, row) in rows.filter(|(_, row)| row.level < Level::Street && !row.filler) {
        if let Some(first) = row.name.chars().next() {
            initials.entry(first).or_default().push(at);
        }
    }
    initials
}

/// The name without its suffix and nationalities, at least two characters of it: 杭州, 内蒙古, 恩施; only down to the county in force.
fn short(row: &Division) -> Option<&'static str> {
    const AUTONOMOUS: &[&str] = &["自治区", "自治州", "自治县", "自治旗"];
    const SUFFIXES: &[&str] = &["特别行政区", "地区", "林区", "新区", "特区", "省", "市", "盟", "县", "区", "旗"];
    if row.abolished || row.level == Level::Street {
        return None;
    }
    let long_enough = |name: &&str| name.chars().nth(1).is_some();
    if let Some(name) = AUTONOMOUS.iter().find_map(|suffix| row.name.strip_suffix(suffix)) {
        return Some(without_nationalities(name)).filter(long_enough);
    }
    SUFFIXES.iter().filter_map(|suffix| row.name.strip_suffix(suffix)).find(long_enough)
}

fn without_nationalities(name: &'static str) -> &'static str {
    let fits = |rest: &str| rest.chars().nth(1).is_some();
    let stripped = nationalities().find_map(|nation| name.strip_suffix(nation).filter(|rest| fits(rest)));
    stripped.map_or(name, without_nationalities)
}

/// Names of nationalities as place names carry them: 苗族, 哈萨克, 各族.
fn nationalities() -> impl Iterator<Item = &'static str> {
    let entries = of::<Ethnic>().into_iter().flat_map(|list| &list.entries).filter(|entry| entry.name.ends_with('族'));
    let bare = |name: &'static str| name.strip_suffix('族').filter(|bare| bare.chars().nth(1).is_some());
    entries.flat_map(move |entry| [Some(entry.name), bare(entry.name)]).flatten().chain(["各族"])
}
