//! `import`: a sheet into a file, with every row's fate told.

use serde_json::{Value as Json, json};
use unionbook_core::error::{Report, Result};
use unionbook_core::store::Store;

use crate::args::Import;
use crate::session::{Session, call_long, unit_of};
use crate::told::Told;

/// How many faulty rows are told one by one.
const TOLD: usize = 20;

/// Imports a sheet, or only judges it.
pub fn run(session: &Session, args: &Import) -> Result<Told> {
    let store = session.open(&args.file)?;
    let ask = ask(&store, args)?;
    if args.dry_run {
        let preview = call_long(&store, "sheet.preview", ask, session.common.json)?;
        let wrong = faulty(&preview, "只做了检查，没有写入");
        return Ok(Told { text: format!("{}\n只做了检查，没有写入。", found(&preview)), wrong, answer: preview });
    }
    let done = call_long(&store, "sheet.import", ask, session.common.json)?;
    let preview = done.pointer("/value/preview").unwrap_or(&Json::Null);
    let refused = args.all_or_nothing && number(preview, "/counts/faulty") > 0;
    let lines = [found(preview), if refused { String::new() } else { taken(&done) }, returned(&done, args, refused)];
    let text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let wrong = match number(&done, "/value/taken") {
        _ if refused => faulty(preview, "按要求一行都没有导入"),
        0 => faulty(preview, "没有一行可以导入"),
        taken => faulty(preview, &format!("其余已导入 {taken} 行")),
    };
    Ok(Told { text, wrong, answer: done })
}

fn ask(store: &Store, args: &Import) -> Result<Json> {
    let unit = args.unit.as_deref().map(|code| unit_of(store, code)).transpose()?;
    let opening = args.opening.then(|| args.opening_day.unwrap_or(store.now().today));
    Ok(json!({
        "record": args.record, "path": args.sheet, "layout": args.layout, "sheet": args.sheet_name, "unit": unit, "opening": opening,
        "encoding": args.encoding, "choice": args.conflicts, "errors": args.errors, "all_or_nothing": args.all_or_nothing,
    }))
}

/// What was found in the sheet: counts, notes, and the first faulty rows.
fn found(preview: &Json) -> String {
    let count = |name: &str| number(preview, &format!("/counts/{name}"));
    let word = |name: &str| preview.get(name).and_then(Json::as_str).unwrap_or_default();
    let mut lines = vec![format!(
        "工作表“{}”：{} 行。新增 {}，更新 {}，相同 {}，需要选择 {}，有误 {}；另有 {} 行有提示。",
        word("sheet"),
        count("rows"),
        count("new"),
        count("changed"),
        count("same"),
        count("conflicting"),
        count("faulty"),
        count("warned")
    )];
    let named = |name: &str| items(preview, name).filter_map(Json::as_str).collect::<Vec<_>>().join("、");
    let (missing, unknown) = (named("missing"), named("unknown"));
    lines.extend((!missing.is_empty()).then(|| format!("表里缺少必填的列：{missing}。")));
    lines.extend((!unknown.is_empty()).then(|| format!("表里这些列不认识，没有导入：{unknown}。")));
    lines.extend(items(preview, "notes").filter_map(Json::as_str).map(str::to_owned));
    let mut rows: Vec<(bool, String)> = items(preview, "faults").flat_map(row).collect();
    rows.sort_by_key(|(warning, _)| *warning);
    lines.extend(rows.iter().take(TOLD).map(|(_, told)| told.clone()));
    lines.extend((rows.len() > TOLD).then(|| format!("……共 {} 处，其余见错误清单（--errors）。", rows.len())));
    lines.join("\n")
}

/// Each fault of a row, and whether it is a mere warning: those come last.
fn row(of: &Json) -> impl Iterator<Item = (bool, String)> {
    let number = number(of, "/row");
    items(of, "faults").map(move |fault| {
        let word = |name: &str| fault.get(name).and_then(Json::as_str).unwrap_or_default();
        let warning = word("weight") == "warning";
        let weight = if warning { "（提示）" } else { "" };
        (warning, format!("第 {number} 行 {}{weight}：{}。{}", word("label"), word("message").trim_end_matches('。'), word("hint")))
    })
}

fn taken(done: &Json) -> String {
    match (number(done, "/value/taken"), done.get("step").and_then(Json::as_i64)) {
        (taken, Some(step)) => format!("已导入 {taken} 行（第 {step} 步，可以用 undo 整体撤销）。"),
        _ => "没有需要写入的内容。".into(),
    }
}

/// Where the rows stand that were left out; where all were, mending those alone would lose the others.
fn returned(done: &Json, args: &Import, refused: bool) -> String {
    let rows = done.pointer("/value/returned").and_then(Json::as_u64).filter(|rows| *rows > 0);
    let Some((rows, out)) = rows.zip(args.errors.as_ref().map(|out| out.display())) else { return String::new() };
    if refused {
        return format!("有误的 {rows} 行和原因写到了：{out}。整张表都没有导入，请对照它改好原表，再把原表导入一次。");
    }
    format!("没有导入的 {rows} 行写到了：{out}，改好后可以再导入。")
}

/// Says how many rows are faulty, and what became of the others; nothing where none is.
fn faulty(preview: &Json, others: &str) -> Option<Report> {
    let (faulty, rows) = (number(preview, "/counts/faulty"), number(preview, "/counts/rows"));
    let message = format!("{rows} 行里有 {faulty} 行有误，没有导入；{others}。");
    let hint = "请按每一行的提示改好有误的行，再导入一次；已经导入的行不会重复。".into();
    (faulty > 0).then(|| Report { code: "faulty", message, hint, faults: Vec::new(), detail: String::new() })
}

fn items<'j>(of: &'j Json, name: &str) -> impl Iterator<Item = &'j Json> + use<'j> {
    of.get(name).and_then(Json::as_array).into_iter().flatten()
}

fn number(of: &Json, pointer: &str) -> i64 {
    of.pointer(pointer).and_then(Json::as_i64).unwrap_or(0)
}
