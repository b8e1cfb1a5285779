//! What the office is called in its documents, and who signs them.

mod edit;
mod form;

use axum::routing::{get, post};
use domain::access::Capability;

use crate::Route;
use crate::gate::Gate;

/// Where it is.
pub const PATH: &str = "/office";

const WRITE: Gate = Gate::Proved(Capability::Administer);

/// The pages.
pub const ROUTES: &[Route] =
    &[Route::get(PATH, WRITE, || get(edit::show)), Route::post(PATH, WRITE, || post(edit::save))];
