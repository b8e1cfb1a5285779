//! The living schema, read from the database: what tables there are and what their columns hold.

use super::{Connection, Flow, Kind};
use crate::StoreError;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty.
    pub is_nullable: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of their making.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// The other sets of columns that are unique, sorted.
    pub unique: Vec<Vec<String>>,
}

/// All tables but the list of migrations, by name.
pub(crate) fn tables(connection: &mut Connection) -> Result<Vec<Table>, StoreError> {
    let names = texts(
        connection,
        if connection.is_postgres() {
            "SELECT CAST(table_name AS TEXT) COLLATE \"C\" AS name FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY name"
        } else {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        },
        &[],
    )?;
    let mut tables = Vec::new();
    for name in names.into_iter().filter(|name| name != "schema_migrations") {
        let table = if connection.is_postgres() {
            of_postgres(connection, name)?
        } else {
            of_sqlite(connection, name)?
        };
        tables.push(table);
    }
    Ok(tables)
}

fn texts(
    connection: &mut Connection,
    sql: &str,
    params: &[super::Param<'_>],
) -> Result<Vec<String>, StoreError> {
    let mut out = Vec::new();
    connection.each(sql, params, &mut |row| {
        out.push(row.string(0)?);
        Ok(Flow::Continue(()))
    })?;
    Ok(out)
}

fn kind(column: &str, word: &str) -> Result<Kind, StoreError> {
    match word {
        "TEXT" | "text" => Ok(Kind::Text),
        "BIGINT" | "INTEGER" | "bigint" => Ok(Kind::Integer),
        "BOOLEAN" | "boolean" => Ok(Kind::Bool),
        "BLOB" | "bytea" => Ok(Kind::Bytes),
        other => Err(StoreError::corrupt(column, format!("column of type {other}"))),
    }
}

fn of_sqlite(connection: &mut Connection, name: String) -> Result<Table, StoreError> {
    let mut columns = Vec::new();
    let mut key = Vec::new();
    let sql = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid";
    connection.each(sql, super::params![&name], &mut |row| {
        let column = row.string(0)?;
        let place = row.integer(3)?;
        if place > 0 {
            key.push((place, column.clone()));
        }
        let is_nullable = row.integer(2)? == 0 && place == 0;
        columns.push(Column { kind: kind(&column, row.text(1)?)?, name: column, is_nullable });
        Ok(Flow::Continue(()))
    })?;
    key.sort();
    let indexes = texts(
        connection,
        "SELECT name FROM pragma_index_list(?) WHERE \"unique\" = 1 AND origin <> 'pk'",
        super::params![&name],
    )?;
    let mut unique = Vec::new();
    for index in indexes {
        let sql = "SELECT name FROM pragma_index_info(?) ORDER BY seqno";
        unique.push(texts(connection, sql, super::params![&index])?);
    }
    unique.sort();
    Ok(Table { name, columns, key: key.into_iter().map(|(_, column)| column).collect(), unique })
}

fn of_postgres(connection: &mut Connection, name: String) -> Result<Table, StoreError> {
    let mut columns = Vec::new();
    let sql = "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT), CAST(is_nullable AS TEXT)
               FROM information_schema.columns
               WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position";
    connection.each(sql, super::params![&name], &mut |row| {
        let column = row.string(0)?;
        columns.push(Column {
            kind: kind(&column, row.text(1)?)?,
            name: column,
            is_nullable: row.text(2)? == "YES",
        });
        Ok(Flow::Continue(()))
    })?;
    let mut key = Vec::new();
    let mut unique = Vec::new();
    let sql = "SELECT i.indisprimary, string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.place)
               FROM pg_index i
               JOIN pg_class t ON t.oid = i.indrelid
               CROSS JOIN LATERAL unnest(CAST(i.indkey AS SMALLINT[])) WITH ORDINALITY AS k (number, place)
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
               WHERE i.indisunique AND t.relnamespace = CAST(current_schema() AS REGNAMESPACE)
                 AND CAST(t.relname AS TEXT) = ?
               GROUP BY i.indexrelid, i.indisprimary";
    connection.each(sql, super::params![&name], &mut |row| {
        let set: Vec<String> = row.text(1)?.split(',').map(str::to_owned).collect();
        if row.bool(0)? {
            key = set;
        } else {
            unique.push(set);
        }
        Ok(Flow::Continue(()))
    })?;
    unique.sort();
    Ok(Table { name, columns, key, unique })
}
