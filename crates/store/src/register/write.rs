//! Recording, changing and deleting records, each with its ledger entry.

use std::collections::HashSet;

use domain::id::{ImportId, RecordId, UnitId};
use domain::register::{Record, Register, Values};

use super::{Indexed, content, find, param};
use crate::ledger::{self, Change};
use crate::sql::{Flow, Param, params, value_rows};
use crate::writer::Tx;
use crate::{StoreError, public_item};

/// Rows in one insert: together with the widest register far below the 32,766 values of SQLite.
const CHUNK: usize = 200;

/// A record to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// Its register.
    pub register: Register,
    /// The office that keeps it.
    pub unit: UnitId,
    /// Its checked values.
    pub values: Values,
    /// The import that brings it.
    pub import: Option<ImportId>,
}

/// What became of a new record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insertion {
    /// It was recorded.
    Inserted(RecordId),
    /// A record with the same key stands already; nothing was changed.
    Duplicate(RecordId),
}

/// What became of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InsertedMany {
    /// The ids of the recorded, in the order given.
    pub inserted: Vec<RecordId>,
    /// The places, in the order given, of those whose key stood already (or stood earlier in the same list).
    pub existing: Vec<usize>,
}

/// Records that an office keeps a register; without that its figures are "no data". Says whether it is new.
///
/// # Errors
/// When the database fails.
pub fn open(
    tx: &mut Tx<'_>,
    register: Register,
    unit: UnitId,
    import: Option<ImportId>,
) -> Result<bool, StoreError> {
    let unit = unit.to_string();
    let import = import.map(|import| import.to_string());
    let opened = tx.execute(
        "INSERT INTO register_openings (register, unit_id, opened_at, import_id) VALUES (?, ?, ?, ?)
         ON CONFLICT (register, unit_id) DO NOTHING",
        params![register.word(), &unit, tx.now_ms(), import.as_deref()],
    )?;
    if opened > 0 {
        let content = serde_json::json!({ "register": register.word(), "unit": unit }).to_string();
        tx.record(Change {
            kind: "register.opened",
            subject_kind: "register_opening",
            subject: &format!("{}/{unit}", register.word()),
            after: Some(&content),
        })?;
    }
    Ok(opened > 0)
}

/// Records one record, unless its key stands already.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, new: &NewRecord) -> Result<Insertion, StoreError> {
    let done = insert_many(tx, new.register, new.unit, new.import, std::slice::from_ref(&new.values))?;
    if let Some(id) = done.inserted.first() {
        return Ok(Insertion::Inserted(*id));
    }
    duplicate(tx, new)
}

fn duplicate(tx: &mut Tx<'_>, new: &NewRecord) -> Result<Insertion, StoreError> {
    let key = new.values.key(new.register);
    let sql = format!("SELECT id FROM {} WHERE unit_id = ? AND record_key = ?", new.register.word());
    let existing =
        tx.query_opt(&sql, params![&new.unit.to_string(), &key], |row| row.parse::<RecordId>(0))?;
    existing.map(Insertion::Duplicate).ok_or_else(|| {
        StoreError::Database(format!("{} took neither a new record nor an old one", new.register.word()))
    })
}

/// Records many records of one register, leaving out those whose key stands already. Opens the register.
///
/// # Errors
/// When the database fails; nothing is recorded then.
pub fn insert_many(
    tx: &mut Tx<'_>,
    register: Register,
    unit: UnitId,
    import: Option<ImportId>,
    rows: &[Values],
) -> Result<InsertedMany, StoreError> {
    open(tx, register, unit, import)?;
    let mut done = InsertedMany::default();
    for (number, chunk) in rows.chunks(CHUNK).enumerate() {
        let ids = chunk.iter().map(|_| tx.new_id()).collect::<Result<Vec<RecordId>, _>>()?;
        insert_chunk(tx, register, (unit, import), (number * CHUNK, &ids, chunk), &mut done)?;
    }
    Ok(done)
}

/// Records one record under an id that is known already: that of the publication it counts. Opens the register.
///
/// # Errors
/// When the database fails.
pub fn insert_as(tx: &mut Tx<'_>, id: RecordId, new: &NewRecord) -> Result<Insertion, StoreError> {
    open(tx, new.register, new.unit, new.import)?;
    let mut done = InsertedMany::default();
    let row = std::slice::from_ref(&new.values);
    insert_chunk(tx, new.register, (new.unit, new.import), (0, &[id], row), &mut done)?;
    if done.inserted.is_empty() { duplicate(tx, new) } else { Ok(Insertion::Inserted(id)) }
}

