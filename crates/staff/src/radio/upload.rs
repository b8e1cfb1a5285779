//! Sending many bulletins at once, seeing what was taken and what was not, and handing what was taken in for review.

use app::ActionError;
use app::publication::{self, Act};
use app::radio::{Batch, Left, Row, Taken};
use askama::Template;
use domain::id::PublicationId;
use domain::publication::workflow::Event;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Cell, Column, ErrorSummary, Field, FormStart, Kind, Table, Tone};
use web_kit::form::{FieldError, Fields, FormState, Uploads};
use web_kit::page::{redirect, with_form};
use web_kit::{Cache, Language, PageResult, page};
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
}

#[derive(Template)]
#[template(path = "radio/taken.html")]
struct Outcome {
    chrome: Chrome,
    told: String,
    taken: Option<Table>,
    left: Option<Table>,
    start: FormStart,
    ids: String,
}

pub(super) async fn ask(staff: Staff) -> PageResult {
    draw(&staff, &FormState::new())
}

fn draw(staff: &Staff, form: &FormState) -> PageResult {
    let t = staff.t();
    let files = Field::new(form, t, "file", t.text("radio.files"), Kind::Files(TAKEN))
        .required()
        .help(t.text("radio.files_help"));
    let page = Page {
        chrome: staff.chrome(t.text("radio.upload")).under(vec![Link::new(t.text("nav.radio"), PATH)]),
        errors: ErrorSummary::new(form, t, std::slice::from_ref(&files)),
        start: FormStart::plain(&staff.visitor.form_token()),
        files,
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
        return draw(&staff, &form);
    }
    let taken = staff.run(move |app, actor| batch.take(app, actor)).await.map_err(refusal::fault)?;
    told(&staff, &taken)
}

fn told(staff: &Staff, taken: &Taken) -> PageResult {
    let t = staff.t();
    let shown = Outcome {
        chrome: staff.chrome(t.text("radio.taken_title")).under(vec![
            Link::new(t.text("nav.radio"), PATH),
            Link::new(t.text("radio.upload"), "/radio/upload"),
        ]),
        told: t.fill("radio.told", &[("taken", &taken.rows.len()), ("left", &taken.left.len())]),
        taken: (!taken.rows.is_empty()).then(|| taken_table(t, &taken.rows)),
        left: (!taken.left.is_empty()).then(|| left_table(t, &taken.left)),
        start: FormStart::plain(&staff.visitor.form_token()),
        ids: taken.rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(" "),
    };
    page(&shown, Cache::Private)
}

fn taken_table(t: Language, rows: &[Row]) -> Table {
    let columns = vec![Column::new(t.text("radio.bulletin")).wide(), Column::new(t.text("radio.doubts"))];
    let row = |row: &Row| {
        let doubt = match row.has {
            (true, true) => Cell::new(t.text("radio.complete")),
            (true, false) => Cell::badge(Badge::new(Tone::Warning, t.text("radio.no_words"))),
            (false, _) => Cell::badge(Badge::new(Tone::Warning, t.text("radio.no_sound"))),
        };
        vec![Cell::link(row.title.clone(), crate::publication::path(row.id)), doubt]
    };
    Table::new(t, "taken", t.text("radio.taken"), columns).rows(rows.iter().map(row).collect()).cards()
}

fn left_table(t: Language, left: &[Left]) -> Table {
    let columns = vec![Column::new(t.text("radio.file")).wide(), Column::new(t.text("radio.why")).wide()];
    let row = |left: &Left| {
        vec![Cell::new(left.from.clone()), Cell::new(t.text(&format!("invalid.{}", left.code)))]
    };
    Table::new(t, "left", t.text("radio.left"), columns).rows(left.iter().map(row).collect()).cards()
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
