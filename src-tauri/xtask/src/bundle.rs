//! `cargo xtask bundle`: the packages that offices install.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::checkout::Checkout;
use crate::command::{seconds, show};
use crate::failure::{Failure, Outcome};
use crate::packages::{TO_BUILD, TO_BUNDLE, TO_SHOW};
use crate::{installed, python, screens, setup};

/// The browser version's package: its name, and what it needs beside the C library.
const BROWSER: &str = "unionbook-browser";
const CONTROL: &str = "\
Package: unionbook-browser
Version: {version}
Architecture: {architecture}
Maintainer: Unionbook
Section: office
Priority: optional
Depends: libc6 (>= {glibc}), libgcc-s1, fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei | fonts-arphic-uming
Recommends: xdg-utils
Description: Unionbook in the system's browser
 The ledger of a trade-union office (工会台账) without a window of its own:
 the same screens in the system's browser, for systems without webkit2gtk-4.1.
";
const DESKTOP: &str = "\
[Desktop Entry]
Type=Application
Name=Unionbook (browser)
Name[zh_CN]=工会台账（浏览器版）
Exec=unionbook-browser --open --idle 480
Icon=unionbook-browser
Terminal=false
Categories=Office;
";

/// The window and the browser version, the latter with the screens in it.
pub const BOTH: [&str; 6] = ["--package", "unionbook", "--package", "unionbook-host", "--features", "unionbook-host/embedded"];

/// Builds for release and makes the packages: the window's .deb and .rpm, the browser version's .deb; with `--debug`, unoptimised.
///
/// With `--old`, the browser version is built once more, against the C library of the domestic systems (UOS 1060 has 2.28, Kylin V10 2.31).
/// With `--try`, the window's .deb is then installed, tried and removed again.
pub fn bundle(checkout: &Checkout, words: &[String]) -> Outcome {
    let has = |word: &str| words.iter().any(|given| given == word);
    if words.iter().any(|word| !["--debug", "--try", "--old"].contains(&word.as_str())) {
        return Err(Failure::usage("`cargo xtask bundle` takes nothing but --debug, --old and --try"));
    }
    let debug = has("--debug");
    setup::install(&[TO_BUILD, TO_SHOW, TO_BUNDLE])?;
    screens::build(checkout)?;
    let time = show(&mut window(checkout, debug))?;
    let program = if has("--old") { old_browser(checkout)? } else { checkout.target.join(profile(debug)).join(BROWSER) };
    let browser = browser(checkout, &program)?;
    let package = package(checkout, debug)?;
    println!("\nwindow    {} (in {})\nbrowser   {}", package.display(), seconds(time), browser.display());
    if has("--try") { installed::try_out(checkout, &package) } else { Ok(()) }
}

/// Where Tauri's tool puts the window's .deb.
fn package(checkout: &Checkout, debug: bool) -> Outcome<PathBuf> {
    let folder = checkout.target.join(profile(debug)).join("bundle").join("deb");
    Ok(folder.join(format!("unionbook_{}_{}.deb", version(checkout)?, architecture()?)))
}

fn profile(debug: bool) -> &'static str {
    if debug { "debug" } else { "release" }
}

/// Tauri's own tool builds both programs and packs the window's. One build for both: by itself each would build the libraries that
/// they share in another cut.
fn window(checkout: &Checkout, debug: bool) -> Command {
    let mut command = Command::new(screens::program(checkout, "tauri"));
    command.current_dir(checkout.root.join("src-tauri")).env("CARGO_TARGET_DIR", &checkout.target);
    command.args(["build", "--ci", "--bundles", "deb,rpm"]);
    if debug {
        command.arg("--debug");
    }
    command.arg("--").args(BOTH);
    command
}

/// The oldest C library that a system has which the browser version is for.
const OLD: &str = "x86_64-unknown-linux-gnu.2.28";

