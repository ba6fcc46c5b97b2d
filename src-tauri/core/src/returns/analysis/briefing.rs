//! A briefing of a period (情况简报) as a PDF: what the numbers are, how they moved, who has what, who has sent.

use std::path::PathBuf;

use serde::Deserialize;

use super::super::board::{Board, BoardOf, board};
use super::super::compute::{ComputeOf, newest};
use super::super::statement::Note;
use super::super::task_file::{TaskOf, asked};
use super::number::{TaskNumber, numbers_at};
use super::pivot::{Axis, Pivot, PivotCell, PivotLine, PivotOf, pivot};
use super::series::{SeriesOf, SeriesPoint, series};
use super::story::Story;
use crate::calendar::{Period, chinese_day};
use crate::error::{Error, Result, refused};
use crate::paper::{Align, Bar, Column, Face, Fonts, OnPaper, Paper, Setup, Style, Table, mm};
use crate::record::Wire;
use crate::report::task::Task;
use crate::store::Db;
use crate::units::Unit;

/// A briefing to write.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Brief {
    /// The task, the union and the period.
    #[serde(flatten)]
    pub of: ComputeOf,
    /// The addresses of the numbers that it speaks of, 1 to 12.
    pub at: Vec<String>,
    /// Where the PDF goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// What a briefing is written from.
struct Facts {
    task: Task,
    unit: Unit,
    of: Period,
    numbers: Vec<TaskNumber>,
    points: Vec<SeriesPoint>,
    below: Pivot,
    board: Board,
    notes: Vec<Note>,
}

/// Most numbers that a briefing speaks of, so that its tables stay as broad as a page.
const MOST: usize = 12;

/// Writes a briefing. Refuses a period whose return was not frozen, and a computer without a Chinese font; then nothing is written.
pub fn brief(db: &Db<'_>, ask: &Brief) -> Result<OnPaper> {
    if ask.at.is_empty() || ask.at.len() > MOST {
        return Err(Error::Usage(format!("简报要选 1 到 {MOST} 个数")));
    }
    let facts = Facts::read(db, ask)?;
    let mut paper = Paper::new(Fonts::of_system()?);
    facts.write(&mut paper, db.now().today)?;
    paper.place(&ask.path, &facts.title(), db.now())
}

/// How many periods back the charts go.
fn reach(of: Period) -> u32 {
    match of {
        Period::Month(_) => 12,
        Period::Quarter(_) => 8,
        Period::HalfYear(_) => 6,
        Period::Year(_) | Period::UnionYear(_) => 5,
    }
}

impl Facts {
    fn read(db: &Db<'_>, ask: &Brief) -> Result<Self> {
        let (of, unit) = (ask.of.period()?, db.get(ask.of.unit)?);
        let ComputeOf { task: key, unit: id, period } = ask.of.clone();
        let task = asked(db, &TaskOf { key: key.clone(), version: None }, of)?;
        let numbers = numbers_at(&task, &ask.at)?;
        let Some(own) = newest(db, id, &key, of, "state IN (3, 4)")? else {
            return refused(
                format!("“{}”{}的{}还没有封存，不能做简报，没有写出文件。", unit.name, of.label(), task.name(of)),
                "请先审核并上报（封存）这份报表，或选择已封存的报告期。",
            );
        };
        let at = ask.at.clone();
        let points = series(db, &SeriesOf { task: key.clone(), unit: id, period: period.clone(), many: reach(of), at: at.clone() })?;
        let cross = PivotOf { task: key, unit: id, period, many: 1, at, down: Axis::Units, across: Axis::Numbers, all: false };
        let (below, board) = (pivot(db, &cross)?, board(db, &BoardOf { of: ask.of.clone(), all: false })?);
        Ok(Self { task, unit, of, numbers, points, below, board, notes: own.content()?.notes })
    }

    fn title(&self) -> String {
        format!("{}{}情况简报", self.of.label(), self.task.title)
    }

