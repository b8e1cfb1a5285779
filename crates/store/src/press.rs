//! Requests of the press as rows: the cases, what units were asked, the steps, the agencies. Names and contacts of
//! reporters are in no revision of these rows; the name stands in the line of the register besides, as personal data
//! of any register does.

use domain::id::{AgencyId, CaseId, PartId, UnitId};
use domain::press::part;
use domain::press::request::Request;
use domain::press::workflow::State;
use domain::text;
use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::ledger::{self, Change};
use crate::sql::{Param, Row, params};
use crate::{Reader, StoreError, Tx};

/// What the ledger calls a request.
const SUBJECT: &str = "press_case";

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// Its id; that of its line in the register.
    pub id: CaseId,
    /// The office that was asked.
    pub unit: UnitId,
    /// Its number in the office's year: `YC-0012/2026`.
    pub number: String,
    /// The digest of the reporter's code.
    #[serde(skip)]
    pub code_hash: String,
    /// Where it stands.
    pub state: State,
    /// Everything else about it.
    pub request: Request,
    /// Who asked, by name; personal, empty when not given or taken away.
    #[serde(skip)]
    pub reporter: String,
    /// How to reach them; personal.
    #[serde(skip)]
    pub contact: String,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was answered, refused or withdrawn.
    pub closed_at: Option<Timestamp>,
    /// Who took it, as the ledger names actors.
    pub created_by: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

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
    pub state: part::State,
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

/// A step a request took. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// The request.
    pub case: CaseId,
    /// Its number, from 1.
    pub number: i64,
    /// The stored word of the event.
    pub event: String,
    /// Who, as the ledger names actors.
    pub person: String,
    /// When.
    pub taken_at: Timestamp,
    /// The reason or remark; may be empty.
    pub note: String,
    /// The digest of the answer it was done to.
    pub digest: String,
}

/// A text of the answer to a request, as its revisions keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it, as the ledger names actors.
    pub person: String,
    /// The text.
    pub text: String,
}

/// A press agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgencyRow {
    /// Its id.
    pub id: AgencyId,
    /// *Tên cơ quan.*
    pub name: String,
    /// The stored word of its kind, as the register of press requests has it: `press_agency`.
    pub kind: String,
    /// The stored word of its medium; `not_press` for a general news site.
    pub medium: String,
    /// Days between two issues, of a magazine.
    pub cycle_days: Option<i64>,
    /// The contact a person confirmed: answers go there and nowhere else.
    #[serde(skip)]
    pub contact: String,
    /// Remarks.
    pub note: String,
    /// Whether it is offered for new requests.
    pub is_active: bool,
    /// Counts edits, from 1.
    pub version: i64,
}

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

const CASE: &str =
    "id, unit_id, number, code_hash, state, body, reporter, contact, due_at, received_at, closed_at,
    created_by, updated_at, version";
const PART: &str =
    "id, case_id, unit_id, question, state, answer, person, due_on, asked_by, asked_at, done_at, version";
const AGENCY: &str = "id, name, kind, medium, cycle_days, contact, note, is_active, version";

fn read_case(row: &Row<'_>) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        number: row.string(2)?,
        code_hash: row.string(3)?,
        state: State::from_word(row.text(4)?).ok_or_else(|| row.corrupt(4, "not a state"))?,
        request: serde_json::from_str(row.text(5)?).map_err(|error| row.corrupt(5, &error.to_string()))?,
        reporter: row.string(6)?,
        contact: row.string(7)?,
        due_at: row.opt_instant(8)?,
        received_at: row.instant(9)?,
        closed_at: row.opt_instant(10)?,
        created_by: row.string(11)?,
        updated_at: row.instant(12)?,
        version: row.integer(13)?,
    })
}

