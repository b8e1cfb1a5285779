//! One figure of a period, down to its records: what it means, what it came to, which records were counted and which
//! were not, and why.

pub(crate) mod chart;
mod open;
pub(crate) mod view;

use axum::routing::get;
use domain::access::Capability::ReadReports;

use crate::{Gate, Route};

/// The pages.
pub const ROUTES: &[Route] = &[Route::get("/figures/{id}", Gate::May(ReadReports), || get(open::show))];
