//! Sending the reply: a number from the register of outgoing documents, the files as they leave, the line there.

use domain::access::Capability;
use domain::id::CaseId;
use domain::press::request::{Delivery, Issued};
use domain::press::workflow::{Event, Given};
use domain::register::{Register, Values};
use domain::text;
use domain::time::{self, Day};
use report::document::Signer;
use store::blob;
use store::press as rows;

use super::act::{decide, load, save};
use super::letter::{self, Parts};
use crate::kept_line::Line;
use crate::numbering::{self, Wanted};
use crate::office::Office;
use crate::{ActionError, Actor, App, Invalid, mail, office, rules};

/// What the clerk gives when a reply leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// *Số*; the next one of the year when absent.
    pub number: Option<u32>,
    /// Why numbers are left out before a typed one.
    pub gap_reason: String,
    /// *Ký hiệu* without the number: `UBND-VHTT`.
    pub symbol: String,
    /// *Ngày ban hành.*
    pub day: Option<Day>,
    /// Who signs; as the office's documents are signed when absent.
    pub signer: Option<Signer>,
    /// How it is given (PRESS-01).
    pub delivery: Option<Delivery>,
    /// To whom, by post and by hand; by mail it goes to the confirmed contact alone.
    pub to: String,
}

/// The number that comes next in the register of outgoing documents of a year, and the symbol letters bear.
///
/// # Errors
/// Without the right to issue.
pub fn next_number(app: &App, actor: &Actor, day: Day) -> Result<(u32, String), ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let office = office::load(r)?;
        Ok((numbering::next(r, office.unit, day.year())?, letter::symbol_of(&office)))
    })
}

/// What was checked of an issue.
struct Checked {
    symbol: String,
    day: Day,
    delivery: Delivery,
    /// To whom; empty at the page of the code.
    to: String,
}

/// Gives the reply its number and sends it out: the files are kept as they leave, the register of outgoing documents
/// has its line, how and to whom it was given is noted, the request is answered or refused.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; a number that is taken, with the next one;
/// [`ActionError::Stale`].
pub fn send_out(app: &App, actor: &Actor, at: (CaseId, i64), issue: &Issue) -> Result<(), ActionError> {
    actor.require(Capability::IssuePress)?;
    let row = app.read(|r| rows::find(r, at.0)?.ok_or(ActionError::NotFound))?;
    let checked = check(issue, &row, app.today())?;
    let office = office::office(app)?;
    numbering::with_number(app, (office.unit, checked.day), issue.number, |number| {
        let wanted = Wanted {
            unit: office.unit,
            day: checked.day,
            number,
            symbol: &checked.symbol,
            gap_reason: &issue.gap_reason,
        };
        send_numbered(app, actor, (&row, at), (&office, issue), &checked, wanted)
    })
}

/// Sends a reply out under a number. It is drawn before the transaction; the version that is saved there is the one
/// that was drawn.
fn send_numbered(
    app: &App,
    actor: &Actor,
    (row, at): (&rows::CaseRow, (CaseId, i64)),
    (office, issue): (&Office, &Issue),
    checked: &Checked,
    wanted: Wanted<'_>,
) -> Result<(), ActionError> {
    let policy = rules::policy(app)?;
    let (day, symbol) = (checked.day, wanted.full());
    let grounds: Vec<_> = policy.law.grounds_at(time::day_of(row.received_at)).cloned().collect();
    let signer = issue.signer.as_ref().or(office.signer.as_ref());
    let parts = Parts { office, grounds: &grounds, today: app.today() };
    let document = letter::compose(row, &parts, Some((wanted.number, &symbol, day)), signer);
    let (kept, files) = letter::draw_kept(app, &document)?;
    let event = if row.request.answer.refuses() { Event::IssueRefusal } else { Event::Issue };
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let step = decide(tx, actor, &policy, &row, event, Given::default())?;
        super::emergency::refuse_frozen(tx, row.id)?;
        if !row.request.answer.speaker.is_empty() {
            let who = (row.request.answer.speaker.as_str(), row.request.asked.subject.as_str());
            super::speaker::require(tx, who, day)?;
        }
        let values = outgoing_line(&row, &symbol, day, signer, &document.summary, tx)?;
        let id = numbering::register(tx, wanted, values)?;
        for file in &files {
            blob::register(tx, file)?;
        }
        row.request.issued = Some(Issued {
            symbol: symbol.clone(),
            number: wanted.number,
            day,
            document: id,
            delivery: Some(checked.delivery),
            docx: kept.docx.clone(),
            pdf: kept.pdf.clone(),
        });
        row.delivered_to.clone_from(&checked.to);
        let row = save(tx, &policy, row, (step, &symbol))?;
        super::line::keep_statement(tx, &row, day)?;
        mail::request_answered(tx, &row)
    })
}

