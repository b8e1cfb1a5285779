//! The radio desk: months in numbers, many bulletins at once, the programme of a day.

mod batch;
mod months;
mod programme;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use domain::access::Capability::{ReadPublications, WritePublications};

use crate::{Gate, Route};

/// The first page.
const PATH: &str = "/radio";

/// Bytes of all files sent at once.
const MOST_AT_ONCE: usize = 511 * 1_024 * 1_024;

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPublications), || get(months::show)),
    Route::get("/radio/months.csv", Gate::May(ReadPublications), || get(months::csv)),
    Route::get("/radio/upload", Gate::May(WritePublications), || get(upload::ask)),
    Route::post("/radio/upload", Gate::May(WritePublications), || {
        post(upload::take).layer(DefaultBodyLimit::max(MOST_AT_ONCE))
    }),
    Route::post("/radio/feed", Gate::May(WritePublications), || post(upload::fetch)),
    Route::get("/radio/batches/{batch}", Gate::May(WritePublications), || get(batch::show)),
    Route::post("/radio/batches/{batch}", Gate::May(WritePublications), || post(batch::confirm)),
    Route::post("/radio/batches/{batch}/drop", Gate::May(WritePublications), || post(batch::put_aside)),
    Route::get("/radio/programme", Gate::May(ReadPublications), || get(programme::show)),
    Route::post("/radio/programme", Gate::May(WritePublications), || post(programme::add)),
    Route::post("/radio/programme/copy", Gate::May(WritePublications), || post(programme::copy)),
    Route::post("/radio/programme/{id}/remove", Gate::May(WritePublications), || post(programme::remove)),
    Route::post("/radio/submit", Gate::May(WritePublications), || post(upload::submit)),
];
