//! The ledger: who did what, and when; whether all of it is whole.

mod list;
mod verify;
mod wording;

use axum::routing::{get, post};
use domain::access::Capability;

pub use wording::{what, who};

use crate::Route;
use crate::gate::Gate;

/// Where it is.
pub const PATH: &str = "/ledger";

const READ: Gate = Gate::May(Capability::ReadLedger);

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, READ, || get(list::show)),
    Route::post("/ledger/verify", READ, || post(verify::verify)),
];
