//! Counting how often pages of the public site are read (*lượt xem trang*), without anything of who reads them: a number
//! in memory for each part of the site, added to the row of the day once a minute. When a day is over it is closed and
//! written into the ledger; figures read closed days only, and a day without a row was not counted. The same thread writes
//! the sign of life of the server ([`crate::outages`]).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use domain::page_view::Part;
use domain::time::{self, Day};

use crate::{ActionError, Actor, App};

/// How often what was counted is written down. What was counted since is lost when the program is killed.
const EVERY: Duration = Duration::from_mins(1);

/// Views since they were last written down.
#[derive(Debug, Default)]
pub(crate) struct Views([AtomicU64; Part::ALL.len()]);

impl App {
    /// Counts one view. Quick: it is called on the threads of connections.
    pub fn count_view(&self, part: Part) {
        if let Some(views) = self.inner.views.0.get(part as usize) {
            views.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Adds what was counted to the row of today, and closes the days before.
///
/// # Errors
/// When the database fails; what was counted is kept for the next time.
pub fn write_down(app: &App) -> Result<(), ActionError> {
    let counted: Vec<(Part, u64)> = Part::ALL
        .into_iter()
        .zip(&app.inner.views.0)
        .map(|(part, views)| (part, views.swap(0, Ordering::Relaxed)))
        .collect();
    let written = app.write(&Actor::system(), |tx| {
        let today = time::day_of(tx.now());
        store::page_view::add(tx, today, &counted)?;
        store::page_view::close_before(tx, today)?;
        Ok(())
    });
    if written.is_err() {
        for (views, (_, count)) in app.inner.views.0.iter().zip(&counted) {
            views.fetch_add(*count, Ordering::Relaxed);
        }
    }
    written
}

/// Whether there is something to write down: views, or a day that has no row yet.
fn is_due(app: &App, written: Option<Day>) -> bool {
    written != Some(app.today()) || app.inner.views.0.iter().any(|views| views.load(Ordering::Relaxed) > 0)
}

/// A thread that writes down what was counted until it is stopped.
#[derive(Debug)]
pub struct Counter {
    stop: Sender<()>,
    stopped: Receiver<()>,
}

impl Counter {
    /// Starts one: from now on days are counted.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(app: App) -> Result<Counter, ActionError> {
        let (stop, stopping) = mpsc::channel();
        let (ended, stopped) = mpsc::channel();
        let work = move || {
            let _ended: Sender<()> = ended;
            let app = app;
            count_until(&app, &stopping);
        };
        std::thread::Builder::new().name("page-views".to_owned()).spawn(work).map_err(anyhow::Error::new)?;
        Ok(Counter { stop, stopped })
    }

    /// Asks it to write down what it has and stop, and waits so long for that. Says whether it ended.
    pub fn stop(self, patience: Duration) -> bool {
        drop(self.stop);
        self.stopped.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
    }
}

fn count_until(app: &App, stopping: &Receiver<()>) {
    let mut written = None;
    loop {
        let is_last = stopping.recv_timeout(if written.is_none() { Duration::ZERO } else { EVERY })
            != Err(RecvTimeoutError::Timeout);
        if let Err(error) = crate::outages::sign(app) {
            tracing::warn!(%error, "no sign of life was written down; tried again in a minute");
        }
        if is_due(app, written) {
            match write_down(app) {
                Ok(()) => written = Some(app.today()),
                Err(error) => {
                    tracing::warn!(%error, "views of pages were not written down; tried again in a minute");
                    // Not at once again: the next round waits.
                    written = written.or(Some(Day::MIN));
                }
            }
        }
        if is_last {
            return;
        }
    }
}
