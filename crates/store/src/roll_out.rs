//! Regulations sent to units as rows: `domain::roll_out` gives them meaning.

use domain::id::{RecordId, RollOutId, UnitId};
use domain::publication::Attachment;
use domain::roll_out::{About, Paper, State};
use domain::time::{Day, Timestamp};
use serde::Serialize;

use crate::canonical::canonical;
use crate::ledger::Change;
use crate::sql::{Row, params};
use crate::{Reader, StoreError, Tx};

/// A regulation sent to units. Never changed: a new text is sent anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CampaignRow {
    /// Its id.
    pub id: RollOutId,
    /// The office that sends it.
    pub unit: UnitId,
    /// *Số, ký hiệu quy chế.*
    pub symbol: String,
    /// *Tên quy chế.*
    pub title: String,
    /// The text.
    pub body: String,
    /// Its digest: what units acknowledge.
    pub digest: String,
    /// Until when.
    pub due_on: Day,
    /// Who sent it, as the ledger names actors.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// The one sent before, which this one replaces.
    pub replaces: Option<RollOutId>,
    /// Issuer, days, file.
    pub about: About,
}

/// What a unit answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// Its id; that of its line in the register of roll-outs.
    pub id: RecordId,
    /// What was sent.
    pub campaign: RollOutId,
    /// The unit.
    pub unit: UnitId,
    /// Where it stands.
    pub state: State,
    /// What the unit asked; empty when nothing.
    pub question: String,
    /// What it was told, or why it is exempt.
    pub reply: String,
    /// Who answered, as the ledger names actors.
    pub person: Option<String>,
    /// The digest that was acknowledged; empty before.
    pub digest: String,
    /// When it was acknowledged or exempted.
    pub answered_at: Option<Timestamp>,
    /// Counts edits, from 1.
    pub version: i64,
    /// The answer of the unit above, which handed it on; none when the office sent it.
    pub via: Option<RecordId>,
    /// *Số, ký hiệu quy chế nội bộ* of the unit; empty before it returned one.
    pub own_symbol: String,
    /// When the unit issued it.
    pub own_issued_on: Option<Day>,
    /// Its file.
    pub own_file: Option<Attachment>,
    /// The paper by which it acknowledged; none when people of the unit did so here.
    pub paper: Option<Paper>,
}

const CAMPAIGN: &str = "id, unit_id, symbol, title, body, digest, due_on, created_by, created_at, replaces,
     about";
const ANSWER: &str =
    "id, campaign_id, unit_id, state, question, reply, person, digest, answered_at, version, via,
     own_symbol, own_issued_on, own_file, paper";

/// A value that is kept as JSON; none where nothing is.
fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>, StoreError> {
    let text = row.opt_text(column)?;
    text.map(|text| serde_json::from_str(text).map_err(|error| row.corrupt(column, &error.to_string())))
        .transpose()
}

fn text_of<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(error.to_string()))
}

fn read_campaign(row: &Row<'_>) -> Result<CampaignRow, StoreError> {
    Ok(CampaignRow {
        id: row.parse(0)?,
        unit: row.parse(1)?,
        symbol: row.string(2)?,
        title: row.string(3)?,
        body: row.string(4)?,
        digest: row.string(5)?,
        due_on: row.parse(6)?,
        created_by: row.string(7)?,
        created_at: row.instant(8)?,
        replaces: row.opt_parse(9)?,
        about: json(row, 10)?.unwrap_or_default(),
    })
}

fn read_answer(row: &Row<'_>) -> Result<AnswerRow, StoreError> {
    Ok(AnswerRow {
        id: row.parse(0)?,
        campaign: row.parse(1)?,
        unit: row.parse(2)?,
        state: State::from_word(row.text(3)?).ok_or_else(|| row.corrupt(3, "not a state"))?,
        question: row.string(4)?,
        reply: row.string(5)?,
        person: row.opt_string(6)?,
        digest: row.string(7)?,
        answered_at: row.opt_instant(8)?,
        version: row.integer(9)?,
        via: row.opt_parse(10)?,
        own_symbol: row.string(11)?,
        own_issued_on: row.opt_parse(12)?,
        own_file: json(row, 13)?,
        paper: json(row, 14)?,
    })
}

/// Records what is sent; author and time are set here. Gives what was stored.
///
/// # Errors
/// [`StoreError::Dangling`] when the unit does not exist.
pub fn insert(tx: &mut Tx<'_>, row: &CampaignRow) -> Result<CampaignRow, StoreError> {
    let row = CampaignRow { created_by: tx.actor().to_owned(), created_at: tx.now(), ..row.clone() };
    let (id, replaces) = (row.id.to_string(), row.replaces.map(|id| id.to_string()));
    tx.execute(
        &format!("INSERT INTO roll_out_campaigns ({CAMPAIGN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        params![
            &id,
            &row.unit.to_string(),
            &row.symbol,
            &row.title,
            &row.body,
            &row.digest,
            row.due_on,
            &row.created_by,
            row.created_at.as_millisecond(),
            replaces.as_deref(),
            text_of(&row.about)?.as_str(),
        ],
    )?;
    let after = canonical(&row)?;
    tx.record(Change { kind: "roll_out.sent", subject_kind: "roll_out", subject: &id, after: Some(&after) })?;
    Ok(row)
}

