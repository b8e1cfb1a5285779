//! What must be published: the list with what is late first, and the form that notes what shows it was done.

mod list;
mod show;

use axum::routing::{get, post};
use domain::access::Capability::{ReadPublications, WritePublications};
use domain::duty::Standing;
use web_kit::Language;
use web_kit::component::{Badge, Tone};

use crate::{Gate, Route};

/// Where the list is.
pub const PATH: &str = "/duties";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPublications), || get(list::show)),
    Route::get("/duties/{id}", Gate::May(ReadPublications), || get(show::show)),
    Route::post("/duties/{id}", Gate::May(WritePublications), || post(show::prove)),
];

fn badge(t: Language, standing: Standing) -> Badge {
    let tone = match standing {
        Standing::Late => Tone::Bad,
        Standing::Owed => Tone::Warning,
        Standing::Done => Tone::Done,
    };
    Badge::new(tone, t.text(&format!("duty.standing.{}", standing.word())))
}

/// `năm 2020`, `quý 3/2020`; for what is owed on change that it is.
fn period_name(t: Language, period: &str) -> String {
    match period.split_once("-Q") {
        Some((year, quarter)) => t.fill("duty.quarter", &[("quarter", &quarter), ("year", &year)]),
        None if period == "all" => t.text("duty.on_change").to_owned(),
        None => t.fill("duty.year", &[("year", &period)]),
    }
}
