//! Requests of the press as rows: the cases, what units were asked, the steps, the agencies and reporters. Names and
//! contacts of reporters are in no revision of these rows, nor in the line of the register.

mod agency;
mod list;
mod part;
mod remark;
mod reply_template;
mod reporter;
mod step;

use domain::id::{CaseId, UnitId};
use domain::press::request::Request;
use domain::press::workflow::State;
use domain::text;
use domain::time::Timestamp;
use serde::Serialize;

use crate::canonical::canonical;
use crate::coded;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

pub use agency::{AgencyRow, agencies, agency_called, find_agency, insert_agency, update_agency};
pub use list::{
    Filter, bypassed_since, closed_late, closed_since, complaints, count, in_state, list, open, said_before,
    second_looks,
};
pub use part::{PartRow, find_part, insert_part, parts, update_part, waiting_parts};
pub use remark::{RemarkRow, add_remark, remark_counts, remarks};
pub use reply_template::{
    ReplyTemplateRow, find_reply_template, insert_reply_template, reply_templates, update_reply_template,
};
pub use reporter::{
    ReporterRow, find_reporter, forget_reporters, insert_reporter, reporters, update_reporter,
};
pub use step::{DraftRow, StepRow, add_step, drafts, steps};

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
    /// The digest of the code in whose place that one stands: it was given out before anybody was confirmed.
    #[serde(skip)]
    pub replaced_code_hash: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Everything else about it.
    pub request: Request,
    /// Who asked, by name; personal, empty when not given or taken away.
    #[serde(skip)]
    pub reporter: String,
    /// How to reach them, as they say; personal.
    #[serde(skip)]
    pub contact: String,
    /// *Số thẻ nhà báo*; personal.
    #[serde(skip)]
    pub card: String,
    /// How to reach them, as somebody of the office confirmed; personal.
    #[serde(skip)]
    pub confirmed_contact: String,
    /// To whom the answer was given, when not at the page of the code; personal.
    #[serde(skip)]
    pub delivered_to: String,
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

const CASE: &str =
    "id, unit_id, number, code_hash, state, body, reporter, contact, due_at, received_at, closed_at,
    created_by, updated_at, version, card, confirmed_contact, delivered_to, replaced_code_hash";

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
        card: row.string(14)?,
        confirmed_contact: row.string(15)?,
        delivered_to: row.string(16)?,
        replaced_code_hash: row.opt_string(17)?,
    })
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.as_millisecond())
}

/// Until when somebody has to look at what was approved past the chain, while nobody did.
fn look_by(request: &Request) -> Option<i64> {
    let bypass = request.bypass.as_ref().filter(|bypass| bypass.looked.is_none())?;
    Some(bypass.look_by.unwrap_or(bypass.at).as_millisecond())
}

/// Since when the first complaint that nobody answered waits.
fn complained_at(request: &Request) -> Option<i64> {
    request.open_complaint().map(|complaint| complaint.at.as_millisecond())
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
         contact, card, confirmed_contact, delivered_to, lead_unit_id, due_at, received_at, closed_at, created_by,
         updated_at, look_by, complained_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
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
            &row.card,
            &row.confirmed_contact,
            &row.delivered_to,
            lead.as_deref(),
            millis(row.due_at),
            row.received_at.as_millisecond(),
            millis(row.closed_at),
            &row.created_by,
            row.updated_at.as_millisecond(),
            look_by(&row.request),
            complained_at(&row.request),
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
         card = ?, confirmed_contact = ?, delivered_to = ?, code_hash = ?, replaced_code_hash = ?,
         lead_unit_id = ?, due_at = ?, closed_at = ?, updated_at = ?, look_by = ?, complained_at = ?,
         version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.request.asked.subject,
            &search_text(row),
            &body_of(&row.request)?,
            &row.reporter,
            &row.contact,
            &row.card,
            &row.confirmed_contact,
            &row.delivered_to,
            &row.code_hash,
            row.replaced_code_hash.as_deref(),
            lead.as_deref(),
            millis(row.due_at),
            millis(row.closed_at),
            now.as_millisecond(),
            look_by(&row.request),
            complained_at(&row.request),
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

/// Whether a code with this digest was given out and another one stands in its place.
///
/// # Errors
/// When the database fails.
pub fn is_replaced(r: &mut Reader<'_>, code_hash: &str) -> Result<bool, StoreError> {
    coded::is_replaced(r, "press_cases", code_hash)
}

/// How many requests of an office have a number of this year; the next one gets one more.
///
/// # Errors
/// When the database fails.
pub fn numbered(r: &mut Reader<'_>, unit: UnitId, year: i16) -> Result<i64, StoreError> {
    coded::numbered(r, "press_cases", unit, year)
}
