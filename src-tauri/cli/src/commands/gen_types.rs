//! `gen-types`: the window's TypeScript types, for `cargo xtask gen`.

use std::fs;

use serde_json::json;
use unionbook_core::api::generate;
use unionbook_core::error::{Result, file_error};
use unionbook_core::modules::Registry;
use unionbook_core::store::write_whole;

use crate::args::GenTypes;
use crate::told::Told;

/// Writes the types into a file.
pub fn run(args: &GenTypes) -> Result<Told> {
    if let Some(folder) = args.path.parent() {
        fs::create_dir_all(folder).map_err(|source| file_error(folder, "建立文件夹", &source))?;
    }
    write_whole(&args.path, generate(&Registry::shipped()).as_bytes())?;
    Ok(Told::new(format!("已写入：{}", args.path.display()), json!({ "file": args.path })))
}
