//! The edition of what the public sees: a number that changes when any of it changes, so that copies know when they
//! are out of date. Asked for with every public request; the database is asked only when something was written here,
//! or once a second for what another program on the same database wrote.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crate::{ActionError, App};

/// How long what another program wrote may go unnoticed, in milliseconds.
const UNNOTICED: i64 = 1_000;
/// How long the database is waited for before the last edition known stands.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of the edition.
#[derive(Debug)]
pub(crate) struct Edition {
    mark: AtomicI64,
    asked_at: AtomicI64,
    is_old: AtomicBool,
    /// Held by who asks; who comes meanwhile waits for the answer.
    asking: Mutex<()>,
    is_asked: AtomicBool,
}

impl Edition {
    pub(crate) const fn unknown() -> Edition {
        Edition {
            mark: AtomicI64::new(0),
            asked_at: AtomicI64::new(0),
            is_old: AtomicBool::new(true),
            asking: Mutex::new(()),
            is_asked: AtomicBool::new(false),
        }
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
        let is_due = || now - edition.asked_at.load(Ordering::Acquire) >= UNNOTICED;
        let is_wanted =
            || edition.is_asked.load(Ordering::Acquire) || edition.is_old.load(Ordering::Acquire) || is_due();
        if is_wanted() {
            let _asking = edition.asking.lock().unwrap_or_else(PoisonError::into_inner);
            edition.is_asked.store(true, Ordering::Release);
            // The flag is taken down before the database is asked: what is written meanwhile puts it up again.
            if edition.is_old.swap(false, Ordering::AcqRel) || is_due() {
                match self.ask_for_edition() {
                    Ok(mark) => edition.mark.store(mark, Ordering::Release),
                    Err(error) => tracing::warn!(%error, "the edition is not known"),
                }
                edition.asked_at.store(now, Ordering::Release);
            }
            edition.is_asked.store(false, Ordering::Release);
        }
        let day = u64::from(self.today().day_of_year().unsigned_abs());
        let mark = u64::try_from(edition.mark.load(Ordering::Acquire)).unwrap_or(0);
        mark.wrapping_mul(512).wrapping_add(day)
    }

    /// Asks the database on a thread of its own: connections are carried where nothing may wait for PostgreSQL.
    fn ask_for_edition(&self) -> Result<i64, ActionError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let app = self.clone();
        let ask = move || {
            // Nobody listens any more when it took too long.
            let _ = answer.send(app.read(|r| Ok(store::public_item::edition(r)?)));
        };
        thread::Builder::new().name("edition".to_owned()).spawn(ask).map_err(anyhow::Error::new)?;
        answered.recv_timeout(PATIENCE).map_err(anyhow::Error::new)?
    }
}
