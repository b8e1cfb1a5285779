//! The line of the register of press requests that a request keeps: one place where a case becomes a record.

use domain::id::{CaseId, RecordId};
use domain::press::workflow::State;
use domain::register::due::basis_of;
use domain::register::{Field, Register, Value, Values};
use domain::text;
use domain::time;
use domain::unit::Tree;
use store::Tx;
use store::press::CaseRow;
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
