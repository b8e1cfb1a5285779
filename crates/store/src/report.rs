//! Periodic reports as rows: the report, its frozen sets, the steps it took, its files and its short link.

use domain::id::{ReportId, UnitId};
use domain::report::State;
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A report as stored. JSON columns are texts whose form `app` knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Its id.
    pub id: ReportId,
    /// The office that reports.
    pub unit: UnitId,
    /// The first day of its period.
    pub period_first: Day,
    /// The last day of its period.
    pub period_last: Day,
    /// The id of its template.
    pub template: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    #[serde(serialize_with = "state_word")]
    pub state: State,
    /// The number of its last frozen set; 0 before the first.
    pub frozen_version: i64,
    /// The text people wrote: JSON.
    pub narrative: String,
    /// The letter that asked for it: JSON.
    pub request_letter: String,
    /// Whom it goes to: JSON.
    pub recipients: String,
    /// Who signs and how: JSON.
    pub signer: String,
    /// The people who drafted it: JSON list of ids.
    pub drafters: String,
    /// The digest that was cleared.
    pub cleared_digest: Option<String>,
    /// Its number, given when issued.
    pub number: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<Day>,
    /// Who began it, as the ledger names actors.
    pub created_by: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts edits, from 1.
    pub version: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn state_word<S: serde::Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.word())
}

/// A frozen set of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportVersionRow {
    /// The report.
    pub report: ReportId,
    /// Its number, from 1.
    pub version: i64,
    /// The figures and what they were computed from: JSON.
    pub frozen_set: String,
    /// The digest of the set.
    pub digest: String,
    /// The last entry of the ledger the figures were computed from.
    pub ledger_sequence: i64,
    /// Its hash.
    pub ledger_hash: String,
    /// Why there is a new version; empty for the first.
    pub reason: String,
    /// Who froze it, as the ledger names actors.
    pub frozen_by: String,
    /// When.
    pub frozen_at: Timestamp,
}

/// A step a report took. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportStepRow {
    /// The report.
    pub report: ReportId,
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
}

/// A file made of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportFileRow {
    /// The report.
    pub report: ReportId,
    /// The version it was made of.
    pub version: i64,
    /// `docx`, `pdf`, `html`, `xlsx`, `json`.
    pub kind: String,
    /// The digest of its bytes.
    pub digest: String,
}

const COLUMNS: &str =
    "id, unit_id, period_first, period_last, template, title, state, frozen_version, narrative,
    request_letter, recipients, signer, drafters, cleared_digest, number, issued_on, created_by, created_at,
    updated_at, version";

fn read(row: &Row<'_>) -> Result<ReportRow, StoreError> {
    Ok(ReportRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        period_first: row.parse(2)?,
        period_last: row.parse(3)?,
        template: row.string(4)?,
        title: row.string(5)?,
        state: State::from_word(row.text(6)?).ok_or_else(|| row.corrupt(6, "unknown state"))?,
        frozen_version: row.integer(7)?,
        narrative: row.string(8)?,
        request_letter: row.string(9)?,
        recipients: row.string(10)?,
        signer: row.string(11)?,
        drafters: row.string(12)?,
        cleared_digest: row.opt_string(13)?,
        number: row.opt_string(14)?,
        issued_on: row.opt_parse(15)?,
        created_by: row.string(16)?,
        created_at: row.instant(17)?,
        updated_at: row.instant(18)?,
        version: row.integer(19)?,
    })
}

fn record(tx: &mut Tx<'_>, kind: &str, id: ReportId) -> Result<ReportRow, StoreError> {
    let subject = id.to_string();
    let Some(row) = find(tx, id)? else {
        return Err(StoreError::Stale { table: "reports", id: subject });
    };
    let after = canonical(&row)?;
    tx.record(Change { kind, subject_kind: "report", subject: &subject, after: Some(&after) })?;
    Ok(row)
}

