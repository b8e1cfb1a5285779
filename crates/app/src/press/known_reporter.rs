//! The reporters an office knows (B2), and taking their names away when their time is over (PII-04).

use domain::access::Capability;
use domain::id::{AgencyId, ReporterId};
use domain::press::clock;
use domain::text;
use domain::time::{self, Timestamp};
use store::StoreError;
use store::press::{self as rows, AgencyRow, ReporterRow};

use crate::{ActionError, Actor, App, Invalid, rules};

/// Requests and reporters that one sweep forgets at most; the next one goes on.
const MOST: u16 = 500;

/// What is typed about a reporter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReporterEdit {
    /// *Họ và tên.*
    pub name: String,
    /// *Số thẻ nhà báo, giấy giới thiệu.*
    pub card: String,
    /// How to reach them.
    pub contact: String,
    /// Whether they still work with the office.
    pub is_active: bool,
}

/// The reporters of an agency. That they were read stands in the security log.
///
/// # Errors
/// Without the right to take requests and to see personal data.
pub fn reporters(app: &App, actor: &Actor, agency: AgencyId) -> Result<Vec<ReporterRow>, ActionError> {
    actor.require(Capability::TakePress)?;
    actor.require(Capability::ReadPersonalData)?;
    let reporters = app.read(|r| Ok(rows::reporters(r, agency)?))?;
    if !reporters.is_empty() {
        log(actor, agency);
    }
    Ok(reporters)
}

fn log(actor: &Actor, agency: AgencyId) {
    let actor = actor.name.as_str();
    tracing::info!(target: "security", event = "personal_data_read", actor, %agency, "personal data read");
}

/// One reporter with the agency. That it was read stands in the security log.
///
/// # Errors
/// Without the right to take requests and to see personal data, or when there is none.
pub fn reporter(app: &App, actor: &Actor, id: ReporterId) -> Result<(ReporterRow, AgencyRow), ActionError> {
    actor.require(Capability::TakePress)?;
    actor.require(Capability::ReadPersonalData)?;
    let found = app.read(|r| {
        let row = rows::find_reporter(r, id)?.ok_or(ActionError::NotFound)?;
        let agency = rows::find_agency(r, row.agency)?.ok_or(ActionError::NotFound)?;
        Ok((row, agency))
    })?;
    log(actor, found.1.id);
    Ok(found)
}

/// Adds a reporter to an agency, or changes one from the version the person saw.
///
/// # Errors
/// Without the right to take requests and to see personal data, for fields that cannot be taken, when one of this name
/// and card stands at the agency, or when it changed meanwhile.
pub fn save_reporter(
    app: &App,
    actor: &Actor,
    (agency, at): (AgencyId, Option<(ReporterId, i64)>),
    edit: &ReporterEdit,
) -> Result<(), ActionError> {
    actor.require(Capability::TakePress)?;
    actor.require(Capability::ReadPersonalData)?;
    let [name, card, contact] = [&edit.name, &edit.card, &edit.contact].map(|text| text::clean_line(text));
    let mut invalid = Vec::new();
    if name.is_empty() {
        invalid.push(Invalid::new("name", "required"));
    }
    for (field, value, most) in [("name", &name, 100), ("card", &card, 100), ("contact", &contact, 200)] {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        rows::find_agency(tx, agency)?.ok_or(ActionError::NotFound)?;
        let (id, version) = match at {
            Some(at) => at,
            None => (tx.new_id()?, 0),
        };
        if let Some(standing) = rows::find_reporter(tx, id)?
            && standing.agency != agency
        {
            return Err(ActionError::NotFound);
        }
        let updated_at = tx.now();
        let is_active = edit.is_active;
        let row = ReporterRow { id, agency, name, card, contact, is_active, updated_at, version };
        let saved =
            if at.is_some() { rows::update_reporter(tx, &row) } else { rows::insert_reporter(tx, &row) };
        saved.map_err(|error| match error {
            StoreError::Unique(_) => ActionError::invalid("name", "exists_already"),
            other => other.into(),
        })
    })
}

/// Takes away names and contacts whose time is over; part of the daily clearing-up. Gives of how many.
pub(crate) fn forget_reporters(tx: &mut store::Tx<'_>) -> Result<usize, ActionError> {
    let law = rules::load(tx)?.law;
    let Some(first) = clock::kept_since(&law, time::day_of(tx.now())) else { return Ok(0) };
    let before = time::start_of(first).unwrap_or(Timestamp::MIN);
    Ok(rows::forget_reporters(tx, before, MOST)?)
}
