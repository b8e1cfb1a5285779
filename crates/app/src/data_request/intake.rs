//! Taking a request: from anybody through the public form, or by the desk from a letter or a visit.

use domain::access::Capability;
use domain::data_request::{Channel, DataRequest, Kind, State};
use domain::id::{DataRequestId, UnitId};
use domain::notice::receipt;
use domain::text;
use domain::time::{self, Timestamp};
use store::data_request::{self as rows, DataRequestRow, Person};

use crate::notice::{hash_of, limit_of};
use crate::press::end_of;
use crate::rules::{self, Policy};
use crate::{ActionError, Actor, App, Invalid, office};

/// Requests from one network in an hour.
pub const AN_HOUR: i64 = 5;
/// Signs of what is asked.
pub const LONGEST_DETAILS: u32 = 4_000;

/// What a person sends through the public form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// What is asked.
    pub kind: Option<Kind>,
    /// Who asks.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// Which data are meant.
    pub details: String,
    /// From where, for the limit.
    pub network: String,
}

/// What the desk writes down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// What is asked.
    pub kind: Option<Kind>,
    /// How it came.
    pub channel: Option<Channel>,
    /// Who asks.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// Which data are meant.
    pub details: String,
    /// When it came; now when absent.
    pub received_at: Option<Timestamp>,
}

/// A request that was checked.
struct Checked {
    kind: Kind,
    channel: Channel,
    person: Person,
    received_at: Timestamp,
}

fn check(app: &App, intake: &Intake) -> Result<Checked, ActionError> {
    let person = Person {
        name: text::clean_line(&intake.name),
        contact: text::clean_line(&intake.contact),
        details: text::clean_text(&intake.details),
        ..Person::default()
    };
    let now = app.now();
    let received_at = intake.received_at.unwrap_or(now);
    let mut invalid = Vec::new();
    if intake.kind.is_none() {
        invalid.push(Invalid::new("kind", "required"));
    }
    if intake.channel.is_none() {
        invalid.push(Invalid::new("channel", "required"));
    }
    let most = usize::try_from(LONGEST_DETAILS).unwrap_or(usize::MAX);
    for (field, value, most) in
        [("name", &person.name, 100), ("contact", &person.contact, 200), ("details", &person.details, most)]
    {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if received_at > now {
        invalid.push(Invalid::new("received_on", "in_future"));
    }
    match (intake.kind, intake.channel) {
        (Some(kind), Some(channel)) if invalid.is_empty() => {
            Ok(Checked { kind, channel, person, received_at })
        }
        _ => Err(ActionError::Invalid(invalid)),
    }
}

/// Takes a request from the public form; gives the code of its page, which only the sender ever sees.
///
/// # Errors
/// For fields that are missing or too long, or too many from one network.
pub fn send(app: &App, sent: &Sent) -> Result<String, ActionError> {
    let checked = check(
        app,
        &Intake {
            kind: sent.kind,
            channel: Some(Channel::Portal),
            name: sent.name.clone(),
            contact: sent.contact.clone(),
            details: sent.details.clone(),
            received_at: None,
        },
    )?;
    limit_of(app, "data_request", &sent.network, AN_HOUR)?;
    let (policy, unit) = (rules::policy(app)?, office::office(app)?.unit);
    let code = receipt(app.random()?);
    app.write(&Actor::system(), |tx| insert(tx, &policy, unit, &checked, &code))?;
    Ok(code)
}

/// Takes a request that came by letter or visit; gives it and the code of its page, told once.
///
/// # Errors
/// Without the right, for fields that are missing or too long, or a moment that lies ahead.
pub fn take(app: &App, actor: &Actor, intake: &Intake) -> Result<(DataRequestId, String), ActionError> {
    actor.require(Capability::HandleDataRequests)?;
    let intake = Intake { channel: intake.channel.filter(|way| *way != Channel::Portal), ..intake.clone() };
    let checked = check(app, &intake)?;
    let (policy, unit) = (rules::policy(app)?, office::office(app)?.unit);
    let code = receipt(app.random()?);
    let id = app.write(actor, |tx| insert(tx, &policy, unit, &checked, &code))?;
    Ok((id, code))
}

fn insert(
    tx: &mut store::Tx<'_>,
    policy: &Policy,
    unit: UnitId,
    checked: &Checked,
    code: &str,
) -> Result<DataRequestId, ActionError> {
    let received_at = checked.received_at;
    let year = time::day_of(received_at).year();
    let number = rows::numbered(tx, unit, year)? + 1;
    let law = (&policy.law, &policy.calendar);
    let request = DataRequest::new((checked.kind, checked.channel), received_at, law);
    let row = DataRequestRow {
        id: tx.new_id()?,
        unit,
        number: format!("DL-{number:04}/{year}"),
        code_hash: hash_of(code),
        replaced_code_hash: None,
        state: State::Received,
        due_at: request.running(State::Received).and_then(|limit| end_of(limit.due)),
        request,
        person: checked.person.clone(),
        received_at,
        closed_at: None,
        created_by: String::new(),
        version: 1,
    };
    Ok(rows::insert(tx, &row)?.id)
}
