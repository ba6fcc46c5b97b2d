//! Why a command of xtask stopped.

/// What a command of xtask gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A failure in words, with the exit code it leads to: 1 the work failed, 2 it was asked for wrongly.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong and what to do about it.
    pub words: String,
    /// The exit code of the process.
    pub code: u8,
}

impl Failure {
    /// Makes the failure of work that was rightly asked for.
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 1 }
    }

    /// Makes the failure of a command that was asked for wrongly.
    pub fn usage(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 2 }
    }
}

/// Refuses words after a command that takes none.
pub fn no_words(command: &str, words: &[String]) -> Outcome {
    match words.first() {
        None => Ok(()),
        Some(word) => Err(Failure::usage(format!("`cargo xtask {command}` takes no “{word}”"))),
    }
}
