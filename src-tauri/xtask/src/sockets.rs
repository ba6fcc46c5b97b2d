//! The row of `cargo xtask trust` about the network: every socket that the window asks the system for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Instant;

use crate::checkout::Checkout;
use crate::command::show;
use crate::demo::{Demo, PASSWORD};
use crate::failure::{Failure, Outcome};
use crate::trust::Figures;
use crate::window::unseen;

/// Opens the window on a demo office under strace, opens the office by its password, closes it, and counts the sockets.
pub fn row(checkout: &Checkout) -> Outcome<Figures> {
    let start = Instant::now();
    let demo = Demo::of(checkout)?;
    let log = checkout.target.join("trust-sockets.txt");
    let _ = fs::remove_file(&log);
    let mut command = unseen(checkout, &[], "sockets.mjs");
    command.env("UNIONBOOK_WINDOW", checkout.window()).env("UNIONBOOK_OFFICE", &demo.office).env("UNIONBOOK_PASSWORD", PASSWORD);
    command.env("UNIONBOOK_HOME", &demo.settings).env("UNIONBOOK_LOG", &log);
    show(&mut command)?;
    let text = fs::read_to_string(&log).map_err(|source| Failure::new(format!("{}: {source}", log.display())))?;
    let families = families(&text);
    let all: u64 = families.values().sum();
    seen_at_work(&text, &families)?;
    let internet: u64 = families.iter().filter(|(name, _)| name.starts_with("AF_INET")).map(|(_, count)| count).sum();
    let told: Vec<String> = families.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let cells = [
        "the window opens, shows an office and closes: its sockets and those of its processes, by strace".to_owned(),
        all.to_string(),
        (all - internet).to_string(),
        format!("{internet} internet sockets; {}", told.join(", ")),
        "0 AF_INET, 0 AF_INET6".to_owned(),
    ];
    Ok(Figures { name: "sockets".into(), cells, time: start.elapsed() })
}

/// Refuses a log that does not show a window at work: it talks to its display and to its own processes through sockets of the system, and
/// those processes are several.
fn seen_at_work(log: &str, families: &BTreeMap<String, u64>) -> Outcome {
    let processes: BTreeSet<&str> = log.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let display = log.lines().any(|line| line.contains("connect(") && line.contains(".X11-unix"));
    let own = families.get("AF_UNIX").copied().unwrap_or(0);
    if display && own > 0 && processes.len() > 1 {
        return Ok(());
    }
    Err(Failure::new(format!("strace saw no window at work: {own} AF_UNIX sockets, {} processes, its display: {display}", processes.len())))
}

/// Counts the sockets that were asked for by their families.
fn families(log: &str) -> BTreeMap<String, u64> {
    let mut families = BTreeMap::new();
    for line in log.lines() {
        let Some((_, rest)) = line.split_once("socket(") else { continue };
        let family = rest.split(',').next().unwrap_or_default();
        *families.entry(family.to_owned()).or_insert(0) += 1;
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_counted_by_family_whoever_asks_for_them() {
        let log = "12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3\n[pid 13] socket(AF_INET6, SOCK_DGRAM, 0) = -1 EPERM\n12 connect(3, {sa_family=AF_UNIX}, 110) = 0\n12 socket(AF_UNIX, SOCK_STREAM, 0 <unfinished ...>\n";
        let counted: Vec<_> = families(log).into_iter().collect();
        assert_eq!(counted, [("AF_INET6".to_owned(), 1), ("AF_UNIX".to_owned(), 2)], "each call once, refused ones too");
    }
    #[test]
    fn a_log_without_a_window_at_work_proves_nothing() {
        let seen = |log: &str| seen_at_work(log, &families(log)).is_ok();
        let socket = "12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3\n";
        let display = "12 connect(3, {sa_family=AF_UNIX, sun_path=@\"/tmp/.X11-unix/X99\"}, 20) = 0\n";
        assert!(seen(&format!("{socket}{display}13 recvmsg(3, ...) = -1 EAGAIN\n")), "a window, its display, another process");
        for log in ["", socket, &format!("{socket}{display}"), &format!("{socket}13 recvmsg(3, ...) = -1 EAGAIN\n")] {
            assert!(!seen(log), "{log}");
        }
    }
}
