//! Lists the built screens for the program to hold, where the feature `embedded` asks for it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let mut list = String::from("&[\n");
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_some() {
        let folder = Path::new("../../ui/dist").canonicalize().map_err(|source| {
            io::Error::new(source.kind(), format!("ui/dist is not there ({source}): build the screens first, `npm run build` in ui/"))
        })?;
        println!("cargo:rerun-if-changed={}", folder.display());
        for path in files(&folder)? {
            let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let _ = writeln!(list, "    ({name:?}, include_bytes!({:?})),", path.display());
        }
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("screens.rs"), list)
}

/// Lists the files below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}
