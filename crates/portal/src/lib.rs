//! The public pages: the proof of a report, the calculator of limits, what a site has to say about itself.
//!
//! Holds no actor: every function of `app` it calls is one that anybody may call. It must not know drafts, people or
//! internal notes.

mod calculator;
mod proof;
mod site;

use app::App;
use axum::Router;
use axum::routing::get;

/// The public pages.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/so-lieu/{code}", get(proof::show))
        .route("/so-lieu/{code}/so-lieu.json", get(proof::json))
        .route("/thoi-han", get(calculator::show))
        .route("/robots.txt", get(site::robots))
        .route("/.well-known/security.txt", get(site::security))
        .with_state(app)
}

/// What stands against an action, as a public page.
fn fault(error: app::ActionError) -> web_kit::Fault {
    match error {
        app::ActionError::Internal(error) => web_kit::Fault::internal(format!("{error:#}")),
        _ => web_kit::Fault::not_found(),
    }
}
