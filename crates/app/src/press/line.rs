//! The lines of registers that requests and parts keep: one place where a case becomes a record.

use domain::press::part::State as PartState;
use domain::press::workflow::State;
use domain::register::due::basis_of;
use domain::register::{Register, Values};
use domain::time::{self, Day};
use domain::unit::Tree;
use store::Tx;
use store::press::{CaseRow, PartRow};

use crate::kept_line::{self, Line};
use crate::{ActionError, office};

/// The values of the line of a request. Who asked by name stays with the request, where it can be taken away.
fn values(row: &CaseRow, tree: &Tree) -> Values {
    let request = &row.request;
    let asked = &request.asked;
    let mut line = Line::new(Register::PressRequests);
    line.text("code", &row.number);
    line.day("received_on", time::day_of(row.received_at));
    line.text("requester", &asked.requester);
    line.word("requester_kind", &asked.requester_kind);
    line.text("request_symbol", &asked.request_symbol);
    line.text("subject", &asked.subject);
    line.word("channel", &asked.channel);
    line.word("legal_kind", &asked.legal_kind);
    if let Some(unit) = request.lead.and_then(|unit| tree.get(unit)) {
        line.text("lead_unit", &unit.name);
    }
    if let Some(deadline) = &request.deadline {
        line.day("due_on", deadline.due.day());
        line.text("due_basis", &basis_of(deadline));
    }
    line.word("outcome", row.state.outcome());
    if let Some(day) = request.answered_on() {
        line.day("answered_on", day);
        line.text("reply_symbol", request.reply_symbol());
        line.word("reply_form", &request.answer.form);
        line.text("speaker", &request.answer.speaker);
        if row.state == State::Refused {
            line.word("refusal_ground", &request.answer.ground);
        }
    }
    line.values()
}

/// Keeps the line of a request: added with it, amended with it.
pub(super) fn keep(tx: &mut Tx<'_>, row: &CaseRow) -> Result<(), ActionError> {
    let tree = office::load_tree(tx)?;
    let at = (Register::PressRequests, row.unit, kept_line::id_of(row.id)?);
    let is_kept = kept_line::keep(tx, at, |_| Ok(values(row, &tree)))?;
    if is_kept { Ok(()) } else { Err(ActionError::Refused("press_in_register")) }
}

/// The turn of speech or of information that an answer is (metric 9), told by its form: what is written or posted gives
/// information, what is said is speech. A refusal is none, and what is said at a press conference is its own.
pub(super) fn keep_statement(tx: &mut Tx<'_>, row: &CaseRow, day: Day) -> Result<(), ActionError> {
    let answer = &row.request.answer;
    if answer.refuses() || answer.form == "press_conference" {
        return Ok(());
    }
    let turn = if answer.is_spoken() { "speech" } else { "information" };
    let tree = office::load_tree(tx)?;
    let register = Register::Statements;
    let mut line = Line::new(register);
    line.day("held_on", day);
    line.word("form", &answer.form);
    line.word("turn", turn);
    line.word("occasion", "on_request");
    line.text("subject", &format!("{}: {}", row.number, row.request.asked.subject));
    if let Some(unit) = row.request.lead.and_then(|unit| tree.get(unit)) {
        line.text("unit", &unit.name);
    }
    line.text("speaker", &answer.speaker);
    store::register::open(tx, register, row.unit, None)?;
    let is_kept =
        kept_line::keep(tx, (register, row.unit, kept_line::id_of(row.id)?), |_| Ok(line.values()))?;
    if is_kept { Ok(()) } else { Err(ActionError::Refused("press_in_register")) }
}

/// The values of the line of a part.
fn part_values(row: &PartRow, unit: &str, number: &str) -> Values {
    let (outcome, is_sent) = match row.state {
        PartState::Delivered => ("answered", true),
        PartState::Declined => ("declined", false),
        PartState::Waived => ("waived", false),
        PartState::Asked | PartState::Accepted => ("open", false),
    };
    let mut line = Line::new(Register::InternalRequests);
    line.day("asked_on", time::day_of(row.asked_at));
    line.text("unit", unit);
    line.text("subject", &row.question.replace('\n', " "));
    line.text("request_code", number);
    line.day("due_on", row.due_on);
    if let Some(at) = row.done_at.filter(|_| is_sent) {
        line.day("answered_on", time::day_of(at));
    }
    line.word("outcome", outcome);
    line.values()
}

/// Keeps the line of a part. The same question to the same unit on the same day stands once in the register.
pub(super) fn keep_part(tx: &mut Tx<'_>, row: &PartRow) -> Result<(), ActionError> {
    let tree = office::load_tree(tx)?;
    let unit = tree.get(row.unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let case = row.case.map(|case| store::press::find(tx, case)).transpose()?.flatten();
    let number = case.map(|case| case.number).unwrap_or_default();
    let at = (Register::InternalRequests, office::load(tx)?.unit, kept_line::id_of(row.id)?);
    let is_kept = kept_line::keep(tx, at, |_| Ok(part_values(row, &unit, &number)))?;
    if is_kept { Ok(()) } else { Err(ActionError::Refused("part_asked_already")) }
}
