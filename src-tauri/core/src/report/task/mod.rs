//! A task (任务): a return that a union above asks for, as one readable package file.
//!
//! A package says which tables there are, what stands in each cell or column, what must hold among them, for which periods it is
//! asked and when it is due; the union above's own blank may lie in it. Everything else follows: computing, checking, writing,
//! sealing, recognising and consolidating never name a task.

mod kind;
mod place;
mod proof;
mod values;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use kind::Kind;
pub use place::Place;
pub use proof::{Catalogue, Flaw, proof};
pub use values::{Line, Sheet, Value, Values};

use crate::calendar::Period;
use crate::error::{Error, Refusal, Result};
use crate::record::Wire;

/// A task as its package file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportTask")]
pub struct Task {
    /// Its word, the same in every version: `members`.
    pub key: String,
    /// Its version, from 1; a change of anything makes a new one.
    pub version: u32,
    /// Its title, without the word for the period: 基层工会组织和会员.
    pub title: String,
    /// Who asks for it, and by which document.
    pub source: String,
    /// For which periods it is asked.
    pub periods: Vec<Cycle>,
    /// How many days after a period's last day it is due.
    pub due: u32,
    /// What becomes of facts that are entered after the return was sent.
    #[serde(default)]
    pub late: Late,
    /// Its tables, one a sheet.
    pub tables: Vec<Table>,
    /// What must hold.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// The union above's own blank: an xlsx workbook in base64. Without one the blank is drawn from the tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<String>,
}

/// How often a task is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Every month (月报).
    Month,
    /// Every quarter (季报).
    Quarter,
    /// Every half of a year (半年报).
    Half,
    /// Every calendar year (年报).
    Year,
    /// Every statistical year, 1 October to 30 September (统计年报).
    UnionYear,
}

/// What becomes of facts of a past period that are entered after its return was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// A corrected version of the past return is sent.
    #[default]
    NextVersion,
    /// They are counted in the next period; the past return stays.
    NextPeriod,
}

/// One sheet of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportTable")]
pub struct Table {
    /// The sheet's name in the blank.
    pub sheet: String,
    /// Single cells.
    #[serde(default)]
    pub cells: Vec<Cell>,
    /// Rows of one kind, where the table has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// The words that a drawn blank needs beyond those of its cells and columns.
    #[serde(default, skip_serializing_if = "Draw::is_empty")]
    pub draw: Draw,
}

/// Words for drawing a table whose package has no blank of its own; whatever is missing is derived from cells and columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields, default)]
#[serde(rename = "ReportDraw")]
pub struct Draw {
    /// The form's number, in its upper right corner: 工会统1表.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The title; the task's where it is empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the figures are counted in: 人.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Rows that are counted in something else: their numbers, and what in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<(u32, String)>,
    /// Headings by area, merged where it is more than one cell: `D4:F4` and 在册会员. They stand in place of what is derived.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<(String, String)>,
    /// Notes below the table (填表说明), a paragraph each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Draw {
    /// Says whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One cell that holds something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportCell")]
pub struct Cell {
    /// Where it lies: `C6`.
    pub at: Place,
    /// What it is called in sentences: 期末会员数.
    pub label: String,
    /// What it holds.
    pub holds: Holds,
    /// What it is counted in.
    #[serde(default)]
    pub kind: Kind,
}

/// Rows of one kind: one for each union below, for each record, or as they are typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportBlock")]
pub struct Block {
    /// The row of the headings, from 1.
    pub header_row: u32,
    /// The first row for data, from 1.
    pub first_row: u32,
    /// How many rows the blank reserved for data; at least one.
    pub reserved: u32,
    /// The row of the note below the data, where the blank has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note_row: Option<u32>,
    /// What makes a row.
    pub each: Each,
    /// The columns that hold something.
    pub columns: Vec<Column>,
}

/// What makes a row of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// A union: the reporting one's own level and each one directly below, with all under it.
    Units,
    /// A row of a record's list: `member`.
    Record(String),
    /// Whatever is typed in.
    Typed,
}

