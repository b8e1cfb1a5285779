//! Which answers are a page that somebody reads, for whoever counts them. Nothing of who reads is looked at but whether
//! it says itself that it is a program.

use std::sync::Arc;

use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, Method, StatusCode};

use crate::visitor::Visitor;

/// Told the path of each page that is read. Called on the thread of the connection: it must be
/// quick.
pub type Reading = Arc<dyn Fn(&str) + Send + Sync>;

/// What robots call themselves by.
const ROBOTS: [&str; 18] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "headless",
    "monitor",
    "preview",
    "scrapy",
    "facebookexternalhit",
    "httpclient",
    "okhttp",
    "feed",
    "lighthouse",
];
/// Signs of what a browser says of itself that are looked at.
const LOOKED_AT: usize = 400;

/// Whether an answer with this status is a page, given to a person from outside who asked for it.
pub(super) fn is_read(method: &Method, visitor: &Visitor, headers: &HeaderMap, status: StatusCode) -> bool {
    *method == Method::GET
        && matches!(status, StatusCode::OK | StatusCode::NOT_MODIFIED)
        && visitor.session.is_none()
        && !is_ahead(headers)
        && is_person(headers)
}

/// Whether the answer is a page and no file.
pub(super) fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// Loaded before anybody asked for it.
fn is_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-moz"].iter().any(|name| headers.contains_key(*name))
}

/// A browser says what it is; a program that is honest says so too.
fn is_person(headers: &HeaderMap) -> bool {
    let said = headers.get(USER_AGENT).map_or(&[][..], |value| value.as_bytes());
    let said = &said[..said.len().min(LOOKED_AT)];
    let is_here = |at: usize, word: &str| {
        said.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    !said.is_empty() && !(0..said.len()).any(|at| ROBOTS.iter().any(|word| is_here(at, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_say_so_and_those_that_say_nothing_are_no_people() {
        let of = |said: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, said.parse().unwrap());
            is_person(&headers)
        };
        assert!(of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
        assert!(of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
        ));
        for program in ["Googlebot/2.1", "mozilla (compatible; BINGBOT)", "curl/8.5", "Python-urllib/3.12"] {
            assert!(!of(program), "{program}");
        }
        assert!(!is_person(&HeaderMap::new()));
    }
}
