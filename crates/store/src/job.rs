//! Background work: a table as queue. Not business data: no ledger entries.
//!
//! A worker claims a job for a while, does it, and settles it. When the effect stands in the database, effect and
//! [`settle`] belong in one transaction: a worker that lost its claim gets [`StoreError::Stale`] there and the
//! effect is rolled back, so it happens exactly once.

use domain::id::JobId;
use domain::time::Timestamp;
use jiff::SignedDuration;

use crate::sql::{Param, Row, params};
use crate::{Actor, Database, Reader, StoreError, Tx};

/// How long a worker has before another may take its job.
pub const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Tries before a job is given up and a person is told (JOB-03).
pub const TRIES: i64 = 10;

/// The longest wait between two tries, in minutes.
const LONGEST_WAIT: i64 = 60;

/// The key of the one open row of recurring work.
pub const RECURRING: &str = "recurring";

/// Kinds that are due at once after a restore: what was removed since the backup was made is removed again.
pub const DUE_AFTER_RESTORE: [&str; 2] = ["personal_data", "files"];

/// A job as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Its id.
    pub id: JobId,
    /// What is to be done: the stored word.
    pub kind: String,
    /// What it is to be done with: JSON.
    pub payload: String,
    /// Two open jobs of one kind with the same key are one job.
    pub unique_key: Option<String>,
    /// `queued`, `running`, `done` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Not before this.
    pub run_at: Timestamp,
    /// Who does it.
    pub claimed_by: Option<String>,
    /// Until when nobody else may.
    pub claimed_until: Option<Timestamp>,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it was done or given up.
    pub finished_at: Option<Timestamp>,
    /// What it found or made, when it was done: JSON of who wrote it.
    pub result: Option<String>,
}

/// How a claimed job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was done, with this result.
    Done(String),
    /// It failed and is worth another try, later and later (1, 2, 4 … 60 minutes and up to a quarter more, so that
    /// jobs that failed together do not come together again); given up after [`TRIES`].
    Retry(String),
    /// It failed for good.
    Failed(String),
}

const COLUMNS: &str = "id, kind, payload, unique_key, state, attempts, run_at, claimed_by, claimed_until,
    last_error, created_at, finished_at, result";

fn read(row: &Row<'_>) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: row.parse(0)?,
        kind: row.string(1)?,
        payload: row.string(2)?,
        unique_key: row.opt_string(3)?,
        state: row.string(4)?,
        attempts: row.integer(5)?,
        run_at: row.instant(6)?,
        claimed_by: row.opt_string(7)?,
        claimed_until: row.opt_instant(8)?,
        last_error: row.opt_string(9)?,
        created_at: row.instant(10)?,
        finished_at: row.opt_instant(11)?,
        result: row.opt_string(12)?,
    })
}

/// Queues a job; with a key that an open job of the kind bears already, nothing is queued. Gives the id of a new
/// one.
///
/// # Errors
/// When the database fails.
pub fn enqueue(
    tx: &mut Tx<'_>,
    kind: &str,
    payload: &str,
    unique_key: Option<&str>,
    run_at: Timestamp,
) -> Result<Option<JobId>, StoreError> {
    let id: JobId = tx.new_id()?;
    let now = tx.now_ms();
    let queued = tx.execute(
        "INSERT INTO jobs (id, kind, payload, unique_key, state, attempts, run_at, created_at)
         VALUES (?, ?, ?, ?, 'queued', 0, ?, ?) ON CONFLICT DO NOTHING",
        params![&id.to_string(), kind, payload, unique_key, run_at.as_millisecond(), now],
    )?;
    Ok((queued > 0).then_some(id))
}

/// Claims the job of these kinds that is due longest, or one whose worker went silent. None when nothing is due.
/// Kinds that this program does not know stay for a newer one.
///
/// # Errors
/// When the database fails.
pub fn claim(db: &Database, worker: &str, kinds: &[&str]) -> Result<Option<JobRow>, StoreError> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let now = db.sources().clock.now().as_millisecond();
    let marks = vec!["?"; kinds.len()].join(", ");
    let due = format!(
        "((state = 'queued' AND run_at <= ?) OR (state = 'running' AND claimed_until < ?)) AND kind IN ({marks})"
    );
    let of_kinds = || kinds.iter().map(|kind| Param::from(*kind));
    let any = db.read(|r| {
        let sql = format!("SELECT COUNT(*) FROM jobs WHERE {due}");
        let values: Vec<Param<'_>> = [now.into(), now.into()].into_iter().chain(of_kinds()).collect();
        r.query_one(&sql, &values, |row| row.integer(0))
    })?;
    if any == 0 {
        return Ok(None);
    }
    db.write(&Actor::system(), |tx| {
        let now = tx.now_ms();
        let sql = format!(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, claimed_by = ?, claimed_until = ?
             WHERE id = (SELECT id FROM jobs WHERE {due} ORDER BY run_at, id LIMIT 1) RETURNING {COLUMNS}"
        );
        let mut values: Vec<Param<'_>> = params![worker, lease_end(now), now, now].to_vec();
        values.extend(of_kinds());
        tx.query_opt(&sql, &values, read)
    })
}

fn lease_end(now: i64) -> i64 {
    now.saturating_add(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX))
}

