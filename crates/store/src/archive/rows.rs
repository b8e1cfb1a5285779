//! Rows as they travel: read from one database, written as JSON lines, put into another.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::TABLES;
use crate::sql::{Connection, Flow, Kind, Param, Row, Table, tables, value_rows};
use crate::{Reader, StoreError};

/// Tables that hold one row from their making on.
const HEADS: [&str; 2] = ["ledger_head", "security_head"];

/// Rows in one insert.
const CHUNK: usize = 200;

/// A value on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    fn read(row: &Row<'_>, column: usize, kind: Kind) -> Result<Cell, StoreError> {
        Ok(match kind {
            Kind::Bool => row.opt_bool(column)?.map_or(Cell::Null, Cell::Bool),
            Kind::Integer => row.opt_integer(column)?.map_or(Cell::Null, Cell::Integer),
            Kind::Text => row.opt_string(column)?.map_or(Cell::Null, Cell::Text),
            Kind::Bytes => row.opt_bytes(column)?.map_or(Cell::Null, |bytes| Cell::Bytes(bytes.to_vec())),
        })
    }

    fn to_json(&self) -> Value {
        match self {
            Cell::Null => Value::Null,
            Cell::Bool(value) => (*value).into(),
            Cell::Integer(value) => (*value).into(),
            Cell::Text(text) => text.as_str().into(),
            Cell::Bytes(bytes) => hex::encode(bytes).into(),
        }
    }

    fn from_json(json: &Value, kind: Kind) -> Option<Cell> {
        Some(match (json, kind) {
            (Value::Null, _) => Cell::Null,
            (Value::Bool(value), Kind::Bool) => Cell::Bool(*value),
            (Value::Number(value), Kind::Integer) => Cell::Integer(value.as_i64()?),
            (Value::String(text), Kind::Text) => Cell::Text(text.clone()),
            (Value::String(text), Kind::Bytes) => Cell::Bytes(hex::decode(text).ok()?),
            _ => return None,
        })
    }

    fn param(&self) -> Param<'_> {
        match self {
            Cell::Null => Param::Null,
            Cell::Bool(value) => Param::Bool(*value),
            Cell::Integer(value) => Param::Integer(*value),
            Cell::Text(text) => Param::Text(text),
            Cell::Bytes(bytes) => Param::Bytes(bytes),
        }
    }
}

/// The line of a row: a JSON list in the order of the columns, bytes as hexadecimal signs, no line end.
pub(super) fn line(cells: &[Cell]) -> String {
    Value::Array(cells.iter().map(Cell::to_json).collect()).to_string()
}

/// Reads a line.
pub(super) fn cells(table: &Table, line: &str) -> Result<Vec<Cell>, StoreError> {
    let bad = || StoreError::BadBackup(format!("an unreadable line of {}", table.name));
    let json: Vec<Value> = serde_json::from_str(line).map_err(|_| bad())?;
    if json.len() != table.columns.len() {
        return Err(bad());
    }
    json.iter()
        .zip(&table.columns)
        .map(|(value, column)| Cell::from_json(value, column.kind).ok_or_else(bad))
        .collect()
}

/// The tables of a database in the order of loading.
pub(super) fn in_order(connection: &mut Connection) -> Result<Vec<Table>, StoreError> {
    let mut living = tables(connection)?;
    let mut out = Vec::with_capacity(living.len());
    for walked in TABLES {
        if let Some(at) = living.iter().position(|table| table.name == walked.name) {
            out.push(living.swap_remove(at));
        }
    }
    match living.first() {
        None => Ok(out),
        Some(table) => Err(StoreError::Database(format!("the table {} is not ours", table.name))),
    }
}

/// Gives each row of a table, in the order of its key.
pub(super) fn each_row(
    r: &mut Reader<'_>,
    table: &Table,
    mut each: impl FnMut(Vec<Cell>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {} FROM {} ORDER BY {}", columns(table), table.name, table.key.join(", "));
    r.each(&sql, &[], |row| {
        let cells: Result<Vec<Cell>, StoreError> = table
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| Cell::read(row, index, column.kind))
            .collect();
        each(cells?)?;
        Ok(Flow::Continue(()))
    })
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Counts rows and digests their lines.
#[derive(Default)]
pub(super) struct Sum {
    rows: u64,
    hasher: Sha256,
}

impl Sum {
    pub(super) fn add(&mut self, line: &str) {
        self.rows += 1;
        self.hasher.update(line.as_bytes());
        self.hasher.update(b"\n");
    }

    pub(super) fn end(self) -> (u64, String) {
        (self.rows, hex::encode(self.hasher.finalize()))
    }
}

/// Count and digest of a table.
pub(super) fn sum(r: &mut Reader<'_>, table: &Table) -> Result<(u64, String), StoreError> {
    let mut sum = Sum::default();
    each_row(r, table, |cells| {
        sum.add(&line(&cells));
        Ok(())
    })?;
    Ok(sum.end())
}

/// Puts rows into a table, many per statement.
pub(super) struct Loader<'t> {
    table: &'t Table,
    waiting: Vec<Vec<Cell>>,
}

impl<'t> Loader<'t> {
    pub(super) fn new(table: &'t Table) -> Loader<'t> {
        Loader { table, waiting: Vec::with_capacity(CHUNK) }
    }

    pub(super) fn add(&mut self, connection: &mut Connection, cells: Vec<Cell>) -> Result<(), StoreError> {
        self.waiting.push(cells);
        if self.waiting.len() < CHUNK { Ok(()) } else { self.flush(connection) }
    }

    pub(super) fn flush(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let values: Vec<Param<'_>> = self.waiting.iter().flatten().map(Cell::param).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.table.name,
            columns(self.table),
            value_rows(self.waiting.len(), self.table.columns.len())
        );
        connection.execute(&sql, &values)?;
        self.waiting.clear();
        Ok(())
    }
}

/// Takes away what a fresh schema holds; refuses a database that is in use.
pub(super) fn empty(connection: &mut Connection, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables.iter().filter(|table| !HEADS.contains(&table.name.as_str())) {
        let mut rows = 0;
        connection.each(&format!("SELECT COUNT(*) FROM {}", table.name), &[], &mut |row| {
            rows = row.integer(0)?;
            Ok(Flow::Continue(()))
        })?;
        if rows > 0 {
            return Err(StoreError::Database(format!(
                "the target is not empty: {} has {rows} rows; name an empty database",
                table.name
            )));
        }
    }
    for head in HEADS {
        connection.execute(&format!("DELETE FROM {head}"), &[])?;
    }
    Ok(())
}

/// Runs `work` in a transaction of its own that is kept when it succeeds.
pub(super) fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.begin_write()?;
    match work(connection) {
        Ok(value) => connection.commit().map(|()| value),
        Err(error) => {
            connection.rollback();
            Err(error)
        }
    }
}
