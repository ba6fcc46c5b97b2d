//! A panic in a command becomes a notice with details to copy.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::error::{Error, Result};

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a command's work; a panic in it is [`Error::Bug`].
///
/// What the work had begun on the file is rolled back while the panic unwinds, so nothing half done is left behind.
pub(super) fn caught<T>(command: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
    note_places();
    panic::catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|thrown| Err(Error::Bug(detail(command, &*thrown))))
}

/// Notes where a thread panics from now on: only the hook is told.
fn note_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            let place = told.location().map(|place| format!("{}:{}", short(place.file()), place.line()));
            PLACE.with(|noted| noted.replace(place));
            before(told);
        }));
    });
}

/// A source's path without the folders of the PC it was built on.
fn short(path: &str) -> &str {
    path.rsplit_once("/src/").map_or(path, |(before, _)| {
        let start = before.rfind('/').map_or(0, |slash| slash + 1);
        path.get(start..).unwrap_or(path)
    })
}

fn detail(command: &str, thrown: &(dyn Any + Send)) -> String {
    let words = thrown.downcast_ref::<&str>().map(|words| (*words).to_owned()).or_else(|| thrown.downcast_ref::<String>().cloned());
    let place = PLACE.with(RefCell::take).unwrap_or_default();
    format!("unionbook {} · {command} · {place} · {}", env!("CARGO_PKG_VERSION"), plain(&words.unwrap_or_default()))
}

/// A panic's words without what it quotes and without anything that may be somebody's name or number.
fn plain(words: &str) -> String {
    let unquoted = words.split(['`', '"', '\'']).step_by(2).collect::<Vec<_>>().join("…");
    let (mut kept, mut digits) = (String::new(), 0);
    for letter in unquoted.chars().filter(char::is_ascii).take(300) {
        digits = if letter.is_ascii_digit() { digits + 1 } else { 0 };
        kept.push(if digits > 3 { '*' } else { letter });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_command_and_place_and_without_names_and_numbers() {
        let words = "byte index 1 of `王小明 00000019900101001X` at 19900101001: 赵 \"甲\" end";
        let done = caught("note.burst", || -> Result<()> { panic::panic_any(words.to_owned()) });
        let report = done.expect_err("a panic is an error").report();
        assert_eq!(report.code, "bug", "the screen shows its notice by this word");
        assert!(report.detail.contains("note.burst") && report.detail.contains("bug.rs:"), "command and place: {}", report.detail);
        assert!(report.detail.ends_with("byte index 1 of  at 199********:   end"), "nothing of anybody is left: {}", report.detail);
        assert!(caught("note.calm", || Ok(1)).is_ok_and(|one| one == 1), "work that ends well gives what it gives");
    }

    #[test]
    fn a_place_is_told_without_the_folders_of_the_builder() {
        assert_eq!(short("/home/who/.cargo/registry/src/x/csv-1.4.0/src/reader.rs"), "csv-1.4.0/src/reader.rs", "the crate is enough");
        assert_eq!(short("src-tauri/core/src/store/mod.rs"), "core/src/store/mod.rs", "our own crates, too");
        assert_eq!(short("build.rs"), "build.rs", "a bare name stays");
    }
}
