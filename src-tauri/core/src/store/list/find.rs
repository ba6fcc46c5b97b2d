//! One box to search with: what is typed says where to look.

use rusqlite::{Row, params_from_iter};

use super::condition::Condition;
use super::index::{Index, of_table};
use super::path::Path;
use super::scan::Scan;
use super::set::IdSet;
use super::sort::{Sort, Spot};
use crate::error::{Error, Result};
use crate::record::{Cell, Kind, Table};
use crate::store::Db;
use crate::store::search::{holds, match_of, words};
use crate::text::half_width;

/// A search, made out for one table.
#[derive(Debug)]
pub struct Search {
    /// The way to the searched table.
    pub path: Path,
    sources: Vec<Source>,
    words: Vec<String>,
    /// The statement that says of one row whether it is a hit.
    each: Condition,
    /// The statement that reads the searched texts of a row.
    texts: String,
}

/// One place to look at; its hits come in the order of an index.
#[derive(Debug)]
struct Source {
    scan: Scan,
    /// The condition on the searched rows `p`; none for the grams, whose hits only the search table knows.
    own: Option<Condition>,
    all: Condition,
}

impl Search {
    /// Makes out what was typed: a letter beyond ASCII looks for parts of texts; a Latin letter for pinyin, initials and keys first;
    /// a digit for the last four of a phone, a whole phone or a key. Refuses a table that no search looks into.
    pub fn new(db: &Db<'_>, table: &'static Table, typed: &str) -> Result<Self> {
        let path = Path::to_searched(db.registry(), table);
        let path = path.ok_or_else(|| Error::Usage(format!("“{}”没有可以搜索的内容", table.label)))?;
        let typed: String = typed.chars().map(half_width).collect();
        let words = words(&typed);
        let indexes = of_table(db, path.end.name)?;
        let columns = if words.is_empty() { Vec::new() } else { columns(path.end, typed.trim()) };
        let mut sources: Vec<Source> = Vec::new();
        for column in columns {
            let before = earlier(&sources);
            sources.push(column.source(path.end, &indexes, before));
        }
        if let Some(pattern) = match_of(&typed) {
            let before = earlier(&sources);
            sources.push(grams(path.end, pattern, before));
        }
        let (each, texts) = (each(&path, &sources), texts_of(path.end));
        Ok(Self { path, sources, words, each, texts })
    }

    /// How many places there are to look at.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Gives the next hits of one source, as the searched table's ids; a hit of an earlier source is none of it.
    /// The second answer is where the next batch begins; none where there is no more.
    pub fn batch(&self, db: &Db<'_>, source: usize, after: Option<&Spot>, size: usize) -> Result<(Vec<Spot>, Option<Spot>)> {
        let Some(source) = self.sources.get(source) else { return Ok((Vec::new(), None)) };
        let batch = source.scan.batch(db, after, size)?;
        let next = batch.last().filter(|_| batch.len() == size).map(|last| last.spot.clone());
        let mut spots = Vec::with_capacity(batch.len());
        for candidate in batch {
            if source.own.is_some() || self.is_true_hit(db, candidate.spot.key.first())? {
                spots.push(candidate.spot);
            }
        }
        Ok((spots, next))
    }

