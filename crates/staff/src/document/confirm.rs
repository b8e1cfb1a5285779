//! One uploaded document: what was read, the form to correct it, and what becomes of it.

use app::ActionError;
use app::documents::{self, Beside, Decree, Shown, State, act_of};
use app::publication::{Draft, own_fields};
use askama::Template;
use axum::response::Response;
use domain::access::Capability;
use domain::id::UploadId;
use domain::publication::Kind;
use domain::publication::relation::Act;
use http::header::{CACHE_CONTROL, HeaderValue};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Banner, ErrorSummary, Field, FormStart, Prose, Table, Tone};
use web_kit::form::{Fields, Form, FormState, Path};
use web_kit::page::{attachment, redirect_with_notice, with_form};
use web_kit::{Fault, Language, PageResult};
use words::key;

use super::{PATH, list, path, read};
use crate::gate::Staff;
use crate::publication::edit::Picture;
use crate::publication::relations::{self, Rows};
use crate::publication::{self, edit};
use crate::{refusal, show_day};

/// The button that goes on to the next document.
const NEXT: &str = "next";

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
    relations: Option<Rows>,
    /// The text that goes with it, as it will be shown and to be changed.
    body: Option<Body>,
    has_editor: bool,
    /// The words of the file, line by line; whether a field was read there.
    words: Words,
    /// How many wait after this one; none when no other waits.
    more: Option<String>,
    /// What the toolbar of the editor asks for; a document that is confirmed has no pictures yet.
    own_files: &'static str,
    pictures: Vec<Picture>,
}

/// The text that goes with a document.
struct Body {
    prose: Prose,
    field: Field,
    /// Whether it is to be changed first of all.
    is_open: bool,
}

/// The words of a file.
struct Words {
    lines: Vec<(String, bool)>,
    /// Whether there are more than are shown.
    is_cut: bool,
}

pub(super) async fn show(staff: Staff, Path(id): Path<UploadId>) -> PageResult {
    let (shown, draft) =
        staff.run(move |app, actor| documents::proposal(app, actor, id)).await.map_err(refusal::fault)?;
    let beside = beside(&staff, id).await?;
    let form = filled(&draft);
    let start = FormStart::once(&staff.visitor);
    with_form(&draw(&staff, (&shown, &beside), start, &form), &form)
}

async fn beside(staff: &Staff, id: UploadId) -> Result<Beside, Fault> {
    staff.run(move |app, actor| documents::beside(app, actor, id)).await.map_err(refusal::fault)
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
    let rows = relations::filled(&draft.relations);
    let rows = rows.iter().map(|(name, value)| (name.as_str(), value.clone()));
    FormState::of(values.into_iter().chain(rows))
}

fn draw(staff: &Staff, (shown, beside): (&Shown, &Beside), start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let row = &shown.row;
    let may_write = staff.may(Capability::WritePublications);
    let is_waiting = row.state == State::Proposed;
    let fields = if may_write && is_waiting { fields(staff, shown, form) } else { Vec::new() };
    let (body, fields): (Vec<Field>, Vec<Field>) =
        fields.into_iter().partition(|field| field.is_named("body"));
    let body = body.into_iter().next().map(|field| Body {
        prose: Prose::new(form.value("body")),
        field,
        is_open: form.error("body", t).is_some(),
    });
    let relations = Rows::new(t, Kind::Document, form).filter(|_| !fields.is_empty());
    let relations = relations.map(|rows| match shown.document.as_ref() {
        Some(document) => rows.noted(|act, symbol| note(t, &document.decree, act, symbol)),
        None => rows,
    });
    let rows = relations.iter().flat_map(Rows::fields);
    let all: Vec<Field> =
        fields.iter().chain(body.iter().map(|body| &body.field)).chain(rows).cloned().collect();
    let words = words(&beside.text, shown.document.as_ref().map(|document| &document.decree));
    let more = beside.next.filter(|_| is_waiting);
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
        errors: ErrorSummary::new(form, t, &all),
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
        relations,
        body,
        has_editor: may_write && is_waiting && web_kit::asset::is_built_in("editor.js"),
        words,
        more: more.map(|_| {
            let others = u64::try_from(beside.waiting - 1).unwrap_or(0);
            t.counted("document_page.waiting", others)
        }),
        own_files: "",
        pictures: Vec::new(),
    }
}

