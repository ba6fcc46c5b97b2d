//! The system's file dialogs, opened by the program so that the page needs no right for them.

use std::path::PathBuf;

use serde::Deserialize;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::window::MAIN;

/// A group's name and the endings in it.
type Endings = Vec<(String, Vec<String>)>;

/// Asks for files to read.
#[derive(Deserialize)]
pub struct Open {
    title: String,
    endings: Endings,
    #[serde(default)]
    many: Option<bool>,
}

/// Asks where to write a file.
#[derive(Deserialize)]
pub struct Save {
    title: String,
    name: String,
    endings: Endings,
}

/// Asks for a folder.
#[derive(Deserialize)]
pub struct Folder {
    title: String,
}

/// Lets the user choose files; none where they changed their mind.
pub fn open(app: &AppHandle, ask: Open) -> Option<Vec<PathBuf>> {
    #[cfg(feature = "rehearsal")]
    if let Some(answer) = rehearsed() {
        return answer;
    }
    let dialog = dialog(app, ask.title, &ask.endings);
    let chosen = if ask.many.unwrap_or(false) { dialog.blocking_pick_files()? } else { vec![dialog.blocking_pick_file()?] };
    Some(chosen.into_iter().filter_map(path).collect())
}

/// Lets the user choose where to write; a name without an ending gets the first one that is offered.
pub fn save(app: &AppHandle, ask: Save) -> Option<PathBuf> {
    #[cfg(feature = "rehearsal")]
    if let Some(answer) = rehearsed() {
        return answer.and_then(|paths| paths.into_iter().next());
    }
    let ending = ask.endings.first().and_then(|(_, endings)| endings.first()).cloned();
    let chosen = dialog(app, ask.title, &ask.endings).set_file_name(ask.name).blocking_save_file().and_then(path)?;
    Some(with_ending(chosen, ending.as_deref()))
}

/// Lets the user choose a folder.
pub fn folder(app: &AppHandle, ask: Folder) -> Option<PathBuf> {
    #[cfg(feature = "rehearsal")]
    if let Some(answer) = rehearsed() {
        return answer.and_then(|paths| paths.into_iter().next());
    }
    dialog(app, ask.title, &[]).blocking_pick_folder().and_then(path)
}

fn dialog(app: &AppHandle, title: String, endings: &[(String, Vec<String>)]) -> FileDialogBuilder<tauri::Wry> {
    let mut dialog = app.dialog().file().set_title(title);
    if let Some(window) = app.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    endings.iter().fold(dialog, |dialog, (label, endings)| {
        let endings: Vec<&str> = endings.iter().map(String::as_str).collect();
        dialog.add_filter(label, &endings)
    })
}

fn path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}

/// Adds an ending where there is none; since the dialog asked about another name then, a file that is there is not written over.
fn with_ending(chosen: PathBuf, ending: Option<&str>) -> PathBuf {
    let Some(ending) = ending.filter(|_| chosen.extension().is_none()) else { return chosen };
    let stem = chosen.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let named = |n: u32| {
        let name = if n == 1 { format!("{stem}.{ending}") } else { format!("{stem} ({n}).{ending}") };
        chosen.with_file_name(name)
    };
    (1..1000).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1))
}

/// A test's answer to the next dialog: a JSON list of paths or null, in the file that `UNIONBOOK_ANSWERS` names; it is used up.
#[cfg(feature = "rehearsal")]
fn rehearsed() -> Option<Option<Vec<PathBuf>>> {
    let path = PathBuf::from(std::env::var_os("UNIONBOOK_ANSWERS")?);
    let answer = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
    let _ = std::fs::remove_file(path);
    Some(answer)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn a_name_without_an_ending_gets_one_and_writes_over_nothing() {
        let folder = std::env::temp_dir().join(format!("unionbook-dialogs-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(with_ending(folder.join("名册.csv"), Some("xlsx")), folder.join("名册.csv"), "an ending that is there stays");
        assert_eq!(with_ending(folder.join("名册"), Some("xlsx")), folder.join("名册.xlsx"), "a missing one is added");
        assert_eq!(with_ending(folder.join("名册"), None), folder.join("名册"), "where one is offered");
        std::fs::write(folder.join("名册.xlsx"), "").unwrap();
        assert_eq!(with_ending(folder.join("名册"), Some("xlsx")), folder.join("名册 (2).xlsx"), "beside the file that is there");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
