//! The Chinese fonts of the system: which one a letter is drawn with.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use fontdb::{Database, FaceInfo, ID, Source, Style};
use krilla::text::{Font, Tag};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

use crate::error::{Error, Result, file_error, refused};

/// The two kinds of type that a paper is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// 宋体: what is read.
    Song,
    /// 黑体: titles and heads.
    Hei,
}

impl Face {
    /// The families of its kind that Windows, Linux, macOS and the domestic systems bring, the best first.
    const fn families(self) -> &'static [&'static str] {
        match self {
            Self::Song => &[
                "SimSun",
                "宋体",
                "Noto Serif CJK SC",
                "Source Han Serif SC",
                "Source Han Serif CN",
                "Noto Serif SC",
                "方正书宋_GBK",
                "方正书宋简体",
                "CESI宋体-GB18030",
                "CESI宋体-GB2312",
                "CESI宋体-GB13000",
                "STSong",
                "Songti SC",
                "FangSong",
                "仿宋",
                "方正仿宋_GBK",
                "仿宋_GB2312",
                "CESI仿宋-GB2312",
                "STFangsong",
                "AR PL UMing CN",
            ],
            Self::Hei => &[
                "SimHei",
                "黑体",
                "Noto Sans CJK SC",
                "Source Han Sans SC",
                "Source Han Sans CN",
                "Noto Sans SC",
                "方正黑体_GBK",
                "CESI黑体-GB18030",
                "CESI黑体-GB2312",
                "CESI黑体-GB13000",
                "Microsoft YaHei",
                "PingFang SC",
                "Heiti SC",
                "STHeiti",
                "HarmonyOS Sans SC",
                "WenQuanYi Micro Hei",
                "WenQuanYi Zen Hei",
                "Droid Sans Fallback",
            ],
        }
    }

    /// Where a family comes in several weights: which.
    const fn weight(self) -> u16 {
        match self {
            Self::Song => 400,
            Self::Hei => 700,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Song => Self::Hei,
            Self::Hei => Self::Song,
        }
    }
}

/// What a font draws that is Chinese.
const SAMPLE: &str = "的一是工会志愿签到证明，。（）：";

/// A letter as a font draws it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Which of the opened fonts.
    pub font: usize,
    /// Its number in the font.
    pub id: u32,
    /// How wide it is, in em.
    pub advance: f32,
}

/// A font that letters are drawn with.
struct Opened {
    id: ID,
    font: Font,
    data: Bytes,
    index: u32,
    weight: u16,
}

type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The fonts that a paper is set in: each is read once, when the first letter asks for it.
pub struct Fonts {
    known: Database,
    opened: Vec<Opened>,
    of: HashMap<(Face, char), Glyph>,
    song: usize,
    hei: usize,
    undrawn: BTreeSet<char>,
}

impl Fonts {
    /// Finds the Chinese fonts of the system; refuses where there is none.
    pub fn of_system() -> Result<Self> {
        let mut known = Database::new();
        known.load_system_fonts();
        Self::among(known)
    }

    /// Picks the best of these fonts; refuses where none draws Chinese.
    pub fn among(known: Database) -> Result<Self> {
        let mut fonts = Self { known, opened: Vec::new(), of: HashMap::new(), song: 0, hei: 0, undrawn: BTreeSet::new() };
        fonts.song = fonts.main(Face::Song)?;
        fonts.hei = fonts.main(Face::Hei)?;
        Ok(fonts)
    }

    fn main(&mut self, face: Face) -> Result<usize> {
        let Some(id) = self.ranked(face).into_iter().find(|id| self.draws(*id, SAMPLE)) else {
            return refused(
                "这台电脑上没有中文字体，不能做出 PDF，没有写出文件。",
                "请安装一种中文字体（Windows 装“宋体”或“微软雅黑”；Linux 装 fonts-noto-cjk 或 fonts-wqy-microhei）后重试。",
            );
        };
        self.open(id, face)
    }

    /// Every upright font, the fittest for a kind of type first; the same machine gives the same order.
    fn ranked(&self, face: Face) -> Vec<ID> {
        let place = |info: &FaceInfo, face: Face| {
            let families = face.families();
            let known = |name: &str| families.iter().position(|family| family.eq_ignore_ascii_case(name));
            info.families.iter().filter_map(|(name, _)| known(name)).min().unwrap_or(families.len())
        };
        let mut faces: Vec<&FaceInfo> = self.known.faces().collect();
        faces.sort_by_cached_key(|info| {
            let weight = info.weight.0.abs_diff(face.weight());
            let slanted = info.style != Style::Normal;
            let ranks = (place(info, face), place(info, face.other()));
            (slanted, ranks, weight, info.monospaced, info.post_script_name.clone(), info.index)
        });
        faces.into_iter().map(|info| info.id).collect()
    }

