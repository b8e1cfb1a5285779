//! Erasing: content and salt of a revision are destroyed, the digest that the entry commits to stays and tells nothing
//! without them. What is not personal may remain beside it. The erasing is an entry itself that names each revision it
//! destroyed with the digest of what remains; [`super::verify`] takes no other gap.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Change;
use crate::sql::{Param, marks, params};
use crate::{Reader, StoreError, Tx};

/// What kind of thing an erasing is in the ledger.
pub(super) const SUBJECT: &str = "erasing";

/// A revision to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The entry whose content goes.
    pub sequence: i64,
    /// The content without what is personal, as canonical JSON; none when nothing remains.
    pub remainder: Option<String>,
}

/// What the entry of an erasing holds.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    reason: String,
    /// The sequence of each revision and the digest of what remains of it.
    revisions: BTreeMap<i64, Option<String>>,
}

/// The digest of what remains of a revision.
pub(super) fn digest(remainder: &str) -> String {
    hex::encode(Sha256::digest(remainder.as_bytes()))
}

/// Destroys content and salt of revisions for a reason (a stored word: `retention`). Revisions that are erased already
/// or never were are left alone. Gives how many were erased; with none there is no entry.
///
/// # Errors
/// When the database fails.
pub fn erase(tx: &mut Tx<'_>, reason: &str, revisions: &[Erased]) -> Result<usize, StoreError> {
    let mut named = BTreeMap::new();
    for Erased { sequence, remainder } in revisions {
        let changed = tx.execute(
            "UPDATE revisions SET content = NULL, salt = NULL, remainder = ?
             WHERE sequence = ? AND content IS NOT NULL",
            params![remainder.as_deref(), *sequence],
        )?;
        if changed > 0 {
            named.insert(*sequence, remainder.as_deref().map(digest));
        }
    }
    let count = named.len();
    if count > 0 {
        let subject = hex::encode(tx.random::<16>()?);
        let content = Content { reason: reason.to_owned(), revisions: named };
        let after = crate::canonical::canonical(&content)?;
        tx.record(Change {
            kind: "ledger.erased",
            subject_kind: SUBJECT,
            subject: &subject,
            after: Some(&after),
        })?;
    }
    Ok(count)
}

/// Which of these entries had their content erased.
///
/// # Errors
/// When the database fails.
pub fn erased_of(r: &mut Reader<'_>, sequences: &[i64]) -> Result<Vec<i64>, StoreError> {
    let mut out = Vec::new();
    for chunk in sequences.chunks(500) {
        let values: Vec<Param<'_>> = chunk.iter().map(|sequence| Param::Integer(*sequence)).collect();
        let sql = format!(
            "SELECT sequence FROM revisions WHERE content IS NULL AND sequence IN ({}) ORDER BY sequence",
            marks(chunk.len())
        );
        out.extend(r.query(&sql, &values, |row| row.integer(0))?);
    }
    Ok(out)
}

/// Compares what was erased with what the entries of erasings name.
#[derive(Default)]
pub(super) struct Gaps {
    /// Erased revisions with the digest of what remains.
    found: BTreeMap<i64, Option<String>>,
    named: BTreeMap<i64, Option<String>>,
}

impl Gaps {
    /// Notes a revision without content.
    pub(super) fn note(&mut self, sequence: i64, remainder: Option<&str>) {
        self.found.insert(sequence, remainder.map(digest));
    }

    /// Reads the content of an erasing. Says whether it could be read.
    pub(super) fn name(&mut self, content: &str) -> bool {
        let Ok(content) = serde_json::from_str::<Content>(content) else { return false };
        self.named.extend(content.revisions);
        true
    }

    /// The first revision that is erased though no entry says so, or not as one says.
    pub(super) fn first_wrong(&self) -> Option<i64> {
        let all = self.found.keys().chain(self.named.keys());
        all.filter(|sequence| self.found.get(sequence) != self.named.get(sequence)).min().copied()
    }
}
