//! The rules of the house that no compiler knows: the order of the modules, the sizes, the tidy top.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::source_text::{code_of, functions, paths_from_root, root, rust_files, without_tests};

/// The mechanisms of the core; every other folder of it is a noun or a programme.
const MECHANISMS: &[&str] = &["calendar", "record", "store", "sheet", "paper", "report", "terms", "api", "desk", "disclosure"];

/// The entries of the repository's top; another one needs a strong reason.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".gitignore",
    ".rustfmt.toml",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "src-tauri",
    "tests",
    "ui",
];

/// The most lines that a file of the product may have.
const FILE_LINES: usize = 400;

/// Lists the sources of the product's crates, each with its text.
fn product() -> Vec<(PathBuf, String)> {
    let crates = fs::read_dir(root().join("src-tauri")).expect("the crates lie in src-tauri");
    let sources = crates.map(|entry| entry.expect("src-tauri can be listed").path().join("src"));
    let shell = root().join("src-tauri").join("src");
    let files = sources.chain([shell]).flat_map(|folder| rust_files(&folder));
    files.map(|path| (path.clone(), fs::read_to_string(&path).expect("a source is text"))).collect()
}

#[test]
fn no_file_of_the_product_is_over_400_lines() {
    let files = product();
    assert!(files.len() > 10, "the sources are found: {}", files.len());
    let long = files.iter().map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > FILE_LINES);
    assert_eq!(long.collect::<Vec<_>>(), [], "a file that long holds more than one thing");
}

#[test]
fn functions_are_short() {
    let codes = product().into_iter().map(|(_, text)| without_tests(&code_of(&text)));
    let mut lengths: Vec<usize> = codes.flat_map(|code| functions(&code)).map(|(_, lines)| lines.len()).collect();
    lengths.sort_unstable();
    let part_under = |limit: usize| lengths.partition_point(|length| *length < limit) as f64 / lengths.len() as f64;
    assert!(lengths.len() > 50, "the functions are found: {}", lengths.len());
    assert!(part_under(10) >= 0.5, "half the functions are under ten lines: {:.2} of {}", part_under(10), lengths.len());
    assert!(part_under(40) >= 0.9, "nine functions in ten are under forty lines: {:.2} of {}", part_under(40), lengths.len());
}

#[test]
fn the_top_holds_nothing_but_what_belongs_there() {
    // The checkout may belong to another user than the one who runs the tests.
    let git = Command::new("git").args(["-c", "safe.directory=*", "ls-files"]).current_dir(root()).output().expect("git starts");
    assert!(git.status.success(), "git lists the checkout's files: {}", String::from_utf8_lossy(&git.stderr));
    let files = String::from_utf8(git.stdout).expect("file names are text");
    let top: BTreeSet<&str> = files.lines().filter_map(|path| path.split('/').next()).collect();
    assert!(top.contains("src-tauri"), "the list is the checkout's: {top:?}");
    let strange: Vec<_> = top.into_iter().filter(|entry| !TOP.contains(entry)).collect();
    assert!(strange.is_empty(), "these belong below one of {TOP:?}: {strange:?}");
}

#[test]
fn only_the_window_s_adapter_imports_tauri_and_no_screen_a_widget_library() {
    let output =
        Command::new("git").args(["-c", "safe.directory=*", "ls-files", "ui/src"]).current_dir(root()).output().expect("git starts");
    let files = String::from_utf8(output.stdout).expect("file names are text");
    let sources: Vec<&str> = files.lines().filter(|path| path.ends_with(".ts") || path.ends_with(".vue")).collect();
    assert!(sources.len() > 100, "the screens are found: {}", sources.len());
    let imports = |path: &&str| {
        let text = fs::read_to_string(root().join(path)).expect("a source is text");
        text.contains("'@tauri-apps/") || text.contains("'element-plus")
    };
    let importing: Vec<&str> = sources.into_iter().filter(imports).collect();
    let allowed = |path: &&str| path.starts_with("ui/src/api/host/tauri.");
    assert!(importing.contains(&"ui/src/api/host/tauri.ts"), "the adapter is found by what it imports: {importing:?}");
    assert_eq!(
        importing.into_iter().filter(|path| !allowed(path)).collect::<Vec<_>>(),
        [] as [&str; 0],
        "everything else goes through api/host"
    );
}

