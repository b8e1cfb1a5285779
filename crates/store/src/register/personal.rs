//! Personal values of records: who still has some, in the line or in a revision, and taking them away from both.

use domain::id::RecordId;
use domain::register::{Privacy, Register, Values};
use domain::time::Timestamp;

use super::write::save;
use super::{content, find, from_content};
use crate::StoreError;
use crate::ledger::{self, Erased};
use crate::reader::Reader;
use crate::sql::{Flow, params};
use crate::writer::Tx;

/// A record of which personal values are kept, in its line or in its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The record.
    pub id: RecordId,
    /// Its values as they were recorded last.
    pub values: Values,
    /// When it was taken out of its register.
    pub removed_at: Option<Timestamp>,
}

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Records.
    pub records: usize,
    /// Revisions whose content was erased.
    pub revisions: usize,
}

fn personal_keys(register: Register) -> impl Iterator<Item = &'static str> {
    register.fields().iter().filter(|field| field.privacy == Privacy::Personal).map(|field| field.key)
}

/// Takes the personal values away; says whether there were any.
fn clear(register: Register, values: &mut Values) -> bool {
    let mut had = false;
    for key in personal_keys(register) {
        had |= values.get(key).is_some();
        values.clear(key);
    }
    had
}

/// The records of a register of which personal values are kept, in the order of ids. One walk through the history of
/// the register.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn holding_personal(r: &mut Reader<'_>, register: Register) -> Result<Vec<Held>, StoreError> {
    // A quotation mark inside a value is escaped, so this is a key.
    let marks: Vec<String> = personal_keys(register).map(|key| format!("\"{key}\":")).collect();
    let mut held = Vec::new();
    if marks.is_empty() {
        return Ok(held);
    }
    let mut present = Walked::default();
    r.each(
        "SELECT l.subject, l.at, l.after_digest, v.content, v.remainder
         FROM ledger l LEFT JOIN revisions v ON v.sequence = l.sequence
         WHERE l.subject_kind = ? ORDER BY l.subject, l.sequence",
        params![register.word()],
        |row| {
            if present.subject != row.text(0)? {
                held.extend(std::mem::take(&mut present).held(register)?);
                row.text(0)?.clone_into(&mut present.subject);
            }
            present.removed_at = if row.text(2)?.is_empty() { Some(row.instant(1)?) } else { None };
            let whole = row.opt_text(3)?;
            present.is_personal |=
                whole.is_some_and(|content| marks.iter().any(|mark| content.contains(mark.as_str())));
            if let Some(content) = whole.or(row.opt_text(4)?) {
                content.clone_into(&mut present.content);
            }
            Ok(Flow::Continue(()))
        },
    )?;
    held.extend(present.held(register)?);
    Ok(held)
}

/// The entries of one record, read one after the other.
#[derive(Default)]
struct Walked {
    subject: String,
    content: String,
    removed_at: Option<Timestamp>,
    is_personal: bool,
}

impl Walked {
    fn held(self, register: Register) -> Result<Option<Held>, StoreError> {
        if !self.is_personal {
            return Ok(None);
        }
        let id = self.subject.parse::<RecordId>().ok();
        let record = id.and_then(|id| from_content(register, id, &self.content));
        let record = record.ok_or_else(|| {
            StoreError::corrupt("revisions.content", format!("{} {}", register.word(), self.subject))
        })?;
        Ok(Some(Held { id: record.id, values: record.values, removed_at: self.removed_at }))
    }
}

/// Takes the personal values of records away: from the line, with an entry, and from every revision that holds some,
/// which is erased for a reason (a stored word); what is not personal remains readable, so that figures of the past can
/// be computed again.
///
/// # Errors
/// When the database fails.
pub fn forget_personal(
    tx: &mut Tx<'_>,
    register: Register,
    ids: &[RecordId],
    reason: &str,
) -> Result<Forgotten, StoreError> {
    let kind = format!("{}.personal_forgotten", register.word());
    let mut erased = Vec::new();
    for id in ids {
        if let Some(mut stored) = find(tx, register, *id)?
            && clear(register, &mut stored.record.values)
        {
            save(tx, &kind, &stored.record)?;
        }
        for (entry, content) in ledger::history(tx, register.word(), &id.to_string())? {
            let Some(old) = content else { continue };
            if let Some(remainder) = without_personal(register, *id, &old) {
                erased.push(Erased { sequence: entry.sequence, remainder: Some(remainder) });
            }
        }
    }
    let revisions = ledger::erase(tx, reason, &erased)?;
    Ok(Forgotten { records: ids.len(), revisions })
}

/// The content of a revision without personal values; none when it has none.
fn without_personal(register: Register, id: RecordId, old: &str) -> Option<String> {
    let mut record = from_content(register, id, old)?;
    let import: serde_json::Value = serde_json::from_str(old).ok()?;
    let import = import.get("import").and_then(serde_json::Value::as_str).and_then(|id| id.parse().ok());
    clear(register, &mut record.values).then(|| content(record.unit, import, &record.values, record.version))
}
