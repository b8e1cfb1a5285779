//! The seam: the only module that names a database driver.
//!
//! Statements stand in the dialect both databases share and use `?` for values; the seam numbers them for
//! PostgreSQL. Values are of five kinds. What truly differs is listed here and nowhere else: how a connection is
//! opened, how a snapshot begins, how migrators wait for each other, how the schema is read.

mod postgres;
mod schema;
mod sqlite;

use std::str::FromStr;

pub(crate) use postgres::Postgres;
pub(crate) use schema::tables;
pub use schema::{Column, Table};
pub(crate) use sqlite::Sqlite;

use crate::StoreError;

/// The kind of a value, also of a missing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Bool,
    /// Whole number, instant in milliseconds.
    Integer,
    /// Text, day, JSON, id, word.
    Text,
    /// Bytes.
    Bytes,
}

/// A value given to a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Param<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A legal day, stored as text `2026-07-01`.
    Day(domain::time::Day),
}

impl From<domain::time::Day> for Param<'_> {
    fn from(value: domain::time::Day) -> Self {
        Param::Day(value)
    }
}

impl From<bool> for Param<'_> {
    fn from(value: bool) -> Self {
        Param::Bool(value)
    }
}

impl From<i64> for Param<'_> {
    fn from(value: i64) -> Self {
        Param::Integer(value)
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(value: &'a str) -> Self {
        Param::Text(value)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(value: &'a String) -> Self {
        Param::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(value: &'a [u8]) -> Self {
        Param::Bytes(value)
    }
}

impl<'a, T> From<Option<T>> for Param<'a>
where
    Param<'a>: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Param::Null, Param::from)
    }
}

/// The values of a statement, in the order of its `?`.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Param::from($value)),*] };
}
pub(crate) use params;

/// A row while it is read: columns by number from 0, without copies between driver and caller.
pub(crate) enum Row<'a> {
    /// Of SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// Of PostgreSQL.
    Postgres(&'a ::postgres::Row),
}

impl Row<'_> {
    /// A text.
    pub(crate) fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(|| self.corrupt(column, "no value"))
    }

    /// A text or none.
    pub(crate) fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self {
            Row::Sqlite(row) => sqlite::text(row, column),
            Row::Postgres(row) => {
                row.try_get(column).map_err(|error| self.corrupt(column, &error.to_string()))
            }
        }
    }

    /// A copy of a text.
    pub(crate) fn string(&self, column: usize) -> Result<String, StoreError> {
        self.text(column).map(str::to_owned)
    }

    /// A copy of a text or none.
    pub(crate) fn opt_string(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.opt_text(column)?.map(str::to_owned))
    }

    /// A text read as something: an id, a day.
    pub(crate) fn parse<T: FromStr<Err: std::fmt::Display>>(&self, column: usize) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|error: T::Err| self.corrupt(column, &error.to_string()))
    }

    /// A text read as something, or none.
    pub(crate) fn opt_parse<T: FromStr<Err: std::fmt::Display>>(
        &self,
        column: usize,
    ) -> Result<Option<T>, StoreError> {
        self.opt_text(column)?
            .map(|text| text.parse().map_err(|error: T::Err| self.corrupt(column, &error.to_string())))
            .transpose()
    }

    /// A whole number.
    pub(crate) fn integer(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_integer(column)?.ok_or_else(|| self.corrupt(column, "no value"))
    }

    /// A whole number or none.
    pub(crate) fn opt_integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Row::Sqlite(row) => sqlite::integer(row, column),
            Row::Postgres(row) => {
                row.try_get(column).map_err(|error| self.corrupt(column, &error.to_string()))
            }
        }
    }

    /// True or false.
    pub(crate) fn bool(&self, column: usize) -> Result<bool, StoreError> {
        self.opt_bool(column)?.ok_or_else(|| self.corrupt(column, "no value"))
    }

    /// True, false or none.
    pub(crate) fn opt_bool(&self, column: usize) -> Result<Option<bool>, StoreError> {
        match self {
            Row::Sqlite(row) => Ok(sqlite::integer(row, column)?.map(|value| value != 0)),
            Row::Postgres(row) => {
                row.try_get(column).map_err(|error| self.corrupt(column, &error.to_string()))
            }
        }
    }

    /// Bytes or none.
    pub(crate) fn opt_bytes(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self {
            Row::Sqlite(row) => sqlite::bytes(row, column),
            Row::Postgres(row) => {
                row.try_get(column).map_err(|error| self.corrupt(column, &error.to_string()))
            }
        }
    }

    /// An instant.
    pub(crate) fn instant(&self, column: usize) -> Result<domain::time::Timestamp, StoreError> {
        let milliseconds = self.integer(column)?;
        domain::time::Timestamp::from_millisecond(milliseconds)
            .map_err(|error| self.corrupt(column, &error.to_string()))
    }

    /// An instant or none.
    pub(crate) fn opt_instant(&self, column: usize) -> Result<Option<domain::time::Timestamp>, StoreError> {
        self.opt_integer(column)?
            .map(domain::time::Timestamp::from_millisecond)
            .transpose()
            .map_err(|error| self.corrupt(column, &error.to_string()))
    }

    /// The error that says that the value of `column` cannot be read.
    pub(crate) fn corrupt(&self, column: usize, problem: &str) -> StoreError {
        let name = match self {
            Row::Sqlite(row) => row.as_ref().column_name(column).unwrap_or("?").to_owned(),
            Row::Postgres(row) => row.columns().get(column).map_or("?", |c| c.name()).to_owned(),
        };
        StoreError::corrupt(name, problem)
    }
}

