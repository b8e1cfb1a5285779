//! The ledger (*nhật ký thay đổi*): one entry for each change, chained by digests.
//!
//! An entry holds no personal data: of the content it holds salted digests only. The salt lives with the content,
//! so erasing the content leaves the chain whole and the person unfindable.
//!
//! The form, byte for byte: the digest of content is SHA-256 over `salt` (16 bytes) followed by the canonical JSON.
//! The hash of an entry is SHA-256 over the lines below joined by `\n` (LF), UTF-8, no final LF:
//! `phatngon-ledger-1`, sequence, instant in milliseconds, actor, kind, subject kind, subject, before digest,
//! after digest, hash of the entry before. Digests are 64 lower-case hexadecimal signs or empty.

use sha2::{Digest, Sha256};

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without gaps.
    pub sequence: i64,
    /// When, in milliseconds UTC. Order is by sequence, never by this.
    pub at_milliseconds: i64,
    /// Who: a person's id, `system` or `command_line`.
    pub actor: String,
    /// What happened: `questions.recorded`, `report.frozen`.
    pub kind: String,
    /// What kind of thing it happened to: a register's word, `report`, `person`, `rule`, `calendar_day`.
    pub subject_kind: String,
    /// The thing's id.
    pub subject: String,
    /// Digest of its content before, empty when it did not exist.
    pub before: String,
    /// Digest of its content after, empty when it exists no more.
    pub after: String,
    /// Hash of the entry before.
    pub previous: String,
    /// Hash of this entry.
    pub hash: String,
}

impl Entry {
    /// The hash this entry must have.
    pub fn computed_hash(&self) -> String {
        let text = [
            "phatngon-ledger-1",
            &self.sequence.to_string(),
            &self.at_milliseconds.to_string(),
            &self.actor,
            &self.kind,
            &self.subject_kind,
            &self.subject,
            &self.before,
            &self.after,
            &self.previous,
        ]
        .join("\n");
        hex::encode(Sha256::digest(text.as_bytes()))
    }

    /// This entry with its hash filled in.
    #[must_use]
    pub fn sealed(mut self) -> Entry {
        self.hash = self.computed_hash();
        self
    }
}

/// The salted digest of canonical content.
pub fn digest(salt: &[u8], content: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(content.as_bytes());
    hex::encode(hasher.finalize())
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A sequence number is missing or stands twice before this entry.
    Gap,
    /// It does not name the hash of the entry before.
    Unchained,
    /// Its hash is not the hash of its content.
    Changed,
}

/// Checks a chain entry by entry; holds what the next entry must continue.
#[derive(Debug, Clone)]
pub struct Verifier {
    sequence: i64,
    hash: String,
}

impl Default for Verifier {
    fn default() -> Self {
        Verifier { sequence: 0, hash: GENESIS.to_owned() }
    }
}

impl Verifier {
    /// Takes the next entry.
    ///
    /// # Errors
    /// The fault, when the entry does not continue the chain.
    pub fn check(&mut self, entry: &Entry) -> Result<(), Fault> {
        if entry.sequence != self.sequence + 1 {
            return Err(Fault::Gap);
        }
        if entry.previous != self.hash {
            return Err(Fault::Unchained);
        }
        if entry.hash != entry.computed_hash() {
            return Err(Fault::Changed);
        }
        self.sequence = entry.sequence;
        self.hash.clone_from(&entry.hash);
        Ok(())
    }

    /// The sequence and hash of the last good entry: a checkpoint.
    pub fn checkpoint(&self) -> (i64, &str) {
        (self.sequence, &self.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(length: i64) -> Vec<Entry> {
        let mut previous = GENESIS.to_owned();
        (1..=length)
            .map(|sequence| {
                let entry = Entry {
                    sequence,
                    at_milliseconds: 1_600_000_000_000 + sequence,
                    actor: "system".into(),
                    kind: "news.recorded".into(),
                    subject_kind: "news".into(),
                    subject: format!("{sequence:026}"),
                    before: String::new(),
                    after: digest(&[7; 16], &format!("{{\"n\":{sequence}}}")),
                    previous: previous.clone(),
                    hash: String::new(),
                }
                .sealed();
                previous.clone_from(&entry.hash);
                entry
            })
            .collect()
    }

    fn first_fault(entries: &[Entry]) -> Option<(usize, Fault)> {
        let mut verifier = Verifier::default();
        entries
            .iter()
            .enumerate()
            .find_map(|(index, entry)| verifier.check(entry).err().map(|fault| (index, fault)))
    }

    proptest! {
        #[test]
        fn any_change_is_found_at_its_entry(length in 2_i64..30, at in 0_usize..30, field in 0_u8..7) {
            let mut entries = chain(length);
            prop_assert_eq!(first_fault(&entries), None);
            let at = at % entries.len();
            let entry = &mut entries[at];
            match field {
                0 => entry.at_milliseconds += 1,
                1 => entry.actor.push('x'),
                2 => entry.kind = "news.amended".into(),
                3 => entry.subject.push('0'),
                4 => entry.after = GENESIS.into(),
                5 => entry.hash = GENESIS.into(),
                _ => entry.before = GENESIS.into(),
            }
            prop_assert_eq!(first_fault(&entries).map(|(index, _)| index), Some(at));
        }

        #[test]
        fn a_missing_entry_is_found(length in 3_i64..30, at in 0_usize..30) {
            let mut entries = chain(length);
            let at = at % (entries.len() - 1);
            entries.remove(at);
            prop_assert_eq!(first_fault(&entries), Some((at, Fault::Gap)));
        }
    }
}
