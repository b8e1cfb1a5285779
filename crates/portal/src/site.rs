//! What a site says about itself to machines.

use app::App;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::time;
use web_kit::Visitor;

/// The desk is nothing for search engines.
pub async fn robots() -> impl IntoResponse {
    "User-agent: *\nDisallow: /sign-in\nDisallow: /registers\nDisallow: /reports\n"
}

/// Whom to tell of a weakness (RFC 9116); the end lies under a year ahead, on the last day of the month before.
pub async fn security(State(app): State<App>, visitor: Visitor) -> impl IntoResponse {
    let end = app.today().first_of_month().saturating_add(jiff::Span::new().months(11));
    let until = time::start_of(end).map(|at| at.to_string()).unwrap_or_default();
    let contact = visitor.site.absolute("/");
    format!("Contact: {contact}\nExpires: {until}\nPreferred-Languages: vi, en\n")
}
