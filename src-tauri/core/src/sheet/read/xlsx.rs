//! Workbooks in the zip format (.xlsx, .xlsm, .xltx).

use std::io::BufReader;

use crate::sheet::fault::Fault;
use crate::sheet::package::{Outline, Package};
use crate::sheet::place::Area;

use super::cells::Epoch;
use super::input::Input;
use super::scan::{Context, Each, scan};
use super::strings::Strings;
use super::styles::Formats;
use super::{Caps, SheetName};

pub(super) struct Xlsx {
    package: Package<BufReader<Input>>,
    outline: Outline,
    caps: Caps,
    formats: Formats,
    strings: Option<Strings>,
    merges: Vec<Option<Vec<Area>>>,
}

impl Xlsx {
    pub(super) fn open(file: Input, caps: &Caps) -> Result<Self, Fault> {
        let mut package = Package::open(BufReader::new(file))?;
        let outline = package.outline()?;
        if outline.leaves.is_empty() {
            return Err(Fault::Said("里没有工作表", "请确认选对了文件，再重新导入。"));
        }
        let styles = match outline.related("styles") {
            Some(part) => package.stream(part, caps.part)?,
            None => None,
        };
        let formats = styles.map(Formats::read).transpose()?.unwrap_or_default();
        let merges = outline.leaves.iter().map(|_| None).collect();
        Ok(Self { package, outline, caps: *caps, formats, strings: None, merges })
    }

    pub(super) fn sheets(&self) -> Vec<SheetName> {
        self.outline.leaves.iter().map(|leaf| SheetName { name: leaf.name.clone(), hidden: leaf.hidden }).collect()
    }

    pub(super) fn notes(&self) -> Vec<&'static str> {
        let macros = self.package.has("xl/vbaProject.bin").then_some("文件带有宏，已忽略，不会运行。");
        let links = self.package.has_under("xl/externallinks/").then_some("文件引用了别的工作簿，取的是上次保存时的结果。");
        macros.into_iter().chain(links).collect()
    }

    pub(super) fn rows(&mut self, sheet: usize, each: &mut Each<'_>) -> Result<(), Fault> {
        let strings = match self.strings.take() {
            Some(strings) => strings,
            None => self.read_strings()?,
        };
        let read = self.scan(sheet, &strings, each);
        self.strings = Some(strings);
        if let (Some(merges), Some(known)) = (read?, self.merges.get_mut(sheet)) {
            *known = Some(merges);
        }
        Ok(())
    }

    fn scan(&mut self, sheet: usize, strings: &Strings, each: &mut Each<'_>) -> Result<Option<Vec<Area>>, Fault> {
        let epoch = if self.outline.year_1904 { Epoch::Year1904 } else { Epoch::Year1900 };
        let context = Context { strings, formats: &self.formats, epoch, most_cells: self.caps.cells };
        let part = self.outline.leaves.get(sheet).map(|leaf| leaf.part.as_str()).unwrap_or_default();
        let source = self.package.stream(part, self.caps.sheet)?.ok_or(Fault::Broken("工作表"))?;
        scan(source, &context, each)
    }

    fn read_strings(&mut self) -> Result<Strings, Fault> {
        let Some(part) = self.outline.related("sharedStrings") else { return Ok(Strings::default()) };
        let source = self.package.stream(part, self.caps.sheet)?;
        Ok(source.map(|source| Strings::read(source, self.caps.strings)).transpose()?.unwrap_or_default())
    }

    pub(super) fn merges(&mut self, sheet: usize) -> Result<Vec<Area>, Fault> {
        if self.merges.get(sheet).is_some_and(Option::is_none) {
            self.rows(sheet, &mut |_| Ok(std::ops::ControlFlow::Continue(())))?;
        }
        Ok(self.merges.get(sheet).cloned().flatten().unwrap_or_default())
    }
}
