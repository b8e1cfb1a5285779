//! The reporters an office knows, as personal data: no revision holds a name, a card or a contact, and what is due is
//! taken away.

use domain::id::{AgencyId, ReporterId};
use domain::text;
use domain::time::Timestamp;
use serde::Serialize;

use super::{CASE, CaseRow, SUBJECT, read_case, record};
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A reporter (*phóng viên*) of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReporterRow {
    /// Its id.
    pub id: ReporterId,
    /// The agency.
    pub agency: AgencyId,
    /// *Họ và tên*; personal.
    #[serde(skip)]
    pub name: String,
    /// *Số thẻ nhà báo, giấy giới thiệu*; personal.
    #[serde(skip)]
    pub card: String,
    /// How to reach them; personal.
    #[serde(skip)]
    pub contact: String,
    /// Whether they still work with the office.
    pub is_active: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const REPORTER: &str = "id, agency_id, name, card, contact, is_active, updated_at, version";
const KIND: &str = "press_reporter";

fn read_reporter(row: &Row<'_>) -> Result<ReporterRow, StoreError> {
    Ok(ReporterRow {
        id: row.parse(0)?,
        agency: row.parse(1)?,
        name: row.string(2)?,
        card: row.string(3)?,
        contact: row.string(4)?,
        is_active: row.bool(5)?,
        updated_at: row.instant(6)?,
        version: row.integer(7)?,
    })
}

/// Records a new reporter; its version becomes 1.
///
/// # Errors
/// [`StoreError::Unique`] when one of this name and card stands at the agency.
pub fn insert_reporter(tx: &mut Tx<'_>, row: &ReporterRow) -> Result<(), StoreError> {
    let row = ReporterRow { updated_at: tx.now(), version: 1, ..row.clone() };
    let id = row.id.to_string();
    tx.execute(
        &format!("INSERT INTO press_reporters ({REPORTER}, name_key) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)"),
        params![
            &id,
            &row.agency.to_string(),
            &row.name,
            &row.card,
            &row.contact,
            row.is_active,
            row.updated_at.as_millisecond(),
            &text::key(&row.name),
        ],
    )?;
    record(tx, "press_reporter.added", (KIND, &id), &row)
}

/// Saves a reporter; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] for a name and card that stand already.
pub fn update_reporter(tx: &mut Tx<'_>, row: &ReporterRow) -> Result<(), StoreError> {
    let (id, now) = (row.id.to_string(), tx.now());
    tx.execute_one(
        "press_reporters",
        &id,
        "UPDATE press_reporters SET name = ?, name_key = ?, card = ?, contact = ?, is_active = ?, updated_at = ?,
         version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.name,
            &text::key(&row.name),
            &row.card,
            &row.contact,
            row.is_active,
            now.as_millisecond(),
            &id,
            row.version,
        ],
    )?;
    let row = ReporterRow { updated_at: now, version: row.version + 1, ..row.clone() };
    record(tx, "press_reporter.changed", (KIND, &id), &row)
}

/// One reporter.
///
/// # Errors
/// When the database fails.
pub fn find_reporter(r: &mut Reader<'_>, id: ReporterId) -> Result<Option<ReporterRow>, StoreError> {
    let sql = format!("SELECT {REPORTER} FROM press_reporters WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read_reporter)
}

/// The reporters of an agency by name.
///
/// # Errors
/// When the database fails.
pub fn reporters(r: &mut Reader<'_>, agency: AgencyId) -> Result<Vec<ReporterRow>, StoreError> {
    let sql = format!("SELECT {REPORTER} FROM press_reporters WHERE agency_id = ? ORDER BY name_key, id");
    r.query(&sql, params![&agency.to_string()], read_reporter)
}

/// Takes names, cards and contacts away: of requests closed before an instant, of reporters who were no longer active then.
/// Gives of how many; at most `most` of each kind at once.
///
/// # Errors
/// When the database fails.
pub fn forget_reporters(tx: &mut Tx<'_>, before: Timestamp, most: u16) -> Result<usize, StoreError> {
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE closed_at < ? AND (reporter <> '' OR contact <> '' OR card <> ''
         OR confirmed_contact <> '' OR delivered_to <> '') ORDER BY closed_at, id LIMIT {most}"
    );
    let cases = tx.query(&sql, params![before.as_millisecond()], read_case)?;
    for row in &cases {
        let id = row.id.to_string();
        tx.execute(
            "UPDATE press_cases SET reporter = '', contact = '', card = '', confirmed_contact = '',
             delivered_to = '', version = version + 1 WHERE id = ?",
            params![&id],
        )?;
        let row = CaseRow { version: row.version + 1, ..row.clone() };
        record(tx, "press_case.reporter_forgotten", (SUBJECT, &id), &row)?;
    }
    let sql = format!(
        "SELECT {REPORTER} FROM press_reporters WHERE updated_at < ? AND is_active = ? ORDER BY updated_at, id
         LIMIT {most}"
    );
    let reporters = tx.query(&sql, params![before.as_millisecond(), false], read_reporter)?;
    for row in &reporters {
        let id = row.id.to_string();
        tx.execute("DELETE FROM press_reporters WHERE id = ?", params![&id])?;
        record(tx, "press_reporter.forgotten", (KIND, &id), row)?;
    }
    Ok(cases.len() + reporters.len())
}
