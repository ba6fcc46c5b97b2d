//! Sealed files (上报文件): the very workbook that people open, with a signed manifest inside.
//!
//! - The manifest lies as text in a very hidden sheet, signed (ed25519); Excel, WPS and LibreOffice keep that sheet when they open
//!   and save the file.
//! - Around it is an outer seal: the signed digest of the file's bytes in the zip's comment. It breaks with any changed byte and is
//!   gone after a program saved the file again.
//! - Keys belong to a seat ([`SeatKey`]); offices exchange [`Card`]s once and compare a fingerprint over the telephone.
//! - A file can be encrypted for the owners of cards ([`encrypt`]); what became of a return comes back as a [`Receipt`].
//!
//! A signature says that the key beside it signed; whose key that is, the caller knows from the cards it took in.

mod canonical;
mod card;
mod carrier;
mod crypt;
mod digest;
mod envelope;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
mod hidden;
mod key;
mod manifest;
mod outer;
mod parcel;
mod receipt;
#[cfg(test)]
mod tests;

pub use card::{CARD_ENDING, Card};
pub use crypt::{decrypt, encrypt, is_encrypted};
pub use digest::{Digest, NoDigest};
pub use key::{PublicKey, SeatKey};
pub use manifest::{Attached, Explained, Manifest, SignedOff, Superseded};
pub use outer::Outer;
pub use parcel::{Content, Parcel};
pub use receipt::{Reason, Receipt, open_receipt};

use crate::error::{Error, Result};
use crate::sheet::fault::Fault;
use envelope::{Envelope, Kind, Sealed, torn};

/// The name of the hidden sheet.
pub const SHEET: &str = "_上报";

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A sealed return.
    Return(Box<Opened<Manifest>>),
    /// A receipt from an office above.
    Receipt(Box<Opened<Receipt>>),
    /// No file that was sealed: perhaps a workbook that somebody filled by hand.
    Plain,
}

/// What lay in a sealed file, and how far it can be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened<T> {
    /// What it says.
    pub says: T,
    /// What stands for what it says; a receipt names it.
    pub digest: Digest,
    /// The key that lies beside the signature.
    pub signer: PublicKey,
    /// Whether that key did sign it, and it names that key's seat.
    pub signed: bool,
    /// Whether the file's bytes are as they were sealed.
    pub outer: Outer,
}

/// Puts the manifest, signed, into a workbook, and the outer seal around it; a manifest that is there already is replaced.
///
/// The manifest's `seat` must be the key's fingerprint and its `format` [`Manifest::FORMAT`].
pub fn seal(workbook: &[u8], manifest: &Manifest, key: &SeatKey) -> Result<Vec<u8>> {
    seal_into(workbook, manifest, key)
}

fn seal_into<T: Sealed>(workbook: &[u8], thing: &T, key: &SeatKey) -> Result<Vec<u8>> {
    let lines = envelope::lines(thing, key)?;
    let mut file = carrier::embed(workbook, &lines).map_err(|fault| refusal(fault, T::NAME))?;
    outer::put(&mut file, key)?;
    Ok(file)
}

/// Opens a file and says what it is; refuses one that is damaged, torn or of a later version of the program.
///
/// A changed manifest is still opened, with `signed` false, so that the screen can show what it says; only what is signed by a
/// known key, and whose outer seal is not broken, may be taken without a person's consent.
pub fn open(file: &[u8]) -> Result<Found> {
    let was_sealed = outer::was_sealed(file);
    if !was_sealed && !file.starts_with(b"PK") {
        return Ok(Found::Plain);
    }
    match hidden::lines(file) {
        Ok(Some(lines)) => found(file, &Envelope::read(&lines)?),
        Ok(None) | Err(Fault::Said(..)) if !was_sealed => Ok(Found::Plain),
        Ok(None) | Err(Fault::Said(..)) => Err(torn("封条已被破坏")),
        Err(fault) => Err(refusal(fault, Manifest::NAME)),
    }
}

/// Says it of bytes in memory: whatever cannot be read of them is their own fault and no disk's.
fn refusal(fault: Fault, name: &str) -> Error {
    match fault {
        Fault::Io(_) => Fault::Broken("压缩内容"),
        fault => fault,
    }
    .of_name(name)
}

fn found(file: &[u8], envelope: &Envelope) -> Result<Found> {
    Ok(match envelope.kind {
        Kind::Return => Found::Return(Box::new(opened(file, envelope)?)),
        Kind::Receipt => Found::Receipt(Box::new(opened(file, envelope)?)),
        Kind::Parcel => return Err(torn("封条是工作交接包的")),
    })
}

fn opened<T: Sealed>(file: &[u8], envelope: &Envelope) -> Result<Opened<T>> {
    let (says, signed) = envelope.open()?;
    let (signer, digest) = (envelope.signer, envelope.digest());
    Ok(Opened { says, digest, signer, signed, outer: outer::read(file, &signer) })
}