fn check(issue: &Issue, row: &rows::CaseRow, today: Day) -> Result<Checked, ActionError> {
    let mut invalid = Vec::new();
    if issue.number == Some(0) {
        invalid.push(Invalid::new("number", "required"));
    }
    let symbol = text::clean_line(&issue.symbol);
    if symbol.is_empty() || symbol.contains('/') || symbol.chars().count() > 40 {
        invalid.push(Invalid::new("symbol", "not_a_symbol"));
    }
    let received = time::day_of(row.received_at);
    match issue.day {
        None => invalid.push(Invalid::new("issued_on", "required")),
        Some(day) if day < received => {
            invalid
                .push(Invalid::new("issued_on", "before_start").with("start", time::day_in_table(received)));
        }
        Some(day) if day > today => invalid.push(Invalid::new("issued_on", "in_future")),
        Some(_) => {}
    }
    if let Some(signer) = &issue.signer
        && let Err(fault) = report::document::Signature::compose(signer)
    {
        invalid.push(Invalid::new("signer", fault.code()));
    }
    let typed = text::clean_line(&issue.to);
    if typed.chars().count() > 200 {
        invalid.push(Invalid::new("to", "too_long").with("limit", 200));
    }
    let to = match issue.delivery {
        None => {
            invalid.push(Invalid::new("delivery", "required"));
            String::new()
        }
        Some(Delivery::Page) => String::new(),
        Some(Delivery::Email) => {
            if !post::is_address(&row.confirmed_contact) {
                invalid.push(Invalid::new("delivery", "no_confirmed_address"));
            }
            row.confirmed_contact.clone()
        }
        Some(Delivery::Post | Delivery::Hand) => {
            if typed.is_empty() {
                invalid.push(Invalid::new("to", "required"));
            }
            typed
        }
    };
    match (issue.day, issue.delivery) {
        (Some(day), Some(delivery)) if invalid.is_empty() => Ok(Checked { symbol, day, delivery, to }),
        _ => Err(ActionError::Invalid(invalid)),
    }
}

/// The line of the register of outgoing documents.
fn outgoing_line(
    row: &rows::CaseRow,
    symbol: &str,
    day: Day,
    signer: Option<&Signer>,
    summary: &str,
    tx: &mut store::Tx<'_>,
) -> Result<Values, ActionError> {
    let tree = office::load_tree(tx)?;
    let mut line = Line::new(Register::OutgoingDocuments);
    line.text("symbol", symbol);
    line.day("issued_on", day);
    line.text("summary", &format!("V/v {summary}"));
    if let Some(signer) = signer {
        line.text("signer", &signer.name);
    }
    line.text("recipients", &row.request.asked.requester);
    line.day("sent_on", day);
    if let Some(unit) = row.request.lead.and_then(|unit| tree.get(unit)) {
        line.text("drafting_unit", &unit.name);
    }
    // A refusal supplies nothing.
    if !row.request.answer.refuses() {
        line.word("supplied_to", &row.request.asked.requester_kind);
    }
    Ok(line.values())
}
