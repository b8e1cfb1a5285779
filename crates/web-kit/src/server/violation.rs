//! Where browsers tell what the content security policy stopped (OUT-03). Anybody can send such a report, so it is
//! believed little: few are taken, of each only what helps to find our own mistake or an attack, and all get the same
//! answer.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use http::{StatusCode, Uri};
use serde::Deserialize;
use tokio::time::Instant;

use crate::limit::{Limiter, Network};
use crate::visitor::Visitor;

/// Where it is.
pub(super) const PATH: &str = "/csp-report";
/// Bytes of a report.
const MOST: usize = 16 * 1_024;
/// Signs kept of each part.
const SIGNS: usize = 120;

struct Limits {
    of_network: Limiter,
    of_all: Limiter,
}

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "csp-report")]
    report: Violation,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Violation {
    effective_directive: String,
    violated_directive: String,
    blocked_uri: String,
    document_uri: String,
}

/// The address of reports: of one network ten at once, then two a minute; of all together one a second.
pub(super) fn router() -> Router {
    let limits = Limits {
        of_network: Limiter::new(10, Duration::from_secs(30), 4_096),
        of_all: Limiter::new(60, Duration::from_secs(1), 1),
    };
    Router::new().route(PATH, post(take)).layer(DefaultBodyLimit::max(MOST)).with_state(Arc::new(limits))
}

async fn take(State(limits): State<Arc<Limits>>, visitor: Visitor, body: Bytes) -> StatusCode {
    let now = Instant::now();
    let everybody = Network::from(IpAddr::from(Ipv4Addr::UNSPECIFIED));
    let is_allowed = limits.of_network.take(visitor.client.ip.into(), now).is_ok()
        && limits.of_all.take(everybody, now).is_ok();
    if let (true, Ok(Report { report })) = (is_allowed, serde_json::from_slice(&body)) {
        let directive = if report.effective_directive.is_empty() {
            report.violated_directive.split(' ').next().unwrap_or_default()
        } else {
            report.effective_directive.as_str()
        };
        let (id, ip, port) = (visitor.request_id.as_str(), visitor.client.ip, visitor.client.port);
        let (directive, blocked) = (plain(directive), plain(&place(&report.blocked_uri)));
        let page = plain(&path(&report.document_uri));
        tracing::warn!(target: "security", event = "csp_violation", id, %ip, port, directive, blocked, page);
    }
    StatusCode::NO_CONTENT
}

/// Short, and without signs that could forge a line of a log.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_ascii_graphic()).take(SIGNS).collect()
}

/// Scheme and host of an address; a word (`inline`, `eval`) as it is. Path and query may say who somebody is.
fn place(address: &str) -> String {
    match address.parse::<Uri>() {
        Ok(uri) => match (uri.scheme_str(), uri.host()) {
            (Some(scheme), Some(host)) => format!("{scheme}://{host}"),
            _ => address.chars().take_while(char::is_ascii_alphabetic).collect(),
        },
        Err(_) => String::new(),
    }
}

fn path(address: &str) -> String {
    address.parse::<Uri>().map(|uri| uri.path().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_scheme_and_host_and_of_a_page_only_the_path_is_kept() {
        assert_eq!(place("https://evil.example/x?name=Nguyen"), "https://evil.example");
        assert_eq!(place("inline"), "inline");
        assert_eq!(path("https://a.vn/registers/questions?q=Nguyen+Van+A"), "/registers/questions");
        assert_eq!(plain("a\nb\u{202e}ữc"), "abc");
    }
}
