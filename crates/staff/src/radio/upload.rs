//! Sending many bulletins at once, as files or by the address of a feed, and handing in for review what became drafts.

use app::ActionError;
use app::publication::{self, Act};
use app::radio::{self, Batch};
use askama::Template;
use domain::id::PublicationId;
use domain::publication::workflow::Event;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{FieldError, Fields, FormState, Uploads};
use web_kit::page::{redirect, with_form};
use words::key;

use super::PATH;
use crate::gate::Staff;
use crate::{link, refusal};

/// Bytes of one file: an hour of sound.
const MOST_BYTES: usize = 100 * 1_024 * 1_024;

const TAKEN: &str = ".mp3,.m4a,.ogg,.docx,.txt,.xlsx,.xls,.ods,.csv,.xml,.rss,.atom";

#[derive(Template)]
#[template(path = "radio/upload.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    files: Field,
    address: Field,
    waiting: Vec<Link>,
}

pub(super) async fn ask(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new()).await
}

async fn draw(staff: &Staff, form: &FormState) -> PageResult {
    let t = staff.t();
    let waiting = staff.run(radio::waiting).await.map_err(refusal::fault)?;
    let files = Field::new(form, t, "file", t.text("radio.files"), Kind::Files(TAKEN))
        .required()
        .help(t.text("radio.files_help"));
    let address = Field::new(form, t, "address", t.text("radio.feed_address"), Kind::Line("url"))
        .required()
        .help(t.text("radio.feed_address_help"));
    let all = [files, address];
    let errors = ErrorSummary::new(form, t, &all);
    let [files, address] = all;
    let page = Page {
        chrome: staff.chrome(t.text("radio.upload")).under(vec![Link::new(t.text("nav.radio"), PATH)]),
        errors,
        start: FormStart::plain(&staff.visitor.form_token()),
        files,
        address,
        waiting: super::batch::links(t, waiting.into_iter()),
    };
    with_form(&page, form)
}

pub(super) async fn take(staff: Staff, mut sent: Uploads) -> PageResult {
    let mut batch = Batch::default();
    while let Some(file) = sent.next(MOST_BYTES).await? {
        let name = file.name;
        match file.bytes {
            Some(bytes) => {
                let add = move |app: &app::App, actor: &app::Actor| {
                    batch.add(app, actor, &name, bytes.to_vec())?;
                    Ok(batch)
                };
                batch = staff.run(add).await.map_err(refusal::fault)?;
            }
            None => batch.note_too_large(&name),
        }
    }
    if batch.is_empty() {
        let mut form = FormState::new();
        form.refuse(FieldError::new("file", key!("publication_file.none")));
        return draw(&staff, &form).await;
    }
    let id = staff.run(move |app, actor| batch.propose(app, actor)).await.map_err(refusal::fault)?;
    Ok(redirect(&super::batch::path(id)))
}

/// Takes the feed at an address; from there on it is as if its file had been sent.
pub(super) async fn fetch(staff: Staff, fields: Fields) -> PageResult {
    let mut form = fields.only(&["address"])?;
    let address = form.line("address");
    let work =
        move |app: &app::App, actor: &app::Actor| radio::fetch(app, actor, &address)?.propose(app, actor);
    match staff.run(work).await {
        Ok(id) => Ok(redirect(&super::batch::path(id))),
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, &form).await
        }
    }
}

/// Hands drafts in for review, one by one; those that cannot be handed in stay drafts.
pub(super) async fn submit(staff: Staff, fields: Fields) -> PageResult {
    let form = fields.only(&["ids"])?;
    let ids: Vec<PublicationId> = form.value("ids").split(' ').filter_map(|id| id.parse().ok()).collect();
    let (done, kept) = staff
        .run(move |app, actor| {
            let (mut done, mut kept) = (0_usize, 0_usize);
            for id in ids {
                let version = publication::show(app, actor, id)?.row.version;
                match publication::act(app, actor, (id, version), Event::Submit, &Act::default()) {
                    Ok(()) => done += 1,
                    Err(ActionError::Refused(_) | ActionError::Invalid(_) | ActionError::Stale) => kept += 1,
                    Err(other) => return Err(other),
                }
            }
            Ok((done, kept))
        })
        .await
        .map_err(refusal::fault)?;
    let (done, kept) = (done.to_string(), kept.to_string());
    Ok(redirect(&link::with_query(PATH, &[("done", &done), ("kept", &kept)])))
}
