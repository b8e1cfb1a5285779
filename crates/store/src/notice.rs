//! Notices of readers as rows: `domain::notice` gives them meaning. The contact is in no revision, so that taking it
//! away takes it away everywhere.

use domain::id::{NoticeId, PublicationId};
use domain::notice::State;
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Param, Row, params};
use crate::{Reader, StoreError, Tx};

/// A notice as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeRow {
    /// Its id.
    pub id: NoticeId,
    /// The public item it is about; none for the site as a whole.
    pub item: Option<PublicationId>,
    /// The path of the page it is about.
    pub address: String,
    /// What is wrong.
    pub message: String,
    /// How the sender may be reached; personal, empty when not given or taken away.
    #[serde(skip)]
    pub contact: String,
    /// The digest of the receipt code.
    #[serde(skip)]
    pub code_hash: String,
    /// Where it stands.
    pub state: State,
    /// What the sender is told.
    pub answer: String,
    /// When it came, milliseconds.
    pub received_at: i64,
    /// The last day of the limit; none when no rule gives one.
    pub due_on: Option<Day>,
    /// When it was closed, milliseconds.
    pub closed_at: Option<i64>,
    /// Counts edits, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, item_id, address, message, contact, code_hash, state, answer, received_at, due_on, \
                       closed_at, version";

fn read(row: &Row<'_>) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        id: row.parse(0)?,
        item: row.opt_parse(1)?,
        address: row.string(2)?,
        message: row.string(3)?,
        contact: row.string(4)?,
        code_hash: row.string(5)?,
        state: State::from_word(row.text(6)?).ok_or_else(|| row.corrupt(6, "not a state"))?,
        answer: row.string(7)?,
        received_at: row.integer(8)?,
        due_on: row.opt_parse(9)?,
        closed_at: row.opt_integer(10)?,
        version: row.integer(11)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &NoticeRow) -> Result<(), StoreError> {
    let after = canonical(row)?;
    let subject = row.id.to_string();
    tx.record(Change { kind, subject_kind: "notice", subject: &subject, after: Some(&after) }).map(drop)
}

/// Records a new notice; its version becomes 1.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, row: &NoticeRow) -> Result<(), StoreError> {
    let row = NoticeRow { version: 1, ..row.clone() };
    let item = row.item.map(|id| id.to_string());
    tx.execute(
        &format!("INSERT INTO notices ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        params![
            &row.id.to_string(),
            item.as_deref(),
            &row.address,
            &row.message,
            &row.contact,
            &row.code_hash,
            row.state.word(),
            &row.answer,
            row.received_at,
            row.due_on,
            row.closed_at,
            row.version,
        ],
    )?;
    record(tx, "notice.received", &row)
}

/// Saves where a notice stands and what the sender is told; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, row: &NoticeRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "notices",
        &id,
        "UPDATE notices SET state = ?, answer = ?, closed_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![row.state.word(), &row.answer, row.closed_at, &id, row.version],
    )?;
    let kind = format!("notice.{}", row.state.word());
    record(tx, &kind, &NoticeRow { version: row.version + 1, ..row.clone() })
}

/// Takes away the contacts of notices that were closed before an instant; gives how many.
///
/// # Errors
/// When the database fails.
pub fn erase_contacts(tx: &mut Tx<'_>, closed_before: Timestamp) -> Result<usize, StoreError> {
    let due = tx.query(
        &format!("SELECT {COLUMNS} FROM notices WHERE contact <> '' AND closed_at < ? ORDER BY id"),
        params![closed_before.as_millisecond()],
        read,
    )?;
    for row in &due {
        let id = row.id.to_string();
        tx.execute("UPDATE notices SET contact = '', version = version + 1 WHERE id = ?", params![&id])?;
        let erased = NoticeRow { version: row.version + 1, ..row.clone() };
        record(tx, "notice.contact_erased", &erased)?;
    }
    Ok(due.len())
}

/// One notice.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, id: NoticeId) -> Result<Option<NoticeRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM notices WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read)
}

/// The notice with this digest of its receipt code.
///
/// # Errors
/// When the database fails.
pub fn by_code(r: &mut Reader<'_>, code_hash: &str) -> Result<Option<NoticeRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM notices WHERE code_hash = ?"), params![code_hash], read)
}

/// A page of notices, newest first, in this state or all; and whether there are more.
///
/// # Errors
/// When the database fails.
pub fn list(
    r: &mut Reader<'_>,
    state: Option<State>,
    page: u32,
    per_page: u16,
) -> Result<(Vec<NoticeRow>, i64), StoreError> {
    let (filter, values): (&str, Vec<Param<'_>>) = match state {
        Some(state) => (" WHERE state = ?", vec![Param::Text(state.word())]),
        None => ("", Vec::new()),
    };
    let total =
        r.query_one(&format!("SELECT COUNT(*) FROM notices{filter}"), &values, |row| row.integer(0))?;
    let skip = i64::from(page.saturating_sub(1)) * i64::from(per_page);
    let sql = format!(
        "SELECT {COLUMNS} FROM notices{filter} ORDER BY received_at DESC, id DESC LIMIT {per_page} OFFSET {skip}"
    );
    Ok((r.query(&sql, &values, read)?, total))
}
