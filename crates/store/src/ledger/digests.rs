//! Digests of contents as they stood at a checkpoint.

use std::collections::BTreeMap;

use crate::StoreError;
use crate::reader::Reader;
use crate::sql::{Flow, params};

/// The digest of the content of every thing of a kind that existed at a checkpoint, by its id.
///
/// # Errors
/// When the database fails.
pub fn digests_at(
    r: &mut Reader<'_>,
    sequence: i64,
    subject_kind: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut out = BTreeMap::new();
    r.each(
        "SELECT l.subject, l.after_digest FROM ledger l
         JOIN (SELECT subject, MAX(sequence) AS last FROM ledger
               WHERE subject_kind = ? AND sequence <= ? GROUP BY subject) m ON m.last = l.sequence
         WHERE l.after_digest <> ''",
        params![subject_kind, sequence],
        |row| {
            out.insert(row.string(0)?, row.string(1)?);
            Ok(Flow::Continue(()))
        },
    )?;
    Ok(out)
}
