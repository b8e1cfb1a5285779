//! The imports of register files: what came in, when, by whom, with what result.

use domain::id::{ImportId, UnitId};
use domain::register::Register;
use domain::time::Timestamp;
use serde::Serialize;

use crate::blob::Digest;
use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// An import as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// The register it fills: the stored word, checked when read.
    #[serde(serialize_with = "register_word")]
    pub register: Register,
    /// The office that keeps the register.
    pub unit: UnitId,
    /// The name of the file, as the person's machine had it.
    pub file_name: String,
    /// The digest of the file's bytes, when it was kept.
    pub file_digest: Option<String>,
    /// Who: as the ledger names actors.
    pub person: String,
    /// When.
    pub imported_at: Timestamp,
    /// What was chosen: JSON.
    pub options: String,
    /// What it came to: JSON.
    pub counts: String,
    /// The stored word of its state.
    pub status: String,
    /// Counts edits, from 1.
    pub version: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn register_word<S: serde::Serializer>(register: &Register, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(register.word())
}

const SELECT: &str = "SELECT id, register, unit_id, file_name, file_digest, person_id, imported_at, options,
    counts, status, version FROM imports";

fn read(row: &Row<'_>) -> Result<ImportRow, StoreError> {
    Ok(ImportRow {
        id: row.parse(0)?,
        register: Register::from_word(row.text(1)?).ok_or_else(|| row.corrupt(1, "unknown register"))?,
        unit: row.parse(2)?,
        file_name: row.string(3)?,
        file_digest: row.opt_string(4)?,
        person: row.string(5)?,
        imported_at: row.instant(6)?,
        options: row.string(7)?,
        counts: row.string(8)?,
        status: row.string(9)?,
        version: row.integer(10)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &ImportRow) -> Result<(), StoreError> {
    let after = canonical(row)?;
    let subject = row.id.to_string();
    tx.record(Change { kind, subject_kind: "import", subject: &subject, after: Some(&after) }).map(drop)
}

/// Records an import; its version becomes 1. Its file, when kept, must stand in `blobs` before.
///
/// # Errors
/// [`StoreError::Dangling`] when the file or the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &ImportRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO imports (id, register, unit_id, file_name, file_digest, person_id, imported_at, options,
         counts, status, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &row.id.to_string(),
            row.register.word(),
            &row.unit.to_string(),
            &row.file_name,
            row.file_digest.as_deref(),
            &row.person,
            row.imported_at.as_millisecond(),
            &row.options,
            &row.counts,
            &row.status,
        ],
    )?;
    record(tx, "import.recorded", &ImportRow { version: 1, ..row.clone() })
}

/// Saves what an import came to; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn finish(tx: &mut Tx<'_>, row: &ImportRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "imports",
        &id,
        "UPDATE imports SET counts = ?, status = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![&row.counts, &row.status, &id, row.version],
    )?;
    let Some(saved) = find(tx, row.id)? else {
        return Err(StoreError::Stale { table: "imports", id });
    };
    record(tx, "import.finished", &saved)
}

/// One import.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: ImportId) -> Result<Option<ImportRow>, StoreError> {
    r.query_opt(&format!("{SELECT} WHERE id = ?"), params![&id.to_string()], read)
}

/// Imports, newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn latest(r: &mut Reader<'_>, limit: u16) -> Result<Vec<ImportRow>, StoreError> {
    let sql = format!("{SELECT} ORDER BY imported_at DESC, id DESC LIMIT ?");
    r.query(&sql, params![i64::from(limit)], read)
}

/// What a file is to the person it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sent to be looked at and imported.
    Source,
    /// Rows that were not taken, given back.
    Rejected,
    /// A Word file whose text may be taken over.
    Word,
    /// A picture out of such a file.
    WordPicture,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Purpose::Source => "source",
            Purpose::Rejected => "rejected",
            Purpose::Word => "word",
            Purpose::WordPicture => "word_picture",
        }
    }
}

/// Notes that a file is of whoever acts. It must stand in `blobs` before.
///
/// # Errors
/// [`StoreError::Dangling`] when the file does not exist.
pub fn claim_file(tx: &mut Tx<'_>, digest: &Digest, purpose: Purpose) -> Result<(), StoreError> {
    let (person, now) = (tx.actor().to_owned(), tx.now_ms());
    tx.execute(
        "INSERT INTO import_files (digest, person, purpose, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (digest, person, purpose) DO UPDATE SET created_at = excluded.created_at",
        params![digest.as_str(), &person, purpose.word(), now],
    )
    .map(drop)
}

/// Whether a file is of this person, as the ledger names actors.
///
/// # Errors
/// When the database fails.
pub fn is_file_of(
    r: &mut Reader<'_>,
    digest: &Digest,
    person: &str,
    purpose: Purpose,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM import_files WHERE digest = ? AND person = ? AND purpose = ?";
    let count = r.query_one(sql, params![digest.as_str(), person, purpose.word()], |row| row.integer(0))?;
    Ok(count > 0)
}

/// Ends what was noted before an instant of whose files are.
///
/// # Errors
/// When the database fails.
pub fn end_claims(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM import_files WHERE created_at < ?", params![before.as_millisecond()])
}

/// Lets go of the files of imports done before an instant, which nothing then keeps; what was imported stays. Gives of
/// how many.
///
/// # Errors
/// When the database fails.
pub fn forget_files(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize, StoreError> {
    let sql = format!("{SELECT} WHERE file_digest IS NOT NULL AND imported_at < ? ORDER BY imported_at, id");
    let old = tx.query(&sql, params![before.as_millisecond()], read)?;
    for row in &old {
        let id = row.id.to_string();
        tx.execute(
            "UPDATE imports SET file_digest = NULL, version = version + 1 WHERE id = ?",
            params![&id],
        )?;
        let row = ImportRow { file_digest: None, version: row.version + 1, ..row.clone() };
        record(tx, "import.file_forgotten", &row)?;
    }
    Ok(old.len())
}
