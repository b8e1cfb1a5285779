//! Offices and units: the tree of a day, all that ever were, adding one, ending one with its successors.

mod add;
mod end;
mod list;

use axum::routing::{get, post};
use domain::access::Capability;

use crate::Route;
use crate::gate::Gate;

/// Where the list is.
pub const PATH: &str = "/units";

const READ: Gate = Gate::May(Capability::ReadRegisters);
const WRITE: Gate = Gate::May(Capability::WriteUnits);

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, READ, || get(list::show)),
    Route::get("/units/new", WRITE, || get(add::begin)),
    Route::post("/units/new", WRITE, || post(add::add)),
    Route::get("/units/{id}/end", WRITE, || get(end::ask)),
    Route::post("/units/{id}/end", WRITE, || post(end::end)),
];