fn read_part(row: &Row<'_>) -> Result<PartRow, StoreError> {
    Ok(PartRow {
        id: row.parse(0)?,
        case: row.opt_parse(1)?,
        unit: row.parse(2)?,
        question: row.string(3)?,
        state: part::State::from_word(row.text(4)?).ok_or_else(|| row.corrupt(4, "not a state"))?,
        answer: row.string(5)?,
        person: row.opt_string(6)?,
        due_on: row.parse(7)?,
        asked_by: row.string(8)?,
        asked_at: row.instant(9)?,
        done_at: row.opt_instant(10)?,
        version: row.integer(11)?,
    })
}

fn read_agency(row: &Row<'_>) -> Result<AgencyRow, StoreError> {
    Ok(AgencyRow {
        id: row.parse(0)?,
        name: row.string(1)?,
        kind: row.string(2)?,
        medium: row.string(3)?,
        cycle_days: row.opt_integer(4)?,
        contact: row.string(5)?,
        note: row.string(6)?,
        is_active: row.bool(7)?,
        version: row.integer(8)?,
    })
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.as_millisecond())
}

fn body_of(request: &Request) -> Result<String, StoreError> {
    serde_json::to_string(request).map_err(|error| StoreError::Database(error.to_string()))
}

/// What lists search, at most as long as an index of both databases takes.
fn search_text(row: &CaseRow) -> String {
    const MOST: usize = 600;
    let asked = &row.request.asked;
    let all = [&row.number, &asked.requester, &asked.subject, &asked.request_symbol].map(String::as_str);
    text::fold(&all.join(" ")).chars().take(MOST).collect()
}

fn record<T: Serialize>(
    tx: &mut Tx<'_>,
    kind: &str,
    (subject_kind, subject): (&str, &str),
    row: &T,
) -> Result<(), StoreError> {
    let after = canonical(row)?;
    tx.record(Change { kind, subject_kind, subject, after: Some(&after) }).map(drop)
}

/// Records a new request; author, time of change and version are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Unique`] for a number or code that stands already.
pub fn insert(tx: &mut Tx<'_>, row: &CaseRow) -> Result<CaseRow, StoreError> {
    let row = CaseRow { created_by: tx.actor().to_owned(), updated_at: tx.now(), version: 1, ..row.clone() };
    let id = row.id.to_string();
    let lead = row.request.lead.map(|unit| unit.to_string());
    tx.execute(
        "INSERT INTO press_cases (id, unit_id, number, code_hash, state, subject, search_text, body, reporter,
         contact, lead_unit_id, due_at, received_at, closed_at, created_by, updated_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &id,
            &row.unit.to_string(),
            &row.number,
            &row.code_hash,
            row.state.word(),
            &row.request.asked.subject,
            &search_text(&row),
            &body_of(&row.request)?,
            &row.reporter,
            &row.contact,
            lead.as_deref(),
            millis(row.due_at),
            row.received_at.as_millisecond(),
            millis(row.closed_at),
            &row.created_by,
            row.updated_at.as_millisecond(),
        ],
    )?;
    record(tx, "press_case.received", (SUBJECT, &id), &row)?;
    Ok(row)
}

/// Saves a request; `kind` is what the ledger says happened (`press_case.assign`), `row.version` the version the
/// change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &CaseRow) -> Result<CaseRow, StoreError> {
    let id = row.id.to_string();
    let lead = row.request.lead.map(|unit| unit.to_string());
    let now = tx.now();
    tx.execute_one(
        "press_cases",
        &id,
        "UPDATE press_cases SET state = ?, subject = ?, search_text = ?, body = ?, reporter = ?, contact = ?,
         lead_unit_id = ?, due_at = ?, closed_at = ?, updated_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.request.asked.subject,
            &search_text(row),
            &body_of(&row.request)?,
            &row.reporter,
            &row.contact,
            lead.as_deref(),
            millis(row.due_at),
            millis(row.closed_at),
            now.as_millisecond(),
            &id,
            row.version,
        ],
    )?;
    let row = CaseRow { updated_at: now, version: row.version + 1, ..row.clone() };
    record(tx, kind, (SUBJECT, &id), &row)?;
    Ok(row)
}

