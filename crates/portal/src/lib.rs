//! The public pages: the proof of a report's figures, the calculator of limits, how accessible the site is. No page
//! here knows a person: each takes what the browser sent, asks one action of `app` that needs no actor, and draws
//! the answer.
//!
//! - [`proof`] at `/so-lieu/{code}`, where the QR code of a report leads;
//! - [`calculator`] at `/thoi-han`;
//! - [`about`] at `/tro-nang`, `/robots.txt`, `/.well-known/security.txt`.

pub mod about;
pub mod calculator;
mod frame;
pub mod proof;

use app::App;
use axum::Router;
use axum::routing::get;
use web_kit::page::redirect;

/// The public pages.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/so-lieu/{code}", get(proof::show))
        .route("/so-lieu/{code}/so-lieu.json", get(proof::json))
        .route(calculator::PATH, get(calculator::show))
        .route(about::ACCESSIBILITY, get(about::accessibility))
        .route("/robots.txt", get(about::robots))
        .route("/.well-known/security.txt", get(about::security))
        .route("/dang-nhap", get(|| async { redirect("/sign-in") }))
        .with_state(app)
}
