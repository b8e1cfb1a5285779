//! Requests found by what they are: lists of the desk, what is open, what was late, what was said before.

use domain::id::{CaseId, UnitId};
use domain::press::workflow::State;
use domain::text;
use domain::time::Timestamp;

use super::{CASE, CaseRow, read_case};
use crate::sql::{Param, params};
use crate::{Reader, StoreError};

/// Which requests to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in one of these states; in any when empty.
    pub states: Vec<State>,
    /// Only those a unit leads.
    pub lead: Option<UnitId>,
    /// Only open ones that were due before this.
    pub late_at: Option<Timestamp>,
    /// Words that must all occur; case and marks do not count.
    pub search: String,
    /// The page, from 1.
    pub page: u32,
    /// Requests on a page.
    pub per_page: u16,
}

fn predicate(filter: &Filter) -> (String, Vec<Value>) {
    let mut sql = " WHERE 1 = 1".to_owned();
    let mut values = Vec::new();
    if !filter.states.is_empty() {
        // The index of states helps where few rows are open. Nine rows in ten are closed: sorting those takes longer than
        // reading by receipt until a page is full.
        let closed = filter.states.iter().any(|state| state.is_closed());
        sql.push_str(if closed { " AND (state || '') IN (" } else { " AND state IN (" });
        sql.push_str(&vec!["?"; filter.states.len()].join(", "));
        sql.push(')');
        values.extend(filter.states.iter().map(|state| Value::Text(state.word().to_owned())));
    }
    if let Some(unit) = filter.lead {
        sql.push_str(" AND lead_unit_id = ?");
        values.push(Value::Text(unit.to_string()));
    }
    if let Some(at) = filter.late_at {
        sql.push_str(" AND closed_at IS NULL AND due_at < ?");
        values.push(Value::Integer(at.as_millisecond()));
    }
    for word in text::fold(&filter.search).split_whitespace().take(10) {
        sql.push_str(" AND search_text LIKE ? ESCAPE '\\'");
        values.push(Value::Text(format!("%{}%", crate::register::escape_like(word))));
    }
    (sql, values)
}

enum Value {
    Text(String),
    Integer(i64),
}

fn as_params(values: &[Value]) -> Vec<Param<'_>> {
    values
        .iter()
        .map(|value| match value {
            Value::Text(text) => Param::Text(text),
            Value::Integer(number) => Param::Integer(*number),
        })
        .collect()
}

/// A page of requests, the last received first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn list(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<CaseRow>, StoreError> {
    let (predicate, values) = predicate(filter);
    let skip = i64::from(filter.page.max(1) - 1) * i64::from(filter.per_page);
    // The inner query reads the index alone; only the rows of the page are read whole.
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE id IN (SELECT id FROM press_cases{predicate}
         ORDER BY received_at DESC, id DESC LIMIT {} OFFSET {skip}) ORDER BY received_at DESC, id DESC",
        filter.per_page
    );
    r.query(&sql, &as_params(&values), read_case)
}

/// How many requests a filter finds on all pages.
///
/// # Errors
/// When the database fails.
pub fn count(r: &mut Reader<'_>, filter: &Filter) -> Result<i64, StoreError> {
    let (predicate, values) = predicate(filter);
    let sql = format!("SELECT COUNT(*) FROM press_cases{predicate}");
    r.query_one(&sql, &as_params(&values), |row| row.integer(0))
}

/// Open requests, the first due first; those without a limit last. Of one leading unit when it is given.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn open(r: &mut Reader<'_>, lead: Option<UnitId>, limit: u16) -> Result<Vec<CaseRow>, StoreError> {
    let (own, values) = match lead {
        Some(unit) => (" AND lead_unit_id = ?", vec![Value::Text(unit.to_string())]),
        None => ("", Vec::new()),
    };
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE closed_at IS NULL{own}
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT {limit}"
    );
    r.query(&sql, &as_params(&values), read_case)
}

