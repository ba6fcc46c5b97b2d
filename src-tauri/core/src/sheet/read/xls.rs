//! Workbooks in the binary format of Excel 97-2003 (.xls).

use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use crate::sheet::fault::Fault;
use crate::sheet::place::{Area, CellRef};

use super::cells::{Buffer, Epoch, Kind};
use super::input::Input;
use super::scan::Each;
use super::strings::Strings;
use super::{Caps, SheetName, extent};

/// The largest .xls that is taken: its reader holds all of it in memory.
const MOST_BYTES: u64 = 64 << 20;

pub(super) struct Biff {
    workbook: Xls<BufReader<Input>>,
    sheets: Vec<SheetName>,
    epoch: Epoch,
    most_cells: u64,
}

impl Biff {
    pub(super) fn open(mut file: Input, caps: &Caps) -> Result<Self, Fault> {
        let size = file.size()?;
        if size > MOST_BYTES {
            return Err(Fault::TooBig("内容"));
        }
        if names_stream(&mut file, "EncryptedPackage")? {
            return Err(encrypted());
        }
        if !extent::fits(&mut file)? {
            return Err(Fault::Broken("旧版 .xls 内容"));
        }
        let workbook = sound(|| Xls::new(BufReader::new(file)))?.map_err(fault)?;
        let sheets = names(&workbook);
        if sheets.is_empty() {
            return Err(Fault::Said("里没有工作表", "请确认选对了文件，再重新导入。"));
        }
        let epoch = if workbook.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
        Ok(Self { workbook, sheets, epoch, most_cells: caps.cells })
    }

    pub(super) fn sheets(&self) -> Vec<SheetName> {
        self.sheets.clone()
    }

    pub(super) fn rows(&mut self, sheet: usize, each: &mut Each<'_>) -> Result<(), Fault> {
        let name = self.sheets.get(sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
        let workbook = &mut self.workbook;
        let range = sound(|| workbook.worksheet_range(&name))?.map_err(fault)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let (mut buffer, strings, mut cells) = (Buffer::default(), Strings::default(), 0);
        for (number, row) in (first_row + 1..).zip(range.rows()) {
            buffer.begin(number);
            row.iter().zip(first_column + 1..).for_each(|(value, column)| put(&mut buffer, column as u16, value));
            cells += buffer.len() as u64;
            if cells > self.most_cells {
                return Err(Fault::TooBig("单元格数"));
            }
            if !buffer.is_empty() && each(&buffer.row(&strings, self.epoch)).map_err(Fault::Caller)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn merges(&mut self, sheet: usize) -> Result<Vec<Area>, Fault> {
        let areas = self.workbook.merge_cells_by_sheet_id(sheet).map_err(fault)?;
        let place = |(row, column): (u32, u32)| CellRef::new(column as u16 + 1, row + 1);
        Ok(areas.iter().map(|area| Area { first: place(area.start), last: place(area.end) }).collect())
    }
}

fn names(workbook: &Xls<BufReader<Input>>) -> Vec<SheetName> {
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| SheetName { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible }).collect()
}

fn put(buffer: &mut Buffer, column: u16, value: &Data) {
    match value {
        Data::Empty => {}
        Data::String(text) if text.is_empty() => {}
        Data::String(text) => buffer.put(column, Kind::Text, text),
        Data::Int(value) => buffer.put(column, Kind::Number, value),
        Data::Float(value) => buffer.put(column, Kind::Number, value),
        Data::DateTime(moment) => buffer.put(column, Kind::Dated, moment.as_f64()),
        Data::DateTimeIso(text) => buffer.put(column, Kind::Iso, text),
        Data::DurationIso(text) => buffer.put(column, Kind::Text, text),
        Data::Bool(value) => buffer.put(column, Kind::Bool, value),
        Data::Error(error) => buffer.put(column, Kind::Error, error),
    }
}

/// Says whether the compound file has a stream of this name, without reading its directory: names stand there in UTF-16.
fn names_stream(file: &mut Input, name: &str) -> Result<bool, Fault> {
    use std::io::Seek;
    let mut bytes = Vec::new();
    file.rewind()?;
    file.by_ref().take(MOST_BYTES).read_to_end(&mut bytes)?;
    file.rewind()?;
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(memchr::memmem::find(&bytes, &wide).is_some())
}

pub(super) fn encrypted() -> Fault {
    Fault::Said("设有打开密码", "请用 Excel 或 WPS 打开，去掉“打开密码”后另存一份再导入。")
}

/// The reader of this old format may panic on a malformed file; that is a damaged file and no more.
fn sound<T>(read: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Fault::Broken("旧版 .xls 内容"))
}

fn fault(source: XlsError) -> Fault {
    match source {
        XlsError::Password => encrypted(),
        XlsError::Io(source) => source.into(),
        _ => Fault::Broken("旧版 .xls 内容"),
    }
}