    fn write(&self, paper: &mut Paper, today: chrono::NaiveDate) -> Result<()> {
        paper.part(Setup { side: mm(22.0), ..Setup::A4 }, format!("{}（续）", self.title()));
        paper.write(&self.title(), &Style::new(Face::Hei, 20.0).at(Align::Middle))?;
        paper.write(&format!("{}　　{}", self.unit.name, chinese_day(today)), &SMALL.at(Align::Middle))?;
        paper.space(mm(3.0));
        let mut parts = Parts { paper, told: 0 };
        parts.part("总体情况", |paper| self.whole(paper))?;
        parts.part("变化情况", |paper| self.moved(paper))?;
        if self.below.lines.len() > 1 {
            parts.part("各单位情况", |paper| self.by_union(paper))?;
            parts.part("报送情况", |paper| paper.write(&self.sent(), &TEXT))?;
        }
        if !self.notes.is_empty() {
            parts.part("有关说明", |paper| self.explained(paper))?;
        }
        paper.space(mm(3.0));
        paper.write(&self.basis(), &SMALL)
    }

    fn whole(&self, paper: &mut Paper) -> Result<()> {
        let stories: Vec<Story<'_>> = self.numbers.iter().enumerate().map(|(at, number)| Story::new(number, at, &self.points)).collect();
        let said: Vec<String> = stories.iter().map(Story::sentence).collect();
        paper.write(&format!("截至{}，{}。", chinese_day(self.of.to()), said.join("；")), &TEXT)?;
        paper.space(mm(2.0));
        let right = |head| Column { align: Align::Right, ..Column::fixed(head, 22.0) };
        let share = |head| Column { align: Align::Right, ..Column::fixed(head, 17.0) };
        let (heads, shares) = (["本期", "上期", "去年同期", "本年累计"].map(right), ["环比", "同比"].map(share));
        let ([now, before, year_ago, sum], [grown, on_year]) = (heads, shares);
        let columns = vec![Column::open("指标"), now, before, grown, year_ago, on_year, sum];
        paper.table(&Table { columns, rows: stories.iter().map(Story::row).collect(), size: 9.0, least: mm(7.0) })
    }

    fn moved(&self, paper: &mut Paper) -> Result<()> {
        for (at, number) in self.numbers.iter().enumerate() {
            let bars: Vec<Bar> = names(&self.points).zip(&self.points).map(|(name, point)| bar(number, at, name, point)).collect();
            if bars.iter().filter(|bar| bar.value.is_some()).count() > 1 || bars.iter().any(|bar| bar.beside.is_some()) {
                paper.bars(&number.named(), &bars, "去年同期")?;
            } else {
                paper.write(&format!("{}只有这一期的数，还没有可比的报告期。", number.label), &TEXT)?;
            }
        }
        Ok(())
    }

    fn by_union(&self, paper: &mut Paper) -> Result<()> {
        let ranked = self.ranked();
        if let Some(number) = self.numbers.first().filter(|_| !ranked.is_empty()) {
            paper.ranked_bars(&format!("{}，前 {} 个单位", number.named(), ranked.len()), &ranked)?;
        }
        // The names of unions are long: they have what few numbers leave.
        let few = self.numbers.len() < 5;
        let right = |number: &TaskNumber| Column { head: number.named().into(), breadth: few.then_some(mm(26.0)), align: Align::Right };
        let unions = Column { breadth: (!few).then_some(mm(40.0)), ..Column::open("单位") };
        let show = |cells: &[PivotCell]| {
            let told =
                self.numbers.iter().zip(cells).map(|(number, cell)| cell.value.map_or_else(|| "—".into(), |value| number.show(value)));
            told.collect::<Vec<_>>()
        };
        let row = |label: &str, cells| std::iter::once(label.to_owned()).chain(show(cells)).collect();
        let below = self.below.lines.iter().filter(|line| line.level > 0).map(|line| row(&line.label, &line.cells));
        let sums = (!self.below.sums.is_empty()).then(|| row(&self.below.total, &self.below.sums));
        let rows = below.chain(sums).collect();
        paper.table(&Table {
            columns: std::iter::once(unions).chain(self.numbers.iter().map(right)).collect(),
            rows,
            size: 9.0,
            least: mm(7.0),
        })
    }