/// Keeps a claim for another [`LEASE`]: long work says so while it runs.
///
/// # Errors
/// [`StoreError::Stale`] when the claim was lost meanwhile.
pub fn extend(tx: &mut Tx<'_>, job: &JobRow) -> Result<(), StoreError> {
    let until = lease_end(tx.now_ms());
    let id = job.id.to_string();
    tx.execute_one(
        "jobs",
        &id,
        "UPDATE jobs SET claimed_until = ? WHERE id = ? AND state = 'running' AND attempts = ?",
        params![until, &id, job.attempts],
    )
}

/// Ends a claim. Inside the transaction of the job's effect, this makes the effect happen once.
///
/// # Errors
/// [`StoreError::Stale`] when the claim was lost meanwhile.
pub fn settle(tx: &mut Tx<'_>, job: &JobRow, ending: &Ending) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let (state, run_at, error, result, finished) = match ending {
        Ending::Done(result) => ("done", job.run_at.as_millisecond(), None, Some(result), Some(now)),
        Ending::Retry(why) if job.attempts < TRIES => {
            ("queued", now.saturating_add(wait(tx, job.attempts)?), Some(why), None, None)
        }
        Ending::Retry(why) | Ending::Failed(why) => {
            ("failed", job.run_at.as_millisecond(), Some(why), None, Some(now))
        }
    };
    let id = job.id.to_string();
    tx.execute_one(
        "jobs",
        &id,
        "UPDATE jobs SET state = ?, run_at = ?, last_error = ?, result = ?, finished_at = ?, claimed_by = NULL,
         claimed_until = NULL WHERE id = ? AND state = 'running' AND attempts = ?",
        params![state, run_at, error, result, finished, &id, job.attempts],
    )
}

/// Milliseconds to wait after so many tries.
fn wait(tx: &mut Tx<'_>, attempts: i64) -> Result<i64, StoreError> {
    let minutes = (1_i64 << attempts.clamp(1, 10).saturating_sub(1)).min(LONGEST_WAIT);
    let spread: [u8; 2] = tx.random()?;
    let quarter = minutes * 15_000;
    Ok(minutes * 60_000 + quarter * i64::from(u16::from_be_bytes(spread)) / i64::from(u16::MAX))
}

/// Moves the open job of a kind with this key, when it waits, to another time and forgets its tries. Says whether
/// there was one.
///
/// # Errors
/// When the database fails.
pub fn move_to(tx: &mut Tx<'_>, kind: &str, unique_key: &str, run_at: Timestamp) -> Result<bool, StoreError> {
    let sql =
        "UPDATE jobs SET run_at = ?, attempts = 0 WHERE kind = ? AND unique_key = ? AND state = 'queued'";
    Ok(tx.execute(sql, params![run_at.as_millisecond(), kind, unique_key])? > 0)
}

/// Makes what is [`DUE_AFTER_RESTORE`] due now.
pub(crate) fn restored(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    for kind in DUE_AFTER_RESTORE {
        enqueue(tx, kind, "{}", Some(RECURRING), now)?;
        move_to(tx, kind, RECURRING, now)?;
    }
    Ok(())
}

/// Keeps a job that a person did at once, so that it stands among the others.
///
/// # Errors
/// When the database fails.
pub fn note_done(tx: &mut Tx<'_>, kind: &str, payload: &str, result: &str) -> Result<JobId, StoreError> {
    let id: JobId = tx.new_id()?;
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO jobs (id, kind, payload, state, attempts, run_at, created_at, finished_at, result)
         VALUES (?, ?, ?, 'done', 1, ?, ?, ?, ?)",
        params![&id.to_string(), kind, payload, now, now, now, result],
    )?;
    Ok(id)
}

/// The open job of a kind with this key.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn open(r: &mut Reader<'_>, kind: &str, unique_key: &str) -> Result<Option<JobRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs WHERE kind = ? AND unique_key = ? AND state IN ('queued', 'running')"
    );
    r.query_opt(&sql, params![kind, unique_key], read)
}

/// The job of a kind that ended last, done or given up.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn last_ended(r: &mut Reader<'_>, kind: &str) -> Result<Option<JobRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs WHERE kind = ? AND finished_at IS NOT NULL
         ORDER BY finished_at DESC, id DESC LIMIT 1"
    );
    r.query_opt(&sql, params![kind], read)
}

/// Puts a job that was given up back into the queue. Says whether it was one.
///
/// # Errors
/// [`StoreError::Unique`] when an open job bears the same key.
pub fn requeue(tx: &mut Tx<'_>, id: JobId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "UPDATE jobs SET state = 'queued', attempts = 0, run_at = ?, finished_at = NULL
               WHERE id = ? AND state = 'failed'";
    Ok(tx.execute(sql, params![now, &id.to_string()])? > 0)
}

/// Jobs that ended, the last one first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn ended(r: &mut Reader<'_>, limit: u16) -> Result<Vec<JobRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT ?"
    );
    r.query(&sql, params![i64::from(limit)], read)
}

/// Forgets jobs that ended before an instant. Says how many.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM jobs WHERE state IN ('done', 'failed') AND finished_at < ?";
    tx.execute(sql, params![before.as_millisecond()])
}
