//! Letters to the people of the office and to who asked it, waiting to be handed to its mail server. Like background work this is a queue and
//! no business data: no ledger entries, and a restored backup sends nothing.
//!
//! A letter stands here in the transaction that causes it, once per cause. A worker claims it, hands it over and settles
//! it; when the worker dies in between, it is handed over again under the same id (MAIL-02).

use domain::id::{CaseId, MailId, PersonId};
use domain::time::Timestamp;
use jiff::SignedDuration;

use crate::sql::{Row, params};
use crate::{Actor, Database, Reader, StoreError, Tx};

/// How long a worker has before another may hand a letter over.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// Tries before a letter that the server puts off is given up.
pub const TRIES: i64 = 10;
/// The longest wait between two tries, in minutes.
const LONGEST_WAIT: i64 = 60;

/// Whom a letter goes to: the address is the one that stands there when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// A person with an account.
    Person(PersonId),
    /// Who sent a request of the press.
    Sender(CaseId),
}

impl From<PersonId> for Recipient {
    fn from(person: PersonId) -> Recipient {
        Recipient::Person(person)
    }
}

impl From<CaseId> for Recipient {
    fn from(case: CaseId) -> Recipient {
        Recipient::Sender(case)
    }
}

/// A letter as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Its id; the id of the message is made from it.
    pub id: MailId,
    /// What caused it: nothing causes two letters.
    pub cause: String,
    /// Whom it goes to.
    pub to: Recipient,
    /// What it says: JSON of who wrote it.
    pub content: String,
    /// `waiting`, `sent`, `failed` or `expired`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Not before this.
    pub next_try_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is of no use any more.
    pub expires_at: Timestamp,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The server has it.
    Sent,
    /// It came too late to be of use.
    Expired,
    /// The server does not want it now: another try, later and later, [`TRIES`] in all.
    Later(String),
    /// There is no server: another try as long as the letter is of use.
    Unreachable(String),
    /// Nobody wants it.
    Failed(String),
}

const COLUMNS: &str =
    "id, cause, person_id, case_id, content, state, attempts, next_try_at, created_at, expires_at,
    ended_at, last_error";

fn read(row: &Row<'_>) -> Result<MailRow, StoreError> {
    Ok(MailRow {
        id: row.parse(0)?,
        cause: row.string(1)?,
        to: recipient(row)?,
        content: row.string(4)?,
        state: row.string(5)?,
        attempts: row.integer(6)?,
        next_try_at: row.instant(7)?,
        created_at: row.instant(8)?,
        expires_at: row.instant(9)?,
        ended_at: row.opt_instant(10)?,
        last_error: row.opt_string(11)?,
    })
}

fn recipient(row: &Row<'_>) -> Result<Recipient, StoreError> {
    match (row.opt_parse(2)?, row.opt_parse(3)?) {
        (Some(person), None) => Ok(Recipient::Person(person)),
        (None, Some(case)) => Ok(Recipient::Sender(case)),
        _ => Err(row.corrupt(2, "not one recipient")),
    }
}

/// Queues a letter; one of the same cause is the same letter. Says whether it is new.
///
/// # Errors
/// [`StoreError::Dangling`] when there is no such person or request.
pub fn queue(
    tx: &mut Tx<'_>,
    to: impl Into<Recipient>,
    (cause, content): (&str, &str),
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let id: MailId = tx.new_id()?;
    let now = tx.now_ms();
    let (person, case) = match to.into() {
        Recipient::Person(person) => (Some(person.to_string()), None),
        Recipient::Sender(case) => (None, Some(case.to_string())),
    };
    let queued = tx.execute(
        "INSERT INTO mails (id, cause, person_id, case_id, content, state, attempts, next_try_at, created_at,
         expires_at) VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?) ON CONFLICT (cause) DO NOTHING",
        params![
            &id.to_string(),
            cause,
            person.as_deref(),
            case.as_deref(),
            content,
            now,
            now,
            expires_at.as_millisecond()
        ],
    )?;
    Ok(queued > 0)
}

