//! Sending the reply: a number from the register of outgoing documents, the files as they leave, the line there.

use domain::access::Capability;
use domain::id::{CaseId, RecordId};
use domain::press::request::Issued;
use domain::press::workflow::{Event, Given};
use domain::register::{Register, Values};
use domain::text;
use domain::time::{self, Day};
use report::document::Signer;
use store::blob::{self, BlobRow};
use store::press as rows;
use store::register::{Insertion, NewRecord};

use super::act::{decide, load, save};
use super::letter::{self, File, Parts};
use crate::kept_line::Line;
use crate::office::Office;
use crate::{ActionError, Actor, App, Invalid, office, rules};

/// What the clerk gives when a reply leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// *Số.*
    pub number: Option<u32>,
    /// *Ký hiệu* without the number: `UBND-VHTT`.
    pub symbol: String,
    /// *Ngày ban hành.*
    pub day: Option<Day>,
    /// Who signs; as the office's documents are signed when absent.
    pub signer: Option<Signer>,
}

/// The number that comes next in the register of outgoing documents of a year, and the symbol letters bear.
///
/// # Errors
/// Without the right to issue.
pub fn next_number(app: &App, actor: &Actor, day: Day) -> Result<(u32, String), ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let office = office::load(r)?;
        Ok((highest(r, &office, day)? + 1, letter::symbol_of(&office)))
    })
}

fn highest(r: &mut store::Reader<'_>, office: &Office, day: Day) -> Result<u32, ActionError> {
    let symbols = store::register::symbols_of_year(r, office.unit, day.year())?;
    Ok(symbols.iter().filter_map(|symbol| number_of(symbol)).max().unwrap_or(0))
}

fn number_of(symbol: &str) -> Option<u32> {
    symbol.split_once('/')?.0.trim().parse().ok()
}

/// Gives the reply its number and sends it out: the files are kept as they leave, the register of outgoing documents
/// has its line, the request is answered or refused.
///
/// # Errors
/// [`ActionError::Refused`] with the code of the refusal; a number that is taken; [`ActionError::Stale`].
pub fn send_out(app: &App, actor: &Actor, at: (CaseId, i64), issue: &Issue) -> Result<(), ActionError> {
    actor.require(Capability::IssuePress)?;
    let row = app.read(|r| rows::find(r, at.0)?.ok_or(ActionError::NotFound))?;
    let today = app.today();
    let (number, day) = check(issue, time::day_of(row.received_at), today)?;
    let symbol = format!("{number:02}/{}", text::clean_line(&issue.symbol));
    let (office, policy) = (office::office(app)?, rules::policy(app)?);
    let grounds: Vec<_> = policy.law.grounds_at(time::day_of(row.received_at)).cloned().collect();
    let signer = issue.signer.as_ref().or(office.signer.as_ref());
    // Drawn before the transaction; the version that is saved there is the one that was drawn.
    let parts = Parts { office: &office, grounds: &grounds, today };
    let document = letter::compose(&row, &parts, Some((number, &symbol, day)), signer);
    let mut kept = Vec::new();
    for file in [File::Docx, File::Pdf] {
        let bytes = letter::draw(app, &document, file)?;
        let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let digest = app.blobs().put(bytes)?;
        kept.push(BlobRow { digest, size_bytes, media_type: file.media_type().to_owned() });
    }
    let event = if row.request.answer.refuses() { Event::IssueRefusal } else { Event::Issue };
    app.write(actor, |tx| {
        let mut row = load(tx, at)?;
        let step = decide(tx, actor, &policy, &row, event, Given::default())?;
        super::emergency::refuse_frozen(tx, row.id)?;
        if !row.request.answer.speaker.is_empty() {
            let who = (row.request.answer.speaker.as_str(), row.request.asked.subject.as_str());
            super::speaker::require(tx, who, day)?;
        }
        if store::register::symbols_of_year(tx, office.unit, day.year())?
            .iter()
            .any(|taken| text::key(taken) == text::key(&symbol))
        {
            let next = highest(tx, &office, day)? + 1;
            return Err(ActionError::Invalid(vec![
                Invalid::new("number", "number_taken").with("next", next),
            ]));
        }
        for blob in &kept {
            blob::register(tx, blob)?;
        }
        let values = outgoing(&row, &symbol, day, signer, &document.summary, tx)?;
        let new =
            NewRecord { register: Register::OutgoingDocuments, unit: office.unit, values, import: None };
        store::register::open(tx, Register::OutgoingDocuments, office.unit, None)?;
        let id: RecordId = match store::register::insert(tx, &new)? {
            Insertion::Inserted(id) => id,
            Insertion::Duplicate(_) => return Err(ActionError::invalid("number", "exists_already")),
        };
        let digest = |index: usize| kept.get(index).map(|blob| blob.digest.to_string()).unwrap_or_default();
        row.request.issued = Some(Issued {
            symbol: symbol.clone(),
            number,
            day,
            document: id,
            docx: digest(0),
            pdf: digest(1),
        });
        save(tx, &policy, row, (step, &symbol))?;
        Ok(())
    })
}

fn check(issue: &Issue, received: Day, today: Day) -> Result<(u32, Day), ActionError> {
    let mut invalid = Vec::new();
    let number = issue.number.filter(|number| *number > 0);
    if number.is_none() {
        invalid.push(Invalid::new("number", "required"));
    }
    let symbol = text::clean_line(&issue.symbol);
    if symbol.is_empty() || symbol.contains('/') || symbol.chars().count() > 40 {
        invalid.push(Invalid::new("symbol", "not_a_symbol"));
    }
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
    match (number, issue.day) {
        (Some(number), Some(day)) if invalid.is_empty() => Ok((number, day)),
        _ => Err(ActionError::Invalid(invalid)),
    }
}

/// The line of the register of outgoing documents.
fn outgoing(
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
