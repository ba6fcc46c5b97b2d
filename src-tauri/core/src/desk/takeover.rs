//! A parcel that a predecessor handed over (交接包), checked and put down as this PC's file.

use std::fs::File;
use std::io::{Read, copy};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::Desk;
use super::arrival::{Arrival, Whence};
use super::elsewhere::well;
use super::files::{OnDisk, whole};
use super::memory::RecentOffice;
use crate::error::{Error, Refusal, Result, file_error};
use crate::record::Wire;
use crate::report::seal::{Content, Digest, Parcel};
use crate::sheet::write::whole_file;
use crate::store::{discard, vacant};

/// A parcel to take over.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// The parcel.
    pub parcel: PathBuf,
    /// Where the office file shall lie; must not exist.
    pub to: PathBuf,
}

/// What a parcel says of itself; its digests and its signature hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct ParcelFound {
    /// The office.
    pub office: String,
    /// Who made it.
    pub by: String,
    /// When, in unix seconds.
    pub at: i64,
    /// The fingerprint of the seat that signed it.
    pub fingerprint: String,
}

/// The longest list of digests that is read.
const LONGEST: u64 = 1 << 20;

/// Looks into a parcel; refuses one whose files or whose list were changed.
pub fn parcel(_: &Desk, ask: &OnDisk) -> Result<ParcelFound> {
    let path = whole(&ask.path)?;
    let mut zip = opened(&path)?;
    let parcel = sealed(&mut zip, &path)?;
    if let Some(stranger) = stranger(&zip, &parcel) {
        return Err(changed(&path, &stranger));
    }
    parcel.files.iter().try_for_each(|content| {
        let mut part = part(&mut zip, &path, &content.name)?;
        same(&path, content, Digest::of_reader(&mut part.by_ref().take(content.bytes + 1)))
    })?;
    Ok(ParcelFound { office: parcel.office, by: parcel.by, at: parcel.at, fingerprint: parcel.seat })
}

/// Puts the file of a parcel with its keys on this PC, checked as it is copied; it is opened with one's own password afterwards.
pub fn take_over(desk: &Desk, ask: &TakeOver) -> Result<ParcelFound> {
    let (path, to) = (whole(&ask.parcel)?, whole(&ask.to)?);
    well(&to)?;
    vacant(&to)?;
    let found = parcel(desk, &OnDisk { path: path.clone() })?;
    let mut zip = opened(&path)?;
    // The keys first: a file without them is nobody's.
    let mut put = Vec::new();
    for (name, place) in [(format!("{}.keys", Parcel::FILE), crate::store::Sidecar::path(&to)), (Parcel::FILE.to_owned(), to.clone())] {
        let mut part = part(&mut zip, &path, &name)?;
        whole_file(&place, |target| copy(&mut part, target).map_err(|source| file_error(&place, "写入文件", &source)))?;
        put.push((name, place));
    }
    // What was written is looked at once more: the disk may have changed it, or somebody the parcel.
    let written = sealed(&mut zip, &path)?;
    let is_same = |(name, place): &(String, PathBuf)| {
        let read = File::open(place).and_then(|mut file| Digest::of_reader(&mut file));
        written.files.iter().find(|content| content.name == *name).map_or(Ok(()), |content| same(&path, content, read))
    };
    if let Err(error) = put.iter().try_for_each(is_same) {
        discard(&to);
        return Err(error);
    }
    remember(desk, to, &found);
    Ok(found)
}

/// Puts the file among those that are known here, with what the successor has to do; a list that cannot be written is no reason to refuse
/// it.
fn remember(desk: &Desk, path: PathBuf, found: &ParcelFound) {
    let now = (desk.place.clock)().at;
    let arrival = Arrival { whence: Whence::Predecessor, at: now, by: Some(found.by.clone()) };
    let _ = desk.memory.opened(RecentOffice { arrival: Some(arrival), ..RecentOffice::new(path, found.office.clone(), now) });
}

fn opened(path: &Path) -> Result<ZipArchive<File>> {
    let file = File::open(path).map_err(|source| file_error(path, "读取", &source))?;
    ZipArchive::new(file).map_err(|_| no_parcel(path))
}

fn part<'z>(zip: &'z mut ZipArchive<File>, path: &Path, name: &str) -> Result<impl Read + 'z> {
    zip.by_name(name).map_err(|_| no_parcel(path))
}

fn sealed(zip: &mut ZipArchive<File>, path: &Path) -> Result<Parcel> {
    let mut text = String::new();
    let read = part(zip, path, Parcel::SEAL)?.take(LONGEST).read_to_string(&mut text);
    read.map_err(|_| no_parcel(path))?;
    let (parcel, _) = Parcel::open(&text).map_err(|_| changed(path, Parcel::SEAL))?;
    let has = |name: &str| parcel.files.iter().any(|content| content.name == name);
    if has(Parcel::FILE) && has(&format!("{}.keys", Parcel::FILE)) { Ok(parcel) } else { Err(no_parcel(path)) }
}

/// A part that the seal does not know: somebody put it in, perhaps to be opened.
fn stranger(zip: &ZipArchive<File>, parcel: &Parcel) -> Option<String> {
    let is_known = |name: &str| name == Parcel::SEAL || parcel.files.iter().any(|content| content.name == name);
    let names = zip.file_names().map(|name| name.map_or_else(|_| "？".to_owned(), |name| name.into_owned()));
    names.into_iter().find(|name| !is_known(name))
}

fn same(path: &Path, content: &Content, read: std::io::Result<(Digest, u64)>) -> Result<()> {
    match read {
        Ok((digest, bytes)) if (digest, bytes) == (content.digest, content.bytes) => Ok(()),
        _ => Err(changed(path, &content.name)),
    }
}

fn no_parcel(path: &Path) -> Error {
    Error::File(Refusal::new(
        format!("“{}”不是工会台账的工作交接包，或复制得不完整。", path.display()),
        "请让移交人用“设置—工作交接”重新做一份，或重新复制一遍。",
    ))
}

fn changed(path: &Path, name: &str) -> Error {
    Error::File(Refusal::new(
        format!("交接包“{}”里的“{name}”和封条对不上，可能复制坏了，也可能被改动过，没有接收。", path.display()),
        "请让移交人重新做一份，当面核对。",
    ))
}
