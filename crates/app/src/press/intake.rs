//! Taking a request: from anybody through the public form, or by the office from a letter, a call, a visit.

use domain::access::Capability;
use domain::id::CaseId;
use domain::notice::receipt;
use domain::press::request::{Asked, Identity, LONGEST_QUESTIONS, Request};
use domain::press::workflow::State;
use domain::press::{clock, delay};
use domain::register::Register;
use domain::text;
use domain::time::{self, Timestamp};
use sha2::{Digest, Sha256};
use store::press::{self as rows, CaseRow};

use super::{end_of, line};
use crate::rules::Policy;
use crate::{ActionError, Actor, App, Invalid, mail, office, rules};

/// Requests from one network in an hour.
pub const AN_HOUR: i64 = 10;

/// What the office writes down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// What was asked.
    pub asked: Asked,
    /// Who asked, by name.
    pub reporter: String,
    /// How to reach them.
    pub contact: String,
    /// *Số thẻ nhà báo.*
    pub card: String,
    /// When it came; now when absent.
    pub received_at: Option<Timestamp>,
}

/// What a reporter sends through the public form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// *Cơ quan báo chí.*
    pub agency: String,
    /// The reporter.
    pub reporter: String,
    /// How to reach the reporter.
    pub contact: String,
    /// *Số thẻ nhà báo.*
    pub card: String,
    /// *Số giấy giới thiệu, công văn.*
    pub request_symbol: String,
    /// What it is about.
    pub subject: String,
    /// The questions.
    pub questions: String,
    /// Whether the sender agreed that name and contact be kept for the answer (Law 91/2025/QH15).
    pub consent: bool,
    /// From where, for the limit.
    pub network: String,
}

