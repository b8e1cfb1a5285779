//! Confirming who asks (PRESS-02): by whom of the office, how, and where they are reached. A code that was given out
//! before anybody was confirmed opens nothing from then on: whoever sent a request in a reporter's name holds it
//! (PRESS-A01). The new one is told once, to be handed to the contact that was confirmed.

use domain::access::Capability;
use domain::id::CaseId;
use domain::notice::receipt;
use domain::press::request::Identity;
use domain::text;
use store::press as rows;

use super::intake::hash_of;
use crate::{ActionError, Actor, App, Invalid};

/// What somebody of the office found out about who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identification {
    /// How sure the office is.
    pub identity: Identity,
    /// How to reach them, as was confirmed.
    pub contact: String,
    /// How it was confirmed.
    pub note: String,
}

/// Notes how sure the office is of who asks, how it was confirmed and the contact; gives the new code of the
/// reporter's page, told once, when another one takes the place of the one given out before.
///
/// # Errors
/// Without the right, without a note, without a contact for somebody who is confirmed, when it is closed, or when it
/// changed meanwhile.
pub fn identify(
    app: &App,
    actor: &Actor,
    (id, version): (CaseId, i64),
    found: &Identification,
) -> Result<Option<String>, ActionError> {
    actor.require(Capability::TakePress)?;
    let (contact, note) = (text::clean_line(&found.contact), text::clean_text(&found.note));
    let is_confirmed = found.identity != Identity::Unverified;
    let mut invalid = Vec::new();
    if is_confirmed && contact.is_empty() {
        invalid.push(Invalid::new("contact", "required"));
    }
    if note.is_empty() {
        invalid.push(Invalid::new("note", "required"));
    }
    for (field, value, most) in [("contact", &contact, 200), ("note", &note, 2_000)] {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let code = receipt(app.random()?);
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        if row.version != version {
            return Err(ActionError::Stale);
        }
        if row.state.is_closed() {
            return Err(ActionError::Refused("press_not_now"));
        }
        let was_confirmed = row.request.asked.identity != Identity::Unverified;
        let is_new = is_confirmed && !(was_confirmed && row.confirmed_contact == contact);
        if is_new {
            // The first code given out is the one that is told; one in between was never with the sender.
            let old = std::mem::replace(&mut row.code_hash, hash_of(&code));
            row.replaced_code_hash.get_or_insert(old);
        }
        row.request.asked.identity = found.identity;
        row.confirmed_contact = if is_confirmed { contact } else { String::new() };
        let row = rows::update(tx, "press_case.identify", &row)?;
        rows::add_step(tx, row.id, "identify", &note, "")?;
        Ok(is_new.then_some(code))
    })
}