/// One column of a block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportColumn")]
pub struct Column {
    /// Its letter: `C`.
    pub at: String,
    /// Its heading in the blank.
    pub label: String,
    /// What its cells hold; a formula is written as for the first row and goes down with the rows.
    pub holds: Holds,
    /// What they are counted in.
    #[serde(default)]
    pub kind: Kind,
    /// The codes and exact spellings of the blank's drop-down, where it has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(String, String)>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// A number computed from records.
    Indicator(Counted),
    /// A formula over other cells, in Excel's syntax.
    Formula(String),
    /// What the last period's frozen return says in another cell of the table; counted from records where there is none.
    Opening(Opened),
    /// What somebody types in.
    Typed,
    /// Something known of the return itself.
    Fact(Fact),
    /// A field of the row's record, by name.
    Field(String),
    /// The row's number, from 1.
    Number,
}

/// An indicator, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "CountedBy")]
pub struct Counted {
    /// The indicator's code: `members.joined`.
    pub code: String,
    /// A split's key and a part's code, where only a part is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<(String, String)>,
}

/// An opening figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The cell whose last frozen value it is; in a block its column's letter.
    pub of: String,
    /// The indicator that gives it where there is no frozen return of the last period.
    pub first: Counted,
}

/// Something known of the return itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The reporting union's name; in a block the row's.
    Unit,
    /// Its code; in a block the row's.
    Code,
    /// The period's Chinese name: 2026年10月.
    Period,
    /// The period's last day (截止日期).
    Until,
    /// The union's head.
    Head,
    /// Who filled it in.
    Clerk,
    /// The day on which it was frozen.
    Day,
}

/// What must hold over the cells of a return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
#[serde(rename = "ReportCheck")]
pub struct Check {
    /// Its word within the task.
    pub key: String,
    /// The table whose cells bare addresses mean; the first where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How much it weighs.
    pub weight: Weight,
    /// The formula that must be true, in Excel's syntax. Sheets that it may name: each table's; `上期`, `去年同期` and `下级合计` for the
    /// same table of those returns (`上期_会员` where the task has several tables). With `rows` it is written for the block's first row.
    pub formula: String,
    /// Whether it is asked for every row of the table's block.
    #[serde(default)]
    pub rows: bool,
    /// What is wrong where it does not hold, a full sentence.
    pub message: String,
    /// The way out, where there is one.
    #[serde(default)]
    pub hint: String,
}

/// How much a check weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "ReportWeight")]
pub enum Weight {
    /// 强制: it must hold.
    Must,
    /// 核实: where it does not, somebody explains why.
    Explain,
    /// 提示: a hint.
    Hint,
}

impl Task {
    /// Reads a package file; refuses, with the line, what is none.
    pub fn read(json: &str) -> Result<Self> {
        let refusal = |error: serde_json::Error| {
            Error::Sheet(Refusal::new(
                format!("任务文件第 {} 行写法有误：{error}。", error.line()),
                "请向下发任务的上级工会重新索取任务文件，或对照手册修改。",
            ))
        };
        serde_json::from_str(json).map_err(refusal)
    }

    /// Writes the package file.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Its name in sentences for a period: 基层工会组织和会员月报.
    pub fn name(&self, period: Period) -> String {
        format!("{}{}", self.title, Cycle::of(period).label())
    }

    /// Finds a table by its sheet's name.
    pub fn table(&self, sheet: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.sheet == sheet)
    }

    /// The table that a check's bare addresses mean.
    pub fn table_of(&self, check: &Check) -> Option<&Table> {
        check.sheet.as_ref().map_or_else(|| self.tables.first(), |sheet| self.table(sheet))
    }

    /// Whether it is asked for such a period.
    pub fn asks(&self, period: Period) -> bool {
        self.periods.contains(&Cycle::of(period))
    }
}

impl Table {
    /// Finds a single cell.
    pub fn cell(&self, at: Place) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.at == at)
    }
}

impl Cycle {
    /// How often a period comes.
    pub fn of(period: Period) -> Self {
        match period {
            Period::Month(_) => Self::Month,
            Period::Quarter(_) => Self::Quarter,
            Period::HalfYear(_) => Self::Half,
            Period::Year(_) => Self::Year,
            Period::UnionYear(_) => Self::UnionYear,
        }
    }

    /// The word that ends a return's title.
    pub fn label(self) -> &'static str {
        match self {
            Self::Month => "月报",
            Self::Quarter => "季报",
            Self::Half => "半年报",
            Self::Year => "年报",
            Self::UnionYear => "统计年报",
        }
    }
}

impl Weight {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Must => "强制",
            Self::Explain => "核实",
            Self::Hint => "提示",
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.label())
    }
}
