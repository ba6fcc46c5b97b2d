//! Showing a written file in the system's file browser.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use unionbook_core::error::{Error, Result, file_error, refused};

/// Names what to show.
#[derive(Deserialize)]
pub struct Reveal {
    path: PathBuf,
}

/// Opens the folder of a file, or the folder itself; refuses what is not there.
pub fn reveal(ask: &Reveal) -> Result<()> {
    let path = ask.path.canonicalize().map_err(|_| Error::Gone(format!("“{}”", ask.path.display())))?;
    let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(&path) };
    let started = browser(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match started {
        Ok(mut child) => {
            // Somebody has to ask how it ended, or it stays as a zombie.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            refused("这台电脑没有可用的文件管理器。", format!("文件在：{}", ask.path.display()))
        }
        Err(source) => Err(file_error(folder, "打开文件夹", &source)),
    }
}

/// The system's file browser; the folder is one argument and never words of a shell.
fn browser(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    });
    command.arg(folder);
    command
}
