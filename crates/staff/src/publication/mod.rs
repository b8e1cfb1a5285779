//! What is written for the public: the list with what waits for whom, one publication, writing, acts, files, links to
//! look at it beforehand.

mod act;
pub(crate) mod edit;
mod file;
mod hidden;
mod line;
mod list;
mod many;
mod preview;
pub(crate) mod relations;
mod show;
mod version;
mod whole;
mod word;

use axum::routing::{get, post};
use domain::access::Capability::{ApprovePublications, ReadPublications, WritePublications};
use domain::id::PublicationId;
use domain::publication::Kind;
use domain::publication::workflow::{Event, State};
use web_kit::Language;
use web_kit::component::{Badge, Tone};
use web_kit::form::{FieldError, FormState, Upload, with_file_of};
use words::key;

use crate::{Gate, Route};

/// Bytes of a file, in megabytes as its message names them.
const MOST_MEGABYTES: usize = 50;
/// Bytes of a file.
pub(crate) const MOST_BYTES: usize = MOST_MEGABYTES * 1_024 * 1_024;

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get("/publications", Gate::May(ReadPublications), || get(list::show)),
    Route::get("/publications/new/{kind}", Gate::May(WritePublications), || get(edit::new)),
    Route::post("/publications/new/{kind}", Gate::May(WritePublications), || post(edit::begin)),
    Route::get("/publications/new/{kind}/word", Gate::May(WritePublications), || get(word::ask_new)),
    Route::post("/publications/new/{kind}/word", Gate::May(WritePublications), || {
        with_file_of(MOST_BYTES, post(word::look_new))
    }),
    Route::post("/publications/new/{kind}/word/take", Gate::May(WritePublications), || post(word::take_new)),
    Route::get("/publications/pictures/{digest}/{name}", Gate::May(WritePublications), || get(word::picture)),
    Route::get(many::PATH, Gate::May(ApprovePublications), || get(many::show)),
    Route::post(many::PATH, Gate::May(ApprovePublications), || post(many::send)),
    Route::get(line::PATH, Gate::May(ApprovePublications), || get(line::show)),
    Route::post(line::PATH, Gate::May(ApprovePublications), || post(line::send)),
    Route::get("/publications/{id}", Gate::May(ReadPublications), || get(show::show)),
    Route::get("/publications/{id}/versions/{number}", Gate::May(ReadPublications), || get(version::show)),
    Route::get("/publications/{id}/versions/{number}/files/{digest}", Gate::May(ReadPublications), || {
        get(version::show_file)
    }),
    Route::get(
        "/publications/{id}/versions/{number}/files/{digest}/{name}",
        Gate::May(ReadPublications),
        || get(version::show_named_file),
    ),
    Route::get("/publications/{id}/edit", Gate::May(WritePublications), || get(edit::open)),
    Route::post("/publications/{id}/edit", Gate::May(WritePublications), || post(edit::save)),
    Route::get("/publications/{id}/acts/{event}", Gate::May(ReadPublications), || get(act::ask)),
    Route::post("/publications/{id}/acts/{event}", Gate::May(ReadPublications), || post(act::act)),
    Route::get("/publications/{id}/attach", Gate::May(WritePublications), || get(file::ask)),
    Route::post("/publications/{id}/attach", Gate::May(WritePublications), || {
        with_file_of(MOST_BYTES, post(file::attach))
    }),
    Route::get("/publications/{id}/word", Gate::May(WritePublications), || get(word::ask)),
    Route::post("/publications/{id}/word", Gate::May(WritePublications), || {
        with_file_of(MOST_BYTES, post(word::look))
    }),
    Route::post("/publications/{id}/word/take", Gate::May(WritePublications), || post(word::take)),
    Route::post("/publications/{id}/detach", Gate::May(WritePublications), || post(file::detach)),
    Route::get("/publications/{id}/files/{digest}/{name}", Gate::May(ReadPublications), || {
        get(file::show_named)
    }),
    Route::get("/publications/{id}/files/{digest}", Gate::May(ReadPublications), || get(file::show)),
    Route::post("/publications/{id}/preview", Gate::May(WritePublications), || post(preview::make)),
    Route::post("/publications/{id}/preview/end", Gate::May(WritePublications), || post(preview::end)),
    Route::post("/registers/{register}/{id}/publication", Gate::May(WritePublications), || {
        post(edit::begin_for)
    }),
];

/// Notes in `form` that no file came, or one larger than is taken; says whether there is one to work with.
pub(crate) fn has_file(form: &mut FormState, sent: &Upload) -> bool {
    if sent.is_too_large {
        let refused = FieldError::new("file", key!("publication_file.too_large"));
        form.refuse(refused.with("limit", MOST_MEGABYTES));
    } else if sent.bytes.is_empty() {
        form.refuse(FieldError::new("file", key!("publication_file.none")));
    }
    !form.has_errors()
}

/// The page of a publication.
pub(crate) fn path(id: PublicationId) -> String {
    format!("/publications/{id}")
}

fn kind_name(t: Language, kind: Kind) -> &'static str {
    t.text(&format!("publication.kind.{}", kind.word()))
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("publication.event.{}", event.word()))
}

fn state_badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Draft => Tone::Plain,
        State::InReview => Tone::Warning,
        State::Approved | State::Scheduled => Tone::Info,
        State::Published => Tone::Done,
        State::Withdrawn | State::Expired => Tone::Bad,
    };
    Badge::new(tone, t.text(&format!("publication.state.{}", state.word())))
}
