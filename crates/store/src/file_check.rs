//! What was looked for in files before they are published: whether the system could read them, and what is hidden in
//! them. What is read out of bytes whose digest stands in the ledger is no change of its own and makes no entry.

use crate::sql::{Row, params};
use crate::{Digest, Reader, StoreError, Tx};

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCheck {
    /// The file.
    pub digest: Digest,
    /// The code of why it could not be read; empty when it was.
    pub problem: String,
    /// What is hidden in it, as JSON.
    pub findings: String,
    /// The digital signatures found in it, as JSON.
    pub signatures: String,
}

fn read(row: &Row<'_>) -> Result<FileCheck, StoreError> {
    Ok(FileCheck {
        digest: Digest::parse(row.text(0)?).ok_or_else(|| row.corrupt(0, "not a digest"))?,
        problem: row.string(1)?,
        findings: row.string(2)?,
        signatures: row.string(3)?,
    })
}

/// Keeps what was found, in place of what was found before; the file must stand in `blobs`.
///
/// # Errors
/// [`StoreError::Dangling`] when the file is not known.
pub fn put(tx: &mut Tx<'_>, row: &FileCheck) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO file_checks (digest, problem, findings, signatures, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET problem = excluded.problem, findings = excluded.findings,
         signatures = excluded.signatures",
        params![row.digest.as_str(), &row.problem, &row.findings, &row.signatures, now],
    )
    .map(drop)
}

/// What was found in a file, when it was looked at.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, digest: &Digest) -> Result<Option<FileCheck>, StoreError> {
    let sql = "SELECT digest, problem, findings, signatures FROM file_checks WHERE digest = ?";
    r.query_opt(sql, params![digest.as_str()], read)
}
