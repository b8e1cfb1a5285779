//! Pages about the site itself, for people and for programs.

use std::fmt::Write as _;

use app::App;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use jiff::{SignedDuration, Timestamp};
use web_kit::chrome::Link;
use web_kit::{Fault, PageResult, Visitor, page};

use crate::frame::{self, Frame};

/// Where the statement on accessibility is.
pub const ACCESSIBILITY: &str = "/tro-nang";
/// What the office is, in its own words.
pub const ABOUT: &str = "/gioi-thieu";
/// What becomes of what readers send and leave behind.
pub const PRIVACY: &str = "/quyen-rieng-tu";
/// How long `security.txt` may be kept by whoever read it.
const SECURITY_DAYS: i64 = 180;

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Page {
    frame: Frame,
}

/// How accessible the site is, and whom to tell when it is not.
pub async fn accessibility(State(app): State<App>, visitor: Visitor) -> PageResult {
    let title = visitor.language.text("portal.accessibility.title");
    let about = visitor.language.text("portal.accessibility.lead");
    let frame = frame::alone(&app, &visitor).await?.title(title).under(Vec::new()).about(about);
    page(&Page { frame }, frame::SHARED)
}

#[derive(Template)]
#[template(path = "words.html")]
struct Words {
    frame: Frame,
    /// What the program does, in points.
    points: Vec<&'static str>,
    /// What the office wrote.
    paragraphs: Vec<String>,
    /// Where one goes on from here.
    next: Option<Link>,
}

fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What the office is; no page while nothing is written.
pub async fn about(State(app): State<App>, visitor: Visitor) -> PageResult {
    let frame = frame::alone(&app, &visitor).await?;
    let paragraphs = paragraphs(&frame.look.about);
    if paragraphs.is_empty() {
        return Err(Fault::not_found());
    }
    let frame = frame.title(visitor.language.text("portal.nav.about")).under(Vec::new());
    page(&Words { frame, points: Vec::new(), paragraphs, next: None }, frame::SHARED)
}

/// What the program does with data, and what the office adds (TT 25/2010 Đ11).
pub async fn privacy(State(app): State<App>, visitor: Visitor) -> PageResult {
    let t = visitor.language;
    let frame = frame::alone(&app, &visitor).await?;
    let paragraphs = paragraphs(&frame.look.privacy);
    let points = ["cookies", "views", "log", "notices", "press", "data_requests", "sharing", "rights"];
    let points = points.map(|point| t.text(&format!("portal.privacy.{point}"))).to_vec();
    let frame =
        frame.title(t.text("portal.nav.privacy")).under(Vec::new()).about(t.text("portal.privacy.lead"));
    let next = Some(Link::new(t.text("data_form.title"), crate::data_request::PATH));
    page(&Words { frame, points, paragraphs, next }, frame::SHARED)
}

/// What programs that index may read: everything public, neither the desk nor what is looked at before it is public.
pub async fn robots(visitor: Visitor) -> Response {
    let map = visitor.site.absolute("/sitemap.xml");
    plain(format!(
        "User-agent: *\nDisallow: /desk\nDisallow: /sign-in\nDisallow: /xem-truoc/\nDisallow: /tim-kiem\n\
         Allow: /\n\nSitemap: {map}\n"
    ))
}

/// Whom to tell of a weakness (RFC 9116).
pub async fn security(State(app): State<App>, visitor: Visitor) -> Response {
    plain(security_text(&visitor.site.absolute(""), app.now()))
}

fn security_text(base: &str, now: Timestamp) -> String {
    let until = now.checked_add(SignedDuration::from_hours(SECURITY_DAYS * 24)).unwrap_or(now);
    let mut text = format!("Contact: {base}{ACCESSIBILITY}#lien-he\n");
    let _ = writeln!(text, "Expires: {}", until.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let _ = writeln!(text, "Preferred-Languages: vi, en");
    let _ = writeln!(text, "Canonical: {base}/.well-known/security.txt");
    text
}

fn plain(text: String) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], text)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_txt_has_what_its_standard_demands() {
        let text = security_text("https://a.vn", "2026-01-01T00:00:00Z".parse().unwrap());
        assert!(text.contains("Contact: https://a.vn/tro-nang#lien-he\n"));
        assert!(text.contains("Expires: 2026-06-30T00:00:00Z\n"));
        assert!(text.contains("Canonical: https://a.vn/.well-known/security.txt\n"));
    }
}
