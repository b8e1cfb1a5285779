//! 304 for readers who have a page already: its mark is the digest of its bytes, so it says nothing that the page
//! does not (PUB-03, PUB-A03).

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use web_kit::Fault;

/// The longest body that is held to make its mark; longer ones have theirs or go without.
const LONGEST: u64 = 8_000_000;

/// Gives answers that anyone may keep a mark, and answers whoever has them without the body.
pub(crate) async fn answer(request: Request, next: Next) -> Result<Response, Fault> {
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    let size = http_body::Body::size_hint(response.body()).exact();
    if !is_read || !is_marked(&response) || size.is_none_or(|size| size > LONGEST) {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = body.collect().await.map_err(Fault::internal)?.to_bytes();
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..12]));
    let tag = HeaderValue::try_from(tag).map_err(Fault::internal)?;
    parts.headers.insert(ETAG, tag.clone());
    if known.is_some_and(|known| names(&known, &tag)) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        copy(&parts.headers, answer.headers_mut());
        return Ok(answer);
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn is_marked(response: &Response) -> bool {
    let is_kept = |value: &HeaderValue| value.as_bytes().starts_with(b"public");
    response.status() == StatusCode::OK
        && response.headers().get(CACHE_CONTROL).is_some_and(is_kept)
        && !response.headers().contains_key(ETAG)
}

/// Whether `known` (a list of marks, weak ones too) names this one.
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

fn copy(from: &HeaderMap, to: &mut HeaderMap) {
    for name in [CACHE_CONTROL, VARY, ETAG, CONTENT_TYPE] {
        if let Some(value) = from.get(&name) {
            to.insert(name, value.clone());
        }
    }
}
