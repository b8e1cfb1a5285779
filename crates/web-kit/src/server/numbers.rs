//! Reference numbers of requests: random, drawn many at a time, since each draw is a call of the system.

use std::sync::{Arc, Mutex, PoisonError};

use crate::visitor::Random;

/// Bytes of a number.
const SIZE: usize = 8;
/// Bytes drawn at a time.
const DRAWN: usize = 128 * SIZE;

/// Numbers in stock.
#[derive(Clone)]
pub(super) struct Numbers {
    random: Random,
    stock: Arc<Mutex<Vec<u8>>>,
}

impl Numbers {
    pub(super) fn new(random: Random) -> Numbers {
        Numbers { random, stock: Arc::default() }
    }

    /// The next one; no two requests get the same bytes.
    pub(super) fn next(&self) -> [u8; SIZE] {
        let mut stock = self.stock.lock().unwrap_or_else(PoisonError::into_inner);
        if stock.len() < SIZE {
            stock.resize(DRAWN, 0);
            (self.random)(&mut stock);
        }
        let left = stock.len() - SIZE;
        let mut number = [0; SIZE];
        number.copy_from_slice(&stock[left..]);
        stock.truncate(left);
        number
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    static DRAWS: AtomicU64 = AtomicU64::new(0);

    fn counted(bytes: &mut [u8]) {
        let draw = DRAWS.fetch_add(1, Ordering::SeqCst);
        for (at, eight) in (0_u64..).zip(bytes.chunks_mut(SIZE)) {
            eight.copy_from_slice(&(draw * 1_000 + at).to_be_bytes());
        }
    }

    #[test]
    fn no_number_comes_twice_and_the_source_is_asked_once_for_many() {
        let numbers = Numbers::new(counted);
        let given: BTreeSet<_> = (0..300).map(|_| numbers.clone().next()).collect();
        assert_eq!((given.len(), DRAWS.load(Ordering::SeqCst)), (300, 3));
    }
}
