//! The one window: shown at once, brought forward by a second start, where it was left.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_window_state::StateFlags;

use crate::Shell;

/// The window's name.
pub const MAIN: &str = "main";
/// What the page hears when a second start brought files.
const ARRIVED: &str = "arrived";
/// The ending of office files.
const ENDING: &str = "unionbook";

/// What the window is called.
#[derive(Deserialize)]
pub struct Title {
    title: String,
}

/// What of the window is remembered from one start to the next.
pub fn remembered() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED
}

/// Opens the window; it leads nowhere but to the program's own pages.
pub fn show(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("工会台账")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .on_navigation(own)
        .build()
        .map(drop)
}

/// Says whether an address is one of the program's own pages.
fn own(url: &tauri::Url) -> bool {
    let local = url.scheme() == "tauri" && url.host_str() == Some("localhost");
    // On Windows the same pages have this address.
    local || url.host_str() == Some("tauri.localhost")
}

/// Brings the window forward for a second start, and hands over the files that it was started with.
pub fn again(app: &AppHandle, words: Vec<String>, folder: &str) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
    let files = offices(words.into_iter(), Path::new(folder));
    if !files.is_empty() {
        app.state::<Shell>().arrived.add(&files);
        let _ = app.emit_to(MAIN, ARRIVED, files);
    }
}

/// Writes the window's title.
pub fn title(app: &AppHandle, to: &Title) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.set_title(&to.title);
    }
}

/// The office files that the program was started with, until the page asks for them.
pub struct Arrived(Mutex<Vec<PathBuf>>);

impl Arrived {
    /// Finds them among the words of the command line.
    pub fn of(words: impl Iterator<Item = String>) -> Self {
        Self(Mutex::new(offices(words, &std::env::current_dir().unwrap_or_default())))
    }

    /// Hands them out once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, files: &[PathBuf]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(files);
    }
}

/// The office files among the words of a command line that was given in a folder.
fn offices(words: impl Iterator<Item = String>, folder: &Path) -> Vec<PathBuf> {
    let files = words.skip(1).filter(|word| !word.starts_with('-')).map(|word| folder.join(word));
    files.filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_files_are_found_among_the_words_of_a_start() {
        let words = ["unionbook", "--flag", "甲.unionbook", "/home/b/乙.UNIONBOOK", "c.txt"].map(str::to_owned);
        let found = offices(words.into_iter(), Path::new("/home/a"));
        assert_eq!(found, [PathBuf::from("/home/a/甲.unionbook"), "/home/b/乙.UNIONBOOK".into()], "whole paths of office files alone");
    }

    #[test]
    fn the_window_leads_nowhere_but_to_its_own_pages() {
        let leads = |url: &str| url.parse().is_ok_and(|url| own(&url));
        assert!(leads("tauri://localhost/members/3") && leads("http://tauri.localhost/"), "its own pages");
        for url in
            ["https://example.com", "file:///etc/passwd", "tauri://example.com", "http://localhost", "about:blank", "data:text/html,x"]
        {
            assert!(!leads(url), "{url} is not one of them");
        }
    }
}
