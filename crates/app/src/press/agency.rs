//! The press agencies an office knows (B2): what they are, which medium, the contact a person confirmed.

use domain::access::Capability;
use domain::id::AgencyId;
use domain::register::Register;
use domain::text;
use store::StoreError;
use store::press::{self as rows, AgencyRow};

use crate::{ActionError, Actor, App, Invalid};

/// The media, by stored word; locale key `press_medium.<word>`. The press's own limits depend on it (PL-COR).
pub const MEDIA: [&str; 7] =
    ["daily_print", "weekly_print", "magazine", "radio", "television", "online", "not_press"];

/// What is typed about an agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencyEdit {
    /// *Tên cơ quan.*
    pub name: String,
    /// The stored word of its kind.
    pub kind: String,
    /// The stored word of its medium.
    pub medium: String,
    /// Days between two issues.
    pub cycle_days: Option<i64>,
    /// The contact a person confirmed.
    pub contact: String,
    /// Remarks.
    pub note: String,
    /// Whether it is offered for new requests.
    pub is_active: bool,
}

/// All agencies by name; without contacts for those who may not see them.
///
/// # Errors
/// Without the right to see requests.
pub fn agencies(app: &App, actor: &Actor) -> Result<Vec<AgencyRow>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let mut agencies = app.read(|r| Ok(rows::agencies(r)?))?;
    if !actor.may(Capability::ReadPersonalData) {
        agencies.iter_mut().for_each(|row| row.contact.clear());
    }
    Ok(agencies)
}

/// One agency.
///
/// # Errors
/// Without the right to take requests, or when there is none.
pub fn agency(app: &App, actor: &Actor, id: AgencyId) -> Result<AgencyRow, ActionError> {
    actor.require(Capability::TakePress)?;
    app.read(|r| rows::find_agency(r, id)?.ok_or(ActionError::NotFound))
}

/// Adds an agency, or changes one from the version the person saw.
///
/// # Errors
/// Without the right, for fields that cannot be taken, when one of this name stands, or when it changed meanwhile.
pub fn save_agency(
    app: &App,
    actor: &Actor,
    at: Option<(AgencyId, i64)>,
    edit: &AgencyEdit,
) -> Result<AgencyId, ActionError> {
    actor.require(Capability::TakePress)?;
    let (name, contact) = (text::clean_line(&edit.name), text::clean_line(&edit.contact));
    let note = text::clean_text(&edit.note);
    let mut invalid = Vec::new();
    if name.is_empty() {
        invalid.push(Invalid::new("name", "required"));
    }
    for (field, value, most) in [("name", &name, 200), ("contact", &contact, 200), ("note", &note, 2_000)] {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    let kind = Register::PressRequests.field("requester_kind").and_then(|field| field.word(&edit.kind));
    if kind.is_none() {
        invalid.push(Invalid::new("kind", "required"));
    }
    if !MEDIA.contains(&edit.medium.as_str()) {
        invalid.push(Invalid::new("medium", "required"));
    }
    if edit.cycle_days.is_some_and(|days| !(1..=366).contains(&days)) {
        invalid.push(Invalid::new("cycle_days", "not_a_count"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let exists = |error| match error {
        StoreError::Unique(_) => ActionError::invalid("name", "exists_already"),
        other => other.into(),
    };
    app.write(actor, |tx| {
        let (id, version) = match at {
            Some(at) => at,
            None => (tx.new_id()?, 0),
        };
        let row = AgencyRow {
            id,
            name,
            kind: edit.kind.clone(),
            medium: edit.medium.clone(),
            cycle_days: edit.cycle_days,
            contact,
            note,
            is_active: edit.is_active,
            version,
        };
        let saved = if at.is_some() { rows::update_agency(tx, &row) } else { rows::insert_agency(tx, &row) };
        saved.map_err(exists)?;
        Ok(id)
    })
}
