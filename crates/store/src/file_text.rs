//! The words of files, drawn out once: for search and for those who cannot open a file. What is drawn out of bytes
//! whose digest stands in the ledger is no change of its own and makes no entry.

use crate::sql::{Row, params};
use crate::{Digest, Reader, StoreError, Tx};

/// The longest text that is kept, in bytes; the rest of a longer one is not searched.
pub const LONGEST: usize = 2_000_000;

/// The words of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// The file.
    pub digest: Digest,
    /// Its words, a line each; a row of a table is one line, its cells parted by tabs.
    pub body: String,
    /// Whether they were recognised from pictures of pages and may hold mistakes.
    pub is_recognised: bool,
}

fn read(row: &Row<'_>) -> Result<FileText, StoreError> {
    Ok(FileText {
        digest: Digest::parse(row.text(0)?).ok_or_else(|| row.corrupt(0, "not a digest"))?,
        body: row.string(1)?,
        is_recognised: row.bool(2)?,
    })
}

/// Keeps the words of a file, in place of those kept before; the file must stand in `blobs`.
///
/// # Errors
/// [`StoreError::Dangling`] when the file is not known.
pub fn put(tx: &mut Tx<'_>, row: &FileText) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let end = row.body.floor_char_boundary(LONGEST);
    // PostgreSQL takes no NUL in a text.
    let body = row.body[..end].replace('\0', " ");
    tx.execute(
        "INSERT INTO file_texts (digest, body, is_recognised, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET body = excluded.body, is_recognised = excluded.is_recognised",
        params![row.digest.as_str(), &body, row.is_recognised, now],
    )
    .map(drop)
}

/// The words of a file, when they were drawn out.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, digest: &Digest) -> Result<Option<FileText>, StoreError> {
    let sql = "SELECT digest, body, is_recognised FROM file_texts WHERE digest = ?";
    r.query_opt(sql, params![digest.as_str()], read)
}
