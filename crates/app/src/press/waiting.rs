//! What of the press desk waits for one person beside requests: extraordinary cases to speak on, press conferences.

use std::collections::BTreeSet;

use domain::access::Capability;
use domain::id::CaseId;
use domain::press::conference::{self as machine, Event, State};
use domain::time::{self, Timestamp};
use store::conference::{self as conferences, ConferenceRow};
use store::emergency::EmergencyRow;
use store::{Reader, StoreError};

use super::conference::{deadline, facts, kind_of_office};
use super::end_of;
use crate::{ActionError, Actor, App, rules};

/// Conferences that are looked through, of those to come and of those that began.
const LOOKED_AT: u16 = 100;

/// The extraordinary cases on which the office has said nothing yet, the first due first; for who may say something.
pub(crate) fn emergencies_to_speak_on(app: &App, actor: &Actor) -> Result<Vec<EmergencyRow>, ActionError> {
    if !actor.may(Capability::ApprovePress) {
        return Ok(Vec::new());
    }
    let mut open = app.read(|r| Ok(store::emergency::open(r)?))?;
    open.retain(|row| row.emergency.said.is_empty());
    Ok(open)
}

/// The requests that a crisis freezes now.
pub(crate) fn frozen(r: &mut Reader<'_>) -> Result<BTreeSet<CaseId>, StoreError> {
    let open = store::emergency::open(r)?.into_iter().filter(|row| row.emergency.is_crisis());
    Ok(open.flat_map(|row| row.emergency.related).collect())
}

/// The press conferences that wait for this person: to be notified, written down as held, closed with minutes. With the
/// end of the limit, where the law of their day sets one for the act.
pub(crate) fn conferences_waiting_for(
    app: &App,
    actor: &Actor,
) -> Result<Vec<(ConferenceRow, Event, Option<Timestamp>)>, ActionError> {
    let (policy, now) = (rules::policy(app)?, app.now());
    let from = time::start_of(app.today()).unwrap_or(Timestamp::MIN);
    app.read(|r| {
        let kind = kind_of_office(r)?;
        let mut rows = conferences::coming(r, from, LOOKED_AT)?;
        rows.extend(conferences::past(r, from, LOOKED_AT)?);
        let waits = |row: ConferenceRow| {
            let limit = deadline(&policy, kind, row.starts_at);
            let facts = facts(&row, limit.is_some());
            let wanted = match row.state {
                // Without a limit nothing has to be notified.
                State::Planned if limit.is_some() && now < row.starts_at => Event::Notify,
                State::Planned | State::Notified | State::Accepted => Event::Hold,
                State::Held => Event::Close,
                State::Objected | State::Closed | State::Cancelled => return None,
            };
            let missing = Err(machine::Refusal::PapersMissing);
            let decided = machine::decide(&facts, wanted, &actor.roles, now).map(drop);
            // What lacks papers waits all the same: they are to be added.
            let due = limit.filter(|_| wanted == Event::Notify).and_then(|limit| end_of(limit.due));
            (decided.is_ok() || decided == missing).then_some((row, wanted, due))
        };
        Ok(rows.into_iter().filter_map(waits).collect())
    })
}