fn fields(staff: &Staff, shown: &Shown, form: &FormState) -> Vec<Field> {
    let t = staff.t();
    let mut fields = edit::text_fields(t, Kind::Document, form);
    let own = own_fields(Kind::Document).into_iter();
    fields.splice(2..2, own.map(|column| edit::own_field(t, Kind::Document, column, form)));
    let Some(decree) = shown.document.as_ref().map(|document| &document.decree) else { return fields };
    // The place where each was read stands with the field, and how sure it is.
    let read = |field: Option<&documents::Field>| field.map(|field| (field.place.clone(), field.confidence));
    let signer = decree.signers.last().map(|field| (field.place.clone(), field.confidence));
    let number = read(decree.number.as_ref());
    let symbol = read(decree.symbol.as_ref());
    let known = [
        ("title", read(decree.summary.as_ref())),
        ("section", read(decree.kind.as_ref())),
        ("symbol", number.zip(symbol).map(|(number, symbol)| (symbol.0, symbol.1.min(number.1)))),
        ("issuer", read(decree.issuer.as_ref())),
        ("issued_on", decree.date.as_ref().map(|field| (field.place.clone(), field.confidence))),
        ("effective_on", decree.effective.as_ref().map(|field| (field.place.clone(), field.confidence))),
        ("signer", signer.clone()),
        ("signer_title", signer),
        ("body", read(decree.bases.first())),
    ];
    let told = |field: Field| match known.iter().find(|(name, _)| field.is_named(name)) {
        Some((_, Some((place, sure)))) => field.badge(read::badge(t, *sure)).help(read::quoted(t, place)),
        // Most documents do not say when they take effect.
        Some(("effective_on" | "body", None)) | None => field,
        Some((_, None)) => field.badge(Badge::new(Tone::Bad, t.text("document_page.not_read"))),
    };
    fields.into_iter().map(told).collect()
}

/// Where a relation was read, and how sure that is.
fn note(t: Language, decree: &Decree, act: Act, symbol: &str) -> Option<(String, Badge)> {
    let mut acts = decree.relations.iter();
    let found = acts.find(|field| act_of(field.value.verb) == act && field.value.target == symbol);
    let found = found.map(|field| (&field.place, field.confidence));
    let base = || {
        let base = decree.bases.iter().find(|base| base.value.contains(symbol))?;
        (act == Act::BasedOn).then_some((&base.place, base.confidence))
    };
    let (place, sure) = found.or_else(base)?;
    Some((read::quoted(t, place), read::badge(t, sure)))
}

/// Lines of a file that are shown at most.
const MOST_LINES: usize = 1_500;

/// The lines of a file, each with whether something was read there.
fn words(text: &str, decree: Option<&Decree>) -> Words {
    let mut quotes: Vec<&str> = Vec::new();
    if let Some(decree) = decree {
        let single =
            [&decree.issuer, &decree.parent, &decree.number, &decree.symbol, &decree.kind, &decree.summary];
        quotes.extend(single.into_iter().flatten().map(|field| field.place.quote.as_str()));
        quotes.extend(decree.date.iter().map(|field| field.place.quote.as_str()));
        quotes.extend(decree.effective.iter().map(|field| field.place.quote.as_str()));
        quotes.extend(decree.signers.iter().map(|field| field.place.quote.as_str()));
        quotes.extend(decree.relations.iter().map(|field| field.place.quote.as_str()));
        quotes.extend(decree.bases.iter().map(|field| field.place.quote.as_str()));
    }
    let mut all = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_read = |line: &str| line.chars().count() > 2 && quotes.iter().any(|quote| quote.contains(line));
    let lines = all.by_ref().take(MOST_LINES).map(|line| (line.to_owned(), is_read(line))).collect();
    Words { lines, is_cut: all.next().is_some() }
}

pub(super) async fn confirm(staff: Staff, Path(id): Path<UploadId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let names: Vec<&str> = edit::known(Kind::Document, &[]).into_iter().chain([NEXT]).collect();
    let mut form = sent.only(&names)?;
    let goes_on = !form.value(NEXT).is_empty();
    let version: i64 = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let worker = staff.clone();
    let error = match edit::read(Kind::Document, &mut form, &[]) {
        None => None,
        Some(draft) => {
            let work = async move {
                let begun = worker
                    .run(move |app, actor| documents::confirm(app, actor, (id, version), &draft))
                    .await?;
                if goes_on {
                    let beside = worker.run(move |app, actor| documents::beside(app, actor, id)).await?;
                    return Ok(beside.next.map_or_else(|| PATH.to_owned(), path));
                }
                Ok::<_, ActionError>(publication::path(begun))
            };
            match staff.state.once(key.as_ref(), work).await {
                Ok(path) => {
                    let told = if goes_on {
                        key!("document_page.confirmed_next")
                    } else {
                        key!("document_page.confirmed")
                    };
                    return Ok(redirect_with_notice(&staff.visitor, &path, told));
                }
                Err(error) => Some(error),
            }
        }
    };
    if let Some(error) = error {
        edit::note(Kind::Document, &mut form, error)?;
    }
    let shown = staff.run(move |app, actor| documents::show(app, actor, id)).await.map_err(refusal::fault)?;
    let beside = beside(&staff, id).await?;
    let start = FormStart::again(&staff.visitor, key.as_ref());
    with_form(&draw(&staff, (&shown, &beside), start, &form), &form)
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
            let beside = beside(&staff, id).await?;
            let start = FormStart::once(&staff.visitor);
            with_form(&draw(&staff, (&shown, &beside), start, &form), &form)
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
