//! *Duyệt nhiều*: what waits for this person's approval, each with its whole text; one button approves all that is
//! ticked, another publishes it too. Nothing is done when one of them cannot be (checklist WF-A05).

use std::collections::BTreeMap;

use app::ActionError;
use app::publication::{self, InReview, Many, Problem, Ticked, Waiting};
use askama::Template;
use domain::access::Capability;
use domain::id::PublicationId;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Empty, ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, Form, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult, show as words_of};
use words::key;

use super::hidden::{self, Notes};
use super::whole::Whole;
use super::{kind_name, path};
use crate::gate::Staff;
use crate::refusal;

/// The page.
pub(super) const PATH: &str = "/publications/approve";

/// A text that may be ticked.
struct Item {
    id: String,
    control: String,
    value: String,
    is_ticked: bool,
    title: String,
    about: String,
    error: String,
    /// What changed, asked for where readers saw an earlier version.
    note: Option<String>,
    whole: Whole,
    href: String,
}

/// A text that this person may not approve, and why.
struct Closed {
    title: String,
    href: String,
    reason: &'static str,
}

#[derive(Template)]
#[template(path = "publication/many.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    items: Vec<Item>,
    closed: Vec<Closed>,
    has_more: bool,
    may_publish: bool,
    empty: Option<Empty>,
}

/// The page before anything is ticked.
pub(super) async fn show(staff: Staff) -> PageResult {
    draw(&staff, FormState::new(), &BTreeMap::new(), &[]).await
}

/// What the page sends.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sent {
    /// `publish`, or `approve`.
    act: String,
    /// What was ticked: id, version and digest as shown, parted by dots.
    item: Vec<String>,
    /// The ids of the fields of [`Sent::note`].
    noted: Vec<String>,
    /// What changed.
    note: Vec<String>,
}

/// Why nothing was done.
enum Failed {
    Action(ActionError),
    Problems(Vec<Problem>),
}

/// Approves what is ticked, or does nothing and shows it again.
pub(super) async fn send(staff: Staff, form: Form<Sent>) -> PageResult {
    let Form { value: sent, key, mut state } = form;
    let publishes = match sent.act.as_str() {
        "publish" => true,
        "approve" => false,
        _ => return Err(Fault::bad_request()),
    };
    let notes: BTreeMap<String, String> = sent.noted.into_iter().zip(sent.note).collect();
    let read = |word: &String| read(word, &notes).ok_or_else(Fault::bad_request);
    let ticked = sent.item.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let worker = staff.clone();
    let work = async move {
        let act = move |app: &app::App, actor: &app::Actor| {
            publication::approve_many(app, actor, &ticked, publishes)
        };
        match worker.run(act).await.map_err(Failed::Action)? {
            Many::Done => Ok(PATH.to_owned()),
            Many::Refused(problems) => Err(Failed::Problems(problems)),
        }
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => {
            let done = if publishes {
                key!("publication_many.published")
            } else {
                key!("publication_many.approved")
            };
            Ok(redirect_with_notice(&staff.visitor, &path, done))
        }
        Err(Failed::Problems(problems)) => draw(&staff, state, &notes, &problems).await,
        Err(Failed::Action(error)) => {
            refusal::note(&mut state, error)?;
            draw(&staff, state, &notes, &[]).await
        }
    }
}

/// `id.version.digest`.
fn read(word: &str, notes: &BTreeMap<String, String>) -> Option<Ticked> {
    let mut parts = word.split('.');
    let (id, version, digest) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none();
    let note = notes.get(id).cloned().unwrap_or_default();
    let ticked =
        Ticked { id: id.parse().ok()?, version: version.parse().ok()?, digest: digest.to_owned(), note };
    is_whole.then_some(ticked)
}

/// The name under which errors of a text stand in the form.
fn control_of(id: PublicationId) -> String {
    format!("item-{id}")
}

async fn draw(
    staff: &Staff,
    mut form: FormState,
    notes: &BTreeMap<String, String>,
    problems: &[Problem],
) -> PageResult {
    let t = staff.t();
    let Waiting { open, has_more, closed } =
        staff.run(publication::waiting_for_approval).await.map_err(refusal::fault)?;
    let files = open.iter().flat_map(|item| item.row.content.files.clone()).collect();
    let hidden = hidden::notes(staff, files).await?;
    let mut fields = Vec::new();
    for problem in problems {
        let reason = reason(t, &problem.error);
        let title = if problem.title.is_empty() { problem.id.to_string() } else { problem.title.clone() };
        let told = |key| FieldError::new(&control_of(problem.id), key).with("reason", reason);
        if open.iter().any(|item| item.row.id == problem.id) {
            form.refuse(told(key!("publication_many.refused")));
            fields.push((control_of(problem.id), title));
        } else {
            form.refuse(told(key!("publication_many.refused_gone")).with("title", title));
        }
    }
    let fields: Vec<Field> =
        fields.iter().map(|(name, title)| Field::new(&form, t, name, title, Kind::Check)).collect();
    let page = Page {
        chrome: staff
            .chrome(t.text("publication_many.title"))
            .under(vec![Link::new(t.text("nav.publications"), "/publications")]),
        errors: ErrorSummary::new(&form, t, &fields),
        start: FormStart::once(&staff.visitor),
        items: open.iter().map(|waiting| item(t, waiting, &form, (notes, &hidden))).collect(),
        closed: closed
            .into_iter()
            .map(|(row, code)| Closed {
                href: path(row.id),
                reason: t.text(&format!("refusal.{code}")),
                title: row.content.title,
            })
            .collect(),
        has_more,
        may_publish: staff.may(Capability::PublishPublications),
        empty: open.is_empty().then(|| {
            Empty::new(t.text("publication_many.empty_title"), t.text("publication_many.empty"))
                .action(Link::new(t.text("nav.publications"), "/publications"))
        }),
    };
    with_form(&page, &form)
}

/// What was ticked stays ticked, unless it is another text by now.
fn item(
    t: Language,
    waiting: &InReview,
    form: &FormState,
    (notes, hidden): (&BTreeMap<String, String>, &Notes),
) -> Item {
    let row = &waiting.row;
    let id = row.id.to_string();
    let value = format!("{id}.{}.{}", row.version, row.content.digest());
    let name = control_of(row.id);
    let since = words_of::instant(t, row.updated_at);
    let about: [(&str, &dyn std::fmt::Display); 3] =
        [("kind", &kind_name(t, row.kind)), ("writers", &waiting.writers.join(", ")), ("since", &since)];
    Item {
        control: Field::new(form, t, &name, "", Kind::Check).id(),
        is_ticked: form.values("item").contains(&value),
        title: row.content.title.clone(),
        about: t.fill("publication_many.about", &about),
        error: form.error(&name, t).unwrap_or_default(),
        note: (row.published_version > 0).then(|| notes.get(&id).cloned().unwrap_or_default()),
        whole: Whole::new(t, row.kind, &row.content, &format!("{}/files", path(row.id)), hidden),
        href: path(row.id),
        value,
        id,
    }
}

fn reason(t: Language, error: &ActionError) -> &'static str {
    match error {
        ActionError::Refused(code) => t.text(&format!("refusal.{code}")),
        ActionError::Stale => t.text("publication_many.changed"),
        ActionError::Invalid(_) => t.text("publication_many.incomplete"),
        ActionError::Forbidden(_) => t.text("refusal.publication_not_yours"),
        ActionError::NotFound | ActionError::TooMany { .. } | ActionError::Internal(_) => {
            t.text("publication_many.not_found")
        }
    }
}
