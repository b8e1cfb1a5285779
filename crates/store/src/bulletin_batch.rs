//! Bulletins sent many at once (*nhận nhiều bản tin*): what they will become, until a person confirms them.

use domain::id::BatchId;
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a person.
    Open,
    /// Drafts were made of it.
    Taken,
    /// Put aside by a person.
    Dropped,
}

impl State {
    const ALL: [State; 3] = [State::Open, State::Taken, State::Dropped];

    const fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Taken => "taken",
            State::Dropped => "dropped",
        }
    }
}

/// A batch as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchRow {
    /// Its id.
    pub id: BatchId,
    /// Where it stands.
    pub state: State,
    /// What it holds: JSON of the application.
    pub content: String,
    /// Who sent it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const SELECT: &str =
    "SELECT id, state, content, created_by, created_at, updated_at, version FROM bulletin_batches";

fn read(row: &Row<'_>) -> Result<BatchRow, StoreError> {
    let state = row.text(1)?;
    let state = State::ALL.into_iter().find(|known| known.word() == state);
    Ok(BatchRow {
        id: row.parse(0)?,
        state: state.ok_or_else(|| row.corrupt(1, "unknown state"))?,
        content: row.string(2)?,
        created_by: row.string(3)?,
        created_at: row.instant(4)?,
        updated_at: row.instant(5)?,
        version: row.integer(6)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, id: BatchId) -> Result<(), StoreError> {
    let subject = id.to_string();
    let row = find(tx, id)?.ok_or(StoreError::Stale { table: "bulletin_batches", id: subject.clone() })?;
    let after = canonical(&row)?;
    tx.record(Change { kind, subject_kind: "bulletin_batch", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// Records what was sent.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, id: BatchId, state: State, content: &str) -> Result<(), StoreError> {
    let (actor, now) = (tx.actor().to_owned(), tx.now_ms());
    tx.execute(
        "INSERT INTO bulletin_batches (id, state, content, created_by, created_at, updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, 1)",
        params![&id.to_string(), state.word(), content, &actor, now, now],
    )?;
    record(tx, "bulletin_batch.sent", id)
}

/// Ends one that is open: what became of it, from the version the person saw.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn end(
    tx: &mut Tx<'_>,
    (id, version): (BatchId, i64),
    state: State,
    content: &str,
) -> Result<(), StoreError> {
    let subject = id.to_string();
    let now = tx.now_ms();
    tx.execute_one(
        "bulletin_batches",
        &subject,
        "UPDATE bulletin_batches SET state = ?, content = ?, updated_at = ?, version = version + 1
         WHERE id = ? AND version = ? AND state = ?",
        params![state.word(), content, now, &subject, version, State::Open.word()],
    )?;
    record(tx, &format!("bulletin_batch.{}", state.word()), id)
}

/// One of them.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: BatchId) -> Result<Option<BatchRow>, StoreError> {
    r.query_opt(&format!("{SELECT} WHERE id = ?"), params![&id.to_string()], read)
}

/// Those that wait for a person, newest first: who sent them and when.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn open(r: &mut Reader<'_>, limit: u16) -> Result<Vec<(BatchId, String, Timestamp)>, StoreError> {
    let sql = format!(
        "SELECT id, created_by, created_at FROM bulletin_batches WHERE state = ? ORDER BY id DESC LIMIT {limit}"
    );
    r.query(&sql, params![State::Open.word()], |row| Ok((row.parse(0)?, row.string(1)?, row.instant(2)?)))
}
