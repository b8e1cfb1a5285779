//! Requests of people about their own data as rows: `domain::data_request` gives them meaning. What is personal in them
//! stands in no revision, so that taking it away takes it away everywhere.

use domain::data_request::{DataRequest, State};
use domain::id::{DataRequestId, UnitId};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::coded;
use crate::ledger::Change;
use crate::sql::{Param, Row, params};
use crate::{Reader, StoreError, Tx};

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataRequestRow {
    /// Its id.
    pub id: DataRequestId,
    /// The office that was asked.
    pub unit: UnitId,
    /// Its number in the office's year: `DL-0003/2026`.
    pub number: String,
    /// The digest of the code given to who asks.
    #[serde(skip)]
    pub code_hash: String,
    /// The digest of the code in whose place that one stands: it was given out before anybody was confirmed.
    #[serde(skip)]
    pub replaced_code_hash: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Everything about it that is not personal.
    pub request: DataRequest,
    /// What is personal; empty once it was taken away.
    #[serde(skip)]
    pub person: Person,
    /// When the limit that runs is over.
    pub due_at: Option<Timestamp>,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was decided.
    pub closed_at: Option<Timestamp>,
    /// Who took it, as the ledger names actors.
    pub created_by: String,
    /// Counts edits, from 1.
    pub version: i64,
}

/// What is personal in a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Who asks.
    pub name: String,
    /// How to reach them, as they say.
    pub contact: String,
    /// Which data they mean, and what is to be done.
    pub details: String,
    /// How to reach them, as somebody of the office confirmed.
    pub confirmed_contact: String,
    /// How it was confirmed.
    pub confirmed_how: String,
    /// What was done, or why not, as they are told.
    pub answer: String,
}

const COLUMNS: &str = "id, unit_id, number, code_hash, replaced_code_hash, state, body, name, contact, details, \
                       confirmed_contact, confirmed_how, answer, due_at, received_at, closed_at, created_by, version";

fn read(row: &Row<'_>) -> Result<DataRequestRow, StoreError> {
    Ok(DataRequestRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        number: row.string(2)?,
        code_hash: row.string(3)?,
        replaced_code_hash: row.opt_string(4)?,
        state: State::from_word(row.text(5)?).ok_or_else(|| row.corrupt(5, "not a state"))?,
        request: serde_json::from_str(row.text(6)?).map_err(|error| row.corrupt(6, &error.to_string()))?,
        person: Person {
            name: row.string(7)?,
            contact: row.string(8)?,
            details: row.string(9)?,
            confirmed_contact: row.string(10)?,
            confirmed_how: row.string(11)?,
            answer: row.string(12)?,
        },
        due_at: row.opt_instant(13)?,
        received_at: row.instant(14)?,
        closed_at: row.opt_instant(15)?,
        created_by: row.string(16)?,
        version: row.integer(17)?,
    })
}

fn body_of(request: &DataRequest) -> Result<String, StoreError> {
    serde_json::to_string(request).map_err(|error| StoreError::Database(error.to_string()))
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.as_millisecond())
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &DataRequestRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "data_request", subject: &subject, after: Some(&after) }).map(drop)
}

/// Records a new request; author and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Unique`] for a number or code that stands already.
pub fn insert(tx: &mut Tx<'_>, row: &DataRequestRow) -> Result<DataRequestRow, StoreError> {
    let row = DataRequestRow { created_by: tx.actor().to_owned(), version: 1, ..row.clone() };
    let person = &row.person;
    tx.execute(
        &format!(
            "INSERT INTO data_requests ({COLUMNS})
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        ),
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            &row.number,
            &row.code_hash,
            row.replaced_code_hash.as_deref(),
            row.state.word(),
            &body_of(&row.request)?,
            &person.name,
            &person.contact,
            &person.details,
            &person.confirmed_contact,
            &person.confirmed_how,
            &person.answer,
            millis(row.due_at),
            row.received_at.as_millisecond(),
            millis(row.closed_at),
            &row.created_by,
        ],
    )?;
    record(tx, "data_request.received", &row)?;
    Ok(row)
}

