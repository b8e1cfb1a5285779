//! Copying a whole installation from one database to another: SQLite to PostgreSQL and back.

use super::backup::TableSum;
use super::rows::{Loader, each_row, empty, in_order, in_transaction, sum};
use crate::blob::{self, Blobs};
use crate::sql::Table;
use crate::{Database, Reader, StoreError};

/// Copies every row from one snapshot of `from` into `to`, which must be migrated and empty; then reads both
/// again and compares counts and digests table by table. `progress` hears table and number of rows done.
///
/// # Errors
/// When `to` is not empty or at another migration, a database fails, or a comparison does (then `to` must not be
/// used).
pub fn copy(
    from: &Database,
    to: &Database,
    mut progress: impl FnMut(&str, u64),
) -> Result<Vec<TableSum>, StoreError> {
    from.check_migrated()?;
    to.check_migrated()?;
    from.read(|r| {
        let tables = in_order(r.connection)?;
        to.alone(|connection| {
            let theirs = in_order(connection)?;
            in_transaction(connection, |connection| {
                empty(connection, &theirs)?;
                for table in &tables {
                    let mut loader = Loader::new(table);
                    let mut done = 0;
                    each_row(r, table, |cells| {
                        done += 1;
                        if done % 1_000 == 0 {
                            progress(&table.name, done);
                        }
                        loader.add(connection, cells)
                    })?;
                    loader.flush(connection)?;
                    progress(&table.name, done);
                }
                Ok(())
            })
        })?;
        to.read(|other| compare(r, other, &tables))
    })
}

fn compare(
    r: &mut Reader<'_>,
    other: &mut Reader<'_>,
    tables: &[Table],
) -> Result<Vec<TableSum>, StoreError> {
    let mut sums = Vec::with_capacity(tables.len());
    for table in tables {
        let (here, there) = (sum(r, table)?, sum(other, table)?);
        if here != there {
            return Err(StoreError::Database(format!(
                "{} differs after copying: {} rows with digest {} here, {} with {} there",
                table.name, here.0, here.1, there.0, there.1
            )));
        }
        sums.push(TableSum {
            name: table.name.clone(),
            columns: table.columns.iter().map(|column| column.name.clone()).collect(),
            rows: here.0,
            digest: here.1,
        });
    }
    Ok(sums)
}

/// Copies the files the database names; each is checked against its digest. Says how many.
///
/// # Errors
/// [`StoreError::Blob`] for a missing or changed file; when a place fails.
pub fn copy_blobs(
    db: &Database,
    from: &Blobs,
    to: &Blobs,
    mut progress: impl FnMut(u64, u64),
) -> Result<u64, StoreError> {
    let rows = db.read(blob::all)?;
    let total = rows.len() as u64;
    for (done, row) in rows.iter().enumerate() {
        to.put(from.get(&row.digest)?)?;
        progress(done as u64 + 1, total);
    }
    Ok(total)
}
