//! Who does the jobs: one thread of each node.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

use store::job::{self, Ending, JobRow};

use super::perform::{Finish, prepare};
use super::{Kind, is_unplanned, plan};
use crate::{ActionError, Actor, App, mail, publication};

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// How often running work keeps its claim, well within the lease of 10 minutes.
const KEEP: Duration = Duration::from_mins(2);

/// A thread that does what is due until it is stopped.
#[derive(Debug)]
pub struct Worker {
    stop: Sender<()>,
    stopped: Receiver<()>,
}

impl Worker {
    /// Starts one.
    ///
    /// # Errors
    /// When the system gives no thread or no randomness.
    pub fn start(app: App) -> Result<Worker, ActionError> {
        let name = hex::encode(app.random::<8>()?);
        let (stop, stopping) = mpsc::channel();
        let (ended, stopped) = mpsc::channel();
        let work = move || {
            let _ended: Sender<()> = ended;
            work_until(&app, &name, &stopping);
        };
        std::thread::Builder::new().name("jobs".to_owned()).spawn(work).map_err(anyhow::Error::new)?;
        Ok(Worker { stop, stopped })
    }

    /// Asks it to stop after the job it is at, and waits so long for that. Says whether it ended; when not, another
    /// worker takes the job over when the claim runs out.
    pub fn stop(self, patience: Duration) -> bool {
        drop(self.stop);
        self.stopped.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
    }
}

fn work_until(app: &App, name: &str, stopping: &Receiver<()>) {
    tracing::info!(worker = name, "background jobs begin");
    loop {
        let turn = || {
            // What people set an hour for stands in the publications themselves, not in the queue.
            publication::run_due(app)?;
            while stopping.try_recv() == Err(TryRecvError::Empty) && run_one(app, name)? {}
            mail::run_due(app, name)?;
            Ok::<_, ActionError>(())
        };
        if let Err(error) = turn() {
            tracing::error!(worker = name, %error, "the queue of background jobs cannot be worked on");
        }
        if stopping.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            tracing::info!(worker = name, "background jobs end");
            return;
        }
    }
}

/// Plans what is to be planned and does everything that is due, one after the other. Says how many.
///
/// # Errors
/// When the database fails. A job that fails is no error: it is noted and tried again.
pub fn run_due(app: &App, worker: &str) -> Result<usize, ActionError> {
    let mut count = 0;
    while run_one(app, worker)? {
        count += 1;
    }
    Ok(count)
}

/// Does one job when one is due.
fn run_one(app: &App, worker: &str) -> Result<bool, ActionError> {
    if app.read(|r| Ok(is_unplanned(r)?))? {
        app.write(&Actor::system(), plan)?;
    }
    let Some(row) = job::claim(app.database(), worker, &Kind::ALL.map(Kind::word))? else { return Ok(false) };
    let Some(kind) = Kind::from_word(&row.kind) else { return Ok(false) };
    let prepared = keeping_claim(app, &row, || catch_unwind(AssertUnwindSafe(|| prepare(app, kind, &row))));
    let ended = match prepared {
        Ok(Ok(finish)) => end(app, &row, finish),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(ActionError::Internal(anyhow::anyhow!("the work panicked; the log says where"))),
    };
    match ended {
        Ok(()) => {
            tracing::info!(kind = kind.word(), job = %row.id, attempts = row.attempts, "background job done");
        }
        Err(ActionError::Stale) => {
            tracing::warn!(kind = kind.word(), job = %row.id, "another worker took the job over");
        }
        Err(error) => give_back(app, &row, &error)?,
    }
    Ok(true)
}

/// Effect, end and next plan, all in one transaction.
fn end(app: &App, row: &JobRow, finish: Finish<'_>) -> Result<(), ActionError> {
    app.write(&Actor::system(), |tx| {
        let outcome = finish(tx)?;
        job::settle(tx, row, &Ending::Done(outcome.to_json()))?;
        plan(tx)
    })
}

/// Notes a failure: another try when waiting may help, else the end of it.
fn give_back(app: &App, row: &JobRow, error: &ActionError) -> Result<(), ActionError> {
    let why = match error {
        ActionError::Internal(cause) => format!("{cause:#}"),
        other => other.to_string(),
    };
    tracing::error!(kind = row.kind, job = %row.id, attempts = row.attempts, why, "background job failed");
    let ending = match error {
        ActionError::Internal(_) | ActionError::TooMany { .. } => Ending::Retry(why),
        _ => Ending::Failed(why),
    };
    let noted = app.write(&Actor::system(), |tx| {
        job::settle(tx, row, &ending)?;
        plan(tx)
    });
    match noted {
        Err(ActionError::Stale) => Ok(()),
        other => other,
    }
}

/// Does `work` while another thread keeps the claim.
fn keeping_claim<T>(app: &App, row: &JobRow, work: impl FnOnce() -> T) -> T {
    let (done, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while ended.recv_timeout(KEEP) == Err(RecvTimeoutError::Timeout) {
                let kept = app.database().write(&store::Actor::system(), |tx| job::extend(tx, row));
                if let Err(error) = kept {
                    tracing::warn!(job = %row.id, %error, "the claim of a background job could not be kept");
                }
            }
        });
        let result = work();
        drop(done);
        result
    })
}
