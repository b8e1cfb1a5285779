//! One uploaded document: what was read, the form to correct it, and what becomes of it.

use app::ActionError;
use app::documents::{self, Shown, State};
use app::publication::{Draft, own_fields};
use askama::Template;
use axum::response::Response;
use domain::access::Capability;
use domain::id::UploadId;
use domain::publication::Kind;
use http::header::{CACHE_CONTROL, HeaderValue};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Banner, ErrorSummary, Field, FormStart, Table, Tone};
use web_kit::form::{Fields, Form, FormState, Path};
use web_kit::page::{attachment, redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{PATH, list, path, read};
use crate::gate::Staff;
use crate::publication::{self, edit};
use crate::{refusal, show_day};

#[derive(Template)]
#[template(path = "document/confirm.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    button: FormStart,
    version: i64,
    own: String,
    badge: Option<Badge>,
    /// Where the file can be looked at.
    file: Option<String>,
    problem: Option<&'static str>,
    duplicates: Vec<Link>,
    table: Option<Table>,
    signatures: Option<Table>,
    scan: Option<String>,
    may_recognise: bool,
    may_discard: bool,
    publication: Option<String>,
    fields: Vec<Field>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<UploadId>) -> PageResult {
    let (shown, draft) =
        staff.run(move |app, actor| documents::proposal(app, actor, id)).await.map_err(refusal::fault)?;
    let form = filled(&draft);
    let start = FormStart::once(&staff.visitor);
    with_form(&draw(&staff, &shown, start, &form), &form)
}

fn filled(draft: &Draft) -> FormState {
    let mut values = vec![
        ("title", draft.title.clone()),
        ("summary", draft.summary.clone()),
        ("body", draft.body.clone()),
        ("section", draft.section.clone()),
    ];
    for (key, value) in &draft.fields {
        values.push((key, value.parse().map_or_else(|_| value.clone(), show_day::day)));
    }
    FormState::of(values)
}

fn draw(staff: &Staff, shown: &Shown, start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let row = &shown.row;
    let may_write = staff.may(Capability::WritePublications);
    let is_waiting = row.state == State::Proposed;
    let fields = if may_write && is_waiting { fields(staff, shown, form) } else { Vec::new() };
    let title = if row.file_name.is_empty() { t.text("document_page.no_name") } else { &*row.file_name };
    let mut chrome = staff.chrome(title.to_owned()).under(vec![
        Link::new(t.text("nav.publications"), "/publications"),
        Link::new(t.text("document_page.title"), PATH),
    ]);
    let document = shown.document.as_ref();
    if document.is_some_and(|document| !document.recognised.is_empty()) {
        chrome = chrome.banner(Banner::new(Tone::Warning, t.text("document_page.recognised_doubt")));
    }
    let without = document.map(|document| document.without_text.as_slice()).unwrap_or_default();
    let pages: Vec<String> = without.iter().take(20).map(ToString::to_string).collect();
    let can = app::file_reader::can_recognise();
    let scan_key = if can { "document_page.scan" } else { "document_page.scan_without_recogniser" };
    Page {
        chrome,
        errors: ErrorSummary::new(form, t, &fields),
        start,
        button: FormStart::plain(&staff.visitor.form_token()),
        version: row.version,
        own: path(row.id),
        badge: document.map(|document| read::least_badge(t, &document.decree)),
        file: row.digest.is_some().then(|| format!("{}/file", path(row.id))),
        problem: (!row.problem.is_empty()).then(|| t.text(&format!("invalid.{}", row.problem))),
        duplicates: list::duplicates(t, &shown.duplicates),
        table: document.and_then(|document| read::table(t, document)),
        signatures: document.and_then(|document| read::signatures(t, &document.signatures)),
        scan: (!pages.is_empty()).then(|| t.fill(scan_key, &[("pages", &pages.join(", "))])),
        may_recognise: may_write && is_waiting && !pages.is_empty() && can,
        may_discard: may_write && matches!(row.state, State::Proposed | State::Refused),
        publication: row.publication.map(publication::path),
        fields,
    }
}

