//! Dated rules of law as rows: `domain::law` reads the body.

use domain::time::Day;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A rule as stored: one row per id and first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// The id that code names.
    pub id: String,
    /// Its first day in force.
    pub valid_from: Day,
    /// Its last day in force; none is "still".
    pub valid_to: Option<Day>,
    /// The rule as JSON.
    pub body: String,
    /// Counts edits, from 1; 0 for a row that is new.
    pub version: i64,
}

const SELECT: &str = "SELECT id, valid_from, valid_to, body, version FROM law_rules";

fn read(row: &Row<'_>) -> Result<RuleRow, StoreError> {
    Ok(RuleRow {
        id: row.string(0)?,
        valid_from: row.parse(1)?,
        valid_to: row.opt_parse(2)?,
        body: row.string(3)?,
        version: row.integer(4)?,
    })
}

/// Saves a rule: a new one with version 0, or the next state of one whose version is the one it started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] when a new one stands already.
pub fn save(tx: &mut Tx<'_>, row: &RuleRow) -> Result<(), StoreError> {
    let subject = format!("{}/{}", row.id, row.valid_from);
    if row.version == 0 {
        tx.execute(
            "INSERT INTO law_rules (id, valid_from, valid_to, body, version) VALUES (?, ?, ?, ?, 1)",
            params![&row.id, row.valid_from, row.valid_to, &row.body],
        )?;
    } else {
        tx.execute_one(
            "law_rules",
            &subject,
            "UPDATE law_rules SET valid_to = ?, body = ?, version = version + 1
             WHERE id = ? AND valid_from = ? AND version = ?",
            params![row.valid_to, &row.body, &row.id, row.valid_from, row.version],
        )?;
    }
    let after = canonical(&RuleRow { version: row.version + 1, ..row.clone() })?;
    let kind = if row.version == 0 { "rule.added" } else { "rule.changed" };
    tx.record(Change { kind, subject_kind: "rule", subject: &subject, after: Some(&after) }).map(drop)
}

/// Deletes a rule that was entered by mistake; a rule that ended gets a last day instead.
///
/// # Errors
/// [`StoreError::Stale`] when it is not there with this version.
pub fn delete(tx: &mut Tx<'_>, id: &str, valid_from: Day, version: i64) -> Result<(), StoreError> {
    let subject = format!("{id}/{valid_from}");
    tx.execute_one(
        "law_rules",
        &subject,
        "DELETE FROM law_rules WHERE id = ? AND valid_from = ? AND version = ?",
        params![id, valid_from, version],
    )?;
    tx.record(Change { kind: "rule.deleted", subject_kind: "rule", subject: &subject, after: None }).map(drop)
}

/// All rules, by id and first day.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<RuleRow>, StoreError> {
    r.query(&format!("{SELECT} ORDER BY id, valid_from"), &[], read)
}

/// One rule.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: &str, valid_from: Day) -> Result<Option<RuleRow>, StoreError> {
    r.query_opt(&format!("{SELECT} WHERE id = ? AND valid_from = ?"), params![id, valid_from], read)
}
