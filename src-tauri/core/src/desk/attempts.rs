//! Wrong passwords: after some, each next one has to wait longer, also where the program was started anew in between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use crate::error::{Error, Refusal, Result};

/// How many wrong ones cost nothing: capitals, the input method.
const FREE: u32 = 3;
/// The wait after the first one that costs something and the longest, in seconds.
const SHORTEST: i64 = 5;
const LONGEST: i64 = 5 * 60;

/// The wrong ones since the last right one.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Wrong {
    times: u32,
    /// The moment of the last one, in unix seconds.
    at: i64,
}

impl Wrong {
    /// How many seconds are still to wait; a clock that was set back does not lengthen it.
    fn left(self, now: i64) -> i64 {
        let Some(past) = self.times.checked_sub(FREE) else { return 0 };
        let wait = SHORTEST.checked_shl(past).unwrap_or(LONGEST).clamp(SHORTEST, LONGEST);
        (self.at + wait - now).clamp(0, wait)
    }
}

/// The wrong passwords of each file on this PC.
pub(super) struct Attempts(Shelf<BTreeMap<PathBuf, Wrong>>);

impl Attempts {
    /// Names the file of the settings folder that holds them.
    pub fn new(folder: &Path) -> Self {
        Self(Shelf::new(folder.join("attempts.json")))
    }

    /// Tries to open a file. Refuses before its time; counts what is wrong, and forgets it once one was right.
    pub fn of<T>(&self, file: &Path, now: i64, open: impl FnOnce() -> Result<T>) -> Result<T> {
        let before = self.0.read().unwrap_or_default().get(file).copied().unwrap_or_default();
        let left = before.left(now);
        if left > 0 {
            let message = format!("密码已连续输错 {} 次，请过 {left} 秒再试。", before.times);
            return Err(Error::Locked(Refusal::new(message, "请检查大小写和输入法；忘记密码时可用打印的恢复密钥打开。")));
        }
        let opened = open();
        match &opened {
            Ok(_) if before.times > 0 => self.note(file, None),
            Err(Error::Locked(_)) => self.note(file, Some(Wrong { times: before.times.saturating_add(1), at: now })),
            _ => {}
        }
        opened
    }

    /// What cannot be noted is no reason to keep an office closed.
    fn note(&self, file: &Path, wrong: Option<Wrong>) {
        let _ = self.0.change(|all| {
            match wrong {
                Some(wrong) => all.insert(file.to_owned(), wrong),
                None => all.remove(file),
            };
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_one_after_the_third_waits_longer_up_to_five_minutes() {
        let left = |times, after: i64| Wrong { times, at: 1000 }.left(1000 + after);
        assert_eq!([left(0, 0), left(2, 0)], [0, 0], "the first ones cost nothing");
        assert_eq!([left(3, 0), left(4, 0), left(5, 0)], [5, 10, 20], "then each waits twice as long");
        assert_eq!([left(9, 0), left(200, 0)], [300, 300], "five minutes at the most");
        assert_eq!([left(3, 5), left(3, 999)], [0, 0], "and the wait ends");
        assert_eq!(left(3, -1_000_000), 5, "a clock that was set back does not lengthen it");
    }
}
