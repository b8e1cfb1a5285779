//! What became of links to other sites: found out again at any time, so no business data and no ledger entries.

use domain::time::Timestamp;

use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A link that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLink {
    /// Where it leads.
    pub url: String,
    /// When it was asked last.
    pub checked_at: Timestamp,
    /// Since when it leads nowhere each time; none when it led somewhere last.
    pub failing_since: Option<Timestamp>,
    /// What became of it: a word of who asked.
    pub answer: String,
}

fn read(row: &Row<'_>) -> Result<OutsideLink, StoreError> {
    Ok(OutsideLink {
        url: row.string(0)?,
        checked_at: row.instant(1)?,
        failing_since: row.opt_instant(2)?,
        answer: row.string(3)?,
    })
}

/// All of them, by address.
///
/// # Errors
/// When the database fails.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<OutsideLink>, StoreError> {
    r.query("SELECT url, checked_at, failing_since, answer FROM outside_links ORDER BY url", &[], read)
}

/// Keeps what became of a link, in place of what was kept before.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, row: &OutsideLink) -> Result<(), StoreError> {
    let failing_since = row.failing_since.map(Timestamp::as_millisecond);
    tx.execute(
        "INSERT INTO outside_links (url, checked_at, failing_since, answer) VALUES (?, ?, ?, ?)
         ON CONFLICT (url) DO UPDATE SET checked_at = excluded.checked_at,
         failing_since = excluded.failing_since, answer = excluded.answer",
        params![&row.url, row.checked_at.as_millisecond(), failing_since, &row.answer],
    )
    .map(drop)
}

/// Forgets a link that stands nowhere any more.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, url: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM outside_links WHERE url = ?", params![url]).map(drop)
}
