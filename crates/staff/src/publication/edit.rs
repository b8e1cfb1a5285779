//! Writing: one form for all kinds, drawn from the kind and the fields of its register.

use app::ActionError;
use app::publication::{self, Draft, PublicationRow, own_fields};
use askama::Template;
use domain::id::{PublicationId, RecordId};
use domain::publication::{Attachment, Kind, Purpose};
use domain::register::{FieldKind, Presence, Register};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, ErrorSummary, Field, FormStart, Kind as Shape, Tone};
use web_kit::form::{FieldError, Fields, Form, FormKey, FormState, Path};
use web_kit::page::{page_with, redirect, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, Language, PageResult};
use words::key;

use super::relations::{self, Rows};
use super::{kind_name, path};
use crate::gate::Staff;
use crate::{link, refusal, show_day};

/// Fields every kind has.
const COMMON: [&str; 6] = ["title", "summary", "body", "section", "last_day", "review_on"];
/// The hidden field with the version the form started from.
const VERSION: &str = "version";

#[derive(Template)]
#[template(path = "publication/edit.html")]
struct Page {
    chrome: Chrome,
    lead: &'static str,
    errors: ErrorSummary,
    start: FormStart,
    version: String,
    text: Vec<Field>,
    own: Vec<Field>,
    relations: Option<Rows>,
    files: Vec<Field>,
    days: Vec<Field>,
    back: String,
    theirs: Option<String>,
    pictures: Vec<Picture>,
    own_files: String,
    has_editor: bool,
    /// Where a new text can be begun with a Word file.
    word: Option<String>,
}

/// A picture of the publication, for the editor to put into the text.
pub(crate) struct Picture {
    pub(crate) src: String,
    pub(crate) file: Attachment,
}

fn pictures(row: &PublicationRow) -> Vec<Picture> {
    let files = row.content.files.iter().filter(|file| file.purpose == Purpose::Picture);
    files.map(|file| Picture { src: link::file(&file.digest, &file.name), file: file.clone() }).collect()
}

fn kind_of(word: &str) -> Result<Kind, Fault> {
    Kind::from_word(word).ok_or_else(Fault::not_found)
}

pub(super) async fn new(staff: Staff, Path(word): Path<String>) -> PageResult {
    let kind = kind_of(&word)?;
    let form = FormState::new();
    let start = FormStart::once(&staff.visitor);
    with_form(&draw(&staff, kind, None, start, &form), &form)
}

pub(super) async fn begin(staff: Staff, Path(word): Path<String>, sent: Fields) -> PageResult {
    let kind = kind_of(&word)?;
    let key = sent.key.clone();
    let mut form = sent.only(&known(kind, &[]))?;
    let Some(draft) = read(kind, &mut form, &[]) else {
        let start = FormStart::again(&staff.visitor, key.as_ref());
        return with_form(&draw(&staff, kind, None, start, &form), &form);
    };
    let told = told(&staff, &draft).await?;
    let done = staff.state.once(key.as_ref(), async {
        let id = staff.run(move |app, actor| publication::begin(app, actor, kind, &draft)).await?;
        Ok::<_, ActionError>(path(id))
    });
    match done.await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, told)),
        Err(error) => {
            note(kind, &mut form, error)?;
            let start = FormStart::again(&staff.visitor, key.as_ref());
            with_form(&draw(&staff, kind, None, start, &form), &form)
        }
    }
}

