//! What the register of statements says on a subject.

use domain::id::RecordId;
use domain::register::{Record, Register};

use super::{escape_like, find};
use crate::sql::Param;
use crate::{Reader, StoreError};

/// How many of the last lines are compared with a subject.
const LOOKED_AT: u16 = 3_000;

/// Lines of the register of statements that share words with a subject, those with the most first, then the latest: half
/// of the words at least, and two; only so many of the last lines are looked at.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn statements_about(r: &mut Reader<'_>, words: &[String], limit: u16) -> Result<Vec<Record>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let least = words.len().div_ceil(2).max(2).min(words.len());
    let shares = vec!["CASE WHEN search_text LIKE ? ESCAPE '\\' THEN 1 ELSE 0 END"; words.len()].join(" + ");
    let patterns: Vec<String> = words.iter().map(|word| format!("%{}%", escape_like(word))).collect();
    let values: Vec<Param<'_>> = patterns.iter().map(|pattern| Param::Text(pattern)).collect();
    let sql = format!(
        "SELECT id FROM (
             SELECT id, held_on, {shares} AS shared FROM (
                 SELECT id, held_on, search_text FROM statements ORDER BY held_on DESC, id DESC LIMIT {LOOKED_AT}
             ) AS latest
         ) AS ranked WHERE shared >= {least} ORDER BY shared DESC, held_on DESC, id DESC LIMIT {limit}"
    );
    let ids: Vec<RecordId> = r.query(&sql, &values, |row| row.parse(0))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(r, Register::Statements, id)?.map(|stored| stored.record));
    }
    Ok(found)
}
