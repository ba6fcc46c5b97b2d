//! `backup` and `restore`.

use std::path::absolute;

use serde_json::json;
use unionbook_core::error::{Result, file_error};
use unionbook_core::store;

use crate::args::{Backup, Restore};
use crate::session::{Session, at_home, call};
use crate::told::Told;

/// Copies a file with its sidecar into a folder and checks the copy.
pub fn backup(session: &Session, args: &Backup) -> Result<Told> {
    let folder = absolute(&args.folder).map_err(|source| file_error(&args.folder, "打开文件夹", &source))?;
    let copy = call(&session.open(&args.file)?, "store.backup", json!({ "folder": folder }))?;
    let path = copy.as_str().unwrap_or_default();
    Ok(Told::new(format!("已备份到：{path}\n备份已打开检查过，连同钥匙文件 {path}.keys 一起保管。"), json!({ "file": copy })))
}

/// Puts a backup in the place of a file; what was there is set aside.
pub fn restore(session: &Session, args: &Restore) -> Result<Told> {
    at_home(&args.file)?;
    let secret = session.secret()?;
    let aside = session.attempt(&args.backup, || store::restore(&args.backup, &secret, &args.file))?;
    let kept = aside.as_ref().map(|path| format!("\n原来的台账移到了：{}", path.display())).unwrap_or_default();
    let text = format!("已用备份恢复：{}{kept}", args.file.display());
    Ok(Told::new(text, json!({ "file": args.file, "set_aside": aside })))
}
