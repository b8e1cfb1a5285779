//! The press desk: the list and the boards, one request with everything about it, each act on a page of its own,
//! the agencies.

mod absence;
mod act;
mod agency;
mod complaint;
mod conference;
mod conference_act;
mod drafts;
mod due;
mod emergency;
pub(crate) mod form;
mod identify;
mod issue;
mod library;
mod list;
mod overview;
mod part;
mod portal;
mod reporter;
mod show;
mod statement;
mod take;
mod tell;
mod write;

use axum::routing::{get, post};
use domain::access::Capability::{ApprovePress, IssuePress, ReadPress, TakePress};
use domain::id::CaseId;
use domain::press::part as part_machine;
use domain::press::workflow::{Event, State};
use domain::register::{FieldKind, Register};
use web_kit::Language;
use web_kit::component::{Badge, Choice, Tone};
use web_kit::form::with_file_of;

use crate::publication::MOST_BYTES;
use crate::{Gate, Route};

/// Where the list is.
pub const PATH: &str = "/press";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPress), || get(list::show)),
    Route::get("/press/work", Gate::May(ReadPress), || get(list::board)),
    Route::get("/press/work/due.ics", Gate::May(ReadPress), || get(due::calendar)),
    Route::get("/press/absences", Gate::May(ReadPress), || get(absence::list)),
    Route::get("/press/absences/new", Gate::May(ReadPress), || get(absence::new)),
    Route::post("/press/absences/new", Gate::May(ReadPress), || post(absence::add)),
    Route::post("/press/absences/{id}/end", Gate::May(ReadPress), || post(absence::end)),
    Route::get("/press/overview", Gate::May(ReadPress), || get(overview::show)),
    Route::get("/press/new", Gate::May(TakePress), || get(take::new)),
    Route::post("/press/new", Gate::May(TakePress), || post(take::take)),
    Route::get("/press/ask", Gate::May(TakePress), || get(part::new_apart)),
    Route::post("/press/ask", Gate::May(TakePress), || post(part::ask_apart)),
    Route::get("/press/library", Gate::May(ReadPress), || get(library::list)),
    Route::get("/press/library/new", Gate::May(TakePress), || get(library::new)),
    Route::post("/press/library/new", Gate::May(TakePress), || post(library::add)),
    Route::get("/press/library/{id}", Gate::May(TakePress), || get(library::open)),
    Route::post("/press/library/{id}", Gate::May(TakePress), || post(library::save)),
    Route::get("/press/agencies", Gate::May(ReadPress), || get(agency::list)),
    Route::get("/press/agencies/new", Gate::May(TakePress), || get(agency::new)),
    Route::post("/press/agencies/new", Gate::May(TakePress), || post(agency::add)),
    Route::get("/press/agencies/{id}", Gate::May(TakePress), || get(agency::open)),
    Route::post("/press/agencies/{id}", Gate::May(TakePress), || post(agency::save)),
    Route::get("/press/agencies/{id}/reporters/new", Gate::May(TakePress), || get(reporter::new)),
    Route::post("/press/agencies/{id}/reporters/new", Gate::May(TakePress), || post(reporter::add)),
    Route::get("/press/reporters/{id}", Gate::May(TakePress), || get(reporter::open)),
    Route::post("/press/reporters/{id}", Gate::May(TakePress), || post(reporter::save)),
    Route::get("/press/conferences", Gate::May(ReadPress), || get(conference::list)),
    Route::get("/press/conferences/new", Gate::May(TakePress), || get(conference::new)),
    Route::post("/press/conferences/new", Gate::May(TakePress), || post(conference::plan)),
    Route::get("/press/conferences/{id}", Gate::May(ReadPress), || get(conference::show)),
    Route::get("/press/conferences/{id}/calendar.ics", Gate::May(ReadPress), || get(conference::calendar)),
    Route::get("/press/conferences/{id}/papers/{paper}/{file}", Gate::May(ReadPress), || {
        get(conference_act::paper)
    }),
    Route::get("/press/conferences/{id}/attach", Gate::May(TakePress), || get(conference_act::ask_attach)),
    Route::post("/press/conferences/{id}/attach", Gate::May(TakePress), || {
        with_file_of(MOST_BYTES, post(conference_act::attach))
    }),
    Route::post("/press/conferences/{id}/detach", Gate::May(TakePress), || post(conference_act::detach)),
    Route::get("/press/conferences/{id}/files/{digest}", Gate::May(ReadPress), || get(conference_act::file)),
    Route::get("/press/conferences/{id}/{event}", Gate::May(ReadPress), || get(conference_act::ask)),
    Route::post("/press/conferences/{id}/{event}", Gate::May(ReadPress), || post(conference_act::act)),
    Route::get("/press/statements", Gate::May(ReadPress), || get(statement::list)),
    Route::get("/press/statements/new/{form}", Gate::May(ReadPress), || get(statement::new)),
    Route::post("/press/statements/new/{form}", Gate::May(ReadPress), || post(statement::begin)),
    Route::get("/press/statements/{id}", Gate::May(ReadPress), || get(statement::show)),
    Route::get("/press/statements/{id}/letter/{file}", Gate::May(ReadPress), || get(statement::letter)),
    Route::post("/press/statements/{id}/portal", Gate::May(TakePress), || post(statement::portal)),
    Route::get("/press/statements/{id}/{event}", Gate::May(ReadPress), || get(statement::ask)),
    Route::post("/press/statements/{id}/{event}", Gate::May(ReadPress), || post(statement::act)),
    Route::get("/press/emergencies", Gate::May(ReadPress), || get(emergency::list)),
    Route::get("/press/emergencies/new", Gate::May(TakePress), || get(emergency::new)),
    Route::post("/press/emergencies/new", Gate::May(TakePress), || post(emergency::open)),
    Route::get("/press/emergencies/{id}", Gate::May(ReadPress), || get(emergency::show)),
    Route::get("/press/emergencies/{id}/{act}", Gate::May(ApprovePress), || get(emergency::ask)),
    Route::post("/press/emergencies/{id}/{act}", Gate::May(ApprovePress), || post(emergency::act)),
    Route::get("/press/parts/{id}", Gate::May(ReadPress), || get(part::show)),
    Route::post("/press/parts/{id}", Gate::May(ReadPress), || post(part::discuss)),
    Route::get("/press/parts/{id}/{event}", Gate::May(ReadPress), || get(part::open)),
    Route::post("/press/parts/{id}/{event}", Gate::May(ReadPress), || post(part::act)),
    Route::get("/press/{id}", Gate::May(ReadPress), || get(show::show)),
    Route::get("/press/{id}/assign", Gate::May(TakePress), || get(act::open_assign)),
    Route::post("/press/{id}/assign", Gate::May(TakePress), || post(act::assign)),
    Route::get("/press/{id}/identify", Gate::May(TakePress), || get(identify::open)),
    Route::post("/press/{id}/identify", Gate::May(TakePress), || post(identify::identify)),
    Route::get("/press/{id}/ask", Gate::May(ReadPress), || get(part::new)),
    Route::post("/press/{id}/ask", Gate::May(ReadPress), || post(part::ask)),
    Route::get("/press/{id}/write", Gate::May(ReadPress), || get(write::open)),
    Route::post("/press/{id}/write", Gate::May(ReadPress), || post(write::save)),
    Route::get("/press/{id}/drafts", Gate::May(ReadPress), || get(drafts::show)),
    Route::get("/press/{id}/tell", Gate::May(TakePress), || get(tell::open)),
    Route::post("/press/{id}/tell", Gate::May(TakePress), || post(tell::tell)),
    Route::get("/press/{id}/issue", Gate::May(IssuePress), || get(issue::open)),
    Route::post("/press/{id}/issue", Gate::May(IssuePress), || post(issue::issue)),
    Route::get("/press/{id}/portal", Gate::May(TakePress), || get(portal::open)),
    Route::post("/press/{id}/portal", Gate::May(TakePress), || post(portal::make)),
    Route::get("/press/{id}/complaint", Gate::May(ReadPress), || get(complaint::open)),
    Route::post("/press/{id}/complaint", Gate::May(ReadPress), || post(complaint::answer)),
    Route::get("/press/{id}/acts/{event}", Gate::May(ReadPress), || get(act::open)),
    Route::post("/press/{id}/acts/{event}", Gate::May(ReadPress), || post(act::act)),
    Route::get("/press/{id}/letter/{file}", Gate::May(ReadPress), || get(show::letter)),
];

