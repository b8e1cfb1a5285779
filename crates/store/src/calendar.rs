//! Days that are not what their weekday says, and years that were confirmed, as rows.

use domain::id::PersonId;
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A day as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarDayRow {
    /// The day.
    pub day: Day,
    /// Where it counts: empty for the whole country, else a unit's id (a local closure).
    pub scope: String,
    /// The stored word of its kind.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Where it stands written.
    pub source: String,
    /// Counts edits, from 1; 0 for a row that is new.
    pub version: i64,
}

/// A year as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarYearRow {
    /// The year.
    pub year: i64,
    /// The stored word of its state: provisional, known, confirmed.
    pub state: String,
    /// Where it stands written.
    pub source: String,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// Counts edits, from 1; 0 for a row that is new.
    pub version: i64,
}

const DAYS: &str = "SELECT day, scope, kind, name, source, version FROM calendar_days";

fn read_day(row: &Row<'_>) -> Result<CalendarDayRow, StoreError> {
    Ok(CalendarDayRow {
        day: row.parse(0)?,
        scope: row.string(1)?,
        kind: row.string(2)?,
        name: row.string(3)?,
        source: row.string(4)?,
        version: row.integer(5)?,
    })
}

/// Saves a day: a new one with version 0, or the next state of one whose version is the one it started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] when a new one stands already.
pub fn save_day(tx: &mut Tx<'_>, row: &CalendarDayRow) -> Result<(), StoreError> {
    let subject = subject_of(row.day, &row.scope);
    if row.version == 0 {
        tx.execute(
            "INSERT INTO calendar_days (day, scope, kind, name, source, version) VALUES (?, ?, ?, ?, ?, 1)",
            params![row.day, &row.scope, &row.kind, &row.name, &row.source],
        )?;
    } else {
        tx.execute_one(
            "calendar_days",
            &subject,
            "UPDATE calendar_days SET kind = ?, name = ?, source = ?, version = version + 1
             WHERE day = ? AND scope = ? AND version = ?",
            params![&row.kind, &row.name, &row.source, row.day, &row.scope, row.version],
        )?;
    }
    let after = canonical(&CalendarDayRow { version: row.version + 1, ..row.clone() })?;
    let kind = if row.version == 0 { "calendar_day.added" } else { "calendar_day.changed" };
    tx.record(Change { kind, subject_kind: "calendar_day", subject: &subject, after: Some(&after) }).map(drop)
}

/// Deletes a day: it is again what its weekday says.
///
/// # Errors
/// [`StoreError::Stale`] when it is not there with this version.
pub fn delete_day(tx: &mut Tx<'_>, day: Day, scope: &str, version: i64) -> Result<(), StoreError> {
    let subject = subject_of(day, scope);
    tx.execute_one(
        "calendar_days",
        &subject,
        "DELETE FROM calendar_days WHERE day = ? AND scope = ? AND version = ?",
        params![day, scope, version],
    )?;
    tx.record(Change {
        kind: "calendar_day.deleted",
        subject_kind: "calendar_day",
        subject: &subject,
        after: None,
    })
    .map(drop)
}

fn subject_of(day: Day, scope: &str) -> String {
    if scope.is_empty() { day.to_string() } else { format!("{day}/{scope}") }
}

/// All days that are stored, in their order.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn days(r: &mut Reader<'_>) -> Result<Vec<CalendarDayRow>, StoreError> {
    r.query(&format!("{DAYS} ORDER BY day, scope"), &[], read_day)
}

/// The days stored between two days, both included.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn days_between(r: &mut Reader<'_>, first: Day, last: Day) -> Result<Vec<CalendarDayRow>, StoreError> {
    let sql = format!("{DAYS} WHERE day >= ? AND day <= ? ORDER BY day, scope");
    r.query(&sql, params![first, last], read_day)
}

/// Saves a year: a new one with version 0, or the next state of one whose version is the one it started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] when a new one stands already.
pub fn save_year(tx: &mut Tx<'_>, row: &CalendarYearRow) -> Result<(), StoreError> {
    let subject = row.year.to_string();
    let by = row.confirmed_by.map(|person| person.to_string());
    let at = row.confirmed_at.map(Timestamp::as_millisecond);
    if row.version == 0 {
        tx.execute(
            "INSERT INTO calendar_years (year, state, source, confirmed_by, confirmed_at, version)
             VALUES (?, ?, ?, ?, ?, 1)",
            params![row.year, &row.state, &row.source, by.as_deref(), at],
        )?;
    } else {
        tx.execute_one(
            "calendar_years",
            &subject,
            "UPDATE calendar_years SET state = ?, source = ?, confirmed_by = ?, confirmed_at = ?,
             version = version + 1 WHERE year = ? AND version = ?",
            params![&row.state, &row.source, by.as_deref(), at, row.year, row.version],
        )?;
    }
    let after = canonical(&CalendarYearRow { version: row.version + 1, ..row.clone() })?;
    let kind = if row.version == 0 { "calendar_year.added" } else { "calendar_year.changed" };
    tx.record(Change { kind, subject_kind: "calendar_year", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// All years that are stored.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn years(r: &mut Reader<'_>) -> Result<Vec<CalendarYearRow>, StoreError> {
    let sql =
        "SELECT year, state, source, confirmed_by, confirmed_at, version FROM calendar_years ORDER BY year";
    r.query(sql, &[], |row| {
        Ok(CalendarYearRow {
            year: row.integer(0)?,
            state: row.string(1)?,
            source: row.string(2)?,
            confirmed_by: row.opt_parse(3)?,
            confirmed_at: row.opt_instant(4)?,
            version: row.integer(5)?,
        })
    })
}
