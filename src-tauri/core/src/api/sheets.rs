//! Sheets in and out, for any record: what an import would do, the import itself, and exports.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::payload::RecordName;
use super::progress::{Watch, rows};
use super::seen::{Seen, SeenOutlet};
use crate::disclosure::{self, DisclosureKind, Given};
use crate::error::{Error, Result};
use crate::record::Wire;
use crate::sheet::export::{self, Export, Form, Outlet};
use crate::sheet::import::{self, Choice, Intake, IntakeOptions, Options, Preview, Taking};
use crate::sheet::read::Encoding;
use crate::sheet::write::TextEncoding;
use crate::store::{Step, Store, Written};

/// A sheet to bring in.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct SheetIn {
    /// The record that its rows are.
    pub record: RecordName,
    /// The file: xlsx, xls, csv or tsv.
    pub path: PathBuf,
    /// The upstream blank that it follows, by its word.
    pub layout: Option<String>,
    /// The sheet's name, where it is not the first that fits.
    pub sheet: Option<String>,
    /// The unit of rows that name none, by its id.
    pub unit: Option<i64>,
    /// The day on which the book is opened, where the sheet is the opening stock.
    pub opening: Option<NaiveDate>,
    /// The encoding of a text sheet, where the guess is wrong: `utf-8`, `utf-16`, `gb18030`.
    pub encoding: Option<String>,
}

impl SheetIn {
    fn intake(&self, store: &Store) -> Result<(Options, Box<dyn Intake>)> {
        let registry = store.registry();
        let layout = self.layout.as_deref().map(|key| registry.layout(key)).transpose()?;
        let encoding = self.encoding.as_deref().map(encoding).transpose()?;
        self.record.entry(registry)?;
        let intake = IntakeOptions { unit: self.unit, opening: self.opening, layout: layout.clone() };
        Ok((Options { layout, sheet: self.sheet.clone(), encoding }, import::intake(registry, &self.record.0, intake)?))
    }

    fn step(&self, store: &Store) -> Result<Step> {
        let label = self.record.table(store.registry())?.label;
        Ok(Step::new(if self.opening.is_some() { format!("建账导入：{label}") } else { format!("导入：{label}") }))
    }
}

fn encoding(word: &str) -> Result<Encoding> {
    match word.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "utf8" => Ok(Encoding::Utf8),
        "utf16" | "utf16le" | "unicode" => Ok(Encoding::Utf16Le),
        "utf16be" => Ok(Encoding::Utf16Be),
        "gb18030" | "gbk" | "gb2312" => Ok(Encoding::Gb18030),
        _ => Err(Error::Usage(format!("没有编码“{word}”，可用：utf-8、utf-16、gb18030"))),
    }
}

/// Judges every row of a sheet; writes nothing.
pub fn preview(store: &Store, ask: &SheetIn, watch: Watch<'_>) -> Result<Preview> {
    let (options, mut intake) = ask.intake(store)?;
    import::preview(store, &ask.path, &options, intake.as_mut(), &rows(watch, "检查", None))
}

/// A sheet to take.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Import {
    /// The sheet.
    #[serde(flatten)]
    pub sheet: SheetIn,
    /// What becomes of the rows that the clerk must choose for.
    #[serde(default)]
    pub choice: Choice,
    /// Where a workbook of the rows that were not taken goes, with the reasons.
    pub errors: Option<PathBuf>,
    /// Whether nothing is taken where any row is faulty.
    #[serde(default)]
    pub all_or_nothing: bool,
    /// The preview's stamp: a file that was changed since is refused.
    pub seen: Option<String>,
}

/// What an import did.
#[derive(Debug, Serialize, Wire)]
pub struct Imported {
    /// What was found of each row.
    pub preview: Preview,
    /// How many rows were taken.
    pub taken: u64,
    /// How many rows stand in the workbook of those that were not, where one was asked for.
    pub returned: Option<u64>,
}

