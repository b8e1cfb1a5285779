//! Background work: a table as queue. Not business data: no ledger entries.
//!
//! A worker claims a job for a while, does it, and settles it. When the effect stands in the database, effect and
//! [`settle`] belong in one transaction: a worker that lost its claim gets [`StoreError::Stale`] there and the
//! effect is rolled back, so it happens exactly once.

use domain::id::JobId;
use domain::time::Timestamp;
use jiff::SignedDuration;

use crate::sql::{Row, params};
use crate::{Actor, Database, Reader, StoreError, Tx};

/// How long a worker has before another may take its job.
pub const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Tries before a job is given up and a person is told.
pub const TRIES: i64 = 8;

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
}

/// How a claimed job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was done.
    Done,
    /// It failed and is worth another try, later and later (1, 2, 4 … minutes); given up after [`TRIES`].
    Retry(String),
    /// It failed for good.
    Failed(String),
}

const COLUMNS: &str = "id, kind, payload, unique_key, state, attempts, run_at, claimed_by, claimed_until,
    last_error, created_at, finished_at";

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

/// Claims the job that is due longest, or one whose worker went silent. None when nothing is due.
///
/// # Errors
/// When the database fails.
pub fn claim(db: &Database, worker: &str) -> Result<Option<JobRow>, StoreError> {
    let now = db.sources().clock.now().as_millisecond();
    let due = "(state = 'queued' AND run_at <= ?) OR (state = 'running' AND claimed_until < ?)";
    let any = db.read(|r| {
        let sql = format!("SELECT COUNT(*) FROM jobs WHERE {due}");
        r.query_one(&sql, params![now, now], |row| row.integer(0))
    })?;
    if any == 0 {
        return Ok(None);
    }
    db.write(&Actor::system(), |tx| {
        let now = tx.now_ms();
        let until = now.saturating_add(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX));
        let sql = format!(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, claimed_by = ?, claimed_until = ?
             WHERE id = (SELECT id FROM jobs WHERE {due} ORDER BY run_at, id LIMIT 1) RETURNING {COLUMNS}"
        );
        tx.query_opt(&sql, params![worker, until, now, now], read)
    })
}

/// Ends a claim. Inside the transaction of the job's effect, this makes the effect happen once.
///
/// # Errors
/// [`StoreError::Stale`] when the claim was lost meanwhile.
pub fn settle(tx: &mut Tx<'_>, job: &JobRow, ending: &Ending) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let minutes = 1_i64 << job.attempts.clamp(1, 10).saturating_sub(1);
    let (state, run_at, error, finished) = match ending {
        Ending::Done => ("done", now, None, Some(now)),
        Ending::Retry(why) if job.attempts < TRIES => ("queued", now + minutes * 60_000, Some(why), None),
        Ending::Retry(why) | Ending::Failed(why) => ("failed", now, Some(why), Some(now)),
    };
    let id = job.id.to_string();
    tx.execute_one(
        "jobs",
        &id,
        "UPDATE jobs SET state = ?, run_at = ?, last_error = ?, finished_at = ?, claimed_by = NULL,
         claimed_until = NULL WHERE id = ? AND state = 'running' AND attempts = ?",
        params![state, run_at, error, finished, &id, job.attempts],
    )
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

/// Jobs for the administrator: the ones given up first, then open ones, then done ones, newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn latest(r: &mut Reader<'_>, limit: u16) -> Result<Vec<JobRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs
         ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'running' THEN 1 WHEN 'queued' THEN 2 ELSE 3 END,
                  created_at DESC, id DESC LIMIT ?"
    );
    r.query(&sql, params![i64::from(limit)], read)
}

/// Forgets jobs done before an instant; those given up stay. Says how many.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM jobs WHERE state = 'done' AND finished_at < ?";
    tx.execute(sql, params![before.as_millisecond()])
}
