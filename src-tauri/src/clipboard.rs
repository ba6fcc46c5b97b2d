//! Full numbers that were copied, taken off the clipboard again.

use arboard::Clipboard;
use serde::Deserialize;
use unionbook_core::error::Result;

/// Names what was copied.
#[derive(Deserialize)]
pub struct Forget {
    text: String,
}

/// Empties the clipboard where it still holds the text; what somebody copied since stays. A system without a clipboard has nothing.
pub fn forget(ask: &Forget) -> Result<()> {
    let Ok(mut clipboard) = Clipboard::new() else { return Ok(()) };
    if clipboard.get_text().is_ok_and(|held| held == ask.text) {
        let _ = clipboard.clear();
    }
    Ok(())
}