/// Fields that a kind calls by the name of its register's field are shown under ours.
pub(crate) fn note(kind: Kind, form: &mut FormState, error: ActionError) -> Result<(), Fault> {
    let ActionError::Invalid(mut problems) = error else { return refusal::note(form, error) };
    for problem in &mut problems {
        problem.field = match (kind.spec().register, problem.field.as_str()) {
            (Some(Register::News), "category") | (Some(Register::PortalDocuments), "type_name") => {
                "section".into()
            }
            (Some(Register::PortalDocuments), "summary") => "title".into(),
            _ => continue,
        };
    }
    refusal::note(form, ActionError::Invalid(problems))
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Begins the text of a line that stands in a register.
pub(super) async fn begin_for(
    staff: Staff,
    Path((word, id)): Path<(String, RecordId)>,
    _: Form<Nothing>,
) -> PageResult {
    let register = Register::from_word(&word).ok_or_else(Fault::not_found)?;
    let begun = staff.run(move |app, actor| publication::begin_for(app, actor, register, id)).await;
    Ok(redirect(&path(begun.map_err(refusal::fault)?)))
}

async fn load(staff: &Staff, id: PublicationId) -> Result<PublicationRow, Fault> {
    let shown =
        staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
    Ok(shown.row)
}

pub(super) async fn open(staff: Staff, Path(id): Path<PublicationId>) -> PageResult {
    let row = load(&staff, id).await?;
    let form = filled(&row);
    let start = FormStart::once(&staff.visitor);
    with_form(&draw(&staff, row.kind, Some(&row), start, &form), &form)
}

fn file_field(file: &Attachment) -> String {
    format!("file.{}", file.digest)
}

fn filled(row: &PublicationRow) -> FormState {
    let content = &row.content;
    let day = |day: Option<domain::time::Day>| day.map(show_day::day).unwrap_or_default();
    let mut values = vec![
        ("title".to_owned(), content.title.clone()),
        ("summary".to_owned(), content.summary.clone()),
        ("body".to_owned(), content.body.clone()),
        ("section".to_owned(), content.section.clone()),
        ("last_day".to_owned(), day(content.last_day)),
        ("review_on".to_owned(), day(row.review_on)),
    ];
    for (key, value) in &content.fields {
        values.push((key.clone(), value.parse().map_or_else(|_| value.clone(), show_day::day)));
    }
    values.extend(relations::filled(&content.relations));
    values.extend(content.files.iter().map(|file| (file_field(file), file.text.clone())));
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

/// The names the form may send.
pub(crate) fn known(kind: Kind, files: &[String]) -> Vec<&str> {
    let own = own_fields(kind).into_iter().map(|field| field.key);
    let rows = relations::names(kind).iter().map(String::as_str);
    COMMON
        .into_iter()
        .chain(own)
        .chain([VERSION])
        .chain(rows)
        .chain(files.iter().map(String::as_str))
        .collect()
}

/// The draft that was sent; nothing when a day cannot be read, which is noted in the form.
pub(crate) fn read(kind: Kind, form: &mut FormState, files: &[Attachment]) -> Option<Draft> {
    let mut day = |name: &str| {
        let typed = form.line(name);
        let read = app::rules::read_day(&typed);
        if read.is_none() && !typed.is_empty() {
            form.refuse(FieldError::new(name, key!("form.not_a_day")));
        }
        read
    };
    let (last_day, review_on) = (day("last_day"), day("review_on"));
    let relations = relations::read(kind, form);
    if form.has_errors() {
        return None;
    }
    let fields = own_fields(kind).into_iter();
    let files = files.iter().map(|file| Attachment { text: form.line(&file_field(file)), ..file.clone() });
    Some(Draft {
        title: form.line("title"),
        summary: form.text("summary"),
        body: form.text("body"),
        section: form.line("section"),
        fields: fields.map(|field| (field.key.to_owned(), form.value(field.key).to_owned())).collect(),
        files: files.collect(),
        last_day,
        review_on,
        relations,
    })
}

/// What is said after saving: pictures of elsewhere are not kept (NEWS-A05).
async fn told(staff: &Staff, draft: &Draft) -> Result<&'static str, Fault> {
    let body = draft.body.clone();
    let lost =
        staff.run(move |_, _| Ok(rich_text::pictures_left_out(&body))).await.map_err(refusal::fault)?;
    Ok(if lost > 0 {
        key!("publication_page.saved_without_pictures")
    } else {
        key!("publication_page.saved")
    })
}

fn draw(staff: &Staff, kind: Kind, row: Option<&PublicationRow>, start: FormStart, form: &FormState) -> Page {
    let t = staff.t();
    let text = text_fields(t, kind, form);
    let own: Vec<Field> =
        own_fields(kind).into_iter().map(|column| own_field(t, kind, column, form)).collect();
    let day = |name: &str| {
        let help = t.text(&format!("publication_field.{name}_help"));
        Field::new(form, t, name, t.text(&format!("publication_field.{name}")), Shape::Day).help(help)
    };
    let days = vec![day("last_day"), day("review_on")];
    let files: Vec<Field> = row
        .map_or(&[][..], |row| &row.content.files)
        .iter()
        .map(|file| {
            let label = t.fill("publication_field.file_text", &[("name", &file.name)]);
            Field::new(form, t, &file_field(file), &label, Shape::Line("text"))
        })
        .collect();
    let relations = Rows::new(t, kind, form);
    let rows = relations.iter().flat_map(Rows::fields);
    let all: Vec<Field> = text.iter().chain(&own).chain(rows).chain(&files).chain(&days).cloned().collect();
    let (title, back, mut under) = match row {
        Some(row) => (
            t.text("publication.event.edit").to_owned(),
            path(row.id),
            vec![Link::new(row.content.title.clone(), path(row.id))],
        ),
        None => (
            t.fill("publication_page.begin", &[("kind", &kind_name(t, kind).to_lowercase())]),
            "/publications".to_owned(),
            Vec::new(),
        ),
    };
    under.insert(0, Link::new(t.text("nav.publications"), "/publications"));
    Page {
        chrome: staff.chrome(title).under(under),
        lead: t.text("publication_page.edit_lead"),
        errors: ErrorSummary::new(form, t, &all),
        start,
        version: row.map(|row| row.version.to_string()).unwrap_or_default(),
        text,
        own,
        relations,
        files,
        days,
        back,
        theirs: None,
        pictures: row.map(pictures).unwrap_or_default(),
        own_files: row.map(|row| format!("{}/files", path(row.id))).unwrap_or_default(),
        has_editor: web_kit::asset::is_built_in("editor.js"),
        word: row.is_none().then(|| format!("/publications/new/{}/word", kind.word())),
    }
}

pub(crate) fn text_fields(t: Language, kind: Kind, form: &FormState) -> Vec<Field> {
    let is_document = kind == Kind::Document;
    let label = |name: &str| match (is_document, name) {
        (true, "title") => t.text("publication_field.abstract"),
        (true, "section") => t.text("publication_field.type_name"),
        _ => t.text(&format!("publication_field.{name}")),
    };
    vec![
        Field::new(form, t, "title", label("title"), Shape::Text(2)).required().max(500),
        Field::new(form, t, "section", label("section"), Shape::Line("text")),
        Field::new(form, t, "summary", label("summary"), Shape::Text(3))
            .help(t.text("publication_field.summary_help")),
        Field::new(form, t, "body", label("body"), Shape::Text(18))
            .help(t.text("publication_field.body_help")),
    ]
}

pub(crate) fn own_field(
    t: Language,
    kind: Kind,
    column: &domain::register::Field,
    form: &FormState,
) -> Field {
    let register = kind.spec().register.map_or("", Register::word);
    let shape = match column.kind {
        FieldKind::Day => Shape::Day,
        FieldKind::Count => Shape::Number,
        FieldKind::Text => Shape::Text(3),
        FieldKind::Flag => Shape::Line("text"),
        FieldKind::Line(_) | FieldKind::Unit | FieldKind::Symbol | FieldKind::Clock => Shape::Line("text"),
        FieldKind::Word(words) => Shape::Select(
            words
                .iter()
                .map(|(word, _)| web_kit::component::Choice::new(*word, t.word(register, column.key, word)))
                .collect(),
        ),
    };
    let field = Field::new(form, t, column.key, t.field(register, column.key), shape);
    if column.presence == Presence::Required { field.required() } else { field }
}

pub(super) async fn save(staff: Staff, Path(id): Path<PublicationId>, sent: Fields) -> PageResult {
    let row = load(&staff, id).await?;
    let files: Vec<String> = row.content.files.iter().map(file_field).collect();
    let key = sent.key.clone();
    let mut form = sent.only(&known(row.kind, &files))?;
    let version: i64 = form.value(VERSION).parse().map_err(|_| Fault::bad_request())?;
    let Some(draft) = read(row.kind, &mut form, &row.content.files) else {
        return again(&staff, &row, version, key.as_ref(), &form);
    };
    let told = told(&staff, &draft).await?;
    let saved = staff.run(move |app, actor| publication::edit(app, actor, (id, version), &draft)).await;
    match saved {
        Ok(_) => Ok(redirect_with_notice(&staff.visitor, &path(id), told)),
        Err(ActionError::Stale) => stale(&staff, id, &form).await,
        Err(error) => {
            note(row.kind, &mut form, error)?;
            again(&staff, &row, version, key.as_ref(), &form)
        }
    }
}

fn again(
    staff: &Staff,
    row: &PublicationRow,
    version: i64,
    key: Option<&FormKey>,
    form: &FormState,
) -> PageResult {
    let mut page = draw(staff, row.kind, Some(row), FormStart::again(&staff.visitor, key), form);
    page.version = version.to_string();
    with_form(&page, form)
}

/// Somebody saved meanwhile: nothing is lost. What was typed stays in the form, the newer text stands beside it, and
/// the form goes on from the newer version.
async fn stale(staff: &Staff, id: PublicationId, form: &FormState) -> PageResult {
    let row = load(staff, id).await?;
    let mut page = draw(staff, row.kind, Some(&row), FormStart::once(&staff.visitor), form);
    page.theirs = Some(format!("{}\n\n{}", row.content.title, rich_text::to_text(&row.content.body)));
    page.chrome = page.chrome.banner(Banner::new(Tone::Warning, staff.t().text("publication_page.stale")));
    page_with(http::StatusCode::CONFLICT, &page, Cache::Private)
}
