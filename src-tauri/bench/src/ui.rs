//! The screens: how soon they stand there and how smoothly they move, in the real window and in a browser, beside their goals.
//!
//! `ui/measure.mjs` drives them and gives its figures; the files that are opened, the floors and the goals are here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use unionbook_core::demo::Scale;
use unionbook_core::store::{Cost, Sidecar};

use crate::Outcome;
use crate::cases::Case;
use crate::clock::{Times, times};
use crate::office::{Folder, PASSWORD};
use crate::table::{Figure, Goal, Line};

/// The cases of `--ui`.
pub const CASES: &[(&str, Case)] = &[
    ("ui-weight", weight),
    ("ui-start", start),
    ("ui-browser-town", |folder| worked(folder, Seat::Browser, Scale::Town)),
    ("ui-window-town", |folder| worked(folder, Seat::Window, Scale::Town)),
    ("ui-browser", |folder| worked(folder, Seat::Browser, folder.scale)),
    ("ui-window", |folder| worked(folder, Seat::Window, folder.scale)),
];

/// From the start to the password prompt, and the same as a multiple of a bare window.
const PROMPT: (f64, f64) = (1.2, 1.3);
/// From the end of the key derivation to the home page.
const HOME: f64 = 0.5;
/// Between two frames while the grid moves; to a row that was jumped to; from the last letter to what it finds.
const FRAME: f64 = 0.020;
const JUMP: f64 = 0.100;
const FOUND: f64 = 0.120;
/// More memory than a bare window's.
const MEMORY: f64 = 120e6;
/// What the first pages and all of the screens weigh; `ui/weight.ts` holds every build to the same.
const FIRST: f64 = 250e3;
const ALL: f64 = 1.2e6;

#[derive(Clone, Copy)]
enum Seat {
    Window,
    Browser,
}

impl Seat {
    fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Browser => "browser",
        }
    }
}

/// Starts as they were measured.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Starts {
    prompt: Vec<f64>,
    skeleton: Vec<f64>,
    prompt_memory: Vec<f64>,
    skeleton_memory: Vec<f64>,
}

/// Work as it was measured.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Worked {
    home: Vec<f64>,
    open: Vec<f64>,
    today: Vec<f64>,
    home_memory: Option<f64>,
    work_memory: Option<f64>,
    lists: BTreeMap<String, Vec<f64>>,
    rows: BTreeMap<String, u64>,
    last: Vec<f64>,
    jump: Vec<f64>,
    steps: BTreeMap<String, Steps>,
    searches: BTreeMap<String, Vec<f64>>,
}

/// The frames of one way to move.
#[derive(Deserialize)]
struct Steps {
    frames: Vec<f64>,
    /// The share of them that showed rows which were not there yet.
    gaps: f64,
}

/// What the screens weigh, gzipped.
#[derive(Deserialize)]
struct Weights {
    first: f64,
    all: f64,
}

/// The weight of what a browser loads until home stands there, and of everything.
fn weight(folder: &Folder) -> Outcome<Vec<Line>> {
    let found: Weights = measure("weight", &folder.locked(Scale::Town)?)?;
    let line = |what: &str, bytes, most| Line::new(what, Figure::Bytes(bytes)).goal(Goal::AtMost(Figure::Bytes(most)));
    Ok(vec![line("loaded until the home page stands, gzipped", found.first, FIRST), line("all of the screens, gzipped", found.all, ALL)])
}

/// Starts of the window beside starts of a bare one.
fn start(folder: &Folder) -> Outcome<Vec<Line>> {
    let found: Starts = measure("start", &folder.locked(Scale::Town)?)?;
    let (prompt, bare) = (Times::new(found.prompt), Times::new(found.skeleton));
    let (memory, least) = (Times::new(found.prompt_memory).median(), Times::new(found.skeleton_memory).median());
    // The other cases set their memory beside that of the bare window of this run.
    std::fs::write(folder.at("skeleton-memory"), least.to_string())?;
    let line = Line::time("window: start to password prompt", prompt.median()).beside("bare window", bare.median());
    Ok(vec![
        line.within(PROMPT.0).goal(Goal::Times(PROMPT.1)),
        Line::time("  the slowest of 7", prompt.percentile(100)).beside("bare window, the slowest", bare.percentile(100)),
        heavy("window: memory at the prompt", memory, least),
    ])
}

