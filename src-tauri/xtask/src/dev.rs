//! `cargo xtask dev`: the screens from their sources in the browser, on a demo office.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::checkout::Checkout;
use crate::command::{build, show};
use crate::demo::Demo;
use crate::failure::{Failure, Outcome, no_words};
use crate::packages::{TO_BUILD, TO_SHOW};
use crate::{screens, setup};

/// Where vite serves the screens.
const SCREENS: &str = "http://127.0.0.1:5173";

/// Starts the host on a demo office and vite before it, and says where to look; ends with vite.
pub fn dev(checkout: &Checkout, words: &[String]) -> Outcome {
    no_words("dev", words)?;
    setup::install(&[TO_BUILD, TO_SHOW])?;
    screens::packages(checkout)?;
    build(checkout)?;
    let mut host = Host::start(checkout, &Demo::of(checkout)?)?;
    let (address, once) = host.link()?;
    println!("\n   open {SCREENS}/enter?once={once}\n");
    let mut vite = screens::npm(checkout, &["run", "dev", "--", "--port", "5173", "--strictPort"]);
    show(vite.env("UNIONBOOK_HOST", address)).map(drop)
}

/// The host while it runs.
struct Host(Child);

impl Host {
    fn start(checkout: &Checkout, demo: &Demo) -> Outcome<Self> {
        let mut command = Command::new(checkout.browser());
        command.env("UNIONBOOK_HOME", &demo.settings).args(["--origin", SCREENS]).stdout(Stdio::piped());
        command.arg("--office").arg(&demo.office).arg("--password-file").arg(&demo.password);
        command.spawn().map(Self).map_err(|source| Failure::new(format!("the host does not start: {source}")))
    }

    /// Reads the start link: where the host listens, and the word that lets the browser in.
    fn link(&mut self) -> Outcome<(String, String)> {
        let mut line = String::new();
        let read = self.0.stdout.take().map(|words| BufReader::new(words).read_line(&mut line));
        let link = line.trim().split_once("/?once=").filter(|_| matches!(read, Some(Ok(_))));
        let (address, once) = link.ok_or_else(|| Failure::new(format!("the host says no start link but “{}”", line.trim())))?;
        Ok((address.to_owned(), once.to_owned()))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