/// Judges every row of a sheet and takes those that hold, as one step; none where one is faulty and all or nothing was asked for.
pub fn import(store: &Store, ask: &Import, watch: Watch<'_>) -> Result<Written<Imported>> {
    let returned = errors(store, ask, watch)?;
    if ask.all_or_nothing {
        let preview = preview(store, &ask.sheet, watch)?;
        if preview.counts.faulty > 0 {
            return Ok(Written { value: Imported { preview, taken: 0, returned }, step: None, tables: BTreeSet::new() });
        }
    }
    let (options, mut intake) = ask.sheet.intake(store)?;
    let taking = Taking { seen: ask.seen.clone(), choice: ask.choice, step: ask.sheet.step(store)? };
    let written = import::take(store, &ask.sheet.path, &options, intake.as_mut(), taking, &rows(watch, "导入", None))?;
    Ok(written.map(|done| Imported { preview: done.preview, taken: done.rows, returned }))
}

/// Writes the rows that are not taken before the others are: afterwards they would be judged by what the import wrote.
fn errors(store: &Store, ask: &Import, watch: Watch<'_>) -> Result<Option<u64>> {
    let Some(out) = &ask.errors else { return Ok(None) };
    let (options, mut intake) = ask.sheet.intake(store)?;
    import::write_errors(store, &ask.sheet.path, &options, intake.as_mut(), ask.choice, out, &rows(watch, "写错误清单", None)).map(Some)
}

/// Records to send out.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct SheetOut {
    /// The record.
    pub record: RecordName,
    /// The file to write: .xlsx or .csv.
    pub path: PathBuf,
    /// The upstream blank's layout, by its word.
    pub layout: Option<String>,
    /// The upstream blank itself.
    pub blank: Option<PathBuf>,
    /// The unit whose subtree goes out, by its id.
    pub unit: Option<i64>,
    /// The encoding of a text sheet: `utf-8`, `gb18030`, `gbk`.
    pub encoding: Option<String>,
    /// The list as it is seen, instead of every column in the record's own order.
    pub list: Option<Seen>,
}

/// Writes records to a file, whole or not at all, and into the disclosure log; gives their number. Our own workbooks bear at the foot of
/// each page who wrote them and when.
pub fn export(store: &Store, ask: &SheetOut) -> Result<u64> {
    let label = ask.record.table(store.registry())?.label;
    let form = ask.form(store)?;
    let layout = if let Form::Blank(_, layout) = &form { Some(layout.as_ref()) } else { None };
    let outlet: Box<dyn Outlet + Sync> = match &ask.list {
        Some(seen) => Box::new(SeenOutlet::new(store.registry(), &ask.record, ask.unit, seen)?),
        None => export::outlet(store.registry(), &ask.record.0, layout)?,
    };
    let mark = disclosure::mark(store);
    let what = Export { label, unit: ask.unit, form, made: store.now().local(), mark: &mark };
    let columns = export::given(outlet.as_ref());
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    export::export(store, outlet.as_ref(), &what, &ask.path, |file, many| {
        disclosure::note(store, &Given { kind: DisclosureKind::Exported, of: label, columns: &columns, many, path: &ask.path }, file)
    })
}

impl SheetOut {
    fn form(&self, store: &Store) -> Result<Form> {
        let ending = self.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match (&self.blank, &self.layout) {
            (Some(blank), Some(key)) => {
                let layout = store.registry().layout(key)?;
                if layout.record == self.record.0 {
                    return Ok(Form::Blank(blank.clone(), Box::new(layout)));
                }
                Err(Error::Usage(format!("版式“{key}”是“{}”的，不是“{}”的", layout.record, self.record.0)))
            }
            (None, None) if ending == "xlsx" => Ok(Form::Book),
            (None, None) if ending == "csv" => text_encoding(self.encoding.as_deref().unwrap_or("utf-8")).map(Form::Text),
            (None, None) => Err(Error::Usage(format!("文件类型“.{ending}”，可用：.xlsx、.csv"))),
            _ => Err(Error::Usage("填空白表时，版式和空白表要一起给出".into())),
        }
    }
}

fn text_encoding(word: &str) -> Result<TextEncoding> {
    match word.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "utf8" => Ok(TextEncoding::Utf8),
        "gb18030" => Ok(TextEncoding::Gb18030),
        "gbk" | "gb2312" => Ok(TextEncoding::Gbk),
        _ => Err(Error::Usage(format!("没有编码“{word}”，可用：utf-8、gb18030、gbk"))),
    }
}
