//! An office's own blank turned into a task by pointing.

use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook};

use super::*;
use crate::report::task::Kind;

/// A matrix with merged headings over its columns and beside its rows.
fn matrix() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("A表").expect("a name");
    let (bold, framed) = (Format::new().set_bold(), Format::new().set_border(FormatBorder::Thin));
    page.merge_range(0, 0, 0, 6, "基层工会组织建设情况统计表", &bold).expect("merged");
    page.write(1, 0, "填报单位").expect("fits").write_blank(1, 1, &framed).expect("fits");
    page.merge_range(2, 0, 3, 1, "项目", &framed).expect("merged");
    page.merge_range(2, 2, 3, 2, "计量单位", &framed).expect("merged");
    page.merge_range(2, 3, 2, 4, "企业", &framed).expect("merged");
    page.merge_range(2, 5, 2, 6, "机关", &framed).expect("merged");
    for (column, text) in [(3, "总数"), (4, "新建"), (5, "总数"), (6, "新建")] {
        page.write_with_format(3, column, text, &framed).expect("fits");
    }
    page.merge_range(4, 0, 5, 0, "工会", &framed).expect("merged");
    for (row, text, unit) in [(4, "基层工会", "个"), (5, "女工委", "个"), (6, "会员", "人"), (7, "会费收入", "元")] {
        page.write_with_format(row, 1, text, &framed).expect("fits").write_with_format(row, 2, unit, &framed).expect("fits");
        (3..=6).for_each(|column| assert!(page.write_blank(row, column, &framed).is_ok(), "fits"));
    }
    page.write_formula_with_format(6, 6, Formula::new("=G5+G6"), &framed).expect("fits");
    page.set_column_width(1, 22).expect("fits");
    book.save_to_buffer().expect("saved")
}

#[test]
fn a_matrix_is_shown_as_a_grid_with_its_cells_named() {
    let proposals = propose(&matrix()).expect("an xlsx");
    let sheet = &proposals[0];
    assert_eq!((sheet.sheet.as_str(), sheet.title.as_str()), ("A表", "基层工会组织建设情况统计表"), "the widest text is the title");
    assert_eq!((sheet.rows, sheet.columns), (8, 7), "the grid ends with the table");
    assert!(
        sheet.merges.contains(&"D3:E3".to_owned()) && sheet.widths[1] > 20.0,
        "merges and widths are told: {:?} {:?}",
        sheet.merges,
        sheet.widths
    );
    let label = |at: &str| sheet.cells.iter().find(|cell| cell.at == place(at)).map(|cell| (cell.label.as_str(), cell.kind));
    assert_eq!(label("D5"), Some(("工会·基层工会·企业总数", Kind::Count)), "a group beside, the row, a group above, the column");
    assert_eq!(label("G6"), Some(("工会·女工委·机关新建", Kind::Count)), "a merged group holds for all its rows");
    assert_eq!(label("E8"), Some(("会费收入·企业新建", Kind::Money)), "yuan are money");
    let sum = sheet.cells.iter().find(|cell| cell.at == place("G7")).expect("the formula's cell");
    assert_eq!(sum.formula.as_deref(), Some("=G5+G6"), "a formula is told");
    let unit = sheet.cells.iter().find(|cell| cell.at == place("B2")).expect("beside 填报单位");
    assert_eq!(unit.fact, Some(Fact::Unit), "it asks for the union's name");
    assert_eq!(sheet.cells.len(), 17, "and no other cell is one");
    assert_eq!(sheet.block, None, "a matrix has no rows of one kind");
}

#[test]
fn a_roster_is_proposed_as_a_block_with_its_columns() {
    let proposals = propose(&crate::sheet::fixture::roster_blank()).expect("an xlsx");
    let block = proposals[0].block.as_ref().expect("rows of one kind");
    assert_eq!((block.header_row, block.first_row, block.reserved, block.note_row), (4, 5, 9, Some(14)), "as the blank reserves them");
    assert_eq!(block.columns.len(), 20, "all columns");
    assert_eq!(
        (block.columns[1].at.as_str(), block.columns[1].label.as_str(), block.columns[1].kind),
        ("B", "姓名", Kind::Text),
        "by their headings"
    );
    assert_eq!(proposals[0].title, "工会会员信息采集表", "the attachment's number is no title");
    assert!(propose(b"\xD0\xCF\x11\xE0 old").is_err(), "an old .xls is refused");
}

#[test]
fn a_drawn_blank_proposes_the_cells_that_it_was_drawn_for() {
    let proposals = propose(&blank(&task()).expect("drawn")).expect("an xlsx");
    let own: Vec<Place> = task().tables[0].cells.iter().map(|cell| cell.at).collect();
    let found: Vec<Place> = proposals[0].cells.iter().map(|cell| cell.at).collect();
    assert!(own.iter().all(|at| found.contains(at)), "{found:?}");
    let block = proposals[1].block.as_ref().expect("rows of one kind");
    assert_eq!((block.header_row, block.first_row, block.reserved), (4, 5, 5), "and its block");
}
