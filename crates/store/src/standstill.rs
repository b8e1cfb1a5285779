//! Signs of life of the servers, and the times without one. A sign is no business data and makes no entry; a time without
//! one is noted and waits until somebody says what it was.

use domain::id::StandstillId;
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// What became of a time without a sign of life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has said yet.
    Open,
    /// It is a line of the register of outages.
    Noted,
    /// It was no outage of the site.
    Dismissed,
}

impl State {
    const ALL: [State; 3] = [State::Open, State::Noted, State::Dismissed];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Noted => "noted",
            State::Dismissed => "dismissed",
        }
    }
}

/// A time without a sign of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandstillRow {
    /// Its id.
    pub id: StandstillId,
    /// The last sign before it.
    pub from: Timestamp,
    /// The first sign after it.
    pub until: Timestamp,
    /// What became of it.
    pub state: State,
    /// Why it was no outage; empty otherwise.
    pub note: String,
    /// Counts changes, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, from_at, until_at, state, note, version";
const KIND: &str = "standstill";

fn read(row: &Row<'_>) -> Result<StandstillRow, StoreError> {
    let state = row.text(3)?;
    let state = State::ALL.into_iter().find(|known| known.word() == state);
    Ok(StandstillRow {
        id: row.parse(0)?,
        from: row.instant(1)?,
        until: row.instant(2)?,
        state: state.ok_or_else(|| row.corrupt(3, "unknown state"))?,
        note: row.string(4)?,
        version: row.integer(5)?,
    })
}

/// Writes down that a server lives now. Gives the sign before this one.
///
/// # Errors
/// When the database fails.
pub fn sign(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let before = tx.query_opt("SELECT seen_at FROM signs_of_life WHERE id = 1", &[], |row| row.instant(0))?;
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO signs_of_life (id, seen_at) VALUES (1, ?)
         ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
        params![now],
    )?;
    Ok(before)
}

/// Notes a time without a sign of life.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<StandstillRow, StoreError> {
    let row =
        StandstillRow { id: tx.new_id()?, from, until, state: State::Open, note: String::new(), version: 1 };
    let id = row.id.to_string();
    tx.execute(
        &format!("INSERT INTO standstills ({COLUMNS}) VALUES (?, ?, ?, ?, ?, 1)"),
        params![&id, from.as_millisecond(), until.as_millisecond(), row.state.word(), &row.note],
    )?;
    let after = canonical(&row)?;
    tx.record(Change { kind: "standstill.noticed", subject_kind: KIND, subject: &id, after: Some(&after) })?;
    Ok(row)
}

/// Says what one was; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when somebody said it meanwhile.
pub fn settle(tx: &mut Tx<'_>, row: &StandstillRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    let sql =
        "UPDATE standstills SET state = ?, note = ?, version = version + 1 WHERE id = ? AND version = ?";
    tx.execute_one("standstills", &id, sql, params![row.state.word(), &row.note, &id, row.version])?;
    let after = canonical(&StandstillRow { version: row.version + 1, ..row.clone() })?;
    let kind = if row.state == State::Noted { "standstill.noted" } else { "standstill.dismissed" };
    tx.record(Change { kind, subject_kind: KIND, subject: &id, after: Some(&after) }).map(drop)
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, id: StandstillId) -> Result<Option<StandstillRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM standstills WHERE id = ?"), params![&id.to_string()], read)
}

/// Those of which nobody has said what they were, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn open(r: &mut Reader<'_>) -> Result<Vec<StandstillRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM standstills WHERE state = ? ORDER BY from_at, id");
    r.query(&sql, params![State::Open.word()], read)
}
