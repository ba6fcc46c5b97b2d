//! Returns: computing the shipped tasks, receiving and consolidating sealed files, running checks.

use std::path::PathBuf;

use serde_json::json;
use unionbook_core::api::dispatch;
use unionbook_core::report::formula::{Beside, Formulas};
use unionbook_core::report::seal::{Digest, Manifest, SeatKey, seal};
use unionbook_core::report::task::{Fact, Line as Row, Task, Value, Values};
use unionbook_core::report::workbook::{blank, fill};
use unionbook_core::returns::{Among, ComputeAll, ComputeOf, Consolidate, Receive, compute_all, consolidate, receive};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::{once, times};
use crate::office::{Folder, top};
use crate::peers;
use crate::table::{Figure, Goal, Line};

const PERIOD: &str = "2026-10";
/// The rows of each sealed file.
const ROWS: usize = 200;

/// All shipped tasks of numbers, for the whole province.
pub fn compute(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "work.unionbook")?;
    let ask = ComputeAll { unit: top(&store)?, period: PERIOD.into() };
    let seconds = times(3, |_| Ok(compute_all(&store, &ask).map(drop)?))?.median();
    Ok(vec![
        Line::time("all shipped tasks, computed", seconds).within(3.0),
        Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(400e6))),
    ])
}

/// Five hundred sealed files of two hundred rows, beside the same sums by openpyxl.
pub fn five_hundred(folder: &Folder) -> Outcome<Vec<Line>> {
    let files = Mail::make(folder, 500)?;
    let sums = peers::sums(&files.folder)?;
    let seconds = files.receive()?;
    Ok(vec![
        Line::time("500 sealed files received and consolidated", seconds)
            .within(10.0)
            .beside("openpyxl adds them up", sums)
            .goal(Goal::Ahead(10.0)),
        Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(400e6))),
    ])
}

/// Five thousand.
pub fn five_thousand(folder: &Folder) -> Outcome<Vec<Line>> {
    let seconds = Mail::make(folder, 5000)?.receive()?;
    Ok(vec![
        Line::time("5,000 sealed files received and consolidated", seconds).within(90.0),
        Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(400e6))),
    ])
}

/// Forty checks on each of five thousand returns.
pub fn checks(_: &Folder) -> Outcome<Vec<Line>> {
    let mut task = task();
    task.checks = serde_json::from_value((1..=40).map(|at| {
        let (left, right) = (2 + at % 18, 2 + (at + 7) % 18);
        json!({ "key": format!("c{at}"), "weight": "must", "formula": format!("=D{left}+D{right}<=SUM(D2:D5)"), "message": "各项之和不能超过合计。" })
    }).collect())?;
    let mut formulas = Formulas::of(&task).map_err(|flaws| format!("{flaws:?}"))?;
    let returns: Vec<Values> = (0..5000).map(|at| values(&task, at, 0)).collect();
    let (seconds, broken) = once(|| Ok(returns.iter().map(|now| formulas.check(&Beside::alone(now)).len()).sum::<usize>()))?;
    Ok(vec![
        Line::time(format!("40 checks on each of 5,000 returns ({broken} broken)"), seconds).within(2.0),
        Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(400e6))),
    ])
}

/// A task of nineteen numbers and a table of two hundred rows.
fn task() -> Task {
    let cells: Vec<_> = (2..=20).map(|row| json!({ "at": format!("D{row}"), "label": format!("第{row}项"), "holds": "typed" })).collect();
    let columns = json!([{ "at": "A", "label": "名称", "holds": "typed", "kind": "text" }, { "at": "B", "label": "人数", "holds": "typed" },
        { "at": "C", "label": "人次", "holds": "typed" }, { "at": "D", "label": "金额", "holds": "typed", "kind": "money" }]);
    let block = json!({ "header_row": 3, "first_row": 4, "reserved": 10, "each": "typed", "columns": columns });
    let task = json!({ "key": "bench", "version": 1, "title": "测试表", "source": "测试", "periods": ["month"], "due": 5,
        "tables": [{ "sheet": "汇总", "cells": cells }, { "sheet": "明细", "block": block }] });
    serde_json::from_value(task).unwrap_or_else(|fault| unreachable!("the task is written here: {fault}"))
}

