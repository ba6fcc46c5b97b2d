//! Blanks for tests: made here from nothing, shaped like the blanks that upstream unions give.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The columns of the roster blank, spelt as in 附件四 工会会员信息采集表 (forms and standards, A1).
pub const ROSTER_COLUMNS: [&str; 20] = [
    "序号",
    "姓名",
    "性别",
    "出生日期\n（格式：yyyy/MM/dd）",
    "民族",
    "就业状况",
    "有效证件类别",
    "证件号码\n(填写18位身份证)",
    "学历",
    "技术等级",
    "移动电话",
    "户籍类型",
    "户籍所在地",
    "会籍变化类型",
    "会籍变化日期\n（格式：yyyy/MM/dd）",
    "会籍变化原因",
    "政治面貌",
    "工作单位",
    "籍贯",
    "是否农民工会员 填写“是”或“否”",
];

const LISTS: [(char, &str, &str); 6] = [
    ('C', "C15:C63354 C3 C5:C13", "男,女"),
    ('F', "F15:F63354 F3 F5:F13", "在岗,待（下）岗,失业,退休,退职,退养（内退）,病休,其他"),
    ('G', "G15:G1048576 G1:G3 G5:G13", "居民身份证"),
    ('I', "I15:I63354 I3 I5:I13", "博士,硕士,本科,大专,中专,高中,初中,小学及以下"),
    ('N', "N15:N63354 N5:N13", "入会,转入,保留,转出,除名,退会"),
    ('T', "T15:T63354 T5:T13", "是,否"),
];

/// A member roster: title, header in row 4, nine reserved rows 5 to 13, the merged note in row 14 with a drawing beside
/// it, drop-downs over the reserved rows and below the note, one of them in an extension list, print area and titles.
pub fn roster_blank() -> Vec<u8> {
    packed(&roster_parts())
}

