//! Passwords and the recovery key: from a file, the environment, or a prompt.

use std::io::IsTerminal;
use std::path::Path;
use std::{env, fs};

use unionbook_core::desk::strong_enough;
use unionbook_core::error::{Error, Result, file_error, refused};
use unionbook_core::store::Secret;

use crate::args::Common;

/// Gives what opens a file: what the command line names comes before the environment, and that before the prompt.
pub fn secret(common: &Common, account: Option<&str>) -> Result<Secret> {
    let by = |password: String| Secret::of(account, &password);
    if let Some(key) = &common.recovery_key {
        return Ok(Secret::Recovery(key.clone()));
    }
    if let Some(path) = &common.password_file {
        return first_line(path).map(by);
    }
    if let Some(key) = variable("UNIONBOOK_RECOVERY_KEY") {
        return Ok(Secret::Recovery(key));
    }
    match variable("UNIONBOOK_PASSWORD") {
        Some(password) => Ok(by(password)),
        None => ask("台账密码：").map(by),
    }
}

/// Gives the password of a new file.
pub fn new_password(common: &Common) -> Result<String> {
    chosen(common.password_file.as_deref(), "UNIONBOOK_PASSWORD")
}

/// Gives the password to set from now on.
pub fn next_password(path: Option<&Path>) -> Result<String> {
    chosen(path, "UNIONBOOK_NEW_PASSWORD")
}

/// Gives the password of another file, where one is named.
pub fn of_other(path: Option<&Path>) -> Result<Option<String>> {
    path.map(first_line).transpose()
}

fn chosen(path: Option<&Path>, name: &str) -> Result<String> {
    let password = match (path, variable(name)) {
        (Some(path), _) => first_line(path)?,
        (None, Some(password)) => password,
        (None, None) => twice()?,
    };
    strong_enough(&password, "")?;
    Ok(password)
}

fn twice() -> Result<String> {
    let first = ask("设置密码：")?;
    if ask("再输一遍：")? == first {
        Ok(first)
    } else {
        refused("两遍密码不一样。", "请重新输入；没有改动任何文件。")
    }
}

fn ask(words: &str) -> Result<String> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Usage("没有给出密码，请用 --password-file 或环境变量 UNIONBOOK_PASSWORD".into()));
    }
    rpassword::prompt_password(words).map_err(|source| Error::Usage(format!("没有读到密码（{source}）")))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Windows editors may begin a file with a mark of its encoding.
fn first_line(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|source| file_error(path, "读取密码文件", &source))?;
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if line.is_empty() {
        Err(Error::Usage(format!("密码文件“{}”的第一行是空的", path.display())))
    } else {
        Ok(line.to_owned())
    }
}
