//! Requests of people about their own data: the list, writing one down, one with everything about it, each act on a page
//! of its own.

mod act;
mod list;
mod show;
mod take;

use axum::routing::{get, post};
use domain::access::Capability::HandleDataRequests;
use domain::data_request::{Event, Kind, State};
use domain::id::DataRequestId;
use web_kit::Language;
use web_kit::chrome::Link;
use web_kit::component::{Badge, Tone};

use crate::{Gate, Route};

/// Where the list is.
pub const PATH: &str = "/data-requests";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(HandleDataRequests), || get(list::show)),
    Route::get("/data-requests/new", Gate::May(HandleDataRequests), || get(take::new)),
    Route::post("/data-requests/new", Gate::May(HandleDataRequests), || post(take::take)),
    Route::get("/data-requests/{id}", Gate::May(HandleDataRequests), || get(show::show)),
    Route::get("/data-requests/{id}/{event}", Gate::May(HandleDataRequests), || get(act::ask)),
    Route::post("/data-requests/{id}/{event}", Gate::May(HandleDataRequests), || post(act::act)),
];

/// The page of a request.
pub(crate) fn path(id: DataRequestId) -> String {
    format!("{PATH}/{id}")
}

fn crumbs(t: Language) -> Vec<Link> {
    vec![Link::new(t.text("nav.data_requests"), PATH)]
}

fn kind_name(t: Language, kind: Kind) -> &'static str {
    t.text(&format!("data_request.kind.{}", kind.word()))
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("data_request.event.{}", event.word()))
}

fn state_name(t: Language, state: State) -> &'static str {
    t.text(&format!("data_request.state.{}", state.word()))
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Received => Tone::Warning,
        State::Acknowledged => Tone::Info,
        State::Fulfilled => Tone::Done,
        State::Refused => Tone::Bad,
        State::TakenBack => Tone::Plain,
    };
    Badge::new(tone, state_name(t, state))
}
