//! The whole office as one sealed file (交接包): a checked copy with its keys, the list to sign, and a signed list of their digests.
//!
//! It is a zip that any program opens: a successor without this page still finds the file and its keys in it. The copy is encrypted as
//! the file is.

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::paper::paper;
use crate::commands::TOPMOST;
use crate::disclosure;
use crate::error::{Error, Result, file_error};
use crate::paper::OnPaper;
use crate::record::Wire;
use crate::report::seal::{Content, Digest, Parcel};
use crate::returns::seat_signer;
use crate::sheet::write::to_file;
use crate::store::{Sidecar, Store, backup};

/// What the list to sign is called inside.
const LIST: &str = "工作交接清单.pdf";
const README: (&str, &str) = (
    "先读我.txt",
    "这是工会台账的工作交接包。请在接收人的电脑上打开“工会台账”，在“打开台账”里选这个压缩包：程序先核对封条，再把台账放到本机打开。\r\n\
     不要改动里面的文件；改动过的，程序会说出来。台账用接收人自己的账号和密码打开。\r\n",
);

/// A handover's parcel, or its list alone, to write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Where it goes; an older file of the name is replaced.
    pub path: PathBuf,
    /// Who hands over; an empty line on the list where nothing is said.
    #[serde(default)]
    pub from: String,
    /// Who takes over.
    #[serde(default)]
    pub to: String,
    /// Who witnesses it.
    #[serde(default)]
    pub witness: String,
}

/// A parcel that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct HandedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// How many bytes it has.
    pub bytes: u64,
    /// The fingerprint of the seat that signed it, for the list.
    pub fingerprint: String,
}

/// Writes the list alone, to be signed; it bears the seal's fingerprint before a parcel is made, so that both say the same.
pub fn write_list(store: &Store, ask: &HandOver) -> Result<OnPaper> {
    // Who may only read makes no key; their list has one where there is one.
    let _ = seat_signer(store);
    store.read(|db| paper(db, ask))
}

/// Makes the parcel: the file is copied while it is in use, the copy opened, checked and counted before it is called good. The disclosure
/// log has it.
pub fn pack(store: &Store, ask: &HandOver) -> Result<HandedFile> {
    let key = seat_signer(store)?;
    let folder = tempfile::tempdir_in(folder_of(&ask.path)).map_err(|source| file_error(&ask.path, "写入文件", &source))?;
    let copy = backup(store, folder.path())?;
    let list = folder.path().join(LIST);
    store.read(|db| paper(db, &HandOver { path: list.clone(), ..ask.clone() }))?;
    let keys = format!("{}.keys", Parcel::FILE);
    let files = [(Parcel::FILE, copy.clone()), (keys.as_str(), Sidecar::path(&copy)), (LIST, list)];
    let (digest, bytes) = Digest::of_reader(&mut README.1.as_bytes()).map_err(|source| file_error(&ask.path, "写入文件", &source))?;
    let readme = Content { name: README.0.to_owned(), bytes, digest };
    let contents = files.iter().map(|(name, path)| content(name, path)).chain([Ok(readme)]).collect::<Result<Vec<_>>>()?;
    let office = store.read(TOPMOST)?.map(|(_, name)| name).unwrap_or_default();
    let (by, at, seat) = (store.clerk().to_owned(), store.now().at, key.public().fingerprint());
    let seal = Parcel { format: Parcel::FORMAT, office, by, at, files: contents, seat }.seal(&key)?;
    to_file(&ask.path, |target| {
        zipped(&mut *target, &ask.path, &files, &seal)?;
        disclosure::note_whole(store, &ask.path, target)
    })?;
    let bytes = fs::metadata(&ask.path).map(|facts| facts.len()).unwrap_or_default();
    Ok(HandedFile { path: ask.path.clone(), bytes, fingerprint: key.public().fingerprint() })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn content(name: &str, path: &Path) -> Result<Content> {
    let failed = |source| file_error(path, "读取文件", &source);
    let mut file = File::open(path).map_err(failed)?;
    let (digest, bytes) = Digest::of_reader(&mut file).map_err(failed)?;
    Ok(Content { name: name.to_owned(), bytes, digest })
}

fn zipped<W: Write + Seek>(target: W, path: &Path, files: &[(&str, PathBuf)], seal: &str) -> Result<()> {
    let lost = |source: std::io::Error| file_error(path, "写入文件", &source);
    let broken = |source: zip::result::ZipError| Error::Bug(format!("the parcel's zip: {source}"));
    let mut zip = ZipWriter::new(target);
    // What is encrypted grows by packing.
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
    for (name, text) in [README, (Parcel::SEAL, seal)] {
        zip.start_file(name, plain).map_err(broken)?;
        zip.write_all(text.as_bytes()).map_err(lost)?;
    }
    for (name, from) in files {
        zip.start_file(*name, plain).map_err(broken)?;
        let mut file = File::open(from).map_err(|source| file_error(from, "读取文件", &source))?;
        std::io::copy(&mut file, &mut zip).map_err(lost)?;
    }
    zip.finish().map(drop).map_err(broken)
}
