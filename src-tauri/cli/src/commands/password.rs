//! `password`: another password for one's own account.

use serde_json::json;
use unionbook_core::error::Result;
use unionbook_core::store::Sidecar;

use crate::args::Password;
use crate::secrets::next_password;
use crate::session::Session;
use crate::told::Told;

/// Opens a file by its old password or the recovery key and sets a new password.
pub fn run(session: &Session, args: &Password) -> Result<Told> {
    let store = session.open(&args.file)?;
    store.set_password(&next_password(args.new_password_file.as_deref())?)?;
    let keys = Sidecar::path(&args.file);
    let text = format!("已设置新密码，写入钥匙文件：{}\n以前的备份仍要用旧密码打开；恢复密钥不变，别的账号也不变。", keys.display());
    Ok(Told::new(text, json!({ "keys": keys })))
}
