//! The one command: what the desk does, and what only a window can do.

use serde_json::Value as Json;
use tauri::{AppHandle, Manager};
use unionbook_core::api::{answered, payload as read};
use unionbook_core::error::{Error, Report, Result};

use crate::{Shell, clipboard, dialogs, reveal, window};

/// Runs a call of the page on a thread of its own, so that the window never waits; what goes wrong is a report.
#[tauri::command]
pub async fn rpc(app: AppHandle, command: String, payload: Json, job: Option<String>) -> Result<Json, Report> {
    let done = tauri::async_runtime::spawn_blocking(move || run(&app, &command, payload, job.as_deref())).await;
    done.unwrap_or_else(|fault| Err(Error::Bug(fault.to_string()))).map_err(|error| error.report())
}

fn run(app: &AppHandle, command: &str, payload: Json, job: Option<&str>) -> Result<Json> {
    match command {
        "dialog.open" => answered(dialogs::open(app, read(command, payload)?)),
        "dialog.save" => answered(dialogs::save(app, read(command, payload)?)),
        "dialog.folder" => answered(dialogs::folder(app, read(command, payload)?)),
        "dialog.reveal" => reveal::reveal(&read::<reveal::Reveal>(command, payload)?).map(|()| Json::Null),
        "clipboard.forget" => clipboard::forget(&read(command, payload)?).map(|()| Json::Null),
        "window.title" => {
            window::title(app, &read(command, payload)?);
            Ok(Json::Null)
        }
        "window.arrived" => answered(app.state::<Shell>().arrived.take()),
        _ => app.state::<Shell>().desk.rpc(command, payload, job),
    }
}