/// Requests in one state, the first due first, those without a limit last. Of one leading unit when it is given.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn in_state(
    r: &mut Reader<'_>,
    state: State,
    lead: Option<UnitId>,
    limit: u16,
) -> Result<Vec<CaseRow>, StoreError> {
    let mut values = vec![Value::Text(state.word().to_owned())];
    let own = if let Some(unit) = lead {
        values.push(Value::Text(unit.to_string()));
        " AND lead_unit_id = ?"
    } else {
        ""
    };
    // Each half is read along the index; only the rows that are given are read whole.
    let half = |has_limit: &str, most: usize| {
        format!(
            "SELECT {CASE} FROM press_cases WHERE id IN (SELECT id FROM press_cases WHERE state = ?{own}
             AND due_at IS {has_limit} ORDER BY due_at, id LIMIT {most}) ORDER BY due_at, id"
        )
    };
    let most = usize::from(limit);
    let mut found = r.query(&half("NOT NULL", most), &as_params(&values), read_case)?;
    if found.len() < most {
        found.extend(r.query(&half("NULL", most - found.len()), &as_params(&values), read_case)?);
    }
    Ok(found)
}

/// How many requests were closed from an instant on, and how many of them after their limit.
///
/// # Errors
/// When the database fails.
pub fn closed_since(r: &mut Reader<'_>, since: Timestamp) -> Result<(i64, i64), StoreError> {
    r.query_one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN closed_at > due_at THEN 1 ELSE 0 END), 0) FROM press_cases
         WHERE closed_at >= ?",
        params![since.as_millisecond()],
        |row| Ok((row.integer(0)?, row.integer(1)?)),
    )
}

/// Requests closed after their limit from an instant on, the last first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn closed_late(r: &mut Reader<'_>, since: Timestamp, limit: u16) -> Result<Vec<CaseRow>, StoreError> {
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE closed_at >= ? AND closed_at > due_at
         ORDER BY closed_at DESC, id DESC LIMIT {limit}"
    );
    r.query(&sql, params![since.as_millisecond()], read_case)
}

/// Requests approved past the chain that somebody still has to look at, the first due first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn second_looks(r: &mut Reader<'_>, limit: u16) -> Result<Vec<CaseRow>, StoreError> {
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE look_by IS NOT NULL ORDER BY look_by, id LIMIT {limit}"
    );
    r.query(&sql, &[], read_case)
}

/// Requests whose reporter complained and got no answer yet, the first complaint first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn complaints(r: &mut Reader<'_>, limit: u16) -> Result<Vec<CaseRow>, StoreError> {
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE complained_at IS NOT NULL ORDER BY complained_at, id LIMIT {limit}"
    );
    r.query(&sql, &[], read_case)
}

/// How often an answer was approved past the chain from an instant on.
///
/// # Errors
/// When the database fails.
pub fn bypassed_since(r: &mut Reader<'_>, since: Timestamp) -> Result<i64, StoreError> {
    r.query_one(
        "SELECT COUNT(*) FROM press_steps WHERE event = ? AND taken_at >= ?",
        params![domain::press::workflow::Event::Bypass.word(), since.as_millisecond()],
        |row| row.integer(0),
    )
}

/// How many of the last answered requests are compared with a new one.
const LOOKED_AT: u16 = 3_000;

/// Answered requests that share words with what one is about, those with the most first, then the latest: what was said
/// before on the same subject (B16). Half of the words at least, and two, are shared; only so many of
/// the last answered are looked at.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn said_before(
    r: &mut Reader<'_>,
    but: CaseId,
    words: &[String],
    limit: u16,
) -> Result<Vec<CaseRow>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let least = words.len().div_ceil(2).max(2).min(words.len());
    let shares = vec!["CASE WHEN search_text LIKE ? ESCAPE '\\' THEN 1 ELSE 0 END"; words.len()].join(" + ");
    let mut values: Vec<Value> =
        words.iter().map(|word| Value::Text(format!("%{}%", crate::register::escape_like(word)))).collect();
    values.extend([Value::Text(State::Answered.word().to_owned()), Value::Text(but.to_string())]);
    // Not by the index of states, whose nine rows in ten would be sorted: the latest are found by receipt.
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE id IN (
             SELECT id FROM (
                 SELECT id, received_at, {shares} AS shared FROM (
                     SELECT id, received_at, search_text FROM press_cases
                     WHERE (state || '') = ? AND id <> ? ORDER BY received_at DESC, id DESC LIMIT {LOOKED_AT}
                 ) AS latest
             ) AS ranked WHERE shared >= {least} ORDER BY shared DESC, received_at DESC, id DESC LIMIT {limit}
         )"
    );
    let mut found = r.query(&sql, &as_params(&values), read_case)?;
    let shared = |row: &CaseRow| {
        let text = super::search_text(row);
        words.iter().filter(|word| text.contains(word.as_str())).count()
    };
    found.sort_by_key(|row| std::cmp::Reverse((shared(row), row.received_at, row.id)));
    Ok(found)
}
