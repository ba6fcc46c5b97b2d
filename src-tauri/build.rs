//! Puts the window's one command under Tauri's rights, and the built screens into the program.

use std::path::Path;
use std::process::ExitCode;

use tauri_build::{AppManifest, Attributes};

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=../ui/dist");
    if !Path::new("../ui/dist/index.html").is_file() {
        eprintln!("ui/dist is not there: build the screens first, `npm ci` and `npm run build` in ui/");
        return ExitCode::FAILURE;
    }
    match tauri_build::try_build(Attributes::new().app_manifest(AppManifest::new().commands(&["rpc"]))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