/// Records a new report; version, times and author are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &ReportRow) -> Result<ReportRow, StoreError> {
    let actor = tx.actor().to_owned();
    tx.execute(
        &format!(
            "INSERT INTO reports ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        ),
        params![
            &row.id.to_string(),
            &row.unit.to_string(),
            row.period_first,
            row.period_last,
            &row.template,
            &row.title,
            row.state.word(),
            row.frozen_version,
            &row.narrative,
            &row.request_letter,
            &row.recipients,
            &row.signer,
            &row.drafters,
            row.cleared_digest.as_deref(),
            row.number.as_deref(),
            row.issued_on,
            &actor,
            tx.now_ms(),
            tx.now_ms(),
        ],
    )?;
    record(tx, "report.begun", row.id)
}

/// Saves a report; `kind` is what the ledger says happened (`report.text_changed`, `report.frozen`),
/// `row.version` the version the change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update(tx: &mut Tx<'_>, kind: &str, row: &ReportRow) -> Result<ReportRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "reports",
        &id,
        "UPDATE reports SET period_first = ?, period_last = ?, template = ?, title = ?, state = ?,
         frozen_version = ?, narrative = ?, request_letter = ?, recipients = ?, signer = ?, drafters = ?,
         cleared_digest = ?, number = ?, issued_on = ?, updated_at = ?, version = version + 1
         WHERE id = ? AND version = ?",
        params![
            row.period_first,
            row.period_last,
            &row.template,
            &row.title,
            row.state.word(),
            row.frozen_version,
            &row.narrative,
            &row.request_letter,
            &row.recipients,
            &row.signer,
            &row.drafters,
            row.cleared_digest.as_deref(),
            row.number.as_deref(),
            row.issued_on,
            tx.now_ms(),
            &id,
            row.version,
        ],
    )?;
    record(tx, kind, row.id)
}

/// One report.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: ReportId) -> Result<Option<ReportRow>, StoreError> {
    r.query_opt(&format!("SELECT {COLUMNS} FROM reports WHERE id = ?"), params![&id.to_string()], read)
}

/// All reports, the latest period first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<ReportRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM reports ORDER BY period_last DESC, id DESC LIMIT 1000");
    r.query(&sql, &[], read)
}

/// Keeps a frozen set.
///
/// # Errors
/// [`StoreError::Unique`] when the version stands already: a frozen set never changes.
pub fn add_version(tx: &mut Tx<'_>, row: &ReportVersionRow) -> Result<(), StoreError> {
    let report = row.report.to_string();
    tx.execute(
        "INSERT INTO report_versions (report_id, version, frozen_set, digest, ledger_sequence, ledger_hash,
         reason, frozen_by, frozen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            &report,
            row.version,
            &row.frozen_set,
            &row.digest,
            row.ledger_sequence,
            &row.ledger_hash,
            &row.reason,
            &row.frozen_by,
            row.frozen_at.as_millisecond(),
        ],
    )?;
    let after = canonical(row)?;
    tx.record(Change {
        kind: "report_version.frozen",
        subject_kind: "report_version",
        subject: &format!("{report}/{}", row.version),
        after: Some(&after),
    })
    .map(drop)
}

/// The frozen sets of a report, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn versions(r: &mut Reader<'_>, report: ReportId) -> Result<Vec<ReportVersionRow>, StoreError> {
    r.query(
        "SELECT report_id, version, frozen_set, digest, ledger_sequence, ledger_hash, reason, frozen_by,
         frozen_at FROM report_versions WHERE report_id = ? ORDER BY version",
        params![&report.to_string()],
        |row| {
            Ok(ReportVersionRow {
                report: row.parse(0)?,
                version: row.integer(1)?,
                frozen_set: row.string(2)?,
                digest: row.string(3)?,
                ledger_sequence: row.integer(4)?,
                ledger_hash: row.string(5)?,
                reason: row.string(6)?,
                frozen_by: row.string(7)?,
                frozen_at: row.instant(8)?,
            })
        },
    )
}

