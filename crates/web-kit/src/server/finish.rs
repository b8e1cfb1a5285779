//! What every answer gets before it leaves: the page of a fault, the security headers, the cache rule.

use askama::Template;
use axum::body::Body;
use axum::response::Response;
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::chrome::Chrome;
use crate::cookie::{self, Life};
use crate::fault::Fault;
use crate::visitor::{NOTICE, Visitor};

/// The header with the reference number of a request.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     object-src 'none'; report-uri /csp-report";

/// The same for a page that shows a file of ours inside itself.
pub(crate) const FRAMING_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     object-src 'none'; frame-src 'self'; report-uri /csp-report";

const FIXED: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
];

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    chrome: Chrome,
    text: &'static str,
    reference: String,
}

/// Completes an answer. What a handler set itself (a stricter policy, a cache rule) stays.
pub(super) fn response(mut response: Response, visitor: &Visitor) -> Response {
    if let Some(fault) = fault_of(&mut response) {
        response = draw(&fault, &response, visitor);
    } else if visitor.notice.is_some() && response.status().is_success() && is_html(response.headers()) {
        let gone = cookie::write(&visitor.site, NOTICE, "", Life::Gone);
        response.headers_mut().extend(gone.map(|line| (SET_COOKIE, line)));
    }
    let headers = response.headers_mut();
    if let Some(line) = visitor.new_cookie() {
        headers.append(SET_COOKIE, line);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.extend(visitor.site.hsts().map(|value| (STRICT_TRANSPORT_SECURITY, value)));
    numbered(response, visitor)
}

/// The answer with the reference number of its request.
pub(super) fn numbered(mut response: Response, visitor: &Visitor) -> Response {
    if let Ok(id) = HeaderValue::from_str(&visitor.request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The fault a handler answered with, or the one that a bare error status of the router stands for.
fn fault_of(response: &mut Response) -> Option<Fault> {
    let status = response.status();
    let bare = (status.is_client_error() || status.is_server_error()) && !is_html(response.headers());
    response.extensions_mut().remove::<Fault>().or_else(|| bare.then(|| Fault::of_status(status)))
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

fn draw(fault: &Fault, old: &Response, visitor: &Visitor) -> Response {
    log(fault, visitor);
    let t = visitor.language;
    let page = FaultPage {
        chrome: Chrome::bare(visitor, t.text(&format!("error.{}.title", fault.code)).to_owned()),
        text: t.text(&format!("error.{}.text", fault.code)),
        reference: visitor.request_id.clone(),
    };
    // A page that cannot be drawn still says what happened, in one line of plain text.
    let (kind, body) = match page.render() {
        Ok(html) => ("text/html; charset=utf-8", html),
        Err(_) => ("text/plain; charset=utf-8", format!("{} {}", page.text, page.reference)),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = fault.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(old.headers().get(ALLOW).map(|allow| (ALLOW, allow.clone())));
    headers.extend(fault.retry_after.map(|seconds| (RETRY_AFTER, HeaderValue::from(seconds))));
    response
}

fn log(fault: &Fault, visitor: &Visitor) {
    let id = visitor.request_id.as_str();
    if let Some(event) = fault.event {
        let (ip, port) = (visitor.client.ip, visitor.client.port);
        tracing::warn!(target: "security", event, id, %ip, port, code = fault.code, cause = fault.cause.as_deref());
    } else if fault.status.is_server_error() {
        tracing::error!(id, code = fault.code, cause = fault.cause.as_deref(), "request failed");
    } else if let Some(cause) = &fault.cause {
        tracing::info!(id, code = fault.code, cause, "request refused");
    }
}