/// Records that a unit is asked to answer; its version becomes 1.
///
/// # Errors
/// [`StoreError::Unique`] when the unit was asked already.
pub fn insert_answer(tx: &mut Tx<'_>, row: &AnswerRow) -> Result<AnswerRow, StoreError> {
    let row = AnswerRow { version: 1, ..row.clone() };
    let via = row.via.map(|id| id.to_string());
    tx.execute(
        &format!(
            "INSERT INTO roll_out_answers ({ANSWER}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)"
        ),
        params![
            &row.id.to_string(),
            &row.campaign.to_string(),
            &row.unit.to_string(),
            row.state.word(),
            &row.question,
            &row.reply,
            row.person.as_deref(),
            &row.digest,
            row.answered_at.map(|at| at.as_millisecond()),
            via.as_deref(),
            &row.own_symbol,
            row.own_issued_on,
            file_of(&row)?.as_deref(),
            paper_of(&row)?.as_deref(),
        ],
    )?;
    record(tx, "roll_out_answer.asked", &row)?;
    Ok(row)
}

fn file_of(row: &AnswerRow) -> Result<Option<String>, StoreError> {
    row.own_file.as_ref().map(text_of).transpose()
}

fn paper_of(row: &AnswerRow) -> Result<Option<String>, StoreError> {
    row.paper.as_ref().map(text_of).transpose()
}

fn record(tx: &mut Tx<'_>, kind: &str, row: &AnswerRow) -> Result<(), StoreError> {
    let (after, subject) = (canonical(row)?, row.id.to_string());
    tx.record(Change { kind, subject_kind: "roll_out_answer", subject: &subject, after: Some(&after) })
        .map(drop)
}

/// Saves an answer; `row.version` is the version the change started from. Gives what was stored.
///
/// # Errors
/// [`StoreError::Stale`] when it changed meanwhile.
pub fn update_answer(tx: &mut Tx<'_>, kind: &str, row: &AnswerRow) -> Result<AnswerRow, StoreError> {
    let id = row.id.to_string();
    tx.execute_one(
        "roll_out_answers",
        &id,
        "UPDATE roll_out_answers SET state = ?, question = ?, reply = ?, person = ?, digest = ?, answered_at = ?,
         own_symbol = ?, own_issued_on = ?, own_file = ?, paper = ?, version = version + 1 WHERE id = ? AND version = ?",
        params![
            row.state.word(),
            &row.question,
            &row.reply,
            row.person.as_deref(),
            &row.digest,
            row.answered_at.map(|at| at.as_millisecond()),
            &row.own_symbol,
            row.own_issued_on,
            file_of(row)?.as_deref(),
            paper_of(row)?.as_deref(),
            &id,
            row.version,
        ],
    )?;
    let row = AnswerRow { version: row.version + 1, ..row.clone() };
    record(tx, kind, &row)?;
    Ok(row)
}

/// One roll-out.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find(r: &mut Reader<'_>, id: RollOutId) -> Result<Option<CampaignRow>, StoreError> {
    let sql = format!("SELECT {CAMPAIGN} FROM roll_out_campaigns WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read_campaign)
}

/// All roll-outs, the last first.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn all(r: &mut Reader<'_>) -> Result<Vec<CampaignRow>, StoreError> {
    let sql = format!("SELECT {CAMPAIGN} FROM roll_out_campaigns ORDER BY created_at DESC, id DESC");
    r.query(&sql, &[], read_campaign)
}

/// The answers of a roll-out, in the order of their units.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn answers(r: &mut Reader<'_>, id: RollOutId) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = format!("SELECT {ANSWER} FROM roll_out_answers WHERE campaign_id = ? ORDER BY unit_id");
    r.query(&sql, params![&id.to_string()], read_answer)
}

/// How many units of each roll-out are in which state.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub fn counts(r: &mut Reader<'_>) -> Result<Vec<(RollOutId, State, i64)>, StoreError> {
    r.query(
        "SELECT campaign_id, state, COUNT(*) FROM roll_out_answers GROUP BY campaign_id, state
         ORDER BY campaign_id, state",
        &[],
        |row| {
            let state = State::from_word(row.text(1)?).ok_or_else(|| row.corrupt(1, "not a state"))?;
            Ok((row.parse(0)?, state, row.integer(2)?))
        },
    )
}

/// One answer.
///
/// # Errors
/// When the database fails or the row cannot be read.
pub fn find_answer(r: &mut Reader<'_>, id: RecordId) -> Result<Option<AnswerRow>, StoreError> {
    let sql = format!("SELECT {ANSWER} FROM roll_out_answers WHERE id = ?");
    r.query_opt(&sql, params![&id.to_string()], read_answer)
}
