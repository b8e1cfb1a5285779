//! The edition of what the public sees: a number that changes when any of it changes, so that copies know when they
//! are out of date. Asked for with every public request; the database is asked only when something was written here,
//! or once a second for what another program on the same database wrote.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use crate::App;

/// How long what another program wrote may go unnoticed, in milliseconds.
const UNNOTICED: i64 = 1_000;

/// What is known of the edition.
#[derive(Debug)]
pub(crate) struct Edition {
    mark: AtomicI64,
    asked_at: AtomicI64,
    is_old: AtomicBool,
}

impl Edition {
    pub(crate) const fn unknown() -> Edition {
        Edition { mark: AtomicI64::new(0), asked_at: AtomicI64::new(0), is_old: AtomicBool::new(true) }
    }

    /// Something was written.
    pub(crate) fn outdate(&self) {
        self.is_old.store(true, Ordering::Release);
    }
}

impl App {
    /// The present edition. It also changes at midnight, when what was posted for the day appears. While the database
    /// does not answer, the last one known stands: published pages keep working (PUB-06).
    pub fn edition(&self) -> u64 {
        let edition = self.own_edition();
        let now = self.now().as_millisecond();
        let is_due = now - edition.asked_at.load(Ordering::Acquire) >= UNNOTICED;
        // The flag is taken down before the database is asked: what is written meanwhile puts it up again.
        if edition.is_old.swap(false, Ordering::AcqRel) || is_due {
            match self.read(|r| Ok(store::public_item::edition(r)?)) {
                Ok(mark) => edition.mark.store(mark, Ordering::Release),
                Err(error) => tracing::warn!(%error, "the edition is not known"),
            }
            edition.asked_at.store(now, Ordering::Release);
        }
        let day = u64::from(self.today().day_of_year().unsigned_abs());
        let mark = u64::try_from(edition.mark.load(Ordering::Acquire)).unwrap_or(0);
        mark.wrapping_mul(512).wrapping_add(day)
    }
}