/// Keeps a step; number, person and time are set here.
///
/// # Errors
/// When the database fails.
pub fn add_step(tx: &mut Tx<'_>, report: ReportId, event: &str, note: &str) -> Result<(), StoreError> {
    let id = report.to_string();
    let number = tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM report_steps WHERE report_id = ?",
        params![&id],
        |row| row.integer(0),
    )?;
    let row = ReportStepRow {
        report,
        number,
        event: event.to_owned(),
        person: tx.actor().to_owned(),
        taken_at: tx.now(),
        note: note.to_owned(),
    };
    tx.execute(
        "INSERT INTO report_steps (report_id, number, event, person_id, taken_at, note) VALUES (?, ?, ?, ?, ?, ?)",
        params![&id, number, event, &row.person, row.taken_at.as_millisecond(), note],
    )?;
    let after = canonical(&row)?;
    tx.record(Change {
        kind: "report_step.taken",
        subject_kind: "report_step",
        subject: &format!("{id}/{number}"),
        after: Some(&after),
    })
    .map(drop)
}

/// The steps of a report, first to last.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn steps(r: &mut Reader<'_>, report: ReportId) -> Result<Vec<ReportStepRow>, StoreError> {
    r.query(
        "SELECT report_id, number, event, person_id, taken_at, note FROM report_steps
         WHERE report_id = ? ORDER BY number",
        params![&report.to_string()],
        |row| {
            Ok(ReportStepRow {
                report: row.parse(0)?,
                number: row.integer(1)?,
                event: row.string(2)?,
                person: row.string(3)?,
                taken_at: row.instant(4)?,
                note: row.string(5)?,
            })
        },
    )
}

/// Keeps which file was made of a version; made again, the newer one counts. The file must stand in `blobs`.
///
/// # Errors
/// [`StoreError::Dangling`] when file or report does not exist.
pub fn put_file(tx: &mut Tx<'_>, row: &ReportFileRow) -> Result<(), StoreError> {
    let report = row.report.to_string();
    tx.execute(
        "INSERT INTO report_files (report_id, version, kind, digest) VALUES (?, ?, ?, ?)
         ON CONFLICT (report_id, version, kind) DO UPDATE SET digest = excluded.digest",
        params![&report, row.version, &row.kind, &row.digest],
    )?;
    let after = canonical(row)?;
    tx.record(Change {
        kind: "report_file.made",
        subject_kind: "report_file",
        subject: &format!("{report}/{}/{}", row.version, row.kind),
        after: Some(&after),
    })
    .map(drop)
}

/// The files of a report, by version and kind.
///
/// # Errors
/// When the database fails.
pub fn files(r: &mut Reader<'_>, report: ReportId) -> Result<Vec<ReportFileRow>, StoreError> {
    r.query(
        "SELECT report_id, version, kind, digest FROM report_files WHERE report_id = ? ORDER BY version, kind",
        params![&report.to_string()],
        |row| {
            Ok(ReportFileRow {
                report: row.parse(0)?,
                version: row.integer(1)?,
                kind: row.string(2)?,
                digest: row.string(3)?,
            })
        },
    )
}

/// Gives a report a short link.
///
/// # Errors
/// [`StoreError::Unique`] when the code stands already.
pub fn add_short_link(tx: &mut Tx<'_>, code: &str, report: ReportId) -> Result<(), StoreError> {
    let report = report.to_string();
    let now = tx.now_ms();
    tx.execute(
        "INSERT INTO short_links (code, report_id, created_at) VALUES (?, ?, ?)",
        params![code, &report, now],
    )?;
    let after = serde_json::json!({ "report": report }).to_string();
    tx.record(Change {
        kind: "short_link.made",
        subject_kind: "short_link",
        subject: code,
        after: Some(&after),
    })
    .map(drop)
}

/// The report behind a short link.
///
/// # Errors
/// When the database fails.
pub fn by_short_link(r: &mut Reader<'_>, code: &str) -> Result<Option<ReportId>, StoreError> {
    r.query_opt("SELECT report_id FROM short_links WHERE code = ?", params![code], |row| row.parse(0))
}

/// The first short link of a report.
///
/// # Errors
/// When the database fails.
pub fn short_link(r: &mut Reader<'_>, report: ReportId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT code FROM short_links WHERE report_id = ? ORDER BY created_at, code LIMIT 1";
    r.query_opt(sql, params![&report.to_string()], |row| row.string(0))
}
