//! A blank shaped like 工会组织信息采集表 (附件一), made here from nothing.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// The headings of the form, to the letter.
pub const HEADINGS: [&str; 17] = [
    "序号",
    "单位名称",
    "单位法人和其他组织统一社会信用代码",
    "单位地址",
    "单位所在政区",
    "单位性质类别",
    "经济类型",
    "单位所属行业",
    "职工人数",
    "工会名称",
    "工会法人和其他组织统一社会信用代码",
    "上级工会名称",
    "建会日期（格式：yyyy/MM/dd）",
    "基层工会类型",
    "会员人数",
    "工会负责人\n(法定代表人)",
    "联系电话",
];

const KINDS: [&str; 5] = ["独立基层工会", "联合基层工会", "工会联合会", "产业(系统)工会", "总工会"];
const PLACES: [&str; 4] = ["海口市", "三亚市", "东方市 ", "定安县"];

/// The first row for data.
pub const FIRST: u32 = 6;

/// Makes the blank with so many reserved rows, the first two of them with the dummy values that the real one ships with.
pub fn blank(reserved: u32) -> Vec<u8> {
    made(reserved).expect("the blank is made")
}

fn made(reserved: u32) -> Result<Vec<u8>, XlsxError> {
    let text = Format::new().set_num_format("@").set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Center);
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("组织信息")?;
    page.write_string(0, 0, "附件一")?;
    page.merge_range(1, 0, 1, 16, "某省工会组织信息采集表", &title)?;
    page.merge_range(2, 0, 2, 6, "填表单位（盖章）：", &text)?;
    page.merge_range(2, 7, 2, 12, "信息采集人（签字）：", &text)?;
    page.merge_range(2, 13, 2, 16, "填报日期：", &text)?;
    page.merge_range(3, 0, 4, 0, "序号", &text)?;
    page.merge_range(3, 1, 3, 8, "工会组织所在单位信息", &text)?;
    page.merge_range(3, 9, 3, 16, "工会组织信息", &text)?;
    for (at, heading) in (1_u16..).zip(HEADINGS.iter().skip(1)) {
        page.write_string_with_format(4, at, *heading, &text)?;
    }
    for row in 5..5 + reserved {
        (0..17_u16).try_for_each(|at| match row < 7 {
            true => page.write_string_with_format(row, at, if at == 0 { "1" } else { "11" }, &text).map(|_| ()),
            false => page.write_blank(row, at, &text).map(|_| ()),
        })?;
    }
    let last = 4 + reserved;
    page.merge_range(last + 1, 0, last + 1, 16, "填表说明：\n1．此表所列项目均为必填项。\n2．日期按“yyyy/MM/dd”填写。", &text)?;
    page.add_data_validation(5, 13, last, 13, &DataValidation::new().allow_list_strings(&KINDS)?)?;
    page.add_data_validation(5, 4, last, 4, &DataValidation::new().allow_list_formula("政区!$A$1:$A$4".into()))?;
    page.set_print_area(0, 0, last + 1, 16)?;
    page.set_repeat_rows(3, 4)?;
    let list = book.add_worksheet().set_name("政区")?;
    (0_u32..).zip(PLACES).try_for_each(|(row, place)| list.write_string(row, 0, place).map(|_| ()))?;
    book.save_to_buffer()
}
