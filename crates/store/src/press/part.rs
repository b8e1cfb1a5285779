//! What units were asked: their parts of a request, or a request of the spokesperson alone.

use domain::id::{CaseId, PartId, UnitId};
use domain::press::part::State;
use domain::time::{Day, Timestamp};
use serde::Serialize;

use super::{millis, record};
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// What a unit was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartRow {
    /// Its id; that of its line in the register of internal requests.
    pub id: PartId,
    /// The request it is for.
    pub case: Option<CaseId>,
    /// The unit that was asked.
    pub unit: UnitId,
    /// What is asked.
    pub question: String,
    /// Where it stands.
    pub state: State,
    /// What was sent; or why it was declined or waived.
    pub answer: String,
    /// Who sent, declined or waived it, as the ledger names actors.
    pub person: Option<String>,
    /// Until when.
    pub due_on: Day,
    /// Who asked, as the ledger names actors.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was sent, declined or waived.
    pub done_at: Option<Timestamp>,
    /// Counts edits, from 1.
    pub version: i64,
}

const PART: &str =
    "id, case_id, unit_id, question, state, answer, person, due_on, asked_by, asked_at, done_at, version";

fn read_part(row: &Row<'_>) -> Result<PartRow, StoreError> {
    Ok(PartRow {
        id: row.parse(0)?,
        case: row.opt_parse(1)?,
        unit: row.parse(2)?,
        question: row.string(3)?,
        state: State::from_word(row.text(4)?).ok_or_else(|| row.corrupt(4, "not a state"))?,
        answer: row.string(5)?,
        person: row.opt_string(6)?,
        due_on: row.parse(7)?,
        asked_by: row.string(8)?,
        asked_at: row.instant(9)?,
        done_at: row.opt_instant(10)?,
        version: row.integer(11)?,
    })
}

/// Records what a unit is asked; who asks, when and the version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when unit or request do not exist.
pub fn insert_part(tx: &mut Tx<'_>, row: &PartRow) -> Result<PartRow, StoreError> {
    let row = PartRow { asked_by: tx.actor().to_owned(), asked_at: tx.now(), version: 1, ..row.clone() };
    let (id, case) = (row.id.to_string(), row.case.map(|case| case.to_string()));
    tx.execute(
        &format!("INSERT INTO press_parts ({PART}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"),
        params![
            &id,
            case.as_deref(),
            &row.unit.to_string(),
            &row.question,
            row.state.word(),
            &row.answer,
            row.person.as_deref(),
            row.due_on,
            &row.asked_by,
            row.asked_at.as_millisecond(),
            millis(row.done_at),
        ],
    )?;
    record(tx, "press_part.asked", ("press_part", &id), &row)?;
    Ok(row)
}

/// Saves a part; `row.version` is the version the change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update_part(tx: &mut Tx<'_>, kind: &str, row: &PartRow) -> Result<PartRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_parts",
        &id,
        "UPDATE press_parts SET state = ?, answer = ?, person = ?, due_on = ?, done_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.answer,
            row.person.as_deref(),
            row.due_on,
            millis(row.done_at),
            &id,
            row.version,
        ],
    )?;
    let row = PartRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, ("press_part", &id), &row)?;
    Ok(row)
}

/// One part.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find_part(r: &mut Reader<'_>, id: PartId) -> Result<Option<PartRow>, StoreError> {
    r.query_opt(&format!("SELECT {PART} FROM press_parts WHERE id = ?"), params![&id.to_string()], read_part)
}

/// The parts of a request, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn parts(r: &mut Reader<'_>, case: CaseId) -> Result<Vec<PartRow>, StoreError> {
    let sql = format!("SELECT {PART} FROM press_parts WHERE case_id = ? ORDER BY id");
    r.query(&sql, params![&case.to_string()], read_part)
}

/// Parts that wait for a unit, or for any, the first due first; each with the number of its request, empty for none.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn waiting_parts(
    r: &mut Reader<'_>,
    unit: Option<UnitId>,
    limit: u16,
) -> Result<Vec<(PartRow, String)>, StoreError> {
    let [asked, accepted] = [State::Asked, State::Accepted].map(State::word);
    let sql = |own: &str| {
        format!(
            "SELECT {PART}, (SELECT number FROM press_cases WHERE press_cases.id = press_parts.case_id)
             FROM press_parts WHERE {own}state IN (?, ?) ORDER BY due_on, id LIMIT {limit}"
        )
    };
    let read = |row: &Row<'_>| Ok((read_part(row)?, row.opt_string(12)?.unwrap_or_default()));
    match unit.map(|unit| unit.to_string()) {
        Some(unit) => r.query(&sql("unit_id = ? AND "), params![&unit, asked, accepted], read),
        None => r.query(&sql(""), params![asked, accepted], read),
    }
}
