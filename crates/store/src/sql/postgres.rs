//! PostgreSQL behind the seam: numbered values, prepared statements kept per connection.

use std::collections::HashMap;
use std::error::Error;

use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use ::postgres::{Client, NoTls, Statement};

use super::{Flow, Param, Row};
use crate::StoreError;

/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;

/// A connection to a PostgreSQL database.
pub(crate) struct Postgres {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Postgres {
    /// Connects.
    pub(crate) fn open(url: &str) -> Result<Postgres, StoreError> {
        let mut client =
            Client::connect(url, NoTls).map_err(|error| StoreError::Unavailable(words(&error)))?;
        client
            .batch_execute(
                "SET synchronous_commit = on; SET timezone = 'UTC'; SET client_min_messages = error;
                 SET standard_conforming_strings = on; SET lock_timeout = '60s'",
            )
            .map_err(|error| explain(&error))?;
        Ok(Postgres { client, statements: HashMap::new() })
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered(sql)).map_err(|error| explain(&error))?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<Flow, StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.prepared(sql)?;
        let mut rows = self.client.query_raw(&statement, params).map_err(|error| explain(&error))?;
        while let Some(row) = rows.next().map_err(|error| explain(&error))? {
            if each(&Row::Postgres(&row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        let mut values: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(params.len());
        for param in params {
            values.push(param);
        }
        self.client.execute(&statement, &values).map_err(|error| explain(&error))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).map_err(|error| explain(&error))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }
}

/// `a = ? AND b = ?` → `a = $1 AND b = $2`. Our statements have no `?` inside quotes.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    for (index, part) in sql.split('?').enumerate() {
        if index > 0 {
            out.push('$');
            out.push_str(&index.to_string());
        }
        out.push_str(part);
    }
    out
}

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Bool(value) => value.to_sql_checked(ty, out),
            Param::Integer(value) => value.to_sql_checked(ty, out),
            Param::Text(text) => text.to_sql_checked(ty, out),
            Param::Day(day) => day.to_string().as_str().to_sql_checked(ty, out),
            Param::Bytes(bytes) => bytes.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Each kind checks the type of its column when it is written.
        true
    }

    to_sql_checked!();
}

fn words(error: &::postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || match error.source() {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
        |db| db.message().to_owned(),
    )
}

/// Maps what PostgreSQL says to what the store says.
fn explain(error: &::postgres::Error) -> StoreError {
    let text = words(error);
    let Some(code) = error.code() else {
        return if error.is_closed() { StoreError::Unavailable(text) } else { StoreError::Database(text) };
    };
    match *code {
        SqlState::UNIQUE_VIOLATION => StoreError::Unique(text),
        SqlState::FOREIGN_KEY_VIOLATION => StoreError::Dangling(text),
        SqlState::DISK_FULL | SqlState::OUT_OF_MEMORY => StoreError::Full,
        SqlState::IO_ERROR | SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StoreError::Fenced(text),
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            StoreError::Unavailable(text)
        }
        SqlState::LOCK_NOT_AVAILABLE => StoreError::Unavailable(text),
        _ => StoreError::Database(text),
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn question_marks_are_numbered_in_order() {
        assert_eq!(numbered("a = ? AND b IN (?, ?)"), "a = $1 AND b IN ($2, $3)");
        assert_eq!(numbered("SELECT 1"), "SELECT 1");
    }
}