/// Builds the browser version for release against an old C library, which Zig brings along; gives the program.
fn old_browser(checkout: &Checkout) -> Outcome<PathBuf> {
    let python = python::environment(checkout, "venv-old-glibc", "requirements-old-glibc.txt")?;
    let tools = python.parent().unwrap_or(&python).to_path_buf();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools.clone()).chain(std::env::split_paths(&path)));
    let mut build = Command::new(tools.join("cargo-zigbuild"));
    build.current_dir(&checkout.root).env("CARGO_TARGET_DIR", &checkout.target).args(["zigbuild", "--release", "--target", OLD]);
    build.args(["--package", "unionbook-host", "--features", "embedded"]);
    show(build.env("PATH", path.map_err(|fault| Failure::new(fault.to_string()))?))?;
    let folder = OLD.split_once(".").map_or(OLD, |(triple, _)| triple);
    Ok(checkout.target.join(folder).join("release").join(BROWSER))
}

/// Packs the browser version.
fn browser(checkout: &Checkout, program: &Path) -> Outcome<PathBuf> {
    let (folder, package) = (checkout.target.join("package").join(BROWSER), checkout.target.join("package"));
    stage(checkout, program, &folder)?;
    let name = package.join(format!("{BROWSER}_{}_{}.deb", version(checkout)?, architecture()?));
    show(Command::new("dpkg-deb").args(["--build", "--root-owner-group"]).arg(&folder).arg(&name))?;
    Ok(name)
}

/// Lays out the package's files.
fn stage(checkout: &Checkout, program: &Path, folder: &Path) -> Outcome {
    let icons = checkout.root.join("assets").join("icons");
    let control =
        CONTROL.replace("{version}", &version(checkout)?).replace("{architecture}", &architecture()?).replace("{glibc}", &glibc(program)?);
    let _ = fs::remove_dir_all(folder);
    put(&folder.join("DEBIAN/control"), control.as_bytes())?;
    put(&folder.join("usr/share/applications/unionbook-browser.desktop"), DESKTOP.as_bytes())?;
    copy(&icons.join("128x128.png"), &folder.join("usr/share/icons/hicolor/128x128/apps/unionbook-browser.png"))?;
    copy(&icons.join("unionbook.svg"), &folder.join("usr/share/icons/hicolor/scalable/apps/unionbook-browser.svg"))?;
    copy(&checkout.root.join("LICENSE"), &folder.join("usr/share/doc/unionbook-browser/copyright"))?;
    copy(program, &folder.join("usr/bin").join(BROWSER))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    parent(to)?;
    fs::copy(from, to).map(drop).map_err(|source| Failure::new(format!("{}: {source}", from.display())))
}

fn put(path: &Path, bytes: &[u8]) -> Outcome {
    parent(path)?;
    fs::write(path, bytes).map_err(|source| Failure::new(format!("{}: {source}", path.display())))
}

fn parent(path: &Path) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|source| Failure::new(format!("{}: {source}", folder.display())))
}

/// Reads the workspace's version.
fn version(checkout: &Checkout) -> Outcome<String> {
    let manifest = checkout.root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|source| Failure::new(format!("{}: {source}", manifest.display())))?;
    let found = text.lines().find_map(|line| line.strip_prefix("version = \""));
    let found = found.and_then(|rest| rest.strip_suffix('"'));
    found.map(str::to_owned).ok_or_else(|| Failure::new("Cargo.toml says no version"))
}

fn architecture() -> Outcome<String> {
    said(Command::new("dpkg").arg("--print-architecture")).map(|name| name.trim().to_owned())
}

/// Finds the oldest C library that a program runs with: the newest version among its symbols.
fn glibc(program: &Path) -> Outcome<String> {
    newest_glibc(&said(Command::new("objdump").arg("-T").arg(program))?).ok_or_else(|| Failure::new("the program names no glibc"))
}

fn newest_glibc(symbols: &str) -> Option<String> {
    let versions =
        symbols.split("GLIBC_").skip(1).filter_map(|rest| rest.split(|letter: char| !letter.is_ascii_digit() && letter != '.').next());
    let numbers = |version: &str| version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    versions.filter(|version| !version.is_empty()).max_by_key(|version| numbers(version)).map(str::to_owned)
}

fn said(command: &mut Command) -> Outcome<String> {
    let output = crate::command::quiet(command)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_glibc_counts_by_number_and_not_by_letter() {
        let symbols = "x (GLIBC_2.9) a\ny (GLIBC_2.34) b\nz (GLIBC_2.3.4) c\n(GLIBC_PRIVATE) d";
        assert_eq!(newest_glibc(symbols), Some("2.34".to_owned()), "34 comes after 9");
        assert_eq!(newest_glibc("nothing"), None, "a program without symbols says nothing");
    }
}
