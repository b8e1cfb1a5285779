//! SQLite behind the seam: WAL, FULL sync, foreign keys; one file, several connections.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql};

use super::{Flow, Param, Row};
use crate::StoreError;

/// How long a connection waits for another process before it gives up.
const BUSY: Duration = Duration::from_secs(20);

/// How long emptying the log waits for a reader.
const BRIEFLY: Duration = Duration::from_secs(1);

/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;

/// A connection to a SQLite file.
pub(crate) struct Sqlite {
    connection: rusqlite::Connection,
}

impl Sqlite {
    /// Opens the file for writing, and makes it when it does not exist.
    pub(crate) fn open_writer(path: &Path) -> Result<Sqlite, StoreError> {
        let connection = rusqlite::Connection::open(path).map_err(explain)?;
        connection.busy_timeout(BUSY).map_err(explain)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;
                 PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON;",
            )
            .map_err(explain)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Sqlite { connection })
    }

    /// Opens the file for reading.
    pub(crate) fn open_reader(path: &Path) -> Result<Sqlite, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(explain)?;
        connection.busy_timeout(BUSY).map_err(explain)?;
        connection
            .execute_batch(
                "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8000;
                 PRAGMA temp_store = MEMORY;",
            )
            .map_err(explain)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Sqlite { connection })
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<Flow, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(explain)?;
        for (index, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, param).map_err(explain)?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(explain)? {
            if each(&Row::Sqlite(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(explain)?;
        for (index, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, param).map_err(explain)?;
        }
        let changed = statement.raw_execute().map_err(explain)?;
        Ok(changed as u64)
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(explain)
    }

    pub(super) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// Brings the log into the file and cuts it to nothing. A reader that is at work keeps it for now.
    pub(super) fn truncate_log(&mut self) -> Result<bool, StoreError> {
        // Writers wait as long as this waits for a reader.
        self.connection.busy_timeout(BRIEFLY).map_err(explain)?;
        let mut done = false;
        let result = self.each("PRAGMA wal_checkpoint(TRUNCATE)", &[], &mut |row| {
            done = row.integer(0)? == 0;
            Ok(Flow::Continue(()))
        });
        self.connection.busy_timeout(BUSY).map_err(explain)?;
        result.map(|()| done)
    }

    pub(super) fn integrity(&mut self) -> Result<Vec<String>, StoreError> {
        let mut complaints = Vec::new();
        self.each("PRAGMA integrity_check(20)", &[], &mut |row| {
            if row.text(0)? != "ok" {
                complaints.push(row.string(0)?);
            }
            Ok(Flow::Continue(()))
        })?;
        self.each("PRAGMA foreign_key_check", &[], &mut |row| {
            complaints.push(format!("a row of {} refers to a missing row of {}", row.text(0)?, row.text(2)?));
            Ok(Flow::Continue(()))
        })?;
        Ok(complaints)
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Param::Day(day) => return Ok(ToSqlOutput::Owned(day.to_string().into())),
            Param::Null => ValueRef::Null,
            Param::Bool(value) => ValueRef::Integer(i64::from(value)),
            Param::Integer(value) => ValueRef::Integer(value),
            Param::Text(text) => ValueRef::Text(text.as_bytes()),
            Param::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

pub(super) fn text<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<Option<&'r str>, StoreError> {
    let value = row.get_ref(column).map_err(explain)?;
    value.as_str_or_null().map_err(|error| unreadable(row, column, &error))
}

pub(super) fn integer(row: &rusqlite::Row<'_>, column: usize) -> Result<Option<i64>, StoreError> {
    let value = row.get_ref(column).map_err(explain)?;
    value.as_i64_or_null().map_err(|error| unreadable(row, column, &error))
}

pub(super) fn bytes<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<Option<&'r [u8]>, StoreError> {
    let value = row.get_ref(column).map_err(explain)?;
    value.as_blob_or_null().map_err(|error| unreadable(row, column, &error))
}

fn unreadable(row: &rusqlite::Row<'_>, column: usize, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::corrupt(row.as_ref().column_name(column).unwrap_or("?"), error)
}

/// Maps what SQLite says to what the store says.
fn explain(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, message) = &error else {
        return StoreError::Database(error.to_string());
    };
    let text = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            StoreError::Fenced(text)
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen => {
            StoreError::Unavailable(text)
        }
        ErrorCode::ConstraintViolation => match failure.extended_code {
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                StoreError::Unique(text)
            }
            rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Dangling(text),
            _ => StoreError::Database(text),
        },
        _ => StoreError::Database(text),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bundled_library_is_new_enough() {
        assert!(
            rusqlite::version_number() >= 3_051_003,
            "SQLite {} is older than 3.51.3",
            rusqlite::version()
        );
    }
}
