//! `cargo xtask journeys`: a clerk's ways through the screens, in a real browser against the host.

use crate::checkout::Checkout;
use crate::command::{build_whole, on_path, show};
use crate::failure::{Failure, Outcome, no_words};
use crate::packages::{TO_BROWSE, TO_BUILD, TO_OPEN, TO_SHOW};
use crate::{screens, setup};

/// Builds the programs and the screens, and walks every journey.
pub fn journeys(checkout: &Checkout, words: &[String]) -> Outcome {
    no_words("journeys", words)?;
    setup::install(&[TO_BUILD, TO_SHOW, TO_OPEN, TO_BROWSE])?;
    screens::build(checkout)?;
    build_whole(checkout)?;
    let chromium = on_path("chromium").ok_or_else(|| Failure::new("chromium is not on the search path"))?;
    let mut walk = screens::npm(checkout, &["run", "--silent", "journeys"]);
    walk.env("UNIONBOOK_BROWSER", checkout.browser()).env("UNIONBOOK_CLI", checkout.cli());
    walk.env("UNIONBOOK_UI", checkout.root.join("ui").join("dist")).env("CHROMIUM", chromium);
    show(&mut walk).map(drop)
}