/// Saves a request; `kind` is what the ledger says happened, `row.version` the version the change started from. Gives
/// what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &DataRequestRow) -> Result<DataRequestRow, StoreError> {
    let (id, person) = (row.id.to_string(), &row.person);
    tx.execute_one(
        "data_requests",
        &id,
        "UPDATE data_requests SET code_hash = ?, replaced_code_hash = ?, state = ?, body = ?, name = ?, contact = ?,
         details = ?, confirmed_contact = ?, confirmed_how = ?, answer = ?, due_at = ?, closed_at = ?,
         version = version + 1
         WHERE id = ? AND version = ?",
        params![
            &row.code_hash,
            row.replaced_code_hash.as_deref(),
            row.state.word(),
            &body_of(&row.request)?,
            &person.name,
            &person.contact,
            &person.details,
            &person.confirmed_contact,
            &person.confirmed_how,
            &person.answer,
            millis(row.due_at),
            millis(row.closed_at),
            &id,
            row.version,
        ],
    )?;
    let row = DataRequestRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One request.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: DataRequestId) -> Result<Option<DataRequestRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_requests WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// The request with this digest of its code.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn by_code(r: &mut Reader<'_>, code_hash: &str) -> Result<Option<DataRequestRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM data_requests WHERE code_hash = ?"), params![code_hash], read)
}

/// Whether a code with this digest was given out and another one stands in its place.
///
/// # Errors
/// When the database fails.
pub fn is_replaced(r: &mut Reader<'_>, code_hash: &str) -> Result<bool, StoreError> {
    coded::is_replaced(r, "data_requests", code_hash)
}

/// How many requests of an office have a number of this year; the next one gets one more.
///
/// # Errors
/// When the database fails.
pub fn numbered(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<i64, StoreError> {
    coded::numbered(r, "data_requests", unit, year)
}

/// The requests that are not decided, the first due first; at most `most`.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn open(r: &mut Reader<'_>, most: u16) -> Result<Vec<DataRequestRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests WHERE closed_at IS NULL
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT {most}"
    );
    r.query(&sql, &[], read)
}

/// A page of requests, the last received first, in this state or all; and how many there are.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(
    r: &mut Reader<'_>,
    state: Option<State>,
    page: u32,
    per_page: u16,
) -> Result<(Vec<DataRequestRow>, i64), StoreError> {
    let (filter, values): (&str, Vec<Param<'_>>) = match state {
        Some(state) => (" WHERE state = ?", vec![Param::Text(state.word())]),
        None => ("", Vec::new()),
    };
    let sql = format!("SELECT COUNT(*) FROM data_requests{filter}");
    let total = r.query_one(&sql, &values, |row| row.integer(0))?;
    let skip = i64::from(page.saturating_sub(1)) * i64::from(per_page);
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests{filter} ORDER BY received_at DESC, id DESC
         LIMIT {per_page} OFFSET {skip}"
    );
    Ok((r.query(&sql, &values, read)?, total))
}

/// Takes away what is personal in requests that were decided before an instant; gives of how many, at most `most` at once.
///
/// # Errors
/// When the database fails.
pub fn forget_people(tx: &mut Tx<'_>, before: Timestamp, most: u16) -> Result<usize, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM data_requests WHERE closed_at < ? AND (name <> '' OR contact <> '' OR details <> ''
         OR confirmed_contact <> '' OR confirmed_how <> '' OR answer <> '') ORDER BY closed_at, id LIMIT {most}"
    );
    let due = tx.query(&sql, params![before.as_millisecond()], read)?;
    for row in &due {
        let id = row.id.to_string();
        tx.execute(
            "UPDATE data_requests SET name = '', contact = '', details = '', confirmed_contact = '',
             confirmed_how = '', answer = '', version = version + 1 WHERE id = ?",
            params![&id],
        )?;
        let row = DataRequestRow { version: row.version + 1, ..row.clone() };
        record(tx, "data_request.person_forgotten", &row)?;
    }
    Ok(due.len())
}
