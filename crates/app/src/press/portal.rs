//! Handing the answer on to the portal, without what must not be read there (B14).

use domain::access::Capability;
use domain::id::{CaseId, PublicationId};
use domain::publication::Kind;
use domain::redaction::{self, Hit, cover};
use domain::text;
use domain::time;
use store::press::{self as rows, CaseRow};

use crate::publication::{Draft, begin_together};
use crate::{ActionError, Actor, App, Invalid, office};

/// Phrases that may be covered at once.
const MOST: usize = 200;

/// An answer on its way to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForPortal {
    /// What it is about, as asked.
    pub subject: String,
    /// The title as readers would see it.
    pub title: String,
    /// What leads into it.
    pub summary: String,
    /// Its text.
    pub body: String,
    /// How many places are covered in it.
    pub places: usize,
    /// What in the whole may be personal data, as it stands there, each once: to be covered or left by a person.
    pub proposed: Vec<(Option<redaction::Kind>, String)>,
}

/// The answer with each of `hidden` covered; what is proposed is found in the text as it left.
///
/// # Errors
/// Without the right to take requests; when the request was not answered, or stands on the portal already.
pub fn for_portal(app: &App, actor: &Actor, id: CaseId, hidden: &[String]) -> Result<ForPortal, ActionError> {
    actor.require(Capability::TakePress)?;
    check(hidden)?;
    app.read(|r| covered(&rows::find(r, id)?.ok_or(ActionError::NotFound)?, hidden))
}

fn check(hidden: &[String]) -> Result<(), ActionError> {
    let is_too_much = hidden.len() > MOST;
    if is_too_much {
        return Err(ActionError::Invalid(vec![Invalid::new("more", "too_many").with("limit", MOST)]));
    }
    Ok(())
}

fn covered(row: &CaseRow, hidden: &[String]) -> Result<ForPortal, ActionError> {
    let request = &row.request;
    let Some(day) = request.answered_on().filter(|_| !request.answer.refuses()) else {
        return Err(ActionError::Refused("press_not_now"));
    };
    if request.publication.is_some() {
        return Err(ActionError::Refused("press_on_portal"));
    }
    let asked = &request.asked;
    let title: String = format!("Trả lời {}: {}", asked.requester, asked.subject).chars().take(500).collect();
    let proposed = proposals(row, &title);
    let (title, body) = (cover(&title, hidden), cover(&request.answer.text, hidden));
    Ok(ForPortal {
        subject: asked.subject.clone(),
        places: title.places + body.places,
        title: title.text,
        summary: match request.reply_symbol() {
            "" => format!("Trả lời trực tiếp {}.", time::day_in_words(day)),
            symbol => format!("Công văn số {symbol} {}.", time::day_in_words(day)),
        },
        body: body.text,
        proposed,
    })
}

/// What may be personal data in title and text, and the reporter's name where it stands there.
fn proposals(row: &CaseRow, title: &str) -> Vec<(Option<redaction::Kind>, String)> {
    let mut proposed: Vec<(Option<redaction::Kind>, String)> = Vec::new();
    let parts = [title, &row.request.answer.text];
    for part in parts {
        let hits = redaction::find(part).into_iter();
        proposed.extend(hits.map(|Hit { kind, range }| (Some(kind), part[range].to_owned())));
    }
    // Last, so that the others keep their places when the name is forgotten.
    let reporter = [text::clean_line(&row.reporter)];
    if parts.iter().any(|part| cover(part, &reporter).places > 0) {
        proposed.extend(reporter.map(|name| (None, name)));
    }
    let mut seen = std::collections::BTreeSet::new();
    proposed.retain(|(_, it)| seen.insert(it.clone()));
    proposed
}

/// Begins a publication with the answer, for the portal, with each of `hidden` covered: it is written, approved, given
/// an embargo and published like any other. Once for each request. What was covered never reaches the publication.
///
/// # Errors
/// As [`for_portal`].
pub fn to_portal(
    app: &App,
    actor: &Actor,
    id: CaseId,
    hidden: &[String],
) -> Result<PublicationId, ActionError> {
    actor.require(Capability::TakePress)?;
    check(hidden)?;
    let office = office::office(app)?;
    app.write(actor, |tx| {
        let mut row = rows::find(tx, id)?.ok_or(ActionError::NotFound)?;
        let ForPortal { title, summary, body, places, .. } = covered(&row, hidden)?;
        let draft = Draft { title, summary, body, ..Draft::default() };
        let writers: Vec<&str> = row.request.writers.iter().map(String::as_str).collect();
        let id = begin_together(tx, actor, &office, Kind::Statement, &draft, &writers)?;
        row.request.publication = Some(id);
        row.request.covered = u32::try_from(places).unwrap_or(u32::MAX);
        let row = rows::update(tx, "press_case.to_portal", &row)?;
        rows::add_step(tx, row.id, "to_portal", "", "")?;
        Ok(id)
    })
}
