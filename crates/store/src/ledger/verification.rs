//! Checking the whole ledger: the chain, each revision against its digest, each record against its last revision.

use std::collections::HashMap;

use domain::ledger::{Fault, Verifier, digest};
use domain::register::Register;

use super::erasing::{self, Gaps};
use super::{Checkpoint, ENTRY_COLUMNS, read_entry};
use crate::StoreError;
use crate::reader::Reader;
use crate::register;
use crate::sql::{Flow, params};

/// What a check of the ledger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many entries are good, from the first on.
    pub entries: i64,
    /// The last good entry.
    pub checkpoint: Checkpoint,
    /// The first thing that is wrong.
    pub first_fault: Option<FirstFault>,
}

/// The first wrong thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstFault {
    /// The entry it shows at.
    pub sequence: i64,
    /// What is wrong.
    pub what: BadEntry,
}

/// What is wrong with an entry or with what it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadEntry {
    /// The chain: a gap, another predecessor, another content.
    Chain(Fault),
    /// The revision is not what the entry commits to, or is missing or erased though no entry says so.
    Revision,
    /// Entries were cut off at the end: the head names a later one.
    CutOff,
    /// The digest before is not the digest after of the entry before on the same thing.
    History,
    /// The row in the table is not what was recorded last, is missing, or was never recorded.
    Row {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
    },
}

/// Checks everything in one snapshot. `progress` hears how many entries are done and how many there are.
///
/// # Errors
/// When the database fails; a fault found is no error.
pub fn verify(r: &mut Reader<'_>, mut progress: impl FnMut(i64, i64)) -> Result<Verification, StoreError> {
    let head = r.query_opt("SELECT sequence, hash FROM ledger_head WHERE id = 1", &[], |row| {
        Ok(Checkpoint { sequence: row.integer(0)?, hash: row.string(1)? })
    })?;
    let total = head.as_ref().map_or(0, |head| head.sequence);
    let mut walk = Walk::default();
    let sql = format!(
        "SELECT {}, v.sequence, v.salt, v.content, v.remainder FROM ledger l LEFT JOIN revisions v ON v.sequence = l.sequence
         ORDER BY l.sequence",
        ENTRY_COLUMNS.split(", ").map(|column| format!("l.{column}")).collect::<Vec<_>>().join(", ")
    );
    r.each(&sql, &[], |row| {
        let entry = read_entry(row)?;
        let has_revision = row.opt_integer(10)?.is_some();
        let revision = match (row.opt_bytes(11)?, row.opt_text(12)?) {
            (Some(salt), Some(content)) => Some(digest(salt, content)),
            _ => None,
        };
        let is_erased = has_revision && revision.is_none();
        if is_erased {
            walk.gaps.note(entry.sequence, row.opt_text(13)?);
        }
        // What names the erased is never erased itself.
        let is_named = match row.opt_text(12)? {
            _ if entry.subject_kind != erasing::SUBJECT => true,
            Some(content) => walk.gaps.name(content),
            None => false,
        };
        let wrong = walk.check(&entry, has_revision, revision.as_deref());
        if let Some(what) = wrong.or((!is_named).then_some(BadEntry::Revision)) {
            walk.fault = Some(FirstFault { sequence: entry.sequence, what });
            return Ok(Flow::Break(()));
        }
        if entry.sequence % 10_000 == 0 {
            progress(entry.sequence, total);
        }
        Ok(Flow::Continue(()))
    })?;
    let (sequence, hash) = walk.verifier.checkpoint();
    let checkpoint = Checkpoint { sequence, hash: hash.to_owned() };
    let mut first_fault = walk.fault.take();
    if first_fault.is_none()
        && let Some(sequence) = walk.gaps.first_wrong()
    {
        first_fault = Some(FirstFault { sequence, what: BadEntry::Revision });
    }
    if first_fault.is_none() && head.as_ref() != Some(&checkpoint) {
        first_fault = Some(FirstFault { sequence: sequence + 1, what: BadEntry::CutOff });
    }
    if first_fault.is_none() {
        first_fault = wrong_rows(r)?;
    }
    progress(total, total);
    Ok(Verification { entries: sequence, checkpoint, first_fault })
}

#[derive(Default)]
struct Walk {
    verifier: Verifier,
    /// The digest after the last change of each living thing.
    living: HashMap<(u32, String), [u8; 32]>,
    kinds: HashMap<String, u32>,
    gaps: Gaps,
    fault: Option<FirstFault>,
}

impl Walk {
    fn check(
        &mut self,
        entry: &domain::ledger::Entry,
        has_revision: bool,
        revision: Option<&str>,
    ) -> Option<BadEntry> {
        if let Err(fault) = self.verifier.check(entry) {
            return Some(BadEntry::Chain(fault));
        }
        let committed = !entry.after.is_empty();
        // An erased revision keeps its row with no content; `Gaps` looks whether an entry says so.
        if committed != has_revision || revision.is_some_and(|digest| digest != entry.after) {
            return Some(BadEntry::Revision);
        }
        let next = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        let kind = *self.kinds.entry(entry.subject_kind.clone()).or_insert(next);
        let key = (kind, entry.subject.clone());
        let mut after = [0; 32];
        let before = if committed && hex::decode_to_slice(&entry.after, &mut after).is_ok() {
            self.living.insert(key, after)
        } else {
            self.living.remove(&key)
        };
        (before.map(hex::encode).unwrap_or_default() != entry.before).then_some(BadEntry::History)
    }
}

/// Compares each register's rows with the last revision of each; gives the one with the earliest entry.
fn wrong_rows(r: &mut Reader<'_>) -> Result<Option<FirstFault>, StoreError> {
    let mut first: Option<FirstFault> = None;
    for register in Register::ALL {
        let table = register.word();
        let mut wrong: Vec<(i64, String)> = Vec::new();
        let sql = format!(
            "SELECT {}, latest.sequence, v.content
             FROM {table} t
             LEFT JOIN (SELECT subject, MAX(sequence) AS sequence FROM ledger WHERE subject_kind = ?
                        GROUP BY subject) AS latest ON latest.subject = t.id
             LEFT JOIN revisions v ON v.sequence = latest.sequence",
            register::columns(register)
        );
        r.each(&sql, params![table], |row| {
            let next = register::BASE_COLUMNS + register.fields().len();
            let sequence = row.opt_integer(next)?.unwrap_or(0);
            let stored = register::read(register, row);
            let same = match (&stored, row.opt_text(next + 1)?) {
                (Ok(stored), Some(content)) => stored.content() == content && stored.is_indexed_well(row)?,
                // Erased content cannot be compared; its digest stands in the chain.
                (Ok(_), None) => sequence > 0,
                (Err(_), _) => false,
            };
            if !same {
                wrong.push((sequence, row.string(0)?));
            }
            Ok(Flow::Continue(()))
        })?;
        let missing = format!(
            "SELECT l.sequence, l.subject FROM ledger l
             JOIN (SELECT subject, MAX(sequence) AS sequence FROM ledger WHERE subject_kind = ?
                   GROUP BY subject) AS latest ON latest.sequence = l.sequence
             WHERE l.after_digest <> '' AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = l.subject)
             ORDER BY l.sequence LIMIT 1"
        );
        wrong.extend(r.query(&missing, params![table], |row| Ok((row.integer(0)?, row.string(1)?)))?);
        for (sequence, id) in wrong {
            if first.as_ref().is_none_or(|fault| sequence < fault.sequence) {
                first = Some(FirstFault { sequence, what: BadEntry::Row { table, id } });
            }
        }
    }
    Ok(first)
}
