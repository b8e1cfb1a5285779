//! Files into registers: upload, preview with changes, import, result.
//!
//! The file stays where the preview kept it; what is imported is what was looked at, with the choices that were
//! shown: changed choices are shown again before anything is written.

mod choice;
mod done;
mod look;
mod preview;
mod run;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use domain::access::Capability::ImportRegisters;

use crate::{Gate, Route};

/// Bytes of an upload: the largest file the importer reads, and room for the rest of the form.
const MOST_BYTES: usize = 51 * 1024 * 1024;

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get("/import", Gate::May(ImportRegisters), || get(upload::open)),
    Route::post("/import", Gate::May(ImportRegisters), || {
        post(upload::send).layer(DefaultBodyLimit::max(MOST_BYTES))
    }),
    Route::get("/import/{id}", Gate::May(ImportRegisters), || get(look::open)),
    Route::post("/import/{id}", Gate::May(ImportRegisters), || post(run::send)),
    Route::get("/import/done/{import}", Gate::May(ImportRegisters), || get(done::show)),
    Route::get("/import/rejected/{digest}", Gate::May(ImportRegisters), || get(done::rejected)),
];