    /// The ten unions directly below with the most of the first number.
    fn ranked(&self) -> Vec<Bar> {
        let Some(number) = self.numbers.first() else { return Vec::new() };
        let below = self.below.lines.iter().filter(|line| line.level > 0);
        let of = |line: &PivotLine| line.cells.first().and_then(|cell| cell.value).filter(|value| *value > 0);
        let mut known: Vec<(&str, i64)> = below.filter_map(|line| Some((line.label.as_str(), of(line)?))).collect();
        known.sort_by_key(|(_, value)| -value);
        let bar = |(name, value): &(&str, i64)| {
            let says = number.show(*value);
            Bar { name: (*name).to_owned(), value: Some(number.kind.shown(*value)), says, beside: None }
        };
        known.iter().take(10).map(bar).collect()
    }

    fn sent(&self) -> String {
        let Board { expected, sent, late, returned, .. } = self.board;
        let mut said = format!("应报 {expected} 个单位，已报 {sent} 个");
        for (what, many) in [("逾期", late), ("退回待重报", returned)] {
            if many > 0 {
                said += &format!("，{what} {many} 个");
            }
        }
        let missing: Vec<&str> =
            self.board.lines.iter().filter(|line| line.level > 0 && line.sent.is_none()).map(|line| &*line.name).collect();
        if missing.is_empty() { said + "。" } else { format!("{said}。还没有报的：{}。", missing.join("、")) }
    }

    fn explained(&self, paper: &mut Paper) -> Result<()> {
        for note in &self.notes {
            let check = self.task.checks.iter().find(|check| check.key == note.check);
            let what = check.map_or("", |check| check.message.trim_end_matches('。'));
            let said = note.text.trim_end_matches('。');
            paper.write(&if what.is_empty() { format!("{said}。") } else { format!("{what}：{said}。") }, &TEXT)?;
        }
        Ok(())
    }

    fn basis(&self) -> String {
        let source = if self.task.source.is_empty() { String::new() } else { format!("（{}）", self.task.source) };
        format!("数据来源：已封存的“{}”{source}。“—”表示那一期没有封存的报表，或没有填报。", self.task.name(self.of))
    }
}

/// The periods' names below their bars; the year stands where it begins.
fn names(points: &[SeriesPoint]) -> impl Iterator<Item = String> + '_ {
    let mut year = "";
    points.iter().map(move |point| {
        let Some((own, rest)) = point.label.split_once('年').filter(|(_, rest)| !rest.is_empty()) else { return point.label.clone() };
        let begins = own != year;
        year = own;
        if begins { format!("{rest}\n{own}年") } else { rest.to_owned() }
    })
}

fn bar(number: &TaskNumber, at: usize, name: String, point: &SeriesPoint) -> Bar {
    let of = |values: &[Option<i64>]| values.get(at).copied().flatten();
    let value = of(&point.values);
    Bar {
        name,
        value: value.map(|value| number.kind.shown(value)),
        says: value.map_or_else(String::new, |value| number.show(value)),
        beside: of(&point.year_ago).map(|value| number.kind.shown(value)),
    }
}

const TEXT: Style = Style { leading: 1.8, indent: 2.0, ..Style::new(Face::Song, 12.0).at(Align::Both) };
const SMALL: Style = Style::new(Face::Song, 9.5);
const HEAD: Style = Style { leading: 2.0, ..Style::new(Face::Hei, 13.0) };

/// The parts of a briefing, numbered as official papers are.
struct Parts<'p> {
    paper: &'p mut Paper,
    told: usize,
}

impl Parts<'_> {
    fn part(&mut self, title: &str, write: impl FnOnce(&mut Paper) -> Result<()>) -> Result<()> {
        let number = ["一", "二", "三", "四", "五", "六"].get(self.told).unwrap_or(&"");
        self.told += 1;
        self.paper.space(mm(2.0));
        self.paper.keep(mm(30.0))?;
        self.paper.write(&format!("{number}、{title}"), &HEAD)?;
        write(self.paper)
    }
}