/// The parts of [`roster_blank`], by name.
pub fn roster_parts() -> Vec<(String, String)> {
    let part = |name: &str, text: String| (name.to_owned(), text);
    vec![
        part("[Content_Types].xml", CONTENT_TYPES.into()),
        part("_rels/.rels", RELATIONS.into()),
        part("xl/workbook.xml", WORKBOOK.into()),
        part("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.into()),
        part("xl/worksheets/sheet1.xml", roster_sheet()),
        part("xl/worksheets/sheet2.xml", list_sheet()),
        part("xl/styles.xml", STYLES.into()),
        part("xl/sharedStrings.xml", shared_strings()),
        part("xl/drawings/drawing1.xml", DRAWING.into()),
        part("xl/worksheets/_rels/sheet1.xml.rels", SHEET_RELATIONS.into()),
        part("docProps/app.xml", APP.into()),
    ]
}

/// Packs parts into a workbook's zip.
pub fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let written = zip.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() && zip.write_all(text.as_bytes()).is_ok();
        debug_assert!(written, "memory takes every part");
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn letters() -> impl Iterator<Item = char> {
    'A'..='T'
}

fn roster_sheet() -> String {
    let styled = |row: u32, style: u32| letters().map(|column| format!("<c r=\"{column}{row}\" s=\"{style}\"/>")).collect::<String>();
    let labelled = |row: u32, style: u32, labels: &[(char, u32)]| {
        let cell = |column: char| match labels.iter().find(|(labelled, _)| *labelled == column) {
            Some((_, string)) => format!("<c r=\"{column}{row}\" s=\"{style}\" t=\"s\"><v>{string}</v></c>"),
            None => format!("<c r=\"{column}{row}\" s=\"{style}\"/>"),
        };
        letters().map(cell).collect::<String>()
    };
    let header: Vec<_> = letters().zip(0..20).collect();
    let mut rows = String::from("<row r=\"1\" spans=\"1:20\"><c r=\"A1\" s=\"1\" t=\"s\"><v>20</v></c></row>");
    rows += &format!("<row r=\"2\" spans=\"1:20\" ht=\"31.95\" customHeight=\"1\">{}</row>", labelled(2, 2, &[('A', 21)]));
    rows += &format!("<row r=\"3\" spans=\"1:20\" ht=\"27.75\" customHeight=\"1\">{}</row>", labelled(3, 3, &[('A', 22), ('L', 23)]));
    rows += &format!(
        "<row r=\"4\" spans=\"1:20\" s=\"1\" customFormat=\"1\" ht=\"40.95\" customHeight=\"1\">{}</row>",
        labelled(4, 4, &header)
    );
    for row in 5..=13 {
        let (style, height) = if row <= 10 { (4, " s=\"1\" customFormat=\"1\" ht=\"19.95\" customHeight=\"1\"") } else { (5, "") };
        rows += &format!("<row r=\"{row}\" spans=\"1:20\"{height}>{}</row>", styled(row, style));
    }
    rows += &format!("<row r=\"14\" spans=\"1:20\" ht=\"82.05\" customHeight=\"1\">{}</row>", labelled(14, 6, &[('A', 24)]));
    let lists: String = LISTS.iter().map(|(_, areas, choices)| format!("<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"{areas}\"><formula1>\"{choices}\"</formula1></dataValidation>")).collect();
    format!(
        "{SHEET_BEGIN}<sheetData>{rows}</sheetData><mergeCells count=\"4\"><mergeCell ref=\"A3:K3\"/><mergeCell ref=\"L3:T3\"/><mergeCell ref=\"A2:T2\"/><mergeCell ref=\"A14:T14\"/></mergeCells><dataValidations count=\"{}\">{lists}{NO_TWICE}</dataValidations>{SHEET_END}",
        LISTS.len() + 1
    )
}

fn list_sheet() -> String {
    let row =
        |(number, name): (u32, &str)| format!("<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>{name}</t></is></c></row>");
    let rows: String = (1..).zip(["民族", "汉族", "回族", "藏族", "苗族", "黎族"]).map(row).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn shared_strings() -> String {
    let further = [
        "附件",
        "工会会员信息采集表",
        "填表单位（盖章）：",
        "单位负责人(签字)：",
        "填表说明：\n1．此表所列项目均为必填项。\n2．日期按“yyyy/MM/dd”填写。",
    ];
    let texts: String =
        ROSTER_COLUMNS.iter().chain(&further).map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"25\" uniqueCount=\"25\">{texts}</sst>"
    )
}

const SHEET_BEGIN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:T14"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="14.4"/><cols><col min="1" max="20" width="9.5" style="1" customWidth="1"/></cols>"#;
const NO_TWICE: &str = r#"<dataValidation type="custom" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="A1:A3 A5:A1048576"><formula1>COUNTIF($A:$A,A1)&lt;2</formula1></dataValidation>"#;
const SHEET_END: &str = r#"<pageMargins left="0.26" right="0.23" top="1.1" bottom="1.02" header="0" footer="0"/><pageSetup paperSize="9" orientation="landscape"/><headerFooter><oddFooter>&amp;C第 &amp;P 页</oddFooter></headerFooter><drawing r:id="rId1"/><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>下拉菜单表!$A$2:$A$6</xm:f></x14:formula1><xm:sqref>E15:E1048576 E1:E3 E5:E13</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"#;
const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr defaultThemeVersion="124226"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="23040" windowHeight="9000"/></bookViews><sheets><sheet name="会员信息" sheetId="6" r:id="rId1"/><sheet name="下拉菜单表" sheetId="7" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">会员信息!$A$1:$T$14</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">会员信息!$4:$4</definedName><definedName name="民族">下拉菜单表!$A$2:$A$14</definedName></definedNames><calcPr calcId="124519"/></workbook>"#;
const WORKBOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const SHEET_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="方正小标宋简体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"><alignment horizontal="center"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"><alignment vertical="center"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"><alignment horizontal="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;
const DRAWING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor editAs="oneCell"><xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>13</xdr:row><xdr:rowOff>100</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>13</xdr:row><xdr:rowOff>9000</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:endParaRPr lang="zh-CN"/></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"#;
const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application></Properties>"#;
