//! How WebKitGTK draws: by the graphics card where there is one, else without the detour over it.
//!
//! WebKitGTK decides by its environment before the window opens. Without a graphics card its accelerated way is emulated, which
//! costs time and about 90 MB; with one, switching it off is what costs. `UNIONBOOK_RENDERER` overrides: `gpu`, `software`, `plain`.

use std::env;
use std::fs;
use std::path::Path;

/// Kernel drivers that have a render node but no graphics card behind it.
const EMULATED: &[&str] = &["vgem", "vkms", "bochs", "cirrus", "simpledrm"];

/// The ways to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// WebKitGTK's own default.
    Gpu,
    /// Without DMABUF: for NVIDIA's own driver, which shows white windows with it.
    Plain,
    /// Without accelerated compositing at all.
    Software,
}

/// Makes the choice: before anything else, while the process has one thread and nothing has read its environment.
pub fn choose() {
    let way = env::var("UNIONBOOK_RENDERER").ok().and_then(|word| named(&word)).unwrap_or_else(|| found(Path::new("/sys")));
    for name in variables(way) {
        // What the user set stays. A start anew with another environment would load the web engine twice.
        let _ = glib::setenv(name, "1", false);
    }
}

fn named(word: &str) -> Option<Way> {
    match word {
        "gpu" => Some(Way::Gpu),
        "plain" => Some(Way::Plain),
        "software" => Some(Way::Software),
        _ => None,
    }
}

fn variables(way: Way) -> &'static [&'static str] {
    match way {
        Way::Gpu => &[],
        Way::Plain => &["WEBKIT_DISABLE_DMABUF_RENDERER"],
        Way::Software => &["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"],
    }
}

/// Looks for a graphics card in the kernel's own list.
fn found(sys: &Path) -> Way {
    if sys.join("module/nvidia/version").exists() {
        return Way::Plain;
    }
    let cards = fs::read_dir(sys.join("class/drm")).into_iter().flatten().flatten();
    let nodes = cards.filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"));
    let driver = |entry: fs::DirEntry| fs::read_link(entry.path().join("device/driver")).ok();
    let real = nodes.filter_map(driver).any(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !EMULATED.contains(&name.as_str())
    });
    if real { Way::Gpu } else { Way::Software }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn a_graphics_card_is_found_by_the_driver_of_its_render_node() {
        let sys = env::temp_dir().join(format!("unionbook-sys-{}", std::process::id()));
        assert_eq!(found(&sys), Way::Software, "no list, no card");
        let card = |node: &str, driver: &str| {
            let folder = sys.join("class/drm").join(node).join("device");
            fs::create_dir_all(&folder).unwrap();
            std::os::unix::fs::symlink(format!("../../bus/drivers/{driver}"), folder.join("driver")).unwrap();
        };
        card("renderD128", "vgem");
        card("card0", "i915");
        assert_eq!(found(&sys), Way::Software, "an emulated node is no card, and a card without a render node draws nothing");
        card("renderD129", "i915");
        assert_eq!(found(&sys), Way::Gpu, "a real one is");
        fs::create_dir_all(sys.join("module/nvidia/version")).unwrap();
        assert_eq!(found(&sys), Way::Plain, "NVIDIA's own driver goes without DMABUF");
        fs::remove_dir_all(sys).unwrap();
    }
}
