//! `merge`: another PC's file of the office.

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;
use unionbook_core::store::{Clash, ClashKind, Other, Plan, Secret, Taken, What};

use crate::args::Merge;
use crate::secrets;
use crate::session::Session;
use crate::told::Told;

/// Says what merging another PC's file would do, or does it.
pub fn merge(session: &Session, args: &Merge) -> Result<Told> {
    let store = session.open(&args.file)?;
    let secret =
        secrets::of_other(args.other_password_file.as_deref())?.map(|password| Secret::of(args.other_account.as_deref(), &password));
    let open = || Other::open(&args.other, secret.as_ref(), &store);
    let other = if secret.is_some() { session.attempt(&args.other, open) } else { open() }?;
    let taken = if args.take_theirs { Taken::all() } else { Taken::default() };
    if args.dry_run {
        let plan = store.compare(&other, &taken)?;
        return Ok(told("合并后将", &plan, &[], None));
    }
    let done = store.merge(&other, &taken)?;
    let problems: Vec<String> =
        done.value.problems.iter().map(|(table, key, message)| format!("{} {}：{message}", table.label, key.first())).collect();
    Ok(told("已合并：", &done.value.plan, &problems, done.step))
}

fn told(begin: &str, plan: &Plan, problems: &[String], step: Option<i64>) -> Told {
    let rows = |is: fn(&What) -> bool| plan.writes.iter().filter(|write| is(&write.what)).count();
    let (added, changed, removed) =
        (rows(|what| matches!(what, What::Add(_))), rows(|what| matches!(what, What::Set(_))), rows(|what| *what == What::Remove));
    let mut text =
        format!("{begin}新增 {added} 条，修改 {changed} 条，删除 {removed} 条；两台电脑都登记了的 {} 条合为一条。", plan.twins.len());
    for clash in &plan.clashes {
        text += &format!("\n{}：{}", clash.name(), sentence(clash));
    }
    problems.iter().for_each(|problem| text += &format!("\n请核对：{problem}"));
    let clashes: Vec<Json> = plan.clashes.iter().map(|clash| json!({ "name": clash.name(), "what": sentence(clash) })).collect();
    Told::new(
        text,
        json!({ "added": added, "changed": changed, "removed": removed, "same": plan.twins.len(), "clashes": clashes, "problems": problems, "step": step }),
    )
}

/// What happened; no values, for they are people's.
fn sentence(clash: &Clash) -> String {
    let field = clash.field.map_or("这条记录", |field| field.label);
    match clash.kind {
        ClashKind::Changed => format!("两台电脑都改过“{field}”，改得不一样"),
        ClashKind::RemovedHere => "本机删去了，对方改过".into(),
        ClashKind::RemovedThere => "对方删去了，本机改过".into(),
        ClashKind::InUse => "对方删去了，本机还用到它，保留".into(),
        ClashKind::Erased => "对方已按规定清除，请在本机也清除".into(),
        ClashKind::Occupied => format!("对方的“{field}”在本机是另一条记录的，保留本机的"),
    }
}
