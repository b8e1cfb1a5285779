//! What a reporter complains of at the page of the code (B15): that it is late, that the answer does not answer, that a
//! refusal has no ground. A *khiếu nại* by law goes its own way; the page says so.

use domain::access::Capability;
use domain::id::CaseId;
use domain::press::request::Complaint;
use domain::text;
use store::press::{self as rows};

use super::act::load;
use super::intake::AN_HOUR;
use super::reporter::find;
use crate::{ActionError, Actor, App, Invalid};

/// Signs of a complaint, and of what is answered.
pub const LONGEST_COMPLAINT: u32 = 4_000;

/// Complaints about one request: who needs more should call.
pub const MOST_COMPLAINTS: usize = 5;

fn checked(field: &str, typed: &str) -> Result<String, ActionError> {
    let words = text::clean_text(typed);
    if words.is_empty() {
        return Err(ActionError::invalid(field, "required"));
    }
    if words.chars().count() > usize::try_from(LONGEST_COMPLAINT).unwrap_or(usize::MAX) {
        let wrong = Invalid::new(field, "too_long").with("limit", LONGEST_COMPLAINT);
        return Err(ActionError::Invalid(vec![wrong]));
    }
    Ok(words)
}

/// Complains about how a request is handled; one complaint waits at a time.
///
/// # Errors
/// [`ActionError::NotFound`] when there is no such request; without words, or with too many; while another complaint
/// waits; too many from one network.
pub fn complain(app: &App, typed: &str, words: &str, network: &str) -> Result<(), ActionError> {
    let found = find(app, typed)?;
    let text = checked("complaint", words)?;
    crate::notice::limit_of(app, "press", network, AN_HOUR)?;
    app.write(&Actor::system(), |tx| {
        let mut row = rows::find(tx, found.id)?.ok_or(ActionError::NotFound)?;
        if row.request.open_complaint().is_some() || row.request.complaints.len() >= MOST_COMPLAINTS {
            return Err(ActionError::Refused("press_complaint_waits"));
        }
        row.request.complaints.push(Complaint { text, at: tx.now(), reply: None });
        rows::update(tx, "press_case.complain", &row)?;
        rows::add_step(tx, row.id, "complain", "", "")?;
        Ok(())
    })
}

/// Whether this person may answer complaints: who takes requests, and who approves what the office says.
pub(super) fn may_answer_complaints(actor: &Actor) -> bool {
    actor.may(Capability::TakePress) || actor.may(Capability::ApprovePress)
}

/// Answers the complaint that waits; the reporter reads it at the page of the code.
///
/// # Errors
/// Without the right; without words, or with too many; when none waits; [`ActionError::Stale`].
pub fn answer_complaint(app: &App, actor: &Actor, at: (CaseId, i64), words: &str) -> Result<(), ActionError> {
    if !may_answer_complaints(actor) {
        actor.require(Capability::TakePress)?;
    }
    let reply = checked("reply", words)?;
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let now = tx.now();
        let open = row.request.complaints.iter_mut().find(|complaint| complaint.reply.is_none());
        let open = open.ok_or(ActionError::Refused("press_not_now"))?;
        open.reply = Some((reply, actor.name.clone(), now));
        rows::update(tx, "press_case.answer_complaint", &row)?;
        rows::add_step(tx, row.id, "answer_complaint", "", "")?;
        Ok(())
    })
}