/// Whether to read on.
pub(crate) type Flow = std::ops::ControlFlow<()>;

/// One connection to a database.
#[expect(clippy::large_enum_variant, reason = "a handful exist, each for the life of a pool")]
pub(crate) enum Connection {
    /// SQLite.
    Sqlite(Sqlite),
    /// PostgreSQL.
    Postgres(Postgres),
}

impl Connection {
    /// Runs a statement and gives each row to `each` until it breaks.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<Flow, StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.each(sql, params, each),
            Connection::Postgres(connection) => connection.each(sql, params, each),
        }
    }

    /// Runs a statement; says how many rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.execute(sql, params),
            Connection::Postgres(connection) => connection.execute(sql, params),
        }
    }

    /// Runs statements without values that are not worth remembering.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.batch(sql),
            Connection::Postgres(connection) => connection.batch(sql),
        }
    }

    /// Begins a snapshot for reading.
    pub(crate) fn begin_read(&mut self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.execute("BEGIN", &[]).map(drop),
            Connection::Postgres(connection) => {
                connection.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
        }
    }

    /// Begins a transaction that writes.
    pub(crate) fn begin_write(&mut self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.execute("BEGIN IMMEDIATE", &[]).map(drop),
            Connection::Postgres(connection) => connection.batch("BEGIN"),
        }
    }

    /// Ends the transaction and keeps it.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.execute("COMMIT", &[]).map(drop),
            Connection::Postgres(connection) => connection.batch("COMMIT"),
        }
    }

    /// Ends the transaction and forgets it; a transaction that is no more is no error.
    pub(crate) fn rollback(&mut self) {
        if self.in_transaction()
            && let Err(error) = self.batch("ROLLBACK")
        {
            tracing::warn!(%error, "a rollback failed");
        }
    }

    /// Whether a transaction is open. SQLite ends one by itself when the disk fails.
    pub(crate) fn in_transaction(&self) -> bool {
        match self {
            Connection::Sqlite(connection) => connection.in_transaction(),
            Connection::Postgres(connection) => !connection.is_closed(),
        }
    }

    /// Whether the connection is lost.
    pub(crate) fn is_closed(&self) -> bool {
        match self {
            Connection::Sqlite(_) => false,
            Connection::Postgres(connection) => connection.is_closed(),
        }
    }

    /// Makes migrators wait for each other until the end of the transaction.
    pub(crate) fn lock_migrations(&mut self) -> Result<(), StoreError> {
        match self {
            // BEGIN IMMEDIATE holds the one lock there is.
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(connection) => connection.batch("SELECT pg_advisory_xact_lock(7008420001)"),
        }
    }

    /// Asks the database to check itself; gives its complaints.
    pub(crate) fn integrity(&mut self) -> Result<Vec<String>, StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.integrity(),
            // PostgreSQL checks page checksums as it reads.
            Connection::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Empties the log of writes, where it is a file of ours; says whether it is empty.
    pub(crate) fn truncate_log(&mut self) -> Result<bool, StoreError> {
        match self {
            Connection::Sqlite(connection) => connection.truncate_log(),
            Connection::Postgres(_) => Ok(true),
        }
    }

    /// Whether this is PostgreSQL; for the choice of embedded migrations.
    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Connection::Postgres(_))
    }
}

/// `?, ?, ?`
pub(crate) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// `(?, ?), (?, ?)` for `rows` rows of `columns` values.
pub(crate) fn value_rows(rows: usize, columns: usize) -> String {
    let row = format!("({})", marks(columns));
    vec![row.as_str(); rows].join(", ")
}
