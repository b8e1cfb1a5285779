//! Looking after the installation: backups, background jobs, what to look at.

mod backup;
mod show;

use axum::routing::{get, post};
use domain::access::Capability;

use crate::Route;
use crate::gate::Gate;

/// Where it is.
pub const PATH: &str = "/administration";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(Capability::Administer), || get(show::show)),
    Route::post("/administration/backup", Gate::Proved(Capability::Administer), || post(backup::make)),
];
