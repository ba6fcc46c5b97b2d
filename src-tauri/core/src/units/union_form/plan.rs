//! What each row of a sheet means among the unions that are there and the other rows: which union, under which, with what code.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::known::Known;
use super::level;
use super::line::Line;
use crate::error::Faults;
use crate::units::UnitLevel;

/// No tree of unions is deeper, so a sheet that is has its superiors wrong.
const DEEPEST: usize = 64;
/// The longest code that still leaves room for those below it.
const ROOM: usize = 26;

/// A union that a row means or names: one that is there, or one that comes with another row (by its place among the lines).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Is there.
    Known(i64),
    /// Comes with a row.
    Coming(usize),
}

/// What a row means.
#[derive(Debug, Clone, Default)]
pub struct Meaning {
    /// The union that it is about, where that is there.
    pub union: Option<i64>,
    /// The union above, where the row names another one than it has.
    pub above: Option<Target>,
    /// The code of a new union.
    pub code: String,
    /// The level of a new union.
    pub level: Option<UnitLevel>,
    /// What is wrong or doubtful about it.
    pub faults: Faults,
}

/// Finds out what all rows mean, each once, the ones above first.
pub struct Plan<'p> {
    known: &'p Known,
    lines: &'p [Line],
    office: Option<i64>,
    /// Rows by what others may call them.
    words: HashMap<&'p str, Vec<usize>>,
    found: Vec<Found>,
    codes: HashSet<String>,
    last: HashMap<String, u32>,
    first: HashMap<(Option<i64>, Option<Target>, &'p str), u32>,
}

#[derive(Debug, Clone)]
enum Found {
    NotYet,
    /// It is being looked at, so that whoever meets it again has gone round in a circle.
    Looking,
    Done(Meaning),
}

/// Unions that a name may mean.
#[derive(Default)]
struct Candidates {
    targets: BTreeSet<Target>,
    /// A row that leads back to where the search began.
    circle: Option<u32>,
}

