//! The outer seal: the digest of a file's bytes in the comment that ends its zip.
//!
//! A program that opens the file and saves it again writes a zip of its own, without a comment: that is told apart from a file
//! whose bytes were changed. The comment's length is fixed, so every byte of the file, the comment's own included, counts.

use super::digest::{Digest, hex};
use super::key::{PublicKey, Purpose, SeatKey, signature};
use crate::error::{Error, Result};
use crate::record::Wire;

use serde::{Deserialize, Serialize};

const MARK: &str = "UB1:";
/// The mark, a digest's and a signature's digits.
pub(super) const LENGTH: usize = 4 + 64 + 128;
const DIRECTORY_END: &[u8] = b"PK\x05\x06";
const DIRECTORY_END_LENGTH: usize = 22;

/// What the outer seal of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Outer {
    /// Every byte is as it was sealed.
    Whole,
    /// The file was opened and saved again: there is no outer seal. Only noted.
    SavedAgain,
    /// There is an outer seal, and the bytes are others.
    Broken,
}

/// Room for the comment, which [`put`] fills.
pub(super) fn room() -> Box<[u8]> {
    vec![b'-'; LENGTH].into()
}

/// Fills the comment at the end of a file that was written with [`room`] for it.
pub(super) fn put(file: &mut [u8], key: &SeatKey) -> Result<()> {
    let ends = file.split_last_chunk_mut::<LENGTH>().filter(|(_, comment)| comment.as_slice() == &*room());
    let (body, comment) = ends.ok_or_else(|| Error::Bug("the zip has no room for its outer seal".into()))?;
    let digest = Digest::of(body);
    let text = format!("{MARK}{digest}{}", hex(&key.sign(Purpose::File, &digest).to_bytes()));
    comment.iter_mut().zip(text.bytes()).for_each(|(into, byte)| *into = byte);
    Ok(())
}

/// Compares the bytes with the seal.
pub(super) fn read(file: &[u8], signer: &PublicKey) -> Outer {
    let bare =
        file.split_last_chunk::<DIRECTORY_END_LENGTH>().is_some_and(|(_, end)| end.starts_with(DIRECTORY_END) && end.ends_with(&[0, 0]));
    if whole(file, signer) {
        Outer::Whole
    } else if bare {
        Outer::SavedAgain
    } else {
        Outer::Broken
    }
}

fn whole(file: &[u8], signer: &PublicKey) -> bool {
    let Some((body, comment)) = file.split_last_chunk::<LENGTH>() else { return false };
    let digest = Digest::of(body);
    let said = std::str::from_utf8(comment).ok().and_then(|text| text.strip_prefix(MARK)?.strip_prefix(&digest.to_string()));
    said.and_then(signature).is_some_and(|signature| signer.signed(Purpose::File, &digest, &signature))
}

/// Says whether a file once had an outer seal, so that one whose manifest cannot be found is not taken for a plain workbook.
pub(super) fn was_sealed(file: &[u8]) -> bool {
    let Some((body, comment)) = file.split_last_chunk::<LENGTH>() else { return false };
    let seated = body.split_last_chunk::<DIRECTORY_END_LENGTH>().is_some_and(|(_, end)| end.starts_with(DIRECTORY_END));
    comment.starts_with(MARK.as_bytes()) || (seated && comment.is_ascii())
}
