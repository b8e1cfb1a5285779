//! How long recordings are, counted once. What is read out of bytes whose digest stands in the ledger is no change of
//! its own and makes no entry.

use crate::sql::params;
use crate::{Digest, Reader, StoreError, Tx};

/// Keeps the length of a recording in seconds, none when nothing tells it; the file must stand in `blobs`. A length
/// that is known stays.
///
/// # Errors
/// [`StoreError::Dangling`] when the file is not known.
pub fn put(tx: &mut Tx<'_>, digest: &Digest, seconds: Option<u32>) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO recordings (digest, seconds, created_at) VALUES (?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET seconds = COALESCE(recordings.seconds, excluded.seconds)",
        params![digest.as_str(), seconds.map(i64::from), now],
    )
    .map(drop)
}

/// Recordings of which nobody has looked how long they are, by digest, at most so many.
///
/// # Errors
/// When the database fails.
pub fn unmeasured(r: &mut Reader<'_>, most: u16) -> Result<Vec<Digest>, StoreError> {
    let sql = format!(
        "SELECT b.digest FROM blobs b LEFT JOIN recordings r ON r.digest = b.digest
         WHERE b.media_type LIKE 'audio/%' AND r.digest IS NULL ORDER BY b.digest LIMIT {most}"
    );
    r.query(&sql, &[], |row| Digest::parse(row.text(0)?).ok_or_else(|| row.corrupt(0, "not a digest")))
}

/// The length of a recording in seconds, when it is known.
///
/// # Errors
/// When the database fails.
pub fn seconds(r: &mut Reader<'_>, digest: &Digest) -> Result<Option<u32>, StoreError> {
    let sql = "SELECT seconds FROM recordings WHERE digest = ? AND seconds IS NOT NULL";
    r.query_opt(sql, params![digest.as_str()], |row| {
        u32::try_from(row.integer(0)?).map_err(|_| row.corrupt(0, "not seconds"))
    })
}