/// Claims the letter that waits longest, of those that may be tried now. None when there is none.
///
/// # Errors
/// When the database fails.
pub fn claim(db: &Database, worker: &str) -> Result<Option<MailRow>, StoreError> {
    const DUE: &str =
        "state = 'waiting' AND next_try_at <= ? AND (claimed_until IS NULL OR claimed_until < ?)";
    let now = db.sources().clock.now().as_millisecond();
    let any = db.read(|r| {
        let sql = format!("SELECT COUNT(*) FROM (SELECT id FROM mails WHERE {DUE} LIMIT 1) AS due");
        r.query_one(&sql, params![now, now], |row| row.integer(0))
    })?;
    if any == 0 {
        return Ok(None);
    }
    db.write(&Actor::system(), |tx| {
        let now = tx.now_ms();
        let until = now.saturating_add(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX));
        let sql = format!(
            "UPDATE mails SET attempts = attempts + 1, claimed_by = ?, claimed_until = ?
             WHERE id = (SELECT id FROM mails WHERE {DUE} ORDER BY created_at, id LIMIT 1) RETURNING {COLUMNS}"
        );
        tx.query_opt(&sql, params![worker, until, now, now], read)
    })
}

/// Ends a claim. When there is no server, everything that waits is put off, so that it is asked once and not for each.
///
/// # Errors
/// [`StoreError::Stale`] when the claim was lost meanwhile.
pub fn settle(tx: &mut Tx<'_>, mail: &MailRow, ending: &Ending) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let minutes = (1_i64 << mail.attempts.clamp(1, 10).saturating_sub(1)).min(LONGEST_WAIT);
    let next = now.saturating_add(minutes * 60_000);
    let (state, error, ended) = match ending {
        Ending::Sent => ("sent", None, Some(now)),
        Ending::Expired => ("expired", mail.last_error.as_deref(), Some(now)),
        Ending::Later(why) if mail.attempts < TRIES => ("waiting", Some(why.as_str()), None),
        Ending::Unreachable(why) => ("waiting", Some(why.as_str()), None),
        Ending::Later(why) | Ending::Failed(why) => ("failed", Some(why.as_str()), Some(now)),
    };
    let id = mail.id.to_string();
    tx.execute_one(
        "mails",
        &id,
        "UPDATE mails SET state = ?, next_try_at = ?, last_error = ?, ended_at = ?, claimed_by = NULL,
         claimed_until = NULL WHERE id = ? AND state = 'waiting' AND attempts = ?",
        params![state, next, error, ended, &id, mail.attempts],
    )?;
    if matches!(ending, Ending::Unreachable(_)) {
        let sql = "UPDATE mails SET next_try_at = ? WHERE state = 'waiting' AND next_try_at < ?";
        tx.execute(sql, params![next, next])?;
    }
    Ok(())
}

/// Lets everything that waits be tried at once: the settings changed.
///
/// # Errors
/// When the database fails.
pub fn hasten(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    tx.execute("UPDATE mails SET next_try_at = ? WHERE state = 'waiting'", params![now])
}

/// Lets a letter that was given up be tried again, until `expires_at`. Says whether it was one.
///
/// # Errors
/// When the database fails.
pub fn again(tx: &mut Tx<'_>, id: MailId, expires_at: Timestamp) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql =
        "UPDATE mails SET state = 'waiting', attempts = 0, next_try_at = ?, expires_at = ?, ended_at = NULL
               WHERE id = ? AND state IN ('failed', 'expired')";
    Ok(tx.execute(sql, params![now, expires_at.as_millisecond(), &id.to_string()])? > 0)
}

/// The last letters, the newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn latest(r: &mut Reader<'_>, limit: u16) -> Result<Vec<MailRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mails ORDER BY created_at DESC, id DESC LIMIT ?");
    r.query(&sql, params![i64::from(limit)], read)
}

/// How many letters stand in each state.
///
/// # Errors
/// When the database fails.
pub fn counts(r: &mut Reader<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "SELECT state, COUNT(*) FROM mails GROUP BY state ORDER BY state";
    r.query(sql, &[], |row| Ok((row.string(0)?, row.integer(1)?)))
}

/// Forgets letters that ended before an instant. Says how many.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM mails WHERE ended_at < ?", params![before.as_millisecond()])
}
