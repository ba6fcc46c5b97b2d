//! Whether a task package holds together.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Block, Column, Counted, Each, Holds, Kind, Place, Table, Task};
use crate::modules::Registry;
use crate::record::Wire;
use crate::report::{Family, Parts};
use crate::sheet::export::outlet;

/// What a task may speak of: the indicators and records of the running app.
#[derive(Debug)]
pub struct Catalogue<'a> {
    /// The indicators, family by family.
    pub families: &'a [Family],
    /// The records.
    pub registry: &'a Registry,
}

/// Something that does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "TaskFlaw")]
pub struct Flaw {
    /// Where: a sheet and a cell, a column or a check.
    pub place: String,
    /// What is wrong there, half a sentence.
    pub what: String,
}

/// Looks a package through, formulas apart; an empty list means that it holds together.
pub fn proof(task: &Task, known: &Catalogue<'_>) -> Vec<Flaw> {
    let mut found = Proof { known, flaws: Vec::new() };
    found.head(task);
    task.tables.iter().for_each(|table| found.table(table));
    found.flaws
}

struct Proof<'a> {
    known: &'a Catalogue<'a>,
    flaws: Vec<Flaw>,
}

impl Proof<'_> {
    fn say(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.flaws.push(Flaw { place: place.into(), what: what.into() });
    }

    fn head(&mut self, task: &Task) {
        let word =
            |text: &str| !text.is_empty() && text.len() <= 60 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if !word(&task.key) {
            self.say("任务代号", "只能用字母、数字、点、横线，不超过 60 个字");
        }
        for (missing, place) in
            [(task.title.trim().is_empty(), "任务名称"), (task.version == 0, "版本号"), (task.periods.is_empty(), "报送周期")]
        {
            if missing {
                self.say(place, "没有填写");
            }
        }
        if task.tables.is_empty() {
            self.say("工作表", "一张表也没有");
        }
        self.once(task.tables.iter().map(|table| table.sheet.clone()), "工作表", "名称重复");
        self.once(task.checks.iter().map(|check| check.key.clone()), "审核关系", "代号重复");
        for check in &task.checks {
            let table = task.table_of(check);
            if table.is_none() {
                self.say(format!("审核“{}”", check.key), "所说的工作表不存在");
            }
            if check.rows && table.is_some_and(|table| table.block.is_none()) {
                self.say(format!("审核“{}”", check.key), "要逐行审核，但这张表没有逐行的部分");
            }
            if check.message.trim().is_empty() {
                self.say(format!("审核“{}”", check.key), "没有写明不成立时怎么说");
            }
        }
    }

    fn once(&mut self, words: impl Iterator<Item = String>, place: &str, what: &str) {
        let mut seen = BTreeSet::new();
        for word in words {
            if !seen.insert(word.clone()) {
                self.say(format!("{place}“{word}”"), what);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let at = |cell: Place| format!("{}!{cell}", table.sheet);
        self.once(table.cells.iter().map(|cell| at(cell.at)), "单元格", "写了两次");
        for cell in &table.cells {
            self.holds(&at(cell.at), &cell.holds, cell.kind);
            if matches!(cell.holds, Holds::Field(_) | Holds::Number) {
                self.say(at(cell.at), "单个格子里不能放逐行的字段");
            }
            if let Holds::Opening(opened) = &cell.holds
                && opened.of.parse().ok().and_then(|of| table.cell(of)).is_none()
            {
                self.say(at(cell.at), format!("期初取自 {}，但那一格没有内容", opened.of));
            }
        }
        if let Some(block) = &table.block {
            self.block(table, block);
        }
    }

    fn block(&mut self, table: &Table, block: &Block) {
        let place = format!("{}!第{}行", table.sheet, block.first_row);
        if block.header_row == 0 || block.first_row <= block.header_row || block.reserved == 0 {
            self.say(&place, "表头行、数据行的位置不对");
        }
        let rows = block.first_row..block.first_row.saturating_add(block.reserved);
        if block.note_row.is_some_and(|note| note < rows.end) {
            self.say(&place, "填表说明行应在数据行之后");
        }
        for cell in table.cells.iter().filter(|cell| rows.contains(&cell.at.row)) {
            self.say(format!("{}!{}", table.sheet, cell.at), "落在逐行的部分之内");
        }
        self.once(block.columns.iter().map(|column| column.at.clone()), &format!("{}的列", table.sheet), "写了两次");
        for column in &block.columns {
            self.column(table, block, column);
        }
    }

    fn column(&mut self, table: &Table, block: &Block, column: &Column) {
        let place = format!("{}!{}列", table.sheet, column.at);
        if Place::column(&column.at).is_none() {
            self.say(&place, "不是一列");
        }
        self.holds(&place, &column.holds, column.kind);
        let field = if let Holds::Field(field) = &column.holds { Some(field) } else { None };
        match (&block.each, field) {
            (Each::Record(record), field) => match outlet(self.known.registry, record, None) {
                Err(_) => self.say(&place, format!("没有“{record}”这种台账")),
                Ok(out) => {
                    if let Some(field) = field.filter(|field| out.columns().iter().all(|own| own.name != **field)) {
                        self.say(&place, format!("“{record}”没有字段“{field}”"));
                    }
                }
            },
            (Each::Units | Each::Typed, Some(_)) => self.say(&place, "逐个工会的行里没有台账字段"),
            (Each::Units | Each::Typed, None) => (),
        }
        if matches!(block.each, Each::Record(_) | Each::Typed) && matches!(column.holds, Holds::Indicator(_) | Holds::Opening(_)) {
            self.say(&place, "只有逐个工会的行才能放指标");
        }
        if matches!(block.each, Each::Record(_)) && column.holds == Holds::Typed {
            self.say(&place, "名册的行来自台账，不能有手填的列");
        }
    }

    fn holds(&mut self, place: &str, holds: &Holds, kind: Kind) {
        match holds {
            Holds::Indicator(counted) => self.counted(place, counted, kind),
            Holds::Opening(opened) => self.counted(place, &opened.first, kind),
            Holds::Formula(formula) if !formula.starts_with('=') => self.say(place, "公式要以“=”开头"),
            Holds::Formula(_) | Holds::Typed | Holds::Fact(_) | Holds::Field(_) | Holds::Number => (),
        }
    }

    fn counted(&mut self, place: &str, counted: &Counted, kind: Kind) {
        let Some(indicator) = self.known.families.iter().find_map(|family| family.find(&counted.code)) else {
            return self.say(place, format!("没有指标“{}”", counted.code));
        };
        if indicator.measure.divisor() != kind.divisor() || indicator.additive == (kind == Kind::Distinct) {
            self.say(place, format!("指标“{}”的计量单位是{}，与这一格的类型不符", indicator.label, indicator.measure.label()));
        }
        if let Some((key, code)) = &counted.part {
            let parts = indicator.split(key).map(|(_, split)| Parts::of(split));
            match parts {
                None => self.say(place, format!("指标“{}”不能按“{key}”分组", indicator.label)),
                Some(parts) if parts.find(code).is_none() => self.say(place, format!("指标“{}”的分组里没有“{code}”", indicator.label)),
                Some(_) => (),
            }
        }
    }
}
