//! Who works at a file.

/// The clerk whom steps name: as given, or as the file knows this installation's from before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clerk {
    pub(super) name: String,
    pub(super) given: bool,
}

impl Clerk {
    /// The clerk of before, where the file has seen this installation; else this name.
    pub fn as_before_or(name: impl Into<String>) -> Self {
        Self { name: name.into(), given: false }
    }
}

impl From<&str> for Clerk {
    fn from(name: &str) -> Self {
        name.to_owned().into()
    }
}

impl From<String> for Clerk {
    fn from(name: String) -> Self {
        Self { name, given: true }
    }
}
