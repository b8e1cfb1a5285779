//! Sending files: each is read as it arrives, so that a connection that breaks off loses only what did not come.

use app::documents::{self, Taken};
use app::file_reader::can_recognise;
use askama::Template;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, FormState, Uploads};
use web_kit::page::{redirect, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::PATH;
use crate::gate::Staff;
use crate::{link, refusal};

/// Bytes of one file.
const MOST_BYTES: usize = 50 * 1_024 * 1_024;

/// Files of one sending.
const MOST_FILES: usize = 500;

#[derive(Template)]
#[template(path = "document/upload.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    files: Field,
    scans: &'static str,
}

pub(super) async fn ask(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new())
}

fn draw(staff: &Staff, form: &FormState) -> PageResult {
    let t = staff.t();
    let files = Field::new(form, t, "file", t.text("document_page.files"), Kind::Files(".docx,.pdf"))
        .required()
        .help(t.text("document_page.files_help"));
    let scans = if can_recognise() { "document_page.scans_read" } else { "document_page.scans_not_read" };
    let page = Page {
        chrome: staff.chrome(t.text("document_page.upload")).under(vec![
            Link::new(t.text("nav.publications"), "/publications"),
            Link::new(t.text("document_page.title"), PATH),
        ]),
        errors: ErrorSummary::new(form, t, std::slice::from_ref(&files)),
        start: FormStart::plain(&staff.visitor.form_token()),
        files,
        scans: t.text(scans),
    };
    with_form(&page, form)
}

pub(super) async fn take(staff: Staff, mut sent: Uploads) -> PageResult {
    let (mut proposed, mut refused) = (0_usize, 0_usize);
    let mut last = None;
    while let Some(file) = sent.next(MOST_BYTES).await? {
        if proposed + refused >= MOST_FILES {
            return Err(Fault::of_status(http::StatusCode::PAYLOAD_TOO_LARGE));
        }
        let name = file.name;
        let taken = match file.bytes {
            Some(bytes) => {
                staff.run(move |app, actor| documents::take(app, actor, &name, bytes.to_vec())).await
            }
            None => staff.run(move |app, actor| documents::note_too_large(app, actor, &name)).await,
        };
        match taken.map_err(refusal::fault)? {
            Taken::Proposed(id) => {
                proposed += 1;
                last = Some(id);
            }
            Taken::Refused(_, _) => refused += 1,
        }
    }
    match (proposed, refused, last) {
        (0, 0, _) => {
            let mut form = FormState::new();
            form.refuse(FieldError::new("file", key!("publication_file.none")));
            draw(&staff, &form)
        }
        (1, 0, Some(id)) => Ok(redirect(&super::path(id))),
        _ => {
            let state = if proposed == 0 { "refused" } else { "proposed" };
            let (read, bad) = (proposed.to_string(), refused.to_string());
            Ok(redirect(&link::with_query(PATH, &[("state", state), ("read", &read), ("bad", &bad)])))
        }
    }
}
