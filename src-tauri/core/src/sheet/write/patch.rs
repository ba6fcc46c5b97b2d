//! A part's XML with its areas, anchors and formulas moved; every byte that says nothing of places is copied.

use crate::sheet::fault::Fault;
use crate::sheet::place::Area;
use crate::sheet::xml::{Pieces, Tag, Token, plain};

use super::cell::escape_plain;
use super::rules::{Rules, change_attributes, put_attribute};

/// Elements that go with their place.
const ITEMS: &[&[u8]] = &[
    b"mergeCell",
    b"dataValidation",
    b"conditionalFormatting",
    b"hyperlink",
    b"protectedRange",
    b"ignoredError",
    b"comment",
    b"threadedComment",
    b"shape",
    b"sparkline",
];
/// Elements that hold such elements, and go when the last of them goes.
const LISTS: &[&[u8]] =
    &[b"mergeCells", b"dataValidations", b"conditionalFormattings", b"hyperlinks", b"protectedRanges", b"ignoredErrors", b"sparklines"];
/// Elements whose area grows with the table.
const GROWING: &[&[u8]] = &[
    b"dataValidation",
    b"conditionalFormatting",
    b"protectedRange",
    b"ignoredError",
    b"autoFilter",
    b"sortState",
    b"sortCondition",
    b"table",
];
const FORMULAS: &[&[u8]] = &[b"f", b"formula", b"formula1", b"formula2", b"definedName", b"calculatedColumnFormula", b"totalsRowFormula"];

/// Writes a part, or a stretch of one, as the rules have it; `merges` are added to its merged areas.
pub(super) fn patch(document: &[u8], rules: &Rules<'_>, merges: &[Area], into: &mut Vec<u8>) -> Result<(), Fault> {
    let mut patcher =
        Patcher { rules, merges, out: into, open: Vec::new(), text: Meaning::Nothing, anchor: Anchor::default(), row_breaks: false };
    let mut pieces = Pieces::new(document);
    while let Some(piece) = pieces.next()? {
        match piece.token {
            Token::Open(tag) => patcher.begin(&tag, piece.raw),
            Token::Close(name) => patcher.end(name, piece.raw),
            Token::Text(raw) => patcher.words(raw),
            Token::Literal(_) | Token::Aside => patcher.out.extend_from_slice(piece.raw),
        }
    }
    Ok(())
}

struct Patcher<'p, 'r> {
    rules: &'p Rules<'r>,
    merges: &'p [Area],
    out: &'p mut Vec<u8>,
    open: Vec<Held>,
    text: Meaning,
    anchor: Anchor,
    /// Whether breaks are those between rows.
    row_breaks: bool,
}

/// An element that may have to be taken back.
struct Held {
    name: Vec<u8>,
    /// Where it begins in what was written, and how long its tag is.
    at: usize,
    tag: usize,
    gone: bool,
    kept: usize,
}

/// What the text of the element just opened means.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Nothing,
    Formula,
    Areas,
    AnchorRow,
    AnchorOffset,
    RemarkRow,
    RemarkAnchor,
}

/// Where a drawing hangs.
#[derive(Default)]
struct Anchor {
    kind: Hang,
    /// How far its upper edge moved.
    moved: i64,
    /// Whether the edge just read lay within deleted rows.
    cut: bool,
    upper: bool,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Hang {
    #[default]
    BothEdges,
    UpperEdge,
    Nowhere,
}

impl Patcher<'_, '_> {
    fn begin(&mut self, tag: &Tag<'_>, raw: &[u8]) {
        let at = self.out.len();
        self.text = meaning(tag.name);
        self.note_context(tag);
        let gone = !self.write_tag(tag, raw);
        let held = ITEMS.contains(&tag.name) || LISTS.contains(&tag.name);
        if tag.empty {
            self.text = Meaning::Nothing;
            self.settle(tag.name, at, gone && held);
        } else if held {
            self.open.push(Held { name: tag.name.to_vec(), at, tag: self.out.len() - at, gone, kept: 0 });
        }
    }

    fn end(&mut self, name: &[u8], raw: &[u8]) {
        self.text = Meaning::Nothing;
        let Some(held) = self.open.pop_if(|held| held.name == name) else {
            self.out.extend_from_slice(raw);
            return;
        };
        if LISTS.contains(&name) {
            self.end_list(&held, raw);
        } else {
            self.out.extend_from_slice(raw);
            self.settle(name, held.at, held.gone);
        }
    }

