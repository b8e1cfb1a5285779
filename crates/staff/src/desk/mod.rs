//! The dashboard: the figures of a period, what is missing, what happened last.

mod period;
mod show;

use axum::routing::get;
use domain::access::Capability::ReadReports;

use crate::{Gate, Route};

/// Where it is.
pub const HOME: &str = "/desk";

/// The pages.
pub const ROUTES: &[Route] = &[Route::get(HOME, Gate::May(ReadReports), || get(show::show))];