#[test]
fn no_test_file_is_forgotten() {
    let main = code_of(include_str!("main.rs"));
    for path in rust_files(&root().join("tests")) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a source's name is text");
        let top = path.parent() == Some(&root().join("tests"));
        let named = main.lines().any(|line| line.trim() == format!("mod {name};"));
        assert!(!top || named || ["main", "lib"].contains(&name), "tests/main.rs lacks `mod {name};`, so {} never runs", path.display());
    }
}

#[test]
fn a_mechanism_never_names_a_noun() {
    let nouns = nouns();
    for file in core_files().into_iter().filter(|file| MECHANISMS.contains(&file.module.as_str())) {
        let named: Vec<_> = file.uses().into_iter().filter(|word| nouns.contains(word)).collect();
        assert!(named.is_empty(), "{} is part of a mechanism and names {named:?}", file.path.display());
    }
}

#[test]
fn a_noun_uses_only_mechanisms_and_the_nouns_above_it() {
    let order = modules_in_order();
    for file in core_files() {
        let Some(place) = order.iter().position(|name| *name == file.module) else { continue };
        let below: Vec<_> = file.uses().into_iter().filter(|word| order[place + 1..].contains(word)).collect();
        assert!(below.is_empty(), "{} stands above {below:?} in modules.rs", file.path.display());
    }
}

#[test]
fn every_noun_stands_in_the_list_of_modules() {
    let order: BTreeSet<String> = modules_in_order().into_iter().collect();
    assert_eq!(nouns(), order, "each folder of the core that is no mechanism is a noun and stands in modules.rs");
}

fn core() -> PathBuf {
    root().join("src-tauri").join("core").join("src")
}

/// A source in one of the core's folders.
struct CoreFile {
    module: String,
    path: PathBuf,
    /// How many modules it lies deep: 1 for `units/mod.rs`, 2 for `units/move.rs`.
    depth: usize,
}

impl CoreFile {
    fn new(path: PathBuf) -> Option<Self> {
        let inside = path.strip_prefix(core()).ok()?;
        let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
        let module = inside.iter().next()?.to_str()?.to_owned();
        (inside.components().count() > 1).then_some(Self { module, path, depth })
    }

    /// Lists what it uses of the core's folders and top files.
    fn uses(&self) -> Vec<String> {
        paths_from_root(&code_of(&fs::read_to_string(&self.path).expect("a source is text")), self.depth)
    }
}

fn core_files() -> Vec<CoreFile> {
    rust_files(&core()).into_iter().filter_map(CoreFile::new).collect()
}

/// Gives the core's folders that are no mechanism.
fn nouns() -> BTreeSet<String> {
    core_files().into_iter().map(|file| file.module).filter(|module| !MECHANISMS.contains(&module.as_str())).collect()
}

/// Gives the nouns in the order of the list `MODULES` in modules.rs, which names each by its module.
fn modules_in_order() -> Vec<String> {
    let text = fs::read_to_string(core().join("modules.rs")).unwrap_or_default();
    let list = text.split_once("MODULES").and_then(|(_, rest)| rest.split_once('=')).and_then(|(_, rest)| rest.split_once("];"));
    let words = list.map_or("", |(list, _)| list).split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let nouns = nouns();
    let mut order: Vec<String> = Vec::new();
    for word in words.filter(|word| nouns.contains(*word)) {
        if !order.iter().any(|name| name == word) {
            order.push(word.to_owned());
        }
    }
    order
}