pub(super) fn hash_of(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

/// Whether somebody can be reached so: an address of mail, or a telephone number. Nothing is not looked at here.
fn is_contact(typed: &str) -> bool {
    let typed = text::clean_line(typed);
    let has_address = typed.split([' ', ',', ';']).any(post::is_address);
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    typed.is_empty() || has_address || (8..=30).contains(&digits)
}

/// Takes a request of the press from the public form; gives the code of the reporter's page.
///
/// # Errors
/// For fields that are missing or too long, or too many from one network.
pub fn send(app: &App, sent: &Sent) -> Result<String, ActionError> {
    let mut invalid = Vec::new();
    if !sent.consent {
        invalid.push(Invalid::new("consent", "needs_consent"));
    }
    for (field, value) in [("reporter", &sent.reporter), ("contact", &sent.contact)] {
        if text::clean_line(value).is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
    }
    if !is_contact(&sent.contact) {
        invalid.push(Invalid::new("contact", "not_a_contact"));
    }
    let intake = Intake {
        asked: Asked {
            requester: sent.agency.clone(),
            requester_kind: "press_agency".to_owned(),
            request_symbol: sent.request_symbol.clone(),
            subject: sent.subject.clone(),
            questions: sent.questions.clone(),
            channel: "portal".to_owned(),
            ..Asked::default()
        },
        reporter: sent.reporter.clone(),
        contact: sent.contact.clone(),
        card: sent.card.clone(),
        received_at: None,
    };
    let checked = check(&intake, &mut invalid);
    invalid
        .iter_mut()
        .filter(|wrong| wrong.field == "requester")
        .for_each(|wrong| wrong.field = "agency".into());
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    crate::notice::limit_of(app, "press", &sent.network, AN_HOUR)?;
    let policy = rules::policy(app)?;
    let code = receipt(app.random()?);
    let unit = office::office(app)?.unit;
    app.write(&Actor::system(), |tx| insert(tx, &policy, unit, &checked, &code, None))?;
    Ok(code)
}

/// Takes a request that came otherwise; gives it and the code of the reporter's page, told once.
///
/// # Errors
/// Without the right, for fields that are missing or too long, or when the same request stands in the register.
pub fn take(app: &App, actor: &Actor, intake: &Intake) -> Result<(CaseId, String), ActionError> {
    actor.require(Capability::TakePress)?;
    let mut invalid = Vec::new();
    let checked = check(intake, &mut invalid);
    if checked.asked.channel.is_empty() {
        invalid.push(Invalid::new("channel", "required"));
    }
    if checked.received_at.is_some_and(|at| at > app.now()) {
        invalid.push(Invalid::new("received_on", "in_future"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    let policy = rules::policy(app)?;
    let code = receipt(app.random()?);
    let unit = office::office(app)?.unit;
    let id = app.write(actor, |tx| insert(tx, &policy, unit, &checked, &code, None))?;
    Ok((id, code))
}

fn check(intake: &Intake, invalid: &mut Vec<Invalid>) -> Intake {
    let asked = &intake.asked;
    let checked = Intake {
        asked: Asked {
            requester: text::clean_line(&asked.requester),
            request_symbol: text::clean_line(&asked.request_symbol),
            subject: text::clean_line(&asked.subject),
            questions: text::clean_text(&asked.questions),
            ..asked.clone()
        },
        reporter: text::clean_line(&intake.reporter),
        contact: text::clean_line(&intake.contact),
        card: text::clean_line(&intake.card),
        received_at: intake.received_at,
    };
    let asked = &checked.asked;
    for (field, value) in
        [("requester", &asked.requester), ("subject", &asked.subject), ("questions", &asked.questions)]
    {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
    }
    let lines = [
        ("requester", &asked.requester, 200),
        ("subject", &asked.subject, 500),
        ("request_symbol", &asked.request_symbol, 100),
        ("reporter", &checked.reporter, 100),
        ("contact", &checked.contact, 200),
        ("card", &checked.card, 100),
        ("questions", &asked.questions, LONGEST_QUESTIONS),
    ];
    for (field, value, most) in lines {
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    for (field, word) in [
        ("requester_kind", &asked.requester_kind),
        ("channel", &asked.channel),
        ("legal_kind", &asked.legal_kind),
    ] {
        let is_known = Register::PressRequests.field(field).and_then(|known| known.word(word)).is_some();
        if !word.is_empty() && !is_known {
            invalid.push(Invalid::new(field, "not_a_word").with("value", word));
        }
    }
    checked
}

pub(super) fn insert(
    tx: &mut store::Tx<'_>,
    policy: &Policy,
    unit: domain::id::UnitId,
    intake: &Intake,
    code: &str,
    follows: Option<domain::id::RecordId>,
) -> Result<CaseId, ActionError> {
    let received_at = intake.received_at.unwrap_or_else(|| tx.now());
    let day = time::day_of(received_at);
    let number = rows::numbered(tx, unit, day.year())? + 1;
    let mut asked = intake.asked.clone();
    if let Some(agency) = rows::agency_called(tx, &asked.requester)? {
        asked.requester = agency.name;
        if asked.requester_kind.is_empty() || agency.kind != "press_agency" {
            asked.requester_kind = agency.kind;
        }
    }
    let kind = Some(asked.legal_kind.as_str()).filter(|kind| !kind.is_empty());
    let deadline = clock::deadline(&policy.law, &policy.calendar, kind, day);
    let entered_at = Some(tx.now());
    let mut request = Request { asked, deadline, follows, entered_at, ..Request::default() };
    delay::note(&mut request, State::Received, received_at);
    // Who takes a request and says that the sender is known says so of the contact as well.
    let is_confirmed = request.asked.identity != Identity::Unverified;
    let row = CaseRow {
        id: tx.new_id()?,
        unit,
        number: format!("YC-{number:04}/{}", day.year()),
        code_hash: hash_of(code),
        replaced_code_hash: None,
        state: State::Received,
        due_at: request.deadline.as_ref().and_then(|deadline| end_of(deadline.due)),
        request,
        reporter: intake.reporter.clone(),
        contact: intake.contact.clone(),
        card: intake.card.clone(),
        confirmed_contact: if is_confirmed { intake.contact.clone() } else { String::new() },
        delivered_to: String::new(),
        received_at,
        closed_at: None,
        created_by: String::new(),
        updated_at: received_at,
        version: 1,
    };
    let row = rows::insert(tx, &row)?;
    line::keep(tx, &row)?;
    rows::add_step(tx, row.id, "receive", "", "")?;
    mail::request_received(tx, &row)?;
    Ok(row.id)
}
