//! What units say to one another about a part; never changed.

use std::collections::BTreeMap;

use domain::id::{CaseId, PartId};
use domain::time::Timestamp;
use serde::Serialize;

use super::record;
use crate::sql::params;
use crate::{Reader, StoreError, Tx};

/// Somebody said something about a part (*trao đổi*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemarkRow {
    /// The part.
    pub part: PartId,
    /// Its number, from 1.
    pub number: i64,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub said_at: Timestamp,
    /// What.
    pub body: String,
}

/// Records what somebody says about a part; number, time and person are set here.
///
/// # Errors
/// [`StoreError::Dangling`] when there is no such part.
pub fn add_remark(tx: &mut Tx<'_>, part: PartId, body: &str) -> Result<RemarkRow, StoreError> {
    let id = part.to_string();
    let number: i64 = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM press_remarks WHERE part_id = ?",
        params![&id],
        |row| row.integer(0),
    )?;
    let (person, said_at) = (tx.actor().to_owned(), tx.now());
    let row = RemarkRow { part, number, person, said_at, body: body.to_owned() };
    tx.execute(
        "INSERT INTO press_remarks (part_id, number, person, said_at, body) VALUES (?, ?, ?, ?, ?)",
        params![&id, number, &row.person, row.said_at.as_millisecond(), body],
    )?;
    record(tx, "press_remark.added", ("press_remark", &format!("{id}/{number}")), &row)?;
    Ok(row)
}

/// What was said about a part, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn remarks(r: &mut Reader<'_>, part: PartId) -> Result<Vec<RemarkRow>, StoreError> {
    r.query(
        "SELECT part_id, number, person, said_at, body FROM press_remarks WHERE part_id = ? ORDER BY number",
        params![&part.to_string()],
        |row| {
            Ok(RemarkRow {
                part: row.parse(0)?,
                number: row.integer(1)?,
                person: row.string(2)?,
                said_at: row.instant(3)?,
                body: row.string(4)?,
            })
        },
    )
}

/// How often something was said about each part of a request.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn remark_counts(r: &mut Reader<'_>, case: CaseId) -> Result<BTreeMap<PartId, i64>, StoreError> {
    let found = r.query(
        "SELECT part_id, COUNT(*) FROM press_remarks
         WHERE part_id IN (SELECT id FROM press_parts WHERE case_id = ?) GROUP BY part_id",
        params![&case.to_string()],
        |row| Ok((row.parse(0)?, row.integer(1)?)),
    )?;
    Ok(found.into_iter().collect())
}
