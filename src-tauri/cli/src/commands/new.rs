//! `new`: a file, its recovery key, and the office's own union in it.

use std::path::Path;

use serde_json::{Value as Json, json};
use unionbook_core::error::Result;
use unionbook_core::store::{Sidecar, Store, discard};

use crate::args::New;
use crate::secrets::new_password;
use crate::session::{Session, at_home, call};
use crate::told::Told;

/// Makes a file; where its first union cannot be entered, no file is left.
pub fn run(session: &Session, args: &New) -> Result<Told> {
    at_home(&args.file)?;
    let password = new_password(&session.common)?;
    let (store, recovery) = Store::create(&args.file, &password, session.access(session.first_clerk())?)?;
    let opened = call(&store, "units.open", json!({ "name": args.unit, "code": args.code, "level": args.level }));
    let clerk = store.clerk().to_owned();
    drop(store);
    let opened = opened.inspect_err(|_| remove(&args.file))?;
    let recovery = recovery.print();
    let answer = json!({
        "file": args.file, "keys": Sidecar::path(&args.file), "recovery_key": recovery, "clerk": clerk,
        "unit": opened.get("value").cloned().unwrap_or(Json::Null),
    });
    Ok(Told::new(words(args, &recovery, &clerk), answer))
}

fn words(args: &New, recovery: &str, clerk: &str) -> String {
    format!(
        "已为“{unit}”新建台账：{file}\n钥匙文件：{keys}（要与台账放在一起，备份时两个都要）\n管理员：{clerk}\n\n\
         {keep}",
        keep = keep(recovery),
        unit = args.unit,
        file = args.file.display(),
        keys = Sidecar::path(&args.file).display(),
    )
}

/// Shows the recovery key and says what to do with it.
pub fn keep(recovery: &str) -> String {
    format!(
        "恢复密钥（只显示这一次）：\n\n    {recovery}\n\n\
         请现在打印或抄写两份，与电脑分开、锁好保管。忘记密码或丢了钥匙文件时，只有它能打开台账；\n\
         拿到它的人也能打开台账，所以不要拍照，不要存在电脑里。"
    )
}

/// Removes a file that was made a moment ago by this very run.
pub fn remove(file: &Path) {
    discard(file);
}