    /// Takes an item back where its place is gone, else counts it for its list.
    fn settle(&mut self, name: &[u8], at: usize, gone: bool) {
        if gone {
            self.out.truncate(at);
        } else if ITEMS.contains(&name)
            && let Some(list) = self.open.last_mut()
        {
            list.kept += 1;
        }
    }

    fn end_list(&mut self, held: &Held, raw: &[u8]) {
        let mut kept = held.kept;
        if held.name == b"mergeCells" {
            let prefix = prefix_of(raw);
            for area in self.merges {
                self.out.extend_from_slice(&[b"<", prefix, b"mergeCell"].concat());
                put_attribute(b"ref", &area.to_string(), self.out);
                self.out.extend_from_slice(b"/>");
            }
            kept += self.merges.len();
        }
        if kept == 0 {
            self.out.truncate(held.at);
            return;
        }
        let tag = self.out.get(held.at..held.at + held.tag).unwrap_or_default().to_vec();
        let counted = recounted(&tag, kept);
        self.out.splice(held.at..held.at + held.tag, counted);
        self.out.extend_from_slice(raw);
    }

    /// Writes an opening tag; says whether its place is still there.
    fn write_tag(&mut self, tag: &Tag<'_>, raw: &[u8]) -> bool {
        let rules = self.rules;
        let mut there = true;
        let changed = |name: &[u8], value: &str| match (tag.name, name) {
            (b"dimension", b"ref") => rules.dimension.map(|area| area.to_string()),
            (b"mergeCell" | b"hyperlink" | b"comment" | b"threadedComment", b"ref") => {
                let area = Area::parse(value)?;
                let still = if within_table(tag.name, area, rules) { None } else { rules.still(area) };
                there = still.is_some();
                still.map(|area| area.to_string())
            }
            (b"hyperlink", b"location") => Some(rules.formula(value).into_owned()),
            (b"brk", b"id") if self.row_breaks => value.parse().ok().map(|above| rules.own.edge(above).to_string()),
            (growing, b"ref" | b"sqref") if GROWING.contains(&growing) => {
                let areas = rules.own.areas(value);
                there = areas.is_some();
                areas.map(|areas| areas.into_owned())
            }
            _ => None,
        };
        let mut attributes = Vec::with_capacity(raw.len());
        change_attributes(tag.attributes, changed, &mut attributes);
        let mut plain = Vec::with_capacity(raw.len());
        change_attributes(tag.attributes, |_, _| None, &mut plain);
        if plain == attributes {
            self.out.extend_from_slice(raw);
        } else {
            let name = raw.get(..raw.len() - tag.attributes.len() - if tag.empty { 2 } else { 1 }).unwrap_or_default();
            self.out.extend_from_slice(&[name, &attributes, if tag.empty { b"/>" } else { b">" }].concat());
        }
        there
    }

    fn note_context(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"twoCellAnchor" => self.anchor.kind = hang(tag.raw("editAs")),
            b"oneCellAnchor" => self.anchor.kind = Hang::BothEdges,
            b"anchor" if tag.raw("moveWithCells").is_none() => self.anchor.kind = Hang::Nowhere,
            b"anchor" => self.anchor.kind = if tag.raw("sizeWithCells").is_some() { Hang::BothEdges } else { Hang::UpperEdge },
            b"from" => self.anchor.upper = true,
            b"to" => self.anchor.upper = false,
            b"rowBreaks" => self.row_breaks = true,
            b"colBreaks" => self.row_breaks = false,
            _ => {}
        }
    }

    fn words(&mut self, raw: &[u8]) {
        let Some(words) = plain(raw) else {
            self.out.extend_from_slice(raw);
            return;
        };
        let changed = match self.text {
            Meaning::Nothing => None,
            Meaning::Formula => Some(self.rules.formula(&words).into_owned()),
            Meaning::Areas => match self.rules.own.areas(&words) {
                Some(areas) => Some(areas.into_owned()),
                None => {
                    self.lose();
                    None
                }
            },
            Meaning::AnchorRow => words.trim().parse().ok().map(|above| self.edge(above).to_string()),
            Meaning::AnchorOffset => self.anchor.cut.then(|| "0".to_owned()),
            Meaning::RemarkRow => self.remark_row(&words),
            Meaning::RemarkAnchor => self.remark_anchor(&words),
        };
        match changed.filter(|changed| *changed != words) {
            Some(changed) => escape_plain(&changed, self.out),
            None => self.out.extend_from_slice(raw),
        }
    }

