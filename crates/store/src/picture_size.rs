//! How large pictures are, read once. What is read out of bytes whose digest stands in the ledger is no change of its own
//! and makes no entry.

use std::collections::BTreeMap;

use crate::sql::{Param, marks, params};
use crate::{Digest, Reader, StoreError, Tx};

/// Pixels across and down.
pub type Size = (u32, u32);

/// Keeps the size of a picture, none when nothing tells it; the file must stand in `blobs`. A size that is known stays.
///
/// # Errors
/// [`StoreError::Dangling`] when the file is not known.
pub fn put(tx: &mut Tx<'_>, digest: &Digest, size: Option<Size>) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let (width, height) = size.map(|(width, height)| (i64::from(width), i64::from(height))).unzip();
    tx.execute(
        "INSERT INTO picture_sizes (digest, width, height, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET width = COALESCE(picture_sizes.width, excluded.width),
         height = COALESCE(picture_sizes.height, excluded.height)",
        params![digest.as_str(), width, height, now],
    )
    .map(drop)
}

/// Pictures of which nobody has looked how large they are, by digest, at most so many.
///
/// # Errors
/// When the database fails.
pub fn unmeasured(r: &mut Reader<'_>, most: u16) -> Result<Vec<Digest>, StoreError> {
    let sql = format!(
        "SELECT b.digest FROM blobs b LEFT JOIN picture_sizes p ON p.digest = b.digest
         WHERE b.media_type LIKE 'image/%' AND p.digest IS NULL ORDER BY b.digest LIMIT {most}"
    );
    r.query(&sql, &[], |row| Digest::parse(row.text(0)?).ok_or_else(|| row.corrupt(0, "not a digest")))
}

/// What is known of these pictures, by digest: no size where it was looked and nothing tells; one nobody looked at is
/// missing.
///
/// # Errors
/// When the database fails.
pub fn of(r: &mut Reader<'_>, digests: &[&str]) -> Result<BTreeMap<String, Option<Size>>, StoreError> {
    if digests.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql =
        format!("SELECT digest, width, height FROM picture_sizes WHERE digest IN ({})", marks(digests.len()));
    let digests: Vec<Param<'_>> = digests.iter().map(|digest| Param::Text(digest)).collect();
    let found = r.query(&sql, &digests, |row| {
        let side = |at: usize| {
            let side = row.opt_integer(at)?.map(u32::try_from).transpose();
            side.map_err(|_| row.corrupt(at, "not pixels"))
        };
        Ok((row.string(0)?, side(1)?.zip(side(2)?)))
    })?;
    Ok(found.into_iter().collect())
}