fn fields(staff: &Staff, shown: &Shown, form: &FormState) -> Vec<Field> {
    let t = staff.t();
    let mut fields = edit::text_fields(t, Kind::Document, form);
    let own = own_fields(Kind::Document).into_iter();
    fields.splice(2..2, own.map(|column| edit::own_field(t, Kind::Document, column, form)));
    let Some(decree) = shown.document.as_ref().map(|document| &document.decree) else { return fields };
    // The place where each was read stands with the field.
    let places = [
        ("title", decree.summary.as_ref().map(|field| &field.place)),
        ("section", decree.kind.as_ref().map(|field| &field.place)),
        ("symbol", decree.symbol.as_ref().map(|field| &field.place)),
        ("issuer", decree.issuer.as_ref().map(|field| &field.place)),
        ("issued_on", decree.date.as_ref().map(|field| &field.place)),
        ("signer", decree.signers.last().map(|field| &field.place)),
    ];
    fields
        .into_iter()
        .map(|field| {
            let place = places.iter().find(|(name, _)| field.is_named(name)).and_then(|(_, place)| *place);
            match place {
                Some(place) => {
                    field.help(t.fill("document_page.read_at", &[("place", &read::place(t, place))]))
                }
                None => field,
            }
        })
        .collect()
}

pub(super) async fn confirm(staff: Staff, Path(id): Path<UploadId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let mut form = sent.only(&edit::known(Kind::Document, &[]))?;
    let version: i64 = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let worker = staff.clone();
    let error = match edit::read(Kind::Document, &mut form, &[]) {
        None => None,
        Some(draft) => {
            let work = async move {
                let begun = worker
                    .run(move |app, actor| documents::confirm(app, actor, (id, version), &draft))
                    .await?;
                Ok::<_, ActionError>(publication::path(begun))
            };
            match staff.state.once(key.as_ref(), work).await {
                Ok(path) => {
                    return Ok(redirect_with_notice(&staff.visitor, &path, key!("document_page.confirmed")));
                }
                Err(error) => Some(error),
            }
        }
    };
    if let Some(error) = error {
        edit::note(Kind::Document, &mut form, error)?;
    }
    let shown = staff.run(move |app, actor| documents::show(app, actor, id)).await.map_err(refusal::fault)?;
    with_form(&draw(&staff, &shown, FormStart::again(&staff.visitor, key.as_ref()), &form), &form)
}

/// What the buttons send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    version: Option<i64>,
}

pub(super) async fn discard(staff: Staff, Path(id): Path<UploadId>, form: Form<Sent>) -> PageResult {
    let version = form.value.version.unwrap_or(0);
    staff
        .run(move |app, actor| documents::discard(app, actor, (id, version)))
        .await
        .map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, PATH, key!("document_page.discarded")))
}

pub(super) async fn recognise(staff: Staff, Path(id): Path<UploadId>, form: Form<Sent>) -> PageResult {
    let version = form.value.version.unwrap_or(0);
    let done = staff.run(move |app, actor| documents::recognise(app, actor, (id, version))).await;
    match done {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, &path(id), key!("document_page.recognised"))),
        Err(error @ ActionError::Refused(_)) => {
            let mut state = FormState::new();
            refusal::note(&mut state, error)?;
            let (shown, draft) = staff
                .run(move |app, actor| documents::proposal(app, actor, id))
                .await
                .map_err(refusal::fault)?;
            let mut form = filled(&draft);
            state.errors().iter().cloned().for_each(|error| form.refuse(error));
            with_form(&draw(&staff, &shown, FormStart::once(&staff.visitor), &form), &form)
        }
        Err(error) => Err(refusal::fault(error)),
    }
}

/// The file as it was sent, to be saved.
pub(super) async fn file(staff: Staff, Path(id): Path<UploadId>) -> Result<Response, Fault> {
    let (row, bytes) =
        staff.run(move |app, actor| documents::file(app, actor, id)).await.map_err(refusal::fault)?;
    let kind = if row.media_type == "application/pdf" {
        "application/pdf"
    } else {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    };
    let mut response = attachment(bytes, kind, &row.file_name);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