    /// Marks the innermost item as gone.
    fn lose(&mut self) {
        if let Some(item) = self.open.last_mut().filter(|held| ITEMS.contains(&held.name.as_slice())) {
            item.gone = true;
        }
    }

    fn edge(&mut self, above: u32) -> i64 {
        let shift = &self.rules.own;
        let moved = i64::from(shift.edge(above));
        self.anchor.cut = (shift.end()..shift.last).contains(&above) && self.anchor.kind != Hang::Nowhere;
        match (self.anchor.kind, self.anchor.upper) {
            (Hang::Nowhere, _) => i64::from(above),
            (Hang::UpperEdge, false) => {
                self.anchor.cut = false;
                i64::from(above) + self.anchor.moved
            }
            _ => {
                self.anchor.moved = moved - i64::from(above);
                moved
            }
        }
    }

    fn remark_row(&mut self, words: &str) -> Option<String> {
        let row: u32 = words.trim().parse().ok()?;
        match self.rules.own.row(row + 1) {
            Some(row) => Some((row - 1).to_string()),
            None => {
                self.lose();
                None
            }
        }
    }

    /// Moves the third and seventh of a remark's eight numbers: the rows of its upper and lower edge.
    fn remark_anchor(&self, words: &str) -> Option<String> {
        let numbers: Option<Vec<u32>> = words.split(',').map(|number| number.trim().parse().ok()).collect();
        let numbers = numbers.filter(|numbers| numbers.len() == 8)?;
        let moved = numbers.iter().enumerate().map(|(at, number)| if at % 4 == 2 { self.rules.own.edge(*number) } else { *number });
        Some(moved.map(|number| number.to_string()).collect::<Vec<_>>().join(", "))
    }
}

fn meaning(name: &[u8]) -> Meaning {
    match name {
        b"sqref" => Meaning::Areas,
        b"row" => Meaning::AnchorRow,
        b"rowOff" => Meaning::AnchorOffset,
        b"Row" => Meaning::RemarkRow,
        b"Anchor" => Meaning::RemarkAnchor,
        name if FORMULAS.contains(&name) => Meaning::Formula,
        _ => Meaning::Nothing,
    }
}

/// A merge within one reserved row is not moved: it is made anew for each row of data.
fn within_table(name: &[u8], area: Area, rules: &Rules<'_>) -> bool {
    let reserved = rules.own.first..=rules.own.last;
    name == b"mergeCell" && area.first.row == area.last.row && reserved.contains(&area.first.row) && !rules.own.is_none()
}

fn hang(edit_as: Option<&[u8]>) -> Hang {
    match edit_as {
        Some(b"oneCell") => Hang::UpperEdge,
        Some(b"absolute") => Hang::Nowhere,
        _ => Hang::BothEdges,
    }
}

/// The prefix of a closing tag, with its colon.
pub(super) fn prefix_of(raw: &[u8]) -> &[u8] {
    let name = raw.strip_prefix(b"</").unwrap_or_default();
    let colon = name.iter().position(|byte| *byte == b':');
    name.get(..colon.map_or(0, |colon| colon + 1)).unwrap_or_default()
}

/// Writes a list's tag with its new count, where it had one.
fn recounted(tag: &[u8], kept: usize) -> Vec<u8> {
    let mut pieces = Pieces::new(tag);
    let Ok(Some(piece)) = pieces.next() else { return tag.to_vec() };
    let Token::Open(open) = piece.token else { return tag.to_vec() };
    if open.raw("count").is_none_or(|count| count == kept.to_string().as_bytes()) {
        return tag.to_vec();
    }
    let mut out = tag.get(..tag.len() - open.attributes.len() - 1).unwrap_or_default().to_vec();
    change_attributes(open.attributes, |name, _| (name == b"count").then(|| kept.to_string()), &mut out);
    out.push(b'>');
    out
}

#[cfg(test)]
mod tests;
