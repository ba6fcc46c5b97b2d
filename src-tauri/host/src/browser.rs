//! Opening the system's browser.

use std::process::{Command, Stdio};

/// Opens an address in the system's browser; says nothing where there is none, since the link is printed as well.
pub fn open(link: &str) {
    let (program, words): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    let started = command.args(words).arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        eprintln!("没有找到系统的浏览器，请把上面的链接复制到浏览器里打开。");
    }
}
