//! What the database holds, as data: the living tables and the class of each column.

use std::collections::BTreeMap;

use serde::Deserialize;

pub use crate::sql::{Column, Kind, Table};
use crate::{Database, StoreError, archive, migrate, sql};

/// Who may see what a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Anyone, once the thing is published.
    Public,
    /// People of the office.
    Internal,
    /// People with the right to see personal data; erased with the person.
    Personal,
    /// Nobody.
    Secret,
}

/// The class of each column, by table and column.
///
/// # Errors
/// When `columns.toml` is broken; a test reads it.
pub fn classes() -> Result<BTreeMap<String, BTreeMap<String, Class>>, StoreError> {
    toml::from_str(include_str!("../columns.toml"))
        .map_err(|error| StoreError::Database(format!("columns.toml: {error}")))
}

/// The tables as the database has them, by name.
///
/// # Errors
/// When the database fails or holds a column of a kind that is not ours.
pub fn living(db: &Database) -> Result<Vec<Table>, StoreError> {
    db.alone(sql::tables)
}

/// The tables in the order in which rows may be loaded.
pub fn load_order() -> Vec<&'static str> {
    archive::TABLES.iter().map(|table| table.name).collect()
}

/// The names of all migrations, in order.
pub fn migrations() -> Vec<&'static str> {
    migrate::ALL.iter().map(|migration| migration.name).collect()
}

/// Applies migrations up to a number, as an older program would have: for tests of upgrades.
///
/// # Errors
/// As [`Database::migrate`].
pub fn migrate_to(db: &Database, last: i64) -> Result<Vec<&'static str>, StoreError> {
    db.migrate_to(last)
}
