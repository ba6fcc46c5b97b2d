//! `account` and `rekey`: who may open a file, and another key for it.

use serde_json::{Value as Json, json};
use unionbook_core::error::{Error, Result};
use unionbook_core::record::Code as _;
use unionbook_core::store::{Role, Store};

use super::new::keep;
use crate::args::{Account, ChangedAccount, NewAccount, OneAccount, OneFile, ResetAccount};
use crate::grid::grid;
use crate::secrets::next_password;
use crate::session::{Session, call};
use crate::told::Told;

/// Does what is asked with accounts.
pub fn run(session: &Session, args: &Account) -> Result<Told> {
    match args {
        Account::List(args) => list(session, args),
        Account::Add(args) => add(session, args),
        Account::Change(args) => change(session, args),
        Account::Remove(args) => remove(session, args),
        Account::Reset(args) => reset(session, args),
    }
}

/// Encrypts the file anew and shows the new recovery key once.
pub fn rekey(session: &Session, args: &OneFile) -> Result<Told> {
    let store = session.open(&args.file)?;
    let made = call(&store, "account.rekey", json!({}))?;
    let recovery = made.pointer("/value/recovery").and_then(Json::as_str).unwrap_or_default().to_owned();
    let text = format!(
        "台账已换新钥匙，以前的恢复密钥和以前的钥匙文件都打不开它了；各账号的密码不变。\n以前的备份仍用当时的密码打开，请重新备份，并收回旧备份。\n\n{}\n\n管理员下次在窗口里打开台账，首页会提醒收好这串密钥；按“收好了”以后不再提醒。",
        keep(&recovery)
    );
    Ok(Told::new(text, json!({ "recovery_key": recovery })))
}

fn list(session: &Session, args: &OneFile) -> Result<Told> {
    let accounts = call(&session.open(&args.file)?, "account.list", json!({}))?;
    let line = |account: &Json| {
        let word = |name: &str| account.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let keyed = account.get("keyed").and_then(Json::as_bool).unwrap_or(false);
        vec![word("name"), label(&word("role")).to_owned(), if keyed { "有".into() } else { "没有，请重设".to_owned() }]
    };
    let rows: Vec<_> = accounts.as_array().into_iter().flatten().map(line).collect();
    Ok(Told::new(grid(&["姓名", "角色", "密码"].map(str::to_owned), &rows), accounts))
}

fn label(word: &str) -> &'static str {
    Role::LIST.entries.iter().find(|entry| entry.word == word).map_or("", |entry| entry.label)
}

fn add(session: &Session, args: &NewAccount) -> Result<Told> {
    let store = session.open(&args.file)?;
    let password = next_password(args.new_password_file.as_deref())?;
    let made = call(&store, "account.add", json!({ "name": args.name, "role": args.role, "password": password }))?;
    let text = format!("已新增账号“{}”（{}）。打开时用 --account {}；请本人尽快改掉密码。", args.name, args.role, args.name);
    Ok(Told::new(text, made.get("value").cloned().unwrap_or(Json::Null)))
}

fn change(session: &Session, args: &ChangedAccount) -> Result<Told> {
    let store = session.open(&args.file)?;
    call(&store, "account.change", json!({ "id": id_of(&store, &args.name)?, "name": args.rename, "role": args.role }))?;
    Ok(Told::text(format!("已修改账号“{}”。", args.name)))
}

fn remove(session: &Session, args: &OneAccount) -> Result<Told> {
    let store = session.open(&args.file)?;
    call(&store, "account.remove", json!({ "id": id_of(&store, &args.name)? }))?;
    Ok(Told::text(format!("已停用账号“{}”，它的密码打不开这个台账了。拿走过旧备份或旧钥匙文件的人，要再用 rekey 换新钥匙。", args.name)))
}

fn reset(session: &Session, args: &ResetAccount) -> Result<Told> {
    let store = session.open(&args.file)?;
    let id = id_of(&store, &args.name)?;
    let password = next_password(args.new_password_file.as_deref())?;
    call(&store, "account.reset", json!({ "id": id, "password": password }))?;
    Ok(Told::text(format!("已为账号“{}”设了新密码。", args.name)))
}

/// Finds an account by its name.
fn id_of(store: &Store, name: &str) -> Result<Json> {
    let accounts = call(store, "account.list", json!({}))?;
    let found = accounts.as_array().into_iter().flatten().find(|account| account.get("name").is_some_and(|known| known == name));
    found.and_then(|account| account.get("id")).cloned().ok_or_else(|| Error::Gone(format!("账号“{name}”")))
}
