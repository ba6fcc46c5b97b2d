//! `unionbook`: the window of Unionbook (工会台账).
//!
//! It holds the desk and one window with the built screens, and does nothing else: every call of the page goes through [`rpc`].
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(target_os = "linux")]
mod away;
mod clipboard;
mod dialogs;
#[cfg(target_os = "linux")]
mod renderer;
mod reveal;
mod rpc;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::Manager;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::error::{Error, Refusal, Result};
use unionbook_core::store::Now;

/// What the window's calls share.
pub struct Shell {
    /// The desk.
    pub desk: Desk,
    /// The files that the program was started with and that the page has not asked for yet.
    pub arrived: window::Arrived,
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    renderer::choose();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let desk = Desk::new(Place::shipped(Arc::new(|| Now::of(chrono::Local::now())))?);
    let shell = Shell { desk, arrived: window::Arrived::of(std::env::args()) };
    tauri::Builder::default()
        // It comes first, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, words, folder| window::again(app, words, &folder)))
        .plugin(tauri_plugin_window_state::Builder::default().with_state_flags(window::remembered()).build())
        .plugin(tauri_plugin_dialog::init())
        .manage(shell)
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(|app| {
            #[cfg(target_os = "linux")]
            away::watch(app.handle());
            Ok(window::show(app.handle())?)
        })
        .build(tauri::generate_context!())
        .map(|app| app.run(ended))
        .map_err(|source| unstarted(&source))
}

/// Closes the office file before the process ends, so that it is left tidy.
fn ended(app: &tauri::AppHandle, event: tauri::RunEvent) {
    if matches!(event, tauri::RunEvent::Exit) {
        let _ = app.state::<Shell>().desk.rpc("desk.close", serde_json::Value::Null, None);
    }
}

fn unstarted(source: &tauri::Error) -> Error {
    let message = format!("窗口打不开（{source}）。");
    Error::File(Refusal::new(message, "请确认系统已装有 WebKitGTK 4.1（Windows 为 WebView2），或改用浏览器版 unionbook-browser。"))
}
