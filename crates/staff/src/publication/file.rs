//! Files of a publication: adding, taking out, looking at one.

use app::publication::{self, Uploaded};
use askama::Template;
use axum::response::Response;
use domain::id::PublicationId;
use domain::publication::{Attachment, Purpose};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{Form, FormState, Path, Upload};
use web_kit::page::{attachment, redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{has_file, path};
use crate::gate::Staff;
use crate::refusal;

const TAKEN: &str = ".jpg,.jpeg,.png,.webp,.mp3,.m4a,.ogg,.pdf,.docx,.xlsx,.odt,.ods";

#[derive(Template)]
#[template(path = "publication/attach.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    version: String,
    action: String,
    back: String,
    fields: Vec<Field>,
}

/// The page that asks for a file.
pub(super) async fn ask(staff: Staff, Path(id): Path<PublicationId>) -> PageResult {
    draw(&staff, id, &FormState::new()).await
}

async fn draw(staff: &Staff, id: PublicationId, form: &FormState) -> PageResult {
    let t = staff.t();
    let shown =
        staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
    let fields = vec![
        Field::new(form, t, "file", t.text("publication_file.file"), Kind::File(TAKEN))
            .required()
            .help(t.text("publication_file.file_help")),
        Field::new(form, t, "text", t.text("publication_file.text"), Kind::Line("text"))
            .help(t.text("publication_file.text_help")),
    ];
    let page = Page {
        chrome: staff.chrome(t.text("publication_file.add")).under(vec![
            Link::new(t.text("nav.publications"), "/publications"),
            Link::new(shown.row.content.title.clone(), path(id)),
        ]),
        errors: ErrorSummary::new(form, t, &fields),
        start: FormStart::plain(&staff.visitor.form_token()),
        version: shown.row.version.to_string(),
        action: format!("{}/attach", path(id)),
        back: path(id),
        fields,
    };
    with_form(&page, form)
}

/// Takes the file.
pub(super) async fn attach(staff: Staff, Path(id): Path<PublicationId>, sent: Upload) -> PageResult {
    let mut form = sent.only(&["text", "version"])?;
    if !has_file(&mut form, &sent) {
        return draw(&staff, id, &form).await;
    }
    let version: i64 = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let uploaded =
        Uploaded { name: sent.file_name.clone(), bytes: sent.bytes.to_vec(), text: form.line("text") };
    let done = staff.run(move |app, actor| publication::attach(app, actor, (id, version), uploaded)).await;
    match done {
        Ok(_) => Ok(redirect_with_notice(&staff.visitor, &path(id), key!("publication_file.added"))),
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, id, &form).await
        }
    }
}

/// What the button beside a file sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    version: Option<i64>,
    digest: Option<String>,
}

/// Takes a file out.
pub(super) async fn detach(staff: Staff, Path(id): Path<PublicationId>, form: Form<Sent>) -> PageResult {
    let (version, digest) = (form.value.version.unwrap_or(0), form.value.digest.unwrap_or_default());
    staff
        .run(move |app, actor| publication::detach(app, actor, (id, version), &digest))
        .await
        .map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &path(id), key!("publication_file.removed")))
}

/// A file of a working copy under the name it will have in public: what pictures in a text are called by.
pub(super) async fn show_named(
    staff: Staff,
    Path((id, digest, _)): Path<(PublicationId, String, String)>,
) -> Result<Response, Fault> {
    show(staff, Path((id, digest))).await
}

/// A file of a working copy.
pub(super) async fn show(
    staff: Staff,
    Path((id, digest)): Path<(PublicationId, String)>,
) -> Result<Response, Fault> {
    let (file, bytes) = staff
        .run(move |app, actor| publication::read_file(app, actor, id, &digest))
        .await
        .map_err(refusal::fault)?;
    Ok(response(&file, bytes))
}

/// The answer with a file: pictures and sound are shown, everything else is saved.
pub(super) fn response(file: &Attachment, bytes: Vec<u8>) -> Response {
    let mut response = attachment(bytes, "application/octet-stream", &file.name);
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&file.media_type) {
        headers.insert(CONTENT_TYPE, kind);
    }
    if file.purpose != Purpose::Attachment {
        headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}
