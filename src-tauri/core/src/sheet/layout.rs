//! How an upstream union's own blank names its columns and spells its drop-downs, typos and all.

use serde::Deserialize;

use crate::error::{Error, Refusal, Result};
use crate::record::{Cell, Kind, show};

/// A blank: where its rows lie, and what each column holds.
#[derive(Debug, Clone, Deserialize)]
pub struct Layout {
    /// The layout's word on the command line.
    pub key: String,
    /// The blank's title.
    pub label: String,
    /// Where it comes from.
    pub source: String,
    /// The record that it holds.
    pub record: String,
    /// The sheet that holds the rows; the first visible one where it is not named.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The row of the heading in the blank, from 1.
    pub header_row: u32,
    /// The rows that the blank reserves for data.
    pub reserved: u32,
    /// Whether the last row of a filled sheet is a note, never data.
    pub note_row: bool,
    /// How days are written, in chrono's pattern.
    pub day: String,
    /// The columns, from left to right.
    pub columns: Vec<LayoutColumn>,
}

/// A column of a blank.
#[derive(Debug, Clone, Deserialize)]
pub struct LayoutColumn {
    /// The field it holds; empty where it holds none of ours (a running number).
    #[serde(default)]
    pub field: String,
    /// Its heading, to the letter.
    pub header: String,
    /// Our codes and the drop-down's exact spellings, the first of a pair to be understood first.
    #[serde(default)]
    pub values: Vec<(String, String)>,
}

impl Layout {
    /// Reads a shipped or an office's own layout; refuses what is none.
    pub fn read(json: &str) -> Result<Self> {
        let refusal = |error: serde_json::Error| Error::Sheet(Refusal::new(format!("版式文件写法有误：{error}。"), "请对照手册修改版式文件。"));
        serde_json::from_str(json).map_err(refusal)
    }

    /// The column that holds a field.
    pub fn column(&self, field: &str) -> Option<&LayoutColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The heading of the first data row's number, from 1.
    pub fn first_row(&self) -> u32 {
        self.header_row + 1
    }
}

impl LayoutColumn {
    /// The code that one of the drop-down's spellings stands for.
    pub fn code(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        self.values.iter().find(|(_, spelling)| spelling.trim() == text).map(|(code, _)| code.as_str())
    }

    /// The spelling that is written for a code.
    pub fn spelling(&self, code: &str) -> Option<&str> {
        self.values.iter().find(|(own, _)| own == code).map(|(_, spelling)| spelling.as_str())
    }

    /// What the blank says for a value: its own spelling, or the words offices use.
    pub fn written(&self, kind: Kind, cell: &Cell) -> String {
        let code = match (kind, cell) {
            (Kind::Code(list), Cell::Int(code)) => list.entries.iter().find(|entry| entry.code == *code).map(|entry| entry.word),
            (_, Cell::Text(code)) => Some(code.as_str()),
            _ => None,
        };
        code.and_then(|code| self.spelling(code)).map_or_else(|| show(kind, cell), str::to_owned)
    }
}
