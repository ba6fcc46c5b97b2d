//! The parts of a workbook's zip: found by their relations, inflated within caps.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::fault::Fault;
use super::xml::{Pieces, Token};

/// Most entries a workbook may have.
const MOST_ENTRIES: usize = 4_000;

/// A workbook's zip.
pub(crate) struct Package<R> {
    pub(crate) zip: ZipArchive<R>,
    names: HashMap<String, usize>,
}

/// A relation from one part to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of the relation's type: `worksheet`, `drawing`, `styles`.
    pub(crate) kind: String,
    /// The part's full name inside the zip.
    pub(crate) target: String,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// The part that holds it.
    pub(crate) part: String,
}

/// What `workbook.xml` says of its sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The part that holds the workbook itself.
    pub(crate) part: String,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) year_1904: bool,
    pub(crate) relations: Vec<Relation>,
}

impl Outline {
    /// Finds the one part that the workbook relates to by this kind.
    pub(crate) fn related(&self, kind: &str) -> Option<&str> {
        self.relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    }
}

impl<R: Read + Seek> Package<R> {
    /// Opens a zip; refuses one without a directory or with too many entries.
    pub(crate) fn open(source: R) -> Result<Self, Fault> {
        let zip = ZipArchive::new(source)?;
        if zip.len() > MOST_ENTRIES {
            return Err(Fault::TooBig("部件数"));
        }
        let names = zip.file_names_raw().map(|name| folded(&String::from_utf8_lossy(name))).zip(0..).collect();
        Ok(Self { zip, names })
    }

    /// Says whether there is a part of this name; case and the kind of slash do not count.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&folded(name))
    }

    /// Says whether any part's name begins so.
    pub(crate) fn has_under(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// Lists the parts whose names begin so, folded to lower case.
    pub(crate) fn names_under(&self, folder: &str) -> impl Iterator<Item = String> {
        self.names.keys().filter(move |name| name.starts_with(folder)).cloned()
    }

    /// Gives the place of a part in the zip's directory.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.names.get(&folded(name)).copied()
    }

    /// Opens a part as a stream that fails with `FileTooLarge` once it gives more than `most` bytes.
    pub(crate) fn stream(&mut self, name: &str, most: u64) -> Result<Option<Metered<ZipFile<'_, R>>>, Fault> {
        let Some(index) = self.index(name) else { return Ok(None) };
        Ok(Some(Metered { source: self.zip.by_index(index)?, left: most }))
    }

    /// Reads a part into memory.
    pub(crate) fn part(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Some(mut stream) = self.stream(name, most)? else { return Ok(None) };
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Reads the relations of a part (`""` is the package itself); none where it has none.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let file = relations_part(part);
        let bytes = self.part(&file, 4 << 20)?.unwrap_or_default();
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut pieces = Pieces::new(&bytes);
        let mut relations = Vec::new();
        while let Some(piece) = pieces.next()? {
            let Token::Open(tag) = piece.token else { continue };
            let external = tag.raw("TargetMode").is_some_and(|mode| mode == b"External");
            let (Some(id), Some(kind), Some(target), false) = (tag.value("Id"), tag.value("Type"), tag.value("Target"), external) else {
                continue;
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id: id.into_owned(), kind, target: resolve(folder, &target) });
        }
        Ok(relations)
    }

    /// Reads which sheets the workbook has and where they are.
    pub(crate) fn outline(&mut self) -> Result<Outline, Fault> {
        let root = self.relations("")?;
        let named = root.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
        let part = named.filter(|part| self.has(part)).unwrap_or_else(|| "xl/workbook.xml".into());
        let bytes = self.part(&part, 16 << 20)?.ok_or_else(|| self.stranger())?;
        if memchr::memmem::find(&bytes, b"<w:document").is_some() {
            return Err(self.stranger());
        }
        let relations = self.relations(&part)?;
        outline(part, &bytes, relations)
    }

    /// Says what a zip without a workbook is.
    fn stranger(&self) -> Fault {
        if self.has_under("word/") {
            Fault::Said("是 Word 文档，不是表格", "请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 后再导入。")
        } else if self.has("xl/workbook.bin") || self.has("content.xml") {
            Fault::Said("是本软件不读的表格格式（.xlsb 或 .ods）", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。")
        } else {
            Fault::Said("是压缩包，不是表格", "请先解压，再选择其中的表格文件。")
        }
    }
}

fn outline(part: String, bytes: &[u8], relations: Vec<Relation>) -> Result<Outline, Fault> {
    let mut outline = Outline { part, relations, ..Outline::default() };
    let mut parts = HashSet::new();
    let mut pieces = Pieces::new(bytes);
    while let Some(piece) = pieces.next()? {
        let Token::Open(tag) = piece.token else { continue };
        match tag.name {
            b"workbookPr" => outline.year_1904 = matches!(tag.raw("date1904"), Some(b"1" | b"true")),
            b"sheet" => {
                let id = tag.attributes().find(|(name, _)| name.ends_with(b":id")).map(|(_, id)| String::from_utf8_lossy(id));
                let target =
                    outline.relations.iter().find(|relation| Some(relation.id.as_str()) == id.as_deref() && relation.kind == "worksheet");
                let (Some(target), Some(name)) = (target, tag.value("name")) else { continue };
                // A part holds one sheet: a list that names it thousands of times would have it read as often.
                if !parts.insert(target.target.clone()) {
                    continue;
                }
                let hidden = matches!(tag.raw("state"), Some(b"hidden" | b"veryHidden"));
                outline.leaves.push(Leaf { name: name.into_owned(), hidden, part: target.target.clone() });
            }
            _ => {}
        }
    }
    Ok(outline)
}

/// The part that holds another part's relations.
pub(crate) fn relations_part(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (folder, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target.as_str()),
    };
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// A stream that counts what it gives: the only size that can be trusted.
pub(crate) struct Metered<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_against_the_folder_of_their_part() {
        for (folder, target, wanted) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml"),
            ("xl", "..\\..\\..\\etc", "etc"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolve(folder, target), wanted, "{target} seen from {folder}");
        }
        assert_eq!(relations_part("xl/workbook.xml"), "xl/_rels/workbook.xml.rels", "relations stand beside their part");
        assert_eq!(relations_part(""), "_rels/.rels", "the package has relations of its own");
    }
}
