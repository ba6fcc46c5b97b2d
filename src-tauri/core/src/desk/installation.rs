//! Which installation of the program this is: a random text, made at the first run on a PC and kept for ever.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::{Error, Refusal, Result, file_error};

/// Gives this installation's name, kept in the settings folder; makes it where there is none.
pub fn installation(folder: &Path) -> Result<String> {
    let path = folder.join("installation");
    match fs::read_to_string(&path) {
        Ok(name) if !name.trim().is_empty() => Ok(name.trim().to_owned()),
        Ok(_) => make(&path, OpenOptions::new().write(true).truncate(true)),
        Err(source) if source.kind() == ErrorKind::NotFound => make(&path, OpenOptions::new().write(true).create_new(true)),
        Err(source) => Err(file_error(&path, "读取", &source)),
    }
}

fn make(path: &Path, open: &mut OpenOptions) -> Result<String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| file_error(folder, "建立文件夹", &source))?;
    }
    let mut bytes = [0_u8; 16];
    let refusal = |_| Error::File(Refusal::new("系统没有给出随机数，无法登记本机。", "请重启电脑后重试。"));
    getrandom::fill(&mut bytes).map_err(refusal)?;
    let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let written = open.open(path).and_then(|mut file| file.write_all(name.as_bytes()).and_then(|()| file.sync_all()));
    match written {
        // Another first run was quicker.
        Err(source) if source.kind() == ErrorKind::AlreadyExists => {
            fs::read_to_string(path).map(|name| name.trim().to_owned()).map_err(|source| file_error(path, "读取", &source))
        }
        written => written.map(|()| name).map_err(|source| file_error(path, "写入", &source)),
    }
}
