//! Background work as the administrator sees it.

use domain::access::Capability;
use domain::time::Timestamp;
use store::job::{self, JobRow};

use super::{Kind, Outcome, RECURRING, Timetable, plan, timetable};
use crate::{ActionError, Actor, App};

/// Ended jobs shown: those of five days.
const SHOWN: u16 = 40;

/// All of it.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Each kind.
    pub kinds: Vec<KindView>,
    /// What ended, the last one first.
    pub runs: Vec<RunView>,
    /// When recurring work is done.
    pub timetable: Timetable,
}

/// Where the open job of a kind stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for its time.
    Waiting,
    /// Failed and waits for another try.
    Retrying,
    /// Is being done.
    Running,
    /// Is not planned: no server has run since the program knows this kind.
    Unplanned,
}

impl State {
    /// The word; locale key `administration.job.state_<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Retrying => "retrying",
            State::Running => "running",
            State::Unplanned => "unplanned",
        }
    }
}

/// A kind of recurring work.
#[derive(Debug, Clone)]
pub struct KindView {
    /// Which.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// When it is due next.
    pub next: Option<Timestamp>,
    /// What went wrong in the last try of the open job.
    pub error: Option<String>,
    /// How it ended last.
    pub last: Option<RunView>,
}

/// A job that ended.
#[derive(Debug, Clone)]
pub struct RunView {
    /// What it did; a word unknown here is of another program.
    pub kind: String,
    /// When it ended.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// What it found or made.
    pub outcome: Option<Outcome>,
    /// Why it was given up.
    pub error: Option<String>,
}

impl RunView {
    fn of(row: JobRow) -> RunView {
        RunView {
            kind: row.kind,
            at: row.finished_at.unwrap_or(row.created_at),
            attempts: row.attempts,
            outcome: row.result.as_deref().and_then(Outcome::from_json),
            error: row.last_error,
        }
    }
}

/// Background work: each kind, what ended lately, the timetable.
///
/// # Errors
/// Without the right to administer.
pub fn overview(app: &App, actor: &Actor) -> Result<Overview, ActionError> {
    actor.require(Capability::Administer)?;
    app.read(|r| {
        let timetable = timetable::read(r)?;
        let mut kinds = Vec::new();
        for kind in Kind::ALL {
            let open = job::open(r, kind.word(), RECURRING)?;
            let last = job::last_ended(r, kind.word())?.map(RunView::of);
            let state = match &open {
                None => State::Unplanned,
                Some(row) if row.state == "running" => State::Running,
                Some(row) if row.attempts > 0 => State::Retrying,
                Some(_) => State::Waiting,
            };
            let next = open.as_ref().map(|row| row.run_at);
            kinds.push(KindView { kind, state, next, error: open.and_then(|row| row.last_error), last });
        }
        let runs = job::ended(r, SHOWN)?.into_iter().map(RunView::of).collect();
        Ok(Overview { kinds, runs, timetable })
    })
}

/// Makes a kind of work due now; one that is running already stays as it is. A worker takes it within seconds.
///
/// # Errors
/// Without the right to administer.
pub fn run_now(app: &App, actor: &Actor, kind: Kind) -> Result<(), ActionError> {
    actor.require(Capability::Administer)?;
    app.write(actor, |tx| {
        plan(tx)?;
        let now = tx.now();
        job::move_to(tx, kind.word(), RECURRING, now)?;
        Ok(())
    })
}

/// Keeps that a person did work of a kind at once, with its outcome. A database that takes nothing any more must not
/// hide the outcome from who asked for it, so a failure is only logged.
pub(crate) fn note(app: &App, actor: &Actor, kind: Kind, outcome: &Outcome) {
    let noted =
        app.write(actor, |tx| Ok(job::note_done(tx, kind.word(), "{}", &outcome.to_json()).map(drop)?));
    if let Err(error) = noted {
        tracing::error!(kind = kind.word(), %error, "the outcome could not be kept");
    }
}

/// How work of a kind ended last, when it ended with an outcome.
pub(crate) fn last_outcome(app: &App, kind: Kind) -> Result<Option<(Timestamp, Outcome)>, ActionError> {
    let run = app.read(|r| Ok(job::last_ended(r, kind.word())?))?.map(RunView::of);
    Ok(run.and_then(|run| Some((run.at, run.outcome?))))
}

/// Something of the installation that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The last check of the ledger found a fault.
    Unsound {
        /// When it was found.
        at: Timestamp,
        /// The first fault.
        fault: String,
    },
    /// Letters wait for long, or were given up.
    MailStuck,
    /// Work was given up.
    GivenUp {
        /// Which.
        kind: Kind,
        /// When.
        at: Timestamp,
    },
}

/// What this person should be warned of: faults of the ledger for those who may read it, jobs that were given up for
/// the administrator.
///
/// # Errors
/// When the database fails.
pub fn warnings(app: &App, actor: &Actor) -> Result<Vec<Warning>, ActionError> {
    let (reads, administers) = (actor.may(Capability::ReadLedger), actor.may(Capability::Administer));
    if !reads && !administers {
        return Ok(Vec::new());
    }
    app.read(|r| {
        let mut warnings = Vec::new();
        for kind in Kind::ALL {
            let Some(run) = job::last_ended(r, kind.word())?.map(RunView::of) else { continue };
            match run.outcome {
                Some(outcome) if kind == Kind::Verify && !outcome.good && reads => {
                    let fault = outcome.args.get("fault").cloned().unwrap_or_default();
                    warnings.push(Warning::Unsound { at: run.at, fault });
                }
                _ if run.error.is_some() && administers => {
                    warnings.push(Warning::GivenUp { kind, at: run.at });
                }
                _ => {}
            }
        }
        if administers && crate::mail::is_stuck(r, app.now())? {
            warnings.push(Warning::MailStuck);
        }
        Ok(warnings)
    })
}
