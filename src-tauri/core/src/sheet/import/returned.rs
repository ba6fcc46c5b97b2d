//! The error workbook: the rows that were not taken, as they stood, with the reasons beside them.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::run::{Options, Progress, Sheet, merged_fault};
use super::{Intake, Verdict};
use crate::error::{Error, Faults, Refusal, Result, Weight};
use crate::store::{Store, write_whole};

/// Writes the faulty and conflicting rows of a sheet into a workbook of the same columns, so that they can be mended and
/// brought in again. Gives the number of rows written.
pub fn write_errors(
    store: &Store,
    path: &Path,
    options: &Options,
    intake: &mut dyn Intake,
    out: &Path,
    progress: Progress<'_>,
) -> Result<u64> {
    let mut sheet = Sheet::open(path, options, intake.columns())?;
    let (heading, merged) = (sheet.heading()?, sheet.merged()?);
    let after = heading.iter().map(|(column, _)| *column).max().unwrap_or(0);
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    head(page, &heading, after).map_err(unwritable)?;
    let mut rows = 0;
    store.read(|db| {
        intake.prepare(db, 0)?;
        sheet.drafts(|row, mut draft| {
            progress(rows)?;
            let verdict = intake.judge(db, &mut draft)?;
            if let Verdict::Conflict(_, fault) = &verdict {
                draft.faults.0.push(fault.clone());
            }
            let area = merged.iter().find(|area| (area.first.row..=area.last.row).contains(&draft.row));
            if let Some(area) = area.filter(|_| !matches!(verdict, Verdict::Same(_))) {
                draft.faults.0.extend(merged_fault(*area));
            }
            if !(draft.faults.refuse() || matches!(verdict, Verdict::Faulty | Verdict::Conflict(..))) {
                return Ok(());
            }
            rows += 1;
            let line = u32::try_from(rows).unwrap_or(u32::MAX);
            for cell in row.cells() {
                page.write_string(line, cell.column - 1, cell.value.text()).map_err(unwritable)?;
            }
            page.write_string(line, after, "否").map_err(unwritable)?;
            page.write_string(line, after + 1, reasons(&draft.faults)).map_err(unwritable)?;
            page.write_number(line, after + 2, draft.row).map_err(unwritable)?;
            Ok(())
        })
    })?;
    let bytes = book.save_to_buffer().map_err(unwritable)?;
    write_whole(out, &bytes).map(|()| rows)
}

fn head(page: &mut Worksheet, heading: &[(u16, String)], after: u16) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_num_format("@");
    page.set_name("未导入的行")?.set_freeze_panes(1, 0)?;
    for column in 0..after {
        page.set_column_width(column, 14)?;
    }
    page.set_column_width(after + 1, 80)?;
    for (column, text) in heading {
        page.write_string_with_format(0, column - 1, text, &bold)?;
    }
    for (at, text) in ["是否导入成功", "错误原因", "原表行号"].into_iter().enumerate() {
        page.write_string_with_format(0, after + u16::try_from(at).unwrap_or(0), text, &bold)?;
    }
    Ok(())
}

/// All reasons in one cell: column, what, way out.
fn reasons(faults: &Faults) -> String {
    let told = faults.0.iter().map(|fault| {
        let weight = if fault.weight == Weight::Warning { "（提示）" } else { "" };
        format!("{}{weight}：{}。{}", fault.label, fault.message.trim_end_matches('。'), fault.hint)
    });
    told.collect::<Vec<_>>().join("\n")
}

fn unwritable(error: XlsxError) -> Error {
    Error::Sheet(Refusal::new(format!("错误清单没有写成：{error}。"), "请换一个文件名或文件夹再试。"))
}
