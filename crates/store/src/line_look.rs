//! Lines of registers that are public without the approval of a second person, and who looked at them afterwards. A look
//! is at a line as it stood: what is changed later waits again.

use domain::id::PublicationId;
use domain::time::Day;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Param, Row, params};
use crate::{Reader, StoreError, Tx};

/// A public line that nobody but its writer has looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its id, of the line and of the public item.
    pub id: PublicationId,
    /// The stored word of its kind.
    pub kind: String,
    /// The readable part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The day it stands under.
    pub day: Day,
    /// Who wrote it last, as the ledger names them.
    pub writer: String,
    /// The ledger entry of that.
    pub changed: i64,
}

const WAITING: &str = "SELECT i.id, i.kind, i.slug, i.title, i.day, COALESCE(l.actor, ''), i.changed
     FROM public_items i LEFT JOIN ledger l ON l.sequence = i.changed
     WHERE i.is_withdrawn = ?
     AND NOT EXISTS (SELECT 1 FROM publication_versions v WHERE v.publication_id = i.id)
     AND NOT EXISTS (SELECT 1 FROM line_looks k WHERE k.item_id = i.id AND k.changed >= i.changed)";

fn read(row: &Row<'_>) -> Result<LineRow, StoreError> {
    Ok(LineRow {
        id: row.parse(0)?,
        kind: row.string(1)?,
        slug: row.string(2)?,
        title: row.string(3)?,
        day: row.parse(4)?,
        writer: row.string(5)?,
        changed: row.integer(6)?,
    })
}

/// Lines that wait for a second look, those changed last first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn waiting(r: &mut Reader<'_>, limit: u16) -> Result<Vec<LineRow>, StoreError> {
    let sql = format!("{WAITING} ORDER BY i.changed DESC, i.id DESC LIMIT {limit}");
    r.query(&sql, params![false], read)
}

/// One of them; none when it waits for no look.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: PublicationId) -> Result<Option<LineRow>, StoreError> {
    r.query_opt(&format!("{WAITING} AND i.id = ?"), params![false, &id.to_string()], read)
}

/// Notes that somebody looked at a line as it stands.
///
/// # Errors
/// When the database fails.
pub fn look(tx: &mut Tx<'_>, line: &LineRow) -> Result<(), StoreError> {
    let (id, person, now) = (line.id.to_string(), tx.actor().to_owned(), tx.now_ms());
    let values: [Param<'_>; 4] =
        [Param::Text(&id), Param::Integer(line.changed), Param::Text(&person), Param::Integer(now)];
    tx.execute(
        "INSERT INTO line_looks (item_id, changed, person, looked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (item_id) DO UPDATE SET changed = excluded.changed, person = excluded.person,
         looked_at = excluded.looked_at",
        &values,
    )?;
    let content = canonical(&serde_json::json!({ "item": id, "entry": line.changed }))?;
    let change =
        Change { kind: "line.looked_at", subject_kind: "line_look", subject: &id, after: Some(&content) };
    tx.record(change).map(drop)
}
