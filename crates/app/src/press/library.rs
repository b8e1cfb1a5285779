//! The library of answers: texts that answers begin with, and what was answered before (B17).

use domain::access::Capability;
use domain::id::{CaseId, ReplyTemplateId};
use domain::press::library::fill;
use domain::press::request::LONGEST_ANSWER;
use domain::press::workflow::State;
use domain::text;
use domain::time;
use store::StoreError;
use store::press::{self as rows, CaseRow, Filter, ReplyTemplateRow};

use super::forget;
use crate::{ActionError, Actor, App, Invalid};

/// Answers in a list.
const MOST: u16 = 30;
/// Characters of a title.
const LONGEST_TITLE: usize = 200;

/// What the library holds.
#[derive(Debug, Clone)]
pub struct Library {
    /// Texts that answers begin with, by title; those not offered any more too.
    pub templates: Vec<ReplyTemplateRow>,
    /// Requests that were answered, the last received first; without names and contacts.
    pub answers: Vec<CaseRow>,
}

/// A text that answers begin with, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateEdit {
    /// What it is for.
    pub title: String,
    /// The text.
    pub body: String,
    /// Whether it is offered.
    pub is_active: bool,
}

/// What is put into an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A text that answers begin with.
    Template(ReplyTemplateId),
    /// What another request was answered.
    Answer(CaseId),
}

/// The library: everything with all of the words that are looked for.
///
/// # Errors
/// Without the right to see requests.
pub fn library(app: &App, actor: &Actor, search: &str) -> Result<Library, ActionError> {
    actor.require(Capability::ReadPress)?;
    let wanted = text::fold(search);
    let filter = Filter {
        states: vec![State::Answered],
        search: search.to_owned(),
        page: 1,
        per_page: MOST,
        ..Filter::default()
    };
    app.read(|r| {
        let mut templates = rows::reply_templates(r)?;
        templates.retain(|row| {
            let text = text::fold(&format!("{} {}", row.title, row.body));
            wanted.split_whitespace().all(|word| text.contains(word))
        });
        let mut answers = rows::list(r, &filter)?;
        answers.iter_mut().for_each(forget);
        Ok(Library { templates, answers })
    })
}

/// The texts that answers begin with, by title; those not offered any more too.
///
/// # Errors
/// Without the right to see requests.
pub fn reply_templates(app: &App, actor: &Actor) -> Result<Vec<ReplyTemplateRow>, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| Ok(rows::reply_templates(r)?))
}

/// A text that answers begin with.
///
/// # Errors
/// Without the right to take requests, or when there is none.
pub fn reply_template(
    app: &App,
    actor: &Actor,
    id: ReplyTemplateId,
) -> Result<ReplyTemplateRow, ActionError> {
    actor.require(Capability::TakePress)?;
    app.read(|r| rows::find_reply_template(r, id)?.ok_or(ActionError::NotFound))
}

/// Keeps a text that answers begin with: a new one, or a change of the one the editor saw.
///
/// # Errors
/// Without the right to take requests; for a title that is missing, too long or another's, for a text that is missing or
/// too long.
pub fn save_reply_template(
    app: &App,
    actor: &Actor,
    known: Option<(ReplyTemplateId, i64)>,
    edit: &TemplateEdit,
) -> Result<(), ActionError> {
    actor.require(Capability::TakePress)?;
    let (title, body) = (text::clean_line(&edit.title), text::clean_text(&edit.body));
    let mut invalid = Vec::new();
    for (field, value, most) in [("title", &title, LONGEST_TITLE), ("body", &body, LONGEST_ANSWER)] {
        if value.is_empty() {
            invalid.push(Invalid::new(field, "required"));
        }
        if value.chars().count() > most {
            invalid.push(Invalid::new(field, "too_long").with("limit", most));
        }
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let row = ReplyTemplateRow {
            id: match known {
                Some((id, _)) => rows::find_reply_template(tx, id)?.ok_or(ActionError::NotFound)?.id,
                None => tx.new_id()?,
            },
            title,
            body,
            is_active: edit.is_active || known.is_none(),
            updated_at: tx.now(),
            version: known.map_or(1, |(_, version)| version),
        };
        let done = match known {
            Some(_) => rows::update_reply_template(tx, &row),
            None => rows::insert_reply_template(tx, &row),
        };
        match done {
            Err(StoreError::Unique(_)) => Err(ActionError::invalid("title", "exists_already")),
            other => Ok(other?),
        }
    })
}

/// What is put into the answer of a request: a template filled in, or what another request was answered.
///
/// # Errors
/// Without the right to see requests, or when there is none.
pub fn from_library(app: &App, actor: &Actor, id: CaseId, source: Source) -> Result<String, ActionError> {
    actor.require(Capability::ReadPress)?;
    app.read(|r| {
        let case = rows::find(r, id)?.ok_or(ActionError::NotFound)?;
        match source {
            Source::Template(template) => {
                let template = rows::find_reply_template(r, template)?.filter(|row| row.is_active);
                let template = template.ok_or(ActionError::NotFound)?;
                let received = time::day_of(case.received_at);
                Ok(fill(&template.body, &case.request.asked, &case.number, received))
            }
            Source::Answer(other) => {
                let other = rows::find(r, other)?.filter(|row| row.state == State::Answered);
                Ok(other.ok_or(ActionError::NotFound)?.request.answer.text)
            }
        }
    })
}
