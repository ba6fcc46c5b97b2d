//! Starting programs and saying what they do and how long they take.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};

/// Makes a call of the cargo that started xtask, in the checkout's root and into the target folder xtask was built in.
pub fn cargo(checkout: &Checkout, words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&checkout.root).env("CARGO_TARGET_DIR", &checkout.target).args(words);
    for (name, _) in std::env::vars_os() {
        // What cargo told xtask about its own package would make build scripts that watch these variables run anew.
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// What every cargo call takes that compiles the window as well: the whole workspace, and what lets a test answer its dialogs.
///
/// All such calls take the same words, so that they agree on the dependencies' features and compile them once.
pub const WHOLE: [&str; 3] = ["--workspace", "--features", "unionbook/rehearsal"];

/// Builds the programs for development, but not the window: so the machine needs no webkit.
pub fn build(checkout: &Checkout) -> Outcome<Duration> {
    show(&mut cargo(checkout, &["build", "--workspace", "--exclude", "unionbook", "--bins"]))
}

/// Builds the programs for development, the window among them; `ui/dist` must be there.
pub fn build_whole(checkout: &Checkout) -> Outcome<Duration> {
    show(cargo(checkout, &["build"]).args(WHOLE).arg("--bins"))
}

/// Runs a command with its output shown; refuses with its words where it does not end well.
pub fn show(command: &mut Command) -> Outcome<Duration> {
    let words = words_of(command);
    println!("── {words}");
    let start = Instant::now();
    let status = command.status().map_err(|source| Failure::new(format!("`{words}` does not start: {source}")))?;
    if status.success() { Ok(start.elapsed()) } else { Err(Failure::new(format!("`{words}` failed ({status})"))) }
}

/// Runs a command as [`show`] does; one that was carried out and tells by ending with 1 that something was faulty ends well, too.
pub fn show_faulty(command: &mut Command) -> Outcome<Duration> {
    let words = words_of(command);
    println!("── {words}");
    let start = Instant::now();
    let status = command.status().map_err(|source| Failure::new(format!("`{words}` does not start: {source}")))?;
    let done = matches!(status.code(), Some(0 | 1));
    if done { Ok(start.elapsed()) } else { Err(Failure::new(format!("`{words}` failed ({status})"))) }
}

/// Runs a command with its output kept back; its last lines are part of the refusal where it does not end well.
pub fn quiet(command: &mut Command) -> Outcome<Output> {
    let words = words_of(command);
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|source| Failure::new(format!("`{words}` does not start: {source}")))?;
    if output.status.success() {
        return Ok(output);
    }
    Err(Failure::new(format!("`{words}` failed ({}):\n{}", output.status, last_lines(&output, 20))))
}

/// Says whether a command starts and ends well; shows nothing.
pub fn works(program: impl AsRef<Path>, words: &[&str]) -> bool {
    let mut command = Command::new(program.as_ref());
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Finds a program by its name on the search path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Writes a duration as `3.4 s` or `2 min 05 s`.
pub fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

fn words_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy());
    words.collect::<Vec<_>>().join(" ")
}

fn last_lines(output: &Output, count: usize) -> String {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().skip(lines.len().saturating_sub(count)).copied().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_is_refused_with_its_last_lines() {
        let failure = quiet(Command::new("sh").args(["-c", "seq 1 50; echo the reason >&2; exit 3"])).unwrap_err();
        assert!(failure.words.ends_with("49\n50\nthe reason"), "the reason stands last: {}", failure.words);
        assert!(!failure.words.contains("\n30\n"), "only the last lines are shown: {}", failure.words);
        assert_eq!(failure.code, 1, "failed work ends with 1");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure_and_not_a_crash() {
        assert!(show(&mut Command::new("no-such-program-here")).is_err(), "a missing program is refused");
        assert!(!works("no-such-program-here", &[]), "a missing program does not work");
        assert_eq!(on_path("no-such-program-here"), None, "a missing program is not found");
    }

    #[test]
    fn durations_read_well_below_and_above_a_minute() {
        assert_eq!(seconds(Duration::from_millis(3_440)), "3.4 s", "tenths below a minute");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s", "two digits for the seconds above");
    }
}
