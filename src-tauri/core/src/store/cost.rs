//! What a password's key derivation costs, and how it is fitted to the PC.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Refusal, Result};

/// What Argon2id costs: memory in KiB and passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
}

/// How long one guess shall take on the PC where the password was set.
const WANTED: Duration = Duration::from_millis(500);
/// The most memory that a new wrap asks for, in KiB: an old PC must open the file, too.
const MOST_MEMORY: u32 = 256 << 10;
/// The most passes that a new wrap asks for.
const MOST_PASSES: u32 = 16;

impl Cost {
    /// The least for real files: 64 MiB, three passes.
    pub const REAL: Self = Self { memory: 64 << 10, passes: 3 };
    /// The least cost, for tests only.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };

    /// The cost of a new wrap: fitted once to this PC so that a guess takes about half a second, and never less than this one. One
    /// below the real cost is a test's and stays.
    pub fn here(self) -> Self {
        static HERE: OnceLock<Cost> = OnceLock::new();
        if self.memory < Self::REAL.memory { self } else { *HERE.get_or_init(|| self.fitted(self.takes())) }
    }

    fn takes(self) -> Duration {
        let begun = Instant::now();
        let _ = self.derive("", &[0; 16]);
        begun.elapsed()
    }

    /// Grows by what a derivation of this cost took: memory first, which makes guessing machines dear, then passes.
    fn fitted(self, took: Duration) -> Self {
        let times = (WANTED.as_secs_f64() / took.as_secs_f64().max(0.001)).max(1.0);
        let work = f64::from(self.memory) * f64::from(self.passes) * times;
        let memory = ((f64::from(self.memory) * times) as u32).clamp(self.memory, MOST_MEMORY.max(self.memory));
        let passes = (work / f64::from(memory)).round() as u32;
        Self { memory, passes: passes.clamp(self.passes, MOST_PASSES.max(self.passes)) }
    }

    /// Derives a key from a password; what an edited sidecar may ask for has its limits.
    pub(super) fn derive(self, password: &str, salt: &[u8]) -> Result<[u8; 32]> {
        let spoilt = |_| Error::Damaged(Refusal::new("钥匙文件里的参数不合法。", "请从备份里复制钥匙文件，或用恢复密钥打开。"));
        let params = Params::new(self.memory.min(MOST_MEMORY), self.passes.min(MOST_PASSES), 1, Some(32)).map_err(spoilt)?;
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(password.as_bytes(), salt, &mut out).map_err(spoilt)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_fitted_to_half_a_second_and_never_falls_below_the_real_one() {
        let fitted = |millis| Cost::REAL.fitted(Duration::from_millis(millis));
        assert_eq!(fitted(500), Cost::REAL, "what takes half a second stays");
        assert_eq!(fitted(5_000), Cost::REAL, "a slow PC gets no less");
        assert_eq!(fitted(250), Cost { memory: 128 << 10, passes: 3 }, "twice as fast, twice the memory");
        assert_eq!(fitted(125), Cost { memory: 256 << 10, passes: 3 }, "up to 256 MiB");
        assert_eq!(fitted(50), Cost { memory: 256 << 10, passes: 8 }, "beyond that more passes");
        assert_eq!(fitted(0), Cost { memory: 256 << 10, passes: MOST_PASSES }, "and not without end");
    }

    #[test]
    fn a_test_s_cost_stays_and_a_real_one_is_at_least_real() {
        assert_eq!(Cost::LEAST.here(), Cost::LEAST, "tests stay quick");
        let here = Cost::REAL.here();
        assert!(here.memory >= Cost::REAL.memory && here.passes >= Cost::REAL.passes, "never less: {here:?}");
        assert!(here.memory <= MOST_MEMORY, "never more memory than an old PC has: {here:?}");
    }
}
