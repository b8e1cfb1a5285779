//! The numbers of the documents an office sends (NĐ 30/2020 Đ15 k1): each once in its year. A number is never given
//! back: when its line leaves the register it stays, voided, with the reason.

use domain::id::{RecordId, UnitId};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A number that was given, or voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberRow {
    /// The office.
    pub unit: UnitId,
    /// The year of its book.
    pub year: i16,
    /// The number.
    pub number: u32,
    /// With its symbol: `125/UBND-VHTT`.
    pub symbol: String,
    /// The line of the register of outgoing documents it was given to.
    pub document: RecordId,
    /// The first number left out before it, when some were.
    pub gap_from: Option<u32>,
    /// Why they were left out.
    pub gap_reason: String,
    /// Why it counts no more; empty while it stands.
    pub void_reason: String,
    /// Who gave or voided it, as the ledger names actors.
    pub given_by: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was voided.
    pub voided_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "unit_id, book_year, number, symbol, document_id, gap_from, gap_reason, void_reason, given_by,
    given_at, voided_at";

fn read(row: &Row<'_>) -> Result<NumberRow, StoreError> {
    let small =
        |index: usize, value: i64| u32::try_from(value).map_err(|_| row.corrupt(index, "not a number"));
    Ok(NumberRow {
        unit: row.parse(0)?,
        year: i16::try_from(row.integer(1)?).map_err(|_| row.corrupt(1, "not a year"))?,
        number: small(2, row.integer(2)?)?,
        symbol: row.string(3)?,
        document: row.parse(4)?,
        gap_from: row.opt_integer(5)?.map(|value| small(5, value)).transpose()?,
        gap_reason: row.string(6)?,
        void_reason: row.string(7)?,
        given_by: row.string(8)?,
        given_at: row.instant(9)?,
        voided_at: row.opt_instant(10)?,
    })
}

fn record(tx: &mut Tx<'_>, verb: &str, row: &NumberRow) -> Result<(), StoreError> {
    let after = canonical(row)?;
    let (kind, subject) = (format!("outgoing_number.{verb}"), row.document.to_string());
    let change =
        Change { kind: &kind, subject_kind: "outgoing_number", subject: &subject, after: Some(&after) };
    tx.record(change).map(drop)
}

/// Gives a number; who and when are set here.
///
/// # Errors
/// [`StoreError::Unique`] when it was given or voided already.
pub fn give(tx: &mut Tx<'_>, row: &NumberRow) -> Result<(), StoreError> {
    let row = NumberRow { given_by: tx.actor().to_owned(), given_at: tx.now(), ..row.clone() };
    tx.execute(
        &format!("INSERT INTO outgoing_numbers ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        params![
            &row.unit.to_string(),
            i64::from(row.year),
            i64::from(row.number),
            &row.symbol,
            &row.document.to_string(),
            row.gap_from.map(i64::from),
            &row.gap_reason,
            &row.void_reason,
            &row.given_by,
            row.given_at.as_millisecond(),
            row.voided_at.map(|at| at.as_millisecond()),
        ],
    )?;
    record(tx, if row.voided_at.is_some() { "voided" } else { "given" }, &row)
}

/// Voids a number that was given, with the reason.
///
/// # Errors
/// [`StoreError::Stale`] when it is none that stands.
pub fn void(tx: &mut Tx<'_>, row: &NumberRow, reason: &str) -> Result<(), StoreError> {
    let row = NumberRow { void_reason: reason.to_owned(), voided_at: Some(tx.now()), ..row.clone() };
    tx.execute_one(
        "outgoing_numbers",
        &row.symbol,
        "UPDATE outgoing_numbers SET void_reason = ?, voided_at = ?
         WHERE unit_id = ? AND book_year = ? AND number = ? AND voided_at IS NULL",
        params![
            &row.void_reason,
            row.voided_at.map(|at| at.as_millisecond()),
            &row.unit.to_string(),
            i64::from(row.year),
            i64::from(row.number),
        ],
    )?;
    record(tx, "voided", &row)
}

/// The numbers of an office's year that were given or voided, the lowest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn of_year(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<Vec<NumberRow>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM outgoing_numbers WHERE unit_id = ? AND book_year = ? ORDER BY number");
    r.query(&sql, params![&unit.to_string(), i64::from(year)], read)
}

/// The number that was given to a line of the register and stands.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn of_document(r: &mut Reader<'_>, document: RecordId) -> Result<Option<NumberRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outgoing_numbers WHERE document_id = ? AND voided_at IS NULL ORDER BY number LIMIT 1"
    );
    r.query_opt(&sql, params![&document.to_string()], read)
}
