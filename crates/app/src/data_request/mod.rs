//! Requests of people about their own data: handed in by anybody or written down by the desk, acknowledged, decided and
//! told at the page of the code. Whether an act is possible is `domain::data_request::decide`; what is personal stands in
//! the row alone and is taken away when its time is over.

mod act;
mod intake;
mod receipt;

use std::collections::BTreeMap;

use domain::access::Capability;
use domain::data_request::{self as machine, Event, Moment, Refusal, State};
use domain::id::DataRequestId;
use domain::press::clock;
use domain::time::{self, Timestamp};
use store::data_request::{self as rows, Person};

pub use act::{Given, Identification, act, identify};
pub use intake::{AN_HOUR, Intake, LONGEST_DETAILS, Sent, send, take};
pub use receipt::{Receipt, by_code, is_replaced};
pub use store::data_request::DataRequestRow;

use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, account};

/// Requests on a page of the desk.
pub const PER_PAGE: u16 = 50;
/// Open requests that are looked through.
const MOST: u16 = 200;
/// Signs of what is told: an answer, a reason, a ground.
pub const LONGEST_WORDS: u32 = 4_000;

/// A request with what its page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The request; what is personal only for those with the right.
    pub row: DataRequestRow,
    /// What may be done now, or why not.
    pub buttons: Vec<(Event, Result<(), Refusal>)>,
    /// The most days of an extension; none where the law of the day of receipt allows none.
    pub extension: Option<u32>,
    /// Names of people, by the word the ledger keeps.
    pub people: BTreeMap<String, String>,
}

/// A page of requests with how many there are; without anything personal.
///
/// # Errors
/// Without the right to handle them.
pub fn list(
    app: &App,
    actor: &Actor,
    state: Option<State>,
    page: u32,
) -> Result<(Vec<DataRequestRow>, i64), ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    let (mut found, total) = app.read(|r| Ok(rows::list(r, state, page, PER_PAGE)?))?;
    found.iter_mut().for_each(|row| row.person = Person::default());
    Ok((found, total))
}

/// One request; the look at what is personal is a security event.
///
/// # Errors
/// Without the right to handle them, or when there is none.
pub fn show(app: &App, actor: &Actor, id: DataRequestId) -> Result<Shown, ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    let policy = rules::policy(app)?;
    let (mut row, people) = app.read(|r| {
        let row = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        Ok((row, account::names(r)?))
    })?;
    if !actor.may(Capability::ReadPersonalData) {
        row.person = Person::default();
    } else if row.person != Person::default() {
        let actor = actor.name.as_str();
        tracing::info!(target: "security", event = "personal_data_read", actor, data_request = %id, "personal data read");
    }
    let moment = moment(actor, &policy, &row, app.now());
    let buttons = machine::available((row.state, &row.request), moment);
    let extension = extension(&policy, &row).map(|rule| match rule.limit {
        domain::law::Limit::CalendarDays(days) | domain::law::Limit::WorkingDays(days) => days,
        _ => 0,
    });
    Ok(Shown { row, buttons, extension, people })
}

/// The requests that wait for the office, the first due first; without anything personal.
pub(crate) fn waiting(app: &App, actor: &Actor) -> Result<Vec<DataRequestRow>, ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    let mut found = app.read(|r| Ok(rows::open(r, MOST)?))?;
    found.iter_mut().for_each(|row| row.person = Person::default());
    Ok(found)
}

/// The rule that allows an extension, as the law of the day of receipt says.
fn extension<'a>(policy: &'a Policy, row: &DataRequestRow) -> Option<&'a domain::law::Rule> {
    machine::extension(&policy.law, row.request.kind, time::day_of(row.received_at))
}

fn moment<'a>(actor: &'a Actor, policy: &Policy, row: &DataRequestRow, at: Timestamp) -> Moment<'a> {
    Moment { roles: &actor.roles, at, may_extend: extension(policy, row).is_some() }
}

/// Takes away what is personal in requests whose time is over; part of the daily clearing-up. Gives of how many.
pub(crate) fn forget_people(tx: &mut store::Tx<'_>) -> Result<usize, ActionError> {
    let law = rules::load(tx)?.law;
    let Some(first) = clock::kept_since(&law, time::day_of(tx.now())) else { return Ok(0) };
    let before = time::start_of(first).unwrap_or(Timestamp::MIN);
    Ok(rows::forget_people(tx, before, MOST)?)
}
