//! The programs that the commands need, and the Debian packages that bring them.

use std::path::Path;

use crate::command::{on_path, works};

/// Something a command needs from the machine.
pub struct Need {
    /// The Debian packages that bring it.
    pub packages: &'static [&'static str],
    /// Says whether the machine has it, from a package or in any other way.
    pub met: fn() -> bool,
}

/// What building needs: OpenSSL is configured by perl and built by make, SQLCipher is compiled by the C compiler.
pub const TO_BUILD: &[Need] = &[
    Need { packages: &["build-essential"], met: compiles_c },
    Need { packages: &["perl"], met: has_perl },
    Need { packages: &["make"], met: || on_path("make").is_some() },
];

/// What the tests need besides: the programs that open our workbooks and papers as an office would.
pub const TO_TEST: &[Need] = &[
    Need { packages: &["python3", "python3-venv"], met: makes_venvs },
    Need { packages: &["libreoffice-calc"], met: has_calc },
    Need { packages: &["poppler-utils"], met: || on_path("pdftotext").is_some() },
    Need { packages: &["fonts-wqy-microhei"], met: has_chinese_font },
];

/// What the screens need: their tools run on Node.
pub const TO_SHOW: &[Need] = &[Need { packages: &["nodejs", "npm"], met: has_node }];

/// What the window is built with.
pub const TO_OPEN: &[Need] = &[
    Need { packages: &["pkg-config"], met: || on_path("pkg-config").is_some() },
    Need { packages: &["libwebkit2gtk-4.1-dev"], met: || works("pkg-config", &["--exists", "webkit2gtk-4.1"]) },
    Need { packages: &["fonts-wqy-microhei"], met: has_chinese_font },
];

/// What driving the window needs besides, where nobody sits before the machine.
pub const TO_DRIVE: &[Need] = &[
    Need { packages: &["xvfb", "xauth"], met: || on_path("xvfb-run").is_some() && on_path("xauth").is_some() },
    Need { packages: &["dbus", "dbus-daemon"], met: || on_path("dbus-run-session").is_some() && on_path("dbus-send").is_some() },
    Need { packages: &["webkit2gtk-driver"], met: || on_path("WebKitWebDriver").is_some() },
    // They drag files onto the window, answer the system's dialogs, and keep pictures of the screen.
    Need { packages: &["xdotool"], met: || on_path("xdotool").is_some() },
    Need { packages: &["imagemagick"], met: || on_path("import").is_some() },
    Need { packages: &["python3-minimal"], met: || works("python3", &["-c", "import ctypes"]) },
];

/// What trying the installed package needs besides: dialogs have the keyboard only where windows are managed.
pub const TO_TRY: &[Need] = &[
    Need { packages: &["matchbox-window-manager"], met: || on_path("matchbox-window-manager").is_some() },
    Need { packages: &["dpkg-dev"], met: || on_path("dpkg-shlibdeps").is_some() },
    Need { packages: &["libglib2.0-bin"], met: || on_path("gio").is_some() },
    Need { packages: &["shared-mime-info"], met: || on_path("update-mime-database").is_some() },
    Need { packages: &["desktop-file-utils"], met: || on_path("desktop-file-validate").is_some() },
];

/// What walking through the screens in a browser needs besides.
pub const TO_BROWSE: &[Need] = &[Need { packages: &["chromium"], met: || on_path("chromium").is_some() }];

/// What watching the window's sockets needs besides.
pub const TO_WATCH: &[Need] = &[Need { packages: &["strace"], met: || on_path("strace").is_some() }];

/// What packing needs besides.
pub const TO_BUNDLE: &[Need] = &[
    Need { packages: &["pkg-config"], met: || on_path("pkg-config").is_some() },
    Need { packages: &["libwebkit2gtk-4.1-dev"], met: || works("pkg-config", &["--exists", "webkit2gtk-4.1"]) },
    Need { packages: &["dpkg"], met: || on_path("dpkg-deb").is_some() },
    Need { packages: &["binutils"], met: || on_path("objdump").is_some() },
];

/// What measuring needs besides: the peers come from PyPI.
pub const TO_MEASURE: &[Need] = &[Need { packages: &["python3", "python3-venv"], met: makes_venvs }];

/// Lists the packages of the needs that are not met, each once and in order.
pub fn missing(needs: &[&[Need]]) -> Vec<&'static str> {
    let unmet = needs.iter().copied().flatten().filter(|need| !(need.met)());
    let mut packages = Vec::new();
    for package in unmet.flat_map(|need| need.packages.iter().copied()) {
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    packages
}

fn compiles_c() -> bool {
    // stdlib.h is in libc6-dev, which a bare gcc does not bring.
    works("cc", &["-include", "stdlib.h", "-fsyntax-only", "-x", "c", "/dev/null"])
}

fn has_perl() -> bool {
    // perl-base, which every Debian has, lacks the modules that OpenSSL's Configure loads.
    works("perl", &["-MIPC::Cmd", "-MFindBin", "-MFile::Compare", "-MPod::Usage", "-e", "1"])
}

fn has_node() -> bool {
    // Vite asks for 20.19 or newer.
    let asks = "const [major, minor] = process.versions.node.split('.').map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)";
    works("node", &["-e", asks]) && on_path("npm").is_some()
}

fn makes_venvs() -> bool {
    works("python3", &["-c", "import venv, ensurepip"])
}

fn has_calc() -> bool {
    // LibreOffice may be there without its spreadsheet, which is a library of its own beside the program.
    let program = on_path("soffice").and_then(|program| program.canonicalize().ok());
    program.as_deref().and_then(Path::parent).is_some_and(|folder| folder.join("libsclo.so").exists())
}

fn has_chinese_font() -> bool {
    let fonts = std::process::Command::new("fc-list").args([":lang=zh-cn", "family"]).output();
    fonts.is_ok_and(|fonts| !fonts.stdout.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_met_is_missing_and_each_package_once() {
        let first = [Need { packages: &["a"], met: || true }, Need { packages: &["b", "c"], met: || false }];
        let second = [Need { packages: &["c", "d"], met: || false }];
        assert_eq!(missing(&[&first, &second]), ["b", "c", "d"], "met needs are left out, packages are not repeated");
    }
}
