//! Press conferences as rows: `domain::press::conference` gives them meaning.

use domain::id::{ConferenceId, UnitId};
use domain::press::conference::{Conference, State};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A press conference as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConferenceRow {
    /// Its id; that of its line in the register of statements.
    pub id: ConferenceId,
    /// The office that holds it.
    pub unit: UnitId,
    /// Where it stands.
    pub state: State,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Everything else about it.
    pub conference: Conference,
    /// Who planned it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, unit_id, state, starts_at, body, created_by, created_at, version";

fn read(row: &Row<'_>) -> Result<ConferenceRow, StoreError> {
    Ok(ConferenceRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        state: State::from_word(row.text(2)?).ok_or_else(|| row.corrupt(2, "not a state"))?,
        starts_at: row.instant(3)?,
        conference: serde_json::from_str(row.text(4)?).map_err(|error| row.corrupt(4, &error.to_string()))?,
        created_by: row.string(5)?,
        created_at: row.instant(6)?,
        version: row.integer(7)?,
    })
}

fn body_of(conference: &Conference) -> Result<String, StoreError> {
    serde_json::to_string(conference).map_err(|error| StoreError::Database(error.to_string()))
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &ConferenceRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "press_conference", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// Records a new one; author, time and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &ConferenceRow) -> Result<ConferenceRow, StoreError> {
    let row =
        ConferenceRow { created_by: tx.actor().to_owned(), created_at: tx.now(), version: 1, ..row.clone() };
    tx.execute(
        "INSERT INTO press_conferences (id, unit_id, state, subject, starts_at, body, created_by, created_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            row.state.word(),
            &row.conference.subject,
            row.starts_at.as_millisecond(),
            &body_of(&row.conference)?,
            &row.created_by,
            row.created_at.as_millisecond(),
        ],
    )?;
    record(tx, "press_conference.planned", &row)?;
    Ok(row)
}

/// Saves one; `kind` is what the ledger says happened, `row.version` the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &ConferenceRow) -> Result<ConferenceRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_conferences",
        &id,
        "UPDATE press_conferences SET state = ?, subject = ?, starts_at = ?, body = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.conference.subject,
            row.starts_at.as_millisecond(),
            &body_of(&row.conference)?,
            &id,
            row.version,
        ],
    )?;
    let row = ConferenceRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One of them.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: ConferenceId) -> Result<Option<ConferenceRow>, StoreError> {
    r.query_opt(
        &format!("SELECT {COLUMNS} FROM press_conferences WHERE id = ?"),
        params![&id.to_string()],
        read,
    )
}

/// Those that begin at an instant or later, the next first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn coming(r: &mut Reader<'_>, from: Timestamp, limit: u16) -> Result<Vec<ConferenceRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM press_conferences WHERE starts_at >= ? ORDER BY starts_at, id LIMIT {limit}"
    );
    r.query(&sql, params![from.as_millisecond()], read)
}

/// Those that began before an instant, the last first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn past(r: &mut Reader<'_>, before: Timestamp, limit: u16) -> Result<Vec<ConferenceRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM press_conferences WHERE starts_at < ? ORDER BY starts_at DESC, id DESC LIMIT {limit}"
    );
    r.query(&sql, params![before.as_millisecond()], read)
}
