//! The lines of registers that requests and parts keep: one place where a case becomes a record.

use domain::id::{CaseId, RecordId};
use domain::press::part::State as PartState;
use domain::press::workflow::State;
use domain::register::due::basis_of;
use domain::register::{Field, Register, Value, Values};
use domain::text;
use domain::time;
use domain::unit::Tree;
use store::Tx;
use store::press::{CaseRow, PartRow};
use store::register::{Insertion, NewRecord};

use crate::{ActionError, office};

const REGISTER: Register = Register::PressRequests;

/// The record's id: the same signs as the case's.
pub(super) fn record_id(id: CaseId) -> Result<RecordId, ActionError> {
    id.to_string().parse().map_err(|error| ActionError::Internal(anyhow::Error::new(error)))
}

/// The values of the line.
pub(super) fn values(row: &CaseRow, tree: &Tree) -> Values {
    let request = &row.request;
    let asked = &request.asked;
    let mut values = Values::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let (Some(field), Some(value)) = (REGISTER.field(key), value) {
            values.set(field, value);
        }
    };
    let line = |key: &str, value: &str| {
        let limit = REGISTER.field(key).map_or(usize::MAX, most);
        let cut: String = text::clean_line(value).chars().take(limit).collect();
        (!cut.is_empty()).then_some(Value::Text(cut))
    };
    let word =
        |key: &str, value: &str| REGISTER.field(key).and_then(|field| field.word(value)).map(Value::Word);
    put("code", line("code", &row.number));
    put("received_on", Some(Value::Day(time::day_of(row.received_at))));
    put("requester", line("requester", &asked.requester));
    put("requester_kind", word("requester_kind", &asked.requester_kind));
    put("reporter", line("reporter", &row.reporter));
    put("request_symbol", line("request_symbol", &asked.request_symbol));
    put("subject", line("subject", &asked.subject));
    put("channel", word("channel", &asked.channel));
    put("legal_kind", word("legal_kind", &asked.legal_kind));
    let lead = request.lead.and_then(|unit| tree.get(unit));
    put("lead_unit", lead.and_then(|unit| line("lead_unit", &unit.name)));
    if let Some(deadline) = &request.deadline {
        put("due_on", Some(Value::Day(deadline.due.day())));
        put("due_basis", line("due_basis", &basis_of(deadline)));
    }
    put("outcome", word("outcome", row.state.outcome()));
    if let Some(issued) = &request.issued {
        put("answered_on", Some(Value::Day(issued.day)));
        put("reply_symbol", line("reply_symbol", &issued.symbol));
        put("reply_form", word("reply_form", &request.answer.form));
        put("speaker", line("speaker", &request.answer.speaker));
        if row.state == State::Refused {
            put("refusal_ground", word("refusal_ground", &request.answer.ground));
        }
    }
    values
}

fn most(field: &Field) -> usize {
    match field.kind {
        domain::register::FieldKind::Line(limit) => usize::from(limit),
        _ => usize::MAX,
    }
}

/// Keeps the line of a request: added with it, amended with it.
pub(super) fn keep(tx: &mut Tx<'_>, row: &CaseRow) -> Result<(), ActionError> {
    let tree = office::load_tree(tx)?;
    let values = values(row, &tree);
    let id = record_id(row.id)?;
    let Some(stored) = store::register::find(tx, REGISTER, id)? else {
        store::register::open(tx, REGISTER, row.unit, None)?;
        let new = NewRecord { register: REGISTER, unit: row.unit, values, import: None };
        return match store::register::insert_as(tx, id, &new)? {
            Insertion::Inserted(_) => Ok(()),
            Insertion::Duplicate(_) => Err(ActionError::Refused("press_in_register")),
        };
    };
    let mut record = stored.record;
    if record.values != values {
        record.values = values;
        store::register::update(tx, &record)?;
    }
    Ok(())
}

/// The values of the line of a part in the register of internal requests.
fn part_values(row: &PartRow, unit: &str, number: &str) -> Values {
    let register = Register::InternalRequests;
    let mut values = Values::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let (Some(field), Some(value)) = (register.field(key), value) {
            values.set(field, value);
        }
    };
    let line = |text: &str, most: usize| {
        let cut: String = text::clean_line(text).chars().take(most).collect();
        (!cut.is_empty()).then_some(Value::Text(cut))
    };
    let (outcome, is_sent) = match row.state {
        PartState::Delivered => ("answered", true),
        PartState::Declined => ("declined", false),
        PartState::Waived => ("waived", false),
        PartState::Asked | PartState::Accepted => ("open", false),
    };
    put("asked_on", Some(Value::Day(time::day_of(row.asked_at))));
    put("unit", line(unit, 500));
    put("subject", line(&row.question.replace('\n', " "), 500));
    put("request_code", line(number, 40));
    put("due_on", Some(Value::Day(row.due_on)));
    put("answered_on", row.done_at.filter(|_| is_sent).map(|at| Value::Day(time::day_of(at))));
    put("outcome", register.field("outcome").and_then(|field| field.word(outcome)).map(Value::Word));
    values
}

/// Keeps the line of a part. The same question to the same unit on the same day stands once in the register.
pub(super) fn keep_part(tx: &mut Tx<'_>, row: &PartRow) -> Result<(), ActionError> {
    let register = Register::InternalRequests;
    let tree = office::load_tree(tx)?;
    let unit = tree.get(row.unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let case = row.case.map(|case| store::press::find(tx, case)).transpose()?.flatten();
    let values = part_values(row, &unit, case.as_ref().map_or("", |case| case.number.as_str()));
    let id: RecordId =
        row.id.to_string().parse().map_err(|error| ActionError::Internal(anyhow::Error::new(error)))?;
    let Some(stored) = store::register::find(tx, register, id)? else {
        let office = office::load(tx)?.unit;
        store::register::open(tx, register, office, None)?;
        let new = NewRecord { register, unit: office, values, import: None };
        return match store::register::insert_as(tx, id, &new)? {
            Insertion::Inserted(_) => Ok(()),
            Insertion::Duplicate(_) => Err(ActionError::Refused("part_asked_already")),
        };
    };
    let mut record = stored.record;
    if record.values != values {
        record.values = values;
        store::register::update(tx, &record)?;
    }
    Ok(())
}
