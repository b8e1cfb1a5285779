//! Official documents that come as files: sending one or hundreds, the list of what was read out of each, the page
//! where a person confirms one.

mod confirm;
mod list;
mod many;
mod read;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use domain::access::Capability::{ReadPublications, WritePublications};
use domain::id::UploadId;

use crate::{Gate, Route};

/// The list.
pub(crate) const PATH: &str = "/publications/documents";

/// Bytes of all files sent at once.
const MOST_AT_ONCE: usize = 511 * 1_024 * 1_024;

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadPublications), || get(list::show)),
    Route::get("/publications/documents/upload", Gate::May(WritePublications), || get(upload::ask)),
    Route::post("/publications/documents/upload", Gate::May(WritePublications), || {
        post(upload::take).layer(DefaultBodyLimit::max(MOST_AT_ONCE))
    }),
    Route::get(many::PATH, Gate::May(WritePublications), || get(many::show)),
    Route::post(many::PATH, Gate::May(WritePublications), || post(many::send)),
    Route::get("/publications/documents/{upload}", Gate::May(ReadPublications), || get(confirm::show)),
    Route::post("/publications/documents/{upload}", Gate::May(WritePublications), || post(confirm::confirm)),
    Route::get("/publications/documents/{upload}/file", Gate::May(ReadPublications), || get(confirm::file)),
    Route::post("/publications/documents/{upload}/discard", Gate::May(WritePublications), || {
        post(confirm::discard)
    }),
    Route::post("/publications/documents/{upload}/recognise", Gate::May(WritePublications), || {
        post(confirm::recognise)
    }),
];

/// The page of an uploaded document.
fn path(id: UploadId) -> String {
    format!("{PATH}/{id}")
}