/// One request.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
    r.query_opt(&format!("SELECT {CASE} FROM press_cases WHERE id = ?"), params![&id.to_string()], read_case)
}

/// The request with this digest of its code.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn by_code(r: &mut Reader<'_>, code_hash: &str) -> Result<Option<CaseRow>, StoreError> {
    r.query_opt(&format!("SELECT {CASE} FROM press_cases WHERE code_hash = ?"), params![code_hash], read_case)
}

/// How many requests of an office have a number of this year; the next one gets one more.
///
/// # Errors
/// When the database fails.
pub fn numbered(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<i64, StoreError> {
    r.query_one(
        "SELECT COUNT(*) FROM press_cases WHERE unit_id = ? AND number LIKE ?",
        params![&unit.to_string(), &format!("%/{year}")],
        |row| row.integer(0),
    )
}

fn predicate(filter: &Filter) -> (String, Vec<Value>) {
    let mut sql = " WHERE 1 = 1".to_owned();
    let mut values = Vec::new();
    if !filter.states.is_empty() {
        sql.push_str(" AND state IN (");
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

/// Requests with every one of some words in what they are about, closed with an answer, the latest first: what was
/// said before on the same subject (B16).
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn said_before(
    r: &mut Reader<'_>,
    but: CaseId,
    words: &[String],
    limit: u16,
) -> Result<Vec<CaseRow>, StoreError> {
    let mut values = vec![Value::Text(State::Answered.word().to_owned()), Value::Text(but.to_string())];
    // Not by the index of states, whose nine rows in ten would be sorted: the latest few are found by receipt.
    let mut sql = "SELECT id FROM press_cases WHERE (state || '') = ? AND id <> ?".to_owned();
    for word in words {
        sql.push_str(" AND search_text LIKE ? ESCAPE '\\'");
        values.push(Value::Text(format!("%{}%", crate::register::escape_like(word))));
    }
    let sql = format!(
        "SELECT {CASE} FROM press_cases WHERE id IN ({sql} ORDER BY received_at DESC, id DESC LIMIT {limit})
         ORDER BY received_at DESC, id DESC"
    );
    r.query(&sql, &as_params(&values), read_case)
}

/// Records a step of a request; its number, time and person are set here.
///
/// # Errors
/// When the database fails.
pub fn add_step(
    tx: &mut Tx<'_>,
    case: CaseId,
    event: &str,
    note: &str,
    digest: &str,
) -> Result<(), StoreError> {
    let id = case.to_string();
    let number: i64 = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM press_steps WHERE case_id = ?",
        params![&id],
        |row| row.integer(0),
    )?;
    let row = StepRow {
        case,
        number,
        event: event.to_owned(),
        person: tx.actor().to_owned(),
        taken_at: tx.now(),
        note: note.to_owned(),
        digest: digest.to_owned(),
    };
    tx.execute(
        "INSERT INTO press_steps (case_id, number, event, person, taken_at, note, digest)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        params![&id, number, event, &row.person, row.taken_at.as_millisecond(), note, digest],
    )?;
    record(tx, "press_step.taken", ("press_step", &format!("{id}/{number}")), &row)
}

/// Every text of the answer to a request, first to last.
///
/// # Errors
/// When the database fails or a revision cannot be read.
pub fn drafts(r: &mut Reader<'_>, case: CaseId) -> Result<Vec<DraftRow>, StoreError> {
    #[derive(Deserialize)]
    struct Revision {
        request: Request,
    }
    let mut drafts: Vec<DraftRow> = Vec::new();
    for (entry, content) in ledger::history(r, SUBJECT, &case.to_string())? {
        let Some(content) = content else { continue };
        let revision: Revision = serde_json::from_str(&content)
            .map_err(|error| StoreError::corrupt("revisions.content", error))?;
        let text = revision.request.answer.text;
        if drafts.last().map_or("", |last| last.text.as_str()) != text {
            let at = Timestamp::from_millisecond(entry.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
            drafts.push(DraftRow { at, person: entry.actor, text });
        }
    }
    Ok(drafts)
}

/// The steps of a request, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn steps(r: &mut Reader<'_>, case: CaseId) -> Result<Vec<StepRow>, StoreError> {
    r.query(
        "SELECT case_id, number, event, person, taken_at, note, digest FROM press_steps WHERE case_id = ?
         ORDER BY number",
        params![&case.to_string()],
        |row| {
            Ok(StepRow {
                case: row.parse(0)?,
                number: row.integer(1)?,
                event: row.string(2)?,
                person: row.string(3)?,
                taken_at: row.instant(4)?,
                note: row.string(5)?,
                digest: row.string(6)?,
            })
        },
    )
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

/// Parts that wait for a unit, or for any, the first due first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn waiting_parts(
    r: &mut Reader<'_>,
    unit: Option<UnitId>,
    limit: u16,
) -> Result<Vec<PartRow>, StoreError> {
    let (own, mut values) = match unit {
        Some(unit) => ("unit_id = ? AND ", vec![Value::Text(unit.to_string())]),
        None => ("", Vec::new()),
    };
    values.extend(
        [part::State::Asked, part::State::Accepted].map(|state| Value::Text(state.word().to_owned())),
    );
    let sql = format!(
        "SELECT {PART} FROM press_parts WHERE {own}state IN (?, ?) ORDER BY due_on, id LIMIT {limit}"
    );
    r.query(&sql, &as_params(&values), read_part)
}

/// Records a new agency; its version becomes 1.
///
/// # Errors
/// [`StoreError::Unique`] when one of this name stands already.
pub fn insert_agency(tx: &mut Tx<'_>, row: &AgencyRow) -> Result<(), StoreError> {
    let row = AgencyRow { version: 1, ..row.clone() };
    let id = row.id.to_string();
    tx.execute(
        "INSERT INTO press_agencies (id, name, name_key, kind, medium, cycle_days, contact, note, is_active, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            &id,
            &row.name,
            &text::key(&row.name),
            &row.kind,
            &row.medium,
            row.cycle_days,
            &row.contact,
            &row.note,
            row.is_active,
        ],
    )?;
    record(tx, "press_agency.added", ("press_agency", &id), &row)
}

/// Saves an agency; `row.version` is the version the change started from.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile; [`StoreError::Unique`] for a name that stands already.
pub fn update_agency(tx: &mut Tx<'_>, row: &AgencyRow) -> Result<(), StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "press_agencies",
        &id,
        "UPDATE press_agencies SET name = ?, name_key = ?, kind = ?, medium = ?, cycle_days = ?, contact = ?, note = ?,
         is_active = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            &row.name,
            &text::key(&row.name),
            &row.kind,
            &row.medium,
            row.cycle_days,
            &row.contact,
            &row.note,
            row.is_active,
            &id,
            row.version,
        ],
    )?;
    record(
        tx,
        "press_agency.changed",
        ("press_agency", &id),
        &AgencyRow { version: row.version + 1, ..row.clone() },
    )
}

/// One agency.
///
/// # Errors
/// When the database fails.
pub fn find_agency(r: &mut Reader<'_>, id: AgencyId) -> Result<Option<AgencyRow>, StoreError> {
    let sql = format!("SELECT {AGENCY} FROM press_agencies WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read_agency)
}

/// The agency of this name, whatever case and tone marks' style.
///
/// # Errors
/// When the database fails.
pub fn agency_called(r: &mut Reader<'_>, name: &str) -> Result<Option<AgencyRow>, StoreError> {
    let sql = format!("SELECT {AGENCY} FROM press_agencies WHERE name_key = ?");
    r.query_opt(&sql, params![&text::key(name)], read_agency)
}

/// All agencies by name.
///
/// # Errors
/// When the database fails.
pub fn agencies(r: &mut Reader<'_>) -> Result<Vec<AgencyRow>, StoreError> {
    r.query(&format!("SELECT {AGENCY} FROM press_agencies ORDER BY name_key, id"), &[], read_agency)
}
