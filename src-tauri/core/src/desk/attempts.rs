//! Wrong passwords: after some, each next one has to wait longer, also where the program was started anew in between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use super::turns::Turns;
use crate::error::{Error, Refusal, Result};
use crate::store::real;

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

/// The wrong passwords of each file on this PC, whichever program they were given to and by whichever path.
pub struct Attempts {
    counts: Shelf<BTreeMap<PathBuf, Wrong>>,
    turns: Turns,
}

impl Attempts {
    /// Names the file of the settings folder that holds them.
    pub fn new(folder: &Path) -> Self {
        Self { counts: Shelf::new(folder.join("attempts.json")), turns: Turns::new(folder.join("attempts")) }
    }

    /// Tries to open a file, at a moment in unix seconds; one after the other, also between programs. Refuses before its time; each is
    /// counted before it is tried, so that a program that is killed has counted it as well, and taken back where it was not wrong.
    pub fn of<T>(&self, file: &Path, now: i64, open: impl FnOnce() -> Result<T>) -> Result<T> {
        let file = real(file);
        let _turn = self.turns.take(&file)?;
        let before = self.counts.read().unwrap_or_default().get(&file).copied().map(|wrong| Wrong { at: wrong.at.min(now), ..wrong });
        let so_far = before.unwrap_or_default();
        let left = so_far.left(now);
        if left > 0 {
            // Where the clock was set back since, the wait runs from now.
            self.note(&file, before);
            let message = format!("密码已连续输错 {} 次，请过 {left} 秒再试。", so_far.times);
            return Err(Error::Locked(Refusal::new(message, "请检查大小写和输入法；忘记密码的，过一会儿可用打印的恢复密钥打开。")));
        }
        self.note(&file, Some(Wrong { times: so_far.times.saturating_add(1), at: now }));
        let opened = open();
        match &opened {
            Ok(_) => self.note(&file, None),
            Err(Error::Locked(_)) => {}
            Err(_) => self.note(&file, before),
        }
        opened
    }

    /// What cannot be noted is no reason to keep an office closed.
    fn note(&self, file: &Path, wrong: Option<Wrong>) {
        let _ = self.counts.change(|all| {
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
