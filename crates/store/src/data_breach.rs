//! Breaches of the protection of personal data as rows: `domain::data_breach` gives them meaning.

use domain::data_breach::{Breach, State};
use domain::id::{BreachId, UnitId};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A breach as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreachRow {
    /// Its id.
    pub id: BreachId,
    /// The office that answers for the data.
    pub unit: UnitId,
    /// Where it stands.
    pub state: State,
    /// Everything about it.
    pub breach: Breach,
    /// Until when the authority is told, while nobody told it.
    pub due_at: Option<Timestamp>,
    /// Who wrote it down, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, unit_id, state, body, due_at, created_by, created_at, version";

fn read(row: &Row<'_>) -> Result<BreachRow, StoreError> {
    Ok(BreachRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        state: State::from_word(row.text(2)?).ok_or_else(|| row.corrupt(2, "not a state"))?,
        breach: serde_json::from_str(row.text(3)?).map_err(|error| row.corrupt(3, &error.to_string()))?,
        due_at: row.opt_instant(4)?,
        created_by: row.string(5)?,
        created_at: row.instant(6)?,
        version: row.integer(7)?,
    })
}

fn body_of(breach: &Breach) -> Result<String, StoreError> {
    serde_json::to_string(breach).map_err(|error| StoreError::Database(error.to_string()))
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &BreachRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "data_breach", subject: &subject, after: Some(&after) }).map(drop)
}

/// Records a new breach; author, time and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &BreachRow) -> Result<BreachRow, StoreError> {
    let row =
        BreachRow { created_by: tx.actor().to_owned(), created_at: tx.now(), version: 1, ..row.clone() };
    tx.execute(
        "INSERT INTO data_breaches (id, unit_id, state, subject, body, due_at, created_by, created_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            row.state.word(),
            &row.breach.known.subject,
            &body_of(&row.breach)?,
            row.due_at.map(|at| at.as_millisecond()),
            &row.created_by,
            row.created_at.as_millisecond(),
        ],
    )?;
    record(tx, "data_breach.opened", &row)?;
    Ok(row)
}

/// Saves a breach; `kind` is what the ledger says happened, `row.version` the version the change started from. Gives what
/// was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &BreachRow) -> Result<BreachRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "data_breaches",
        &id,
        "UPDATE data_breaches SET state = ?, subject = ?, body = ?, due_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.breach.known.subject,
            &body_of(&row.breach)?,
            row.due_at.map(|at| at.as_millisecond()),
            &id,
            row.version,
        ],
    )?;
    let row = BreachRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One breach.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: BreachId) -> Result<Option<BreachRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_breaches WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// The last breaches, the newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, most: u16) -> Result<Vec<BreachRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_breaches ORDER BY created_at DESC, id DESC LIMIT {most}");
    r.query(&sql, &[], read)
}
