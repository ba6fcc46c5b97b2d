//! Changes of a file in ways that its format knows.

use std::io::{Cursor, Read, Write};

use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Sample;
use crate::kill::work::Dice;

/// What stands in the place of a value.
const VALUES: [&str; 24] = [
    "",
    "0",
    "-1",
    "1e308",
    "NaN",
    "99999999999999999999",
    "-9223372036854775808",
    "1.7976931348623157E+309",
    "2958466",
    "-1.5",
    "null",
    "true",
    "A1048577",
    "XFE1",
    "A1:XFD1048576",
    "&#0;",
    "&amp;&lt;",
    "&bogus;",
    "\u{0}",
    "\u{feff}",
    "𠮷\u{301}\u{202e}",
    "=1+1",
    "../../../x",
    "2026-02-30",
];

fn value(dice: &mut Dice) -> String {
    match dice.below(30) {
        0 => "长".repeat(1 << 18),
        1 => "9".repeat(70_000),
        n => VALUES[usize::try_from(n).expect("few") % VALUES.len()].to_owned(),
    }
}

/// Gives a place below `end`.
pub fn place(dice: &mut Dice, end: usize) -> usize {
    usize::try_from(dice.below(end.max(1) as u64)).expect("it fits")
}

/// Cuts a text where its nodes begin and end.
fn nodes(text: &str) -> Vec<&str> {
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.char_indices().skip(1).find(|(_, letter)| *letter == '<').map(|(at, _)| at) {
        nodes.push(&rest[..end]);
        rest = &rest[end..];
    }
    nodes.push(rest);
    nodes
}

/// Changes an XML text: nodes twice, gone, in another order, deep, with other attributes or contents.
fn xml(text: &str, dice: &mut Dice) -> String {
    let mut nodes: Vec<String> = nodes(text).into_iter().map(str::to_owned).collect();
    let (at, other) = (place(dice, nodes.len()), place(dice, nodes.len()));
    match dice.below(10) {
        0 => nodes.insert(other, nodes[at].clone()),
        1 => drop(nodes.remove(at)),
        2 => nodes.swap(at, other),
        3 => {
            let run = nodes[at.min(other)..at.max(other).min(at.min(other) + 40)].to_vec();
            nodes.splice(at..at, run.iter().cycle().take(run.len() * 20).cloned());
        }
        4 => nodes[at] = nodes[at].repeat(3_000),
        5 => nodes.insert(at, "<a>".repeat(20_000)),
        6 => nodes.insert(1.min(nodes.len()), "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>&b;".into()),
        7 => nodes[at] = nodes[at].replace(' ', " r=\"A1\" "),
        8 => nodes[at].push_str(&value(dice)),
        _ => nodes[at] = attribute(&nodes[at], dice),
    }
    nodes.concat()
}

/// Puts another value into one of a node's attributes.
fn attribute(node: &str, dice: &mut Dice) -> String {
    let mut parts: Vec<String> = node.split('"').map(str::to_owned).collect();
    let pairs = parts.len() / 2;
    if pairs > 0 {
        parts[place(dice, pairs) * 2 + 1] = value(dice);
    }
    parts.join("\"")
}

fn flipped(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(8) {
        let at = place(dice, bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = dice.next().to_le_bytes()[0];
        }
    }
    if dice.below(4) == 0 {
        bytes.truncate(place(dice, bytes.len()));
    }
    bytes
}

type Part = (String, Vec<u8>);

fn unpacked(bytes: &[u8]) -> Vec<Part> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a sample is a zip");
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn packed(parts: &[Part]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The writer refuses a name twice: then the part is left out.
        if zip.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() {
            zip.write_all(bytes).expect("memory takes it");
        }
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// Changes a zip: its parts gone, renamed, exchanged, oversized, or changed in themselves.
fn archive(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut parts = unpacked(bytes);
    let (at, other) = (place(dice, parts.len()), place(dice, parts.len()));
    match dice.below(24) {
        0 => drop(parts.remove(at)),
        1 => parts[at].0 = format!("{}x", parts[other].0),
        2 => parts[at].1 = parts[other].1.clone(),
        3 => parts[at].1 = flipped(std::mem::take(&mut parts[at].1), dice),
        4 => parts[at].0 = ["../../evil", "/etc/passwd", "xl\\workbook.xml", ""][place(dice, 4)].into(),
        5 if dice.below(20) == 0 => parts[at].1 = vec![b' '; 90 << 20],
        6 => return flipped(bytes.to_vec(), dice),
        7 => {
            // Two parts of one name, which no writer makes: the second name is written over in the bytes.
            let wanted = parts[other].0.clone();
            let name = "q".repeat(wanted.len());
            parts[at].0.clone_from(&name);
            return replaced(packed(&parts), name.as_bytes(), wanted.as_bytes());
        }
        _ => {
            for _ in 0..=dice.below(3) {
                let at = place(dice, parts.len());
                if let Ok(text) = String::from_utf8(parts[at].1.clone()) {
                    parts[at].1 = xml(&text, dice).into_bytes();
                }
            }
        }
    }
    packed(&parts)
}

fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    while let Some(at) = bytes.windows(from.len()).position(|window| window == from) {
        bytes[at..at + from.len()].copy_from_slice(to);
    }
    bytes
}