impl<'p> Plan<'p> {
    /// Finds out what the rows mean, in their order. Rows that name no union above come under `office`.
    pub fn of(known: &'p Known, lines: &'p [Line], office: Option<i64>) -> Vec<Meaning> {
        let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            line.words().for_each(|word| words.entry(word).or_default().push(at));
        }
        words.values_mut().for_each(Vec::dedup);
        let given = lines.iter().flat_map(|line| [line.code.as_deref(), line.union_code.as_deref()]).flatten();
        let codes = known.codes().chain(given).map(str::to_owned).collect();
        let found = vec![Found::NotYet; lines.len()];
        let mut plan = Self { known, lines, office, words, found, codes, last: HashMap::new(), first: HashMap::new() };
        (0..lines.len()).map(|at| plan.look(at, 0).unwrap_or_default()).collect()
    }

    /// What a row means; nothing where it is being looked at.
    fn look(&mut self, at: usize, depth: usize) -> Option<Meaning> {
        match self.found.get(at)? {
            Found::Done(meaning) => return Some(meaning.clone()),
            Found::Looking => return None,
            Found::NotYet => {}
        }
        self.note(at, Found::Looking);
        let line = self.lines.get(at)?;
        let mut meaning = Meaning { union: self.by_own_mark(line), ..Meaning::default() };
        self.place(at, line, depth, &mut meaning);
        self.twice(line, &mut meaning);
        self.note(at, Found::Done(meaning.clone()));
        Some(meaning)
    }

    fn note(&mut self, at: usize, found: Found) {
        if let Some(place) = self.found.get_mut(at) {
            *place = found;
        }
    }

    /// The union that a row names by itself: by the hidden key, its code, or its own credit code.
    fn by_own_mark(&self, line: &Line) -> Option<i64> {
        let key = line.id.filter(|id| self.known.get(*id).is_some());
        key.or_else(|| line.code.as_deref().and_then(|code| self.known.coded(code)))
            .or_else(|| line.union_code.as_deref().and_then(|code| self.known.coded(code)))
    }

    /// Finds the union above, by it the union itself where it bears no mark, and what a new one gets from there.
    fn place(&mut self, at: usize, line: &Line, depth: usize, meaning: &mut Meaning) {
        if depth > DEEPEST {
            return wrong(&mut meaning.faults, format!("往上超过 {DEEPEST} 层"), "请核对各行的上级工会名称");
        }
        let candidates = self.candidates(at, line.parent.as_deref(), depth);
        if meaning.union.is_none() {
            self.by_name(line, &candidates, meaning);
        }
        if meaning.faults.refuse() {
            return;
        }
        meaning.above = self.above(at, line, &candidates, meaning);
        if meaning.union.is_none() && !meaning.faults.refuse() {
            self.found_new(line, meaning);
        }
    }

    /// The unions that the text may mean: open ones that are there, and other rows of the sheet.
    fn candidates(&mut self, at: usize, text: Option<&str>, depth: usize) -> Candidates {
        let mut found = Candidates::default();
        let Some(text) = text else {
            found.targets.extend(self.office.map(Target::Known));
            return found;
        };
        found.targets.extend(self.known.named(text).map(Target::Known));
        found.targets.extend(self.known.coded(text).map(Target::Known));
        for other in self.words.get(text).cloned().unwrap_or_default().into_iter().filter(|other| *other != at) {
            match self.look(other, depth + 1) {
                Some(meaning) => found.targets.extend([meaning.union.map_or(Target::Coming(other), Target::Known)]),
                None => found.circle = self.lines.get(other).map(|line| line.row),
            }
        }
        found
    }

    /// A union without a mark is the one of its name under the same union; the topmost of ours stands under one that is not ours.
    fn by_name(&self, line: &Line, candidates: &Candidates, meaning: &mut Meaning) {
        let parent = |id: &i64| self.known.get(*id).and_then(|union| union.parent);
        let under = |id: &i64| parent(id).is_some_and(|parent| candidates.targets.contains(&Target::Known(parent)));
        let anywhere = line.parent.is_none() && self.office.is_none();
        let lost = line.parent.is_some() && candidates.targets.is_empty() && candidates.circle.is_none();
        let top = |id: &i64| line.parent.is_none() && Some(*id) == self.office || (lost && parent(id).is_none());
        let fits = |id: &i64| anywhere || under(id) || top(id);
        let found: Vec<i64> = self.known.named(&line.name).filter(fits).filter(|id| self.known.in_office(*id)).collect();
        match found.as_slice() {
            [] => {}
            [one] => meaning.union = Some(*one),
            several => meaning.faults.error(
                "name",
                "工会名称",
                format!("台账里有 {} 个工会叫“{}”，分不清是哪一个", several.len(), line.name),
                "请填写它的统一社会信用代码（或在表里加一列“组织编号”），也可以在导入时指定上级所在的组织",
            ),
        }
    }

    /// The union above that a row names, where it is not the one that the union has already.
    fn above(&self, at: usize, line: &Line, candidates: &Candidates, meaning: &mut Meaning) -> Option<Target> {
        let own = meaning.union.map_or(Target::Coming(at), Target::Known);
        let now = meaning.union.and_then(|union| self.known.get(union));
        let has = now.and_then(|union| union.parent);
        let Some(text) = &line.parent else {
            return self.unnamed(now.is_some(), meaning);
        };
        if has.is_some_and(|has| candidates.targets.contains(&Target::Known(has))) {
            return None;
        }
        let others: Vec<Target> = candidates.targets.iter().copied().filter(|target| *target != own).collect();
        let near: Vec<Target> = others.iter().copied().filter(|target| self.is_near(*target)).collect();
        match (others.as_slice(), near.as_slice()) {
            ([one], _) | (_, [one]) => {
                self.sound(*one, text, &mut meaning.faults);
                Some(*one)
            }
            ([], _) => {
                self.missing(text, line, candidates, now.is_some() && has.is_none(), &mut meaning.faults);
                None
            }
            (several, _) => {
                let what = format!("有 {} 个工会叫“{text}”，分不清是哪一个", several.len());
                wrong(&mut meaning.faults, what, "请把上级工会改填为它的组织编号或统一社会信用代码，也可以在导入时指定上级所在的组织");
                None
            }
        }
    }

    fn is_near(&self, target: Target) -> bool {
        matches!(target, Target::Known(id) if self.known.in_office(id)) || (self.office.is_none() && matches!(target, Target::Coming(_)))
    }

    /// A row that names no union above.
    fn unnamed(&self, is_there: bool, meaning: &mut Meaning) -> Option<Target> {
        if is_there {
            return None;
        }
        if self.office.is_none() && !self.known.unions.is_empty() {
            wrong(&mut meaning.faults, "没有填写".into(), "请补填上级工会名称，或在导入时指定组织，没有写上级的都归到它下面");
        }
        let above = self.office.map(Target::Known)?;
        self.sound(above, "导入时指定的组织", &mut meaning.faults);
        Some(above)
    }

    /// Says why nothing goes by the name.
    fn missing(&self, text: &str, line: &Line, candidates: &Candidates, is_top: bool, faults: &mut Faults) {
        if let Some(row) = candidates.circle {
            return wrong(faults, format!("与第 {row} 行绕成了一圈，互为上级"), "请核对这几行的上级工会名称");
        }
        if is_top {
            return faults.warn("parent", "上级工会", format!("“{text}”不在本台账里，没有导入"), "本级工会的上级不在台账里是正常的");
        }
        if line.words().any(|word| word == text) {
            return wrong(faults, "填的是自己".into(), "请填写上一级工会的名称");
        }
        wrong(
            faults,
            format!("找不到“{text}”"),
            "请核对名称（要和台账里的工会名称，或本表中另一行的工会名称一致），或先登记这个上级工会，也可改填它的组织编号",
        );
    }

    /// A union cannot come under one that is closed, nor under one whose own row is left out.
    fn sound(&self, above: Target, text: &str, faults: &mut Faults) {
        let at = match above {
            Target::Known(id) if self.known.get(id).is_some_and(|union| !union.open) => {
                return wrong(faults, format!("“{text}”已经撤销"), "请改填接收它的工会，或现在的上级工会");
            }
            Target::Known(_) => return,
            Target::Coming(at) => at,
        };
        let (Some(line), Some(Found::Done(meaning))) = (self.lines.get(at), self.found.get(at)) else { return };
        if !line.sound || meaning.faults.refuse() {
            wrong(faults, format!("“{text}”在第 {} 行，那一行有误", line.row), "请先改正那一行");
        }
    }

    /// Gives a new union its level and its code.
    fn found_new(&mut self, line: &Line, meaning: &mut Meaning) {
        let above = meaning.above.and_then(|above| self.ranks(above));
        let level = line.level.or_else(|| level::of(line.kind.as_deref(), above.as_ref().map(|(_, above, _)| *above)));
        let Some(level) = level else {
            return meaning.faults.error(
                "level",
                "工会层级",
                "没有上级工会，得不出层级",
                "请在表里加一列“工会层级”，或先在台账里新建本级工会",
            );
        };
        if let Some((name, ..)) = above.as_ref().filter(|(_, above, _)| *above > level) {
            return outranked(name, &line.name, &mut meaning.faults);
        }
        meaning.level = Some(level);
        let given = line.code.clone().or_else(|| line.union_code.clone());
        meaning.code = given.unwrap_or_else(|| self.fresh(above.as_ref().map_or("", |(_, _, code)| code)));
    }

    /// Name, level and code of a union, where they are certain.
    fn ranks(&self, target: Target) -> Option<(String, UnitLevel, String)> {
        match target {
            Target::Known(id) => self.known.get(id).map(|union| (union.name.clone(), union.level, union.code.clone())),
            Target::Coming(at) => match (self.lines.get(at)?, self.found.get(at)?) {
                (line, Found::Done(meaning)) => Some((line.name.clone(), meaning.level?, meaning.code.clone())),
                _ => None,
            },
        }
    }

    /// A code under another union's, in use nowhere: its own, a hyphen, a number.
    fn fresh(&mut self, above: &str) -> String {
        let base: String = if above.is_empty() { "U".into() } else { above.chars().take(ROOM).collect() };
        let last = self.last.entry(base.clone()).or_default();
        loop {
            *last += 1;
            let code = format!("{base}-{:02}", *last);
            if self.codes.insert(code.clone()) {
                return code;
            }
        }
    }

    /// Two rows about one union are one too many.
    fn twice(&mut self, line: &'p Line, meaning: &mut Meaning) {
        if meaning.faults.refuse() {
            return;
        }
        let key = match meaning.union {
            Some(union) => (Some(union), None, ""),
            None => (None, meaning.above, line.name.as_str()),
        };
        let mark = line.union_code.as_deref().or(line.code.as_deref()).map(|code| (None, None, code));
        let met = [Some(key), mark].into_iter().flatten().filter_map(|key| self.first.insert(key, line.row)).min();
        if let Some(first) = met {
            meaning.faults.error("", "整行", format!("与第 {first} 行是同一个工会"), "请只保留一行");
        }
    }
}

/// A union stands under one of its own level or a higher one.
pub fn outranked(above: &str, name: &str, faults: &mut Faults) {
    wrong(faults, format!("“{above}”的层级比“{name}”低，不能做它的上级"), "请选择同级或更高层级的工会，或先改正工会类型、层级");
}

fn wrong(faults: &mut Faults, what: String, hint: &str) {
    faults.error("parent", "上级工会", what, hint);
}
