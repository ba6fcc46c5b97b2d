//! `export`: records as a workbook, a text sheet or a filled blank.

use std::path::Path;

use serde_json::json;
use unionbook_core::error::{Error, Result};
use unionbook_core::sheet::export::{self, Form};
use unionbook_core::sheet::write::TextEncoding;
use unionbook_core::store::Store;

use crate::args::Export;
use crate::session::{Session, unit_of};
use crate::told::Told;

/// Writes the file.
pub fn run(session: &Session, args: &Export) -> Result<Told> {
    let store = session.open(&args.file)?;
    let outlet = export::outlet(store.registry(), &args.record)?;
    let label = store.registry().entry(&args.record).map_or("记录", |entry| entry.table.label);
    let unit = args.unit.as_deref().map(|code| unit_of(&store, code)).transpose()?;
    let what = export::Export { label, unit, form: form(&store, args)?, made: chrono::Local::now().naive_local() };
    let rows = export::export(&store, outlet.as_ref(), &what, &args.out)?;
    let text = format!("已导出“{label}”{rows} 条：{}\n表里有个人信息，请妥善保管，用完删除。", args.out.display());
    Ok(Told::new(text, json!({ "rows": rows, "file": args.out })))
}

fn form(store: &Store, args: &Export) -> Result<Form> {
    if let Some((blank, key)) = args.blank.as_ref().zip(args.layout.as_deref()) {
        let layout = store.registry().layout(key)?;
        if layout.record != args.record {
            return Err(Error::Usage(format!("版式“{key}”是“{}”的，不是“{}”的", layout.record, args.record)));
        }
        return Ok(Form::Blank(blank.clone(), layout));
    }
    match ending(&args.out).as_str() {
        "xlsx" => Ok(Form::Book),
        "csv" => encoding(&args.encoding).map(Form::Text),
        other => Err(Error::Usage(format!("文件类型“.{other}”，可用：.xlsx、.csv"))),
    }
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn encoding(word: &str) -> Result<TextEncoding> {
    match word.to_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(TextEncoding::Utf8),
        "gb18030" => Ok(TextEncoding::Gb18030),
        "gbk" | "gb2312" => Ok(TextEncoding::Gbk),
        other => Err(Error::Usage(format!("编码“{other}”，可用：utf-8、gb18030、gbk"))),
    }
}