fn insert_chunk(
    tx: &mut Tx<'_>,
    register: Register,
    (unit, import): (UnitId, Option<ImportId>),
    (offset, ids, rows): (usize, &[RecordId], &[Values]),
    done: &mut InsertedMany,
) -> Result<(), StoreError> {
    let table = register.word();
    let unit_text = unit.to_string();
    let import_text = import.map(|import| import.to_string());
    let mut made = Vec::with_capacity(rows.len());
    for (id, values) in ids.iter().zip(rows) {
        made.push((*id, id.to_string(), Indexed::of(register, values)));
    }
    let width = 9 + register.fields().len();
    let mut bound: Vec<Param<'_>> = Vec::with_capacity(rows.len() * width);
    for ((_, id, indexed), values) in made.iter().zip(rows) {
        bound.extend_from_slice(params![
            id,
            &unit_text,
            1_i64,
            import_text.as_deref(),
            tx.now_ms(),
            tx.now_ms(),
            &indexed.key,
            &indexed.search,
            &indexed.personal,
        ]);
        bound.extend(register.fields().iter().map(|field| param(field, values)));
    }
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES {} ON CONFLICT (unit_id, record_key) DO NOTHING RETURNING id",
        super::columns(register).replace("t.", ""),
        value_rows(rows.len(), width),
    );
    let mut inserted = HashSet::with_capacity(rows.len());
    tx.each(&sql, &bound, |row| {
        inserted.insert(row.parse::<RecordId>(0)?);
        Ok(Flow::Continue(()))
    })?;
    let kind = format!("{table}.recorded");
    let mut links = Vec::with_capacity(inserted.len());
    for (place, ((id, id_text, _), values)) in made.iter().zip(rows).enumerate() {
        if !inserted.contains(id) {
            done.existing.push(offset + place);
            continue;
        }
        let after = content(unit, import, values, 1);
        let change = Change { kind: &kind, subject_kind: table, subject: id_text, after: Some(&after) };
        links.push(tx.link(change, String::new())?);
        done.inserted.push(*id);
    }
    ledger::append(tx, &links)?;
    let added = made.iter().zip(rows).filter(|((id, ..), _)| inserted.contains(id));
    public_item::follow(tx, register, added.map(|((_, id, _), values)| (id.as_str(), values)))
}

/// Saves new values of a record. `record.version` is the version the change started from; gives the new one.
///
/// # Errors
/// [`StoreError::Stale`] when it changed or went away meanwhile; [`StoreError::Unique`] when the new values have
/// the key of another record.
pub fn update(tx: &mut Tx<'_>, record: &Record) -> Result<i64, StoreError> {
    save(tx, &format!("{}.amended", record.register.word()), record)
}

/// As [`update`]; `kind` is what the ledger says happened.
pub(super) fn save(tx: &mut Tx<'_>, kind: &str, record: &Record) -> Result<i64, StoreError> {
    let table = record.register.word();
    let id = record.id.to_string();
    let unit = record.unit.to_string();
    let indexed = Indexed::of(record.register, &record.values);
    let mut sql = format!(
        "UPDATE {table} SET unit_id = ?, version = version + 1, updated_at = ?, record_key = ?, search_text = ?,
         search_personal = ?"
    );
    let mut bound: Vec<Param<'_>> = Vec::new();
    bound.extend_from_slice(params![&unit, tx.now_ms(), &indexed.key, &indexed.search, &indexed.personal]);
    for field in record.register.fields() {
        sql.push_str(", ");
        sql.push_str(field.key);
        sql.push_str(" = ?");
        bound.push(param(field, &record.values));
    }
    sql.push_str(" WHERE id = ? AND version = ?");
    bound.extend_from_slice(params![&id, record.version]);
    tx.execute_one(table, &id, &sql, &bound)?;
    let stored =
        find(tx, record.register, record.id)?.ok_or_else(|| StoreError::Stale { table, id: id.clone() })?;
    tx.record(Change { kind, subject_kind: table, subject: &id, after: Some(&stored.content()) })?;
    if !public_item::has_text(tx, &id)? {
        public_item::follow(tx, record.register, std::iter::once((id.as_str(), &stored.record.values)))?;
    }
    Ok(stored.record.version)
}

/// Deletes a record; what it said stays in the ledger's revisions.
///
/// # Errors
/// [`StoreError::Stale`] when it is not there with this version.
pub fn delete(tx: &mut Tx<'_>, register: Register, id: RecordId, version: i64) -> Result<(), StoreError> {
    let table = register.word();
    let id = id.to_string();
    let sql = format!("DELETE FROM {table} WHERE id = ? AND version = ?");
    tx.execute_one(table, &id, &sql, params![&id, version])?;
    tx.record(Change { kind: &format!("{table}.deleted"), subject_kind: table, subject: &id, after: None })?;
    if public_item::has_text(tx, &id)? {
        return Ok(());
    }
    public_item::follow(tx, register, std::iter::once((id.as_str(), &Values::new())))
}
