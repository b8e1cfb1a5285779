//! Press releases and what was said to the press as rows: `domain::press::statement` gives them meaning.

use domain::id::{StatementId, UnitId};
use domain::press::statement::{State, Statement};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// One of them as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// Its id; that of its line in the register of statements.
    pub id: StatementId,
    /// The office.
    pub unit: UnitId,
    /// Where it stands.
    pub state: State,
    /// Everything else about it.
    pub statement: Statement,
    /// Who began it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, unit_id, state, body, created_by, created_at, version";

fn read(row: &Row<'_>) -> Result<StatementRow, StoreError> {
    Ok(StatementRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        state: State::from_word(row.text(2)?).ok_or_else(|| row.corrupt(2, "not a state"))?,
        statement: serde_json::from_str(row.text(3)?).map_err(|error| row.corrupt(3, &error.to_string()))?,
        created_by: row.string(4)?,
        created_at: row.instant(5)?,
        version: row.integer(6)?,
    })
}

fn body_of(statement: &Statement) -> Result<String, StoreError> {
    serde_json::to_string(statement).map_err(|error| StoreError::Database(error.to_string()))
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &StatementRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "press_statement", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// Records a new one; author, time and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, kind: &str, row: &StatementRow) -> Result<StatementRow, StoreError> {
    let row =
        StatementRow { created_by: tx.actor().to_owned(), created_at: tx.now(), version: 1, ..row.clone() };
    tx.execute(
        "INSERT INTO press_statements (id, unit_id, state, subject, body, created_by, created_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            row.state.word(),
            &row.statement.told.subject,
            &body_of(&row.statement)?,
            &row.created_by,
            row.created_at.as_millisecond(),
        ],
    )?;
    record(tx, kind, &row)?;
    Ok(row)
}

/// Saves one; `kind` is what the ledger says happened, `row.version` the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &StatementRow) -> Result<StatementRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_statements",
        &id,
        "UPDATE press_statements SET state = ?, subject = ?, body = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![row.state.word(), &row.statement.told.subject, &body_of(&row.statement)?, &id, row.version,],
    )?;
    let row = StatementRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One of them.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: StatementId) -> Result<Option<StatementRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM press_statements WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// The last ones in some states, the last begun first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, states: &[State], limit: u16) -> Result<Vec<StatementRow>, StoreError> {
    let mut rows = Vec::new();
    for state in states {
        let sql = format!(
            "SELECT {COLUMNS} FROM press_statements WHERE state = ?
             ORDER BY created_at DESC, id DESC LIMIT {limit}"
        );
        rows.extend(r.query(&sql, params![state.word()], read)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    rows.truncate(usize::from(limit));
    Ok(rows)
}