/// Changes one node of a JSON text, wherever it is.
fn tree(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let Ok(mut json) = serde_json::from_slice::<Json>(bytes) else { return flipped(bytes.to_vec(), dice) };
    if dice.below(8) == 0 {
        return flipped(bytes.to_vec(), dice);
    }
    if dice.below(30) == 0 {
        return format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes();
    }
    for _ in 0..=dice.below(3) {
        let count = size(&json) as u64;
        change(&mut json, &mut usize::try_from(dice.below(count)).expect("it fits"), dice);
    }
    serde_json::to_vec(&json).expect("written")
}

fn size(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Changes the node that is reached after so many others.
fn change(json: &mut Json, left: &mut usize, dice: &mut Dice) -> bool {
    if *left == 0 {
        *json = other(json, dice);
        return true;
    }
    *left -= 1;
    match json {
        Json::Array(items) => items.iter_mut().any(|item| change(item, left, dice)),
        Json::Object(fields) => fields.values_mut().any(|item| change(item, left, dice)),
        _ => false,
    }
}

fn other(json: &Json, dice: &mut Dice) -> Json {
    match (dice.below(10), json) {
        (0, _) => Json::Null,
        (1, _) => json!(i64::MIN),
        (2, _) => json!(1e300),
        (3, _) => json!([json, json]),
        (4, Json::Array(items)) => items.iter().cycle().take(items.len() * 200).cloned().collect(),
        (5, Json::Array(items)) => items.iter().skip(1).cloned().collect(),
        (6, Json::Object(fields)) => fields.iter().skip(1).map(|(name, value)| (name.clone(), value.clone())).collect(),
        (7, Json::String(text)) => json!(format!("{text}{}", value(dice))),
        (8, Json::String(text)) if text.starts_with('=') => json!(formula(text, dice)),
        _ => json!(value(dice)),
    }
}

fn formula(text: &str, dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => format!("={}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        1 => format!("{text}{}", "+1".repeat(20_000)),
        2 => text.replace('A', "XFD1048576:A"),
        3 => format!("=REPT(\"长\",{})", u32::MAX),
        _ => text.replace('(', "(("),
    }
}

/// Changes a text sheet: rows and cells twice, gone, unquoted, oversized, in another encoding.
fn table(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut rows: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = place(dice, rows.len());
    match dice.below(9) {
        0 => rows.insert(at, rows[at].repeat(500)),
        1 => drop(rows.remove(at)),
        2 => rows[at].insert(0, '"'),
        3 => rows[at] = rows[at].replace(',', ",\"\n\","),
        4 => rows[at] = ",".repeat(20_000),
        5 => {
            return text.encode_utf16().flat_map(|unit| if dice.below(2) == 0 { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        }
        6 => return flipped(bytes.to_vec(), dice),
        7 => rows.extend(rows.clone().into_iter().cycle().take(3_000)),
        _ => {
            let mut cells: Vec<String> = rows[at].split(',').map(str::to_owned).collect();
            let cell = place(dice, cells.len());
            cells[cell] = value(dice);
            rows[at] = cells.join(",");
        }
    }
    rows.join("\n").into_bytes()
}

/// Changes a sample by its format.
pub fn mutated(sample: &Sample, dice: &mut Dice) -> Vec<u8> {
    match sample.name.rsplit('.').next() {
        Some("xlsx") => archive(&sample.bytes, dice),
        Some("csv") => table(&sample.bytes, dice),
        Some("json") => tree(&sample.bytes, dice),
        _ => flipped(sample.bytes.clone(), dice),
    }
}