    /// Gives the ids of the searched table's first hits.
    pub fn first(&self, db: &Db<'_>, wanted: usize) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        for source in 0..self.len() {
            let mut after = None;
            loop {
                let (spots, next) = self.batch(db, source, after.as_ref(), wanted)?;
                found.extend(spots.iter().map(|spot| spot.key.first()).take(wanted - found.len()));
                if found.len() == wanted {
                    return Ok(found);
                }
                after = next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Gives all hits, as values of the way's first column.
    pub fn all(&self, db: &Db<'_>) -> Result<IdSet> {
        let mut hits = IdSet::default();
        for source in &self.sources {
            let sql = format!("SELECT {} FROM {}{}", source.scan.sort.key_sql(), source.scan.from, source.all.clause());
            let found = db.rows(&sql, params_from_iter(&source.all.cells), |row| row.get::<_, i64>(0))?;
            for id in found {
                if source.own.is_some() || self.is_true_hit(db, id)? {
                    hits.insert(id);
                }
            }
        }
        if self.path.hops.len() < 2 { Ok(hits) } else { below(db, &self.path.rest(), &hits) }
    }

    /// Says whether a row is a hit, by its value of the way's first column.
    pub fn hits(&self, db: &Db<'_>, through: i64) -> Result<bool> {
        let cells = self.each.cells.iter().cloned().chain([Cell::Int(through)]);
        let rows =
            db.rows(&self.each.sql, params_from_iter(cells), |row| Ok(row.get::<_, bool>(0)? || holds(&self.words, &texts(row, 1)?)))?;
        Ok(self.len() > 0 && rows.contains(&true))
    }

    /// The lines of the query plans of the sources.
    pub fn explain(&self, db: &Db<'_>) -> Result<Vec<String>> {
        let lines = self.sources.iter().map(|source| source.scan.explain(db, None)).collect::<Result<Vec<_>>>()?;
        Ok(lines.concat())
    }

    /// The grams know only pairs, so hits of three letters and more are compared with the texts themselves.
    fn is_true_hit(&self, db: &Db<'_>, id: i64) -> Result<bool> {
        if self.words.iter().all(|word| word.chars().count() < 3) {
            return Ok(true);
        }
        let rows = db.rows(&self.texts, [id], |row| texts(row, 0))?;
        Ok(rows.iter().any(|texts| holds(&self.words, texts)))
    }
}

/// Says of one row of the way whether a column hits, and gives its texts for the rest.
fn each(path: &Path, sources: &[Source]) -> Condition {
    let owns: Vec<_> = sources.iter().filter_map(|source| source.own.clone()).collect();
    let own = if owns.is_empty() { Condition::new("0", []) } else { Condition::any(owns) };
    let (from, id) = path.up();
    let texts: String = path.end.searched().map(|field| format!(", p.{}", field.name)).collect();
    Condition::new(format!("SELECT ({}) IS TRUE{texts} FROM {from} WHERE {id}", own.sql), own.cells)
}

fn texts_of(table: &Table) -> String {
    let texts = table.searched().map(|field| field.name).collect::<Vec<_>>().join(", ");
    format!("SELECT {texts} FROM {} WHERE id = ?1", table.name)
}

fn texts(row: &Row<'_>, from: usize) -> rusqlite::Result<Vec<Option<String>>> {
    (from..row.as_ref().column_count()).map(|at| row.get(at)).collect()
}

/// The ids of a way's beginning that hang on rows of its end.
pub fn below(db: &Db<'_>, path: &Path, ends: &IdSet) -> Result<IdSet> {
    let (from, end) = path.down();
    let sql = format!("SELECT t.id FROM {from} WHERE {end}");
    let mut found = IdSet::default();
    for id in ends.sorted() {
        db.rows(&sql, [id], |row| row.get(0))?.into_iter().for_each(|id| found.insert(id));
    }
    Ok(found)
}

/// A column to look at, with its condition on the rows `p`; rows of one value stand in the order of ids where it fixes the value.
#[derive(Debug)]
struct Column {
    name: &'static str,
    condition: Condition,
    fixed: bool,
}

impl Column {
    fn prefix(name: &'static str, typed: &str) -> Self {
        let cells = [Cell::Text(typed.into()), Cell::Text(format!("{typed}\u{10ffff}"))];
        Self { name, condition: Condition::new(format!("p.{name} >= ? AND p.{name} < ?"), cells), fixed: false }
    }

    fn source(self, table: &Table, indexes: &[Index], before: Condition) -> Source {
        let index = indexes.iter().find(|index| index.is_only(self.name)).map(|index| format!(" INDEXED BY {}", index.name));
        let from = format!("{} AS p{}", table.name, index.unwrap_or_default());
        let sort = if self.fixed { Sort::by("p", &[], "id") } else { Sort::by("p", &[self.name], "id") };
        let scan = Scan { from, base: self.condition.clone().and(before), sort, through: None, walks: true };
        Source { scan, all: self.condition.clone(), own: Some(self.condition) }
    }
}

fn columns(table: &'static Table, typed: &str) -> Vec<Column> {
    match typed.chars().find(|letter| letter.is_alphanumeric()) {
        Some(first) if first.is_ascii_digit() => by_digits(table, typed),
        Some(first) if first.is_ascii_alphabetic() => by_letters(table, typed),
        _ => Vec::new(),
    }
}

fn by_letters(table: &'static Table, typed: &str) -> Vec<Column> {
    let folded: String = typed.chars().flat_map(char::to_lowercase).map(plain).filter(char::is_ascii_alphanumeric).collect();
    let computed = ["pinyin", "initials"].into_iter().filter_map(|function| computed(table, function));
    computed.map(|(own, _)| Column::prefix(own, &folded)).chain(by_key(table, typed)).collect()
}

/// Four digits are the last of a phone, eleven a whole one; keys are looked up from the fifth digit on where there are phones.
fn by_digits(table: &'static Table, typed: &str) -> Vec<Column> {
    let digits: String = typed.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let Some((own, field)) = computed(table, "tail") else { return by_key(table, &digits) };
    let last: String = digits.chars().skip(digits.chars().count().saturating_sub(4)).collect();
    let tail = |sql: String, cells: Vec<Cell>| Column { name: own, condition: Condition::new(sql, cells), fixed: true };
    let phone = match digits.chars().count() {
        4 => Some(tail(format!("p.{own} = ?"), vec![Cell::Text(last)])),
        11 => Some(tail(format!("p.{own} = ? AND p.{field} = ?"), vec![Cell::Text(last), Cell::Text(digits.clone())])),
        _ => None,
    };
    let key = if digits.chars().count() > 4 { by_key(table, &digits) } else { Vec::new() };
    phone.into_iter().chain(key).collect()
}

/// Keys are written in capitals or as typed.
fn by_key(table: &'static Table, typed: &str) -> Vec<Column> {
    let fields = table.key.iter().filter_map(|key| table.field(key)).filter(|field| field.kind == Kind::Text);
    let capitals = typed.to_ascii_uppercase();
    let spellings = if capitals == typed { vec![capitals] } else { vec![capitals, typed.to_owned()] };
    fields.flat_map(|field| spellings.iter().map(|typed| Column::prefix(field.name, typed)).collect::<Vec<_>>()).collect()
}

/// Input methods write ü as v.
fn plain(letter: char) -> char {
    if letter == 'ü' { 'v' } else { letter }
}

fn computed(table: &Table, function: &str) -> Option<(&'static str, &'static str)> {
    table.computed.iter().find(|computed| computed.function == function).map(|computed| (computed.own, computed.field))
}

fn grams(table: &Table, pattern: String, before: Condition) -> Source {
    let name = format!("{}_search", table.name);
    let all = Condition::new(format!("{name}.{name} MATCH ?"), [Cell::Text(pattern)]);
    let joined = if before.is_empty() { String::new() } else { format!(" CROSS JOIN {} AS p ON p.id = {name}.rowid", table.name) };
    let scan = Scan {
        from: name.clone() + &joined,
        base: all.clone().and(before),
        sort: Sort::by(&name, &[], "rowid"),
        through: None,
        walks: true,
    };
    Source { scan, own: None, all }
}

/// What an earlier source has found is not found again.
fn earlier(sources: &[Source]) -> Condition {
    sources.iter().filter_map(|source| source.own.clone()).map(Condition::not).fold(Condition::default(), Condition::and)
}
