//! An address that leads nowhere, or nowhere any more: the page of the site that helps on, instead of a bare fault.

use app::App;
use askama::Template;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::publication::Kind;
use http::{Method, StatusCode};
use web_kit::chrome::Link;
use web_kit::page::page_with;
use web_kit::{Cache, Fault, Visitor};

use crate::frame::{self, Frame};
use crate::link;

/// Signs of an address that become words to search for.
const MOST: usize = 120;

#[derive(Template)]
#[template(path = "lost.html")]
struct Page {
    frame: Frame,
    words: String,
    links: Vec<Link>,
}

/// What no route leads to. People of the office who are signed in keep the page of the desk.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, request: Request) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read || visitor.session.is_some() || is_file(&visitor.path) {
        return Fault::not_found().into_response();
    }
    draw(&app, &visitor).await
}

/// Draws the page in the place of each answer of the site that says there is nothing.
pub(crate) async fn instead(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let visitor = request.extensions().get::<Visitor>().cloned();
    let response = next.run(request).await;
    let fault = response.extensions().get::<Fault>();
    let is_lost = fault.is_some_and(|fault| fault.status == StatusCode::NOT_FOUND && fault.event.is_none());
    match visitor.filter(|visitor| is_lost && is_read && !is_file(&visitor.path)) {
        Some(visitor) => draw(&app, &visitor).await,
        None => response,
    }
}

async fn draw(app: &App, visitor: &Visitor) -> Response {
    let drawn = async {
        let mut frame = frame::alone(app, visitor).await?.unlisted().under(Vec::new());
        let t = frame.t();
        frame.has_search = false;
        let links = vec![
            Link::new(t.text("portal.nav.home"), "/"),
            Link::new(t.text("portal.nav.contact"), link::CONTACT),
            Link::new(t.text("portal.nav.site_map"), link::SITE_MAP),
        ];
        let words = words_of(&visitor.path);
        let page = Page { frame: frame.title(t.text("portal.lost.title")), words, links };
        page_with(StatusCode::NOT_FOUND, &page, Cache::Private)
    };
    // Without a database the plain page still says it.
    drawn.await.unwrap_or_else(|_: Fault| Fault::not_found().into_response())
}

/// Whether an address asks for a file, whose reader is a program.
fn is_file(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().is_some_and(|name| name.contains('.')) || path.starts_with("/tep/")
}

/// The readable part of the address of an item, as words to search for.
fn words_of(path: &str) -> String {
    let mut parts = path.split('?').next().unwrap_or_default().trim_matches('/').split('/');
    let kind = parts.next().and_then(Kind::from_path);
    let Some(name) = kind.and(parts.next()) else { return String::new() };
    let name: String = name.chars().take(MOST).collect();
    let is_word = |word: &&str| !(word.is_empty() || word.len() == 26 && word.is_ascii());
    let words: Vec<&str> = name.split('-').filter(is_word).collect();
    domain::text::clean_line(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_address_are_searched_for_and_files_are_no_pages() {
        assert_eq!(words_of("/tin-tuc/hop-dan-01J0000000000000000000000A?x=1"), "hop dan");
        assert_eq!(words_of("/xem-truoc/abcdef"), "");
        assert_eq!(words_of("/tin-tuc"), "");
        assert!(is_file("/wp-login.php?x=/") && is_file("/tep/abc/x") && !is_file("/van-ban/29-2019"));
    }
}