/// A line of memory, beside a bare window's.
fn heavy(what: impl Into<String>, bytes: f64, bare: f64) -> Line {
    let line = Line::new(what, Figure::Bytes(bytes)).beside_figure("bare window", Figure::Bytes(bare));
    line.goal(Goal::AtMost(Figure::Bytes(bare + MEMORY)))
}

/// A file opened and worked in.
fn worked(folder: &Folder, seat: Seat, scale: Scale) -> Outcome<Vec<Line>> {
    let file = folder.locked(scale)?;
    let derivation = times(5, |_| Ok(Sidecar::read(&file)?.open(None, PASSWORD).map(drop)?))?.median();
    let found: Worked = measure(seat.word(), &file)?;
    let of = format!("{}, {}", seat.word(), scale.word());
    let mut lines = entered(&of, &found, derivation);
    lines.extend(moved(&of, &found));
    lines.extend(searched(&of, &found));
    lines.extend(found.lists.iter().map(|(record, times)| {
        let rows = found.rows.get(record).copied().unwrap_or_default();
        Line::time(format!("{of}: the list of {record}, {rows} rows"), Times::new(times.clone()).median()).within(HOME)
    }));
    if let Ok(bare) = std::fs::read_to_string(folder.at("skeleton-memory")) {
        let bare = bare.parse()?;
        lines.extend(found.home_memory.map(|bytes| heavy(format!("{of}: memory, home page"), bytes, bare)));
        lines.extend(found.work_memory.map(|bytes| heavy(format!("{of}: memory after work in all lists"), bytes, bare)));
    }
    Ok(lines)
}

fn entered(of: &str, found: &Worked, derivation: f64) -> Vec<Line> {
    let (home, open) = (Times::new(found.home.clone()).median(), Times::new(found.open.clone()).median());
    let today = Times::new(found.today.clone()).median();
    vec![
        Line::time(format!("{of}: the file opened"), open).beside("key derivation alone", derivation),
        Line::time(format!("{of}: home page after the key derivation"), home - derivation).beside("the core's answer", today).within(HOME),
    ]
}

fn moved(of: &str, found: &Worked) -> Vec<Line> {
    let names = [("wheel", "a turn of the wheel every frame"), ("row", "the arrow key held"), ("page", "PageDown held")];
    let mut lines = Vec::new();
    for (way, name) in names {
        let Some(steps) = found.steps.get(way) else { continue };
        let frames = Times::new(steps.frames.clone());
        let line = Line::time(format!("{of}: {name}, a frame"), frames.median()).beside("95 of 100 within", frames.percentile(95));
        lines.push(line.within(FRAME));
        lines.push(Line::new("  frames that showed rows not yet there", Figure::Number(steps.gaps)));
    }
    let jumps = Times::new(found.jump.clone());
    let line = Line::time(format!("{of}: jump to any row"), jumps.median());
    lines.push(line.beside("the slowest", jumps.percentile(100)).within(JUMP));
    let last = Times::new(found.last.clone());
    lines.push(Line::time(format!("{of}: Ctrl+End"), last.median()).beside("the slowest", last.percentile(100)).within(JUMP));
    lines
}

fn searched(of: &str, found: &Worked) -> Vec<Line> {
    let line = |(way, seconds): (&String, &Vec<f64>)| {
        let times = Times::new(seconds.clone());
        let line = Line::time(format!("{of}: search people, {way}, after the last key"), times.median());
        line.beside("the slowest", times.percentile(100)).within(FOUND)
    };
    found.searches.iter().filter(|(_, seconds)| !seconds.is_empty()).map(line).collect()
}

/// Lets the measuring script open a file and gives what it measured.
fn measure<T: for<'d> Deserialize<'d>>(what: &str, file: &Path) -> Outcome<T> {
    let mut command = Command::new("node");
    command.arg(given("UNIONBOOK_MEASURE")?).arg(what).env("UNIONBOOK_OFFICE", file).env("UNIONBOOK_PASSWORD", PASSWORD);
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("measuring {what} ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn given(name: &str) -> Outcome<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("{name} is not set: `cargo xtask bench --ui` sets it").into())
}

impl Folder {
    /// A copy of a demonstration that a password opens at the real cost; made once.
    fn locked(&self, scale: Scale) -> Outcome<PathBuf> {
        let name = format!("ui-{}.unionbook", scale.word());
        let path = self.at(&name);
        if !path.exists() {
            let making = format!("making-{name}");
            let store = self.copy_at(scale, &making, Cost::REAL)?;
            store.set_password(PASSWORD)?;
            drop(store);
            crate::office::rename(&self.at(&making), &path)?;
        }
        Ok(path)
    }
}
