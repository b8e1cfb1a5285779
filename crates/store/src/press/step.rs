//! The steps of a request, never changed, and every text of its answer.

use domain::id::CaseId;
use domain::press::request::Request;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{SUBJECT, record};
use crate::sql::params;
use crate::{Reader, StoreError, Tx, ledger};

/// A step a request took. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The request.
    pub case: CaseId,
    /// Its number, from 1.
    pub number: i64,
    /// The stored word of the event.
    pub event: String,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub taken_at: Timestamp,
    /// The reason or remark; may be empty.
    pub note: String,
    /// The digest of the answer it was done to.
    pub digest: String,
}

/// A text of the answer to a request, as its revisions keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it, as the ledger names actors.
    pub person: String,
    /// The text.
    pub text: String,
    /// The version of the request that had it first.
    pub version: i64,
}

/// Records a step of a request; its number, time and person are set here.
///
/// # Errors
/// When the database fails.
pub fn add_step(
    tx: &mut Tx<'_>,
    case: CaseId,
    event: &str,
    note: &str,
    digest: &str,
) -> Result<(), StoreError> {
    let id = case.to_string();
    let number: i64 = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM press_steps WHERE case_id = ?",
        params![&id],
        |row| row.integer(0),
    )?;
    let row = StepRow {
        case,
        number,
        event: event.to_owned(),
        person: tx.actor().to_owned(),
        taken_at: tx.now(),
        note: note.to_owned(),
        digest: digest.to_owned(),
    };
    tx.execute(
        "INSERT INTO press_steps (case_id, number, event, person, taken_at, note, digest)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![&id, number, event, &row.person, row.taken_at.as_millisecond(), note, digest],
    )?;
    record(tx, "press_step.taken", ("press_step", &format!("{id}/{number}")), &row)
}

/// Every text of the answer to a request, first to last.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn drafts(r: &mut Reader<'_>, case: CaseId) -> Result<Vec<DraftRow>, StoreError> {
    #[derive(Deserialize)]
    struct Revision {
        request: Request,
        version: i64,
    }
    let mut drafts: Vec<DraftRow> = Vec::new();
    for (entry, content) in ledger::history(r, SUBJECT, &case.to_string())? {
        let Some(content) = content else { continue };
        let revision: Revision = serde_json::from_str(&content)
            .map_err(|error| StoreError::corrupt("revisions.content", error))?;
        let text = revision.request.answer.text;
        if drafts.last().map_or("", |last| last.text.as_str()) != text {
            let at = Timestamp::from_millisecond(entry.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
            drafts.push(DraftRow { at, person: entry.actor, text, version: revision.version });
        }
    }
    Ok(drafts)
}

/// The steps of a request, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn steps(r: &mut Reader<'_>, case: CaseId) -> Result<Vec<StepRow>, StoreError> {
    r.query(
        "SELECT case_id, number, event, person, taken_at, note, digest FROM press_steps WHERE case_id = ?
         ORDER BY number",
        params![&case.to_string()],
        |row| {
            Ok(StepRow {
                case: row.parse(0)?,
                number: row.integer(1)?,
                event: row.string(2)?,
                person: row.string(3)?,
                taken_at: row.instant(4)?,
                note: row.string(5)?,
                digest: row.string(6)?,
            })
        },
    )
}
