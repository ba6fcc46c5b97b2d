//! The line that tells on a terminal how far long work has come.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use unionbook_core::api::Progress;

/// No more often than this the line is written anew.
const PAUSE: Duration = Duration::from_millis(100);

/// A line on the terminal, written over and over, and gone when the work is done.
pub struct Line {
    shown: bool,
    next: Cell<Option<Instant>>,
}

impl Line {
    /// Begins a line; there is none for machines, and none where nobody looks.
    pub fn new(json: bool) -> Self {
        Self { shown: !json && std::io::stderr().is_terminal(), next: Cell::new(None) }
    }

    /// Tells how far the work has come.
    pub fn tell(&self, progress: Progress) {
        let now = Instant::now();
        if self.shown && self.next.get().is_none_or(|next| now >= next) {
            self.next.set(Some(now + PAUSE));
            let _ = write!(std::io::stderr(), "\r\x1b[K{}", words(progress));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.next.get().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn words(progress: Progress) -> String {
    let Progress { stage, done, of } = progress;
    let of = of.map(|of| format!(" / {of}")).unwrap_or_default();
    format!("正在{stage}：{done}{of} 行（按 Ctrl+C 停止，不会写入任何内容）")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_done_and_of_how_much() {
        let line = words(Progress { stage: "写入", done: 300, of: Some(1000) });
        assert!(line.starts_with("正在写入：300 / 1000 行"), "with the whole where it is known: {line}");
        assert!(words(Progress { stage: "检查", done: 7, of: None }).starts_with("正在检查：7 行"), "without it where not");
    }
}
