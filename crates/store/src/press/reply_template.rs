//! Texts that answers begin with (B17).

use domain::id::ReplyTemplateId;
use domain::text;
use domain::time::Timestamp;
use serde::Serialize;

use super::record;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A text that answers begin with (*mẫu trả lời*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyTemplateRow {
    /// Its id.
    pub id: ReplyTemplateId,
    /// What it is for; no two have the same.
    pub title: String,
    /// The text, with marks that are filled in.
    pub body: String,
    /// Whether it is offered.
    pub is_active: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, title, body, is_active, updated_at, version";
const KIND: &str = "press_reply_template";

fn read(row: &Row<'_>) -> Result<ReplyTemplateRow, StoreError> {
    Ok(ReplyTemplateRow {
        id: row.parse(0)?,
        title: row.string(1)?,
        body: row.string(2)?,
        is_active: row.bool(3)?,
        updated_at: row.instant(4)?,
        version: row.integer(5)?,
    })
}

/// Records a new one; its version becomes 1.
///
/// # Errors
/// [`StoreError::Unique`] when the title stands already.
pub fn insert_reply_template(tx: &mut Tx<'_>, row: &ReplyTemplateRow) -> Result<(), StoreError> {
    let row = ReplyTemplateRow { updated_at: tx.now(), version: 1, ..row.clone() };
    let id = row.id.to_string();
    tx.execute(
        &format!("INSERT INTO press_reply_templates ({COLUMNS}, title_key) VALUES (?, ?, ?, ?, ?, 1, ?)"),
        params![
            &id,
            &row.title,
            &row.body,
            row.is_active,
            row.updated_at.as_millisecond(),
            &text::key(&row.title)
        ],
    )?;
    record(tx, "press_reply_template.added", (KIND, &id), &row)
}

/// Saves one; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] for a title that stands already.
pub fn update_reply_template(tx: &mut Tx<'_>, row: &ReplyTemplateRow) -> Result<(), StoreError> {
    let (id, now) = (row.id.to_string(), tx.now());
    tx.execute_one(
        "press_reply_templates",
        &id,
        "UPDATE press_reply_templates SET title = ?, title_key = ?, body = ?, is_active = ?, updated_at = ?,
         version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.title,
            &text::key(&row.title),
            &row.body,
            row.is_active,
            now.as_millisecond(),
            &id,
            row.version
        ],
    )?;
    let row = ReplyTemplateRow { updated_at: now, version: row.version + 1, ..row.clone() };
    record(tx, "press_reply_template.changed", (KIND, &id), &row)
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub fn find_reply_template(
    r: &mut Reader<'_>,
    id: ReplyTemplateId,
) -> Result<Option<ReplyTemplateRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM press_reply_templates WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// All of them, by title.
///
/// # Errors
/// When the database fails.
pub fn reply_templates(r: &mut Reader<'_>) -> Result<Vec<ReplyTemplateRow>, StoreError> {
    r.query(&format!("SELECT {COLUMNS} FROM press_reply_templates ORDER BY title_key"), &[], read)
}
