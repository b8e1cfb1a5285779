//! Extraordinary cases as rows: `domain::press::emergency` gives them meaning.

use domain::id::{EmergencyId, UnitId};
use domain::press::emergency::Emergency;
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// An extraordinary case as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmergencyRow {
    /// Its id; that of its line in the register.
    pub id: EmergencyId,
    /// The office that speaks.
    pub unit: UnitId,
    /// Everything about it.
    pub emergency: Emergency,
    /// Until when the office must have spoken.
    pub due_at: Option<Timestamp>,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
    /// Who opened it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, unit_id, body, due_at, closed_at, created_by, created_at, version";

fn read(row: &Row<'_>) -> Result<EmergencyRow, StoreError> {
    Ok(EmergencyRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        emergency: serde_json::from_str(row.text(2)?).map_err(|error| row.corrupt(2, &error.to_string()))?,
        due_at: row.opt_instant(3)?,
        closed_at: row.opt_instant(4)?,
        created_by: row.string(5)?,
        created_at: row.instant(6)?,
        version: row.integer(7)?,
    })
}

fn body_of(emergency: &Emergency) -> Result<String, StoreError> {
    serde_json::to_string(emergency).map_err(|error| StoreError::Database(error.to_string()))
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &EmergencyRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "press_emergency", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// Records a new case; author, time and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &EmergencyRow) -> Result<EmergencyRow, StoreError> {
    let row =
        EmergencyRow { created_by: tx.actor().to_owned(), created_at: tx.now(), version: 1, ..row.clone() };
    tx.execute(
        "INSERT INTO press_emergencies (id, unit_id, subject, body, due_at, closed_at, created_by, created_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            &row.emergency.subject,
            &body_of(&row.emergency)?,
            row.due_at.map(|at| at.as_millisecond()),
            row.closed_at.map(|at| at.as_millisecond()),
            &row.created_by,
            row.created_at.as_millisecond(),
        ],
    )?;
    record(tx, "press_emergency.opened", &row)?;
    Ok(row)
}

/// Saves a case; `kind` is what the ledger says happened, `row.version` the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &EmergencyRow) -> Result<EmergencyRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_emergencies",
        &id,
        "UPDATE press_emergencies SET subject = ?, body = ?, due_at = ?, closed_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            &row.emergency.subject,
            &body_of(&row.emergency)?,
            row.due_at.map(|at| at.as_millisecond()),
            row.closed_at.map(|at| at.as_millisecond()),
            &id,
            row.version,
        ],
    )?;
    let row = EmergencyRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One case.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: EmergencyId) -> Result<Option<EmergencyRow>, StoreError> {
    r.query_opt(
        &format!("SELECT {COLUMNS} FROM press_emergencies WHERE id = ?"),
        params![&id.to_string()],
        read,
    )
}

/// The cases that are not over, the first due first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn open(r: &mut Reader<'_>) -> Result<Vec<EmergencyRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM press_emergencies WHERE closed_at IS NULL
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id"
    );
    r.query(&sql, &[], read)
}

/// The cases that are over, the last first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn over(r: &mut Reader<'_>, limit: u16) -> Result<Vec<EmergencyRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM press_emergencies WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC
         LIMIT {limit}"
    );
    r.query(&sql, &[], read)
}
