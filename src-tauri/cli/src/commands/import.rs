//! `import`: a sheet's rows, previewed, then taken as one step.

use serde_json::json;
use unionbook_core::error::{Error, Refusal, Result};
use unionbook_core::sheet::import::{self, Choice, Intake, IntakeOptions, Options, Preview, State};
use unionbook_core::store::{Step, Store};

use crate::args::Import;
use crate::session::{Session, unit_of};
use crate::told::Told;

/// Faults that are told on the terminal; all of them stand in the error workbook.
const TOLD: usize = 20;

/// Previews a sheet and takes the rows that are fit.
pub fn run(session: &Session, args: &Import) -> Result<Told> {
    let store = session.open(&args.file)?;
    let choice = choice(&args.elsewhere)?;
    let layout = args.layout.as_deref().map(|key| store.registry().layout(key)).transpose()?;
    let unit = args.unit.as_deref().map(|code| unit_of(&store, code)).transpose()?;
    let opening = args.opening.then(|| args.day.unwrap_or(store.now().today));
    let given = IntakeOptions { unit, opening, layout: layout.clone() };
    let options = Options { layout, sheet: args.tab.clone(), ..Options::default() };
    let make = || import::intake(store.registry(), &args.record, given.clone());
    let seen = import::preview(&store, &args.sheet, &options, make()?.as_mut(), &|_| Ok(()))?;
    if let Some(out) = args.errors.as_ref().filter(|_| seen.counts.faulty + seen.counts.conflicting > 0) {
        import::write_errors(&store, &args.sheet, &options, make()?.as_mut(), out, &|_| Ok(()))?;
    }
    let taken = if args.dry_run { None } else { Some(take(&store, args, &options, make()?.as_mut(), &seen, choice)?) };
    Ok(told(args, &seen, taken))
}

fn choice(word: &str) -> Result<Choice> {
    match word {
        "skip" => Ok(Choice::Skip),
        "update" => Ok(Choice::Update),
        "transfer" => Ok(Choice::Transfer),
        _ => Err(Error::Usage(format!("办法“{word}”，可用：skip、update、transfer"))),
    }
}

fn take(store: &Store, args: &Import, options: &Options, intake: &mut dyn Intake, seen: &Preview, choice: Choice) -> Result<(u64, Option<i64>)> {
    let label = store.registry().entry(&args.record).map_or("", |entry| entry.table.label);
    let name = args.sheet.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let step = Step::new(format!("{}{label}（{name}）", if args.opening { "建账导入" } else { "导入" }));
    let written = import::commit(store, &args.sheet, options, intake, seen, choice, step, &|_| Ok(()))?;
    Ok((written.value, written.step))
}

fn told(args: &Import, seen: &Preview, taken: Option<(u64, Option<i64>)>) -> Told {
    let answer = json!({ "preview": seen, "taken": taken.map(|(rows, _)| rows), "step": taken.and_then(|(_, step)| step) });
    let mut told = Told::new(words(args, seen, taken), answer);
    if seen.counts.faulty > 0 {
        let place = args.errors.as_ref().map_or("加上 --errors 文件.xlsx 可得到附原因的表格，改好再导入。".to_owned(), |out| format!("没有导入的行和原因在“{}”，改好后可直接再导入。", out.display()));
        told.wrong = Some(Error::Sheet(Refusal::new(format!("有 {} 行没有导入。", seen.counts.faulty), place)).report());
    }
    told
}

fn words(args: &Import, seen: &Preview, taken: Option<(u64, Option<i64>)>) -> String {
    let counts = &seen.counts;
    let mut lines = vec![format!(
        "工作表“{}”，表头在第 {} 行，共 {} 行：新增 {}，更新 {}，相同 {}，待选 {}，有误 {}，提示 {}。",
        seen.sheet, seen.header, counts.rows, counts.new, counts.changed, counts.same, counts.conflicting, counts.faulty, counts.warned
    )];
    lines.extend(seen.notes.iter().cloned());
    if !seen.unknown.is_empty() {
        lines.push(format!("这些列不认识，没有读取：{}。", seen.unknown.join("、")));
    }
    for row in seen.faults.iter().take(TOLD) {
        let faults = row.faults.iter().map(|fault| format!("{}：{}。{}", fault.label, fault.message, fault.hint));
        lines.push(format!("  第 {} 行 {}", row.row, faults.collect::<Vec<_>>().join("；")));
    }
    if seen.faults.len() > TOLD {
        lines.push(format!("  ……共 {} 行有误或有提示。", seen.faults.len()));
    }
    for sample in seen.samples.iter().filter(|sample| sample.state == State::Changed).take(TOLD) {
        let changes = sample.differences.iter().map(|change| format!("{} {} → {}", change.label, change.before, change.after));
        lines.push(format!("  第 {} 行更新：{}", sample.row, changes.collect::<Vec<_>>().join("；")));
    }
    if counts.conflicting > 0 {
        lines.push("“待选”的行按 --elsewhere 处理：skip 跳过、update 更新、transfer 转入。".into());
    }
    lines.push(match taken {
        None => "只是预览，没有写入。".into(),
        Some((rows, Some(step))) => format!("已写入 {rows} 行，作为第 {step} 步，可以整体撤销：unionbook-cli undo {} {step}", args.file.display()),
        Some((_, None)) => "没有需要写入的内容。".into(),
    });
    lines.join("\n")
}
