//! The parts around a filled sheet: copied as they lie, but for those that speak of its places.

use std::collections::HashMap;
use std::io::{Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::Result;
use crate::sheet::fault::Fault;
use crate::sheet::package::{Outline, Package, relations_part};
use crate::sheet::place::{Area, LAST_ROW};
use crate::sheet::read::Epoch;
use crate::sheet::xml::{Pieces, Tag, Token};

use super::blank::LARGEST_PART;
use super::cell::{DayForm, escape_plain};
use super::leaf::LeafPart;
use super::patch::patch;
use super::restate::{Fills, restate};
use super::rules::{Rules, put_attribute};
use super::target::{lost, zip_lost};

/// What becomes of parts that are not copied as they lie, by their place in the zip.
pub(super) struct Changes {
    parts: HashMap<usize, Option<Vec<u8>>>,
}

/// Finds out which parts change when the sheet in `part` is filled; `computed` says that it has formulas.
pub(super) fn changes<R: Read + Seek>(
    package: &mut Package<R>,
    outline: &Outline,
    part: &str,
    rules: &Rules<'_>,
    computed: bool,
) -> Result<Changes, Fault> {
    let mut changes = Changes { parts: HashMap::new() };
    if !rules.moved.is_none() {
        changes.hangers(package, part, rules)?;
    }
    let about = Rules::about(rules.sheet, rules.moved);
    let computed = changes.mentions(package, outline, part, &about)? || computed;
    changes.workbook(package, outline, &about, computed)?;
    if computed {
        changes.drop_chain(package, outline)?;
    }
    Ok(changes)
}

impl Changes {
    /// Moves what hangs on the sheet: drawings, remarks, tables.
    fn hangers<R: Read + Seek>(&mut self, package: &mut Package<R>, part: &str, rules: &Rules<'_>) -> Result<(), Fault> {
        for relation in package.relations(part)? {
            if matches!(relation.kind.as_str(), "drawing" | "comments" | "vmlDrawing" | "table" | "threadedComment" | "threadedComments") {
                self.rewrite(package, &relation.target, |old, new| patch(old, rules, &[], new))?;
            }
        }
        Ok(())
    }

    /// Rewrites what refers to the sheet by its name; says whether formulas of other sheets do.
    fn mentions<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
        outline: &Outline,
        part: &str,
        about: &Rules<'_>,
    ) -> Result<bool, Fault> {
        let mut computed = false;
        for leaf in outline.leaves.iter().filter(|leaf| leaf.part != part) {
            let Some(document) = package.part(&leaf.part, LARGEST_PART)?.filter(|document| mentioned(document, about.sheet)) else {
                continue;
            };
            let sheet = LeafPart::parse(&document)?;
            let formulas = sheet.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.formula.as_ref());
            let refers = formulas.map(|formula| formula.text.to_lowercase()).any(|text| text.contains(&quoted(about.sheet)));
            computed |= refers;
            self.rewrite(package, &leaf.part, |_, new| other_leaf(&sheet, refers, about, new))?;
        }
        let charts: Vec<String> = package.names_under("xl/charts/").filter(|name| name.ends_with(".xml")).collect();
        for chart in charts {
            let document = package.part(&chart, LARGEST_PART)?.unwrap_or_default();
            if mentioned(&document, about.sheet) {
                self.rewrite(package, &chart, |old, new| patch(old, about, &[], new))?;
            }
        }
        Ok(computed)
    }

    fn workbook<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
        outline: &Outline,
        about: &Rules<'_>,
        computed: bool,
    ) -> Result<(), Fault> {
        self.rewrite(package, &outline.part, |old, new| {
            let mut named = Vec::with_capacity(old.len());
            patch(old, about, &[], &mut named)?;
            if computed {
                return recalculated(&named, new);
            }
            new.extend_from_slice(&named);
            Ok(())
        })
    }

    /// Leaves out the calculation chain, and what points to it.
    fn drop_chain<R: Read + Seek>(&mut self, package: &mut Package<R>, outline: &Outline) -> Result<(), Fault> {
        let Some(chain) = outline.related("calcChain") else { return Ok(()) };
        let Some(index) = package.index(chain) else { return Ok(()) };
        self.parts.insert(index, None);
        let name = format!("/{chain}");
        let listed = |tag: &Tag<'_>| tag.name == b"Override" && tag.value("PartName").is_some_and(|part| part.eq_ignore_ascii_case(&name));
        self.rewrite(package, "[Content_Types].xml", |old, new| without(old, listed, new))?;
        let related = |tag: &Tag<'_>| tag.name == b"Relationship" && tag.value("Type").is_some_and(|kind| kind.ends_with("/calcChain"));
        self.rewrite(package, &relations_part(&outline.part), |old, new| without(old, related, new))
    }

    /// Notes a part's new bytes where they differ from the old.
    fn rewrite<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
        part: &str,
        change: impl FnOnce(&[u8], &mut Vec<u8>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (Some(index), Some(old)) = (package.index(part), package.part(part, LARGEST_PART)?) else { return Ok(()) };
        let mut new = Vec::with_capacity(old.len() + 64);
        change(&old, &mut new)?;
        if new != old {
            self.parts.insert(index, Some(new));
        }
        Ok(())
    }

    /// Writes the zip in the order of the blank; `leaf` writes the part at `filled`, about `size` bytes long.
    pub(super) fn write<R: Read + Seek, W: Write + Seek>(
        &self,
        package: &mut Package<R>,
        out: W,
        filled: usize,
        size: u64,
        mut leaf: impl FnMut(&mut ZipWriter<W>) -> Result<()>,
    ) -> Result<()> {
        let mut zip = ZipWriter::new(out);
        for index in 0..package.zip.len() {
            let entry = package.zip.by_index_raw(index).map_err(zip_lost)?;
            let change = self.parts.get(&index);
            if index != filled && change.is_none() {
                zip.raw_copy_file(entry).map_err(zip_lost)?;
                continue;
            }
            let name = entry.name().map_err(zip_lost)?.into_owned();
            let options =
                entry.last_modified().map_or_else(SimpleFileOptions::default, |time| SimpleFileOptions::default().last_modified_time(time));
            drop(entry);
            if let Some(None) = change {
                continue;
            }
            let level = if size > 16 << 20 { 3 } else { 6 };
            let options = options.compression_method(CompressionMethod::Deflated).compression_level(Some(level));
            zip.start_file(name, options.large_file(index == filled && size > u64::from(u32::MAX))).map_err(zip_lost)?;
            match change {
                Some(Some(bytes)) => zip.write_all(bytes).map_err(lost)?,
                _ => leaf(&mut zip)?,
            }
        }
        zip.finish().map_err(zip_lost)?;
        Ok(())
    }
}

