//! Units as rows: `domain::unit` gives them meaning.

use domain::id::UnitId;
use domain::time::Day;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::ledger::{self, Change};
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A unit as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// Its id.
    pub id: UnitId,
    /// Its full name.
    pub name: String,
    /// The name used in lists.
    pub short_name: String,
    /// Its code in symbols of documents; may be empty.
    pub code: String,
    /// The stored word of its kind.
    pub kind: String,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Its first day; none is "always".
    pub valid_from: Option<Day>,
    /// Its last day; none is "still".
    pub valid_to: Option<Day>,
    /// Other names under which it is written: JSON list.
    pub aliases: String,
    /// What it has to do: JSON.
    pub tasks: String,
    /// Counts edits, from 1.
    pub version: i64,
}

/// Who followed whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLinkRow {
    /// The unit that ended or gave something away.
    pub predecessor: UnitId,
    /// The unit that took over.
    pub successor: UnitId,
    /// The day of the change.
    pub changed_on: Day,
    /// The legal basis.
    pub basis: String,
}

const COLUMNS: &str =
    "id, name, short_name, code, kind, parent_id, valid_from, valid_to, aliases, tasks, version";

fn read(row: &Row<'_>) -> Result<UnitRow, StoreError> {
    Ok(UnitRow {
        id: row.parse(0)?,
        name: row.string(1)?,
        short_name: row.string(2)?,
        code: row.string(3)?,
        kind: row.string(4)?,
        parent: row.opt_parse(5)?,
        valid_from: row.opt_parse(6)?,
        valid_to: row.opt_parse(7)?,
        aliases: row.string(8)?,
        tasks: row.string(9)?,
        version: row.integer(10)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &UnitRow) -> Result<(), StoreError> {
    let after = canonical(row)?;
    let subject = row.id.to_string();
    tx.record(Change { kind, subject_kind: "unit", subject: &subject, after: Some(&after) }).map(drop)
}

/// Records a new unit; its version becomes 1.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, row: &UnitRow) -> Result<(), StoreError> {
    let row = UnitRow { version: 1, ..row.clone() };
    let parent = row.parent.map(|id| id.to_string());
    tx.execute(
        &format!("INSERT INTO units ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        params![
            &row.id.to_string(),
            &row.name,
            &row.short_name,
            &row.code,
            &row.kind,
            parent.as_deref(),
            row.valid_from,
            row.valid_to,
            &row.aliases,
            &row.tasks,
            row.version,
        ],
    )?;
    record(tx, "unit.added", &row)
}

/// Saves a unit; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, row: &UnitRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    let parent = row.parent.map(|id| id.to_string());
    tx.execute_one(
        "units",
        &id,
        "UPDATE units SET name = ?, short_name = ?, code = ?, kind = ?, parent_id = ?, valid_from = ?,
         valid_to = ?, aliases = ?, tasks = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.name,
            &row.short_name,
            &row.code,
            &row.kind,
            parent.as_deref(),
            row.valid_from,
            row.valid_to,
            &row.aliases,
            &row.tasks,
            &id,
            row.version,
        ],
    )?;
    record(tx, "unit.changed", &UnitRow { version: row.version + 1, ..row.clone() })
}

/// Records that one unit followed another.
///
/// # Errors
/// [`StoreError::Unique`] when that stands already.
pub fn link(tx: &mut Tx<'_>, row: &UnitLinkRow) -> Result<(), StoreError> {
    let (predecessor, successor) = (row.predecessor.to_string(), row.successor.to_string());
    tx.execute(
        "INSERT INTO unit_links (predecessor_id, successor_id, changed_on, basis) VALUES (?, ?, ?, ?)",
        params![&predecessor, &successor, row.changed_on, &row.basis],
    )?;
    let after = canonical(row)?;
    tx.record(Change {
        kind: "unit.succeeded",
        subject_kind: "unit_link",
        subject: &format!("{predecessor}/{successor}"),
        after: Some(&after),
    })
    .map(drop)
}

/// Takes back that one unit followed another. Says whether it stood.
///
/// # Errors
/// When the database fails.
pub fn unlink(tx: &mut Tx<'_>, predecessor: UnitId, successor: UnitId) -> Result<bool, StoreError> {
    let (predecessor, successor) = (predecessor.to_string(), successor.to_string());
    let gone = tx.execute(
        "DELETE FROM unit_links WHERE predecessor_id = ? AND successor_id = ?",
        params![&predecessor, &successor],
    )?;
    if gone > 0 {
        let subject = format!("{predecessor}/{successor}");
        tx.record(Change {
            kind: "unit.succession_removed",
            subject_kind: "unit_link",
            subject: &subject,
            after: None,
        })?;
    }
    Ok(gone > 0)
}

/// All units, by name.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<UnitRow>, StoreError> {
    r.query(&format!("SELECT {COLUMNS} FROM units ORDER BY name, id"), &[], read)
}

/// One unit.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: UnitId) -> Result<Option<UnitRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM units WHERE id = ?"), params![&id.to_string()], read)
}

/// All successions, by day.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn links(r: &mut Reader<'_>) -> Result<Vec<UnitLinkRow>, StoreError> {
    r.query(
        "SELECT predecessor_id, successor_id, changed_on, basis FROM unit_links
         ORDER BY changed_on, predecessor_id, successor_id",
        &[],
        |row| {
            Ok(UnitLinkRow {
                predecessor: row.parse(0)?,
                successor: row.parse(1)?,
                changed_on: row.parse(2)?,
                basis: row.string(3)?,
            })
        },
    )
}

/// All units as they stood at an entry of the ledger.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn all_at(r: &mut Reader<'_>, sequence: i64) -> Result<Vec<UnitRow>, StoreError> {
    kept_at(r, sequence, "unit")
}

/// All successions as they stood at an entry of the ledger.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn links_at(r: &mut Reader<'_>, sequence: i64) -> Result<Vec<UnitLinkRow>, StoreError> {
    kept_at(r, sequence, "unit_link")
}

fn kept_at<T: DeserializeOwned>(
    r: &mut Reader<'_>,
    sequence: i64,
    subject_kind: &str,
) -> Result<Vec<T>, StoreError> {
    let mut rows = Vec::new();
    ledger::contents_at(r, sequence, subject_kind, |subject, content| {
        let unreadable = |_| StoreError::corrupt("revisions.content", format!("{subject_kind} {subject}"));
        rows.push(serde_json::from_str(content).map_err(unreadable)?);
        Ok(())
    })?;
    Ok(rows)
}
