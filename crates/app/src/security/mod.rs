//! The log of security events (LOG-06, LOG-08): everything that is logged with the target `security` (refusals, sign-ins,
//! reading and taking out personal data, backups) is also kept in a chained table, with the person, address and
//! number of the request it happened in. [`Recorder`] takes the events up; nothing in the application changes one.

mod recorder;

use domain::access::Capability;
use domain::time::Timestamp;
use store::security::{NewEvent, append, remove_before};

pub use recorder::{Recorder, Taker};

use crate::{ActionError, Actor, App, account};

/// Events are kept so many days: twelve months and a month to look (LOG-10, NĐ 333/2026).
pub(crate) const KEPT_DAYS: i64 = 400;

/// An event as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// From 1.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// What: `signed_in`; locale key `security.event.<word>`.
    pub event: String,
    /// Who, by name; empty when nobody was signed in.
    pub who: String,
    /// From where: address and port; empty for the program itself.
    pub source: String,
    /// The reference number of the request.
    pub request: String,
    /// What it was about.
    pub detail: String,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPage {
    /// The events, newest first.
    pub events: Vec<EventView>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// The kinds of events there are.
    pub kinds: Vec<String>,
}

/// Events before a sequence, newest first, only of one kind when asked.
///
/// # Errors
/// Without the right to read the log.
pub fn events(
    app: &App,
    actor: &Actor,
    (before, kind): (Option<i64>, Option<&str>),
    limit: u16,
) -> Result<EventPage, ActionError> {
    actor.require(Capability::ReadSecurityLog)?;
    app.read(|r| {
        let names = account::names(r)?;
        let (events, has_more) = store::security::page(r, before, kind, limit)?;
        let view = |event: domain::security::Event| EventView {
            sequence: event.sequence,
            at: Timestamp::from_millisecond(event.at_milliseconds).unwrap_or(Timestamp::UNIX_EPOCH),
            event: event.event,
            who: names.get(&event.person).cloned().unwrap_or(event.person),
            source: match event.port {
                0 => event.address,
                port => format!("{} : {port}", event.address),
            },
            request: event.request,
            detail: event.detail,
        };
        let events = events.into_iter().map(view).collect();
        Ok(EventPage { events, has_more, kinds: store::security::kinds(r)? })
    })
}

/// Takes events away that were kept long enough, and leaves an event that says so.
pub(crate) fn forget_old(tx: &mut store::Tx<'_>, before: Timestamp) -> Result<(), ActionError> {
    if let Some(sequence) = remove_before(tx, before)? {
        let event = NewEvent {
            at_milliseconds: tx.now().as_millisecond(),
            event: "events_removed".to_owned(),
            person: "system".to_owned(),
            detail: format!("up_to={sequence}"),
            ..NewEvent::default()
        };
        append(tx, &[event])?;
    }
    Ok(())
}
