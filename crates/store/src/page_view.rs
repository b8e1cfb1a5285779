//! Views of pages of the public site, by day and part. Counts of a day that is not over are no business data yet; when it
//! is closed they are written into the ledger, and figures read closed days only.

use std::collections::BTreeMap;

use domain::page_view::Part;
use domain::period::Period;
use domain::time::Day;
use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::ledger::{self, Change};
use crate::sql::params;
use crate::{Reader, StoreError, Tx};

const SUBJECT: &str = "page_views";

/// A closed day as the ledger has it.
#[derive(Debug, Serialize, Deserialize)]
struct Closed {
    day: Day,
    parts: BTreeMap<String, i64>,
}

/// Notes that pages are counted on a day, and adds views to it. A day that is closed takes no more: says whether the
/// views were added.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut Tx<'_>, day: Day, views: &[(Part, u64)]) -> Result<bool, StoreError> {
    tx.execute(
        "INSERT INTO page_view_days (day, is_closed) VALUES (?, ?) ON CONFLICT (day) DO NOTHING",
        params![day, false],
    )?;
    if is_closed(tx, day)? {
        return Ok(false);
    }
    for (part, count) in views.iter().filter(|(_, count)| *count > 0) {
        tx.execute(
            "INSERT INTO page_views (day, part, views) VALUES (?, ?, ?)
             ON CONFLICT (day, part) DO UPDATE SET views = page_views.views + excluded.views",
            params![day, part.word(), i64::try_from(*count).unwrap_or(i64::MAX)],
        )?;
    }
    Ok(true)
}

fn is_closed(r: &mut Reader<'_>, day: Day) -> Result<bool, StoreError> {
    let found =
        r.query_opt("SELECT is_closed FROM page_view_days WHERE day = ?", params![day], |row| row.bool(0))?;
    Ok(found == Some(true))
}

/// Closes the days before this one: each is written into the ledger once. Gives how many.
///
/// # Errors
/// When the database fails.
pub fn close_before(tx: &mut Tx<'_>, today: Day) -> Result<usize, StoreError> {
    let sql = "SELECT day FROM page_view_days WHERE is_closed = ? AND day < ? ORDER BY day";
    let days: Vec<Day> = tx.query(sql, params![false, today], |row| row.parse(0))?;
    for day in &days {
        let sql = "SELECT part, views FROM page_views WHERE day = ?";
        let parts = tx.query(sql, params![*day], |row| Ok((row.string(0)?, row.integer(1)?)))?;
        tx.execute("UPDATE page_view_days SET is_closed = ? WHERE day = ?", params![true, *day])?;
        let content = canonical(&Closed { day: *day, parts: parts.into_iter().collect() })?;
        let subject = day.to_string();
        let change = Change {
            kind: "page_views.counted",
            subject_kind: SUBJECT,
            subject: &subject,
            after: Some(&content),
        };
        tx.record(change)?;
    }
    Ok(days.len())
}

/// Views of all parts on the closed days of a period; a day that was not counted is missing.
///
/// # Errors
/// When the database fails.
pub fn by_day(r: &mut Reader<'_>, period: Period) -> Result<BTreeMap<Day, u64>, StoreError> {
    let sql = "SELECT d.day, CAST(COALESCE((SELECT SUM(v.views) FROM page_views v WHERE v.day = d.day), 0) AS BIGINT)
         FROM page_view_days d WHERE d.is_closed = ? AND d.day >= ? AND d.day <= ?";
    let days = r.query(sql, params![true, period.first(), period.last()], |row| {
        Ok((row.parse(0)?, u64::try_from(row.integer(1)?).unwrap_or(0)))
    })?;
    Ok(days.into_iter().collect())
}

/// The same from the ledger alone, of all days that were closed at an entry.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn by_day_at(r: &mut Reader<'_>, sequence: i64) -> Result<BTreeMap<Day, u64>, StoreError> {
    let mut days = BTreeMap::new();
    ledger::contents_at(r, sequence, SUBJECT, |subject, content| {
        let closed: Closed = serde_json::from_str(content)
            .map_err(|_| StoreError::corrupt("revisions.content", format!("{SUBJECT} {subject}")))?;
        let views: i64 = closed.parts.values().sum();
        days.insert(closed.day, u64::try_from(views).unwrap_or(0));
        Ok(())
    })?;
    Ok(days)
}

/// The first and the last day on which pages were counted.
///
/// # Errors
/// When the database fails.
pub fn days(r: &mut Reader<'_>) -> Result<Option<(Day, Day)>, StoreError> {
    let mut one = |order: &str| {
        let sql = format!("SELECT day FROM page_view_days ORDER BY day {order} LIMIT 1");
        r.query_opt(&sql, &[], |row| row.parse(0))
    };
    Ok(one("ASC")?.zip(one("DESC")?))
}
