//! The window on a demo office, for somebody who sits before the machine.

use std::process::Command;
use std::time::Duration;

use crate::checkout::Checkout;
use crate::command::{build_whole, show};
use crate::demo::{Demo, PASSWORD};
use crate::failure::Outcome;
use crate::packages::{TO_BUILD, TO_OPEN, TO_SHOW};
use crate::{screens, setup};

/// Runs the tests that drive the real window, before a display that nobody sees.
pub fn test(checkout: &Checkout) -> Outcome<Duration> {
    // The window and a second start of it find each other on the session's bus.
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "xvfb-run", "--auto-servernum", "--server-args", "-screen 0 1400x900x24", "node", "--test"]);
    let tests = checkout.root.join("tests").join("window");
    show(command.arg(tests.join("rights.mjs")).env("UNIONBOOK_WINDOW", checkout.window()))
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
