//! A clock set by hand and randomness that repeats.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::time::Timestamp;
use store::{Clock, Random, StoreError};

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        // 2020-12-15T02:00:00Z, 9 in the morning in Vietnam.
        FakeClock(AtomicI64::new(1_607_997_600_000))
    }
}

impl FakeClock {
    /// Sets the clock.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves the clock.
    pub fn advance_milliseconds(&self, by: i64) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    /// Moves the clock.
    pub fn advance_minutes(&self, by: i64) {
        self.advance_milliseconds(by * 60_000);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Bytes that look random and are the same in each run (SplitMix64 from a counter).
#[derive(Debug, Default)]
pub struct FakeRandom {
    count: AtomicU64,
    turn: Mutex<()>,
}

impl Random for FakeRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap();
        for chunk in bytes.chunks_mut(8) {
            let count = self.count.fetch_add(1, Ordering::SeqCst) + 1;
            let mut z = count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
