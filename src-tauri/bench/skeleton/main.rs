//! A window with one still page, and nothing else: what Tauri and the system's web engine take before a program does anything.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("bench/skeleton/tauri.conf.json"))
}
