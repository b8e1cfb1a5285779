//! What cases with a number and a code of their own page have in common, whatever their table is called.

use domain::id::UnitId;

use crate::sql::params;
use crate::{Reader, StoreError};

/// Whether a code with this digest was given out and another one stands in its place.
pub(crate) fn is_replaced(r: &mut Reader<'_>, table: &str, code_hash: &str) -> Result<bool, StoreError> {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE replaced_code_hash = ?");
    Ok(r.query_one(&sql, params![code_hash], |row| row.integer(0))? > 0)
}

/// How many cases of an office have a number of this year; the next one gets one more.
pub(crate) fn numbered(r: &mut Reader<'_>, table: &str, unit: UnitId, year: i16) -> Result<i64, StoreError> {
    r.query_one(
        &format!("SELECT COUNT(*) FROM {table} WHERE unit_id = ? AND number LIKE ?"),
        params![&unit.to_string(), &format!("%/{year}")],
        |row| row.integer(0),
    )
}
