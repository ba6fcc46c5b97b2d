//! Installing what the machine lacks, or saying precisely what to install.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::command::{on_path, quiet, seconds, show, works};
use crate::failure::{Failure, Outcome};
use crate::packages::{Need, missing};

/// Installs the packages of all needs that are not met; does nothing where all are.
///
/// Refuses with one line that says what to install where it has neither root's rights nor a sudo that asks no password.
pub fn install(needs: &[&[Need]]) -> Outcome {
    let packages = missing(needs);
    if packages.is_empty() {
        return Ok(());
    }
    let prefix = rights().ok_or_else(|| Failure::new(by_hand(&packages)))?;
    println!("── installing {}", packages.join(" "));
    let start = Instant::now();
    quiet(&mut apt(prefix, &["update"]))?;
    quiet(&mut apt(prefix, &[&["install", "--no-install-recommends"], packages.as_slice()].concat()))?;
    println!("   installed in {}", seconds(start.elapsed()));
    still_missing(needs)
}

/// Installs a package file, with what it depends on.
pub fn install_package(file: &Path) -> Outcome {
    let file = file.to_string_lossy();
    as_root(&["install", "--no-install-recommends", "--reinstall", &file])
}

/// Removes an installed package; what it depends on stays.
pub fn remove_package(name: &str) -> Outcome {
    as_root(&["remove", name])
}

fn as_root(words: &[&str]) -> Outcome {
    let prefix = rights().ok_or_else(|| Failure::new(format!("this needs root's rights: apt-get {}", words.join(" "))))?;
    show(&mut apt(prefix, words)).map(drop)
}

fn still_missing(needs: &[&[Need]]) -> Outcome {
    match missing(needs).as_slice() {
        [] => Ok(()),
        packages => Err(Failure::new(format!("{} was installed but what it brings does not work here", packages.join(" ")))),
    }
}

/// Gives the words that lend an apt-get call root's rights: none for root itself, sudo's for others.
fn rights() -> Option<&'static [&'static str]> {
    on_path("apt-get")?;
    let user = Command::new("id").arg("-u").output().ok()?;
    if user.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    works("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], words: &[&str]) -> Command {
    // sudo drops the environment, so `env` sets it after sudo and not before.
    let all = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"], &PATIENCE, words].concat();
    let mut all = all.into_iter();
    let mut command = Command::new(all.next().unwrap_or("env"));
    command.args(all);
    command
}

/// Another apt-get may be at work on a machine that has just started, and a mirror may stumble.
const PATIENCE: [&str; 4] = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];

fn by_hand(packages: &[&str]) -> String {
    let packages = packages.join(" ");
    if on_path("apt-get").is_some() {
        return format!("install what is missing, then run it again: sudo apt-get install --no-install-recommends {packages}");
    }
    format!("install what is missing (its Debian packages are: {packages}), then run it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_is_called_without_questions_and_with_the_rights_given() {
        let command = apt(&["sudo", "-n"], &["install", "perl"]);
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        assert_eq!(command.get_program(), "sudo", "the rights come first");
        assert_eq!(words.get(..4).unwrap(), ["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], "no question is asked");
        assert!(words.ends_with(&["install".into(), "perl".into()]), "what to do comes last: {words:?}");
    }

    #[test]
    fn needs_that_are_met_install_nothing() {
        let met = [Need { packages: &["no-such-package"], met: || true }];
        assert_eq!(install(&[&met]), Ok(()), "a met need asks apt for nothing");
    }

    #[test]
    fn what_to_install_by_hand_is_one_line_with_every_package() {
        let words = by_hand(&["perl", "make"]);
        assert!(words.contains("perl make") && !words.contains('\n'), "one line names all: {words}");
    }
}
