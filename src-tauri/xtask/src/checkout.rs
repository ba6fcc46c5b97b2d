//! Where this checkout lies and where its builds go.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

/// The folders that every command of xtask works in.
pub struct Checkout {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, whatever the environment or a config file sets it to.
    pub target: PathBuf,
}

impl Checkout {
    /// Finds the folders from the manifest xtask was started with and from xtask's own program file.
    pub fn here() -> Outcome<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| Failure::usage("start it as `cargo xtask`"))?;
        let root = above(Path::new(&manifest), 2)?;
        // Cargo puts the program at <target>/<profile>/xtask, so this holds for every way of setting the target folder.
        let program = std::env::current_exe().map_err(|source| Failure::new(format!("cannot find xtask's own program: {source}")))?;
        Ok(Self { root, target: above(&program, 2)? })
    }

    /// Gives the program of `unionbook-cli` as the dev profile builds it.
    pub fn cli(&self) -> PathBuf {
        self.target.join("debug").join("unionbook-cli")
    }

    /// Gives the host's program as the dev profile builds it.
    pub fn browser(&self) -> PathBuf {
        self.target.join("debug").join("unionbook-browser")
    }

    /// Gives the window's program as the dev profile builds it.
    pub fn window(&self) -> PathBuf {
        self.target.join("debug").join("unionbook")
    }
}

fn above(path: &Path, levels: usize) -> Outcome<PathBuf> {
    let found = path.ancestors().nth(levels).map(Path::to_path_buf);
    found.ok_or_else(|| Failure::new(format!("{} is not where cargo would put it", path.display())))
}