/// The page of a request.
pub(crate) fn path(id: CaseId) -> String {
    format!("{PATH}/{id}")
}

pub(crate) use conference::{instant_of, number_of, path as conference_path};
pub(crate) use emergency::path as emergency_path;
pub(crate) use form::refused_under;
pub(crate) use part::part_path;

fn state_name(t: Language, state: State) -> &'static str {
    t.text(&format!("press.state.{}", state.word()))
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("press.event.{}", event.word()))
}

fn part_event_name(t: Language, event: part_machine::Event) -> &'static str {
    t.text(&format!("press_part.event.{}", event.word()))
}

fn state_badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Received => Tone::Warning,
        State::Assigned | State::Drafting | State::InClearance => Tone::Info,
        State::Cleared | State::Answered => Tone::Done,
        State::Refused => Tone::Bad,
        State::Withdrawn => Tone::Plain,
    };
    Badge::new(tone, state_name(t, state))
}

fn part_badge(t: Language, state: part_machine::State) -> Badge {
    let tone = match state {
        part_machine::State::Asked => Tone::Warning,
        part_machine::State::Accepted => Tone::Info,
        part_machine::State::Delivered => Tone::Done,
        part_machine::State::Declined => Tone::Bad,
        part_machine::State::Waived => Tone::Plain,
    };
    Badge::new(tone, t.text(&format!("press_part.state.{}", state.word())))
}

/// The words of a field of the register of press requests, as choices in the language of the page.
pub(crate) fn choices(t: Language, field: &str) -> Vec<Choice> {
    let register = Register::PressRequests;
    let Some(FieldKind::Word(words)) = register.field(field).map(|field| field.kind) else {
        return Vec::new();
    };
    words.iter().map(|(word, _)| Choice::new(*word, word_of(t, field, word))).collect()
}

/// A word of a field of the register of press requests; empty for none.
pub(crate) fn word_of(t: Language, field: &str, word: &str) -> String {
    let known = Register::PressRequests.field(field).and_then(|field| field.word(word));
    known.map(|word| t.word(Register::PressRequests.word(), field, word).to_owned()).unwrap_or_default()
}
