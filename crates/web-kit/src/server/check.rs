//! What every request must be before anything of ours looks at it.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use percent_encoding::percent_decode;

use super::limits::Limits;
use crate::csrf;
use crate::fault::Fault;
use crate::site::Site;

/// Refuses what no page of ours should see.
pub(super) fn request(parts: &Parts, site: &Site, limits: &Limits) -> Result<(), Fault> {
    method(&parts.method)?;
    sizes(parts, limits)?;
    address(parts)?;
    if !(parts.headers.values().all(|value| std::str::from_utf8(value.as_bytes()).is_ok())) {
        return Err(Fault::bad_request());
    }
    encoding(&parts.headers)?;
    let host = site.host_of(&parts.headers);
    let named = parts.uri.authority().map(|authority| authority.as_str().to_ascii_lowercase());
    let Some(host) = host.filter(|host| named.is_none_or(|named| named == *host)) else {
        return Err(Fault::of_status(StatusCode::MISDIRECTED_REQUEST).event("wrong_host"));
    };
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    if changes && !csrf::same_origin(&parts.headers, &site.origin(&host)) {
        return Err(Fault::forged());
    }
    Ok(())
}

/// A read from another site that is not a person following a link: nothing for pages of signed-in people (OUT-05).
pub(crate) fn is_foreign_load(headers: &HeaderMap) -> bool {
    let is = |name: &str, values: &[&str]| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| values.contains(&value))
    };
    is("sec-fetch-site", &["cross-site", "same-site"]) && !is("sec-fetch-mode", &["navigate"])
}

fn method(method: &Method) -> Result<(), Fault> {
    match *method {
        Method::GET | Method::HEAD | Method::POST => Ok(()),
        _ => Err(Fault::of_status(StatusCode::METHOD_NOT_ALLOWED)),
    }
}

fn sizes(parts: &Parts, limits: &Limits) -> Result<(), Fault> {
    let uri = parts.uri.path().len() + parts.uri.query().map_or(0, |query| query.len() + 1);
    if uri > limits.uri {
        return Err(Fault::of_status(StatusCode::URI_TOO_LONG));
    }
    let bytes: usize = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > limits.headers || parts.headers.len() > limits.header_count {
        return Err(Fault::of_status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
    }
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if length.and_then(|text| text.parse::<u64>().ok()).is_some_and(|length| length > limits.body) {
        return Err(Fault::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(())
}

/// Path and query decode to UTF-8 without control characters (GEN-A01).
fn address(parts: &Parts) -> Result<(), Fault> {
    let query = parts.uri.query().unwrap_or_default();
    for text in [parts.uri.path(), query] {
        let decoded = percent_decode(text.as_bytes()).decode_utf8().map_err(|_| Fault::bad_request())?;
        if decoded.chars().any(char::is_control) {
            return Err(Fault::bad_request());
        }
    }
    Ok(())
}

/// A packed body is refused before anybody unpacks it (GEN-A13).
fn encoding(headers: &HeaderMap) -> Result<(), Fault> {
    let plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if headers.get_all(CONTENT_ENCODING).into_iter().all(plain) {
        Ok(())
    } else {
        Err(Fault::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))
    }
}
