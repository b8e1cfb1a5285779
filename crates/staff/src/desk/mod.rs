//! The dashboard: the figures of a period, what is missing, what happened last.

mod period;
mod show;

use axum::routing::get;
use domain::access::Capability::ReadReports;

use crate::{Gate, Route};

/// The pages.
pub const ROUTES: &[Route] = &[Route::get("/", Gate::May(ReadReports), || get(show::show))];
