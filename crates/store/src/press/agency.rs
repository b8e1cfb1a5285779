//! The press agencies an office knows.

use domain::id::AgencyId;
use domain::text;
use serde::Serialize;

use super::record;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A press agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyRow {
    /// Its id.
    pub id: AgencyId,
    /// *Tên cơ quan.*
    pub name: String,
    /// The stored word of its kind, as the register of press requests has it: `press_agency`.
    pub kind: String,
    /// The stored word of its medium; `not_press` for a general news site.
    pub medium: String,
    /// Days between two issues, of a magazine.
    pub cycle_days: Option<i64>,
    /// The contact a person confirmed: answers go there and nowhere else.
    #[serde(skip)]
    pub contact: String,
    /// Remarks.
    pub note: String,
    /// Whether it is offered for new requests.
    pub is_active: bool,
    /// Counts edits, from 1.
    pub version: i64,
}

const AGENCY: &str = "id, name, kind, medium, cycle_days, contact, note, is_active, version";

fn read_agency(row: &Row<'_>) -> Result<AgencyRow, StoreError> {
    Ok(AgencyRow {
        id: row.parse(0)?,
        name: row.string(1)?,
        kind: row.string(2)?,
        medium: row.string(3)?,
        cycle_days: row.opt_integer(4)?,
        contact: row.string(5)?,
        note: row.string(6)?,
        is_active: row.bool(7)?,
        version: row.integer(8)?,
    })
}

/// Records a new agency; its version becomes 1.
///
/// # Errors
/// [`StoreError::Unique`] when one of this name stands already.
pub fn insert_agency(tx: &mut Tx<'_>, row: &AgencyRow) -> Result<(), StoreError> {
    let row = AgencyRow { version: 1, ..row.clone() };
    let id = row.id.to_string();
    tx.execute(
        "INSERT INTO press_agencies (id, name, name_key, kind, medium, cycle_days, contact, note, is_active, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &id,
            &row.name,
            &text::key(&row.name),
            &row.kind,
            &row.medium,
            row.cycle_days,
            &row.contact,
            &row.note,
            row.is_active,
        ],
    )?;
    record(tx, "press_agency.added", ("press_agency", &id), &row)
}

/// Saves an agency; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] for a name that stands already.
pub fn update_agency(tx: &mut Tx<'_>, row: &AgencyRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_agencies",
        &id,
        "UPDATE press_agencies SET name = ?, name_key = ?, kind = ?, medium = ?, cycle_days = ?, contact = ?, note = ?,
         is_active = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.name,
            &text::key(&row.name),
            &row.kind,
            &row.medium,
            row.cycle_days,
            &row.contact,
            &row.note,
            row.is_active,
            &id,
            row.version,
        ],
    )?;
    record(
        tx,
        "press_agency.changed",
        ("press_agency", &id),
        &AgencyRow { version: row.version + 1, ..row.clone() },
    )
}

/// One agency.
///
/// # Errors
/// When the database fails.
pub fn find_agency(r: &mut Reader<'_>, id: AgencyId) -> Result<Option<AgencyRow>, StoreError> {
    let sql = format!("SELECT {AGENCY} FROM press_agencies WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read_agency)
}

/// The agency of this name, whatever case and tone marks' style.
///
/// # Errors
/// When the database fails.
pub fn agency_called(r: &mut Reader<'_>, name: &str) -> Result<Option<AgencyRow>, StoreError> {
    let sql = format!("SELECT {AGENCY} FROM press_agencies WHERE name_key = ?");
    r.query_opt(&sql, params![&text::key(name)], read_agency)
}

/// All agencies by name.
///
/// # Errors
/// When the database fails.
pub fn agencies(r: &mut Reader<'_>) -> Result<Vec<AgencyRow>, StoreError> {
    r.query(&format!("SELECT {AGENCY} FROM press_agencies ORDER BY name_key, id"), &[], read_agency)
}
