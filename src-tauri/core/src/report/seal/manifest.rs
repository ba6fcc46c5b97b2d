//! What a sealed file says of itself.

use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::digest::Digest;
use super::envelope::{Kind, Sealed};
use crate::record::Wire;
use crate::report::task::Values;

/// The manifest (清单) of a sealed return: which task, unit, period and version it is, and its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this manifest; [`Manifest::FORMAT`] in what is written now.
    pub format: u32,
    /// The task's word.
    pub task: String,
    /// The task's version.
    pub version: u32,
    /// The digest of the task's package.
    pub package: Digest,
    /// The reporting unit's code.
    pub unit: String,
    /// Its name at the time.
    pub name: String,
    /// The period's key: `2026-10`.
    pub period: String,
    /// Which version of the return this is, from 1.
    pub no: u32,
    /// The version that it replaces, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Superseded>,
    /// When it was sealed, in unix seconds.
    pub sealed: i64,
    /// The fingerprint of the seat that sealed it.
    pub seat: String,
    /// Who signed it off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<SignedOff>,
    /// Why checks of weight 核实 do not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanations: Vec<Explained>,
    /// Files that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attached>,
    /// What stands in it.
    pub values: Values,
    /// Anything else that its sender says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The version of a return that another one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// Its number.
    pub no: u32,
    /// The digest of its manifest, where it was sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Why it is replaced.
    pub reason: String,
}

/// Somebody who signed a return off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct SignedOff {
    /// As what: 单位负责人, 填表人.
    pub role: String,
    /// The name.
    pub name: String,
}

/// Why a check does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// The check's word within the task.
    pub check: String,
    /// The row of the block, by its key, where the check is asked for each row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// The explanation.
    pub text: String,
}

/// A file that goes with a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Manifest {
    /// The form that this program writes, and the newest that it reads.
    pub const FORMAT: u32 = 1;

    /// The text that is signed.
    pub fn canonical(&self) -> String {
        canonical(self)
    }

    /// What stands for it: the digest of its canonical text.
    pub fn digest(&self) -> Digest {
        Digest::of(self.canonical().as_bytes())
    }
}

impl Sealed for Manifest {
    const KIND: Kind = Kind::Return;
    const NEWEST: u32 = Self::FORMAT;
    const NAME: &str = "上报文件";

    fn seat(&self) -> &str {
        &self.seat
    }

    fn format(&self) -> u32 {
        self.format
    }
}
