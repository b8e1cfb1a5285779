//! Absences as rows: `domain::absence` gives them meaning.

use domain::id::{AbsenceId, PersonId};
use domain::time::Day;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// When somebody is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AbsenceRow {
    /// Its id.
    pub id: AbsenceId,
    /// Who is away, when they have an account.
    pub person: Option<PersonId>,
    /// The name of a spokesperson without an account who is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// Who stands in.
    pub deputy: Option<PersonId>,
    /// Who wrote it down, as the ledger names actors.
    pub created_by: String,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, person_id, first_day, last_day, deputy_id, created_by, version, speaker";
const KIND: &str = "absence";

fn read(row: &Row<'_>) -> Result<AbsenceRow, StoreError> {
    Ok(AbsenceRow {
        id: row.parse(0)?,
        person: row.opt_parse(1)?,
        first: row.parse(2)?,
        last: row.parse(3)?,
        deputy: row.opt_parse(4)?,
        created_by: row.string(5)?,
        version: row.integer(6)?,
        speaker: row.opt_string(7)?,
    })
}

/// Records an absence; author and version are set here.
///
/// # Errors
/// [`StoreError::Dangling`] when a person does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &AbsenceRow) -> Result<(), StoreError> {
    let row = AbsenceRow { created_by: tx.actor().to_owned(), version: 1, ..row.clone() };
    let (id, person, deputy) =
        (row.id.to_string(), row.person.map(|id| id.to_string()), row.deputy.map(|id| id.to_string()));
    tx.execute(
        &format!("INSERT INTO absences ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 1, ?)"),
        params![
            &id,
            person.as_deref(),
            row.first,
            row.last,
            deputy.as_deref(),
            &row.created_by,
            row.speaker.as_deref()
        ],
    )?;
    let after = canonical(&row)?;
    tx.record(Change { kind: "absence.added", subject_kind: KIND, subject: &id, after: Some(&after) })
        .map(drop)
}

/// Ends an absence on another last day; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn end(tx: &mut Tx<'_>, row: &AbsenceRow, last: Day) -> Result<(), StoreError> {
    let id = row.id.to_string();
    let sql = "UPDATE absences SET last_day = ?, version = version + 1 WHERE id = ? AND version = ?";
    tx.execute_one("absences", &id, sql, params![last, &id, row.version])?;
    let after = canonical(&AbsenceRow { last, version: row.version + 1, ..row.clone() })?;
    tx.record(Change { kind: "absence.ended", subject_kind: KIND, subject: &id, after: Some(&after) })
        .map(drop)
}

/// Takes away an absence that has not begun; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn cancel(tx: &mut Tx<'_>, row: &AbsenceRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    let sql = "DELETE FROM absences WHERE id = ? AND version = ?";
    tx.execute_one("absences", &id, sql, params![&id, row.version])?;
    tx.record(Change { kind: "absence.cancelled", subject_kind: KIND, subject: &id, after: None }).map(drop)
}

/// One absence.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, id: AbsenceId) -> Result<Option<AbsenceRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM absences WHERE id = ?"), params![&id.to_string()], read)
}

/// Those that are not over on a day, by their first day.
///
/// # Errors
/// When the database fails.
pub fn since(r: &mut Reader<'_>, day: Day) -> Result<Vec<AbsenceRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM absences WHERE last_day >= ? ORDER BY first_day, id");
    r.query(&sql, params![day], read)
}
