//! Files with official documents, uploaded to be read: what was read out of each, until a person confirms it.

use domain::id::{PublicationId, UploadId};
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// Where an uploaded document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Read; waits for a person.
    Proposed,
    /// Not read, and not kept; the reason stands beside it.
    Refused,
    /// Confirmed: a publication was begun with it.
    Confirmed,
    /// Put aside by a person.
    Discarded,
}

impl State {
    /// All of them, in the order of lists.
    pub const ALL: [State; 4] = [State::Proposed, State::Refused, State::Confirmed, State::Discarded];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Refused => "refused",
            State::Confirmed => "confirmed",
            State::Discarded => "discarded",
        }
    }

    /// The state of a stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// An uploaded document as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UploadedRow {
    /// Its id.
    pub id: UploadId,
    /// The name of the file, as the person's machine had it.
    pub file_name: String,
    /// The file, when it was kept.
    pub digest: Option<String>,
    /// Its length in bytes.
    pub size_bytes: i64,
    /// Its media type, as found in its bytes; empty when it was not read.
    pub media_type: String,
    /// Where it stands.
    pub state: State,
    /// The code of why it was not read; may be empty.
    pub problem: String,
    /// What was read: JSON; empty when nothing was.
    pub reading: String,
    /// Number, symbol and day in one form, to find the same document again; empty when not known.
    pub document_key: String,
    /// The publication that was begun with it.
    pub publication: Option<PublicationId>,
    /// Who uploaded it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

const SELECT: &str =
    "SELECT id, file_name, digest, size_bytes, media_type, state, problem, reading, document_key,
    publication_id, created_by, created_at, updated_at, version FROM uploaded_documents";

fn read(row: &Row<'_>) -> Result<UploadedRow, StoreError> {
    Ok(UploadedRow {
        id: row.parse(0)?,
        file_name: row.string(1)?,
        digest: row.opt_string(2)?,
        size_bytes: row.integer(3)?,
        media_type: row.string(4)?,
        state: State::from_word(row.text(5)?).ok_or_else(|| row.corrupt(5, "unknown state"))?,
        problem: row.string(6)?,
        reading: row.string(7)?,
        document_key: row.string(8)?,
        publication: row.opt_parse(9)?,
        created_by: row.string(10)?,
        created_at: row.instant(11)?,
        updated_at: row.instant(12)?,
        version: row.integer(13)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, id: UploadId) -> Result<UploadedRow, StoreError> {
    let subject = id.to_string();
    let row = find(tx, id)?.ok_or(StoreError::Stale { table: "uploaded_documents", id: subject.clone() })?;
    let after = canonical(&row)?;
    tx.record(Change { kind, subject_kind: "uploaded_document", subject: &subject, after: Some(&after) })?;
    Ok(row)
}

/// Records an uploaded document; version, times and author are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when its file is not known.
pub fn insert(tx: &mut Tx<'_>, row: &UploadedRow) -> Result<UploadedRow, StoreError> {
    let (actor, now) = (tx.actor().to_owned(), tx.now_ms());
    tx.execute(
        "INSERT INTO uploaded_documents (id, file_name, digest, size_bytes, media_type, state, problem, reading,
         document_key, publication_id, created_by, created_at, updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            &row.file_name,
            row.digest.as_deref(),
            row.size_bytes,
            &row.media_type,
            row.state.word(),
            &row.problem,
            &row.reading,
            &row.document_key,
            row.publication.map(|id| id.to_string()).as_deref(),
            &actor,
            now,
            now,
        ],
    )?;
    record(tx, "uploaded_document.read", row.id)
}

/// Saves one; `kind` is what the ledger says happened (`uploaded_document.confirmed`), `row.version` the version the
/// change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &UploadedRow) -> Result<UploadedRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "uploaded_documents",
        &id,
        "UPDATE uploaded_documents SET file_name = ?, digest = ?, state = ?, problem = ?, reading = ?, document_key = ?,
         publication_id = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.file_name,
            row.digest.as_deref(),
            row.state.word(),
            &row.problem,
            &row.reading,
            &row.document_key,
            row.publication.map(|id| id.to_string()).as_deref(),
            tx.now_ms(),
            &id,
            row.version,
        ],
    )?;
    record(tx, kind, row.id)
}

/// One of them.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: UploadId) -> Result<Option<UploadedRow>, StoreError> {
    r.query_opt(&format!("{SELECT} WHERE id = ?"), params![&id.to_string()], read)
}

/// Those in a state, newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(
    r: &mut Reader<'_>,
    state: State,
    page: u32,
    per_page: u16,
) -> Result<Vec<UploadedRow>, StoreError> {
    let offset = i64::from(page.max(1) - 1) * i64::from(per_page);
    let sql = format!("{SELECT} WHERE state = ? ORDER BY id DESC LIMIT {per_page} OFFSET {offset}");
    r.query(&sql, params![state.word()], read)
}

/// The next that waits after one of the list, else the newest; none when no other waits.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn next_waiting(r: &mut Reader<'_>, after: UploadId) -> Result<Option<UploadId>, StoreError> {
    let sql = "SELECT id FROM uploaded_documents WHERE state = 'proposed' AND id <> ?
         ORDER BY CASE WHEN id < ? THEN 0 ELSE 1 END, id DESC LIMIT 1";
    let after = after.to_string();
    r.query_opt(sql, params![&after, &after], |row| row.parse(0))
}

/// How many are in a state.
///
/// # Errors
/// When the database fails.
pub fn count(r: &mut Reader<'_>, state: State) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM uploaded_documents WHERE state = ?";
    r.query_one(sql, params![state.word()], |row| row.integer(0))
}

/// Those that wait or were confirmed and hold the same file or the same document, oldest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn same(r: &mut Reader<'_>, digest: &str, document_key: &str) -> Result<Vec<UploadedRow>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE state IN ('proposed', 'confirmed') AND (digest = ? OR (document_key = ? AND document_key <> ''))
         ORDER BY id LIMIT 20"
    );
    r.query(&sql, params![digest, document_key], read)
}
