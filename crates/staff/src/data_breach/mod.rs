//! Breaches of the protection of personal data: the list, writing one down, the page with its clock and its notices, each
//! act on a page of its own.

mod act;
mod show;

use axum::routing::{get, post};
use domain::access::Capability::ReportBreaches;
use domain::data_breach::{Event, State};
use domain::id::BreachId;
use web_kit::Language;
use web_kit::chrome::Link;
use web_kit::component::{Badge, Tone};

use crate::{Gate, Route};

/// Where the list is.
pub const PATH: &str = "/data-breaches";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReportBreaches), || get(show::list)),
    Route::get("/data-breaches/new", Gate::May(ReportBreaches), || get(act::new)),
    Route::post("/data-breaches/new", Gate::May(ReportBreaches), || post(act::open)),
    Route::get("/data-breaches/{id}", Gate::May(ReportBreaches), || get(show::show)),
    Route::get("/data-breaches/{id}/draft/{file}", Gate::May(ReportBreaches), || get(show::draft)),
    Route::get("/data-breaches/{id}/notices/{place}/{file}", Gate::May(ReportBreaches), || get(show::notice)),
    Route::get("/data-breaches/{id}/{event}", Gate::May(ReportBreaches), || get(act::ask)),
    Route::post("/data-breaches/{id}/{event}", Gate::May(ReportBreaches), || post(act::act)),
];

/// The page of a breach.
pub(crate) fn path(id: BreachId) -> String {
    format!("{PATH}/{id}")
}

fn crumbs(t: Language) -> Vec<Link> {
    vec![Link::new(t.text("nav.data_breaches"), PATH)]
}

fn event_name(t: Language, event: Event) -> &'static str {
    t.text(&format!("breach.event.{}", event.word()))
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::Open => Tone::Bad,
        State::Notified => Tone::Info,
        State::Closed => Tone::Done,
        State::Discarded => Tone::Plain,
    };
    Badge::new(tone, t.text(&format!("breach.state.{}", state.word())))
}