fn values(task: &Task, seed: usize, rows: usize) -> Values {
    let mut values = Values::none(task);
    let number = |at: usize| i64::try_from((seed * 7 + at * 13) % 997).unwrap_or_default();
    for (at, sheet) in values.sheets.iter_mut().enumerate() {
        sheet.cells.values_mut().enumerate().for_each(|(at, value)| *value = Value::Int(number(at)));
        if at == 1 {
            let row = |at| Row {
                key: String::new(),
                values: vec![
                    Value::Text(format!("第{at}行")),
                    Value::Int(number(at)),
                    Value::Int(number(at + 1)),
                    Value::Int(number(at) * 100),
                ],
            };
            sheet.lines = (0..rows).map(row).collect();
        }
    }
    values
}

/// Sealed files in a folder, and the office that they go to.
struct Mail {
    folder: PathBuf,
    store: Store,
}

impl Mail {
    fn make(folder: &Folder, many: usize) -> Outcome<Self> {
        let mail = folder.at(&format!("mail-{many}"));
        let _ = std::fs::remove_dir_all(&mail);
        std::fs::create_dir_all(&mail)?;
        let store = folder.empty(&format!("receiver-{many}.unionbook"))?;
        let task = task();
        dispatch(&store, "task.add", json!({ "task": task }))?;
        let unit = |code: &str, parent: i64| json!({ "code": code, "name": format!("{code}分会"), "level": "branch", "parent": parent, "opened": "2020-01-01" });
        let above = top(&store)?.get();
        let card = mail.with_extension("card");
        let empty = blank(&task)?;
        for at in 0..many {
            let code = format!("U{at:05}");
            dispatch(&store, "units.open", unit(&code, above))?;
            let key = SeatKey::random()?;
            std::fs::write(&card, key.card(&code, &format!("{code}分会"), 0).write())?;
            dispatch(&store, "card.add", json!({ "path": card }))?;
            let values = values(&task, at, ROWS);
            let manifest = Manifest {
                format: Manifest::FORMAT,
                task: task.key.clone(),
                version: 1,
                package: Digest::of(task.write().as_bytes()),
                unit: code.clone(),
                name: format!("{code}分会"),
                period: PERIOD.into(),
                no: 1,
                supersedes: None,
                sealed: 0,
                seat: key.public().fingerprint(),
                signers: Vec::new(),
                explanations: Vec::new(),
                attachments: Vec::new(),
                values: values.clone(),
                note: String::new(),
            };
            let book = fill(&task, &empty, &values, &|_: Fact| String::new())?;
            std::fs::write(mail.join(format!("{code}.xlsx")), seal(&book, &manifest, &key)?)?;
        }
        Ok(Self { folder: mail, store })
    }

    /// Receives everything, takes it and adds it up.
    fn receive(&self) -> Outcome<f64> {
        let top = top(&self.store)?;
        let (seconds, ()) = once(|| {
            let ask = Receive { paths: vec![self.folder.clone()], take: true };
            let told = receive(&self.store, &ask, &|_| Ok(()))?;
            let refused = told.value.iter().filter(|file| file.state != "taken").count();
            if refused > 0 {
                return Err(format!("{refused} files were not taken: {:?}", told.value.iter().find(|file| file.state != "taken")).into());
            }
            let of = ComputeOf { task: "bench".into(), unit: top, period: PERIOD.into() };
            consolidate(&self.store, &Consolidate { of, among: Among::Direct, own: true, adjusted: std::collections::BTreeMap::new() })?;
            Ok(())
        })?;
        Ok(seconds)
    }
}
