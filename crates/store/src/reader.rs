//! What reads: one snapshot, by statements that stand in this crate.

use crate::StoreError;
use crate::sql::{Connection, Flow, Param, Row};

/// A snapshot of the database. Query functions of this crate take it.
pub struct Reader<'c> {
    pub(crate) connection: &'c mut Connection,
    failed: bool,
    storage_failure: Option<String>,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(connection: &'c mut Connection) -> Reader<'c> {
        Reader { connection, failed: false, storage_failure: None }
    }

    /// Whether a statement failed: PostgreSQL then refuses every next one, so SQLite does here too.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    /// What the storage itself failed with, when it did.
    pub(crate) fn take_storage_failure(&mut self) -> Option<String> {
        self.storage_failure.take()
    }

    pub(crate) fn guarded<T>(
        &mut self,
        run: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.failed {
            return Err(StoreError::Aborted);
        }
        let result = run(self.connection);
        if let Err(error) = &result {
            self.failed = true;
            if let StoreError::Fenced(why) = error {
                self.storage_failure = Some(why.clone());
            }
        }
        result
    }

    /// Every row of a query.
    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(read(row)?);
            Ok(Flow::Continue(()))
        })?;
        Ok(out)
    }

    /// The one row of a query, or none. Two are an error.
    pub(crate) fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut out = None;
        self.each(sql, params, |row| {
            if out.is_some() {
                return Err(StoreError::Database("found twice what exists once".into()));
            }
            out = Some(read(row)?);
            Ok(Flow::Continue(()))
        })?;
        Ok(out)
    }

    /// The one row of a query that always has one: a count.
    pub(crate) fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.query_opt(sql, params, read)?
            .ok_or_else(|| StoreError::Database("a query that always has a row had none".into()))
    }

    /// Each row of a query in turn, without holding them.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<Flow, StoreError>,
    ) -> Result<(), StoreError> {
        self.guarded(|connection| connection.each(sql, params, &mut each))
    }
}
