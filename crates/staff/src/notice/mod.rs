//! What readers reported as wrong: the list, one notice, what is done about it.

mod list;
mod show;

use axum::routing::{get, post};
use domain::access::Capability::{ReadPublications, WritePublications};
use domain::notice::State;
use web_kit::Language;
use web_kit::component::{Badge, Tone};

use crate::{Gate, Route};

/// Where the list is.
pub const PATH: &str = "/notices";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPublications), || get(list::show)),
    Route::get("/notices/{id}", Gate::May(ReadPublications), || get(show::show)),
    Route::post("/notices/{id}", Gate::May(WritePublications), || post(show::act)),
];

fn state_name(t: Language, state: State) -> &'static str {
    t.text(&format!("notice.state.{}", state.word()))
}

fn badge(t: Language, state: State) -> Badge {
    let tone = match state {
        State::New => Tone::Warning,
        State::Accepted => Tone::Info,
        State::Corrected => Tone::Done,
        State::Refused => Tone::Plain,
    };
    Badge::new(tone, state_name(t, state))
}
