//! The people of the office and their roles.

mod edit;
mod form;
mod invite;
mod list;

use axum::routing::{get, post};
use domain::access::Capability;
use domain::id::PersonId;

use crate::Route;
use crate::gate::Gate;

/// Where the list is.
pub const PATH: &str = "/people";

const READ: Gate = Gate::May(Capability::WritePeople);
const WRITE: Gate = Gate::Proved(Capability::WritePeople);

/// The pages. A form asks for the proof of its person when it is opened, so that nothing typed is lost to it.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, READ, || get(list::show)),
    Route::get("/people/new", WRITE, || get(edit::begin)),
    Route::post("/people/new", WRITE, || post(edit::add)),
    Route::get("/people/{id}", WRITE, || get(edit::show)),
    Route::post("/people/{id}", WRITE, || post(edit::change)),
    Route::post("/people/{id}/invitation", WRITE, || post(invite::invite)),
];

/// The page of a person.
pub fn path(id: PersonId) -> String {
    format!("{PATH}/{id}")
}
