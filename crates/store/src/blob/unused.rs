//! Files that nothing refers to: finding and removing their rows.
//!
//! A file is removed when it was last handed in before a day and no column of [`NAMED_IN`] names it. Reading those
//! columns takes long, so it is done in a snapshot; the transaction that removes then looks only at what the ledger
//! recorded since, which holds every reference made meanwhile. Writers wait for one another, on all nodes, so nothing is
//! named in between.

use std::collections::BTreeSet;

use domain::time::Timestamp;

use super::Digest;
use crate::ledger::{self, Change};
use crate::sql::{Flow, params};
use crate::{Reader, StoreError, Tx};

/// Every column that names files, alone or inside a text: what stands there is kept. A test holds this list against
/// `columns.toml`, so that a column that is new must be put here or be said to name none.
pub const NAMED_IN: &[(&str, &str)] = &[
    ("settings", "value"),
    ("imports", "file_digest"),
    ("report_files", "digest"),
    ("publications", "content"),
    ("publication_versions", "content"),
    ("public_items", "body"),
    ("public_items", "files"),
    ("public_files", "digest"),
    ("uploaded_documents", "digest"),
    ("bulletin_batches", "content"),
    ("press_cases", "body"),
    ("press_parts", "answer"),
    ("press_emergencies", "body"),
    ("press_conferences", "body"),
    ("press_statements", "body"),
    ("data_breaches", "body"),
    ("roll_out_campaigns", "body"),
    ("roll_out_answers", "own_file"),
    ("exchange_packets", "file_digest"),
    ("roll_out_campaigns", "about"),
    ("roll_out_answers", "paper"),
];

/// Tables with rows about a file, by its `digest`: they keep no file, and go with it.
pub const ABOUT_A_FILE: &[&str] =
    &["file_texts", "file_checks", "recordings", "picture_sizes", "import_files"];

/// Signs of a digest.
const SIGNS: usize = 64;

/// Files found unused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    digests: BTreeSet<String>,
    /// They were last handed in before this.
    before: Timestamp,
    /// The last entry of the ledger that was looked at.
    sequence: i64,
}

impl Unused {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }
}

/// What was removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// The files.
    pub digests: Vec<Digest>,
    /// Their bytes, all together.
    pub bytes: i64,
}

/// Takes every digest that a text holds out of a set.
fn take_out(digests: &mut BTreeSet<String>, text: &str) {
    let mut start = 0;
    for (end, byte) in text.bytes().chain(std::iter::once(b' ')).enumerate() {
        if matches!(byte, b'0'..=b'9' | b'a'..=b'f') {
            continue;
        }
        // A longer run may hold one anywhere; better one file too many is kept.
        if let Some(run) = text.get(start..end)
            && run.len() >= SIGNS
        {
            for first in 0..=run.len() - SIGNS {
                run.get(first..first + SIGNS).map(|digest| digests.remove(digest));
            }
        }
        start = end + 1;
    }
}

/// The files last handed in before an instant that nothing names.
///
/// # Errors
/// When the database fails.
pub fn unused(r: &mut Reader<'_>, before: Timestamp) -> Result<Unused, StoreError> {
    let sequence = ledger::checkpoint(r)?.sequence;
    let sql = "SELECT digest FROM blobs WHERE created_at < ?";
    let mut digests: BTreeSet<String> =
        r.query(sql, params![before.as_millisecond()], |row| row.string(0))?.into_iter().collect();
    for (table, column) in NAMED_IN {
        if digests.is_empty() {
            break;
        }
        r.each(&format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL"), &[], |row| {
            take_out(&mut digests, row.text(0)?);
            Ok(Flow::Continue(()))
        })?;
    }
    Ok(Unused { digests, before, sequence })
}

/// Removes the rows of files found unused and what stands about them, with one entry that says how many; what was named
/// or handed in meanwhile stays. The files themselves are set aside after the commit.
///
/// # Errors
/// When the database fails.
pub fn remove_unused(tx: &mut Tx<'_>, unused: &Unused) -> Result<Removed, StoreError> {
    let mut digests = unused.digests.clone();
    let sql = "SELECT content FROM revisions WHERE sequence > ? AND content IS NOT NULL";
    tx.each(sql, params![unused.sequence], |row| {
        take_out(&mut digests, row.text(0)?);
        Ok(Flow::Continue(()))
    })?;
    let mut removed = Removed::default();
    for digest in digests {
        let before = unused.before.as_millisecond();
        let sql = "SELECT size_bytes FROM blobs WHERE digest = ? AND created_at < ?";
        let Some(size) = tx.query_opt(sql, params![&digest, before], |row| row.integer(0))? else { continue };
        for table in ABOUT_A_FILE {
            tx.execute(&format!("DELETE FROM {table} WHERE digest = ?"), params![&digest])?;
        }
        tx.execute("DELETE FROM blobs WHERE digest = ?", params![&digest])?;
        removed.bytes = removed.bytes.saturating_add(size);
        removed.digests.extend(Digest::parse(&digest));
    }
    if !removed.digests.is_empty() {
        let after = format!(r#"{{"bytes":{},"files":{}}}"#, removed.bytes, removed.digests.len());
        let subject = hex::encode(tx.random::<16>()?);
        tx.record(Change {
            kind: "blob.removed",
            subject_kind: "blob_removal",
            subject: &subject,
            after: Some(&after),
        })?;
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> usize {
        let mut digests: BTreeSet<String> = ["a".repeat(64), "0b".repeat(32)].into_iter().collect();
        take_out(&mut digests, text);
        digests.len()
    }

    #[test]
    fn a_digest_counts_wherever_it_stands_in_a_text() {
        let (one, other) = ("a".repeat(64), "0b".repeat(32));
        assert_eq!(left(&one), 1);
        assert_eq!(left(&format!(r#"{{"digest":"{other}"}}"#)), 1);
        assert_eq!(left(&format!("<img src=\"/tep/{one}/ảnh.png\">, {other}")), 0);
        assert_eq!(left(&format!("ff{other}ff")), 1, "inside a longer run");
        assert_eq!(left(&one[1..]), 2);
        assert_eq!(left(&one.to_uppercase()), 2);
        assert_eq!(left(""), 2);
    }
}
