//! The programme of the station as rows: `domain::programme` gives them meaning.

use domain::id::SlotId;
use domain::programme::Slot;
use domain::time::Day;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Param, Row, params};
use crate::{Reader, StoreError, Tx};

const COLUMNS: &str = "id, unit_id, day, start_minute, minutes, title, publication_id";

fn read(row: &Row<'_>) -> Result<Slot, StoreError> {
    let small = |column: usize| {
        u16::try_from(row.integer(column)?).map_err(|_| row.corrupt(column, "not minutes of a day"))
    };
    Ok(Slot {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        day: row.parse(2)?,
        start: small(3)?,
        minutes: small(4)?,
        title: row.string(5)?,
        bulletin: row.opt_parse(6)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, slot: &Slot, is_there: bool) -> Result<(), StoreError> {
    let (subject, content) = (slot.id.to_string(), canonical(slot)?);
    let after = is_there.then_some(content.as_str());
    tx.record(Change { kind, subject_kind: "programme_slot", subject: &subject, after }).map(drop)
}

/// Adds a part to the programme.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, slot: &Slot) -> Result<(), StoreError> {
    let bulletin = slot.bulletin.map(|id| id.to_string());
    let values: [Param<'_>; 7] = [
        Param::Text(&slot.id.to_string()),
        Param::Text(&slot.unit.to_string()),
        Param::Day(slot.day),
        i64::from(slot.start).into(),
        i64::from(slot.minutes).into(),
        Param::Text(&slot.title),
        bulletin.as_deref().into(),
    ];
    tx.execute(&format!("INSERT INTO programme_slots ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"), &values)?;
    record(tx, "programme.added", slot, true)
}

/// Takes a part out of the programme.
///
/// # Errors
/// [`StoreError::Stale`] when it is not there any more.
pub fn delete(tx: &mut Tx<'_>, slot: &Slot) -> Result<(), StoreError> {
    let id = slot.id.to_string();
    tx.execute_one("programme_slots", &id, "DELETE FROM programme_slots WHERE id = ?", params![&id])?;
    record(tx, "programme.removed", slot, false)
}

/// One part.
///
/// # Errors
/// When the database fails.
pub fn find(r: &mut Reader<'_>, id: SlotId) -> Result<Option<Slot>, StoreError> {
    r.query_opt(
        &format!("SELECT {COLUMNS} FROM programme_slots WHERE id = ?"),
        params![&id.to_string()],
        read,
    )
}

/// The programme of a day, in the order of the day.
///
/// # Errors
/// When the database fails.
pub fn of_day(r: &mut Reader<'_>, day: Day) -> Result<Vec<Slot>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_slots WHERE day = ? ORDER BY start_minute, id");
    r.query(&sql, params![day], read)
}

/// The first and the last day that has a programme.
///
/// # Errors
/// When the database fails.
pub fn days(r: &mut Reader<'_>) -> Result<Option<(Day, Day)>, StoreError> {
    let mut one = |order: &str| {
        let sql = format!("SELECT day FROM programme_slots ORDER BY day {order} LIMIT 1");
        r.query_opt(&sql, &[], |row| row.parse(0))
    };
    Ok(one("ASC")?.zip(one("DESC")?))
}