/// Writes another sheet whose formulas or lists refer to the filled one.
fn other_leaf(sheet: &LeafPart<'_>, refers: bool, about: &Rules<'_>, into: &mut Vec<u8>) -> Result<(), Fault> {
    patch(&sheet.before, about, &[], into)?;
    if refers {
        let fills = Fills::new(sheet, &[], &DayForm::Real, Epoch::Year1900);
        restate(sheet, 1..LAST_ROW + 1, about, &fills, into).map_err(Fault::Caller)?;
    } else {
        sheet.rows_as_they_lie(into);
    }
    patch(&sheet.after, about, &[], into)
}

/// Says whether a part's bytes hold the sheet's name.
fn mentioned(document: &[u8], sheet: &str) -> bool {
    let mut name = Vec::new();
    escape_plain(&sheet.replace('\'', "''"), &mut name);
    memchr::memmem::find(document, &name).is_some()
}

/// A sheet's name as formulas spell it, in lower case.
fn quoted(sheet: &str) -> String {
    sheet.replace('\'', "''").to_lowercase()
}

/// Copies a part without the elements that `goes` picks.
fn without(document: &[u8], goes: impl Fn(&Tag<'_>) -> bool, into: &mut Vec<u8>) -> Result<(), Fault> {
    let mut pieces = Pieces::new(document);
    let mut skip: Option<Vec<u8>> = None;
    while let Some(piece) = pieces.next()? {
        match (&skip, piece.token) {
            (Some(name), Token::Close(end)) if end == name.as_slice() => skip = None,
            (Some(_), _) => {}
            (None, Token::Open(tag)) if goes(&tag) => skip = (!tag.empty).then(|| tag.name.to_vec()),
            (None, _) => into.extend_from_slice(piece.raw),
        }
    }
    Ok(())
}

/// Asks for a full calculation when the workbook is opened.
fn recalculated(document: &[u8], into: &mut Vec<u8>) -> Result<(), Fault> {
    let mut pieces = Pieces::new(document);
    let (mut done, mut after) = (false, None);
    while let Some(piece) = pieces.next()? {
        match piece.token {
            Token::Open(tag) if tag.name == b"calcPr" => {
                done = true;
                let begin = piece.raw.get(..piece.raw.len() - tag.attributes.len() - if tag.empty { 2 } else { 1 }).unwrap_or_default();
                into.extend_from_slice(begin);
                super::rules::copy_attributes(tag.attributes, &["fullCalcOnLoad"], into);
                put_attribute(b"fullCalcOnLoad", "1", into);
                into.extend_from_slice(if tag.empty { b"/>" } else { b">" });
                continue;
            }
            // Schema order: sheets, functionGroups, externalReferences, definedNames, calcPr.
            Token::Close(b"sheets" | b"functionGroups" | b"externalReferences" | b"definedNames") => {
                after = Some((into.len() + piece.raw.len(), super::patch::prefix_of(piece.raw).to_vec()));
            }
            _ => {}
        }
        into.extend_from_slice(piece.raw);
    }
    if let (false, Some((at, prefix))) = (done, after) {
        into.splice(at..at, [b"<", prefix.as_slice(), b"calcPr fullCalcOnLoad=\"1\"/>"].concat());
    }
    Ok(())
}

/// Reads the merged areas from what stands after a sheet's rows.
pub(super) fn merges(after: &[u8]) -> Vec<Area> {
    let mut pieces = Pieces::new(after);
    let mut areas = Vec::new();
    while let Ok(Some(piece)) = pieces.next() {
        if let Token::Open(tag) = piece.token
            && tag.name == b"mergeCell"
        {
            areas.extend(tag.value("ref").and_then(|area| Area::parse(&area)));
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recalculating(xml: &str) -> String {
        let mut out = Vec::new();
        recalculated(xml.as_bytes(), &mut out).expect("sound XML");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_workbook_is_told_to_calculate_where_the_schema_wants_it() {
        for (xml, wanted) in [
            (
                "<workbook><sheets/><calcPr calcId=\"1\"/></workbook>",
                "<workbook><sheets/><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/></workbook>",
            ),
            ("<w><calcPr fullCalcOnLoad='0'></calcPr></w>", "<w><calcPr fullCalcOnLoad=\"1\"></calcPr></w>"),
            (
                "<x:w><x:sheets></x:sheets><x:definedNames></x:definedNames><x:e/></x:w>",
                "<x:w><x:sheets></x:sheets><x:definedNames></x:definedNames><x:calcPr fullCalcOnLoad=\"1\"/><x:e/></x:w>",
            ),
        ] {
            assert_eq!(recalculating(xml), wanted, "{xml}");
        }
    }

    #[test]
    fn elements_are_left_out_whole() {
        let mut out = Vec::new();
        without(b"<T><O a=\"1\"/><O a=\"2\"><i/></O><P/></T>", |tag| tag.name == b"O" && tag.raw("a") == Some(b"2"), &mut out)
            .expect("sound XML");
        assert_eq!(out, b"<T><O a=\"1\"/><P/></T>", "with what they hold");
    }
}
