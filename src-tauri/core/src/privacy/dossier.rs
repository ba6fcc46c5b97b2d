//! Everything that the file holds of one person, in one workbook (《个人信息保护法》第四十五条：查阅、复制).

use std::path::PathBuf;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

use crate::api::{display, title};
use crate::disclosure::{self, Disclosure, DisclosureKind, Given};
use crate::error::{Error, Refusal, Result};
use crate::people::Person;
use crate::record::{Cell, Id, Kind, Row as _, Table, Wire, show};
use crate::sheet::write::bytes_noted;
use crate::store::{Db, Key, Kin, Store, kin_of, of_record};

/// A person's data to write.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct PersonFile {
    /// Whose.
    pub person: Id<Person>,
    /// The file to write: .xlsx.
    pub path: PathBuf,
}

/// What was written.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct PersonSheet {
    /// The file.
    pub path: PathBuf,
    /// How many records stand in it.
    pub records: usize,
}

/// One sheet of the workbook: a heading and rows of words.
struct Part {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Writes everything in the file about one person into a workbook, whole or not at all, and into the disclosure log: the person's record
/// and all that belongs to it, what was changed in them, and when they were shown.
pub fn person_sheet(store: &Store, ask: &PersonFile) -> Result<PersonSheet> {
    let (parts, records) = store.read(|db| parts(db, ask.person))?;
    let bytes = write(store, &parts)
        .map_err(|fault| Error::Sheet(Refusal::new(format!("个人信息表没有生成：{fault}。"), "请检查磁盘空间后重试。")))?;
    let columns: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let given = Given { kind: DisclosureKind::Exported, of: Person::table().label, columns: &columns, many: 1, path: &ask.path };
    bytes_noted(&ask.path, &bytes, |file| disclosure::note_one(store, &given, ask.person.get(), file))?;
    Ok(PersonSheet { path: ask.path.clone(), records })
}

fn parts(db: &Db<'_>, person: Id<Person>) -> Result<(Vec<Part>, usize)> {
    db.get(person)?;
    let kin = kin_of(db, Person::NAME, &[person.get()])?;
    let mut found = Vec::new();
    for table in db.registry().tables() {
        let keys = kin.get(table.name).map_or(&[][..], Vec::as_slice);
        if !keys.is_empty() {
            found.push(rows(db, table, keys)?);
        }
    }
    let records = found.iter().map(|part| part.rows.len()).sum();
    found.push(past(db, &kin)?);
    found.push(shown(db, &kin)?);
    found.retain(|part| !part.rows.is_empty());
    Ok((found, records))
}

fn rows(db: &Db<'_>, table: &'static Table, keys: &[Key]) -> Result<Part> {
    let fields: Vec<_> = table.shown().collect();
    let mut part = Part { name: table.label.into(), head: fields.iter().map(|field| field.label.into()).collect(), rows: Vec::new() };
    for key in keys {
        let Some(cells) = db.cells(table, *key)? else { continue };
        let cell = |name: &str| table.position(name).and_then(|at| cells.get(at)).unwrap_or(&Cell::Null);
        part.rows.push(fields.iter().map(|field| display(db, field, cell(field.name), true)).collect::<Result<_>>()?);
    }
    Ok(part)
}

/// What was changed in any of the records, the oldest first in each.
fn past(db: &Db<'_>, kin: &Kin) -> Result<Part> {
    let head = ["记录", "名称", "时间", "经办人", "操作", "栏目", "原来", "改为"].map(String::from).to_vec();
    let mut part = Part { name: "修改记录".into(), head, rows: Vec::new() };
    for table in db.registry().tables() {
        for key in kin.get(table.name).into_iter().flatten() {
            let called = title(db, table, *key)?;
            for past in of_record(db, table, *key)? {
                let line = [
                    table.label.to_owned(),
                    called.clone(),
                    show(Kind::Entered, &Cell::Int(past.line.at)),
                    past.line.clerk,
                    past.line.name,
                ];
                if past.columns.is_empty() {
                    part.rows.push(line.iter().cloned().chain(["新增".to_owned(), String::new(), String::new()]).collect());
                }
                for (name, from, to) in past.columns {
                    let field = table.field(&name);
                    let words = |cell: &Cell| field.map_or_else(|| Ok(show(Kind::Text, cell)), |field| display(db, field, cell, true));
                    let change = [field.map_or(name.as_str(), |field| field.label).to_owned(), words(&from)?, words(&to)?];
                    part.rows.push(line.iter().cloned().chain(change).collect());
                }
            }
        }
    }
    Ok(part)
}

/// When any of the records was shown or written by itself; lists of many are logged by their number, without names.
fn shown(db: &Db<'_>, kin: &Kin) -> Result<Part> {
    let head = ["用途", "时间", "经办人", "内容", "栏目"].map(String::from).to_vec();
    let mut part = Part { name: "使用登记".into(), head, rows: Vec::new() };
    for table in db.registry().tables().filter(|table| !table.link) {
        for key in kin.get(table.name).into_iter().flatten() {
            for log in db.select::<Disclosure>("WHERE record = ?1 AND row_key = ?2 ORDER BY entered, id", (table.label, key.first()))? {
                let at = show(Kind::Entered, &Cell::Int(log.entered.0));
                part.rows.push(vec![crate::record::Code::label(log.kind).to_owned(), at, log.clerk, log.record, log.columns]);
            }
        }
    }
    Ok(part)
}

fn write(store: &Store, parts: &[Part]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(store.now().at)?;
    book.set_properties(&DocProperties::new().set_title("个人信息查询").set_creation_datetime(&made));
    let mark = disclosure::mark(store);
    for part in parts {
        sheet(book.add_worksheet(), part, &mark)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, part: &Part, mark: &str) -> std::result::Result<(), XlsxError> {
    let text = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = text.clone().set_bold();
    sheet.set_name(&part.name)?;
    sheet.set_landscape().set_paper_size(9).set_footer(format!("&C第 &P 页　共 &N 页&R{mark}"));
    sheet.set_freeze_panes(1, 0)?;
    for (column, label) in (0..).zip(&part.head) {
        sheet.set_column_width(column, 16)?;
        sheet.write_string_with_format(0, column, label, &head)?;
    }
    for (at, row) in (1..).zip(&part.rows) {
        for (column, words) in (0..).zip(row) {
            sheet.write_string_with_format(at, column, words, &text)?;
        }
    }
    Ok(())
}
