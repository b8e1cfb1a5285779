//! What is done about a request. Whether each act came in time is decided with it and stays.

use domain::access::Capability;
use domain::data_request::{self as machine, DataRequest, Done, Event, Refusal, State};
use domain::deadline::NoExtension;
use domain::id::DataRequestId;
use domain::notice::receipt;
use domain::text;
use store::data_request::{self as rows, DataRequestRow};

use super::{LONGEST_WORDS, extension, moment};
use crate::notice::hash_of;
use crate::press::end_of;
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, Invalid};

/// What is typed with an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The reason of an extension, the ground of a refusal, why it was taken back.
    pub reason: String,
    /// What was done, or what else the person is told; personal.
    pub answer: String,
    /// Days of an extension.
    pub days: Option<u32>,
}

/// What somebody of the office found out about who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identification {
    /// How to reach them, as was confirmed.
    pub contact: String,
    /// How it was confirmed.
    pub how: String,
}

/// Reads the request at the version the person saw and decides.
fn decided(
    tx: &mut store::Tx<'_>,
    (actor, policy): (&Actor, &Policy),
    (id, version): (DataRequestId, i64),
    event: Event,
) -> Result<(DataRequestRow, State), ActionError> {
    let row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
    if row.version != version {
        return Err(ActionError::Stale);
    }
    let moment = moment(actor, policy, &row, tx.now());
    let to = machine::decide((row.state, &row.request), event, moment)
        .map_err(|refusal| ActionError::Refused(refusal.code()))?;
    Ok((row, to))
}

fn check_length(field: &str, words: &str, most: u32, invalid: &mut Vec<Invalid>) {
    if words.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
        invalid.push(Invalid::new(field, "too_long").with("limit", most));
    }
}

/// Confirms who asks, as for reporters: the code given out before opens nothing from then on, for whoever wrote in the
/// person's name may hold it; the new one is given back once, to be handed to the contact that was confirmed.
///
/// # Errors
/// Without the right, a contact or how it was confirmed; once it is decided; [`ActionError::Stale`].
pub fn identify(
    app: &App,
    actor: &Actor,
    at: (DataRequestId, i64),
    found: &Identification,
) -> Result<String, ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    let (contact, how) = (text::clean_line(&found.contact), text::clean_text(&found.how));
    let mut invalid = Vec::new();
    for (field, value, most) in [("contact", &contact, 200), ("how", &how, 2_000)] {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        check_length(field, value, most, &mut invalid);
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let policy = rules::policy(app)?;
    let code = receipt(app.random()?);
    app.write(actor, |tx| {
        let (mut row, _) = decided(tx, (actor, &policy), at, Event::Identify)?;
        // The first code given out is the one that is told of; one in between was never with the sender.
        let old = std::mem::replace(&mut row.code_hash, hash_of(&code));
        row.replaced_code_hash.get_or_insert(old);
        let (person, at) = (actor.name.clone(), tx.now());
        row.request.identified = Some(Done { person, at, on_time: None, reason: String::new() });
        row.person.confirmed_contact = contact;
        row.person.confirmed_how = how;
        rows::update(tx, "data_request.identify", &row)?;
        Ok(code)
    })
}

/// Acknowledges a request, extends its limit, or decides it.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; for a reason, an answer or days that are missing or too many;
/// [`ActionError::Stale`].
pub fn act(
    app: &App,
    actor: &Actor,
    at: (DataRequestId, i64),
    event: Event,
    given: &Given,
) -> Result<(), ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    if event == Event::Identify {
        return Err(ActionError::Refused(Refusal::NotNow.code()));
    }
    let policy = rules::policy(app)?;
    let (reason, answer) = (text::clean_text(&given.reason), text::clean_text(&given.answer));
    app.write(actor, |tx| {
        let (mut row, to) = decided(tx, (actor, &policy), at, event)?;
        let mut invalid = Vec::new();
        let needs_reason = matches!(event, Event::Extend | Event::Refuse | Event::TakeBack);
        for (field, words, is_needed) in
            [("reason", &reason, needs_reason), ("answer", &answer, event == Event::Fulfil)]
        {
            if is_needed && words.is_empty() {
                invalid.push(Invalid::new(field, "required"));
            }
            check_length(field, words, LONGEST_WORDS, &mut invalid);
        }
        if event == Event::Extend && given.days.is_none_or(|days| days == 0) {
            invalid.push(Invalid::new("days", "required"));
        }
        if !invalid.is_empty() {
            return Err(ActionError::Invalid(invalid));
        }
        let now = tx.now();
        let request = &mut row.request;
        let in_time = |limit: Option<&domain::deadline::Deadline>| limit.map(|limit| !limit.is_late_at(now));
        let done = |on_time| Done {
            person: actor.name.clone(),
            at: now,
            on_time,
            reason: if needs_reason { reason.clone() } else { String::new() },
        };
        match event {
            Event::Acknowledge => {
                request.acknowledged = Some(done(in_time(request.acknowledge_by.as_ref())));
            }
            Event::Extend => {
                request.extended = Some(done(None));
                extend(&policy, &mut row, given.days.unwrap_or(0), &reason)?;
            }
            Event::Fulfil | Event::Refuse => {
                request.decided = Some(done(in_time(request.deadline.as_ref())));
                row.person.answer = answer;
            }
            Event::TakeBack => request.decided = Some(done(None)),
            Event::Identify => return Err(ActionError::Refused(Refusal::NotNow.code())),
        }
        row.state = to;
        row.closed_at = to.is_closed().then_some(now);
        row.due_at = running(&row.request, to);
        rows::update(tx, &format!("data_request.{}", event.word()), &row)?;
        Ok(())
    })
}

fn running(request: &DataRequest, state: State) -> Option<domain::time::Timestamp> {
    request.running(state).and_then(|limit| end_of(limit.due))
}

/// Moves the limit by so many days, at most what the law of the day of receipt allows.
fn extend(policy: &Policy, row: &mut DataRequestRow, days: u32, reason: &str) -> Result<(), ActionError> {
    let none = || ActionError::Refused(Refusal::NoExtension.code());
    let rule = extension(policy, row).ok_or_else(none)?;
    let limit = row.request.deadline.as_ref().ok_or_else(none)?;
    let moved = limit.extended_by(rule, days, reason, &policy.calendar).map_err(|error| match error {
        NoExtension::OverMaximum(most) => {
            let wrong = Invalid::new("days", "number_between").with("least", 1).with("most", most);
            ActionError::Invalid(vec![wrong])
        }
        NoExtension::NotInDays | NoExtension::NoDeadline(_) => none(),
    })?;
    row.request.deadline = Some(moved);
    Ok(())
}
