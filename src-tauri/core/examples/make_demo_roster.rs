//! Writes `assets/demo/roster.xlsx`, the roster of the town's demonstration: `cargo run -p unionbook-core --example make_demo_roster`.

use std::path::Path;

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use unionbook_core::calendar::Month;
use unionbook_core::demo::roster::{COLUMNS, Line, Slip, roster};
use unionbook_core::terms::{self, Ethnic};

/// The seed of the demonstration that the roster belongs to.
const SEED: u64 = 1;
/// The last column of the form.
const LAST: u16 = 19;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let month = Month::new(2026, 10).ok_or("no month")?;
    let roster = roster(SEED, month).ok_or("no roster")?;
    let mut workbook = Workbook::new();
    // A fixed moment, so that the same rows give the same file.
    workbook.set_properties(
        &DocProperties::new().set_title("工会会员信息采集表").set_creation_datetime(&ExcelDateTime::from_ymd(2026, 11, 1)?),
    );
    members(workbook.add_worksheet().set_name("会员信息")?, &roster.name, &roster.rows)?;
    lists(workbook.add_worksheet().set_name("下拉菜单表")?)?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/demo/roster.xlsx");
    workbook.save(&path)?;
    println!(
        "{}：{}，{} 行，其中 {} 行有错",
        path.display(),
        roster.unit,
        roster.rows.len(),
        roster.rows.iter().filter(|line| line.fault.is_some()).count()
    );
    Ok(())
}

/// The form: title rows, the header in row 4, people from row 5, the note in the last row.
fn members(sheet: &mut Worksheet, unit: &str, rows: &[Line]) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@").set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let head = text.clone().set_bold().set_align(FormatAlign::Center);
    let plain = Format::new().set_num_format("@");
    let title = plain.clone().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    sheet.write_with_format(0, 0, "附件四", &plain)?;
    sheet.merge_range(1, 0, 1, LAST, "云岭省工会会员信息采集表", &title)?;
    sheet.merge_range(2, 0, 2, 10, &format!("填表单位（盖章）：{unit}"), &plain)?;
    sheet.merge_range(2, 11, 2, LAST, "单位负责人(签字)：", &plain)?;
    for (column, label) in (0..).zip(COLUMNS) {
        sheet.write_with_format(3, column, label, &head)?;
    }
    for (row, line) in (4..).zip(rows) {
        write(sheet, row, line, &text)?;
    }
    let note = 4 + u32::try_from(rows.len()).unwrap_or(0);
    sheet.merge_range(
        note,
        0,
        note,
        LAST,
        "填表说明：1.此表所列项目均为必填项。2.证件号码填写18位身份证号码。3.日期格式为yyyy/MM/dd。",
        &text,
    )?;
    choices(sheet, note - 1)?;
    let widths = [6, 12, 6, 14, 10, 12, 14, 22, 10, 24, 14, 14, 30, 14, 14, 24, 14, 34, 14, 16];
    (0..).zip(widths).try_for_each(|(column, width)| sheet.set_column_width(column, width).map(|_| ()))?;
    sheet.set_freeze_panes(4, 2)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, line: &Line, text: &Format) -> Result<(), XlsxError> {
    for (column, cell) in (0u16..).zip(&line.cells) {
        if column == 7 && line.fault == Some(Slip::Cut) {
            // What a spreadsheet makes of an id number that is typed into a cell for numbers.
            let cut = cell.get(..15).and_then(|digits| digits.parse::<f64>().ok()).unwrap_or_default() * 1_000.0;
            sheet.write_number_with_format(row, column, cut, &Format::new().set_num_format("0").set_border(FormatBorder::Thin))?;
        } else {
            sheet.write_string_with_format(row, column, cell, text)?;
        }
    }
    Ok(())
}

/// The drop-downs of the columns that have one.
fn choices(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    let lists: [(u16, &[&str]); 7] = [
        (2, &["男", "女"]),
        (5, &["在岗", "待（下）岗", "失业", "退休", "退职", "退养（内退）", "病休", "其他"]),
        (6, &["居民身份证"]),
        (8, &["博士", "硕士", "本科", "大专", "中专", "高中", "初中", "小学及以下"]),
        (11, &["农业户口", "非农业户口"]),
        (13, &["入会", "转入", "保留", "转出", "除名", "退会"]),
        (19, &["是", "否"]),
    ];
    for (column, list) in lists {
        sheet.add_data_validation(4, column, last, column, &DataValidation::new().allow_list_strings(list)?)?;
    }
    sheet.add_data_validation(4, 4, last, 4, &DataValidation::new().allow_list_formula(Formula::new("=下拉菜单表!$A$2:$A$57")))?;
    Ok(())
}

/// The nationalities, as the form's second sheet lists them, its misprint of 傈僳族 included.
fn lists(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write_string(0, 0, "民族")?;
    let entries = terms::of::<Ethnic>().map(|list| list.entries.as_slice()).unwrap_or_default();
    for (row, entry) in (1..=56).zip(entries) {
        sheet.write_string(row, 0, if entry.code == "20" { "僳僳族" } else { entry.name })?;
    }
    Ok(())
}
