//! The window on a demo office, for somebody who sits before the machine.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::checkout::Checkout;
use crate::command::{build_whole, show};
use crate::demo::{Demo, PASSWORD};
use crate::failure::Outcome;
use crate::packages::{TO_BUILD, TO_OPEN, TO_SHOW};
use crate::{screens, setup};

/// The tests that drive the window as the dev profile builds it.
const TESTS: [&str; 3] = ["rights.mjs", "arrivals.mjs", "journey.mjs"];

/// Runs the tests that drive the real window, before a display that nobody sees.
pub fn test(checkout: &Checkout) -> Outcome<Duration> {
    TESTS.iter().map(|name| show(&mut driven(checkout, name, &checkout.window()))).sum()
}

/// Makes a call of one file of such tests, for one program; its pictures are kept in `target/window`.
///
/// Each has a session of its own: a window and a second start of it find each other on the session's bus, and must not find another test's.
pub fn driven(checkout: &Checkout, name: &str, program: &Path) -> Command {
    let mut command = unseen(checkout, &["--test"], name);
    command.env("UNIONBOOK_WINDOW", program).env("UNIONBOOK_CLI", checkout.cli());
    command
}

/// Makes a call of node with a file that drives a window, before a display that nobody sees.
pub fn unseen(checkout: &Checkout, words: &[&str], name: &str) -> Command {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "xvfb-run", "--auto-servernum", "--server-args", "-screen 0 1400x900x24", "node"]).args(words);
    command.arg(checkout.root.join("tests").join("window").join(name)).env("UNIONBOOK_SHOTS", checkout.target.join("window"));
    command
}

/// Says whether this session has a display.
pub fn can_be_seen() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Builds the programs with the screens in them, and opens the window on a town's demo office; ends when it is closed.
pub fn open(checkout: &Checkout) -> Outcome {
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN])?;
    screens::build(checkout)?;
    build_whole(checkout)?;
    let demo = Demo::of(checkout)?;
    println!("\n   the password of the demo office is {PASSWORD}\n");
    show(Command::new(checkout.window()).env("UNIONBOOK_HOME", &demo.settings).arg(&demo.office)).map(drop)
}
