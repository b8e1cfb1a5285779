//! What the holder of the code is told: where it stands, until when, and, once somebody confirmed who asks, what was done.

use domain::data_request::{Kind, State};
use domain::deadline::Deadline;
use domain::notice::read_receipt;
use domain::time::{self, Day};
use store::data_request as rows;

use crate::notice::hash_of;
use crate::{ActionError, App};

/// What the holder of the code is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// What is asked.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The day it came.
    pub received: Day,
    /// The day it was acknowledged.
    pub acknowledged: Option<Day>,
    /// The limit that runs.
    pub limit: Option<Deadline>,
    /// Until when it is decided, while it is not.
    pub decide_by: Option<Day>,
    /// Why it was extended, the ground of a refusal; empty for none.
    pub reasons: Vec<String>,
    /// Whether the office still has to confirm who asks.
    pub is_unidentified: bool,
    /// The day it was decided.
    pub decided: Option<Day>,
    /// What was done; never before somebody confirmed who asks.
    pub answer: String,
}

/// The request with this code. Nobody guesses one: it holds 80 random bits.
///
/// # Errors
/// [`ActionError::NotFound`] when there is none.
pub fn by_code(app: &App, typed: &str) -> Result<Receipt, ActionError> {
    let code = read_receipt(typed).ok_or(ActionError::NotFound)?;
    let row = app.read(|r| rows::by_code(r, &hash_of(&code))?.ok_or(ActionError::NotFound))?;
    let request = row.request;
    let limit = request.running(row.state).cloned();
    let decide_by = request.deadline.as_ref().filter(|_| !row.state.is_closed());
    let decide_by = decide_by.map(|deadline| deadline.due.day());
    let is_identified = request.identified.is_some();
    let day = |done: &domain::data_request::Done| time::day_of(done.at);
    let told = [&request.extended, &request.decided].into_iter().flatten();
    let reasons = told.map(|done| done.reason.clone()).filter(|reason| !reason.is_empty());
    Ok(Receipt {
        number: row.number,
        kind: request.kind,
        state: row.state,
        received: time::day_of(row.received_at),
        acknowledged: request.acknowledged.as_ref().map(day),
        limit,
        decide_by,
        reasons: reasons.collect(),
        is_unidentified: !is_identified && !row.state.is_closed(),
        decided: request.decided.as_ref().map(day),
        answer: if is_identified { row.person.answer } else { String::new() },
    })
}

/// Whether this is a code that opened a request before who asks was confirmed: another one was given to the confirmed
/// contact, and this one opens nothing.
///
/// # Errors
/// When the database fails.
pub fn is_replaced(app: &App, typed: &str) -> Result<bool, ActionError> {
    let Some(code) = read_receipt(typed) else { return Ok(false) };
    app.read(|r| Ok(rows::is_replaced(r, &hash_of(&code))?))
}