    fn draws(&self, id: ID, letters: &str) -> bool {
        let drawn = self.known.with_face_data(id, |data, index| {
            let font = FontRef::from_index(data, index).ok()?;
            let outlined = font.glyf().is_ok() || font.cff().is_ok() || font.cff2().is_ok();
            let map = font.charmap();
            Some(outlined && letters.chars().all(|letter| map.map(letter).is_some_and(|glyph| glyph.to_u32() > 0)))
        });
        drawn.flatten().unwrap_or(false)
    }

    fn open(&mut self, id: ID, face: Face) -> Result<usize> {
        let weight = face.weight();
        if let Some(at) = self.opened.iter().position(|opened| opened.id == id && (opened.weight == weight || !opened.varies())) {
            return Ok(at);
        }
        let (source, index) = self.known.face_source(id).ok_or_else(|| Error::Bug("a font left the list".into()))?;
        let data: Bytes = match source {
            Source::Binary(data) | Source::SharedFile(_, data) => data,
            Source::File(path) => Arc::new(std::fs::read(&path).map_err(|source| file_error(&path, "读取字体", &source))?),
        };
        // A font of all weights stands at its thinnest unless it is told.
        let weights = if varies(data.as_ref().as_ref(), index) { vec![(Tag::new(b"wght"), f32::from(weight))] } else { Vec::new() };
        let font = Font::new_variable(Arc::clone(&data).into(), index, &weights);
        let font = font.ok_or_else(|| Error::Bug("a font that drew cannot be opened".into()))?;
        self.opened.push(Opened { id, font, data, index, weight });
        Ok(self.opened.len() - 1)
    }

    /// How a letter is drawn: in the paper's own type, in any other font that has it, or as an empty box.
    pub(super) fn glyph(&mut self, face: Face, letter: char) -> Result<Glyph> {
        if let Some(glyph) = self.of.get(&(face, letter)) {
            return Ok(*glyph);
        }
        let glyph = self.find(face, letter)?;
        self.of.insert((face, letter), glyph);
        Ok(glyph)
    }

    fn find(&mut self, face: Face, letter: char) -> Result<Glyph> {
        let main = if face == Face::Song { self.song } else { self.hei };
        let mut order = std::iter::once(main).chain(0..self.opened.len());
        if let Some(glyph) = order.find_map(|at| self.in_font(at, letter)) {
            return Ok(glyph);
        }
        let letters = letter.to_string();
        if let Some(id) = self.ranked(face).into_iter().find(|id| self.draws(*id, &letters)) {
            let at = self.open(id, face)?;
            return self.in_font(at, letter).ok_or_else(|| Error::Bug("a font lost a letter".into()));
        }
        self.undrawn.insert(letter);
        Ok(self.in_font(main, '□').unwrap_or(Glyph { font: main, id: 0, advance: 1.0 }))
    }

    pub(super) fn in_font(&self, at: usize, letter: char) -> Option<Glyph> {
        let opened = self.opened.get(at)?;
        let font = FontRef::from_index(opened.data.as_ref().as_ref(), opened.index).ok()?;
        let glyph = font.charmap().map(letter).filter(|glyph| glyph.to_u32() > 0)?;
        let location = font.axes().location(opened.varies().then_some(("wght", f32::from(opened.weight))));
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::from(&location));
        Some(Glyph { font: at, id: glyph.to_u32(), advance: metrics.advance_width(glyph).unwrap_or(1.0) })
    }

    #[cfg(test)]
    pub(super) fn any_draws(&self, letter: char) -> bool {
        self.known.faces().any(|info| self.draws(info.id, &letter.to_string()))
    }

    /// An opened font.
    pub(super) fn font(&self, at: usize) -> Option<&Font> {
        self.opened.get(at).map(|opened| &opened.font)
    }

    /// How many different letters no font here can draw.
    pub(super) fn undrawn(&self) -> usize {
        self.undrawn.len()
    }
}

impl Opened {
    fn varies(&self) -> bool {
        varies(self.data.as_ref().as_ref(), self.index)
    }
}

fn varies(data: &[u8], index: u32) -> bool {
    FontRef::from_index(data, index).is_ok_and(|font| font.axes().get_by_tag(skrifa::Tag::new(b"wght")).is_some())
}
