//! How often something was tried, and forms that count once. Not business data: no ledger entries.

use domain::time::Timestamp;

use crate::sql::params;
use crate::{Reader, StoreError, Tx};

/// Counts one try in a bucket (`sign_in:account`, `sign_in:address`) and the window that began at
/// `window_start`; gives the number of tries with this one.
///
/// # Errors
/// When the database fails.
pub fn count_up(tx: &mut Tx<'_>, bucket: &str, window_start: Timestamp) -> Result<i64, StoreError> {
    tx.query_one(
        "INSERT INTO attempts (bucket, window_start, tries) VALUES (?, ?, 1)
         ON CONFLICT (bucket, window_start) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries",
        params![bucket, window_start.as_millisecond()],
        |row| row.integer(0),
    )
}

/// Adds so much to a bucket and the window that began at `window_start`: bytes, where tries are not what is counted.
///
/// # Errors
/// When the database fails.
pub fn count_up_by(
    tx: &mut Tx<'_>,
    bucket: &str,
    window_start: Timestamp,
    more: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO attempts (bucket, window_start, tries) VALUES (?, ?, ?)
         ON CONFLICT (bucket, window_start) DO UPDATE SET tries = attempts.tries + excluded.tries",
        params![bucket, window_start.as_millisecond(), more],
    )
    .map(drop)
}

/// The tries in a bucket in all windows that began at `since` or later.
///
/// # Errors
/// When the database fails.
pub fn tries(r: &mut Reader<'_>, bucket: &str, since: Timestamp) -> Result<i64, StoreError> {
    r.query_one(
        "SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT) FROM attempts WHERE bucket = ? AND window_start >= ?",
        params![bucket, since.as_millisecond()],
        |row| row.integer(0),
    )
}

/// Forgets the tries in a bucket.
///
/// # Errors
/// When the database fails.
pub fn clear(tx: &mut Tx<'_>, bucket: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM attempts WHERE bucket = ?", params![bucket]).map(drop)
}

/// Forgets tries and one-time keys from before an instant.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), StoreError> {
    tx.execute("DELETE FROM attempts WHERE window_start < ?", params![before.as_millisecond()])?;
    tx.execute("DELETE FROM one_time_keys WHERE created_at < ?", params![before.as_millisecond()]).map(drop)
}

/// Uses a one-time key of a form. The first use keeps `result_url` and gives none; every later one gives what the
/// first kept, and the caller sends the person there without doing anything.
///
/// # Errors
/// When the database fails.
pub fn use_key(
    tx: &mut Tx<'_>,
    key: &str,
    person: &str,
    result_url: &str,
) -> Result<Option<String>, StoreError> {
    let now = tx.now_ms();
    let first = tx.execute(
        "INSERT INTO one_time_keys (one_time_key, person_id, result_url, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (one_time_key, person_id) DO NOTHING",
        params![key, person, result_url, now],
    )?;
    if first > 0 { Ok(None) } else { key_result(tx, key, person) }
}

/// Where the form with this key led, when it was sent before.
///
/// # Errors
/// When the database fails.
pub fn key_result(r: &mut Reader<'_>, key: &str, person: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT result_url FROM one_time_keys WHERE one_time_key = ? AND person_id = ?";
    r.query_opt(sql, params![key, person], |row| row.string(0))
}
