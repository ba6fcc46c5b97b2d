//! How a workbook looks: what stands in each sheet's cells, their formulas, frames, merges and the columns' widths.
//!
//! Reading rows passes over cells that hold nothing; here a framed empty cell is what matters, for it is there to be filled.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;

use super::fault::Fault;
use super::package::{Leaf, Package};
use super::place::{Area, CellRef};
use super::read::{ReadOptions, open_bytes};
use super::write::LeafPart;
use super::xml::{Pieces, Tag, Token};
use crate::Result;
use crate::error::{Error, Refusal};

/// The largest part, and the most of all sheets together, that is looked at, inflated.
const LARGEST: u64 = 64 << 20;
/// The most cells of all sheets together that are shown.
const MOST_CELLS: usize = 200_000;

/// The most that all cells together may say, in bytes: one long text may stand in each of them.
const MOST_WORDS: usize = 16 << 20;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetLook {
    /// The name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// The cells that the sheet draws, by row and column.
    pub cells: BTreeMap<(u32, u16), CellLook>,
    /// The merged areas.
    pub merges: Vec<Area>,
    /// The widths of columns in characters: first and last column of each stretch.
    pub widths: Vec<(u16, u16, f64)>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellLook {
    /// What it says, as a person would type it; empty where it holds nothing.
    pub text: String,
    /// Its formula with the sign before it, where it has one.
    pub formula: Option<String>,
    /// Whether a line is drawn around any side of it.
    pub framed: bool,
}

/// Looks at every sheet of an xlsx workbook; refuses other files.
pub fn look(bytes: &[u8], name: &str) -> Result<Vec<SheetLook>> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message = format!("“{name}”是旧版 .xls 格式或设有打开密码，不能作空白表。");
        return Err(Error::Sheet(Refusal::new(message, "请用 Excel 或 WPS 打开它，去掉密码，另存为 .xlsx 后再选。")));
    }
    let said = |fault: Fault| fault.of_name(name);
    let mut package = Package::open(Cursor::new(bytes)).map_err(said)?;
    let outline = package.outline().map_err(said)?;
    let styles = outline.related("styles").map(|part| package.part(part, LARGEST)).transpose().map_err(said)?.flatten();
    let frames = framed(&styles.unwrap_or_default()).map_err(said)?;
    let mut source = open_bytes(bytes.to_vec(), name, &ReadOptions::default())?;
    let mut looks = Vec::new();
    let (mut left, mut most, mut words) = (LARGEST, MOST_CELLS, MOST_WORDS);
    for (at, leaf) in outline.leaves.iter().enumerate() {
        let document = package.part(&leaf.part, left).map_err(said)?.unwrap_or_default();
        left -= document.len() as u64;
        let mut sheet = drawn(leaf, &document, &frames, most).map_err(said)?;
        source.rows(at, |row| {
            for cell in row.cells() {
                let text = cell.value.text();
                words = words.checked_sub(text.len()).ok_or_else(|| said(Fault::TooBig("文字")))?;
                sheet.cells.entry((row.number, cell.column)).or_default().text = text.into_owned();
            }
            Ok(if sheet.cells.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        most = most.saturating_sub(sheet.cells.len());
        sheet.merges = source.merges(at)?;
        looks.push(sheet);
    }
    Ok(looks)
}

fn drawn(leaf: &Leaf, document: &[u8], frames: &[bool], most: usize) -> Result<SheetLook, Fault> {
    let part = LeafPart::parse(document)?;
    let mut sheet = SheetLook { name: leaf.name.clone(), hidden: leaf.hidden, widths: widths(&part.before)?, ..SheetLook::default() };
    for row in &part.rows {
        for cell in row.cells.iter().take(most.saturating_sub(sheet.cells.len())) {
            let style =
                Tag { name: b"c", attributes: cell.attributes, empty: false }.value("s").and_then(|style| style.parse::<usize>().ok());
            let framed = frames.get(style.unwrap_or(0)).copied().unwrap_or_default();
            let formula = cell.formula.as_ref().map(|formula| format!("={}", formula.text));
            sheet.cells.insert((row.number, cell.column), CellLook { text: String::new(), formula, framed });
        }
    }
    Ok(sheet)
}

fn widths(before: &[u8]) -> Result<Vec<(u16, u16, f64)>, Fault> {
    let (mut pieces, mut widths) = (Pieces::new(before), Vec::new());
    while let Some(piece) = pieces.next()? {
        let Token::Open(tag) = piece.token else { continue };
        let number = |name: &str| tag.value(name).and_then(|number| number.parse::<f64>().ok());
        if let (b"col", Some(min), Some(max), Some(width)) = (tag.name, number("min"), number("max"), number("width")) {
            widths.push((min as u16, max as u16, width));
        }
    }
    Ok(widths)
}

/// For each style of cells whether it draws a line around any side.
fn framed(styles: &[u8]) -> Result<Vec<bool>, Fault> {
    let (mut borders, mut frames) = (Vec::new(), Vec::new());
    let (mut list, mut border) = (Vec::new(), false);
    let mut pieces = Pieces::new(styles);
    while let Some(piece) = pieces.next()? {
        match piece.token {
            Token::Open(tag) if matches!(tag.name, b"borders" | b"cellXfs" | b"cellStyleXfs" | b"dxfs") && !tag.empty => {
                list = tag.name.to_vec();
            }
            Token::Close(b"borders" | b"cellXfs" | b"cellStyleXfs" | b"dxfs") => list.clear(),
            Token::Open(tag) if list == b"borders" && tag.name == b"border" => {
                border = false;
                if tag.empty {
                    borders.push(false);
                }
            }
            Token::Open(tag) if list == b"borders" => border |= tag.raw("style").is_some_and(|style| style != b"none"),
            Token::Close(b"border") if list == b"borders" => borders.push(border),
            Token::Open(tag) if list == b"cellXfs" && tag.name == b"xf" => {
                let border = tag.value("borderId").and_then(|border| border.parse::<usize>().ok());
                frames.push(borders.get(border.unwrap_or(0)).copied().unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(frames)
}

/// The upper left cell of the merged area that a cell lies in, or the cell itself.
pub fn corner(merges: &[Area], at: CellRef) -> CellRef {
    merges.iter().find(|area| area.holds(at)).map_or(at, |area| area.first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::fixture::{packed, roster_blank, roster_parts};

    #[test]
    fn a_part_is_one_sheet_however_often_it_is_named() {
        let often = format!("{}</sheets>", "<sheet name=\"又\" sheetId=\"6\" r:id=\"rId1\"/>".repeat(3_000));
        let mut parts = roster_parts();
        parts.iter_mut().for_each(|(name, text)| {
            if name == "xl/workbook.xml" {
                *text = text.replace("</sheets>", &often);
            }
        });
        let as_it_is = look(&roster_blank(), "空白表").expect("an xlsx");
        assert_eq!(look(&packed(&parts), "空白表").expect("an xlsx"), as_it_is, "a part that is named again is passed over");
    }
}
