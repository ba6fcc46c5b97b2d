//! The list of a handover on paper (工作交接清单), for three to sign.

use super::HandOver;
use super::list::{HandoverLine, HandoverPart, list};
use crate::api::Nothing;
use crate::calendar::chinese_day;
use crate::commands::TOPMOST;
use crate::error::Result;
use crate::paper::{Align, Column, Face, Fonts, OnPaper, Paper, Setup, Style, Table, mm};
use crate::store::Db;

const TEXT: Style = Style::new(Face::Song, 10.5);

/// Writes the list as a PDF; refuses a computer without a Chinese font.
pub fn paper(db: &Db<'_>, ask: &HandOver) -> Result<OnPaper> {
    let mut paper = Paper::new(Fonts::of_system()?);
    let office = TOPMOST(db)?.map(|(_, name)| name).unwrap_or_default();
    paper.part(Setup::A4, "工作交接清单（续）");
    let title = Style { spread: 0.2, leading: 1.4, ..Style::new(Face::Hei, 18.0).at(Align::Middle) };
    paper.write("工作交接清单", &title)?;
    paper.space(mm(2.0));
    paper.write_beside(&[&format!("单位：{office}"), &format!("日期：{}", chinese_day(db.now().today))], &TEXT)?;
    let lines = list(db, &Nothing {})?;
    for part in [HandoverPart::Data, HandoverPart::Open, HandoverPart::Keys] {
        let of: Vec<&HandoverLine> = lines.iter().filter(|line| line.part == part).collect();
        let (columns, rows) = if part == HandoverPart::Data { counted(&of) } else { (columns(), of.into_iter().map(row).collect()) };
        paper.space(mm(3.0));
        paper.write(part.label(), &Style::new(Face::Hei, 12.0))?;
        match rows.is_empty() {
            true => paper.write("无。", &TEXT)?,
            false => paper.table(&Table { columns, rows, size: 10.0, least: mm(7.0) })?,
        }
    }
    signed(&mut paper, ask)?;
    paper.place(&ask.path, "工作交接清单", db.now())
}

fn columns() -> Vec<Column> {
    vec![Column::open("事项"), Column::fixed("现状", 45.0), Column::open("交接时要办的")]
}

fn row(line: &HandoverLine) -> Vec<String> {
    vec![line.what.clone(), line.state.clone(), line.to_do.clone().unwrap_or_default()]
}

/// What the file holds, two to a row: nothing is to be done about it, and the signatures are to stand on the same page where they can.
fn counted(lines: &[&HandoverLine]) -> (Vec<Column>, Vec<Vec<String>>) {
    let column = || [Column::open("资料"), Column::fixed("数量", 26.0)];
    let (left, right) = lines.split_at(lines.len().div_ceil(2));
    let cells = |line: Option<&&HandoverLine>| line.map_or_else(Default::default, |line| [line.what.clone(), line.state.clone()]);
    let row = |at: usize| [cells(left.get(at)), cells(right.get(at))].concat();
    (column().into_iter().chain(column()).collect(), (0..left.len()).map(row).collect())
}

fn signed(paper: &mut Paper, ask: &HandOver) -> Result<()> {
    paper.space(mm(4.0));
    paper.keep(mm(40.0))?;
    paper.write("以上内容已当面核对；移交人不再保留台账、备份、钥匙文件和恢复密钥。", &TEXT)?;
    paper.space(mm(5.0));
    let name = |role: &str, name: &str| format!("{role}：{}", if name.is_empty() { "＿＿＿＿＿＿" } else { name });
    paper.write_beside(&[&name("移交人", &ask.from), &name("接收人", &ask.to), &name("监交人", &ask.witness)], &TEXT)?;
    paper.space(mm(5.0));
    paper.write_beside(&["签字：＿＿＿＿＿＿", "签字：＿＿＿＿＿＿", "签字：＿＿＿＿＿＿"], &TEXT)
}
