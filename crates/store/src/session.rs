//! Who is signed in. Not business data: no ledger entries. Only the digest of a token is ever stored.

use domain::id::PersonId;
use domain::time::Timestamp;

use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The digest of the token.
    pub token_hash: String,
    /// Whose it is.
    pub person: PersonId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When the person last proved to be the person (password, second factor).
    pub proved_at: Option<Timestamp>,
    /// The browser, as it names itself.
    pub user_agent: String,
}

const SELECT: &str = "SELECT token_hash, person_id, created_at, seen_at, proved_at, user_agent FROM sessions";

fn read(row: &Row<'_>) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        token_hash: row.string(0)?,
        person: row.parse(1)?,
        created_at: row.instant(2)?,
        seen_at: row.instant(3)?,
        proved_at: row.opt_instant(4)?,
        user_agent: row.string(5)?,
    })
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, session: &SessionRow) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, proved_at, user_agent)
         VALUES (?, ?, ?, ?, ?, ?)",
        params![
            &session.token_hash,
            &session.person.to_string(),
            session.created_at.as_millisecond(),
            session.seen_at.as_millisecond(),
            session.proved_at.map(Timestamp::as_millisecond),
            &session.user_agent,
        ],
    )
    .map(drop)
}

/// The session with this digest of a token.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, token_hash: &str) -> Result<Option<SessionRow>, StoreError> {
    r.query_opt(&format!("{SELECT} WHERE token_hash = ?"), params![token_hash], read)
}

/// The sessions of a person, newest first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn of_person(r: &mut Reader<'_>, person: PersonId) -> Result<Vec<SessionRow>, StoreError> {
    let sql = format!("{SELECT} WHERE person_id = ? ORDER BY created_at DESC, token_hash LIMIT 200");
    r.query(&sql, params![&person.to_string()], read)
}

/// Notes that a session was used now.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", params![now, token_hash]).map(drop)
}

/// Notes that the person proved to be the person now.
///
/// # Errors
/// When the database fails.
pub fn prove(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    let now = tx.now_ms();
    tx.execute("UPDATE sessions SET proved_at = ? WHERE token_hash = ?", params![now, token_hash]).map(drop)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE token_hash = ?", params![token_hash]).map(drop)
}

/// Ends all sessions of a person but one (none: all). Says how many.
///
/// # Errors
/// When the database fails.
pub fn delete_of_person(tx: &mut Tx<'_>, person: PersonId, but: Option<&str>) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE person_id = ? AND token_hash <> ?",
        params![&person.to_string(), but.unwrap_or("")],
    )
}

/// Ends sessions last used before one instant or begun before another. Says how many.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, seen_before: Timestamp, begun_before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE seen_at < ? OR created_at < ?",
        params![seen_before.as_millisecond(), begun_before.as_millisecond()],
    )
}
