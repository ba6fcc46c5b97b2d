//! A demo office for looking at the screens: made once, kept.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::checkout::Checkout;
use crate::command::show;
use crate::failure::{Failure, Outcome};

/// The password of the demo office, which holds nobody's data.
pub const PASSWORD: &str = "123456";

/// The demo office of a checkout: a town's.
pub struct Demo {
    /// The office file.
    pub office: PathBuf,
    /// The file with its password.
    pub password: PathBuf,
    /// The program's settings beside it, so that the user's own stay as they are.
    pub settings: PathBuf,
}

impl Demo {
    /// Finds it, or makes it with the command line, which must be built.
    pub fn of(checkout: &Checkout) -> Outcome<Self> {
        let folder = checkout.root.join("demo-office").join("window");
        let failure = |source| Failure::new(format!("{}: {source}", folder.display()));
        let demo = Self { office: folder.join("demo.unionbook"), password: folder.join("password.txt"), settings: folder.join("settings") };
        if !demo.office.is_file() {
            fs::create_dir_all(&demo.settings).map_err(failure)?;
            fs::write(&demo.password, PASSWORD).map_err(failure)?;
            let mut make = Command::new(checkout.cli());
            make.env("UNIONBOOK_HOME", &demo.settings).arg("demo").arg(&demo.office).args(["--scale", "town", "--seed", "1"]);
            show(make.arg("--password-file").arg(&demo.password))?;
        }
        Ok(demo)
    }
}
