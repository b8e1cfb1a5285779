//! Noting that a cleared answer was said, not sent: an interview, a call, a talk at the office.

use domain::access::Capability;
use domain::id::CaseId;
use domain::press::request::Spoken;
use domain::press::workflow::{Event, Given};
use domain::text;
use domain::time::{self, Timestamp};

use super::act::{decide, load, save};
use super::{emergency, line, speaker};
use crate::{ActionError, Actor, App, Invalid, rules};

/// Signs of the place.
const LONGEST_PLACE: usize = 200;

/// What is noted of an answer that was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// When.
    pub at: Option<Timestamp>,
    /// Where, or through what.
    pub place: String,
}

/// Notes that the answer was said as it was cleared, by who stands in it as speaker: the request is answered, without a
/// number, and counts as a turn of speech.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal, also for a speaker who was not entitled that day; for a time that
/// lies ahead or before the answer was cleared; [`ActionError::Stale`].
pub fn tell(app: &App, actor: &Actor, at: (CaseId, i64), telling: &Telling) -> Result<(), ActionError> {
    actor.require(Capability::ReadPress)?;
    let policy = rules::policy(app)?;
    let place = text::clean_line(&telling.place);
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let step = decide(tx, actor, &policy, &row, Event::Tell, Given::default())?;
        let said_at = check(telling, &place, row.request.cleared_at(), tx.now())?;
        emergency::refuse_frozen(tx, row.id)?;
        let day = time::day_of(said_at);
        let who = (row.request.answer.speaker.as_str(), row.request.asked.subject.as_str());
        speaker::require(tx, who, day)?;
        row.request.spoken = Some(Spoken { at: said_at, place: place.clone() });
        let row = save(tx, &policy, row, (step, &place))?;
        line::keep_statement(tx, &row, day)
    })
}

fn check(
    telling: &Telling,
    place: &str,
    cleared_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Timestamp, ActionError> {
    let mut invalid = Vec::new();
    match place.chars().count() {
        0 => invalid.push(Invalid::new("place", "required")),
        LONGEST_PLACE.. => invalid.push(Invalid::new("place", "too_long").with("limit", LONGEST_PLACE)),
        _ => {}
    }
    match telling.at {
        None => invalid.push(Invalid::new("told_on", "required")),
        Some(at) if at > now => invalid.push(Invalid::new("told_on", "in_future")),
        // Minutes are typed: what was said in the minute of the approval came after it.
        Some(at) => {
            let minute = jiff::SignedDuration::from_mins(1);
            if let Some(cleared) = cleared_at.filter(|cleared| at + minute <= *cleared) {
                let cleared = time::instant_in_table(cleared);
                invalid.push(Invalid::new("told_on", "before_clearance").with("cleared", cleared));
            }
        }
    }
    match telling.at {
        Some(at) if invalid.is_empty() => Ok(at),
        _ => Err(ActionError::Invalid(invalid)),
    }
}
