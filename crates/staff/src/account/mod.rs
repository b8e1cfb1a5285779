//! The own account: password, second factor, where one is signed in.

mod browser;
mod factor;
mod password;
mod session;
mod show;

use std::sync::Arc;

use app::account::Session;
use app::{ActionError, App};
use axum::routing::{get, post};

use crate::Route;
use crate::gate::{Gate, Staff};

/// Where it is.
pub const PATH: &str = "/account";

/// The pages. What changes how one proves oneself asks for the password in its own form.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::SignedIn, || get(show::show)),
    Route::post("/account/password", Gate::SignedIn, || post(password::change)),
    Route::post("/account/factor", Gate::SignedIn, || post(factor::begin)),
    Route::post("/account/factor/confirm", Gate::SignedIn, || post(factor::confirm)),
    Route::post("/account/factor/remove", Gate::SignedIn, || post(factor::remove)),
    Route::post("/account/sessions/end", Gate::SignedIn, || post(session::end)),
];

/// Does an action with the session of the person.
async fn with_session<T, F>(staff: &Staff, work: F) -> Result<T, ActionError>
where
    F: FnOnce(&App, &Session) -> Result<T, ActionError> + Send + 'static,
    T: Send + 'static,
{
    let session = Arc::clone(&staff.session);
    staff.state.app.run(move |app| work(app, &session)).await
}
