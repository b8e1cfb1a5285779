//! Settings of the installation, by key.

use crate::ledger::{self, Change};
use crate::sql::params;
use crate::{Reader, StoreError, Tx};

/// A setting as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRow {
    /// Its key.
    pub key: String,
    /// Its value; its form is the business of who reads it.
    pub value: String,
    /// Counts edits, from 1.
    pub version: i64,
}

/// The value of a setting.
///
/// # Errors
/// When the database fails.
pub fn get(r: &mut Reader<'_>, key: &str) -> Result<Option<String>, StoreError> {
    r.query_opt("SELECT value FROM settings WHERE key = ?", params![key], |row| row.string(0))
}

/// The value of a setting as it stood at an entry of the ledger.
///
/// # Errors
/// When the database fails or the revision cannot be read.
pub fn get_at(r: &mut Reader<'_>, key: &str, sequence: i64) -> Result<Option<String>, StoreError> {
    let history = ledger::history(r, "setting", key)?;
    let last = history.into_iter().rev().find(|(entry, _)| entry.sequence <= sequence);
    let read = |content: String| {
        serde_json::from_str(&content)
            .map_err(|_| StoreError::corrupt("revisions.content", format!("setting {key}")))
    };
    last.and_then(|(_, content)| content).map(read).transpose()
}

/// All settings, by key.
///
/// # Errors
/// When the database fails.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<SettingRow>, StoreError> {
    r.query("SELECT key, value, version FROM settings ORDER BY key", &[], |row| {
        Ok(SettingRow { key: row.string(0)?, value: row.string(1)?, version: row.integer(2)? })
    })
}

/// Sets a setting; the same value again changes nothing.
///
/// # Errors
/// When the database fails.
pub fn set(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    if get(tx, key)?.as_deref() == Some(value) {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO settings (key, value, version) VALUES (?, ?, 1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = settings.version + 1",
        params![key, value],
    )?;
    let after = serde_json::Value::from(value).to_string();
    tx.record(Change { kind: "setting.set", subject_kind: "setting", subject: key, after: Some(&after) })
        .map(drop)
}
